"""Finds the date words of a document and says which days they mean, against the document's own date and the tense.

Rules of our own find the phrase and count the days; nothing is guessed: a phrase that cannot be placed gives nothing.
The work is per passage and in any order, and a gate of words lets most passages pass untouched.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from weakref import WeakKeyDictionary

from dragoman.knowledge import Knowledge
from dragoman.model import DateSpan, Document
from dragoman.resolve import date_rules, period_rules
from dragoman.resolve.almanac import Days, hull, one, shifted
from dragoman.resolve.date_rules import Found, Reading, Rule
from dragoman.resolve.date_words import DateWords

#: How far back a neighbour may stand that dates "the same day".
NEIGHBOUR = 600
#: A passage longer than this is read in its first part only: no sentence is so long, and time must stay bounded.
LONGEST = 4000

_BETWEEN = re.compile(r"(?i)\bbetween\s+(?:the\s+)?$")
_FROM = re.compile(r"(?i)\bfrom\s+(?:the\s+)?$")
_SINCE = re.compile(r"(?i)\b(?:ever\s+)?since\s+(?:the\s+)?$")
_JOIN = re.compile(r"(?i)\s*(?:(?P<dash>[-–—])|to|until|till|through|up\s+to)\s*(?:the\s+)?\Z")

_LISTED = re.compile(r",\s|,?\s(?:and|or)\s(?:on\s)?")
_SAME = re.compile(r"\s?,?\s(?:(?:on|in)\s)?(?:the\s)?|,\s")


class _Grammar:
    """The compiled words and rules of one knowledge."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.words = DateWords(knowledge)
        self.rules: tuple[Rule, ...] = (*date_rules.rules(self.words), *period_rules.rules(self.words))


_GRAMMARS: WeakKeyDictionary[Knowledge, _Grammar] = WeakKeyDictionary()


def _grammar(knowledge: Knowledge) -> _Grammar:
    found = _GRAMMARS.get(knowledge)
    if found is None:
        found = _GRAMMARS[knowledge] = _Grammar(knowledge)
    return found


def date_words(knowledge: Knowledge) -> DateWords:
    """The words of dates of a knowledge, compiled once."""
    return _grammar(knowledge).words


def days_of(span: DateSpan | None) -> Days | None:
    """A date of a shape as days; none where it is none or no date."""
    if span is None:
        return None
    try:
        return Days(dt.date.fromisoformat(span.start), dt.date.fromisoformat(span.end or span.start), span.precision)
    except ValueError:
        return None


