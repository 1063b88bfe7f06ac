"""Full-text search over documents and claims in SQLite, and what a person types as terms."""

from __future__ import annotations

import re
import sqlite3
from typing import NamedTuple

from dragoman.record.results import Filters, Hit

#: A quoted phrase, or a word with an optional star at its end.
_TERM = re.compile(r'"([^"]+)"|([^\s"]+)')
#: Of the matches of very common words the last so many that came in are ranked: what all texts say, no rank tells
#: apart, and ranking a quarter of a million took half a second.
RANKED = 10_000


class Term(NamedTuple):
    """One word or phrase that must be there; `beginning` when only the beginning of its last word is given."""

    text: str
    beginning: bool


def terms(query: str) -> list[Term]:
    """What a person typed: all must be there; quotes keep a phrase, a final star a beginning."""
    found: list[Term] = []
    for phrase, word in _TERM.findall(query):
        text = (phrase or word.rstrip("*")).replace("\x00", " ").strip()
        if re.search(r"[^\W_]", text):
            found.append(Term(text, word.endswith("*")))
    return found


def match_expression(query: str) -> str:
    """A query as FTS5 wants it; everything is quoted, so that no sign in it is taken for an operator."""
    return " ".join('"' + one.text.replace('"', " ") + '"' + ("*" if one.beginning else "") for one in terms(query))


# The best are found first, among rows alone; only they are read whole and get their words marked.
_DOCUMENTS = """
SELECT 'document' AS kind, d.id AS id, d.id AS document, d.title AS title, coalesce(d.published_start, '') AS date,
       snippet(documents_text, -1, '[', ']', ' … ', 24) AS snippet, best.rank AS rank
FROM (SELECT n, rank FROM (
        SELECT t.rowid AS n, bm25(documents_text, 4.0, 1.0) AS rank FROM documents_text AS t{join}
        WHERE documents_text MATCH :match{where} ORDER BY t.rowid DESC LIMIT {ranked})
      ORDER BY rank, n LIMIT :limit) AS best
JOIN documents_text ON documents_text.rowid = best.n JOIN documents AS d ON d.n = best.n
WHERE documents_text MATCH :match ORDER BY best.rank, d.id
"""
_CLAIMS = """
SELECT c.kind AS kind, c.id AS id, c.document AS document, d.title AS title, coalesce(c.date_start, '') AS date,
       snippet(claims_text, 0, '[', ']', ' … ', 24) AS snippet, best.rank AS rank
FROM (SELECT n, rank FROM (
        SELECT t.rowid AS n, bm25(claims_text) AS rank FROM claims_text AS t JOIN claims AS c ON c.n = t.rowid{join}
        WHERE claims_text MATCH :match AND c.state = ''{where} ORDER BY t.rowid DESC LIMIT {ranked})
      ORDER BY rank, n LIMIT :limit) AS best
JOIN claims_text ON claims_text.rowid = best.n JOIN claims AS c ON c.n = best.n JOIN documents AS d ON d.id = c.document
WHERE claims_text MATCH :match ORDER BY best.rank, c.id
"""


def find(connection: sqlite3.Connection, query: str, filters: Filters, *, limit: int = 20) -> list[Hit]:
    """Hits best first, documents and claims together; an empty query finds nothing."""
    match = match_expression(query)
    if not match:
        return []
    values: dict[str, str | int] = {"match": match, "limit": limit, **filters.values()}
    hits: list[Hit] = []
    if filters.documents:
        where = filters.of_document()
        sql = _DOCUMENTS.format(
            where=where, ranked=RANKED, join=" JOIN documents AS d ON d.n = t.rowid" if where else ""
        )
        hits += [Hit(**dict(row)) for row in connection.execute(sql, values)]
    if filters.claims:
        where = filters.of_claim()
        sql = _CLAIMS.format(
            where=where, ranked=RANKED, join=" JOIN documents AS d ON d.id = c.document" if "d." in where else ""
        )
        hits += [Hit(**dict(row)) for row in connection.execute(sql, values)]
    return sorted(hits, key=lambda hit: (hit.rank, hit.kind, hit.id))[:limit]
