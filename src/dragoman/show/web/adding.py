"""Adds what is pasted into the desk to its record."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from dragoman import keep
from dragoman.errors import InputError
from dragoman.model import Skipped
from dragoman.record import Store

if TYPE_CHECKING:
    from dragoman.parallel import Codes


class Adder:
    """One writer for a record; the coder is loaded when the first document comes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._coder: Codes | None = None

    def add(self, text: str, *, date: str = "", source: str = "", side: str = "") -> str:
        """Codes and keeps one pasted text, plain or HTML, and gives its id; raises InputError where it cannot."""
        from dragoman.read import Hints, read  # noqa: PLC0415

        markup = text.lstrip()[:20].lower().startswith(("<!doctype html", "<html"))
        hints = Hints(
            date=date.strip(),
            source=source.strip(),
            side=side.strip().upper(),
            input="html" if markup else "text",
        )
        with self._lock:
            for document in read((text.encode(errors="replace"), "what was pasted"), hints=hints):
                if isinstance(document, Skipped):
                    raise InputError(document.why)
                if self._coder is None:
                    self._coder = keep.coder()
                for one in keep.add(self._store, document, with_coder=self._coder):
                    if not isinstance(one, Skipped):
                        return one[0].id
        raise InputError("nothing in it could be read; paste the text of one document")
