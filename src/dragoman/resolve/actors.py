"""Say who a phrase names at a date: alone (`resolve_phrase`), or within a document (`DocumentActors`)."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence

import msgspec

from dragoman.knowledge import Knowledge, load
from dragoman.model import DateSpan, Document, Entity, Mention
from dragoman.resolve import persons
from dragoman.resolve.agents import AgentWords
from dragoman.resolve.coreference import Anaphors, Memory, Named
from dragoman.resolve.folding import normal
from dragoman.resolve.names import NameIndex
from dragoman.resolve.phrases import PhraseReader
from dragoman.resolve.reading import Reading

_ACTOR_KINDS = {
    "state",
    "people",
    "place",
    "person",
    "organisation",
    "body",
    "group",
    "party",
    "company",
    "media",
    "university",
    "agent",
    "thing",
    "unknown name",
}
_COUNTED = {"GOV", "MIL", "COP", "LEG", "JUD", "SPY", "OPP"}
_ACRONYM = re.compile(
    # Bounded, and from the start of a word: a word of 50,000 capitals took half a minute.
    r"\b((?:[A-Z][\w'’-]{1,40}\s{1,9}(?:(?:of|and|for|the|in|on|de|du|del)\s{1,9}){0,2}){1,7}[A-Z][\w'’-]{1,40})"
    r"\s{0,9}\(([A-Z][A-Za-z&.-]{1,11})\)"
)
_LONGEST_PHRASE = 400


@functools.lru_cache(maxsize=4)
def _agents(digest: str, knowledge: Knowledge) -> tuple[AgentWords, Anaphors]:
    del digest
    return AgentWords(knowledge), Anaphors(knowledge)


@functools.lru_cache(maxsize=4)
def _reader(digest: str, knowledge: Knowledge) -> PhraseReader:
    made = PhraseReader(NameIndex(knowledge), _agents(digest, knowledge)[0])
    _by_index[id(made.index)] = made
    return made


#: Readers by their index: whoever hands in an index gets the reader made with it, and what it remembers.
_by_index: dict[int, PhraseReader] = {}


def reader(knowledge: Knowledge | None = None) -> PhraseReader:
    """The phrase reader over the knowledge in force, made once."""
    known = knowledge or load()
    return _reader(known.digest, known)


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

    try:
        parsed = dateparser.parse(text[:40], languages=["en"], settings={"DATE_ORDER": "DMY"})
    except (ValueError, OverflowError):
        return ""
    return parsed.date().isoformat() if parsed else ""


def _entity(reading: Reading, text: str, start: int | None, end: int | None) -> Entity:
    return Entity(
        text=text,
        start=start,
        end=end,
        name=reading.name,
        country=reading.country,
        sectors=reading.sectors,
        office=reading.office if reading.kind in {"person", "agent"} else "",
        how=" + ".join(reading.how),
    )


def resolve_phrase(
    text: str, date: DateSpan | str | None = None, context: str = "", *, knowledge: Knowledge | None = None
) -> Entity:
    """Who a phrase alone names at a date: country and sectors are empty where nothing tells them.

    `context` is any text that names the state in question; it decides only where the phrase does not.
    """
    phrases = reader(knowledge)
    when = day(date)
    known = [r for r in phrases.read(" ".join(text[:_LONGEST_PHRASE].split()), when) if r.kind]
    best = known[0] if known else Reading()
    if not best.country and context and best.kind not in {"junk", "pronoun", ""}:
        for hit in phrases.index.find(context[:4000]):
            code = next((e.code for e in phrases.entries(hit) if e.code), "")
            if code:
                best = msgspec.structs.replace(best, country=code, how=(*best.how, f"context '{hit.text}'"))
                break
    return _entity(_with_holder(best, phrases.index, when), text, None, None)


def _with_holder(reading: Reading, index: NameIndex, date: str) -> Reading:
    """An office of a state with the name of whoever held it at the date ("the Foreign Secretary")."""
    if (
        reading.kind != "agent"
        or reading.plural
        or reading.name
        or not reading.office
        or not reading.country
        or reading.sectors[:1] != ("GOV",)
    ):
        return reading
    held = persons.holder(index, reading.country, reading.office, date)
    if held is None or held.odds < 1:
        return reading
    step = f"holder {held.entry.name} {held.entry.key}: {held.entry.office}"
    return msgspec.structs.replace(reading, name=held.entry.name, how=(*reading.how, step))


class DocumentActors:
    """Who the phrases of one document name; asked in the order of the text, it remembers what was named."""

    def __init__(
        self, index: NameIndex, document: Document, date: DateSpan | str | None, *, knowledge: Knowledge | None = None
    ) -> None:
        known = knowledge or load()
        agents, self._anaphors = _agents(known.digest, known)
        shared = _by_index.get(id(index))
        self._reader = shared if shared is not None and shared.index is index else PhraseReader(index, agents)
        self._index = index
        self._document = document
        self._text = document.text
        self._date = day(date)
        self._known: dict[tuple[int, int, int], list[Reading]] = {}

    @functools.cached_property
    def _memory(self) -> Memory:
        return Memory(self._text, self._index, self._anaphors, lambda words: self._reader.read(words, self._date))

    @functools.cached_property
    def _acronyms(self) -> dict[str, str]:
        return {found.group(2): found.group(1) for found in _ACRONYM.finditer(self._text)}

    def is_actor(self, mention: Mention) -> bool:
        """Whether the phrase can stand for a political actor at all; nothing is remembered."""
        if self._anaphors.kind(self._text[mention.start : mention.end]):
            return True
        return any(reading.kind in _ACTOR_KINDS for reading in self._plain(mention))

    def entities(self, mention: Mention, *, subject: bool = False) -> tuple[Entity, ...]:
        """The actors that a phrase names: several for "the two countries", none if it is no actor.

        `subject` says that the phrase stands where a party stands: there a capital means its government.
        """
        phrase = self._text[mention.start : mention.end]
        kind = self._anaphors.kind(phrase)
        if kind:
            readings = self._pointed(mention, phrase, kind)
        else:
            readings = [r for r in self._plain(mention) if r.kind in _ACTOR_KINDS]
            readings = [self._completed(reading, mention, phrase) for reading in readings]
            for reading in readings:
                self._memory.remember(mention.start, mention.end, reading)
        if not subject:
            readings = [msgspec.structs.replace(r, sectors=()) if r.kind == "place" else r for r in readings]
        return tuple(_entity(r, phrase, mention.start, mention.end) for r in readings)

    # --- the phrase itself ---------------------------------------------------------------------------------------

    def _plain(self, mention: Mention) -> list[Reading]:
        """What the words alone name, with the appositions."""
        key = (mention.start, mention.end, mention.head_start)
        if key not in self._known:
            end = min(mention.end, mention.start + _LONGEST_PHRASE)
            phrase = self._text[mention.start : end]
            readings = self._reader.read(phrase, self._date)
            if mention.head_end < end and not any(r.kind in _ACTOR_KINDS for r in readings):
                # The parse may know a head that the words alone do not show.
                head = self._reader.read(self._text[mention.start : mention.head_end], self._date)
                readings = [r for r in head if r.kind in _ACTOR_KINDS] or readings
            readings = self._defined(phrase, readings)
            for apposition in mention.appositions:
                if apposition.start >= mention.end or apposition.end <= mention.start:
                    more = [
                        r
                        for r in self._reader.read(self._text[apposition.start : apposition.end], self._date)
                        if r.kind in _ACTOR_KINDS
                    ]
                    readings = [self._reader.joined(r, more) for r in readings] if readings else more[:1]
            self._known[key] = readings
        return self._known[key]

    def _defined(self, phrase: str, readings: list[Reading]) -> list[Reading]:
        """An acronym that the document itself explains in brackets."""
        words = phrase.split()
        acronym = words[-1].strip("'’s.,") if words else ""
        full = self._acronyms.get(acronym)
        if full is None or acronym not in {phrase, phrase.removeprefix("the ").removeprefix("The ")}:
            return readings
        meant = [r for r in self._reader.read(full, self._date) if r.kind in _ACTOR_KINDS]
        return [
            msgspec.structs.replace(r, name=r.name or full, how=(f"'{acronym}' stands for '{full}'", *r.how))
            for r in meant
        ] or readings

    def _completed(self, reading: Reading, mention: Mention, phrase: str) -> Reading:
        """A reading with what the document tells: whose counterpart, which minister, the full name of a family name."""
        if reading.kind in {"person", "unknown name"}:
            return self._in_full(reading, mention, phrase)
        if reading.kind == "agent" and not reading.plural and reading.office:
            if normal(reading.office).endswith("counterpart"):
                return self._counterpart(reading, mention)
            reading = self._same_office(reading, mention)
        if (
            not reading.country
            and reading.kind in {"agent", "body"}
            and reading.sectors
            and reading.sectors[0] in _COUNTED
        ):
            side = self._document.source.side
            if side:
                return msgspec.structs.replace(
                    reading, country=side, how=(*reading.how, f"the side of the source, {side}")
                )
            only = self._memory.only_state(mention.start)
            if only is not None:
                return msgspec.structs.replace(
                    reading,
                    country=only.reading.country,
                    how=(*reading.how, f"the only state named, '{self._text[only.start : only.end]}'"),
                )
        return _with_holder(reading, self._index, self._date)

    def _in_full(self, reading: Reading, mention: Mention, phrase: str) -> Reading:
        surname = (reading.name if reading.kind == "unknown name" else phrase).split()[-1:] or [""]
        short = len(re.findall(r"\b[A-Z]", phrase)) <= 2
        earlier = (
            self._memory.bearer(mention.start, surname[0].removesuffix("'s").removesuffix("’s")) if short else None
        )
        if earlier is None or (
            earlier.reading.country and reading.country not in {"", earlier.reading.country} and reading.office
        ):
            return reading
        full = earlier.reading
        return msgspec.structs.replace(
            full,
            office=reading.office or full.office if full.kind == "agent" else full.office or reading.office,
            how=(f"'{phrase}' is '{self._text[earlier.start : earlier.end]}' at {earlier.start}", *full.how),
        )

    def _counterpart(self, reading: Reading, mention: Mention) -> Reading:
        owner = self._memory.person(mention.start, "")
        if owner is None or not owner.reading.office:
            return msgspec.structs.replace(reading, sectors=("GOV",), office="")
        office = owner.reading.office
        how = (*reading.how, f"counterpart of '{self._text[owner.start : owner.end]}', {office}")
        made = msgspec.structs.replace(reading, office=office, sectors=owner.reading.sectors or ("GOV",), how=how)
        return _with_holder(made, self._index, self._date)

    def _same_office(self, reading: Reading, mention: Mention) -> Reading:
        """ "The minister" after "Foreign Minister Sergei Lavrov" is he."""
        family = self._index.office_family(reading.office)
        last = normal(reading.office).split()[-1]

        def fits(other: Reading) -> bool:
            if (reading.country and other.country != reading.country) or not other.office or not other.country:
                return False
            if family and self._index.office_family(other.office) == family:
                return True
            return normal(other.office).split()[-1] == last and len(reading.office.split()) == 1

        definite = normal(self._text[mention.start : mention.start + 4]).startswith(("the", "his", "her"))
        if not definite and reading.country:
            return reading
        named = self._memory.titled(mention.start, fits) if definite else None
        if named is None:
            return reading
        return msgspec.structs.replace(
            reading,
            name=named.reading.name,
            country=named.reading.country,
            how=(*reading.how, f"named before: '{self._text[named.start : named.end]}' at {named.start}"),
        )

    # --- pointing back -------------------------------------------------------------------------------------------

    def _pointed(self, mention: Mention, phrase: str, kind: str) -> list[Reading]:
        memory, offset = self._memory, mention.start
        ways: dict[str, Callable[[], Sequence[Named | None]]] = {
            "male": lambda: [memory.person(offset, "male")],
            "female": lambda: [memory.person(offset, "female")],
            "neuter": lambda: [memory.thing(offset)],
            "plural": lambda: memory.many(offset),
            "pair": lambda: memory.pair(offset),
            "two states": lambda: memory.pair(offset),
            "two persons": lambda: memory.pair(offset, persons=True) or memory.pair(offset),
            "former": lambda: memory.pair(offset)[:1],
            "latter": lambda: memory.pair(offset)[1:],
            "state": lambda: [memory.state(offset)],
            "organisation": lambda: [memory.body(offset)],
        }
        found = [named for named in ways.get(kind, list)() if named is not None]
        return [
            self._pointing(
                named,
                phrase,
                states=kind == "two states" or (kind == "pair" and phrase.endswith(("sides", "side", "parties"))),
            )
            for named in found
        ]

    def _pointing(self, named: Named, phrase: str, *, states: bool) -> Reading:
        reading = named.reading
        how = (f"'{phrase}' points back to '{self._text[named.start : named.end]}' at {named.start}", *reading.how)
        kind = "state" if reading.kind == "adjective" else reading.kind
        if states:
            return Reading(name=reading.name if kind == "state" else "", country=reading.country, how=how, kind="state")
        return msgspec.structs.replace(reading, kind=kind, how=how)
