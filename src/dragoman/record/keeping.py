"""Keeps a record sound: finds what is damaged or does not fit together, and copies it while it is in use."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from dragoman.errors import RecordError
from dragoman.record import rows
from dragoman.record.connection import SqliteEngine
from dragoman.record.reading import engine_of
from dragoman.record.recoding import Recoding

#: Every table that is not derived, and those that are, in the order in which they can be filled.
TABLES: dict[str, str] = {
    "documents": "id, title, text, url, language, published_start, published_end, published_how, source, side, payload,"
    " claims, marks, story, signature",
    "bands": "band, document",
    "parts": 'document, position, kind, title, published_start, published_end, start, "end"',
    "claims": "id, document, kind, type, mode, status, date_start, date_end, text, payload, marks, block, first, last,"
    " state, instead, confidence, score",
    "claim_blocks": "block, first, last, claim",
    "claim_actors": "claim, role, position, party, country, name",
    "items": "id, kind, type, mode, status, date_start, date_end, documents, payload",
    "item_claims": "claim, item, score, reason",
    "item_pairs": "a, b, kind, date_start, item, direction, status",
    "item_parties": "party, kind, date_start, item, role",
    "judgements": "id, claim, other, verdict, by, at, why, payload",
    "skipped": "id, location, why, document",
    "removals": "document, title, url, claims, at, why",
}
#: Rows are carried over so many at a time.
MANY = 1000


class Keeping(Recoding):
    """A record that is checked and copied."""

    def check(self, *, derive: bool = True) -> Iterator[str]:
        """What is damaged or does not fit together, one sentence each; nothing when the record is sound.

        With `derive`, everything that is derived is derived again and compared, which takes as long as a rebuild.
        """
        connection = self._writing()
        with self.engine.errors():
            yield from self.engine.faults(connection)
            yield from self._misfits()
        if derive:
            before = self._derived()
            after: dict[str, int] = {}
            try:
                with suppress(_TakenBack), self.engine.transaction(connection):
                    self._rebuild(connection)
                    after = self._derived()
                    raise _TakenBack
            except RecordError as error:
                yield f"nothing can be derived anew: {error}"
                return
            for table, digest in before.items():
                if after[table] != digest:
                    yield f"{table}: holds something else than its claims and judgements give; run `dragoman rebuild`"

    def _misfits(self) -> Iterator[str]:
        """What no database knows: words that are not where they should be, counts and links that do not add up."""
        texts: dict[str, str] = {}
        for row in self._connection().execute("SELECT id, document, text, payload FROM claims ORDER BY document, id"):
            try:
                claim = rows.claim_from(bytes(row["payload"]))
            except RecordError as error:
                yield f"claim {row['id']}: cannot be read ({error.__cause__})"
                continue
            if row["document"] not in texts:
                found = self._rows("SELECT text FROM documents WHERE id = ?", (row["document"],))
                # One document at a time: the claims come by document.
                texts = {row["document"]: found[0]["text"] if found else ""}
            evidence = claim.evidence
            words = texts[row["document"]][evidence.start : evidence.end]
            if words and words != evidence.text and " ".join(words.split()) != " ".join(evidence.text.split()):
                yield f"claim {row['id']}: document {row['document']} does not say its words at {evidence.start}"
        for sql, told in _MISFITS:
            for row in self._rows(sql):
                yield told.format(**dict(row))

    def _derived(self) -> dict[str, int]:
        """A number for the content of each derived table, whatever the order of its rows."""
        found: dict[str, int] = {}
        for table in ("items", "item_claims", "item_pairs", "item_parties", "bands", "claim_blocks"):
            total = 0
            for row in self._connection().execute(f"SELECT {TABLES[table]} FROM {table}"):  # noqa: S608  # names of ours
                total ^= hash(tuple(bytes(one) if isinstance(one, memoryview) else one for one in dict(row).values()))
            found[table] = total
        return found

    def backup(self, target: str | Path) -> int:
        """Copies the record as it is at this moment to a new file (or an empty database by its URL); gives its bytes.

        Others may go on reading and writing it meanwhile. Raises RecordError when there is something at the target.
        """
        goal = engine_of(target)
        if isinstance(goal, SqliteEngine) and goal.path.exists():
            raise RecordError(f"{goal.name}: is there already; name a new file")
        if isinstance(goal, SqliteEngine) and isinstance(self.engine, SqliteEngine):
            return self._copy_file(goal)
        connection = self._connection()
        target_connection = goal.connect(write=True)
        try:
            with goal.transaction(target_connection):
                there = target_connection.execute("SELECT count(*) AS n FROM documents").fetchone()
                if there and there["n"]:
                    raise RecordError(f"{goal.name}: holds a record already; name an empty database")
                with self.engine.snapshot(connection):
                    for table, columns in TABLES.items():
                        values = ", ".join("?" * len(columns.split(",")))
                        insert = f"INSERT INTO {table} ({columns}) VALUES ({values})"  # noqa: S608  # names of ours
                        order = " ORDER BY n" if table in ("documents", "claims", "judgements", "removals") else ""
                        cursor = connection.execute(f"SELECT {columns} FROM {table}{order}")  # noqa: S608
                        some: list[tuple[object, ...]] = []
                        for row in cursor:
                            some.append(tuple(row[name.strip().strip('"')] for name in columns.split(",")))
                            if len(some) == MANY:
                                target_connection.executemany(insert, some)
                                some = []
                        target_connection.executemany(insert, some)
            return goal.size(target_connection)
        finally:
            target_connection.close()

    def _copy_file(self, goal: SqliteEngine) -> int:
        if not goal.path.parent.is_dir():
            raise RecordError(f"{goal.name}: there is no folder {goal.path.parent}; make it first")
        connection = self._connection()
        if not isinstance(connection, sqlite3.Connection):
            raise TypeError("a file is copied from a file")
        # Under another name until it is whole: a backup that was broken off is not taken for one.
        partial = goal.path.with_name(f"{goal.path.name}.partial")
        try:
            partial.unlink(missing_ok=True)
            with goal.errors():
                copy = sqlite3.connect(partial)
                try:
                    connection.backup(copy)
                except BaseException:
                    copy.close()
                    partial.unlink()
                    raise
                copy.close()
            partial.replace(goal.path)
        except OSError as error:
            raise RecordError(
                f"{goal.name}: cannot be written ({error.strerror}); name a file where you may"
            ) from error
        return goal.path.stat().st_size


class _TakenBack(Exception):  # no error: a way out of a transaction that is not to be kept
    """What was done in this transaction was only to be looked at."""


#: Questions whose answers are faults, with the sentence for each.
_MISFITS = (
    (
        "SELECT d.id AS id, d.claims AS said, count(c.id) AS there FROM documents AS d"
        " LEFT JOIN claims AS c ON c.document = d.id AND c.state = '' GROUP BY d.id, d.claims"
        " HAVING count(c.id) <> d.claims",
        "document {id}: says that it has {said} claims and has {there}",
    ),
    (
        "SELECT l.claim AS claim, l.item AS item FROM item_claims AS l LEFT JOIN claims AS c ON c.id = l.claim"
        " WHERE c.id IS NULL",
        "item {item}: rests on claim {claim}, which is not there",
    ),
    (
        "SELECT i.id AS item FROM items AS i LEFT JOIN item_claims AS l ON l.item = i.id WHERE l.item IS NULL",
        "item {item}: rests on no claim",
    ),
    (
        "SELECT c.id AS claim FROM claims AS c LEFT JOIN item_claims AS l ON l.claim = c.id WHERE c.state = ''"
        " AND l.claim IS NULL AND NOT EXISTS (SELECT 1 FROM judgements AS j WHERE j.claim = c.id)",
        "claim {claim}: counts for no item, and nobody judged it",
    ),
    (
        "SELECT j.id AS id, j.claim AS claim FROM judgements AS j LEFT JOIN claims AS c ON c.id = j.claim"
        " LEFT JOIN removals AS r ON 1 = 1 WHERE c.id IS NULL AND r.document IS NULL",
        "judgement {id}: is of claim {claim}, which is not there, and nothing was ever removed",
    ),
)
