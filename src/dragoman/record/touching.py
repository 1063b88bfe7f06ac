"""Notes in the record what each change touched, so that whoever keeps answers knows which of them still hold.

Invariant: every transaction that changes a record leaves one note with the next number, in the same transaction. A
note may name more than was changed, never less.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import msgspec

from dragoman.model import Item
from dragoman.record import rows
from dragoman.record.engine import Connection
from dragoman.record.reading import Reader
from dragoman.record.results import Touched

#: A change that touches more than so many pairs, sides and documents counts as one that touches everything.
MOST = 5_000
#: So many notes are kept; who comes back after more changes works everything out anew.
NOTES = 2_000
#: So many ids fit into one statement.
MANY = 500

_encoder = msgspec.json.Encoder(order="deterministic")


class Noted:
    """What a transaction has touched so far."""

    def __init__(self) -> None:
        self.everything = False
        self.pairs: set[tuple[str, str]] = set()
        self.parties: set[str] = set()
        self.documents: set[str] = set()

    def touched(self) -> Touched:
        """The note of it."""
        if self.everything or len(self.pairs) + len(self.parties) + len(self.documents) > MOST:
            return Touched(everything=True)
        return Touched(
            pairs=frozenset(self.pairs), parties=frozenset(self.parties), documents=frozenset(self.documents)
        )


class Touching(Reader):
    """A record whose changes are noted."""

    @contextmanager
    def _changing(self, connection: Connection) -> Iterator[Noted]:
        """A transaction with its note: all is kept, or none."""
        noted = Noted()
        with self.engine.transaction(connection):
            self._local.noted = noted
            try:
                yield noted
            finally:
                self._local.noted = None
            row = connection.execute("SELECT coalesce(max(n), 0) AS n FROM changes").fetchone()
            number = int(row["n"]) + 1 if row else 1
            connection.execute(
                "INSERT INTO changes (n, touched) VALUES (?, ?)", (number, _encoder.encode(noted.touched()))
            )
            if number % (NOTES // 10) == 0:
                connection.execute("DELETE FROM changes WHERE n <= ?", (number - NOTES,))

    def _noted(self) -> Noted:
        """The note of the transaction that is open; a stray one where it is somebody else's, to be taken back."""
        noted: Noted | None = getattr(self._local, "noted", None)
        return noted or Noted()

    def _note_item(
        self, item: Item, pairs: Sequence[tuple[object, ...]], parties: Sequence[tuple[object, ...]]
    ) -> None:
        noted = self._noted()
        noted.pairs.update((str(row[0]), str(row[1])) for row in pairs)
        noted.parties.update(str(row[0]) for row in parties)
        noted.documents.update(link.document for link in item.links)

    def _note_items_of(self, connection: Connection, claims: Sequence[str]) -> None:
        """Notes what the items that rest on any of these claims tell of, before they go."""
        for at in range(0, len(claims), MANY):
            some = tuple(claims[at : at + MANY])
            chosen = f"SELECT item FROM item_claims WHERE claim IN ({', '.join('?' * len(some))})"  # noqa: S608
            found = connection.execute(f"SELECT id, payload FROM items WHERE id IN ({chosen})", some)  # noqa: S608
            for row in found.fetchall():
                item = rows.item_from(bytes(row["payload"]))
                self._note_item(item, rows.pair_rows(item), rows.party_rows(item))
