"""Find the names that knowledge knows in a text: states, peoples, capitals, bodies, groups, companies, persons.

A text is folded to plain lower-case ASCII of the same length, every mark that is no letter or digit becoming a space,
and an automaton over all names finds whole words only, since each pattern begins and ends with a space. Of overlapping
names the longest wins. Then the letters of the text decide: where a name is written with a capital, so must the text
be; acronyms, and names that are common words, must be written exactly as knowledge writes them.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterable

import daachorse

from dragoman.knowledge import Knowledge
from dragoman.model import NameHit
from dragoman.resolve.folding import fold, normal
from dragoman.resolve.name_tables import Entry, Form, build, office_key, read_cache, write_cache

#: So many different spellings are remembered with what they may mean; news repeats its names.
_REMEMBERED = 200_000
#: Letters right before these are a currency (US$), no state.
_MONEY = frozenset("$€£¥")
_BREAK = re.compile(r"[,;:!?()\[\]\"“”/]|\.\s|\n\s*\n|--")
_PARTY = frozenset({"party"})
#: A word with a capital right before a name, itself no first word of its sentence.
_NAME_BEFORE = re.compile(r"(?<=[\w,;’'] )([A-Z][a-z]+(?:['’]s?)?) $")
_KIND_ORDER = ("state", "person", "organisation", "body", "group", "party", "capital")


class NameIndex:
    """All names of the knowledge in force, ready for finding them in text."""

    def __init__(self, knowledge: Knowledge) -> None:
        cached = read_cache(knowledge.digest)
        if cached is None:
            cached = build(knowledge)
            write_cache(knowledge.digest, *cached)
        automaton, self._tables = cached
        self._automaton = daachorse.DoubleArrayAhoCorasick.deserialize(automaton)
        self._entries = self._tables.entries
        self._ambiguous = frozenset(self._tables.ambiguous)
        self._prominent = frozenset(self._tables.prominent)
        self._agents = daachorse.DoubleArrayAhoCorasick.deserialize(self._tables.agents)
        #: The codes of what a spelling may mean; there are no more of them than spellings.
        self._codes: dict[tuple[str, ...], frozenset[str]] = {}
        self._seen: dict[tuple[int, str], tuple[frozenset[str], tuple[str, ...], bool] | None] = {}

    @functools.cached_property
    def _by_key(self) -> dict[str, Entry]:
        return {entry.key: entry for entry in self._entries}

    @functools.cached_property
    def _by_name(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self._entries:
            if entry.kind == "person":
                found.setdefault(normal(entry.name), []).append(entry)
        return found

    @functools.cached_property
    def _by_office(self) -> dict[tuple[str, str], list[Entry]]:
        found: dict[tuple[str, str], list[Entry]] = {}
        for entry in self._entries:
            if entry.kind == "person" and entry.family:
                found.setdefault((entry.code, entry.family), []).append(entry)
        return found

    def entry(self, key: str) -> Entry:
        """The entry with this key (`file:line`); raises KeyError if there is none."""
        return self._by_key[key]

    def tenures(self, name: str) -> list[Entry]:
        """All offices of the person with exactly this name."""
        return self._by_name.get(normal(name), [])

    def holders(self, code: str, office: str) -> list[Entry]:
        """All who held an office of that family ("foreign minister") in a state."""
        family = self.office_family(office)
        return self._by_office.get((code, family), []) if family else []

    def office_family(self, office: str) -> str:
        """The family of an office as the text writes it, or nothing."""
        return self._tables.offices.get(office_key(office), ("", 9))[0]

    def seat(self, office: str) -> str:
        """The code of the one state that calls an office so ("Foreign Secretary"), or nothing."""
        return self._tables.seats.get(office_key(office), "")

    def bearers(self, surname: str) -> list[Entry]:
        """All tenures of persons with this family name."""
        return [self._entries[number] for number in self._tables.surnames.get(normal(surname), ())]

    def terms(self, name: str, office: str) -> list[tuple[str, str]]:
        """From when to when persons of that name held an office of that family; unverified rows left out."""
        family = self.office_family(office)
        wanted = office_key(office)
        known = self.tenures(name) or self.bearers(name)
        return [
            (entry.start, entry.end)
            for entry in known
            if entry.start and "unverified" not in entry.note and entry.note != "seen"
            and ((family and entry.family == family) or office_key(entry.office) == wanted)
        ]  # fmt: skip

    def town(self, name: str) -> str:
        """The code of the state in which the only town of that name lies, or nothing."""
        return self._tables.towns.get(normal(name), "")

    def has_agent(self, text: str) -> bool:
        """Whether any word of the text says what people are (soldiers, ministry, protesters)."""
        return bool(self._agents.find_overlapping(f" {fold(text)} ".encode("ascii")))

    def is_ambiguous(self, word: str) -> bool:
        """Whether a name is also a common word or a given name."""
        return normal(word) in self._ambiguous

    def is_prominent(self, family: str) -> bool:
        """Whether a family name alone is enough to name its bearer at any time ("Gaddafi")."""
        return normal(family) in self._prominent

    def family_first(self, code: str) -> bool:
        """Whether the people of a state put the family name first."""
        return code in self._tables.family_first

    def find(self, text: str) -> list[NameHit]:
        """All names in a text, in order, none overlapping another; of overlapping ones the longest."""
        if not text:
            return []
        folded = f" {fold(text)} ".encode("ascii")
        shouted = text.isupper()
        whispered = text.islower()
        found = [(start, 2 - end, number) for start, end, number in self._automaton.find_overlapping(folded)]
        found.sort()
        hits: list[NameHit] = []
        last = unknown = -1
        for start, minus_end, number in found:
            end = -minus_end
            longer = False
            if start < unknown:
                continue
            if start < last:
                longer = end - start > last - hits[-1].start and hits[-1].start < start
                if not longer:
                    continue
            if text[end : end + 1] in _MONEY:
                continue
            written = text[start:end]
            meaning = self._meaning(number, written, shouted=shouted, whispered=whispered)
            if meaning is None:
                continue
            if meaning[0] == _PARTY and self._goes_on_before(text, start, last):
                unknown = end
                continue
            if meaning[2] and text[end : end + 1] == ".":
                end += 1
                written += "."
            codes = self._codes.get(meaning[1])
            if codes is None:
                codes = self._codes[meaning[1]] = frozenset(self._by_key[key].code for key in meaning[1])
            if longer:
                hits.pop()
            hits.append(NameHit(start=start, end=end, text=written, kinds=meaning[0], entries=meaning[1], codes=codes))
            last = end
        return hits

    def _goes_on_before(self, text: str, start: int, last: int) -> bool:
        """Whether a name is the end of a longer one that nobody knows ("Democratic People's Congress Party")."""
        before = _NAME_BEFORE.search(text, max(0, start - 40), start)
        if before is None or before.start(1) < last or (self.has_agent(before.group(1)) and before.group(1).isalpha()):
            return False
        words = text.split()
        headline = 2 * sum(word[:1].isupper() for word in words) > len(words)
        return not headline

    def _meaning(
        self, number: int, written: str, *, shouted: bool, whispered: bool
    ) -> tuple[frozenset[str], tuple[str, ...], bool] | None:
        """What a spelling may mean: kinds, keys, and whether a full stop belongs to it; nothing where it is no name."""
        if shouted or whispered:
            return self._weigh(number, written, shouted=shouted, whispered=whispered)
        key = (number, written)
        if key not in self._seen:
            if len(self._seen) > _REMEMBERED:
                self._seen.clear()
            self._seen[key] = self._weigh(number, written, shouted=False, whispered=False)
        return self._seen[key]

    def _weigh(
        self, number: int, written: str, *, shouted: bool, whispered: bool
    ) -> tuple[frozenset[str], tuple[str, ...], bool] | None:
        forms = self._tables.forms[number]
        if " " in written.strip() and _BREAK.search(written) and not any(form.text == written for form in forms):
            forms = [form for form in forms if _BREAK.search(form.text)]
        fitting = [form for form in forms if self._fits(form, written, shouted=shouted, whispered=whispered)]
        if not fitting:
            return None
        entries = tuple(dict.fromkeys(self._entries[form.entry].key for form in fitting))
        kinds = {self._entries[form.entry].kind for form in fitting if not form.surname}
        if any(form.surname for form in fitting):
            kinds.add("surname")
        return frozenset(kinds), entries, any(form.text.endswith(".") for form in fitting)

    def _fits(self, form: Form, written: str, *, shouted: bool, whispered: bool) -> bool:
        if form.exact:
            return written == form.text.rstrip(".") or written == form.text
        if form.surname and not shouted and written.isupper() and len(written) > 1:
            return False
        if whispered:
            # A text without any capital tells nothing by its letters: only names that are no common words count.
            return normal(form.text) not in self._ambiguous and not form.surname and len(form.text) > 3
        if written[:1].isupper() == form.text[:1].isupper():
            if " " not in written or not form.text[:1].isupper():
                return True
            # Behind a hyphen a syllable of a name may be small: "Kim Il-sung".
            theirs, ours = re.findall(r"-?\w+", written), re.findall(r"\w+", form.text)
            return len(theirs) != len(ours) or all(
                a[0] == "-" or a[0].isupper() or not b[0].isupper() or len(b) < 3
                for a, b in zip(theirs, ours, strict=True)
            )
        return not form.text[:1].isupper()


def within(hits: list[NameHit], start: int, end: int) -> list[NameHit]:
    """The hits that lie between two offsets; the list is sorted."""
    first = bisect_left(hits, start, key=lambda hit: hit.start)
    found: list[NameHit] = []
    for hit in hits[first:]:
        if hit.start >= end:
            break
        if hit.end <= end:
            found.append(hit)
    return found


def best_kind(entries: Iterable[Entry]) -> str:
    """The kind that counts most among several entries."""
    kinds = {entry.kind for entry in entries}
    return next((kind for kind in _KIND_ORDER if kind in kinds), next(iter(sorted(kinds)), ""))
