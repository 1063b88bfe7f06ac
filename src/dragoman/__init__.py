"""Dragoman reads what states do and say to each other and keeps a sourced record of their relations."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

__version__ = "0.1.0"

__all__ = [
    "Coder",
    "Document",
    "DragomanError",
    "Item",
    "Series",
    "Store",
    "__version__",
    "add",
    "both_sides",
    "code",
    "connect",
    "due",
    "monthly",
    "open_record",
]

if TYPE_CHECKING:
    from dragoman.errors import DragomanError
    from dragoman.keep import add, code, open_record
    from dragoman.measure import Series, monthly
    from dragoman.model import Document, Item
    from dragoman.pipeline import Coder
    from dragoman.record import Store
    from dragoman.remote import connect
    from dragoman.show.ledger import due
    from dragoman.show.sides import both_sides

#: Where each name lives; brought in when it is first asked for, so that `import dragoman` costs nothing.
_HOMES = {
    "Coder": "dragoman.pipeline",
    "Document": "dragoman.model",
    "DragomanError": "dragoman.errors",
    "Item": "dragoman.model",
    "Series": "dragoman.measure",
    "Store": "dragoman.record",
    "add": "dragoman.keep",
    "both_sides": "dragoman.show.sides",
    "code": "dragoman.keep",
    "connect": "dragoman.remote",
    "due": "dragoman.show.ledger",
    "monthly": "dragoman.measure",
    "open_record": "dragoman.keep",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'dragoman' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
