"""What was named in a document so far, and whom a phrase that points back means.

A pronoun means the first fitting name before it in its own sentence, else the first of the sentence before, else the
last one at all: subjects come first in English, and a subject is what news goes on to speak of.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterable

import msgspec

from dragoman.knowledge import Knowledge
from dragoman.model import BODY_CODES, NameHit
from dragoman.resolve.folding import normal
from dragoman.resolve.names import NameIndex
from dragoman.resolve.reading import Reading

_SENTENCE = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|\n+")
_ABBREVIATED = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gen|Gov|Col|Lt|Maj|Sgt|St|Prof|Rev|Adm|Capt|vs|No))\.\s*$"
)
_WHERE = re.compile(r"\b(?:in|at|near|outside)\s+(?:the\s+)?$", re.IGNORECASE)
_AND = re.compile(r",?\s+and\s+(?:the\s+)?", re.IGNORECASE)
_MODIFIED = re.compile(r"(['’]s?)?[ ]([a-z][\w-]*)(?:[ ]([a-z][\w-]*))?(?:[ ]([a-z][\w-]*))?")
_FULL_NAME = re.compile(r"(?:[ ][A-Z][\w’'-]+){2,3}")
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
#: "The ministry" means one that was called a ministry.
CALLED = frozenset({"body"})
_NO_STATES = BODY_CODES | {"UNO", "EUR"}
_TELLING = _STATES | _PERSONS | {"adjective", "people", "body", "agent", "party", "group"}
#: A state prevails in a text that names it so often at least, and with such a share.
_PREVAILS_FROM, _PREVAILS = 3, 0.6
_LOOSE = 6
#: A pronoun reaches back so many sentences at most.
_REACH = 6


#: A given name behind a family name that comes first.
_GIVEN = re.compile(r"\s[A-Z][a-z]")


class Named(msgspec.Struct, frozen=True, order=True):
    """Something named at a place of the text."""

    start: int
    end: int
    reading: Reading = msgspec.field(default_factory=Reading)


class Anaphors:
    """The phrases that point back, and given names of women."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.kinds: dict[str, str] = {row["word"]: row["kind"] for row in knowledge.rows("agents/anaphors.csv")}
        self._bodies = {row["word"]: row["note"] for row in knowledge.rows("agents/anaphors.csv") if row["note"]}
        self.women = frozenset(normal(row["given_name"]) for row in knowledge.rows("actors/given_names.csv"))

    def loose_kind(self, phrase: str) -> str:
        """The same for a phrase with words between: "the two West African neighbours"."""
        words = normal(phrase).split()
        for first in ("the two", "both", "the three"):
            lead = first.split()
            if words[: len(lead)] == lead and len(lead) + 1 < len(words) <= _LOOSE:
                return self.kinds.get(f"{first} {words[-1]}", "")
        return ""

    def bodies(self, phrase: str) -> frozenset[str]:
        """Of which kinds a body is that the phrase points back to; empty for any, `CALLED` if it must be called so."""
        return frozenset(filter(None, self._bodies.get(normal(phrase), "").split(";")))

    def kind(self, phrase: str) -> str:
        """To what a phrase points back ("male", "two states", …), or nothing; an acronym ("the US") is no pronoun."""
        if len(phrase) > 1 and phrase[-2:].isupper():
            return ""
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
        self._family_first = index.family_first
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
        # What stands within a phrase ("Russian" in "the Russian minister") is not named again, other states are.
        near = self._first_after(start)
        self._named[near:] = [
            n
            for n in self._named[near:]
            if n.start >= end
            or (n.end > end and n.start >= start and self._named_in_full(n))
            or ((n.start, n.end) == (start, end) and n.reading != reading)
            or n.reading.country not in {"", reading.country}
        ]
        insort(self._named, Named(start, end, reading), key=lambda n: n.end)

    def _named_in_full(self, named: Named) -> bool:
        return named.reading.kind == "person" and "," not in self._text[named.start : named.end]

    def between(self, start: int, end: int) -> list[Named]:
        """All that is named between two offsets, in order."""
        self._read_hits(end)
        return [n for n in self._named if start <= n.start and n.end <= end]

    def before(self, offset: int) -> list[Named]:
        """All that is named before an offset, in order."""
        self._read_hits(offset)
        return self._named[: bisect_right(self._named, offset, key=lambda n: n.end)]

    def names(self, country: str) -> bool:
        """Whether the text names a state, its people, its capital or somebody of it in full anywhere."""
        return any(country in hit.codes and not hit.kinds <= {"surname"} for hit in self._hits)

    def _first_after(self, offset: int) -> int:
        """The place of the first that ends after an offset; all before it need not be looked at one by one."""
        return bisect_right(self._named, offset, key=lambda n: n.end)

    def _read_hits(self, offset: int) -> None:
        while self._read_up_to < len(self._hits) and self._hits[self._read_up_to].start < offset:
            hit = self._hits[self._read_up_to]
            self._read_up_to += 1
            if not any(n.start <= hit.start for n in self._named[self._first_after(hit.start) :]):
                if self._read_whose(hit):
                    continue
                for reading in self._read(hit.text)[:1]:
                    adjective = hit.kinds <= {"adjective", "people"}
                    kind = "adjective" if adjective and reading.kind == "state" else reading.kind
                    named = Named(hit.start, hit.end, msgspec.structs.replace(reading, kind=kind))
                    insort(self._named, named, key=lambda n: n.end)

    def _read_whose(self, hit: NameHit) -> bool:
        """Names what an adjective or a possessor modifies ("Israeli troops", "Tanzania's army") as one; if anything."""
        if not hit.kinds & {"adjective", "state"}:
            return False
        after = _MODIFIED.match(self._text, hit.end)
        if after is None or ("adjective" not in hit.kinds and not after.group(1)):
            return False
        for word in (4, 3, 2):
            end = after.end(word)
            reading = next(iter(self._read(self._text[hit.start : end])), None) if end > 0 else None
            if reading is not None and reading.kind in {"agent", "body"} and reading.country:
                bearer = _FULL_NAME.match(self._text, end) if not reading.plural else None
                full = self._read(self._text[hit.start : bearer.end()])[:1] if bearer else []
                if full and bearer and full[0].kind == "person" and full[0].country == reading.country:
                    reading, end = full[0], bearer.end()  # "the Polish activist Janusz Dorn"
                insort(self._named, Named(hit.start, end, reading), key=lambda n: n.end)
                return True
        return False

    # --- sentences -----------------------------------------------------------------------------------------------

    def sentence(self, offset: int) -> int:
        """The number of the sentence at an offset."""
        return bisect_right(self._sentences, offset) - 1

    def sentence_before(self, offset: int) -> tuple[int, int] | None:
        """Where the sentence before that of an offset begins and ends."""
        here = self.sentence(offset)
        return (self._sentences[here - 1], self._sentences[here]) if here else None

    def _by_salience(self, offset: int, fits: Callable[[Named], bool]) -> Iterable[Named]:
        """What fits before an offset, the likeliest first."""
        groups: dict[int, list[Named]] = {}
        for named in self._within_reach(offset):
            number = self.sentence(named.start)
            if fits(named):
                groups.setdefault(number, []).append(named)
        for number in sorted(groups, reverse=True):
            yield from groups[number]

    def _within_reach(self, offset: int) -> list[Named]:
        """What is named before an offset, in its sentence and the few before it."""
        first = self._sentences[max(0, self.sentence(offset) - _REACH)]
        known = self.before(offset)
        return [n for n in known[bisect_right(known, first, key=lambda n: n.end) :] if n.start >= first]

    def _located(self, named: Named) -> bool:
        """Whether a state or town merely says where: "in Geneva", "at Camp David"."""
        if named.reading.kind not in _STATES:
            return False
        return _WHERE.search(self._text[max(0, named.start - 16) : named.start]) is not None

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

    def body(self, offset: int, phrase: str, kinds: frozenset[str] = frozenset()) -> Named | None:
        """Which organisation "the group" or "the ministry" at an offset means: one that is called so comes first."""
        word = normal(phrase).split()[-1]
        known = list(self._by_salience(offset, lambda n: n.reading.kind in (kinds or _BODIES)))
        called = [n for n in known if word in normal(self._text[n.start : n.end]).split()]
        if called or kinds == CALLED:
            return called[0] if called else None
        return known[0] if known else None

    def thing(self, offset: int) -> Named | None:
        """What "it" at an offset means: a state or a body, whichever is likelier."""
        known = self._by_salience(offset, lambda n: n.reading.kind in _STATES | _BODIES and not self._located(n))
        return next(iter(known), None)

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

    def pair(self, offset: int, *, persons: bool = False, states: bool = False) -> list[Named]:
        """Which two "both sides" (or, with `persons`, "the two leaders") at an offset mean."""

        def fits(named: Named) -> bool:
            reading = named.reading
            if not reading.country or self._located(named) or (states and reading.country in _NO_STATES):
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
        reach = self._within_reach(offset)
        for number in range(here, max(-1, here - _REACH), -1):
            mine = [n for n in reach if self.sentence(n.start) == number and fits(n)]
            distinct = distinct_of(reversed(mine))
            if len(distinct) > 2:
                return self._joined(mine) or distinct[:2]
            if len(distinct) == 2:
                return distinct
            wide = [*distinct, *wide]
            joined = distinct_of(reversed(wide))
            if len(joined) >= 2 and number < here:
                return joined[-2:]
        counted = Counter(n.reading.country for n in self.before(offset) if fits(n))
        top = [code for code, _ in counted.most_common(2)]
        if len(top) < 2:
            return []
        return [next(n for n in self.before(offset) if n.reading.country == code and fits(n)) for code in top]

    def _joined(self, named: list[Named]) -> list[Named]:
        """The last two of some that "and" joins: "to mediate between Mauritania and Senegal"."""
        for left, right in reversed(list(itertools.pairwise(named))):
            between = self._text[left.end : right.start]
            if left.reading.country != right.reading.country and _AND.fullmatch(between):
                return [left, right]
        return []

    def titled(self, offset: int, fits: Callable[[Reading], bool]) -> Named | None:
        """The last person before an offset of whom something holds ("the minister")."""
        return next((n for n in reversed(self.before(offset)) if n.reading.kind in _PERSONS and fits(n.reading)), None)

    def bearer(self, offset: int, surname: str) -> Named | None:
        """The person named in full before an offset whose name ends with this family name."""
        wanted = normal(surname)
        for named in reversed(self.before(offset)):
            if named.reading.kind in _PERSONS | {"agent"} and not self._strange(named, wanted):
                for name in (normal(named.reading.name), normal(self._text[named.start : named.end])):
                    if name != wanted and (name.endswith(f" {wanted}") or name.startswith(f"{wanted} ")):
                        return named
        return None

    def _strange(self, named: Named, surname: str) -> bool:
        """Whether a family name that comes first only begins the name of somebody else: "Chen" in "Chen Jian"."""
        bare = normal(self._text[named.start : named.end]) == surname
        return bare and self._family_first(named.reading.country) and _GIVEN.match(self._text, named.end) is not None

    def plausible_state(self, offset: int, sector: str) -> tuple[Named, str] | None:
        """The state whose army, court or ministry is meant at an offset where no state is named with it, and why.

        What the sentence names before it, if one; else what the document said of that sector so far, if one state; else
        the state that prevails so far; else the only one that the sentence or the text so far names.
        """
        here = self.sentence(offset)
        end = self._sentences[here + 1] if here + 1 < len(self._sentences) else len(self._text)
        self._read_hits(end)
        known = [n for n in self._named if n.end <= end and len(n.reading.country) == 3 and n.reading.kind in _TELLING]
        known = [n for n in known if n.reading.country not in _NO_STATES]
        mine = [
            n for n in known
            if n.start >= self._sentences[here] and not n.start <= offset < n.end and not self._in_quotes(here, n.start)
        ]  # fmt: skip
        before = [n for n in known if n.end <= offset]
        own = [n for n in before if n.reading.sectors[:1] == (sector,) and n.reading.kind in {"body", "agent"}]
        steps = (
            (_single([n for n in mine if n.end <= offset]), "the state named before it in the sentence"),
            (_single(own), f"whose {sector} was named before"),
            (_prevailing(before), "the state that the text is about"),
            (_single(mine), "the only state of the sentence"),
            (_single(before), "the only state named"),
        )
        return next(((named, why) for named, why in steps if named is not None), None)

    def _in_quotes(self, sentence: int, offset: int) -> bool:
        """Whether an offset of a sentence stands within a quotation: that tells nothing of who is spoken of."""
        lead = self._text[self._sentences[sentence] : offset]
        return lead.count("“") > lead.count("”") or lead.count('"') % 2 == 1

    def several(self, offset: int, count: int, *, persons: bool = False) -> list[Named]:
        """Which three or more "the three leaders" at an offset mean: the last so many that were named together."""
        kept: dict[str, Named] = {}
        for named in reversed(self._within_reach(offset)):
            reading = named.reading
            kinds = _PERSONS | {"agent"} if persons else _STATES | _PERSONS | {"adjective", "agent"}
            if reading.country and reading.kind in kinds and not self._located(named):
                kept.setdefault(reading.name if persons else reading.country, named)
        found = sorted(kept.values(), key=lambda n: n.start)
        return found if len(found) == count else []

    def quarter(self, offset: int, quarter: str) -> Named | None:
        """Which state "the North" or "the South" means: one of a pair of which either was named before."""
        other = {"North": "South", "South": "North"}[quarter]
        for named in reversed(self.before(offset)):
            words = self._text[named.start : named.end].split()
            if len(words) == 2 and words[0] in {quarter, other} and named.reading.kind in {"state", "adjective"}:
                found = next(iter(self._read(f"{quarter} {words[1]}")), None)
                if found is not None and found.kind == "state":
                    return Named(named.start, named.end, found)
        return None


def _single(named: Iterable[Named]) -> Named | None:
    """The last of some that all are of one state."""
    found = {n.reading.country: n for n in named}
    return next(iter(found.values())) if len(found) == 1 else None


def _prevailing(named: list[Named]) -> Named | None:
    """The state to which most of what was named belongs, if by far."""
    counted = Counter(n.reading.country for n in named).most_common(1)
    if not counted or counted[0][1] < _PREVAILS_FROM or counted[0][1] < _PREVAILS * len(named):
        return None
    return next(n for n in reversed(named) if n.reading.country == counted[0][0])
