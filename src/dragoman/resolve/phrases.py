"""Read a phrase by its head: who people and bodies are, of which state, in which sector.

The words before the first preposition or participle are the core; its last word is the head, unless a known name or an
office with a name ends it. The state comes from the name itself, from a possessor or adjective, and last from what
follows "of" or "in"; the sectors from the head, unless it is a word like "leader", which carries those of its modifier.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from dragoman.model import NameHit
from dragoman.resolve.agents import AgentWords
from dragoman.resolve.folding import normal
from dragoman.resolve.heads import Heads
from dragoman.resolve.name_tables import Entry
from dragoman.resolve.names import NameIndex
from dragoman.resolve.owners import Owners, holds
from dragoman.resolve.reading import PLACES, Reading, Word, words_of
from dragoman.resolve.titled import Persons

_CODES = frozenset({"IGO", "NGO", "UNO", "EUR", "IMG", "ISM", "MNC"})
_DEPTH = 3
#: So many phrases are remembered with what they name; texts repeat their parties.
_REMEMBERED = 50_000


class PhraseReader:
    """Reads phrases against the names and agent words of the knowledge in force."""

    def __init__(self, index: NameIndex, agents: AgentWords) -> None:
        self.index = index
        self.agents = agents
        self.owners = Owners(index, agents)
        self.heads = Heads(index, agents, self.owners)
        self.persons = Persons(index, agents, self.owners, self.heads)
        self._known: dict[tuple[str, str], tuple[Reading, ...]] = {}

    def read(self, text: str, date: str = "") -> list[Reading]:
        """What the phrase names, several where several states modify one head; nothing where it is no actor."""
        key = (text, date)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[key] = tuple(self._read(text, date, 0))
        return list(known)

    def entries(self, hit: NameHit) -> list[Entry]:
        """What a hit may mean."""
        return self.owners.entries(hit)

    def _read(self, text: str, date: str, depth: int) -> list[Reading]:
        words = words_of(text)
        if not words or depth > _DEPTH:
            return []
        hits = self.index.find(text)
        segments = self._segments(words, hits)
        first = self._segment(text, segments[0], hits, date, depth)
        if len(segments) == 1:
            return first
        others = [r for segment in segments[1:] for r in self._segment(text, segment, hits, date, depth)]
        if not first:
            return others[:1]
        return [self.joined(reading, others) for reading in first]

    def joined(self, reading: Reading, others: Sequence[Reading]) -> Reading:
        """A reading with what its appositions add."""
        for other in others:
            if other.kind in {"state", "place"} and reading.kind in {"state", "place"}:
                continue
            country = reading.country or other.country
            vague = not reading.sectors or (reading.sectors == ("UNK",)) or reading.kind == "unknown name"
            sectors = other.sectors if vague else reading.sectors
            if (country, sectors) != (reading.country, reading.sectors) or not reading.office:
                reading = msgspec.structs.replace(
                    reading,
                    country=country,
                    sectors=sectors,
                    office=reading.office or other.office,
                    how=(*reading.how, *(f"apposition: {step}" for step in other.how)),
                )
        return reading

    def _segments(self, words: list[Word], hits: list[NameHit]) -> list[list[Word]]:
        segments: list[list[Word]] = [[]]
        for word in words:
            divides = word.text in {",", ";", "(", ")", "–", "—"}
            if divides and not any(hit.start < word.start < hit.end for hit in hits):
                segments.append([])
            elif word.text not in {"-", "/"}:
                segments[-1].append(word)
        return [segment for segment in segments if segment] or [words]

    # --- one segment -----------------------------------------------------------------------------------------------

    def _segment(self, text: str, words: list[Word], hits: list[NameHit], date: str, depth: int) -> list[Reading]:
        start, end = words[0].start, words[-1].end
        hits = [hit for hit in hits if hit.start >= start and hit.end <= end + 2]
        words = self._without_articles(words)
        core, joint, rest = self._split(text, words, hits)
        if joint == "of" and rest and self._partitive(core):
            readings = self._read(text[rest[0].start : end], date, depth + 1)
            agent = self.agents.ending([w.text.lower() for w in core])
            role = agent is not None and agent[1].role
            if readings and not (agent and readings[0].kind in {"state", "place"} and not role):
                if agent and role:
                    return [self.heads.role_of(core, agent[1], reading, text) for reading in readings]
                return [msgspec.structs.replace(r, plural=True) for r in readings]
        if not core:
            return self._read(text[rest[0].start : end], date, depth + 1) if rest else []
        if joint == "of":
            person = self._person_of_state(text, core, rest, hits, date)
            if person is not None:
                return [person]
        readings = self._core(text, core, hits, date)
        return [made for r in readings for made in self._with_rest(text, core, r, joint, rest, hits, date, depth)]

    def _without_articles(self, words: list[Word]) -> list[Word]:
        while len(words) > 1 and (
            self.agents.is_small("determiner", normal(words[0].text)) or words[0].text.replace(",", "").isdigit()
        ):
            words = words[1:]
        return words

    def _partitive(self, core: list[Word]) -> bool:
        if not core or not self.agents.is_small("partitive", normal(core[-1].text)):
            return False
        return len(core) == 1 or not core[-1].capital

    def _split(self, text: str, words: list[Word], hits: list[NameHit]) -> tuple[list[Word], str, list[Word]]:
        """The core, the word that ends it, and what follows."""
        for position, word in enumerate(words):
            if any(hit.start < word.start < hit.end for hit in hits):
                continue
            small = normal(word.text)
            if word.capital and position and small not in {"of", "in", "for", "to"}:
                continue
            hyphened = word.start > words[0].start and word.start - words[position - 1].end == 1
            if hyphened and small not in {"of", "in"} and text[word.start - 1] in "-–":
                continue
            if position and (self.agents.is_small("from", small) or self.agents.is_small("stop", small)):
                if self._office_compound(words, position):
                    continue
                return words[:position], small, words[position + 1 :]
        return words, "", []

    def _office_compound(self, words: list[Word], position: int) -> bool:
        """Whether "of" stands inside a known compound: "secretary of state", "member of parliament"."""
        if normal(words[position].text) != "of":
            return False
        for before in range(1, 4):
            for after in range(1, 4):
                if position - before >= 0 and self.agents.get(
                    " ".join(w.text for w in words[position - before : position + after + 1])
                ):
                    return True
        return False

    def _person_of_state(
        self, text: str, core: list[Word], rest: list[Word], hits: list[NameHit], date: str
    ) -> Reading | None:
        """An office, its state and the name that follows it: "President of Ukraine Vladimir Zelensky"."""
        if self.agents.ending([w.text for w in core]) is None:
            return None
        behind = [h for h in hits if rest and h.start >= rest[0].start]
        state = next((h for h in behind if h.kinds & {"state", "organisation"}), None)
        if state is None:
            return None
        between = [w for w in rest if w.end <= state.start]
        after = [w for w in rest if w.start >= state.end]
        if not after or not after[0].capital or any(w.capital and w.text != "Republic" for w in between[-1:]):
            return None
        names = [w for w in after if w.capital or self.agents.is_small("particle", normal(w.text))]
        if len(names) != len(after) or text[state.end : after[0].start].strip():
            return None
        # As English would write it: "Ukraine President Vladimir Zelensky".
        title = " ".join(w.text for w in core)
        turned = f"{text[state.start : state.end]} {title} {text[after[0].start : after[-1].end]}"
        words = [w for w in words_of(turned) if w.text not in {"-", "/"}]
        found = [r for r in self._core(turned, words, self.index.find(turned), date) if r.kind == "person"]
        return found[0] if found else None

    # --- the core --------------------------------------------------------------------------------------------------

    def _core(self, text: str, core: list[Word], hits: list[NameHit], date: str) -> list[Reading]:
        inside = [hit for hit in hits if core[0].start < hit.end <= core[-1].end + 2]
        last = inside[-1] if inside and inside[-1].end >= core[-1].end else None
        former = self._former(core)
        led = self._led_body(text, core, inside)
        if led is not None:
            return [led]
        if last is not None and not self._place_after_body(core, last):
            readings = self._named(text, core, last, inside, date, former)
            if readings:
                return readings
            if not last.kinds <= {"person", "surname"}:
                core = [w for w in core if w.start < last.start]
        elif last is not None:
            core = [w for w in core if w.start < last.start]
        if not core:
            return []
        agent = self.agents.ending([w.text for w in core])
        if agent is not None:
            return self.heads.agent(text, core, agent[0], agent[1], inside, date, former)
        modifiers = [hit for hit in inside if hit.end <= core[-1].start]
        return self.persons.unlisted(text, core, modifiers, date, former) or self._other(core)

    def _led_body(self, text: str, core: list[Word], inside: list[NameHit]) -> Reading | None:
        """A body that its first word tells and a place says whose: "Air Astana", "Radio Liban"."""
        lead = self.agents.lead(core[0].text) if len(core) > 1 and core[0].capital and not core[0].owner else None
        if lead is None or not all(w.capital for w in core[1:]):
            return None
        after = [h for h in inside if h.start >= core[0].end]
        if not after or after[0].start > core[1].start or not after[0].kinds <= PLACES or after[-1].end < core[-1].end:
            return None
        code = self.owners.code(after[0])
        how = (code[1], f"lead '{core[0].text}' {lead.where}")
        return Reading(
            name=text[core[0].start : core[-1].end], country=code[0], sectors=lead.sectors, how=how, kind="body"
        )

    def _place_after_body(self, core: list[Word], last: NameHit) -> bool:
        """Whether a place ends the name of a body ("… Alliance Northern Territory")."""
        before = [w for w in core if w.end <= last.start]
        if not before or not last.kinds & {"state", "region", "capital"} or not before[-1].capital or before[-1].owner:
            return False
        agent = self.agents.ending([w.text for w in before])
        return agent is not None and agent[1].kind == "body" and not agent[1].role

    def _former(self, core: list[Word]) -> str:
        for word in core:
            small = normal(word.text)
            if self.agents.is_small("former", small) or small.startswith("ex "):
                return word.text
        return ""

    def _named(
        self, text: str, core: list[Word], hit: NameHit, inside: list[NameHit], date: str, former: str
    ) -> list[Reading]:
        entries = self.entries(hit)
        before = [w for w in core if w.end <= hit.start]
        modifiers = [h for h in inside if h.end <= hit.start]
        begun = bool(before) and before[-1].capital and not before[-1].owner
        begun = begun and not any(self.owners.theirs(h, text) for h in modifiers)
        if hit.kinds & {"person", "surname"}:
            if "person" not in hit.kinds and begun and not self.persons.title(before):
                return []  # A family name that ends an unknown name.
            people = [entry for entry in entries if entry.kind == "person"]
            if people and not (hit.kinds & {"state", "organisation", "adjective", "people", "capital"}):
                return self.persons.known(text, before, people, modifiers, hit, date, former)
        joined = self._prefixed(text, hit)
        if begun and not joined and not self.persons.title(before) and hit.kinds <= PLACES | {"company"} - {"people"}:
            quarter = self.agents.is_small("quarter", normal(before[-1].text))
            if not quarter and self.agents.ending([w.text for w in before]) is None:
                return []
        group = next((e for e in entries if e.kind == "states"), None)
        if group is not None:
            how = (f"states '{hit.text}' {group.key}",)
            return [Reading(country=code, how=how, kind="state", plural=True) for code in group.note.split(";")]
        entry = self.owners.dated(entries, date)
        if hit.kinds & {"state", "adjective", "people"} and entry.kind in {"state", "adjective", "people"}:
            chained = self.owners.chain(modifiers, hit, text)
            return [*joined, *(self._place_reading(h, date) for h in [*chained, hit])]
        return self._other_name(entry, hit, date)

    def _prefixed(self, text: str, hit: NameHit) -> list[Reading]:
        """The first state of "Sino-Russian": a clipped adjective tied to another."""
        before = re.search(r"(\w+)[-–]$", text[max(0, hit.start - 12) : hit.start])
        code = self.agents.joined.get(before.group(1).lower()) if before else None
        if before is None or code is None:
            return []
        return [Reading(country=code, how=(f"joined '{before.group(1)}' words.csv",), kind="state")]

    def _other_name(self, entry: Entry, hit: NameHit, date: str) -> list[Reading]:
        """A name that is neither a person's nor a state's."""
        where = f"{entry.kind} '{hit.text}' {entry.key}"
        if entry.kind == "capital" and entry.end and not holds(entry, date or "9999"):
            # A seat of government no more: a town like others.
            return [Reading(name=hit.text, country=entry.code, sectors=("CVL",), how=(where,), kind="place")]
        sectors = entry.sectors
        if entry.kind == "region" and not sectors:
            sectors = ("CVL",) if entry.note == "town" else ()
        kind = {"capital": "place", "region": "place", "metonym": "body"}.get(entry.kind, entry.kind)
        name = entry.note if entry.kind == "capital" and entry.note else entry.name
        return [Reading(name=name, country=entry.code, sectors=sectors, how=(where,), kind=kind)]

    def _place_reading(self, hit: NameHit, date: str) -> Reading:
        entries = self.entries(hit)
        state = next((e for e in entries if e.kind == "state"), None)
        entry = state or self.owners.dated(entries, date)
        kind = "people" if entry.kind == "people" else "state"
        name = entry.note if entry.kind in {"adjective", "people"} and entry.note else entry.name
        sectors = entry.sectors if entry.kind == "people" else ()
        how = (f"{entry.kind} '{hit.text}' {entry.key}",)
        return Reading(name=name, country=entry.code, sectors=sectors, how=how, kind=kind, plural=kind == "people")

    # --- what follows the core -------------------------------------------------------------------------------------

    def _with_rest(
        self,
        text: str,
        core: list[Word],
        reading: Reading,
        joint: str,
        rest: list[Word],
        hits: list[NameHit],
        date: str,
        depth: int,
    ) -> list[Reading]:
        """A reading with what the words after the core add: a state after "of" or "in", a body after "head of"."""
        if not rest or depth >= _DEPTH:
            return [reading]
        vague = reading.sectors == ("UNK",) and reading.kind == "body"
        if joint == "of" and (reading.kind == "agent" or vague):
            inner = self._read(text[rest[0].start : rest[-1].end], date, depth + 1)
            if inner and len(inner) == 1:
                reading = self.heads.owned(core, reading, inner[0])
        if joint == "for" and reading.kind == "agent" and self.agents.is_small("speaks-for", normal(core[-1].text)):
            whose = next(
                (r for r in self._read(text[rest[0].start : rest[-1].end], date, depth + 1) if r.country), None
            )
            if whose is not None and not reading.country:
                how = (*reading.how, "speaks for", *whose.how)
                return [msgspec.structs.replace(reading, country=whose.country, how=how)]
        if reading.country and not (joint == "of" and reading.kind == "people"):
            return [reading]
        found = self.owners.following(text, joint, rest, hits)
        if reading.country:
            found = [(code, why) for code, why in found if code not in _CODES]
        if not found:
            return [reading]
        return [
            msgspec.structs.replace(reading, country=code, how=(*reading.how, f"{joint} {why}")) for code, why in found
        ]

    def _other(self, core: list[Word]) -> list[Reading]:
        """A head that is no agent and no name: a thing, or a day."""
        small = normal(core[-1].text)
        if self.agents.is_small("junk", small):
            return [Reading(sectors=("JNK",), how=(f"'{core[-1].text}' is a time, words.csv",), kind="junk")]
        if self.agents.is_small("pronoun", small):
            return [Reading(sectors=("UNK",), how=(f"pronoun '{core[-1].text}' words.csv",), kind="pronoun")]
        return []
