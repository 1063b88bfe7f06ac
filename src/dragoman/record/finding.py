"""Full-text search over documents and claims."""

from __future__ import annotations

import re
import sqlite3

from dragoman.record.results import Hit

#: A quoted phrase, or a word with an optional star at its end.
_TERM = re.compile(r'"([^"]+)"|([^\s"]+)')


def match_expression(query: str) -> str:
    """What a person typed as FTS5 wants it: all words must be there; quotes keep a phrase, a final star a beginning.

    Everything is quoted, so that no sign in the query is taken for an operator.
    """
    terms: list[str] = []
    for phrase, word in _TERM.findall(query):
        text = phrase or word.rstrip("*")
        if re.search(r"\w", text):
            terms.append('"' + text.replace('"', " ").replace("\x00", " ") + '"' + ("*" if word.endswith("*") else ""))
    return " ".join(terms)


_DOCUMENTS = """
SELECT 'document' AS kind, d.id AS id, d.id AS document, d.title AS title, coalesce(d.published_start, '') AS date,
       snippet(documents_text, -1, '[', ']', ' … ', 24) AS snippet, bm25(documents_text, 4.0, 1.0) AS rank
FROM documents_text JOIN documents AS d ON d.n = documents_text.rowid
WHERE documents_text MATCH :match AND (:since = '' OR d.published_end >= :since)
  AND (:until = '' OR d.published_start <= :until)
"""
_CLAIMS = """
SELECT c.kind AS kind, c.id AS id, c.document AS document, d.title AS title, coalesce(c.date_start, '') AS date,
       snippet(claims_text, 0, '[', ']', ' … ', 24) AS snippet, bm25(claims_text) AS rank
FROM claims_text JOIN claims AS c ON c.n = claims_text.rowid JOIN documents AS d ON d.id = c.document
WHERE claims_text MATCH :match AND (:kind = '' OR c.kind = :kind)
  AND (:since = '' OR c.date_end >= :since) AND (:until = '' OR c.date_start <= :until)
"""


def find(
    connection: sqlite3.Connection,
    query: str,
    *,
    parties: tuple[str, ...] = (),
    kind: str = "",
    since: str = "",
    until: str = "",
    limit: int = 20,
) -> list[Hit]:
    """Hits best first, documents and claims together; an empty query finds nothing."""
    match = match_expression(query)
    if not match:
        return []
    values: dict[str, str | int] = {
        "match": match,
        "kind": kind,
        "since": since,
        "until": until,
        "limit": limit,
    }
    of_document = of_claim = ""
    for number, one in enumerate(parties):
        values[f"party{number}"] = one
        of_claim += f" AND EXISTS (SELECT 1 FROM claim_actors WHERE claim = c.id AND party = :party{number})"  # noqa: S608
        of_document += (
            " AND EXISTS (SELECT 1 FROM claims AS x JOIN claim_actors AS y ON y.claim = x.id"  # noqa: S608
            f" WHERE x.document = d.id AND y.party = :party{number})"
        )
    # Only parameters are put in; the pieces of SQL are all from this file.
    hits: list[Hit] = []
    order = " ORDER BY rank, id LIMIT :limit"
    if kind in ("", "document"):
        hits += [Hit(**dict(row)) for row in connection.execute(_DOCUMENTS + of_document + order, values)]
    if kind != "document":
        hits += [Hit(**dict(row)) for row in connection.execute(_CLAIMS + of_claim + order, values)]
    return sorted(hits, key=lambda hit: (hit.rank, hit.kind, hit.id))[:limit]
