"""Full-text search over documents and claims in SQLite, and what a person types as terms."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from dragoman.record import marks
from dragoman.record.results import Filters, Hit

#: A quoted phrase, or a word with an optional star at its end.
_TERM = re.compile(r'"([^"]+)"|([^\s"]+)')
#: Of the matches of very common words the last so many that came in are ranked: what all texts say, no rank tells
#: apart, and ranking a quarter of a million took half a second.
RANKED = 10_000


#: Fewer letters than these begin half of all words; a star after them is let go.
LEAST_BEGINNING = 2


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
            found.append(Term(text, word.endswith("*") and len(text) >= LEAST_BEGINNING))
    return found


def match_expression(query: str) -> str:
    """A query as FTS5 wants it; everything is quoted, so that no sign in it is taken for an operator."""
    return " ".join('"' + one.text.replace('"', " ") + '"' + ("*" if one.beginning else "") for one in terms(query))


class _Kind(NamedTuple):
    """Where one kind of thing is found: its table and full-text index, and what is shown of a hit."""

    table: str
    text: str
    #: The columns of the index that hold words, and how much a word in each column counts.
    words: str
    weights: str
    #: What may not be found, and the days of a row.
    hidden: str
    days: tuple[str, str]
    shown: str


_DOCUMENTS = _Kind(
    table="documents",
    text="documents_text",
    words="{title text}",
    weights="4.0, 1.0, 0.0",
    hidden="",
    days=("published_start", "published_end"),
    shown="""
SELECT held.n AS n, 'document' AS kind, held.id AS id, held.id AS document, held.title AS title,
       coalesce(held.published_start, '') AS date, snippet(documents_text, -1, '[', ']', ' … ', 24) AS snippet
FROM documents_text AS found JOIN documents AS held ON held.n = found.rowid
WHERE documents_text MATCH :few AND """,
)
_CLAIMS = _Kind(
    table="claims",
    text="claims_text",
    words="text",
    weights="1.0, 0.0",
    hidden=" AND found.rowid NOT IN (SELECT n FROM claims WHERE state <> '')",
    days=("date_start", "date_end"),
    shown="""
SELECT held.n AS n, held.kind AS kind, held.id AS id, held.document AS document, d.title AS title,
       coalesce(held.date_start, '') AS date, snippet(claims_text, 0, '[', ']', ' … ', 24) AS snippet
FROM claims_text AS found JOIN claims AS held ON held.n = found.rowid JOIN documents AS d ON d.id = held.document
WHERE claims_text MATCH :few AND """,
)


def find(connection: sqlite3.Connection, query: str, filters: Filters, *, limit: int = 20) -> list[Hit]:
    """Hits best first, documents and claims together; an empty query finds nothing."""
    match = match_expression(query)
    if not match:
        return []
    hits: list[Hit] = []
    if filters.documents:
        hits += _found(connection, _DOCUMENTS, match, filters, limit)
    if filters.claims:
        hits += _found(connection, _CLAIMS, match, filters, limit)
    return sorted(hits, key=lambda hit: (hit.rank, hit.kind, hit.id))[:limit]


def _found(connection: sqlite3.Connection, kind: _Kind, match: str, filters: Filters, limit: int) -> list[Hit]:
    groups = marks.asked(filters, claims=kind is _CLAIMS)
    few = [group for group in groups if group[0][0] not in marks.MANY]
    values = {"limit": limit, "since": filters.since, "until": filters.until}
    values |= {"few": _narrowed(kind, match, few), "all": _narrowed(kind, match, groups)}
    days = filters.days("held", *kind.days)
    among = f"FROM {kind.text} AS found" + (f" JOIN {kind.table} AS held ON held.n = found.rowid" if days else "")
    last = f"{kind.hidden}{days} ORDER BY found.rowid DESC LIMIT {RANKED}"
    ranking = f"SELECT found.rowid AS n, bm25({kind.text}, {kind.weights}) AS rank"
    if groups == few:
        ranked = f"{ranking} {among} WHERE {kind.text} MATCH :few{last}"
    else:
        # To rank, the index counts the rows of each word that it is asked for. Words that nearly all have are asked for
        # in a question of their own, where nothing is ranked.
        only = f"SELECT found.rowid {among} WHERE {kind.text} MATCH :all{last}"  # pieces of this file
        ranked = f"{ranking} FROM {kind.text} AS found WHERE {kind.text} MATCH :few AND +found.rowid IN ({only})"
    best = {
        row["n"]: row["rank"]
        for row in connection.execute(f"SELECT n, rank FROM ({ranked}) ORDER BY rank, n LIMIT :limit", values)  # noqa: S608  # the same
    }
    if not best:
        return []
    # One walk from the first to the last of them: one by one, each would gather all words of a beginning anew.
    values |= {"few": _narrowed(kind, match, ()), "first": min(best), "last": max(best)}
    numbers = ", ".join(map(str, best))
    shown = connection.execute(
        f"{kind.shown} found.rowid BETWEEN :first AND :last AND +found.rowid IN ({numbers})", values
    )
    return [Hit(rank=best[row["n"]], **{name: row[name] for name in row.keys() if name != "n"}) for row in shown]  # noqa: SIM118


def _narrowed(kind: _Kind, match: str, groups: Iterable[tuple[str, ...]]) -> str:
    wanted = "".join(f" AND marks : ({' OR '.join(group)})" for group in groups)
    return f"{kind.words} : ({match}){wanted}"
