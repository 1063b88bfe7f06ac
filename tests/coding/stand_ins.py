"""Stand-ins for the resolvers and hand-made parses, so that the coders are tested without names, model or network."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from spacy.tokens import Doc
from spacy.vocab import Vocab

from dragoman.coding.context import Sentence
from dragoman.model import DateSpan, Document, Entity, Mention, NameHit, Passage, Place

NAMES = {
    "Norway": "NOR", "Norwegian": "NOR", "Oslo": "NOR", "Chile": "CHL", "Chilean": "CHL", "Santiago": "CHL",
    "Kenya": "KEN", "Kenyan": "KEN", "Ana Reyes": "CHL", "Ola Berg": "NOR", "Petrochile": "CHL",
}  # fmt: skip
_NAME = re.compile(r"(?<!\w)(?:" + "|".join(sorted(map(re.escape, NAMES), key=len, reverse=True)) + r")(?!\w)")
_GROUP = re.compile(r"\b(?:both|the two|our|us)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:(\d{1,2}) May )?((?:19|20)\d\d)\b|\blast year\b")


class Actors:
    """Knows the names above; "both countries" are Chile and Norway."""

    def __init__(self, document: Document) -> None:
        self.text = document.text

    def entities(self, mention: Mention, *, subject: bool = False) -> tuple[Entity, ...]:
        del subject
        words = self.text[mention.start : mention.end]
        if _GROUP.search(words):
            return tuple(self._entity(words, mention, code) for code in ("CHL", "NOR"))
        found = _NAME.search(words)
        return (self._entity(found.group(), mention, NAMES[found.group()]),) if found else ()

    def is_actor(self, mention: Mention) -> bool:
        return bool(self.entities(mention))

    def pair(self, offset: int) -> tuple[Entity, ...]:
        del offset
        return ()

    def visitor(self, offset: int) -> Entity | None:
        del offset
        return None

    @staticmethod
    def _entity(words: str, mention: Mention, code: str) -> Entity:
        return Entity(text=words, start=mention.start, end=mention.end, name=words, country=code, sectors=("GOV",))


class Dates:
    """Reads years and days of May, and "last year" against 2020."""

    def __init__(self, document: Document, now: str) -> None:
        self.text = document.text
        self.now = now

    @property
    def fallback(self) -> DateSpan | None:
        return DateSpan(start=self.now, end=self.now, how="document") if self.now else None

    def dates(self, start: int, end: int) -> list[tuple[int, int, DateSpan]]:
        found = []
        for match in _YEAR.finditer(self.text, start, end):
            day, year = match.groups()
            if day:
                iso = f"{year}-05-{int(day):02d}"
                span = DateSpan(start=iso, end=iso, text=match.group())
            else:
                year = year or "2019"
                span = DateSpan(start=f"{year}-01-01", end=f"{year}-12-31", precision="year", text=match.group())
            found.append((match.start(), match.end(), span))
        return found


class Places:
    """Knows no place."""

    def place(self, start: int, end: int) -> Place | None:
        del start, end
        return None

    def there(self, offset: int) -> Place | None:
        del offset
        return None


def sentences(text: str, *, now: str = "2020-05-10", label: str = "", kind: str = "body") -> list[Sentence]:
    """One Sentence for each sentence of a text, a paragraph a line, without parses."""
    document = Document(id="d", text=text)
    actors, dates, places = Actors(document), Dates(document, now), Places()
    found: list[Sentence] = []
    for paragraph, line in enumerate(re.finditer(r"[^\n]+", text)):
        for match in re.finditer(r"\S.*?(?:[.!?][\"”]?(?=\s+[A-Z“\"])|$)", line.group()):
            start, end = line.start() + match.start(), line.start() + match.end()
            hits = tuple(
                NameHit(start=hit.start(), end=hit.end(), text=hit.group(), kinds=frozenset({"state"}), entries=())
                for hit in _NAME.finditer(text, start, end)
            )
            passage = Passage(start=start, end=end, text=text[start:end], kind=kind, index=len(found),  # type: ignore[arg-type]
                              paragraph=paragraph, speaker_label=label)  # fmt: skip
            found.append(
                Sentence(
                    document=document, passage=passage, parse=None, hits=hits, actors=actors, dates=dates, places=places
                )
            )
    return found


def sentence(text: str, *, now: str = "2020-05-10", kind: str = "body") -> Sentence:
    """The one Sentence of a text."""
    return sentences(text, now=now, kind=kind)[0]


def parsed(rows: str, *, now: str = "2020-05-10") -> Sentence:
    """A Sentence with a hand-made parse: words as `form/tag/head/relation`, heads counted from 1, 0 for the root."""
    words, tags, heads, deps = [], [], [], []
    for number, row in enumerate(rows.split()):
        form, tag, head, dep = row.rsplit("/", 3)
        words.append(form)
        tags.append(tag)
        heads.append(int(head) - 1 if int(head) else number)
        deps.append(dep)
    spaces = [
        not (after in {".", ",", "”", ":", "'s"} or word == "“")
        for word, after in zip(words, [*words[1:], "."], strict=True)
    ]
    doc: Any = Doc(Vocab(), words=words, spaces=spaces, tags=tags, heads=heads, deps=deps)
    return msgspec.structs.replace(sentence(doc.text, now=now), parse=doc)


def codes(entities: Any) -> list[str]:
    """The countries of some entities."""
    return [entity.country for entity in entities]


HOSTILE = [
    "", "“", "”””“““", '"' * 400, "said " * 400, "between and " * 300, "Treaty of " * 300, "1" * 5000, "$" * 3000,
    "the first " * 300 + "in 5 years", "A " * 2000 + "agreement", "since since since " * 200, "1,000," * 700,
    "dispute over over over " * 150, "\x00\ufeff\u202e agreement between \ud7ff", "Commission " * 500,
    "Norway signed " + "a treaty and " * 200 + "left.", "‘" * 300 + "a,’", "%" * 500 + " trade 5%",
]  # fmt: skip
