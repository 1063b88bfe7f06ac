"""Say who a phrase names at a date: alone (`resolve_phrase`), or within a document (`DocumentActors`)."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence

import msgspec

from dragoman.knowledge import Knowledge, load
from dragoman.model import DateSpan, Document, Entity, Mention
from dragoman.resolve.agents import AgentWords
from dragoman.resolve.completing import Completion, with_holder, with_seat
from dragoman.resolve.coreference import Anaphors, Memory, Named
from dragoman.resolve.names import NameIndex
from dragoman.resolve.phrases import PhraseReader
from dragoman.resolve.reading import Reading
from dragoman.resolve.speakers import Speakers, person_of, side_of

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
_SPOKEN = frozenset({"speaker", "our side", "addressee", "their side"})
_VISITORS = frozenset({"person", "unknown name", "agent", "body"})
_WORD = re.compile(r"[^\W\d_]+")
_SIDES = ("sides", "side", "parties")
_ACRONYM = re.compile(
    # Bounded, and from the start of a word: a word of 50,000 capitals took half a minute.
    r"\b((?:[A-Z][\w'’-]{1,40}\s{1,9}(?:(?:of|and|for|the|in|on|de|du|del)\s{1,9}){0,2}){1,7}[A-Z][\w'’-]{1,40})"
    r"\s{0,9}\(([A-Z][A-Za-z&.-]{1,11})\)"
)
_LONGEST_PHRASE = 400
#: "our countries' leaders", "the two countries' foreign ministers": whose they are is told elsewhere.
_OF_BOTH = re.compile(
    r"(?:[Oo]ur|[Bb]oth|[Tt]he two|[Tt]heir) (?:countries|states|nations|governments)[’'] ([a-z][\w -]+)$"
)
#: "the two leaders in Moscow"
_LOCATED = re.compile(r"([\w ]+?) (?:in|at) (?:the )?[A-Z][\w .\u2019'-]+$")
_TWO = 2


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
    return _entity(with_holder(with_seat(best, phrases.index), phrases.index, when), text, None, None)


class DocumentActors:
    """Who the phrases of one document name; asked in the order of the text, it remembers what was named."""

    def __init__(
        self,
        index: NameIndex,
        document: Document,
        date: DateSpan | str | None,
        *,
        knowledge: Knowledge | None = None,
        turns: Sequence[tuple[int, str]] | None = None,
    ) -> None:
        """`turns`: where the turns of a transcript begin, with the label of who speaks; else labels are sought."""
        known = knowledge or load()
        agents, self._anaphors = _agents(known.digest, known)
        shared = _by_index.get(id(index))
        self._reader = shared if shared is not None and shared.index is index else PhraseReader(index, agents)
        self._index = index
        self._document = document
        self._text = document.text
        self._date = day(date)
        self._turns = turns
        self._known: dict[tuple[int, int, int], list[Reading]] = {}

    @functools.cached_property
    def _memory(self) -> Memory:
        return Memory(self._text, self._index, self._anaphors, lambda words: self._reader.read(words, self._date))

    @functools.cached_property
    def _speakers(self) -> Speakers:
        return Speakers(self._text, self._memory, lambda words: self._reader.read(words, self._date), self._turns)

    @functools.cached_property
    def _completion(self) -> Completion:
        side = self._document.source.side
        return Completion(
            self._text, self._index, self._memory, self._speakers, self._anaphors, self._date, side,
            self._document.title, lambda words: self._reader.read(words, self._date),
        )  # fmt: skip

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
        kind = self._anaphors.kind(phrase) or self._located_pair(phrase)
        both = _OF_BOTH.match(phrase)
        if both is not None and (dealt := self._dealt(both.group(1), mention)):
            return tuple(_entity(r, phrase, mention.start, mention.end) for r in dealt)
        if not kind and not any(reading.country for reading in self._plain(mention)):
            kind = self._anaphors.loose_kind(phrase)
        readings = self._pointed(mention, phrase, kind) if kind else self._named_here(mention, phrase)
        if not subject:
            readings = [msgspec.structs.replace(r, sectors=()) if r.kind == "place" else r for r in readings]
        return tuple(_entity(r, phrase, mention.start, mention.end) for r in readings)

    def _located_pair(self, phrase: str) -> str:
        """The kind of "the two leaders in Moscow": where they are does not say whose they are."""
        where = _LOCATED.match(phrase)
        kind = self._anaphors.kind(where.group(1)) if where is not None else ""
        return kind if kind in {"two persons", "two states", "pair"} else ""

    def _dealt(self, whose: str, mention: Mention) -> list[Reading]:
        """Reads "our countries' leaders" as those of each of the two states that the text speaks of."""
        held = next(iter(self._reader.read(whose, self._date)), None)
        pair = self._memory.pair(mention.start, states=True)
        if held is None or not held.sectors or len(pair) < _TWO:
            return []
        states = (self._pointing(named, whose, states=True) for named in pair)
        return [msgspec.structs.replace(state, sectors=held.sectors, kind="agent") for state in states]

    def pair(self, offset: int) -> tuple[Entity, ...]:
        """The two states that the text before an offset speaks of together, as parties without words of their own."""
        found = (self._pointing(named, "", states=True) for named in self._memory.pair(offset, states=True))
        return tuple(_entity(reading, "", None, None) for reading in found)

    def visitor(self, offset: int) -> Entity | None:
        """Who came where the sentence before an offset tells of ("X visited Accra. A meeting with Y took place …")."""
        named = self._visitor(offset)
        if named is None:
            return None
        reading = named.reading
        how = f"the visitor of the sentence before, '{self._text[named.start : named.end]}' at {named.start}"
        return _entity(msgspec.structs.replace(reading, how=(how, *reading.how)), "", None, None)

    def _visitor(self, offset: int) -> Named | None:
        """The first party that the sentence before names before a word of coming; a pronoun is whom it means."""
        before = self._memory.sentence_before(offset)
        if before is None:
            return None
        words = [(m.start(), m.group()) for m in _WORD.finditer(self._text, *before)]
        coming = self._reader.agents.small.get("coming", frozenset())
        came = next((at for at, word in words if word.lower() in coming), None)
        if came is None:
            return None
        for named in self._memory.between(before[0], came):
            if named.reading.kind in _VISITORS and named.reading.country:
                return named
        pronouns = ((at, self._anaphors.kind(word)) for at, word in words if at < came)
        return next((self._memory.person(at, kind) for at, kind in pronouns if kind in {"male", "female"}), None)

    def _named_here(self, mention: Mention, phrase: str) -> list[Reading]:
        """What the phrase names by its own words and the document; remembered."""
        readings = [r for r in self._plain(mention) if r.kind in _ACTOR_KINDS]
        readings = [self._completion.completed(reading, mention, phrase) for reading in readings]
        for reading in readings:
            self._memory.remember(mention.start, mention.end, reading)
        return readings

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

    # --- pointing back -------------------------------------------------------------------------------------------

    def _pointed(self, mention: Mention, phrase: str, kind: str) -> list[Reading]:
        memory, offset = self._memory, mention.start
        if kind in _SPOKEN:
            return self._spoken(offset, phrase, kind)
        ways: dict[str, Callable[[], Sequence[Named | None]]] = {
            "male": lambda: [memory.person(offset, "male")],
            "female": lambda: [memory.person(offset, "female")],
            "neuter": lambda: [memory.thing(offset)],
            "plural": lambda: memory.many(offset),
            "pair": lambda: memory.pair(offset),
            "two states": lambda: memory.pair(offset, states=True),
            "two persons": lambda: memory.pair(offset, persons=True) or memory.pair(offset),
            "three states": lambda: memory.several(offset, 3),
            "three persons": lambda: memory.several(offset, 3, persons=True) or memory.several(offset, 3),
            "former": lambda: memory.pair(offset)[:1],
            "latter": lambda: memory.pair(offset)[1:],
            "state": lambda: [memory.state(offset)],
            "north": lambda: [memory.quarter(offset, "North")],
            "south": lambda: [memory.quarter(offset, "South")],
            "organisation": lambda: [memory.body(offset, phrase, self._anaphors.bodies(phrase))],
        }
        found = [named for named in ways.get(kind, list)() if named is not None]
        if not found and kind == "organisation":
            return self._named_here(mention, phrase)
        as_states = kind in {"state", "two states", "three states"} or (kind == "pair" and phrase.endswith(_SIDES))
        return [self._pointing(named, phrase, states=as_states) for named in found]

    def _spoken(self, offset: int, phrase: str, kind: str) -> list[Reading]:
        """Who speaks here, and to whom: "I", "we", "you", "Mr President"."""
        named = self._speakers.speaker(offset) if kind in {"speaker", "our side"} else self._speakers.addressee(offset)
        if named is not None:
            return [side_of(named, phrase) if kind.endswith("side") else person_of(named, phrase)]
        side = self._document.source.side
        if kind == "our side" and side:
            return [Reading(country=side, sectors=("GOV",), how=(f"the side of the source, {side}",), kind="body")]
        return []

    def _pointing(self, named: Named, phrase: str, *, states: bool) -> Reading:
        reading = named.reading
        how = (f"'{phrase}' points back to '{self._text[named.start : named.end]}' at {named.start}", *reading.how)
        kind = "state" if reading.kind == "adjective" else reading.kind
        if states:
            name = reading.name if kind == "state" else ""
            return Reading(name=name, country=reading.country, how=how, kind="state")
        return msgspec.structs.replace(reading, kind=kind, how=how)
