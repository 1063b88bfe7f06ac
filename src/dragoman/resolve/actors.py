"""Say who a phrase names at a date: alone (`resolve_phrase`), or within a document (`DocumentActors`)."""

from __future__ import annotations

import functools
import re

from dragoman.knowledge import Knowledge, load
from dragoman.model import DateSpan, Document, Entity, Mention
from dragoman.resolve.agents import AgentWords
from dragoman.resolve.names import NameIndex
from dragoman.resolve.phrases import PhraseReader, Reading

_ACTOR_KINDS = {"state", "people", "place", "person", "organisation", "body", "group", "party", "company", "media", "university", "agent", "thing", "unknown name"}


@functools.lru_cache(maxsize=4)
def _shared(digest: str, knowledge: Knowledge) -> tuple[NameIndex, PhraseReader]:
    del digest
    index = NameIndex(knowledge)
    return index, PhraseReader(index, AgentWords(knowledge))


def reader(knowledge: Knowledge | None = None) -> PhraseReader:
    """The phrase reader over the knowledge in force, made once."""
    known = knowledge or load()
    return _shared(known.digest, known)[1]


def day(date: DateSpan | str | None) -> str:
    """An ISO day out of whatever says the date: its last day where it is a span, empty where nothing is known."""
    if date is None:
        return ""
    if isinstance(date, DateSpan):
        return date.end or date.start
    text = date.strip()
    if not text or re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        return text
    if re.fullmatch(r"\d{8}", text):
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    import dateparser  # noqa: PLC0415  # half a second that a run without written dates need not pay

    parsed = dateparser.parse(text[:40], languages=["en"], settings={"DATE_ORDER": "DMY"})
    return parsed.date().isoformat() if parsed else ""


def _entity(reading: Reading, text: str, start: int | None, end: int | None) -> Entity:
    return Entity(text=text, start=start, end=end, name=reading.name, country=reading.country, sectors=reading.sectors,
                  office=reading.office if reading.kind in {"person", "agent"} else "", how=" + ".join(reading.how))  # fmt: skip


def resolve_phrase(text: str, date: DateSpan | str | None = None, context: str = "", *, knowledge: Knowledge | None = None) -> Entity:
    """Who a phrase alone names at a date: country and sectors are empty where nothing tells them.

    `context` is any text that names the state in question; it decides only where the phrase does not.
    """
    phrases = reader(knowledge)
    known = [r for r in phrases.read(" ".join(text.split()), day(date)) if r.kind]
    best = known[0] if known else Reading()
    if not best.country and context:
        for hit in phrases.index.find(context):
            code = next((e.code for e in phrases.entries(hit) if e.code), "")
            if code and best.kind not in {"junk", "pronoun", ""}:
                import msgspec  # noqa: PLC0415

                best = msgspec.structs.replace(best, country=code, how=(*best.how, f"context '{hit.text}'"))
                break
    return _entity(best, text, None, None)


class DocumentActors:
    """Who the phrases of one document name; asked in the order of the text, it remembers what was named."""

    def __init__(self, index: NameIndex | None, document: Document, date: DateSpan | str | None) -> None:
        self._reader = reader() if index is None else PhraseReader(index, reader().agents)
        self._text = document.text
        self._date = day(date)

    def entities(self, mention: Mention, *, subject: bool = False) -> tuple[Entity, ...]:
        """The actors that a phrase names: several for "the two countries", none if it is no actor."""
        del subject
        return tuple(_entity(r, self._text[mention.start : mention.end], mention.start, mention.end) for r in self._read(mention) if r.kind in _ACTOR_KINDS)

    def is_actor(self, mention: Mention) -> bool:
        """Whether the phrase can stand for a political actor at all."""
        return any(reading.kind in _ACTOR_KINDS for reading in self._read(mention))

    def _read(self, mention: Mention) -> list[Reading]:
        return self._reader.read(self._text[mention.start : mention.end], self._date, head=mention.head_start - mention.start)
