"""Everything of a kind in its order, some hundreds at a time, so that no record is ever in memory whole."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.model import AnyClaim, Item
from dragoman.record import rows
from dragoman.record.reading import LINE, Reader, line_of
from dragoman.record.results import DocumentLine

#: Rows, or ids, asked for in one query.
MANY = 500


class Every:
    """A record read from its beginning to its end."""

    def __init__(self, store: Reader) -> None:
        self._store = store
        self._rows = store._rows  # of the same package

    def every_line(self, *, since: str = "", until: str = "") -> Iterator[DocumentLine]:
        """All documents by published day, then id, read some hundreds at a time."""
        day, last = "", ""
        while True:
            found = self._rows(
                f"SELECT {LINE} FROM documents WHERE coalesce(published_start, '') >= :day"  # noqa: S608
                " AND (coalesce(published_start, ''), id) > (:day, :last)"
                " AND (:since = '' OR published_end >= :since) AND (:until = '' OR published_start <= :until)"
                " ORDER BY coalesce(published_start, ''), id LIMIT :limit",
                {"day": day, "last": last, "since": since, "until": until, "limit": MANY},
            )
            yield from map(line_of, found)
            if len(found) < MANY:
                return
            day, last = found[-1]["published_start"] or "", found[-1]["id"]

    def every_item(self, kind: str, *, since: str = "", until: str = "") -> Iterator[Item]:
        """All items of a kind by day, then id, read some hundreds at a time."""
        day, last = "", ""
        while True:
            found = self._rows(
                "SELECT id, coalesce(date_start, '') AS day, payload FROM items WHERE kind = :kind"
                " AND coalesce(date_start, '') >= :day AND (coalesce(date_start, ''), id) > (:day, :last)"
                " AND (:since = '' OR coalesce(date_start, '') >= :since)"
                " AND (:until = '' OR coalesce(date_start, '') <= :until)"
                " ORDER BY coalesce(date_start, ''), id LIMIT :limit",
                {"kind": kind, "day": day, "last": last, "since": since, "until": until, "limit": MANY},
            )
            yield from (rows.item_from(row["payload"]) for row in found)
            if len(found) < MANY:
                return
            day, last = found[-1]["day"], found[-1]["id"]

    def every_claim(self, *, since: str = "", until: str = "") -> Iterator[AnyClaim]:
        """All claims by document and place in it, read one document at a time."""
        last = ""
        while True:
            found = self._rows(
                "SELECT id FROM documents WHERE id > :last AND claims > 0 ORDER BY id LIMIT :limit",
                {"last": last, "limit": MANY},
            )
            for row in found:
                yield from self._store.claims(document=row["id"], since=since, until=until)
            if len(found) < MANY:
                return
            last = found[-1]["id"]
