"""What was named in a document so far, and whom a phrase that points back means.

A pronoun means the first fitting name before it in its own sentence, else the first of the sentence before, else the last
one at all: subjects come first in English, and a subject is what news goes on to speak of.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterable

import msgspec

from dragoman.knowledge import Knowledge
from dragoman.resolve.folding import normal
from dragoman.resolve.names import NameIndex
from dragoman.resolve.reading import Reading

_SENTENCE = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|\n+")
_ABBREVIATED = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gen|Gov|Col|Lt|Maj|Sgt|St|Prof|Rev|Adm|Capt|vs|No))\.\s*$"
)
_TITLES = {
    "mr": "male",
    "mrs": "female",
    "ms": "female",
    "miss": "female",
    "king": "male",
    "queen": "female",
    "prince": "male",
    "princess": "female",
    "sir": "male",
    "lord": "male",
    "lady": "female",
    "dame": "female",
    "madame": "female",
    "sheikh": "male",
}
_PERSONS = {"person", "unknown name"}
_STATES = {"state", "place"}
_BODIES = {"organisation", "body", "group", "party", "company", "media", "university"}
#: A pronoun reaches back so many sentences at most.
_REACH = 6


class Named(msgspec.Struct, frozen=True, order=True):
    """Something named at a place of the text."""

    start: int
    end: int
    reading: Reading = msgspec.field(default_factory=Reading)


class Anaphors:
    """The phrases that point back, and given names of women."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.kinds: dict[str, str] = {row["word"]: row["kind"] for row in knowledge.rows("agents/anaphors.csv")}
        self.women = frozenset(normal(row["given_name"]) for row in knowledge.rows("actors/given_names.csv"))

    def kind(self, phrase: str) -> str:
        """To what a phrase points back ("male", "two states", "state", …), or nothing."""
        return self.kinds.get(normal(phrase), "")


