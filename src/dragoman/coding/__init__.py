"""Passages in, Claims out: gate, parse, frames, roles, status; it may know patterns, and asks a resolver who is who."""
