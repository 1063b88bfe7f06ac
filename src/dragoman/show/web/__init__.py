"""The desk: a record as pages for a browser on the same machine."""
