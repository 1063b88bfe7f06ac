"""Dates a document that carries no date, as a range: by office holders, anniversaries, known events, weekdays, tense.

Every piece of evidence allows some days; the range is what all of them allow. What contradicts most of the rest
(a holder named in a look back) is left out. Without evidence there is no date.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Any, Literal, NamedTuple
from weakref import WeakKeyDictionary

from dragoman.knowledge import Knowledge
from dragoman.model import DateHow, DateSpan, Document
from dragoman.resolve import almanac
from dragoman.resolve.almanac import Days
from dragoman.resolve.date_rules import YEAR, Reading
from dragoman.resolve.date_words import either
from dragoman.resolve.dates import date_words, days_of

#: From when to when someone of that name held an office of those words: ISO days, an empty end for "still".
Tenures = Callable[[str, str], list[tuple[str, str]]]

EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2100, 12, 31)
#: Blocks that speak with the voice of the document itself.
OWN = frozenset({"headline", "body", "caption", "quote", "heading"})
#: A weekday alone ("Monday's visit") is of the last seven days before publication.
WEEK = 6

_NAME = r"(?:[A-Z][\w’'-]{1,40}\s{1,9}(?:(?:al|bin|de|van|von|der|el)[\s-])?){0,2}[A-Z][\w’'-]{1,40}"


class _Evidence(NamedTuple):
    """What one piece allows: any of these times; `strong` evidence tells the year by itself."""

    allowed: tuple[Days, ...]
    strong: bool
    how: DateHow


def infer_published(document: Document, knowledge: Knowledge, offices: Tenures | None = None) -> DateSpan | None:
    """When a document was published as far as its own words tell, or its stated date; none where nothing tells.

    A page dated by itself (a part of kind "page", or a banner under the page's date) only bounds the article that it
    holds: the article may be older.
    """
    page = next((part.published for part in document.parts if part.kind == "page" and part.published), None)
    carried = document.published if document.published and document.published.how != "inferred" else None
    if carried and not (page or any(block.kind == "banner" for block in document.blocks)):
        return carried
    clues = _Clues(document, knowledge, offices or _tenures(knowledge))
    bound = days_of(carried or page)
    latest = bound.end if bound else LATEST
    evidence = clues.evidence()
    found = _agreed(evidence, latest)
    if carried and bound:
        strong = [e for e in evidence if e.strong]
        fits = any(d.start <= bound.end and d.end >= bound.start for e in strong for d in e.allowed)
        if fits or not strong:
            return carried
    if found is None:
        return None if carried is None else carried
    days, how = clues.narrowed(found, latest)
    return days.span("", how)


def _agreed(evidence: list[_Evidence], latest: dt.date) -> tuple[Days, DateHow] | None:
    """The time that most of the evidence allows (strong evidence first, the later of equals), and how it is known."""
    usable = [e for e in evidence if e.allowed]
    if not usable:
        return None
    bounds = (day for e in usable for d in e.allowed for day in (d.start, almanac.shifted(d.end, 1)))
    edges = sorted({day for day in bounds if day <= latest})
    best: tuple[int, dt.date] | None = None
    for day in edges:
        score = sum((100 if e.strong else 1) for e in usable if any(d.start <= day <= d.end for d in e.allowed))
        if score and (best is None or (score, day) > best):
            best = (score, day)
    if best is None:
        return None
    kept = [(e, d) for e in usable for d in e.allowed if d.start <= best[1] <= d.end]
    start = max(d.start for _, d in kept)
    end = min(latest, *(d.end for _, d in kept))
    if (end - start).days > 366 * 40:
        return None  # a monarch of sixty years dates nothing
    how: DateHow = "inferred" if any(e.strong for e, _ in kept) else "office"
    return Days(start, end, "range"), how


class _Clues:
    """Finds in a document's own words what tells its time."""

    def __init__(self, document: Document, knowledge: Knowledge, tenures: Tenures) -> None:
        self.words = date_words(knowledge)
        self.table = _known_events(knowledge)
        self.tenures = tenures
        own = [block for block in document.blocks if block.kind in OWN] if document.blocks else []
        parts = [p for p in document.parts if p.kind != "page" and p.end > p.start]
        text = "\n\n".join(document.text[b.start : b.end] for b in own) if own else document.text
        if not own and parts:
            text = text[: min(p.start for p in parts)]
        self.text = text[:60_000]

    def evidence(self) -> list[_Evidence]:
        """All that allows or rules out a time."""
        return [*self.holders(), *self.anniversaries(), *self.counted(), *self.known_events()]

    def holders(self) -> Iterable[_Evidence]:
        """Persons named with an office: the text is of their tenure, or they would be called former."""
        titles = either(self.table["titles"])
        free = re.compile(rf"(?i)\b{either(self.table['not_in_office'])}[\s-]+(?:[\w-]+\s+)?$")
        forms = (
            re.compile(rf"\b(?P<office>{titles}),?\s+(?:(?:Mr|Mrs|Ms|Dr|Sir|Lord)\.?\s+)?(?P<name>{_NAME})"),
            re.compile(
                rf"\b(?P<name>{_NAME}),\s+(?:the\s+)?(?:[\w’'-]+\s+){{0,3}}(?P<office>(?i:{titles}))\b(?!\s+[A-Z])"
            ),
        )
        seen: dict[tuple[str, str], _Evidence] = {}
        for form in forms:
            for match in form.finditer(self.text):
                before = self.text[max(0, match.start() - 30) : match.start()]
                key = (match["name"], match["office"].lower())
                if key in seen or free.search(before) or re.search(rf"\b{YEAR}\b", self._sentence(match.start())):
                    continue
                held = self._held(match["name"], match["office"])
                if held:
                    seen[key] = _Evidence(held, strong=False, how="office")
        return seen.values()

    def _held(self, name: str, office: str) -> tuple[Days, ...]:
        words = name.replace("’s", "").replace("'s", "").split()
        # A name may have caught a capital too many ("Cameron Moscow"): try it shorter.
        for size in range(len(words), 0, -1):
            held = self.tenures(" ".join(words[:size]), office)
            if held:
                spans = (_span(start, end) for start, end in held)
                return tuple(span for span in spans if span)
        return ()

    def anniversaries(self) -> Iterable[_Evidence]:
        """Reads "this year marks the 70th anniversary …" with the first year told near it."""
        cue = re.compile(rf"(?i)\b{either(self.table['anniversary_cues'])}\b")
        for match in re.finditer(r"\b(\d{1,3})(?:st|nd|rd|th)\s+(?:\w+\s+)?anniversary\b", self.text):
            sentence = self._sentence(match.start())
            if cue.search(sentence):
                near = self._year_near(match.end(), 260)
                if near:
                    yield _year(near + int(match[1]))

    def counted(self) -> Iterable[_Evidence]:
        """Reads "twenty years ago, in June 2001, …": a count that the date after it explains."""
        for match in re.finditer(
            rf"(?i)\b(?P<n>{self.words.numbers})\s+years\s+ago,?\s+(?:on|in)\s+(?P<date>[\w ,]{{0,24}}?)(?P<y>{YEAR})",
            self.text,
        ):
            try:
                low, high = self.words.count(match["n"])
            except KeyError:
                continue
            if low == high:
                yield _year(int(match["y"]) + low)

    def known_events(self) -> Iterable[_Evidence]:
        """Reads "the London Olympics last year": an event whose year is known, with a count of years."""
        shift: dict[str, int] = self.table["relative_years"]
        for event in self.table["events"]:
            names = either(event["names"])
            for match in re.finditer(
                rf"{names}(?:\s+\w+)?,?\s+(?P<a>{either(shift)})\b|\b(?P<b>last|this|next)\s+year['’]s\s+(?:\w+\s+)?{names}",
                self.text,
            ):
                words = (match["a"] or f"{match['b']} year").lower()
                yield _year(event["year"] + shift[words])

    def narrowed(self, found: tuple[Days, DateHow], latest: dt.date) -> tuple[Days, DateHow]:
        """The range cut by weekdays with dates and, inside one year, by what is told as past and as to come."""
        days, how = found
        reading = Reading(self.text, (0, len(self.text)), None, self.words, "")
        dated = list(self._month_days(reading))
        exact = self._weekday_with_date(days, dated)
        if exact:
            end = min(almanac.shifted(exact, WEEK), latest)
            return Days(exact, end, "range" if end > exact else "day"), "inferred"
        lower, upper = days.start, days.end
        for year, when in self._stated_past(reading):
            if days.start <= when <= days.end and year:
                lower = max(lower, when)
        if lower.year == upper.year:
            for direction, start, stop in self._yearless(reading, lower.year):
                if direction == "past" and lower <= start <= upper:
                    lower, how = start, "inferred"
                elif direction == "future" and lower <= almanac.shifted(stop, -1) <= upper:
                    upper, how = almanac.shifted(stop, -1), "inferred"
        if lower > upper:
            return days, how
        whole = Days(lower, upper, "range")
        return (whole._replace(precision="year") if whole[:2] == almanac.year_of(lower.year)[:2] else whole), how

    def _month_days(self, reading: Reading) -> Iterable[tuple[int, int, int | None]]:
        """Days of the year that the text tells without a year: month, day, weekday where it stands with them."""
        words = self.words
        day = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\w:%]|\.\d)"
        pattern = re.compile(
            rf"(?:\b(?P<w>{words.weekdays}),?\s+(?:the\s+)?)?\b(?:(?P<m>{words.months})\s(?P<d>{day})|(?P<d2>{day})\s(?:of\s)?(?P<m2>{words.months}))"
            rf"(?!,?\s+{YEAR})"
        )
        for match in pattern.finditer(reading.text):
            month = words.month[(match["m"] or match["m2"]).lower().rstrip(".")]
            weekday = words.weekday[match["w"].lower().rstrip(".,")] if match["w"] else None
            yield month, int(re.sub(r"\D", "", match["d"] or match["d2"])), weekday

    def _weekday_with_date(self, days: Days, dated: list[tuple[int, int, int | None]]) -> dt.date | None:
        """The one day in the range on which a told day of the year is the told weekday."""
        pairs = {(month, day, weekday) for month, day, weekday in dated if weekday is not None}
        if not pairs:
            named = set(re.findall(rf"\b({self.words.full_weekdays})\b", self.text))
            if len(named) == 1 and len({d[:2] for d in dated}) == 1:
                pairs = {(dated[0][0], dated[0][1], self.words.weekday[named.pop().lower()])}
        matching: list[dt.date] = []
        for month, day, weekday in pairs:
            for year in range(days.start.year, days.end.year + 1):
                when = almanac.day_of(year, month, day)
                if when and when.start.weekday() == weekday and days.start <= when.start <= days.end:
                    matching.append(when.start)
        years = {when.year for when in matching}
        return max(matching) if len(years) == 1 else None

    def _stated_past(self, reading: Reading) -> Iterable[tuple[int, dt.date]]:
        """Months and years told as past: the text is no older."""
        for match in re.finditer(rf"\b(?:(?P<m>{self.words.months})\s+(?:\d\d?,\s+)?|in\s+)(?P<y>{YEAR})\b", self.text):
            if reading.direction(match.start(), match.end()) != "future":
                month = self.words.month[match["m"].lower().rstrip(".")] if match["m"] else 1
                yield int(match["y"]), dt.date(int(match["y"]), month, 1)

    def _yearless(self, reading: Reading, year: int) -> Iterable[tuple[str, dt.date, dt.date]]:
        """Months and days told without a year, put into a given one: past or future, first day, last day."""
        pattern = rf"\b(?:in|on|by)\s+(?P<m>{self.words.months})(?:\s+(?P<d>\d\d?)\b)?(?!,?\s+{YEAR})"
        for match in re.finditer(pattern, self.text):
            month = self.words.month[match["m"].lower().rstrip(".")]
            whole = almanac.month_of(year, month)
            when = almanac.day_of(year, month, int(match["d"])) if match["d"] else whole
            if when:
                yield reading.direction(match.start(), match.end()), when.start, when.start if match["d"] else when.end

    def _sentence(self, at: int) -> str:
        start = max(self.text.rfind(mark, 0, at) for mark in (". ", "\n", "? ", "! "))
        ends = [end for mark in (". ", "\n", "? ", "! ") if (end := self.text.find(mark, at)) > 0]
        return self.text[start + 1 : min(ends, default=len(self.text))]

    def _year_near(self, at: int, size: int) -> int | None:
        after = re.search(rf"\b{YEAR}\b", self.text[at : at + size])
        before = re.findall(rf"\b{YEAR}\b", self.text[max(0, at - size) : at])
        return int(after[0]) if after else int(before[-1]) if before else None


