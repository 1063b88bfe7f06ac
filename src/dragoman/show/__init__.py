"""The record in, what a person sees out: brief, charts, exports, pages."""
