"""The Store: one SQLite file, the only package that speaks SQL."""