def _year(number: int) -> _Evidence:
    return _Evidence((almanac.year_of(number),) if 1500 < number < 2150 else (), strong=True, how="inferred")


def _span(start: str, end: str) -> Days | None:
    """The days of a tenure; a year or month alone is taken whole."""
    first, last = _iso(start, 0), _iso(end, 1)
    return Days(first or EARLIEST, last or LATEST, "range") if start or end else None


def _iso(text: str, side: Literal[0, 1]) -> dt.date | None:
    try:
        numbers = [int(part) for part in text.split("-")]
        if len(numbers) == 1:
            return almanac.year_of(numbers[0])[side]
        if len(numbers) == 2:
            return almanac.month_of(numbers[0], numbers[1])[side]
        return dt.date(*numbers)
    except (ValueError, TypeError):
        return None


class TenureTable:
    """Who held which office from when to when, from the person rows of `actors/*.csv`; loaded when first asked."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._held: dict[str, list[tuple[str, str, str]]] | None = None

    def __call__(self, name: str, office_words: str) -> list[tuple[str, str]]:
        """The tenures of everyone of that name (or surname) in an office of those words; empty where none is known."""
        if self._held is None:
            self._held = self._load()
        wanted = _office(office_words)
        return [(start, end) for office, start, end in self._held.get(_plain(name), ()) if _office(office) == wanted]

    def _load(self) -> dict[str, list[tuple[str, str, str]]]:
        held: dict[str, list[tuple[str, str, str]]] = {}
        named = {path.name for path in self._knowledge.files("actors/*.csv") if ",person," in path.read_text("utf-8")}
        for row in (row for name in sorted(named) for row in self._knowledge.rows(f"actors/{name}")):
            if row.get("kind") != "person" or not row.get("office") or not row.get("from"):
                continue
            if row.get("note", "").startswith(("unverified", "seen")):
                continue  # known, but not from when to when well enough to date a text by it
            tenure = (row["office"], row["from"], row.get("to", ""))
            names = {row["name"], *(name.lstrip("=~") for name in row.get("aliases", "").split("|"))}
            for name in {key for full in names if full for key in (_plain(full), _plain(full).split()[-1])}:
                held.setdefault(name, []).append(tenure)
        return held


_TABLES: WeakKeyDictionary[Knowledge, TenureTable] = WeakKeyDictionary()
_EVENTS: WeakKeyDictionary[Knowledge, dict[str, Any]] = WeakKeyDictionary()


def _known_events(knowledge: Knowledge) -> dict[str, Any]:
    """The table of what tells a time, read once; reading it anew took 8 ms a document."""
    found = _EVENTS.get(knowledge)
    if found is None:
        found = _EVENTS[knowledge] = knowledge.tree("patterns/en/dated_events.yaml")
    return found


def _tenures(knowledge: Knowledge) -> TenureTable:
    """The table of a knowledge, made once."""
    found = _TABLES.get(knowledge)
    if found is None:
        found = _TABLES[knowledge] = TenureTable(knowledge)
    return found


def _plain(name: str) -> str:
    return " ".join(name.lower().replace("’", "'").split()) or "?"


def _office(words: str) -> str:
    """An office in one spelling: "Defense Secretary" and "Secretary of Defense" are two names of one."""
    plain = " ".join(words.lower().replace("defense", "defence").replace("-", " ").split())
    match = re.fullmatch(r"(secretary|minister) of (?:the )?(\w+)(?: affairs)?", plain)
    plain = f"{match[2]} {match[1]}" if match else plain
    return plain.replace("affairs minister", "minister")
