"""Names at a date to actors, words to dates, names to places; it may know actors, offices and the document."""
