"""The record as others know it: what is read, written, judged, coded again, checked and copied, in one class."""

from __future__ import annotations

from dragoman.record.deriving import Deriver
from dragoman.record.keeping import Keeping


class Store(Keeping):
    """A record: a file or, by a URL, a PostgreSQL database. One writer at a time, any number of readers."""


__all__ = ["Deriver", "Store"]