class Memory:
    """All that is named in one document, in order: names known to the index, and phrases that were asked."""

    def __init__(self, text: str, index: NameIndex, anaphors: Anaphors, read: Callable[[str], list[Reading]]) -> None:
        self._text = text
        self._anaphors = anaphors
        self._read = read
        self._named: list[Named] = []
        self._sentences = [0]
        for found in _SENTENCE.finditer(text):
            if not _ABBREVIATED.search(text[max(0, found.start() - 6) : found.start() + 1]):
                self._sentences.append(found.end())
        self._hits = index.find(text)
        self._read_up_to = 0
        self._genders: dict[str, str] = {}

    # --- remembering ---------------------------------------------------------------------------------------------

    def remember(self, start: int, end: int, reading: Reading) -> None:
        """Keep what a phrase named; a pronoun is not kept, it named nothing new."""
        if reading.kind in {"pronoun", "junk", ""}:
            return
        if reading.sectors == ("UNK",) and not reading.country and not reading.name:
            return
        self._read_hits(end)
        # What stands within a phrase ("Russian" in "the Russian minister") is not named again beside it, other states are.
        self._named = [
            n
            for n in self._named
            if n.end <= start
            or n.start >= end
            or ((n.start, n.end) == (start, end)
            and n.reading != reading)
            or n.reading.country not in {"", reading.country}
        ]
        insort(self._named, Named(start, end, reading), key=lambda n: n.end)

    def before(self, offset: int) -> list[Named]:
        """All that is named before an offset, in order."""
        self._read_hits(offset)
        return self._named[: bisect_right(self._named, offset, key=lambda n: n.end)]

    def _read_hits(self, offset: int) -> None:
        while self._read_up_to < len(self._hits) and self._hits[self._read_up_to].start < offset:
            hit = self._hits[self._read_up_to]
            self._read_up_to += 1
            if not any(n.start <= hit.start < n.end for n in self._named):
                for reading in self._read(hit.text)[:1]:
                    adjective = hit.kinds <= {"adjective", "people"}
                    kind = "adjective" if adjective and reading.kind == "state" else reading.kind
                    named = Named(hit.start, hit.end, msgspec.structs.replace(reading, kind=kind))
                    insort(self._named, named, key=lambda n: n.end)

    # --- sentences -----------------------------------------------------------------------------------------------

    def sentence(self, offset: int) -> int:
        """The number of the sentence at an offset."""
        return bisect_right(self._sentences, offset) - 1

    def _by_salience(self, offset: int, fits: Callable[[Named], bool]) -> Iterable[Named]:
        """What fits before an offset, the likeliest first."""
        here = self.sentence(offset)
        groups: dict[int, list[Named]] = {}
        for named in self.before(offset):
            number = self.sentence(named.start)
            if here - number <= _REACH and fits(named):
                groups.setdefault(number, []).append(named)
        for number in sorted(groups, reverse=True):
            yield from groups[number]

    # --- gender --------------------------------------------------------------------------------------------------

    def gender(self, named: Named) -> str:
        """Female or male where title or given name tell, else nothing."""
        name = named.reading.name or self._text[named.start : named.end]
        if name not in self._genders:
            found = ""
            lead = self._text[max(0, named.start - 20) : named.end]
            for word in re.findall(r"[A-Za-z]+", lead):
                found = _TITLES.get(word.lower(), found)
            first = normal(name).split()[:1]
            if not found and first and first[0] in self._anaphors.women:
                found = "female"
            self._genders[name] = found
        return self._genders[name]

    # --- pointing back -------------------------------------------------------------------------------------------

    def person(self, offset: int, gender: str) -> Named | None:
        """Whom "he" or "she" at an offset means."""
        other = {"male": "female", "female": "male"}.get(gender, "")

        def fits(named: Named) -> bool:
            reading = named.reading
            single = reading.kind in _PERSONS or (
                reading.kind == "agent" and not reading.plural and bool(reading.office)
            )
            return single and (not other or self.gender(named) != other)

        known = list(self._by_salience(offset, fits))
        sure = [n for n in known if self.gender(n) == gender] if gender == "female" else []
        return next(iter(sure or known), None)

    def state(self, offset: int) -> Named | None:
        """Which state "the country" at an offset means."""
        named = next(
            iter(self._by_salience(offset, lambda n: n.reading.kind in _STATES and bool(n.reading.country))), None
        )
        return named or next(
            iter(self._by_salience(offset, lambda n: bool(n.reading.country) and n.reading.kind != "organisation")),
            None,
        )

    def body(self, offset: int, kinds: Iterable[str] = ()) -> Named | None:
        """Which organisation "it" or "the group" at an offset means."""
        wanted = set(kinds) or _BODIES
        return next(iter(self._by_salience(offset, lambda n: n.reading.kind in wanted)), None)

    def thing(self, offset: int) -> Named | None:
        """What "it" at an offset means: a state or a body, whichever is likelier."""
        return next(iter(self._by_salience(offset, lambda n: n.reading.kind in _STATES | _BODIES)), None)

    def many(self, offset: int) -> list[Named]:
        """Whom "they" at an offset means: several people, or all parties of one sentence."""
        named = next(
            iter(self._by_salience(offset, lambda n: n.reading.plural or n.reading.kind in {"people", "group"})), None
        )
        pair = self.pair(offset)
        if named is not None and (not pair or self.sentence(named.start) >= self.sentence(pair[-1].start)):
            same = [n for n in self.before(offset) if n.start == named.start and n.reading.plural]
            return same or [named]
        return pair or self.pair(offset, persons=True)

    def pair(self, offset: int, *, persons: bool = False) -> list[Named]:
        """Which two "both sides" (or, with `persons`, "the two leaders") at an offset mean."""

        def fits(named: Named) -> bool:
            reading = named.reading
            if not reading.country:
                return False
            return (
                reading.kind == "person"
                if persons
                else reading.kind in _STATES | _PERSONS | _BODIES | {"adjective", "agent", "people"}
            )

        def distinct_of(found: Iterable[Named]) -> list[Named]:
            kept = {(n.reading.name if persons else n.reading.country): n for n in found}
            return sorted(kept.values(), key=lambda n: n.start)

        here = self.sentence(offset)
        wide: list[Named] = []
        for number in range(here, max(-1, here - _REACH), -1):
            mine = [n for n in self.before(offset) if self.sentence(n.start) == number and fits(n)]
            distinct = distinct_of(reversed(mine))
            if len(distinct) >= 2:
                return distinct[:2]
            wide = [*distinct, *wide]
            joined = distinct_of(reversed(wide))
            if len(joined) >= 2 and number < here:
                return joined[-2:]
        counted = Counter(n.reading.country for n in self.before(offset) if fits(n))
        top = [code for code, _ in counted.most_common(2)]
        if len(top) < 2:
            return []
        return [next(n for n in self.before(offset) if n.reading.country == code and fits(n)) for code in top]

    def titled(self, offset: int, fits: Callable[[Reading], bool]) -> Named | None:
        """The last person before an offset of whom something holds ("the minister")."""
        return next((n for n in reversed(self.before(offset)) if n.reading.kind in _PERSONS and fits(n.reading)), None)

    def bearer(self, offset: int, surname: str) -> Named | None:
        """The person named in full before an offset whose name ends with this family name."""
        wanted = normal(surname)
        for named in reversed(self.before(offset)):
            if named.reading.kind in _PERSONS | {"agent"}:
                for name in (normal(named.reading.name), normal(self._text[named.start : named.end])):
                    if name != wanted and (name.endswith(f" {wanted}") or name.startswith(f"{wanted} ")):
                        return named
        return None

    def only_state(self, offset: int) -> Named | None:
        """The state of the sentence at an offset if it names a single one, else the only one named so far."""
        here = self.sentence(offset)
        end = self._sentences[here + 1] if here + 1 < len(self._sentences) else len(self._text)
        self._read_hits(end)
        for pool in (
            [n for n in self._named if self.sentence(n.start) == here],
            [n for n in self._named if n.start < offset],
        ):
            found = {
                n.reading.country: n
                for n in pool
                if len(n.reading.country) == 3 and n.reading.kind in _STATES | {"adjective", "people", "body", "agent"}
            }
            if len(found) == 1:
                return next(iter(found.values()))
            if found:
                return None
        return None
