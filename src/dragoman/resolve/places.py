"""Says where a phrase lies: cities, regions, waters, buildings and states, with country and coordinates where known.

A name that several places bear goes to the one that its own words, the states named in the document and the hints of
the files speak for; where nothing does, to the well-known one; between small cities of several states, to none.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from typing import NamedTuple

from dragoman.knowledge import Knowledge
from dragoman.model import Document, Place
from dragoman.resolve.gazetteer import EXACT, Site, gazetteer

#: What a place brings along before the document is asked: its own fame against that of namesakes.
FAME = {"state": 9, "capital": 8, "area": 8, "water": 7, "building": 7, "region": 6, "city": 6, "town": 0}
#: A name of more words than this is none that the files hold.
LONGEST = 7

_TOKEN = re.compile(r"[^\W_](?:[\w.'’-]*\w)?\.?(?<!['’])")
_POSSESSIVE = re.compile(r"['’]s$")
_BEFORE = re.compile(r"([\w.'’-]+)[ \u00a0]$")
_AFTER = re.compile(r"[ \u00a0]([\w'’-]+)")
_OPENING = re.compile(r"(?:^|[.!?:;\"“”\n]\s*)$")
_TOLD = re.compile(r"(?P<comma>,)?\s+(?:in\s+)?(?P<name>[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,3})")
_PREPOSITION = re.compile(
    r"\b(?:in|at|near|from|to|outside|around|of|visit(?:s|ed|ing)?|town|city|village)\s+(?:the\s+)?$"
)

_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[\"“‘(]?[A-Z])|\n+")
#: "There" reaches back so many characters at most.
_BACK = 400

_UNKNOWN = re.compile(r"[A-Z][\w'’-]+(?:[ -](?:[A-Z][\w'’-]*|al|el|de|of|la|le|du|es))*")
_STATE_AFTER = re.compile(
    r", (?P<name>[A-Z][\w'’-]+(?:\.[A-Z]\.)?(?: (?:and |of |the )?[A-Z][\w'’-]+){0,3})"
    r"(?=[.,;:)\n]|\Z| (?:on|in|at|after|before|during|when|where|while|as|for|by|with|killing|that|which)\b)"
)


class _Told(NamedTuple):
    """What stands after a name: the words, and the states that they name or lie in."""

    words: frozenset[str]
    codes: frozenset[str]


class DocumentPlaces:
    """The places of one document; what it names elsewhere decides between namesakes."""

    def __init__(self, knowledge: Knowledge, document: Document) -> None:
        self._document = document
        self._sites = gazetteer(knowledge)

    def place(self, start: int, end: int) -> Place | None:
        """The place that the words between two offsets of the text name, with country and coordinates, or none."""
        text = self._document.text[start:end]
        tokens = [(m.start(), m.end()) for m in _TOKEN.finditer(text)][:40]
        best: tuple[int, int, Site, str] | None = None
        index = 0
        while index < len(tokens):
            size, site = self._at(text, tokens, index, start)
            if site:
                words = _POSSESSIVE.sub("", text[tokens[index][0] : tokens[index + size - 1][1]])
                rank = (EXACT[site.kind], index)
                if best is None or rank < best[:2]:
                    best = (*rank, site, words)
            index += size
        if best is None:
            return self._described(text) or self._located(text, start, end)
        site = best[2]
        return Place(text=text.strip(), name=site.name, country=site.code, lat=site.lat, lon=site.lon)

    def there(self, offset: int) -> Place | None:
        """The place that "there" at an offset points back to: the closest one named in the sentences before."""
        text = self._document.text
        first = max(0, offset - _BACK)
        ends = list(_SENTENCE_END.finditer(text, first, offset))
        starts = [first, *(m.end() for m in ends)]
        for start, end in reversed(list(zip(starts, [*(m.start() for m in ends), offset], strict=True))):
            place = self.place(start, end)
            if place is not None:
                return place
        return None

    def _at(self, text: str, tokens: list[tuple[int, int]], index: int, start: int) -> tuple[int, Site | None]:
        """The longest name that begins at a token: how many tokens it has, and which place it means here."""
        first = text[tokens[index][0] : tokens[index][1]]
        lower = first[:1].islower()
        for size in range(min(LONGEST, len(tokens) - index), 0, -1):
            if lower and size == 1:
                break
            begin, stop = tokens[index][0], tokens[index + size - 1][1]
            name = _POSSESSIVE.sub("", " ".join(text[begin:stop].split()))
            found = self._named(name) or self._named(name.rstrip("."))
            if not found:
                continue
            if size == 1 and self._of_a_person(start + begin, start + begin + len(name), name):
                return 1, None
            chosen = self._chosen(name, found, start + begin, start + stop)
            if chosen:
                return size, chosen
        return 1, None

    def _named(self, name: str) -> list[Site]:
        sites = self._sites.sites.get(name)
        if sites is None and name.isupper() and len(name) > 3:
            sites = self._sites.sites.get(name.title())
        return self._sites.towns.get(name, []) if sites is None else sites

    def _of_a_person(self, begin: int, end: int, name: str) -> bool:
        """Whether the words round a name make it part of another ("Michael Jordan", "the Washington Post")."""
        text, words = self._document.text, self._sites.words
        before = _BEFORE.search(text[max(0, begin - 30) : begin])
        if before and before[1][:1].isupper():
            word, plain = before[1], before[1].lower().rstrip(".")
            if plain in words["titles"]:
                return True
            place = word in self._sites.peoples or plain in words["before"] or _POSSESSIVE.search(word)
            stop = begin - len(before[0])
            # A capital that opens a sentence says nothing, unless the place shares its name with people.
            opening = _OPENING.search(text[max(0, stop - 4) : stop]) and name.lower() not in words["people"]
            if not (word.isupper() or place or opening or word in self._sites.sites):
                return True
        after = _AFTER.match(text[end : end + 30])
        if after and after[1][:1].isupper():
            word = _POSSESSIVE.sub("", after[1])
            return not (word.lower() in words["after"] or word in self._sites.sites or word in self._sites.peoples)
        return False

    def _told(self, end: int) -> _Told:
        """The words after a name that say where it lies ("Moscow, Idaho", "Tripoli in Lebanon")."""
        match = _TOLD.match(self._document.text[end : end + 60])
        if not match:
            return _Told(frozenset(), frozenset())
        words = match["name"].split()
        follows = frozenset(" ".join(words[:size]).rstrip(".,") for size in range(1, 5))
        sites = [s for word in follows for s in self._sites.sites.get(word, ())]
        if not sites and match["comma"]:
            sites = [s for word in follows for s in self._sites.towns.get(word, ()) if s.kind == "region"]
        return _Told(follows, frozenset(site.code for site in sites if site.kind in {"state", "region"}))

    def _chosen(self, name: str, found: list[Site], begin: int, end: int) -> Site | None:
        """Which of the places of one name is meant: by what is told after it, the document's states, hints, fame."""
        told = self._told(end)
        small = all(site.kind == "town" for site in found)
        if small:
            found = self._likely_towns(name, found, begin, told)
        elif told.codes and found[0].kind in {"city", "capital"} and not any(s.code in told.codes for s in found):
            # A famous name with another state told after it is some small namesake.
            near = [s for s in self._sites.towns.get(name, ()) if s.code in told.codes]
            found = [s for s in near if s.within in told.words] or near or found
        elif told.codes and found[0].kind == "state" and not any(s.code in told.codes for s in found):
            found = [s for s in self._sites.towns.get(name, ()) if s.within and s.within in told.words] or found
        scored = sorted(((self._score(s, told), -order, s) for order, s in enumerate(found)), reverse=True)
        if not scored:
            return None
        tied = len(scored) > 1 and scored[0][0] == scored[1][0] and scored[0][2].code != scored[1][2].code
        return None if small and tied else scored[0][2]

    def _likely_towns(self, name: str, found: list[Site], begin: int, told: _Told) -> list[Site]:
        """The small cities that can be meant: of states that the document speaks of, or after a preposition."""
        if name.lower() in self._sites.words["names"] and not told.codes:
            return []
        home = self._document.source.country
        spoken = [s for s in found if s.code in told.codes or s.within in told.words or self._spoken[s.code]]
        spoken = spoken or [s for s in found if s.code == home]
        if spoken or _PREPOSITION.search(self._document.text[max(0, begin - 16) : begin]):
            return spoken or found
        return []

    def _score(self, site: Site, told: _Told) -> float:
        spoken = self._spoken[site.code] - (1 if site.kind == "state" else 0)
        score = (
            float(FAME[site.kind]) + min(max(spoken, 0), 4) + (2 if site.code == self._document.source.country else 0)
        )
        if site.code and (site.code in told.codes or (site.within and site.within in told.words)):
            score += 20
        return score + 5 * sum(hint in self._document.text for hint in site.hints)

    def _described(self, text: str) -> Place | None:
        """Reads "the Russian capital" as the seat of that state and "an Indian village" as a place in that state."""
        words = text.split()
        for before, word in itertools.pairwise(words):
            plain = word.strip(".,").lower()
            code = self._sites.peoples.get(_POSSESSIVE.sub("", before))
            if code is None or plain not in self._sites.words["capital"] | self._sites.words["grounds"]:
                continue
            capital = plain in self._sites.words["capital"]
            site = self._sites.capitals.get(code) if capital else self._sites.states.get(code)
            if site:
                return Place(text=text.strip(), name=site.name, country=site.code, lat=site.lat, lon=site.lon)
        return None

    def _located(self, text: str, start: int, end: int) -> Place | None:
        """A name that no file holds, with the state told after it ("in Bududa, Uganda"): its state is known."""
        name = text.strip().removeprefix("the ")
        whole = self._document.text
        if name in self._sites.peoples or name.split(" ")[0].lower() in self._sites.words["never"]:
            return None
        if not _UNKNOWN.fullmatch(name) or not _PREPOSITION.search(whole[max(0, start - 16) : start]):
            return None
        for told in _STATE_AFTER.finditer(whole[end : end + 80]):
            site = next((s for s in self._sites.sites.get(told["name"].rstrip("."), ()) if s.kind == "state"), None)
            if site:
                return Place(text=text.strip(), name=name, country=site.code)
        return None

    @functools.cached_property
    def _spoken(self) -> Counter[str]:
        """How often the document names each state, its people, its capital or a known city of it."""
        counts: Counter[str] = Counter()
        for word in re.findall(r"\b[A-Z][\w-]+(?: [A-Z][\w-]+)?", self._document.text[:40_000]):
            for part in {word, word.split()[0], word.split()[-1]}:
                code = self._sites.peoples.get(part)
                if code is None:
                    sites = self._sites.sites.get(part, ())
                    code = sites[0].code if len(sites) == 1 else None
                if code:
                    counts[code] += 1
        return counts
