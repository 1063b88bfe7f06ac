"""Of which state a head is: by the names before it (possessors, adjectives) and by what follows "of" or "in"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.model import NameHit
from dragoman.resolve.agents import AgentWords
from dragoman.resolve.folding import normal
from dragoman.resolve.name_tables import Entry
from dragoman.resolve.names import NameIndex
from dragoman.resolve.reading import PLACES, Word

#: Names of what is made, sold or read say whose somebody is only where nothing else does.
_TRADE = frozenset({"company", "media", "university"})
_STATES = frozenset({"state", "adjective", "people", "capital", "organisation", "states"})
_ORDER = (
    "organisation", "state", "adjective", "body", "group", "capital", "party", "company", "media", "university",
    "region", "people", "person",
)  # fmt: skip
_JOINED = re.compile(
    r"[\s,/–&-]*(?:and|or|as well as|both|senior|top|&)?[\s,/–-]*(?:the|senior|top|former|his|her)?\s*"
)
Code = tuple[str, str]


class Owners:
    """Says of which states a head is by the names around it."""

    def __init__(self, index: NameIndex, agents: AgentWords) -> None:
        self.index = index
        self.agents = agents

    def entries(self, hit: NameHit) -> list[Entry]:
        """What a hit may mean."""
        return [self.index.entry(key) for key in hit.entries]

    def dated(self, entries: Sequence[Entry], date: str) -> Entry:
        """The entry that holds at the date; without a date the one that still holds, or the first."""
        if len(entries) == 1:
            return entries[0]
        day = date or "9999"
        fitting = [e for e in entries if holds(e, day)] or list(entries)
        return min(fitting, key=lambda e: _ORDER.index(e.kind) if e.kind in _ORDER else 20)

    def theirs(self, hit: NameHit, text: str) -> bool:
        """Whether a modifier says whose somebody is: not in "US-backed", "anti-Syrian", "pro-Russian"."""
        before = re.search(r"([\w]+)[-–]$", text[max(0, hit.start - 12) : hit.start])
        if before and self.agents.is_small("against", before.group(1).lower()):
            return False
        if hit.kinds <= {"surname"} and text.isupper() and not re.match(r"['’]", text[hit.end : hit.end + 1]):
            return False  # "SENIOR ADMINISTRATION OFFICIAL": in capitals a common word is no family name
        after = re.match(r"[-–]\s?(\w+)", text[hit.end : hit.end + 24])
        if after and self.agents.is_small("not-theirs", after.group(1).lower()):
            return False
        return not ("surname" in hit.kinds and "person" not in hit.kinds and self._given_name(hit, text))

    def _given_name(self, hit: NameHit, text: str) -> bool:
        """Whether a family name stands inside a longer name that is another's ("Alexis" in "Alexis Tsipras")."""
        after = re.match(r"\s+(?:[a-z]{1,3}[-\s]){0,2}([A-Z][\w-]+)", text[hit.end : hit.end + 40])
        return after is not None and self.agents.get(after.group(1)) is None

    def countries(self, modifiers: Sequence[NameHit], text: str) -> list[Code]:
        """The states of a head by its modifiers: the possessor, or the nearest with all that are joined to it."""
        usable = [h for h in modifiers if self.theirs(h, text)]
        owners = [
            h
            for h in usable
            if re.match(r"['’´ʼ`]", text[h.end : h.end + 1]) or re.match(r" ['’]s", text[h.end : h.end + 3])
        ]
        for pool in (owners, [h for h in usable if not h.kinds <= _TRADE], usable):
            for position in range(len(pool) - 1, -1, -1):
                hit = pool[position]
                codes = self.codes(hit)
                if codes:
                    chain = self.chain(pool[:position], hit, text)
                    return list(dict.fromkeys([*(c for h in chain for c in self.codes(h)), *codes]))
        return []

    def country(self, modifiers: Sequence[NameHit], text: str) -> Code:
        """The one state of a head by its modifiers, and why; empty where they tell none."""
        found = self.countries(modifiers, text)
        return found[-1] if found else ("", "")

    def codes(self, hit: NameHit) -> list[Code]:
        """The codes that a name stands for with the knowledge line: several for a group of states."""
        group = next((e for e in self.entries(hit) if e.kind == "states"), None)
        if group is not None:
            return [(code, f"states '{hit.text}' {group.key}") for code in group.note.split(";")]
        code = self.code(hit)
        return [code] if code[0] else []

    def code(self, hit: NameHit) -> Code:
        """The code that a name stands for, with the knowledge line that says so."""
        entries = [e for e in self.entries(hit) if e.code]
        if not entries:
            return "", ""
        entry = self.dated(entries, "")
        if entry.kind == "person" and "surname" in hit.kinds and "person" not in hit.kinds:
            entry = min(entries, key=lambda e: (e.rank, -int(e.start[:4] or 0)))
        return entry.code, f"{entry.kind} '{hit.text}' {entry.key}"

    def chain(self, modifiers: Sequence[NameHit], last: NameHit, text: str) -> list[NameHit]:
        """The states that "and", commas and the like join to the last one."""
        chain: list[NameHit] = []
        right = last
        for hit in reversed(modifiers):
            between = text[hit.end : right.start].lower()
            if not (hit.kinds & _STATES and between.strip() and _JOINED.fullmatch(between)):
                break
            chain.insert(0, hit)
            right = hit
        return chain

    def following(self, text: str, joint: str, rest: list[Word], hits: Sequence[NameHit]) -> list[Code]:
        """The states that what follows "of", "in", "from" gives to the head before it."""
        places = [
            h for h in hits if h.start >= rest[0].start and h.kinds & (PLACES | {"organisation", "body", "states"})
        ]
        for hit in places:
            if not self.theirs(hit, text):
                continue
            lead = [normal(w.text) for w in rest if w.end <= hit.start]
            own = next(
                (w for w in reversed(lead) if self.agents.is_small("from", w) or self.agents.is_small("stop", w)), joint
            )
            if self.agents.is_small("from", own) or self.agents.is_small("stationed", own):
                return self.codes(hit)
        return []


def holds(entry: Entry, day: str) -> bool:
    """Whether an entry is in force on a day; an open end holds."""
    return (not entry.start or entry.start <= day) and (not entry.end or day <= entry.end)
