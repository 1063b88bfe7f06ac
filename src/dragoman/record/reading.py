"""Answers questions about a record; nothing here writes."""

from __future__ import annotations

import datetime
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from dragoman.errors import RecordError
from dragoman.model import AnyClaim, Coded, Document, Item, Judgement
from dragoman.record import rows
from dragoman.record.connection import SqliteEngine
from dragoman.record.engine import Connection, Engine, Row
from dragoman.record.postgres import SCHEMES, PostgresEngine
from dragoman.record.results import DocumentLine, Explanation, Filters, Hit, Relation, Removal

#: More rows than any record has: both databases take it for no limit.
ALL = 2**31 - 1
#: The columns of a document's line.
LINE = "id, title, url, published_start, published_end, published_how, source, side, language, claims"
#: So many characters name an id that begins so.
LEAST_ID = 4


def engine_of(where: str | Path) -> Engine:
    """The database that a file name or a URL (`postgresql://…`) names."""
    if isinstance(where, str) and where.startswith(SCHEMES):
        return PostgresEngine(where)
    return SqliteEngine(Path(where))


class Reader:
    """A record, for reading; each thread has a connection of its own, `close` closes them all."""

    def __init__(self, where: str | Path, *, write: bool) -> None:
        self.engine = engine_of(where)
        #: What messages call it: the file, or the URL without its password.
        self.path = self.engine.name
        self._write = write
        self._local = threading.local()
        self._open: list[Connection] = []
        self._lock = threading.Lock()
        self._connection()

    def _connection(self) -> Connection:
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self.engine.connect(write=self._write)
            self._local.connection = connection
            with self._lock:
                self._open.append(connection)
        return connection

    def _rows(self, sql: str, values: tuple[Any, ...] | dict[str, Any] = ()) -> list[Row]:
        with self.engine.errors():
            return self._connection().execute(sql, values).fetchall()

    def close(self) -> None:
        """Closes the record; it is not to be asked any more."""
        with self._lock:
            for connection in self._open:
                connection.close()
            self._open.clear()
        self._local = threading.local()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Documents

    def documents(self, *, since: str = "", until: str = "", source: str = "", limit: int = ALL) -> list[DocumentLine]:
        """The documents by published day, then id; days are ISO days, `source` the name of a source."""
        found = self._rows(
            f"SELECT {LINE} FROM documents WHERE (:since = '' OR published_end >= :since)"  # noqa: S608  # names of ours
            " AND (:until = '' OR published_start <= :until) AND (:source = '' OR source = :source)"
            " ORDER BY published_start, id LIMIT :limit",
            {"since": since, "until": until, "source": source, "limit": limit},
        )
        return [line_of(row) for row in found]

    def document(self, document_id: str) -> Coded | None:
        """One document with its claims in the order of the text; none when the record does not hold it."""
        found = self._rows("SELECT payload, text FROM documents WHERE id = ?", (document_id,))
        if not found:
            return None
        document = rows.document_from(found[0]["payload"], found[0]["text"])
        return Coded(document=document, claims=tuple(self.claims(document=document_id)))

    def holds(self, document_id: str) -> bool:
        """Whether a document is in the record."""
        return bool(self._rows("SELECT 1 FROM documents WHERE id = ?", (document_id,)))

    # Claims

    def claims(
        self,
        *,
        document: str = "",
        kind: str = "",
        party: str = "",
        status: str = "",
        since: str = "",
        until: str = "",
    ) -> list[AnyClaim]:
        """Claims as they were coded, by document and place in it; all conditions given must hold."""
        found = self._rows(
            "SELECT payload FROM claims WHERE state = '' AND (:document = '' OR document = :document)"
            " AND (:kind = '' OR kind = :kind)"
            " AND (:status = '' OR status = :status) AND (:since = '' OR date_end >= :since)"
            " AND (:until = '' OR date_start <= :until)"
            " AND (:party = '' OR id IN (SELECT claim FROM claim_actors WHERE party = :party))",
            {
                "document": document,
                "kind": kind,
                "party": party,
                "status": status,
                "since": since,
                "until": until,
            },
        )
        claims = [rows.claim_from(row["payload"]) for row in found]
        return sorted(claims, key=lambda one: (one.evidence.document, one.evidence.start, one.evidence.end, one.id))

    def claim(self, claim_id: str) -> AnyClaim | None:
        """One claim by its id; none when the record does not hold it."""
        found = self._rows("SELECT payload FROM claims WHERE id = ?", (claim_id,))
        return rows.claim_from(found[0]["payload"]) if found else None

    # Items

    def items(
        self, kind: str = "", a: str = "", b: str = "", *, since: str = "", until: str = "", limit: int = ALL
    ) -> list[Item]:
        """Items of a kind (or all) by day, then id: of everybody, of one side `a`, or between `a` and `b`.

        With both sides given, a statement of one of them belongs to the relation when it is addressed to the other,
        or stands in a document that tells of something between the two. Items without a day of their own stand under
        the day since which they are known.
        """
        a, b = (b, a) if a and b and b < a else (a, b)
        if b:
            chosen = (
                "SELECT item, kind, date_start FROM item_pairs WHERE a = :a AND b = :b"
                # From the few documents of the pair to their statements, not from the many statements of a side.
                " UNION SELECT p.item, p.kind, p.date_start FROM (SELECT DISTINCT c.document FROM item_pairs AS q"
                " JOIN item_claims AS l ON l.item = q.item JOIN claims AS c ON c.id = l.claim"
                " WHERE q.a = :a AND q.b = :b AND q.kind <> 'statement') AS told"
                " JOIN claims AS one ON one.document = told.document"
                " JOIN item_claims AS mine ON mine.claim = one.id JOIN item_parties AS p ON p.item = mine.item"
                " WHERE p.kind = 'statement' AND p.role = 'first' AND p.party IN (:a, :b)"
                if kind in ("", "statement")
                else "SELECT item, kind, date_start FROM item_pairs WHERE a = :a AND b = :b"
            )
        elif a:
            chosen = "SELECT DISTINCT item, kind, date_start FROM item_parties WHERE party = :a"
        else:
            chosen = "SELECT id AS item, kind, coalesce(date_start, '') AS date_start FROM items"
        found = self._rows(
            f"SELECT items.payload FROM ({chosen}) AS chosen JOIN items ON items.id = chosen.item"  # noqa: S608
            " WHERE (:kind = '' OR chosen.kind = :kind) AND (:since = '' OR chosen.date_start >= :since)"
            " AND (:until = '' OR chosen.date_start <= :until) ORDER BY chosen.date_start, items.id LIMIT :limit",
            {"kind": kind, "a": a, "b": b, "since": since, "until": until, "limit": limit},
        )
        return [rows.item_from(row["payload"]) for row in found]

    def item(self, item_id: str) -> Item | None:
        """One item by its id; none when the record does not hold it."""
        found = self._rows("SELECT payload FROM items WHERE id = ?", (item_id,))
        return rows.item_from(found[0]["payload"]) if found else None

    def events(
        self,
        a: str,
        b: str = "",
        *,
        directed: bool = False,
        since: str = "",
        until: str = "",
        status: str = "",
        event_type: str = "",
        last: int = 0,
    ) -> list[Item]:
        """Events of a side `a`, or between `a` and `b`, by day, then id.

        `directed` keeps what `a` does to `b` and what both do together. `status` is one of PLOVER's, or empty for
        all. `last` keeps only that many of the latest. An event's day is its own, or the one since which it is known.
        """
        if b:
            low, high = min(a, b), max(a, b)
            chosen = "SELECT item, date_start FROM item_pairs WHERE a = :low AND b = :high AND kind = 'event'"
            if directed:
                chosen += " AND direction IN ('both', :way)"
        else:
            low, high = a, ""
            chosen = "SELECT DISTINCT item, date_start FROM item_parties WHERE party = :low AND kind = 'event'"
        found = self._rows(
            f"SELECT items.payload FROM ({chosen}) AS chosen JOIN items ON items.id = chosen.item"  # noqa: S608
            " WHERE (:since = '' OR chosen.date_start >= :since) AND (:until = '' OR chosen.date_start <= :until)"
            " AND (:status = '' OR items.status = :status) AND (:type = '' OR items.type = :type)"
            " ORDER BY chosen.date_start DESC, items.id DESC LIMIT :limit",
            {
                "low": low,
                "high": high,
                "way": "ab" if a == low else "ba",
                "since": since,
                "until": until,
                "status": status,
                "type": event_type,
                "limit": last or ALL,
            },
        )
        return [rows.item_from(row["payload"]) for row in reversed(found)]

    def beside(self, item: Item, *, slack: int = 1) -> list[Item]:
        """The events that share a side and, give or take some days, the days of an event: what may be linked to it."""
        date = rows.date_of(item.claim)
        if date is None:
            return []
        first, last = (datetime.date.fromisoformat(day) for day in (date.start, date.end))
        reach = datetime.timedelta(days=slack)
        found = self._rows(
            "SELECT DISTINCT items.id, items.payload FROM item_parties AS mine"
            " JOIN item_parties AS other ON other.party = mine.party AND other.kind = 'event'"
            " AND other.date_start >= :since AND other.date_start <= :until"
            " JOIN items ON items.id = other.item WHERE mine.item = :item AND items.id <> :item ORDER BY items.id",
            {"item": item.id, "since": (first - reach).isoformat(), "until": (last + reach).isoformat()},
        )
        return [rows.item_from(row["payload"]) for row in found]

    def relations(self, *, of: str = "") -> list[Relation]:
        """The pairs of sides that the record knows (or those of one side), most events first."""
        found = self._rows(
            "SELECT a, b, sum(CASE WHEN kind = 'event' THEN 1 ELSE 0 END) AS events, count(*) AS items,"
            " coalesce(min(CASE WHEN told THEN nullif(date_start, '') END), '') AS first,"
            " coalesce(max(CASE WHEN told THEN date_start END), '') AS last"
            " FROM (SELECT *, kind = 'event' AND status IN ('actual', 'historical') AS told"
            " FROM item_pairs) AS pairs"
            " WHERE :of = '' OR a = :of OR b = :of GROUP BY a, b ORDER BY events DESC, items DESC, a, b",
            {"of": of},
        )
        return [Relation(**dict(row)) for row in found]

    # Finding and explaining

    def search(
        self,
        query: str,
        *,
        parties: tuple[str, ...] = (),
        kind: str = "",
        since: str = "",
        until: str = "",
        limit: int = 20,
        filters: Filters | None = None,
    ) -> list[Hit]:
        """Documents and claims that hold all words of the query (a phrase in quotes), best first.

        `filters` narrows it, instead of the four beside it; see there.
        """
        narrowed = filters or Filters(parties=parties, kind=kind, since=since, until=until)
        with self.engine.errors():
            return self.engine.find(self._connection(), query, narrowed, limit=limit)

    def whole_id(self, prefix: str) -> str:
        """The id of the one claim or item that begins so, from four characters on; else what was given.

        Raises RecordError when there are several.
        """
        if len(prefix) < LEAST_ID:
            return prefix
        found = {
            row["id"]
            for table in ("items", "claims")
            for row in self._rows(
                f"SELECT id FROM {table} WHERE id >= :prefix AND id < :prefix || :last ORDER BY id LIMIT 3",  # noqa: S608
                {"prefix": prefix, "last": chr(0x10FFFF)},
            )
        }
        if prefix in found or not found:
            return prefix
        if len(found) > 1:
            raise RecordError(f"{self.path}: several claims and items begin with {prefix}: {', '.join(sorted(found))}")
        return str(found.pop())

    def explain(self, some_id: str) -> Explanation | None:
        """All that stands behind a claim or an item; none when the record holds nothing of that id."""
        item = self.item(some_id)
        if item is None:
            found = self._rows("SELECT item FROM item_claims WHERE claim = ?", (some_id,))
            item = self.item(found[0]["item"]) if found else None
        ids = [link.claim for link in item.links] if item else [some_id]
        claims = tuple(claim for claim in map(self.claim, ids) if claim is not None)
        if not claims:
            return None
        documents = (self.document(one) for one in dict.fromkeys(claim.evidence.document for claim in claims))
        return Explanation(
            id=some_id,
            item=item,
            claims=claims,
            documents=tuple(coded.document for coded in documents if coded),
            judgements=tuple(self.judgements(claims=tuple(ids))),
        )

    def judgements(self, *, claims: tuple[str, ...] = ()) -> list[Judgement]:
        """The log of judgements in the order in which they were made, or those of some claims."""
        found = self._rows("SELECT claim, other, payload FROM judgements ORDER BY n")
        wanted = set(claims)
        return [
            rows.judgement_from(row["payload"])
            for row in found
            if not wanted or row["claim"] in wanted or row["other"] in wanted
        ]

    def skipped(self) -> list[tuple[str, str, str]]:
        """What was passed over: id, where (file and line, or offsets of a document), and why."""
        found = self._rows("SELECT id, location, why FROM skipped ORDER BY location, id, why")
        return [(row["id"], row["location"], row["why"]) for row in found]

    def removals(self) -> list[Removal]:
        """The lines of documents that were taken out, in the order of their removal."""
        found = self._rows("SELECT document, title, url, claims, at, why FROM removals ORDER BY n")
        return [Removal(**dict(row)) for row in found]

    def find_document(self, prefix: str) -> Document:
        """The document whose id begins so; raises RecordError when there is none, or more than one."""
        found = self._rows(
            "SELECT id FROM documents WHERE id >= :prefix AND id < :prefix || :last ORDER BY id LIMIT 2",
            {"prefix": prefix, "last": chr(0x10FFFF)},
        )
        if not prefix or not found or (len(found) > 1 and found[0]["id"] != prefix):
            what = "several documents begin" if len(found) > 1 else "no document begins"
            raise RecordError(
                f"{self.path}: {what} with {prefix!r}; `dragoman search` and `dragoman export documents` show ids"
            )
        coded = self.document(found[0]["id"])
        if coded is None:
            raise RecordError(f"{self.path}: {prefix} was removed just now")
        return coded.document


def line_of(row: Row) -> DocumentLine:
    """The line of a document's row."""
    return DocumentLine(
        id=row["id"],
        title=row["title"],
        url=row["url"],
        published=rows.line_date(row),
        source=row["source"],
        side=row["side"],
        language=row["language"],
        claims=row["claims"],
    )