class DocumentDates:
    """The dates of one document; `published` is when it (not the page round it) was published, or none.

    A `part` is read against its own date, a `banner` against that of the page (`document.published`).
    """

    def __init__(self, document: Document, knowledge: Knowledge, published: DateSpan | None) -> None:
        self._document, self._published = document, published
        self._grammar = _grammar(knowledge)
        page = next((part.published for part in document.parts if part.kind == "page" and part.published), None)
        self._page = page or document.published or published
        dated = [(b.start, b.end, self._page) for b in document.blocks if b.kind == "banner"]
        dated += [
            (p.start, p.end, p.published or published) for p in document.parts if p.kind != "page" and p.end > p.start
        ]
        self._stretches = sorted(dated, key=lambda stretch: stretch[:2])
        self._starts = [stretch[0] for stretch in self._stretches]
        self._here = 0

    def published_at(self, offset: int) -> DateSpan | None:
        """The date of the part, page or document in which an offset of the text lies."""
        index = bisect_right(self._starts, offset) - 1
        if index >= 0 and self._stretches[index][0] <= offset < self._stretches[index][1]:
            return self._stretches[index][2]
        return self._published

    def fallback_at(self, offset: int) -> DateSpan | None:
        """The date that an event there takes when its own words give none; `how` says so."""
        published = self.published_at(offset)
        if published is None:
            return None
        how = published.how if published.how in {"office", "inferred"} else "document"
        return DateSpan(start=published.start, end=published.end, precision=published.precision, text="", how=how)

    @property
    def fallback(self) -> DateSpan | None:
        """The date of the document, or of the part that `dates` was last asked about."""
        return self.fallback_at(self._here)

    def dates(self, start: int, end: int) -> list[tuple[int, int, DateSpan]]:
        """All date phrases between two offsets of the text: start, end and which days they mean, in order."""
        self._here = start
        return [
            (f.start, f.end, f.days.span(self._document.text[f.start : f.end], f.how)) for f in self._found(start, end)
        ]

    def _found(self, start: int, end: int, *, anchored: bool = True) -> list[Found]:
        end = min(end, start + LONGEST, len(self._document.text))
        text, grammar = self._document.text, self._grammar
        classes = {match.lastgroup for match in grammar.words.gate.finditer(text, start, end)}
        if not classes:
            return []
        reading = Reading(
            text, (start, end), days_of(self.published_at(start)), grammar.words, self._document.source.country
        )
        found: list[Found] = []
        if anchored:
            reading.anchor = lambda at: self._anchor(start, at, end)
        lower = text[start:end].lower()
        for rule in grammar.rules:
            if rule.needs.isdisjoint(classes) or (rule.signs and not any(sign in lower for sign in rule.signs)):
                continue
            if not anchored and rule.read is period_rules.neighbour:
                continue
            for match in rule.pattern.finditer(text, start, end):
                if any(
                    match.start() < f.end and match.end() > f.start
                    for f in found
                    if f.end - f.start >= match.end() - match.start()
                ):
                    continue
                try:
                    days, how = rule.read(match, reading)
                except (KeyError, ValueError, OverflowError):
                    continue  # a number or day that no calendar has
                if days is not None:
                    found.append(Found(match.start(), match.end(), days, how))
        return self._joined(_longest(found), reading)

    def _anchor(self, start: int, at: int, end: int) -> Days | None:
        """The last date told before an offset, in its passage or else shortly before it."""
        del end
        near = [f for f in self._found(max(start, at - NEIGHBOUR), at, anchored=False) if f.end <= at]
        if not near:
            text = self._document.text
            first = max(0, start - NEIGHBOUR)
            first = max(first, text.rfind("\n", 0, first) + 1)
            near = [f for f in self._found(first, start, anchored=False) if f.end <= start]
        short = [f for f in near if (f.days.end - f.days.start).days < 366 * 2]
        return short[-1].days if short else None

    def _joined(self, found: list[Found], reading: Reading) -> list[Found]:
        """Ranges told in two phrases ("from 2002 to 2009"), eves of a date, and what lasts since one."""
        text, joined = self._document.text, list[Found]()
        for item in found:
            last = joined[-1] if joined else None
            if last and last.end < item.start and item.start - last.end < 12:
                middle, before = (
                    text[last.end : item.start],
                    text[max(reading.start, last.start - 14) : last.start],
                )
                join = _JOIN.match(middle)
                ranged = join and (join["dash"] or _FROM.search(before) or middle.strip() != "to")
                if (
                    ranged or (middle.strip() == "and" and _BETWEEN.search(before))
                ) and last.days.start <= item.days.end:
                    whole = Days(last.days.start, item.days.end, "range")
                    joined[-1] = Found(last.start, item.end, whole, item.how if item.how == last.how else "relative")
                    continue
            if (
                last
                and _LISTED.fullmatch(text, last.end, item.start)
                and item.days.start == shifted(last.days.end, 1)
                and (item.days.precision == "year" or text[item.start : item.end].lower() in self._grammar.words.day)
            ):
                # "In 2014, 2015 and 2016", "today and tomorrow": one time, told piece by piece.
                whole = Days(last.days.start, item.days.end, "range")
                joined[-1] = Found(last.start, item.end, whole, item.how if item.how == last.how else "relative")
                continue
            if last and _SAME.fullmatch(text, last.end, item.start):
                # "Thirty years ago, on 18 December 1989": one time told twice, and the narrower counts.
                inner, outer = sorted((last, item), key=lambda f: f.days.end - f.days.start)
                if outer.days.start <= inner.days.start and inner.days.end <= outer.days.end and inner is not outer:
                    joined[-1] = Found(last.start, item.end, inner.days, inner.how)
                    continue
            if (
                last
                and text[last.start : last.end].lower().endswith("eve of")
                and text[last.end : item.start].strip() in {"", "the"}
            ):
                joined[-1] = Found(last.start, item.end, one(shifted(item.days.start, -1)), "relative")
                continue
            joined.append(item)
        return [self._since(item, reading) for item in joined]

    def _since(self, item: Found, reading: Reading) -> Found:
        """What lasts "since 2004" runs from then to the document's day; the phrase then begins at "since"."""
        before = _SINCE.search(self._document.text[max(reading.start, item.start - 16) : item.start])
        if not before or reading.base is None or item.days.start > reading.base.end:
            return item
        start = item.start - len(before.group(0)) if item.start - reading.start >= len(before.group(0)) else item.start
        if self._document.text[item.start : item.end].lower().startswith("since"):
            start = item.start
        return Found(
            start,
            item.end,
            hull(Days(item.days.start, item.days.start, "range"), reading.base)._replace(precision="range"),
            item.how,
        )


def _longest(found: list[Found]) -> list[Found]:
    """The longest of overlapping phrases, in the order of the text."""
    kept: list[Found] = []
    for item in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        if all(item.end <= other.start or item.start >= other.end for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda f: f.start)
