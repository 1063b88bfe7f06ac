"""Writes a record: documents with their claims in and out, and what is derived from them in the same transaction.

Invariant: items and groups of copies are a function of documents, claims and judgements alone. Whoever adds, takes out
or judges claims derives the groups that they touch anew, in the same transaction; the order leaves no trace.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self

from msgspec.structs import replace

from dragoman.errors import RecordError
from dragoman.model import AnyClaim, Coded, Document, Item, Judgement, Known, Skipped, content_id
from dragoman.record import rows
from dragoman.record.deriving import Deriver, Heeded, Named, Near
from dragoman.record.engine import Connection
from dragoman.record.results import AddResult
from dragoman.record.touching import Touching


def now() -> str:
    """This second, as judgements and removals keep it."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


_INSERT_DOCUMENT = (
    "INSERT INTO documents (id, title, text, url, language, published_start, published_end, published_how, source,"
    " side, payload, claims, marks, story, signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_CLAIM = (
    "INSERT INTO claims (id, document, kind, type, mode, status, date_start, date_end, text, payload, marks, block,"
    " first, last, confidence, score, state, instead) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0, 0, ?, ?, ?, ?)"
    " ON CONFLICT DO NOTHING"
)
_KNOWN = (
    "SELECT c.payload, d.source, d.side, d.story, coalesce(d.published_start, '') AS published"
    " FROM claims AS c JOIN documents AS d ON d.id = c.document WHERE c.state = '' AND "
)
#: The language of a row of another data set (ISO 639-2: no linguistic content): it has no copies among texts.
ROWS = "zxx"
#: So many ids fit into one statement.
MANY = 500


