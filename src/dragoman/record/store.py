"""Keeps a record: one SQLite file of documents, claims, judgements, and the items derived from them.

Invariant: the items are a function of the claims and judgements alone. Whoever adds or takes out claims derives the
groups that they touch anew, in the same transaction; the order of additions leaves no trace.
"""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol, Self

from msgspec.structs import replace

from dragoman.errors import RecordError, UsageError
from dragoman.model import AnyClaim, Coded, Document, Item, Judgement, Known, Skipped, Verdict, content_id
from dragoman.record import rows
from dragoman.record.connection import transaction
from dragoman.record.reading import Reader
from dragoman.record.results import AddResult

#: Claims of one block whose days meet a stretch of days (ordinals, both inclusive).
Near = Callable[[str, int, int], list[Known]]


class Deriver(Protocol):
    """How claims become items; `dragoman.reconcile` is one."""

    def place(self, known: Known) -> tuple[str, int, int]:
        """The block of a claim, and the first and last day (ordinal) on which the same happening may be told."""
        ...

    def gather(self, seeds: Iterable[Known], near: Near, judgements: Sequence[Judgement]) -> list[list[Known]]:
        """The groups of connected claims that the seeds belong to; the seeds touch nothing outside them."""
        ...

    def items(self, group: Sequence[Known], judgements: Sequence[Judgement]) -> list[Item]:
        """The items that a group of connected claims tells."""
        ...


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


_INSERT_DOCUMENT = (
    "INSERT INTO documents (id, title, text, url, language, published_start, published_end, published_how, source,"
    " side, payload, claims) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_CLAIM = (
    "INSERT OR IGNORE INTO claims (id, document, kind, type, mode, status, date_start, date_end, text, payload,"
    " block, first, last) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_KNOWN = (
    "SELECT c.payload, d.source, d.side, coalesce(d.published_start, '') AS published"
    " FROM claims AS c JOIN documents AS d ON d.id = c.document"
)


