"""Lists names that stand often in documents and that knowledge does not know, for a person to add.

A name is two to five words with capitals, with small words such as "of" and "bin" within. Each comes with the number
of documents and places where it stands, what the words before it tell of it, and one such place, as a row of the plain
CSV that `dragoman knowledge import` takes.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

import msgspec

from dragoman.knowledge import Knowledge
from dragoman.model import Document
from dragoman.resolve import DocumentPlaces, reader
from dragoman.resolve.folding import normal
from dragoman.resolve.phrases import PhraseReader

_WORD = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]*[\wà-ž]"
_NAME = re.compile(rf"\b{_WORD}(?:[ ](?:(?:of|for|the|al|bin|ibn|de|del|van|von|el|da|dos)[ ])?{_WORD}){{1,4}}")
_BEFORE = 60
_AROUND = 50
#: Documents longer than this are read in their first part.
_LONGEST = 200_000


class Suggestion(msgspec.Struct, frozen=True):
    """An unknown name: how often it stands, in how many documents, what its title tells, and one place."""

    name: str
    code: str
    sector: str
    documents: int
    times: int
    example: str


class _Seen(msgspec.Struct):
    times: int = 0
    documents: int = 0
    example: str = ""
    countries: dict[str, int] = {}
    sectors: dict[str, int] = {}


def suggest(
    documents: Iterable[Document], knowledge: Knowledge, *, least: int = 3, limit: int = 100
) -> list[Suggestion]:
    """The unknown names that stand in the documents at least so many times, the most frequent first."""
    phrases = reader(knowledge)
    seen: dict[str, _Seen] = {}
    for document in documents:
        text = document.text[:_LONGEST]
        date = document.published.end if document.published else ""
        here: set[str] = set()
        for start, name in _unknown(text, phrases):
            known = seen.setdefault(name, _Seen(countries={}, sectors={}))
            known.times += 1
            known.documents += name not in here
            here.add(name)
            if known.times <= _BEFORE:
                _learn(known, text, start, name, date, phrases)
    ranked = sorted(seen.items(), key=lambda item: (-item[1].documents, -item[1].times, item[0]))
    made = (
        Suggestion(name, _most(found.countries), _most(found.sectors), found.documents, found.times, found.example)
        for name, found in ranked
        if found.times >= least and not _is_place(name, knowledge)
    )
    return list(itertools.islice(made, limit))


def _is_place(name: str, knowledge: Knowledge) -> bool:
    """Whether the gazetteer knows the name: nobody needs to add it as an actor."""
    return DocumentPlaces(knowledge, Document(id="", text=name)).place(0, len(name)) is not None


def _unknown(text: str, phrases: PhraseReader) -> Iterable[tuple[int, str]]:
    """Where names stand that no name of the knowledge touches, without the title before them."""
    hits = [(hit.start, hit.end) for hit in phrases.index.find(text)]
    at = 0
    for found in _NAME.finditer(text):
        start, end = found.span()
        while at < len(hits) and hits[at][1] <= start:
            at += 1
        words = found.group().split()
        # A state or an office before the name ("French Foreign Minister") is no part of it.
        while at < len(hits) and hits[at][0] < end:
            if hits[at][0] > start:
                break
            gone = len(text[start : hits[at][1]].split())
            words, start = words[gone:], text.find(" ", hits[at][1] - 1) + 1
            at += 1
        length = phrases.agents.starting(words)
        while length is not None and len(words) > length[0]:
            start += len(" ".join(words[: length[0]])) + 1
            words = words[length[0] :]
            length = phrases.agents.starting(words)
        touched = any(s < end and e > start for s, e in hits[at : at + 3])
        if len(words) > 1 and not touched and not _is_common(words, phrases):
            yield start, " ".join(words).removesuffix("'s").removesuffix("’s")


def _is_common(words: list[str], phrases: PhraseReader) -> bool:
    """Whether the words are no name: they end in what people or things are called, or begin as a sentence does."""
    last = normal(words[-1].removesuffix("'s").removesuffix("’s"))
    whole = phrases.agents.ending([*words[:-1], last])
    if whole is not None and whole[0] == len(words):
        return True
    if any(
        phrases.agents.is_small(kind, normal(words[0])) for kind in ("determiner", "pronoun", "junk", "from", "stop")
    ):
        return True
    return any(phrases.agents.is_small(kind, last) for kind in ("thing", "junk", "pronoun"))


def _learn(known: _Seen, text: str, start: int, name: str, date: str, phrases: PhraseReader) -> None:
    """What the words before a name tell of its bearer: "Foreign Minister", "the Peruvian lawmaker"."""
    left = re.split(r"[.;:!?\n,“”\"(]", text[max(0, start - _BEFORE) : start])[-1]
    read = phrases.read(f"{left.strip()} {name}" if left.strip() else name, date)
    for reading in read[:1]:
        if reading.country:
            known.countries[reading.country] = known.countries.get(reading.country, 0) + 1
        if reading.sectors:
            known.sectors[reading.sectors[0]] = known.sectors.get(reading.sectors[0], 0) + 1
    if not known.example or (read and read[0].country and not known.countries.get("", 0) and len(known.countries) == 1):
        first, last = max(0, start - _AROUND), min(len(text), start + len(name) + _AROUND)
        known.example = " ".join(text[first:last].split())


def _most(counted: dict[str, int]) -> str:
    return max(counted, key=lambda key: (counted[key], key), default="")
