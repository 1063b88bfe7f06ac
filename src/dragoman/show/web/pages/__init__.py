"""The pages of the desk, one module for each kind; each answers with HTML, JSON (`.json`) and, for tables, CSV."""