class Writer(Touching):
    """A record, for reading and writing. One writer at a time, any number of readers."""

    def __init__(self, where: str | Path, *, deriver: Deriver, write: bool = True) -> None:
        """Opens the record of that file or URL, making it when there is none; with `write` off it must be there."""
        self._deriver = deriver
        self._heard: tuple[int, Heeded] | None = None
        super().__init__(where, write=write)

    @classmethod
    def open(cls, where: str | Path, *, deriver: Deriver, write: bool = True) -> Self:
        """The same as the class itself, for those who read verbs."""
        return cls(where, deriver=deriver, write=write)

    def _writing(self) -> Connection:
        if not self._write:
            raise RecordError(f"{self.path}: was opened for reading only; open it with write=True")
        return self._connection()

    # Adding and taking out

    def add(self, coded: Coded) -> AddResult:
        """Keeps a coded document with its claims, and derives what they touch; there already, nothing changes."""
        return self.add_all([coded])[0]

    def add_all(self, some: Sequence[Coded]) -> list[AddResult]:
        """The same for several documents in one transaction: all of them are kept, or none."""
        connection = self._writing()
        # Outside of the transaction, so that no other writer waits for it.
        signed = [(one, self._sign(one.document.text, one.document.language)) for one in some]
        with self._changing(connection):
            return [self._add(connection, coded, signature) for coded, signature in signed]

    def _sign(self, text: str, language: str) -> bytes:
        return b"" if language == ROWS else self._deriver.sign(text)

    def _add(self, connection: Connection, coded: Coded, signature: bytes) -> AddResult:
        document = coded.document
        if connection.execute("SELECT 1 AS there FROM documents WHERE id = ?", (document.id,)).fetchone():
            return AddResult(document=document.id, added=False, claims=0, items=0)
        self._noted().documents.add(document.id)
        story, joined = self._story(connection, document.id, signature)
        known = [replace(one, story=story) for one in known_of(coded)]
        connection.execute(_INSERT_DOCUMENT, (*rows.document_row(document, known), story, signature))
        self._add_bands(connection, document.id, signature)
        self._add_parts(connection, document)
        self._add_claims(connection, known)
        self._add_skipped(connection, coded.skipped, document.id)
        items = self._derive(connection, [*known, *joined])
        return AddResult(document=document.id, added=True, claims=len(known), items=items)

    def _add_bands(self, connection: Connection, document: str, signature: bytes) -> None:
        connection.executemany(
            "INSERT INTO bands (band, document) VALUES (?, ?)",
            [(band, document) for band in sorted(set(self._deriver.bands(signature)))],
        )

    def skip(self, skipped: Skipped) -> None:
        """Keeps a line for something that was passed over."""
        connection = self._writing()
        with self._changing(connection):
            self._add_skipped(connection, (skipped,), "")

    def remove(self, document_id: str, *, why: str = "") -> int:
        """Takes a document out with all that rests on it alone, and leaves a line; gives the number of its claims.

        Raises RecordError when the record does not hold it.
        """
        connection = self._writing()
        with self._changing(connection):
            found = connection.execute(
                "SELECT title, url, story FROM documents WHERE id = ?", (document_id,)
            ).fetchone()
            if found is None:
                raise RecordError(f"{self.path}: holds no document {document_id}; `dragoman search` shows ids")
            going = self._load(connection, "c.document = ? ORDER BY c.id", (document_id,))
            self._noted().documents.add(document_id)
            # Asked before the claims go: what hung together through them has to be looked at again.
            touched = self._together(connection, going)
            gone = {one.claim.id for one in going}
            connection.execute("DELETE FROM skipped WHERE document = ?", (document_id,))
            self._drop(connection, [one.claim.id for one in touched])
            connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))
            connection.execute(
                "INSERT INTO removals (document, title, url, claims, at, why) VALUES (?, ?, ?, ?, ?, ?)",
                (document_id, found["title"], found["url"], len(going), now(), why),
            )
            left = {one.claim.id: one for one in touched if one.claim.id not in gone}
            moved = {one.claim.id: one for one in self._tell_apart(connection, found["story"])}
            left |= {claim_id: one for claim_id, one in moved.items() if claim_id not in gone}
            self._derive(connection, self._reloaded(connection, left))
        return len(going)

    def rebuild(self) -> int:
        """Derives all items and groups of copies anew; gives the number of items. The record is the same afterwards."""
        connection = self._writing()
        with self._changing(connection):
            return self._rebuild(connection)

    def _rebuild(self, connection: Connection) -> int:
        """The same, inside a transaction of the caller."""
        self._noted().everything = True
        connection.execute("DELETE FROM items")
        connection.execute("DELETE FROM item_claims")
        connection.execute("DELETE FROM bands")
        connection.execute("UPDATE documents SET story = ''")
        for row in connection.execute("SELECT id FROM documents ORDER BY id").fetchall():
            found = connection.execute("SELECT text, language FROM documents WHERE id = ?", (row["id"],)).fetchone()
            signature = self._sign(found["text"], found["language"]) if found else b""
            story, _ = self._story(connection, row["id"], signature)
            connection.execute(
                "UPDATE documents SET story = ?, signature = ? WHERE id = ?", (story, signature, row["id"])
            )
            self._add_bands(connection, row["id"], signature)
        heeded = self._judged(connection)
        known = self._load(connection, "1 = 1 ORDER BY c.id", ())
        self._replace(connection, [self._deriver.corrected(one, heeded) for one in known])
        return self._derive(connection, known)

    # Inside a transaction

    @staticmethod
    def _add_parts(connection: Connection, document: Document) -> None:
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

    def _add_claims(
        self, connection: Connection, known: Sequence[Known], *, state: str = "", instead: str = ""
    ) -> None:
        connection.executemany(_INSERT_CLAIM, [(*rows.claim_row(one), state, instead) for one in known])
        self._place(connection, known)
        connection.executemany(
            "INSERT INTO claim_actors VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [row for one in known for row in rows.actor_rows(one.claim)],
        )

    @staticmethod
    def _tally(connection: Connection, document: str) -> None:
        """Says anew of a document whose claims have changed how many it has, and whom they name."""
        connection.execute(
            "UPDATE documents SET claims = (SELECT count(*) FROM claims WHERE document = ? AND state = '')"
            " WHERE id = ?",
            (document, document),
        )
        sides = connection.execute(
            "SELECT DISTINCT a.party FROM claims AS c JOIN claim_actors AS a ON a.claim = c.id"
            " WHERE c.document = ? AND c.state = ''",
            (document,),
        ).fetchall()
        row = connection.execute(
            "SELECT source, side, published_start, published_end, marks FROM documents WHERE id = ?", (document,)
        ).fetchone()
        if row:
            days = row["published_start"], row["published_end"]
            made = rows.document_marks((row["source"], row["side"]), [one["party"] for one in sides], *days)
            # Only what is new: the text is taken into the index again with it.
            if made != row["marks"]:
                connection.execute("UPDATE documents SET marks = ? WHERE id = ?", (made, document))

    @staticmethod
    def _add_skipped(connection: Connection, skipped: Iterable[Skipped], document: str) -> None:
        connection.executemany(
            "INSERT INTO skipped (id, location, why, document) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [(one.id, one.where, one.why, document) for one in skipped],
        )

    @staticmethod
    def _load(connection: Connection, where: str, values: tuple[Any, ...]) -> list[Known]:
        return [
            Known(
                claim=rows.claim_from(row["payload"]),
                source=row["source"],
                side=row["side"],
                published=row["published"],
                story=row["story"],
            )
            for row in connection.execute(_KNOWN + where, values)
        ]

    def _near(self, connection: Connection) -> Near:
        def near(blocks: tuple[str, ...], first: int, last: int) -> list[Known]:
            chosen = ", ".join("?" * len(blocks))
            return self._load(
                connection,
                "c.id IN (SELECT b.claim FROM claim_blocks AS b"  # noqa: S608  # question marks
                f" WHERE b.block IN ({chosen}) AND b.first <= ? AND b.last >= ?) ORDER BY c.id",
                (*blocks, last, first),
            )

        return near

    def _named(self, connection: Connection) -> Named:
        def named(ids: Iterable[str]) -> list[Known]:
            found: list[Known] = []
            wanted = sorted(set(ids))
            for at in range(0, len(wanted), MANY):
                some = tuple(wanted[at : at + MANY])
                found += self._load(connection, f"c.id IN ({', '.join('?' * len(some))}) ORDER BY c.id", some)
            return found

        return named

    def _reloaded(self, connection: Connection, known: Iterable[str]) -> list[Known]:
        """Claims as they stand now: their document may belong to another group of copies than before."""
        return self._named(connection)(known)

    def _judged(self, connection: Connection) -> Heeded:  # the deriver's own
        """The judgements, made ready once and again only when there are more: the log only grows."""
        row = connection.execute("SELECT coalesce(max(n), 0) AS n FROM judgements").fetchone()
        last = int(row["n"]) if row else 0
        heard = self._heard
        if heard is None or heard[0] != last:
            found = connection.execute("SELECT payload FROM judgements ORDER BY n")
            heard = last, self._deriver.heed([rows.judgement_from(row["payload"]) for row in found])
            self._heard = heard
        return heard[1]

    def _together(self, connection: Connection, seeds: Sequence[Known]) -> list[Known]:
        """The seeds with all claims that hang together with them."""
        near, named = self._near(connection), self._named(connection)
        groups = self._deriver.gather(seeds, near, named, self._judged(connection))
        return [one for group in groups for one in group]

    def _drop(self, connection: Connection, claims: list[str]) -> None:
        """Forgets the items that rest on any of these claims; their links go with them."""
        self._note_items_of(connection, claims)
        connection.executemany(
            "DELETE FROM items WHERE id IN (SELECT item FROM item_claims WHERE claim = ?)",
            [(one,) for one in claims],
        )

    def _derive(self, connection: Connection, seeds: Sequence[Known]) -> int:
        """Derives the groups of the seeds anew and gives the number of their items."""
        heeded = self._judged(connection)
        count = 0
        for group in self._deriver.gather(seeds, self._near(connection), self._named(connection), heeded):
            self._drop(connection, [one.claim.id for one in group])
            for item in self._deriver.items(group, heeded):
                self._add_item(connection, item)
                count += 1
        return count

    def _add_item(self, connection: Connection, item: Item) -> None:
        pairs, parties = rows.pair_rows(item), rows.party_rows(item)
        self._note_item(item, pairs, parties)
        connection.execute("INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows.item_row(item))
        connection.executemany(
            "INSERT INTO item_claims VALUES (?, ?, ?, ?)",
            [(link.claim, item.id, link.score, link.reason) for link in item.links],
        )
        connection.executemany("INSERT INTO item_pairs VALUES (?, ?, ?, ?, ?, ?, ?)", pairs)
        connection.executemany("INSERT INTO item_parties VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", parties)

    def _place(self, connection: Connection, known: Iterable[Known]) -> None:
        """Puts claims into the blocks in which they are to be looked for."""
        rows_ = []
        for one in known:
            blocks, first, last = self._deriver.place(one)
            rows_ += [(block, first, last, one.claim.id) for block in blocks]
        connection.executemany(
            "INSERT INTO claim_blocks (block, first, last, claim) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", rows_
        )

    def _replace(self, connection: Connection, known: Sequence[Known]) -> None:
        """Takes claims, as they are now corrected, from the blocks in which they were to those where they belong."""
        connection.executemany("DELETE FROM claim_blocks WHERE claim = ?", [(one.claim.id,) for one in known])
        self._place(connection, known)

    def _log(self, connection: Connection, judgement: Judgement) -> Judgement:
        """Appends a judgement, with an id that says where it stands in the log."""
        row = connection.execute("SELECT count(*) AS n FROM judgements").fetchone()
        number = str(row["n"] if row else 0)
        kept = replace(
            judgement,
            id=content_id(
                *("judgement", number, judgement.claim, judgement.other),
                *(judgement.verdict, judgement.by, judgement.at),
            ),
        )
        connection.execute(
            "INSERT INTO judgements (id, claim, other, verdict, by, at, why, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (kept.id, kept.claim, kept.other, kept.verdict, kept.by, kept.at, kept.why, rows.encode(kept)),
        )
        return kept

    # Groups of copies

    def _story(self, connection: Connection, document: str, signature: bytes) -> tuple[str, list[Known]]:
        """The group of copies that a document belongs to, and the claims of the documents that change theirs for it."""
        bands = sorted(set(self._deriver.bands(signature)))
        if not bands:
            return document, []
        found = connection.execute(
            "SELECT DISTINCT d.id, d.story, d.signature FROM bands AS b JOIN documents AS d ON d.id = b.document"  # noqa: S608
            f" WHERE b.band IN ({', '.join('?' * len(bands))})",
            tuple(bands),
        ).fetchall()
        joined = {row["story"] for row in found if self._deriver.alike(signature, bytes(row["signature"]))}
        story = min({*joined, document})
        known: list[Known] = []
        for other in sorted(joined - {story}):
            connection.execute("UPDATE documents SET story = ? WHERE story = ?", (story, other))
        if joined - {story}:
            known = self._load(connection, "d.story = ? ORDER BY c.id", (story,))
        return story, known

    def _copies(self, one: bytes, two: bytes) -> bool:
        # As `_story` finds them: who shares no band is not compared.
        shared = set(self._deriver.bands(one)) & set(self._deriver.bands(two))
        return bool(shared) and self._deriver.alike(one, two)

    def _tell_apart(self, connection: Connection, story: str) -> list[Known]:
        """Groups the documents of a story anew after one has gone; gives the claims of those that changed theirs."""
        found = connection.execute(
            "SELECT id, signature FROM documents WHERE story = ? ORDER BY id", (story,)
        ).fetchall()
        left = {row["id"]: bytes(row["signature"]) for row in found}
        changed: list[str] = []
        while left:
            # The least id left names its group; whoever is a copy of one in it belongs to it.
            first = next(iter(left))
            waiting = [left.pop(first)]
            group = [first]
            while waiting:
                one = waiting.pop()
                for name in [name for name, other in left.items() if self._copies(one, other)]:
                    waiting.append(left.pop(name))
                    group.append(name)
            if first != story:
                connection.executemany("UPDATE documents SET story = ? WHERE id = ?", [(first, one) for one in group])
                changed += group
        return [one for name in changed for one in self._load(connection, "c.document = ?", (name,))]


def known_of(coded: Coded) -> list[Known]:
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
    return [
        Known(claim=claim, source=source, side=side, published=published, story=document.id) for claim in once.values()
    ]
