"""Cuts the bundles of many articles that Nexis Uni and Factiva give as one file: each with its title, paper and day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

#: Nexis ends each article with this line, Factiva with the number of the article in its archive.
_NEXIS_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
_FACTIVA_END = re.compile(r"^[ \t]*Document [A-Z]{2,}[A-Z0-9]*\d{8}[a-z0-9]{4,}[ \t]*$", re.MULTILINE)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = re.compile(rf"^\W*((?:{_MONTHS}) \d{{1,2}},? \d{{4}}|\d{{1,2}} (?:{_MONTHS}) \d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})\b")
#: Lines of a head that are neither title, paper nor day.
_NEXIS_BODY = re.compile(r"^[ \t]*Body[ \t]*$", re.MULTILINE)
_NEXIS_TAIL = re.compile(r"^[ \t]*(?:Load-Date|Classification|Notes|Graphic)[ \t]*:?.*", re.MULTILINE)
_WORDS = re.compile(r"^[\d,.]+ words$")
#: The tags of Factiva's fields, as its help lists them.
_TAGS = frozenset(
    ("SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "LA", "CY", "LP", "TD", "NS", "RE", "PUB", "AN",
     "IN", "CO", "CT", "VOL", "ART", "IPD", "IPC")
)  # fmt: skip
#: So much of the beginning of an article is looked at for its head.
_HEAD_LINES = 14


class Article(NamedTuple):
    """One article of a bundle: what its head says, and its own words."""

    title: str
    source: str
    date: str
    text: str


def articles(text: str) -> Iterator[Article]:
    """The articles of a bundle in order; none when the text is no bundle."""
    for end, cut in ((_NEXIS_END, _nexis), (_FACTIVA_END, _factiva)):
        if end.search(text):
            for piece in end.split(text)[:-1]:
                made = cut(piece.strip("\n\r \t\f"))
                if made and made.text:
                    yield made
            return


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _nexis(piece: str) -> Article | None:
    body = _NEXIS_BODY.search(piece)
    head = _lines(piece[: body.start()] if body else piece)[:_HEAD_LINES]
    at = next((number for number, line in enumerate(head) if _DAY.match(line)), None)
    if at is None:
        return None
    # Title, paper, day: the paper is the line before the day.
    source = head[at - 1] if at > 0 else ""
    title = " ".join(head[: at - 1]) if at > 1 else head[0]
    text = piece[body.end() :] if body else "\n".join(_lines(piece)[at + 1 :])
    tail = _NEXIS_TAIL.search(text)
    found = _DAY.match(head[at])
    return Article(title, source, found[1] if found else "", (text[: tail.start()] if tail else text).strip())


def _factiva(piece: str) -> Article | None:
    lines = _lines(piece)
    if sum(line.split(maxsplit=1)[0] in _TAGS for line in lines) >= 4:  # HD, PD, SN, LP at least
        return _tagged(lines)
    at = next((number for number, line in enumerate(lines[:_HEAD_LINES]) if _DAY.match(line)), None)
    if at is None:
        return None
    title = " ".join(line for line in lines[:at] if not _WORDS.match(line) and not line.startswith("By "))
    found = _DAY.match(lines[at])
    source = lines[at + 1] if at + 1 < len(lines) else ""
    # Then the paper's code, the page, the language and the copyright, in lines of their own.
    rest = at + 2
    for number in range(at + 2, min(len(lines), at + 9)):
        if re.match(r"(?:\(c\)|©|Copyright)", lines[number], re.IGNORECASE):
            rest = number + 1
            break
    return Article(title, source, found[1] if found else "", "\n\n".join(lines[rest:]))


def _tagged(lines: list[str]) -> Article:
    fields: dict[str, list[str]] = {}
    tag = ""
    for line in lines:
        first, _, rest = line.partition(" ")
        if first in _TAGS:
            tag = first
            fields.setdefault(tag, []).append(rest.strip())
        elif tag:
            fields[tag].append(line)
    body = [line for name in ("LP", "TD") for line in fields.get(name, ()) if line]
    joined = {name: " ".join(filter(None, values)) for name, values in fields.items()}
    return Article(joined.get("HD", ""), joined.get("SN", ""), joined.get("PD", ""), "\n\n".join(body))
