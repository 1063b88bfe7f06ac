"""Small questions that pages ask of a record, each answered by a query that reads no more than it gives back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from sys import intern
from typing import Any

import msgspec

from dragoman.model import AnyClaim, Item, Shape
from dragoman.record import rows
from dragoman.record.every import MANY, Every
from dragoman.record.reading import LINE, line_of
from dragoman.record.results import DocumentLine, Relation, Touched


class Mark(Shape, frozen=True, kw_only=True):
    """How far a record has come: its last document and its last change by their numbers."""

    documents: int
    changes: int


class ItemsAsked(Shape, frozen=True, kw_only=True):
    """Which items are asked for; empty fields ask for all. `after` is the day and id of the last one that was given."""

    kind: str = ""
    a: str = ""
    b: str = ""
    directed: bool = False
    since: str = ""
    until: str = ""
    status: str = ""
    type: str = ""
    after: tuple[str, str] = ("", "")
    limit: int = 100


class Lead(Shape, frozen=True, kw_only=True):
    """What a review asks of a claim to put it in order, without its words; `links` are the documents of its item."""

    id: str
    kind: str
    type: str
    status: str
    confidence: float
    score: float
    links: int
    item: str
    document: str = ""


_touched = msgspec.json.Decoder(Touched)


class Glance(Every):
    """A record asked for little things, often."""

    def mark(self) -> Mark:
        """How far the record has come."""
        row = self._rows(
            "SELECT (SELECT coalesce(max(n), 0) FROM documents) AS documents,"
            " (SELECT coalesce(max(n), 0) FROM changes) AS changes"
        )[0]
        return Mark(**dict(row))

    def touched(self, after: int) -> Touched:
        """What the changes after the one of that number touched; everything where their notes are no longer kept."""
        found = self._rows("SELECT n, touched FROM changes WHERE n > ? ORDER BY n", (after,))
        if found and found[0]["n"] != after + 1:
            return Touched(everything=True)
        notes = [_touched.decode(bytes(row["touched"])) for row in found]
        if any(one.everything for one in notes):
            return Touched(everything=True)
        return Touched(
            pairs=frozenset().union(*(one.pairs for one in notes)),
            parties=frozenset().union(*(one.parties for one in notes)),
            documents=frozenset().union(*(one.documents for one in notes)),
        )

    def count(self, table: str) -> int:
        """The number of rows of `documents`, `claims`, `items`, `judgements` or `skipped`."""
        if table == "claims":
            return sum(self.kinds(table).values())
        if table not in ("documents", "items", "judgements", "skipped"):
            raise ValueError(f"{table} is not counted")
        return int(self._rows(f"SELECT count(*) AS n FROM {table}")[0]["n"])  # noqa: S608  # named above

    def kinds(self, table: str) -> dict[str, int]:
        """How many `claims` (those in force) or `items` of each kind there are."""
        if table not in ("claims", "items"):
            raise ValueError(f"{table} has no kinds")
        # Counted by the index of kinds, less the few that are aside: asking each claim how it stands reads all of them.
        aside = " UNION ALL SELECT kind, -1 AS n FROM claims WHERE state <> ''"
        found = self._rows(
            f"SELECT kind, sum(n) AS n FROM (SELECT kind, count(*) AS n FROM {table} GROUP BY kind"  # noqa: S608
            f"{aside if table == 'claims' else ''}) AS counted GROUP BY kind HAVING sum(n) > 0 ORDER BY kind"
        )
        return {row["kind"]: int(row["n"]) for row in found}

    # Documents

    def lines(self, ids: Iterable[str]) -> dict[str, DocumentLine]:
        """The lines of some documents by their ids, in the order of their published days."""
        wanted = list(dict.fromkeys(ids))
        found = []
        for at in range(0, len(wanted), MANY):
            some = tuple(wanted[at : at + MANY])
            found += self._rows(
                f"SELECT {LINE} FROM documents WHERE id IN ({', '.join('?' * len(some))})",  # noqa: S608
                some,
            )
        lines = sorted(map(line_of, found), key=lambda one: (one.published.start if one.published else "", one.id))
        return {one.id: one for one in lines}

    def newest(
        self,
        *,
        limit: int,
        before: tuple[str, str] = ("", ""),
        since: str = "",
        until: str = "",
        source: str = "",
    ) -> list[DocumentLine]:
        """Documents, newest first, after the one whose day and id `before` gives."""
        # Ids first: the index has them in this order, and only the lines that are given are read.
        asked = "(:since = '' OR published_end >= :since) AND (:until = '' OR published_start <= :until)"
        if source:
            asked += " AND source = :source"
        if before[1]:
            # The first half alone is what the index can be entered by.
            asked += " AND coalesce(published_start, '') <= :day"
            asked += " AND (coalesce(published_start, ''), id) < (:day, :id)"
        order = " ORDER BY coalesce(published_start, '') DESC, id DESC"
        found = self._rows(
            f"SELECT {LINE} FROM documents WHERE id IN"  # noqa: S608  # pieces of this file
            f" (SELECT id FROM documents WHERE {asked}{order} LIMIT :limit){order}",
            {
                "since": since,
                "until": until,
                "source": source,
                "day": before[0],
                "id": before[1],
                "limit": limit,
            },
        )
        return [line_of(row) for row in found]

    # Items

    def items(self, asked: ItemsAsked) -> list[Item]:
        """Items by day, then id, as they are asked for."""
        a, b = (asked.b, asked.a) if asked.b and asked.b < asked.a else (asked.a, asked.b)
        if b:
            chosen = "SELECT item, kind, date_start FROM item_pairs WHERE a = :a AND b = :b"
            if asked.directed:
                chosen += " AND direction IN ('both', :way)"
        elif a:
            chosen = "SELECT DISTINCT item, kind, date_start FROM item_parties WHERE party = :a"
        else:
            chosen = "SELECT id AS item, kind, coalesce(date_start, '') AS date_start FROM items"
        found = self._rows(
            f"SELECT i.payload FROM ({chosen}) AS c JOIN items AS i ON i.id = c.item"  # noqa: S608  # pieces of this file
            " WHERE (:kind = '' OR c.kind = :kind) AND (:since = '' OR c.date_start >= :since)"
            " AND (:until = '' OR c.date_start <= :until) AND (:status = '' OR i.status = :status)"
            " AND (:type = '' OR i.type = :type)"
            " AND (:id = '' OR c.date_start > :day OR (c.date_start = :day AND i.id > :id))"
            " ORDER BY c.date_start, i.id LIMIT :limit",
            {
                "a": a,
                "b": b,
                "way": "ab" if asked.a == a else "ba",
                "kind": asked.kind,
                "since": asked.since,
                "until": asked.until,
                "status": asked.status,
                "type": asked.type,
                "day": asked.after[0],
                "id": asked.after[1],
                "limit": asked.limit,
            },
        )
        return [rows.item_from(row["payload"]) for row in found]

    def sort_day(self, item: Item) -> str:
        """The day under which `items` puts an item, for the next page of a whole record or of a relation."""
        return rows.sort_date(item)

    def own_day(self, item: Item) -> str:
        """The day under which `items` puts an item when no side is asked for."""
        date = rows.date_of(item.claim)
        return date.start if date else ""

    def named(self, name: str, *, limit: int = 200) -> list[Item]:
        """The items of whose claims one names that person or body, newest first."""
        # Ids first: sorting whole items of a name that is told of ten thousand times took a second.
        found = self._rows(
            "SELECT i.payload FROM (SELECT DISTINCT m.id, coalesce(m.date_start, '') AS day FROM claim_actors AS a"
            " JOIN item_claims AS l ON l.claim = a.claim JOIN items AS m ON m.id = l.item WHERE a.name = :name"
            " ORDER BY day DESC, m.id LIMIT :limit) AS best JOIN items AS i ON i.id = best.id"
            " ORDER BY best.day DESC, best.id",
            {"name": name, "limit": limit},
        )
        return [rows.item_from(row["payload"]) for row in found]

    def names_of(self, party: str, *, limit: int = 30) -> list[tuple[str, int]]:
        """Who speaks and acts for a side by name, and in how many claims, most first."""
        found = self._rows(
            "SELECT name, count(DISTINCT claim) AS n FROM claim_actors WHERE party = :party AND name <> ''"
            " GROUP BY name ORDER BY n DESC, name LIMIT :limit",
            {"party": party, "limit": limit},
        )
        return [(row["name"], row["n"]) for row in found]

    def sides_named(self, name: str) -> list[str]:
        """The sides that a name stands for in the claims of the record, most often first."""
        found = self._rows(
            "SELECT party, count(*) AS n FROM claim_actors WHERE name = :name AND party <> ''"
            " GROUP BY party ORDER BY n DESC, party",
            {"name": name},
        )
        return [row["party"] for row in found]

    def knows_side(self, party: str) -> bool:
        """Whether any item has that side."""
        return bool(self._rows("SELECT 1 AS one FROM item_parties WHERE party = :party LIMIT 1", {"party": party}))

    def news(self, after: int) -> dict[tuple[str, str], int]:
        """How many items of each pair of sides rest on documents that came after the one of that number."""
        found = self._rows(
            # From the new documents to their items, not from all pairs to their documents.
            "SELECT a, b, count(*) AS n FROM item_pairs WHERE item IN (SELECT item FROM item_claims WHERE claim IN"
            " (SELECT id FROM claims WHERE document IN (SELECT id FROM documents WHERE n > :after))) GROUP BY a, b",
            {"after": after},
        )
        return {(row["a"], row["b"]): row["n"] for row in found}

    def newest_day(self) -> str:
        """The last day on which a document of the record came out, an ISO day or empty."""
        row = self._rows("SELECT max(published_start) AS day FROM documents")[0]
        return str(row["day"] or "")

    def relation(self, a: str, b: str) -> list[Relation]:
        """One of the relations, or none."""
        return self._store._relations("a = :a AND b = :b", {"a": a, "b": b})

    def lately(self, since: str, until: str, *, pair: tuple[str, str] = ("", "")) -> dict[tuple[str, str], int]:
        """How many events that happened lie between two days, by pair of sides, or for one pair."""
        one = " AND a = :a AND b = :b" if pair[0] else ""
        found = self._rows(
            "SELECT a, b, count(*) AS n FROM item_pairs WHERE kind = 'event' AND status = 'actual'"  # noqa: S608
            f" AND date_start >= :since AND date_start <= :until{one} GROUP BY a, b",
            {"since": since, "until": until, "a": pair[0], "b": pair[1]},
        )
        return {(row["a"], row["b"]): row["n"] for row in found}

    # Claims

    def claims(
        self,
        *,
        after: int,
        limit: int,
        document: str = "",
        kind: str = "",
        party: str = "",
        status: str = "",
        days: tuple[str, str] = ("", ""),
    ) -> list[tuple[int, AnyClaim]]:
        """Claims with their numbers, in the order in which they came in; `days` are the first and the last."""
        found = self._rows(
            "SELECT n, payload FROM claims WHERE state = '' AND n > :after"
            " AND (:document = '' OR document = :document)"
            " AND (:kind = '' OR kind = :kind) AND (:status = '' OR status = :status)"
            " AND (:since = '' OR date_end >= :since) AND (:until = '' OR date_start <= :until)"
            " AND (:party = '' OR id IN (SELECT claim FROM claim_actors WHERE party = :party))"
            " ORDER BY n LIMIT :limit",
            {
                "after": after,
                "limit": limit,
                "document": document,
                "kind": kind,
                "party": party,
                "status": status,
                "since": days[0],
                "until": days[1],
            },
        )
        return [(row["n"], rows.claim_from(row["payload"])) for row in found]

    def items_of(self, claims: Iterable[str]) -> dict[str, str]:
        """The item of each of some claims; what was judged wrong has none."""
        wanted = list(claims)
        told: dict[str, str] = {}
        for at in range(0, len(wanted), MANY):
            some = tuple(wanted[at : at + MANY])
            found = self._rows(
                f"SELECT claim, item FROM item_claims WHERE claim IN ({', '.join('?' * len(some))})",  # noqa: S608
                some,
            )
            told.update((row["claim"], row["item"]) for row in found)
        return told

    def leads(self, *, documents: Collection[str] | None = None) -> Iterator[Lead]:
        """Every claim that stands in an item, or those of some documents."""
        sql = (
            "SELECT c.id, c.document, c.kind, c.type, c.status, c.confidence, c.score, i.documents AS links,"
            " i.id AS item FROM claims AS c JOIN item_claims AS l ON l.claim = c.id JOIN items AS i ON i.id = l.item"
            " WHERE c.state = ''"
        )
        if documents is None:
            yield from map(_lead, self._rows(sql))
            return
        wanted = sorted(documents)
        for at in range(0, len(wanted), MANY):
            some = tuple(wanted[at : at + MANY])
            yield from map(_lead, self._rows(f"{sql} AND c.document IN ({', '.join('?' * len(some))})", some))

    def between(self, a: str, b: str) -> set[str]:
        """The ids of the items between two sides."""
        a, b = (b, a) if b < a else (a, b)
        return {row["item"] for row in self._rows("SELECT item FROM item_pairs WHERE a = ? AND b = ?", (a, b))}


def _lead(row: Any) -> Lead:  # noqa: ANN401  # a row of the database
    claim, document, kind, type_, status, confidence, score, links, item = tuple(
        row.values() if isinstance(row, dict) else row
    )
    # There are as many of these as claims, and few words for them.
    return Lead(
        id=claim,
        document=intern(document),
        kind=intern(kind),
        type=intern(type_),
        status=intern(status),
        confidence=confidence,
        score=score,
        links=links,
        item=item,
    )
