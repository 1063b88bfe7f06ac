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
from dragoman.resolve import persons
from dragoman.resolve.agents import Agent, AgentWords
from dragoman.resolve.names import Entry, NameIndex, normal

_TOKEN = re.compile(r"\w+(?:['’]\w+|[.&]\w+)*\.?|[,;()–—/&-]|['’]s?(?=\s|$)")
_POSSESSIVE = re.compile(r"(?:['’]s|['’´ʼ`]s?)$")
_PLACES = {"state", "adjective", "capital", "region", "metonym", "people"}
_FORMER_SECTORS = {"GOV", "LEG", "MIL", "SPY", "JUD", "COP", "PTY"}
_ARMED = {"REB", "UAF", "PRM"}
_CARRIED = {"MIL", "COP", "SPY", "REB", "UAF", "PRM", "CRM", "OPP", "LEG", "EDU", "LAB", "JRN", "REL", "MED", "REF", "PTY", "JUD", "BUS", "AGR", "SOC", "GOV", "NGO", "IGO"}
_NOT_MODIFIERS = {"private", "general", "major", "executive", "people", "men", "man", "women", "person", "public", "local", "power", "front", "lady",
                  "state", "press", "side", "individual", "board", "senior", "junior", "conservative", "liberal", "independent", "native", "body",
                  "adult", "principal", "captain", "crown", "daily", "weekly", "throne", "royal", "official", "department", "twin", "alliance",
                  "paper", "journal", "house", "club", "network", "trust", "fund", "producer", "director", "source", "figure"}  # fmt: skip
_CODES = {"IGO", "NGO", "UNO", "EUR", "IMG", "ISM", "MNC"}
_DEPTH = 3


