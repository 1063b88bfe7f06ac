"""What a record asks of the database under it; SQLite (`connection.py`) and PostgreSQL (`postgres.py`) are the two.

The SQL of this package is written once, in what both understand: values as `?` or `:name`, `ON CONFLICT DO NOTHING`,
rows read by the names of their columns. Full text, migrations and checks differ, and each engine has its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from dragoman.record.results import Filters, Hit

Values = Sequence[Any] | Mapping[str, Any]
#: A row, read by the names of its columns.
Row = Any


class Cursor(Protocol):
    """The answer to a statement."""

    @property
    def rowcount(self) -> int:
        """How many rows it changed."""
        ...

    def fetchone(self) -> Row | None:
        """The next row, or none."""
        ...

    def fetchall(self) -> list[Row]:
        """All rows that are left."""
        ...

    def __iter__(self) -> Iterator[Row]:
        """The rows that are left, one at a time."""
        ...


class Connection(Protocol):
    """An open connection; one belongs to one thread."""

    def execute(self, sql: str, values: Values = (), /) -> Cursor:
        """Runs one statement."""
        ...

    def executemany(self, sql: str, values: Iterable[Values], /) -> object:
        """Runs one statement for each of the values."""
        ...

    def close(self) -> None:
        """Ends it."""
        ...


class Engine(Protocol):
    """One database: how it is opened, written to, searched, copied and checked."""

    #: What messages call it: the file, or the URL without its password.
    name: str

    def connect(self, *, write: bool) -> Connection:
        """A connection to a record of the schema of this version. Raises RecordError."""
        ...

    def errors(self) -> AbstractContextManager[None]:
        """Turns what the database says into a RecordError with the way out."""
        ...

    def transaction(self, connection: Connection) -> AbstractContextManager[None]:
        """All or nothing, and one writer at a time."""
        ...

    def snapshot(self, connection: Connection) -> AbstractContextManager[None]:
        """What is read inside is of one moment; others may write meanwhile."""
        ...

    def find(self, connection: Connection, query: str, filters: Filters, *, limit: int) -> list[Hit]:
        """Full-text search, best first."""
        ...

    def faults(self, connection: Connection) -> Iterator[str]:
        """What is damaged below the level of documents and claims, in words."""
        ...

    def size(self, connection: Connection) -> int:
        """How many bytes it takes."""
        ...