class Store(Reader):
    """A record, for reading and writing. One writer at a time, any number of readers."""

    def __init__(self, path: str | Path, *, deriver: Deriver, write: bool = True) -> None:
        """Opens the record in that file, making it when there is none; with `write` off it must be there."""
        self._deriver = deriver
        super().__init__(Path(path), write=write)

    @classmethod
    def open(cls, path: str | Path, *, deriver: Deriver, write: bool = True) -> Self:
        """The same as the class itself, for those who read verbs."""
        return cls(path, deriver=deriver, write=write)

    def _writing(self) -> sqlite3.Connection:
        if not self._write:
            raise RecordError(f"{self.path}: was opened for reading only; open it with write=True")
        return self._connection()

    # Adding and taking out

    def add(self, coded: Coded) -> AddResult:
        """Keeps a coded document with its claims, and derives what they touch; there already, nothing changes."""
        connection = self._writing()
        document = coded.document
        with transaction(connection, self.path):
            if connection.execute("SELECT 1 FROM documents WHERE id = ?", (document.id,)).fetchone():
                return AddResult(document=document.id, added=False, claims=0, items=0)
            known = _known(coded)
            connection.execute(_INSERT_DOCUMENT, rows.document_row(document, len(known)))
            self._add_parts(connection, document)
            connection.executemany(_INSERT_CLAIM, [rows.claim_row(one, self._deriver.place(one)) for one in known])
            connection.executemany(
                "INSERT OR IGNORE INTO claim_actors VALUES (?, ?, ?, ?, ?, ?)",
                [row for one in known for row in rows.actor_rows(one.claim)],
            )
            self._add_skipped(connection, coded.skipped, document.id)
            items = self._derive(connection, known)
        return AddResult(document=document.id, added=True, claims=len(known), items=items)

    def skip(self, skipped: Skipped) -> None:
        """Keeps a line for something that was passed over."""
        connection = self._writing()
        with transaction(connection, self.path):
            self._add_skipped(connection, (skipped,), "")

    def remove(self, document_id: str, *, why: str = "") -> int:
        """Takes a document out with all that rests on it alone, and leaves a line; gives the number of its claims.

        Raises RecordError when the record does not hold it.
        """
        connection = self._writing()
        with transaction(connection, self.path):
            found = connection.execute("SELECT title, url FROM documents WHERE id = ?", (document_id,)).fetchone()
            if found is None:
                raise RecordError(f"{self.path}: holds no document {document_id}; `dragoman search` shows ids")
            going = self._load(connection, " WHERE c.document = ? ORDER BY c.id", (document_id,))
            judged = self._judged(connection)
            # Asked before the claims go: what hung together through them has to be looked at again.
            groups = self._deriver.gather(going, self._near(connection), judged)
            gone = {one.claim.id for one in going}
            connection.execute("DELETE FROM skipped WHERE document = ?", (document_id,))
            touched = [one for group in groups for one in group]
            self._drop(connection, [one.claim.id for one in touched])
            connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))
            connection.execute(
                "INSERT INTO removals (document, title, url, claims, at, why) VALUES (?, ?, ?, ?, ?, ?)",
                (document_id, found["title"], found["url"], len(going), _now(), why),
            )
            self._derive(connection, [one for one in touched if one.claim.id not in gone])
        return len(going)

    def judge(
        self,
        claim_id: str,
        verdict: Verdict,
        *,
        by: str,
        why: str = "",
        other: str = "",
        fields: dict[str, object] | None = None,
    ) -> Judgement:
        """Keeps what a person said of a claim (with `same` and `not same`: of it and an`other`) and derives anew.

        Raises UsageError when the words do not fit together, RecordError when the record holds no such claim.
        """
        if (verdict in ("same", "not same")) != bool(other) or (verdict == "corrected") != bool(fields):
            raise UsageError(
                f"{verdict}: `same` and `not same` need another claim, `corrected` needs fields, others neither"
            )
        if not by:
            raise UsageError("a judgement needs the name of who judges (`by`)")
        connection = self._writing()
        with transaction(connection, self.path):
            number = connection.execute("SELECT count(*) FROM judgements").fetchone()[0]
            at = _now()
            judgement = Judgement(
                id=content_id("judgement", str(number), claim_id, other, verdict, by, at),
                claim=claim_id,
                verdict=verdict,
                by=by,
                at=at,
                why=why,
                other=other,
                fields=fields or {},
            )
            for one in filter(None, (claim_id, other)):
                if not connection.execute("SELECT 1 FROM claims WHERE id = ?", (one,)).fetchone():
                    raise RecordError(f"{self.path}: holds no claim {one}; judge claims that `explain` shows")
            connection.execute(
                "INSERT INTO judgements (id, claim, other, verdict, by, at, why, payload)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (judgement.id, claim_id, other, verdict, by, at, why, rows.encode(judgement)),
            )
            seeds = self._load(connection, " WHERE c.id IN (?, ?)", (claim_id, other or claim_id))
            self._derive(connection, seeds)
        return judgement

    def rebuild(self) -> int:
        """Derives all items anew from claims and judgements; gives their number. The record is the same afterwards."""
        connection = self._writing()
        with transaction(connection, self.path):
            connection.execute("DELETE FROM items")
            connection.execute("DELETE FROM item_claims")
            return self._derive(connection, self._load(connection, " ORDER BY c.id", ()))

    # Inside a transaction

    @staticmethod
    def _add_parts(connection: sqlite3.Connection, document: Document) -> None:
        connection.executemany(
            "INSERT INTO parts VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    document.id,
                    position,
                    part.kind,
                    part.title,
                    part.published.start if part.published else None,
                    part.published.end if part.published else None,
                    part.start,
                    part.end,
                )
                for position, part in enumerate(document.parts)
            ],
        )

    @staticmethod
    def _add_skipped(connection: sqlite3.Connection, skipped: Iterable[Skipped], document: str) -> None:
        connection.executemany(
            "INSERT OR IGNORE INTO skipped (id, location, why, document) VALUES (?, ?, ?, ?)",
            [(one.id, one.where, one.why, document) for one in skipped],
        )

    @staticmethod
    def _load(connection: sqlite3.Connection, where: str, values: tuple[Any, ...]) -> list[Known]:
        return [
            Known(
                claim=rows.claim_from(row["payload"]),
                source=row["source"],
                side=row["side"],
                published=row["published"],
            )
            for row in connection.execute(_KNOWN + where, values)
        ]

    def _near(self, connection: sqlite3.Connection) -> Near:
        def near(block: str, first: int, last: int) -> list[Known]:
            where = " WHERE c.block = ? AND c.first <= ? AND c.last >= ? ORDER BY c.id"
            return self._load(connection, where, (block, last, first))

        return near

    @staticmethod
    def _judged(connection: sqlite3.Connection) -> list[Judgement]:
        found = connection.execute("SELECT payload FROM judgements ORDER BY n")
        return [rows.judgement_from(row["payload"]) for row in found]

    def _drop(self, connection: sqlite3.Connection, claims: list[str]) -> None:
        """Forgets the items that rest on any of these claims; their links go with them."""
        connection.executemany(
            "DELETE FROM items WHERE id IN (SELECT item FROM item_claims WHERE claim = ?)",
            [(one,) for one in claims],
        )

    def _derive(self, connection: sqlite3.Connection, seeds: Sequence[Known]) -> int:
        """Derives the groups of the seeds anew and gives the number of their items."""
        judged = self._judged(connection)
        count = 0
        for group in self._deriver.gather(seeds, self._near(connection), judged):
            self._drop(connection, [one.claim.id for one in group])
            for item in self._deriver.items(group, judged):
                self._add_item(connection, item)
                count += 1
        return count

    @staticmethod
    def _add_item(connection: sqlite3.Connection, item: Item) -> None:
        connection.execute("INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows.item_row(item))
        connection.executemany(
            "INSERT INTO item_claims VALUES (?, ?, ?, ?)",
            [(link.claim, item.id, link.score, link.reason) for link in item.links],
        )
        connection.executemany("INSERT INTO item_pairs VALUES (?, ?, ?, ?, ?, ?, ?)", rows.pair_rows(item))
        connection.executemany("INSERT OR IGNORE INTO item_parties VALUES (?, ?, ?, ?, ?)", rows.party_rows(item))


def _known(coded: Coded) -> list[Known]:
    """The claims of a coded document, each once, with what reconciling asks of their document."""
    document = coded.document
    published = document.published.start if document.published else ""
    source, side = document.source.name, document.source.side
    once: dict[str, AnyClaim] = {}
    for claim in coded.claims:
        kept = claim
        if kept.evidence.document != document.id:
            kept = replace(kept, evidence=replace(kept.evidence, document=document.id))
        if not kept.id:
            kept = replace(kept, id=content_id(document.id, rows.encode(replace(kept, why=())).decode()))
        once[kept.id] = kept
    return [Known(claim=claim, source=source, side=side, published=published) for claim in once.values()]