class Word(msgspec.Struct, frozen=True):
    """A word of the phrase with its offsets in it; `owner` says that it ends in a possessive."""

    text: str
    start: int
    end: int
    owner: bool = False

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a phrase names: who, of which state, in which sectors; `kind` says what the head is."""

    name: str = ""
    country: str = ""
    sectors: tuple[str, ...] = ()
    office: str = ""
    how: tuple[str, ...] = ()
    kind: str = ""
    plural: bool = False
    generic: bool = False


NOTHING = Reading()


def words_of(text: str) -> list[Word]:
    """The words and dividing marks of a phrase."""
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        word, start, end = match.group(), match.start(), match.end()
        if word in {"'s", "’s", "'", "’"}:
            if found:
                found[-1] = msgspec.structs.replace(found[-1], owner=True)
            continue
        owner = bool(_POSSESSIVE.search(word)) or text[end : end + 2] in {"' ", "’ "} or text[end : end + 1] == "ʼ"
        if owner:
            stripped = _POSSESSIVE.sub("", word)
            end = start + len(stripped)
            word = stripped
        if word.endswith(".") and not re.fullmatch(r"(?:\w\.)+|[A-Z]\w{0,4}\.", word):
            word, end = word[:-1], end - 1
        found.append(Word(word, start, end, owner))
    return found


class PhraseReader:
    """Reads phrases against the names and agent words of the knowledge in force."""

    def __init__(self, index: NameIndex, agents: AgentWords) -> None:
        self.index = index
        self.agents = agents

    def read(self, text: str, date: str = "", *, head: int | None = None, depth: int = 0) -> list[Reading]:
        """What the phrase names, several where several states modify one head; nothing where it is no actor.

        `head` is the offset of the head in the phrase where a parse knows it.
        """
        words = words_of(text)
        if not words or depth > _DEPTH:
            return []
        hits = self.index.find(text)
        segments = self._segments(words, hits)
        first = self._segment(text, segments[0], hits, date, head, depth)
        if len(segments) == 1:
            return first
        others = [r for segment in segments[1:] for r in self._segment(text, segment, hits, date, None, depth)]
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
                reading = msgspec.structs.replace(reading, country=country, sectors=sectors, office=reading.office or other.office,
                                                  how=(*reading.how, *(f"apposition: {step}" for step in other.how)))  # fmt: skip
        return reading

    def _segments(self, words: list[Word], hits: list[NameHit]) -> list[list[Word]]:
        segments: list[list[Word]] = [[]]
        for word in words:
            if word.text in {",", ";", "(", ")", "–", "—"} and not any(hit.start < word.start < hit.end for hit in hits):
                segments.append([])
            elif word.text not in {"-", "/"}:
                segments[-1].append(word)
        return [segment for segment in segments if segment] or [words]

    # --- one segment -----------------------------------------------------------------------------------------------

    def _segment(self, text: str, words: list[Word], hits: list[NameHit], date: str, head: int | None, depth: int) -> list[Reading]:
        start, end = words[0].start, words[-1].end
        hits = [hit for hit in hits if hit.start >= start and hit.end <= end + 2]
        words = self._without_articles(words)
        if not words:
            return []
        core, joint, rest = self._split(text, words, hits)
        lead = self._partitive(core)
        if lead and joint == "of" and rest:
            inner = text[rest[0].start : end]
            readings = self.read(inner, date, depth=depth + 1)
            agent = self.agents.ending([w.text.lower() for w in core])
            if readings and not (agent and readings[0].kind in {"state", "place"} and not agent[1].role):
                if agent and agent[1].role:
                    return [self._role_of(core, agent[1], reading, text) for reading in readings]
                return [msgspec.structs.replace(r, plural=True) for r in readings]
        if not core:
            inner_words = rest
            return self.read(text[inner_words[0].start : end], date, depth=depth + 1) if inner_words else []
        readings = self._core(text, core, hits, date, head)
        return [self._with_rest(text, core, reading, joint, rest, hits, date, depth) for reading in readings]

    def _without_articles(self, words: list[Word]) -> list[Word]:
        while words and (normal(words[0].text) in {"the", "a", "an", "this", "that", "these", "those", "our", "its", "their", "his", "her", "said"}
                         or words[0].text.replace(",", "").isdigit()) and len(words) > 1:  # fmt: skip
            words = words[1:]
        return words

    def _partitive(self, core: list[Word]) -> bool:
        return bool(core) and self.agents.is_small("partitive", normal(core[-1].text)) and not core[-1].capital or (
            len(core) == 1 and self.agents.is_small("partitive", normal(core[-1].text)) if core else False
        )

    def _split(self, text: str, words: list[Word], hits: list[NameHit]) -> tuple[list[Word], str, list[Word]]:
        """The core, the word that ends it, and what follows."""
        for position, word in enumerate(words):
            if any(hit.start < word.start < hit.end for hit in hits):
                continue
            small = normal(word.text)
            if word.capital and position and small not in {"of", "in", "for", "to"}:
                continue
            hyphened = word.start > words[0].start and word.start - words[position - 1].end == 1 and small not in {"of", "in"}
            if hyphened and self._hyphen(text, word):
                continue
            if position and (self.agents.is_small("from", small) or self.agents.is_small("stop", small)):
                compound = self._office_compound(words, position)
                if compound:
                    continue
                return words[:position], small, words[position + 1 :]
        return words, "", []

    def _hyphen(self, text: str, word: Word) -> bool:
        """Whether a hyphen ties the word to the one before ("US-backed")."""
        return text[word.start - 1] in "-–"

    def _office_compound(self, words: list[Word], position: int) -> bool:
        """Whether "of" stands inside a known compound: "secretary of state", "member of parliament"."""
        if normal(words[position].text) != "of":
            return False
        for before in range(1, 4):
            for after in range(1, 4):
                if position - before >= 0 and self.agents.get(" ".join(w.text for w in words[position - before : position + after + 1])):
                    return True
        return False

    # --- the core --------------------------------------------------------------------------------------------------

    def _core(self, text: str, core: list[Word], hits: list[NameHit], date: str, head: int | None) -> list[Reading]:
        del head  # A core ends with its head; a parse only says where the core ends, and the caller cuts there.
        inside = [hit for hit in hits if core[0].start <= hit.start and hit.end <= core[-1].end + 2]
        last = inside[-1] if inside and inside[-1].end >= core[-1].end else None
        former = self._former(core)
        if last is not None and not self._place_after_body(core, last):
            covered = [w for w in core if w.start >= last.start]
            readings = self._named(text, core, covered, last, inside, date, former=former)
            if readings:
                return readings
        if last is not None:
            core = [w for w in core if w.start < last.start]
        agent = self.agents.ending([w.text for w in core])
        if agent is not None:
            return self._agent(text, core, agent[0], agent[1], inside, date, former=former)
        named = self._unknown_name(text, core, inside, date, former=former)
        if named:
            return named
        return self._other(core, inside)

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

    def entries(self, hit: NameHit) -> list[Entry]:
        """What a hit may mean."""
        return [self.index.entry(key) for key in hit.entries]

    def _named(
        self, text: str, core: list[Word], covered: list[Word], hit: NameHit, inside: list[NameHit], date: str, *, former: str
    ) -> list[Reading]:
        entries = self.entries(hit)
        before = [w for w in core if w.end <= hit.start]
        modifiers = [h for h in inside if h.end <= hit.start]
        if hit.kinds & {"person", "surname"}:
            if not (hit.kinds & {"person"}) and before and before[-1].capital and not self._title(before) and not modifiers:
                return []  # A family name that ends an unknown name.
            people = [entry for entry in entries if entry.kind == "person"]
            if people and not (hit.kinds & {"state", "organisation"}):
                return self._person(text, before, people, modifiers, hit, date, former=former)
        if before and before[-1].capital and not before[-1].owner and not modifiers and not self._title(before) and hit.kinds <= _PLACES | {"company"} - {"people"}:
            agent = self.agents.ending([w.text for w in before])
            if agent is None and before[-1].text not in {"Northern", "Southern", "Eastern", "Western", "Central", "Greater", "Upper", "Lower", "North", "South", "East", "West"}:
                return []
        entry = self._dated(entries, date)
        where = f"{entry.kind} '{hit.text}' {entry.key}"
        if hit.kinds & {"state", "adjective", "people"} and entry.kind in {"state", "adjective", "people"}:
            chained = self._chain(modifiers, hit, text)
            chosen = [self._place_reading(h, date) for h in [*chained, hit]]
            return chosen if chained else [self._place_reading(hit, date)]
        sectors = entry.sectors
        if entry.kind == "region" and not sectors:
            sectors = ("CVL",) if entry.note == "town" else ()
        kind = {"capital": "place", "region": "place", "metonym": "body"}.get(entry.kind, entry.kind)
        if entry.kind == "capital" and entry.note:
            entry = msgspec.structs.replace(entry, name=entry.note)
        if former and kind not in {"place"} and sectors[:1] == ("GOV",) and entry.kind == "office":
            sectors = ("ELI",)
        return [Reading(name=entry.name, country=entry.code, sectors=sectors, how=(where,), kind=kind)]

    def _place_reading(self, hit: NameHit, date: str) -> Reading:
        entries = self.entries(hit)
        state = next((e for e in entries if e.kind == "state"), None)
        entry = state or self._dated(entries, date)
        kind = "people" if entry.kind == "people" else "state"
        name = entry.note if entry.kind in {"adjective", "people"} and entry.note else entry.name
        sectors = entry.sectors if entry.kind == "people" else ()
        return Reading(name=name, country=entry.code, sectors=sectors, how=(f"{entry.kind} '{hit.text}' {entry.key}",), kind=kind,
                       plural=kind == "people")  # fmt: skip

    def _dated(self, entries: Sequence[Entry], date: str) -> Entry:
        """The entry that holds at the date; without a date the one that still holds, or the first."""
        if len(entries) == 1:
            return entries[0]
        order = ["organisation", "state", "adjective", "body", "group", "capital", "party", "company", "media", "university", "region", "people", "person"]
        day = date or "9999"
        fitting = [e for e in entries if (not e.start or e.start <= day) and (not e.end or day <= e.end)] or list(entries)
        return min(fitting, key=lambda e: (order.index(e.kind) if e.kind in order else 20))

    def _chain(self, modifiers: list[NameHit], last: NameHit, text: str) -> list[NameHit]:
        """The states that "and", commas and the like join to the last one."""
        chain: list[NameHit] = []
        right = last
        for hit in reversed(modifiers):
            between = text[hit.end : right.start].lower()
            if hit.kinds & {"state", "adjective", "people", "capital", "organisation"} and re.fullmatch(
                r"[\s,/–&-]*(?:and|or|as well as|both|senior|top|&)?[\s,/–-]*(?:the|senior|top)?\s*", between
            ) and between.strip():
                chain.insert(0, hit)
                right = hit
            else:
                break
        return chain

    # --- persons ---------------------------------------------------------------------------------------------------

    def _title(self, before: list[Word]) -> bool:
        return bool(before) and (self.agents.ending([w.text for w in before]) is not None or normal(before[-1].text) in {
            "mr", "mrs", "ms", "sir", "lord", "lady", "dr", "dame", "miss", "president", "madame", "monsieur", "herr", "frau", "saint", "justice", "judge"})  # fmt: skip

    def _person(
        self, text: str, before: list[Word], people: list[Entry], modifiers: list[NameHit], hit: NameHit, date: str, *, former: str
    ) -> list[Reading]:
        place = self._country(modifiers, text)
        title = self.agents.ending([w.text for w in before])
        office = " ".join(w.text for w in before[len(before) - title[0] :]) if title else ""
        chosen = persons.choose(people, date, country=place[0], office=office, index=self.index)
        if not chosen and place[0]:
            # The words give another state than any bearer known here: another person of that name.
            return [self._titled(text, before, hit.text, title, place, date, former=former)]
        if not chosen:
            return []
        best = chosen[0]
        if "surname" in hit.kinds and "person" not in hit.kinds and not title and best.when != "now" and (not date or best.when == "later"):
            return [] if best.when == "later" else [self._of_person(best, office, former, chosen)]
        return [self._of_person(best, office, former, chosen, title[1] if title else None)]

    def _of_person(self, held: persons.Holding, office: str, former: str, all_: Sequence[persons.Holding], title: Agent | None = None) -> Reading:
        entry = held.entry
        sectors = entry.sectors or ("GOV",)
        how = f"person '{entry.name}' {entry.key}: {entry.office or entry.kind}"
        # A title in the text is what the text says of the day, unless the day itself says otherwise.
        if former or (held.when == "before" and title is None) or held.when == "later" and title is None:
            if sectors[0] in _FORMER_SECTORS or former:
                sectors = ("ELI",)
            how += f", {'former' if former or held.when == 'before' else 'not yet in office'} at the date"
        elif title is not None and held.when != "now" and title.sectors:
            sectors = title.sectors
        if len(all_) > 1:
            how += "; odds " + ", ".join(f"{h.entry.name} ({h.entry.code}) {h.odds:.2f}" for h in all_[:4])
        return Reading(name=entry.name, country=entry.code, sectors=sectors, office=office or entry.office, how=(how,), kind="person")

    def _titled(
        self, text: str, before: list[Word], name: str, title: tuple[int, Agent] | None, place: tuple[str, str], date: str, *, former: str
    ) -> Reading:
        """A person of whom only the title tells."""
        del date
        how = [place[1]] if place[1] else []
        sectors: tuple[str, ...] = ()
        office = ""
        if title is not None:
            sectors, step = self._sectors(text, before, title[0], title[1], self.index.find(text[: before[-1].end]) if before else [])
            office = " ".join(w.text for w in before[len(before) - title[0] :])
            how.append(step)
        if former and sectors[:1] and sectors[0] in _FORMER_SECTORS:
            sectors, how = ("ELI",), [*how, f"'{former}'"]
        return Reading(name=name, country=place[0], sectors=sectors, office=office, how=tuple(how), kind="person" if title else "unknown name")

    def _unknown_name(self, text: str, core: list[Word], inside: list[NameHit], date: str, *, former: str) -> list[Reading]:
        """A name that no hit covers: the capitals that end the core, with a title or a known family name or nothing."""
        start = len(core)
        while start and core[start - 1].capital and not core[start - 1].owner:
            start -= 1
        # A hit that ends before the name ("French …") is a modifier; one inside it belongs to the name.
        for hit in inside:
            if hit.kinds & {"adjective", "state", "body", "organisation"} and start < len(core) and core[start].start <= hit.start and hit.end < core[-1].start:
                start = max(start, next(i for i, w in enumerate(core) if w.start >= hit.end))
        tail = core[start:]
        if not tail:
            return []
        words = [w.text for w in tail]
        begun = self._leading_title(words)
        before = core[: start + begun]
        name_words = tail[begun:]
        if not name_words:
            return []
        name = text[name_words[0].start : name_words[-1].end]
        place = self._country([h for h in inside if h.end <= name_words[0].start], text)
        title = self.agents.ending([w.text for w in before]) if before else None
        titled = title is not None or self._title(before)
        small = normal(name_words[-1].text)
        if not titled and (self.agents.is_small("junk", small) or self.agents.is_small("thing", small) or self.agents.is_small("pronoun", small)):
            return []
        bearers = self.index.bearers(name) if len(name_words) <= 2 else []
        if not bearers and titled:
            bearers = self.index.bearers(name_words[-1].text) if len(name_words) == 1 else []
        if bearers and (titled or place[0] or len(name_words[-1].text) > 3):
            office = " ".join(w.text for w in before[len(before) - title[0] :]) if title else ""
            chosen = persons.choose(bearers, date, country=place[0], office=office, index=self.index)
            if chosen and (titled or place[0] or (chosen[0].when == "now" and chosen[0].entry.rank <= 3 and not self.index.is_ambiguous(name))):
                known = chosen[0].when in {"now", "unknown"} or not titled or chosen[0].entry.rank <= 1
                if known and not (title and not place[0] and len(chosen) > 1 and chosen[0].odds < 0.4):
                    return [self._of_person(chosen[0], office, former, chosen, title[1] if title else None)]
        return [self._titled(text, before, name, title, place, date, former=former)]

    def _leading_title(self, words: list[str]) -> int:
        """How many of the capitalised words are a title: "Foreign Minister", "Sen.", "Mr"."""
        for length in range(min(6, len(words) - 1), 0, -1):
            if self.agents.ending(words[:length]) is not None or normal(words[length - 1]) in {"mr", "mrs", "ms", "sir", "lord", "dr", "dame", "miss", "lady"}:
                return length
        return 0

    # --- agents ----------------------------------------------------------------------------------------------------

    def _agent(
        self, text: str, core: list[Word], length: int, agent: Agent, inside: list[NameHit], date: str, *, former: str
    ) -> list[Reading]:
        modifiers = [h for h in inside if h.start < core[-1].start]
        sectors, step = self._sectors(text, core, length, agent, modifiers)
        office = " ".join(w.text for w in core[len(core) - length :]) if agent.kind == "person" else ""
        how = [step]
        if former and sectors[:1] and sectors[0] in _FORMER_SECTORS:
            sectors, how = ("ELI",), [*how, f"'{former}'"]
        places = self._countries(modifiers, text)
        many = len(places) > 1
        kind = "agent" if agent.kind == "person" else agent.kind
        name_words = [w for w in core if w.capital]
        name = text[core[0].start : core[-1].end] if agent.kind == "body" and len(name_words) == len(core) > 1 else ""
        del date
        return [
            Reading(name=name, country=code, sectors=sectors, office=office, how=(*((why,) if why else ()), *how), kind=kind,
                    plural=agent.plural or many, generic=not code)
            for code, why in places or [("", "")]
        ]  # fmt: skip

    def _sectors(self, text: str, core: list[Word], length: int, agent: Agent, modifiers: Sequence[NameHit]) -> tuple[tuple[str, ...], str]:
        """The sectors of an agent with the words before it: its own, or those that it carries."""
        head = text[core[len(core) - length].start : core[-1].end]
        step = f"agent '{head}' {agent.where}"
        carried: tuple[str, ...] = ()
        carrier = ""
        for hit in modifiers:
            if self._theirs(hit, text) and not hit.kinds <= _PLACES | {"person", "surname"}:
                entry = self._dated(self.entries(hit), "")
                if entry.sectors:
                    carried, carrier = entry.sectors, f"{entry.kind} '{hit.text}' {entry.key}"
                elif entry.kind == "organisation" and agent.role and not agent.sectors:
                    carried, carrier = ("GOV",) if entry.code in {"EUR", "IGO", "UNO"} else (), f"organisation '{hit.text}' {entry.key}"
        front = core[: len(core) - length]
        position = len(front)
        while position > 0:
            found = self.agents.ending([w.text for w in front[:position]])
            if found is None:
                position -= 1
                continue
            size, modifier = found
            word = normal(front[position - 1].text)
            if modifier.sectors and modifier.sectors[0] in _CARRIED and word not in _NOT_MODIFIERS and not any(
                h.start <= front[position - 1].start < h.end for h in modifiers
            ):
                carried, carrier = modifier.sectors, f"agent '{modifier.word}' {modifier.where}"
                break
            position -= size
        own = agent.sectors
        if not carried:
            return own or (("UNK",) if agent.role else ()), step
        first = own[0] if own else ""
        if agent.role or not own or (first == "MIL" and carried[0] in _ARMED) or (first in {"CVL", "UNK"} and carried[0] in {"MIL", "COP", "REB", "EDU", "MED", "JRN"} | _ARMED):
            if carried[0] == "GOV" and first in {"MIL", "LEG", "JUD"}:
                return own, step
            return carried, f"{carrier} + {step}"
        return own, step

    # --- places ----------------------------------------------------------------------------------------------------

    def _theirs(self, hit: NameHit, text: str) -> bool:
        """Whether a modifier says whose somebody is: not in "US-backed", "anti-Syrian", "pro-Russian"."""
        before = re.search(r"([\w]+)[-–]$", text[max(0, hit.start - 12) : hit.start])
        if before and self.agents.is_small("against", before.group(1).lower()):
            return False
        after = re.match(r"[-–]\s?(\w+)", text[hit.end : hit.end + 24])
        return not (after and self.agents.is_small("not-theirs", after.group(1).lower()))

    def _countries(self, modifiers: Sequence[NameHit], text: str) -> list[tuple[str, str]]:
        """The states of a head by its modifiers: the possessor, or the nearest with all that are joined to it."""
        usable = [h for h in modifiers if self._theirs(h, text)]
        owners = [h for h in usable if re.match(r"['’´ʼ`]", text[h.end : h.end + 1]) or re.match(r" ['’]s", text[h.end : h.end + 3])]
        for pool in (owners, usable):
            for position in range(len(pool) - 1, -1, -1):
                hit = pool[position]
                code = self._code(hit)
                if code[0]:
                    chain = self._chain(pool[:position], hit, text)
                    found = [c for h in chain if (c := self._code(h))[0]]
                    return list(dict.fromkeys([*found, code]))
        return []

    def _country(self, modifiers: Sequence[NameHit], text: str) -> tuple[str, str]:
        found = self._countries(modifiers, text)
        return found[-1] if found else ("", "")

    def _code(self, hit: NameHit) -> tuple[str, str]:
        entries = [e for e in self.entries(hit) if e.code]
        if not entries:
            return "", ""
        entry = self._dated(entries, "")
        if entry.kind == "person" and "surname" in hit.kinds and "person" not in hit.kinds:
            entry = min(entries, key=lambda e: (e.rank, -int(e.start[:4] or 0)))
        return entry.code, f"{entry.kind} '{hit.text}' {entry.key}"

    # --- what follows the core -------------------------------------------------------------------------------------

    def _with_rest(
        self, text: str, core: list[Word], reading: Reading, joint: str, rest: list[Word], hits: list[NameHit], date: str, depth: int
    ) -> Reading:
        """A reading with what the words after the core add: a state after "of" or "in", a body after "head of"."""
        if not rest or depth >= _DEPTH:
            return reading
        if joint == "of" and reading.kind == "agent":
            inner = self.read(text[rest[0].start : rest[-1].end], date, depth=depth + 1)
            if inner:
                reading = self._owned(core, reading, inner[0])
        if reading.country and not (joint == "of" and reading.kind == "people"):
            return reading
        follow = self._following(text, joint, rest, hits)
        if follow is not None:
            code, why = follow
            if code and (not reading.country or code not in _CODES):
                sectors = reading.sectors
                return msgspec.structs.replace(reading, country=code, sectors=sectors, how=(*reading.how, f"{joint} {why}"))
        return reading

    def _owned(self, core: list[Word], reading: Reading, inner: Reading) -> Reading:
        """ "President of the … League": a role takes the sectors of the body that follows."""
        agent = self.agents.ending([w.text for w in core])
        if agent is None or not (agent[1].role or agent[1].sectors == ("UNK",)) or inner.kind in {"state", "place", "people", "person", ""}:
            return reading if reading.country or inner.kind == "" else msgspec.structs.replace(reading, country=inner.country, how=(*reading.how, *inner.how))
        sectors = inner.sectors or reading.sectors
        if inner.kind == "organisation" and not inner.sectors:
            sectors = reading.sectors
        if agent[1].sectors == ("LEG",) and inner.sectors[:1] == ("GOV",):
            sectors = agent[1].sectors
        return msgspec.structs.replace(reading, sectors=sectors, country=reading.country or inner.country, how=(*reading.how, *inner.how))

    def _role_of(self, core: list[Word], agent: Agent, reading: Reading, text: str) -> Reading:
        """ "Members of the Taliban" are what the Taliban are; "leaders of Germany" are its government."""
        if reading.kind in {"state", "place"}:
            sectors = agent.sectors if agent.sectors and agent.sectors != ("UNK",) else ("CVL",)
        else:
            sectors = reading.sectors or agent.sectors
        head = text[core[0].start : core[-1].end]
        return msgspec.structs.replace(reading, sectors=sectors, kind="agent", office=head, how=(*reading.how, f"role '{head}' {agent.where}"), plural=agent.plural)

    def _following(self, text: str, joint: str, rest: list[Word], hits: list[NameHit]) -> tuple[str, str] | None:
        places = [h for h in hits if h.start >= rest[0].start and h.kinds & (_PLACES | {"organisation", "body"}) and self._theirs(h, text)]
        for hit in places:
            lead = [w for w in rest if w.end <= hit.start]
            own = next((normal(w.text) for w in reversed([*lead]) if self.agents.is_small("from", normal(w.text)) or self.agents.is_small("stop", normal(w.text))), joint)
            if self.agents.is_small("from", own) or own in {"based", "operating", "living", "serving", "representing", "working", "held", "seeking"}:
                return self._code(hit)
        return None

    def _other(self, core: list[Word], inside: list[NameHit]) -> list[Reading]:
        """A head that is no agent and no name: a thing, or a day."""
        small = normal(core[-1].text)
        if self.agents.is_small("junk", small):
            return [Reading(sectors=("JNK",), how=(f"'{core[-1].text}' is a time, words.csv",), kind="junk")]
        if self.agents.is_small("pronoun", small):
            return [Reading(sectors=("UNK",), how=(f"pronoun '{core[-1].text}' words.csv",), kind="pronoun")]
        del inside
        return []
