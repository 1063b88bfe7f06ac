"""The rules that find one date phrase and say which days it means; each is a pattern and a reading of its groups."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from dragoman.model import DateHow
from dragoman.resolve import almanac
from dragoman.resolve.almanac import Days, Direction
from dragoman.resolve.date_words import DateWords, either

YEAR = r"(?:1[5-9]\d\d|20\d\d|21\d\d)(?!\d)"
DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\w:%]|[.,]\d)"
#: How far from a date its clause may have the verb that tells the tense.
CLAUSE = 160
JOIN = r"(?:\s?[-–—/]\s?|\s(?:to|and|through|until|till|or)\s)(?:the\s)?"
LIST = rf"(?:,\s?{DAY})*(?:,?{JOIN}"


_PASSIVE = re.compile(r"\bbe\s+(?:\w+ly\s+)?$")


class Reading:
    """One stretch of a text that is being read for dates: the words, the day to count from, tense and neighbours."""

    def __init__(self, text: str, within: tuple[int, int], base: Days | None, words: DateWords, country: str) -> None:
        self.text, self.base, self.words, self.country = text, base, words, country
        self.start, self.end = within
        self.anchor: Callable[[int], Days | None] = lambda _: None

    def direction(self, start: int, end: int) -> Direction:
        """Whether the clause round a phrase tells of past or future: by the nearest cue before it, else after it."""
        left = self.text[max(self.start, start - CLAUSE) : start]
        cut = max(left.rfind(mark) for mark in (";", ":", "“", '"', "(", ". "))
        if self.words.lead.search(left):  # "a vote for 1 November"; but "had left by the end of April"
            return "past" if self.words.perfect.search(left[cut + 1 :]) else "future"
        cues = list(self.words.cue.finditer(left[cut + 1 :]))
        for cue in reversed(cues):
            # "will be held": a participle after "be" has the tense of what stands before it.
            if not _PASSIVE.search(left[cut + 1 :], 0, cue.start()):
                return "future" if cue.lastgroup == "future" else "past"
        # A date in front of its clause takes the tense of the first verb after it.
        right = self.words.cue.search(self.text, end, min(self.end, end + CLAUSE))
        return "" if right is None else "future" if right.lastgroup == "future" else "past"

    def relative(self, meaning: Callable[[dt.date], Days | None]) -> Days | None:
        """A time counted from the document's day; where that is a range, the shortest time that holds all readings."""
        if self.base is None:
            return None
        first = meaning(self.base.start)
        last = first if self.base.start == self.base.end else meaning(self.base.end)
        return almanac.hull(first, last) if first and last else None

    def before(self, at: int, size: int = 24) -> list[str]:
        """The words before an offset, in lower case, nearest first."""
        return re.findall(r"[\w'’.#№$€£-]+", self.text[max(self.start, at - size) : at].lower())[::-1]

    def after(self, at: int, size: int = 24) -> str:
        """The text after an offset, in lower case, without the blanks before it."""
        return self.text[at : min(self.end, at + size)].lower().lstrip(" \u00a0-")


class Found(NamedTuple):
    """A date phrase: where it stands, which days it means, how that is known."""

    start: int
    end: int
    days: Days
    how: DateHow


Handler = Callable[[re.Match[str], Reading], tuple[Days | None, DateHow]]


class Rule(NamedTuple):
    """A pattern, its reading, and what it needs: one of the classes of the gate, one of the `signs` in the passage."""

    needs: frozenset[str]
    pattern: re.Pattern[str]
    read: Handler
    signs: tuple[str, ...] = ()


NOTHING: tuple[None, DateHow] = (None, "stated")


def whole_month(number: int) -> Callable[[int], Days]:
    """The month of that number in any year."""
    return lambda year: almanac.month_of(year, number)


def day_number(words: str) -> int:
    """The number of "14th"."""
    return int(re.sub(r"\D", "", words))


def year_word(words: str, base: int) -> int | None:
    """The year that "last year" and the like mean in a text of the year `base`."""
    first = words.lower().split()[0]
    return {"last": base - 1, "this": base, "next": base + 1}.get(first)


def listed(text: str, words: frozenset[str]) -> bool:
    """Whether a text begins with one of the words or phrases."""
    return any(text.startswith(word) and not text[len(word) : len(word) + 1].isalpha() for word in words)


def month_day(m: re.Match[str], r: Reading) -> tuple[Days | None, DateHow]:
    """Days of a month: "14–15 June 2016", "Monday, September 12", "28 June – 2 July", "May 21 this year"."""
    group = m.groupdict()
    month = r.words.month[group["m"].lower().rstrip(".")]
    month2 = r.words.month[group["m2"].lower().rstrip(".")] if group.get("m2") else month
    first = day_number(group["d"])
    last = day_number(group["d2"]) if group["d2"] else first

    def within(year: int) -> Days | None:
        start, end = almanac.day_of(year, month, first), almanac.day_of(year + (month2 < month), month2, last)
        return almanac.hull(start, end) if start and end and start.start <= end.end else None

    if group.get("y"):
        return within(int(group["y"])), "stated"
    if group.get("yy"):
        return within(2000 + int(group["yy"]) - (100 if int(group["yy"]) > 50 else 0)), "stated"
    if (
        listed(r.after(m.end()), r.words.sets["year_not_after"])
        and not group.get("w")
        and m.re.pattern.endswith("(?#md)")
    ):
        return almanac.year_near(r.base.start, whole_month(month), "") if r.base else None, "relative"
    if group.get("ry"):
        return r.relative(lambda day: within(year_word(group["ry"], day.year) or day.year)), "relative"
    if group.get("w"):  # the weekday tells which year is meant
        weekday = r.words.weekday[group["w"].lower().rstrip(".,")]

        def matching(year: int) -> Days | None:
            days = within(year)
            return days if days and days.start.weekday() == weekday else None

        exact = r.relative(lambda day: nearest(day, matching, r.direction(m.start(), m.end())))
        if exact:
            return exact, "relative"
    return r.relative(lambda day: almanac.year_near(day, within, r.direction(m.start(), m.end()))), "relative"


def nearest(day: dt.date, within: Callable[[int], Days | None], direction: Direction) -> Days | None:
    """The occurrence closest to a day within five years, on the side that tense allows."""
    found = [when for year in range(day.year - 5, day.year + 6) if (when := within(year))]
    kept = [w for w in found if not direction or (w.start <= day if direction == "past" else w.end >= day)] or found
    return min(kept, key=lambda when: abs((when.start - day).days), default=None)


def month_year(m: re.Match[str], r: Reading) -> tuple[Days | None, DateHow]:
    """A month, or several, of a stated year: "November 2006", "early June 2015", "March–May 2014"."""
    year = int(m["y"])
    first = r.words.month[m["m"].lower().rstrip(".")]
    days = almanac.month_of(year, first)
    if m["m2"]:
        days = almanac.months(year, first, r.words.month[m["m2"].lower().rstrip(".")])
    return almanac.share(days, r.words.share(m["part"])) if m["part"] else days, "stated"


def month_alone(m: re.Match[str], r: Reading) -> tuple[Days | None, DateHow]:
    """A month without a year: "in March", "last March", "mid-June", "in June of last year"."""
    month = r.words.month[m["m"].lower().rstrip(".")]
    rel, part, ry = (m["rel"] or "").lower(), m["part"], m["ry"]
    before = (r.before(m.start()) or [""])[0]
    strict = month in r.words.ambiguous or len(m["m"].rstrip(".")) <= 3
    if before in r.words.sets["month_name_before"] or (m["m"].isupper() and strict):
        return NOTHING
    after = r.after(m.end())
    if not (rel or part or ry):
        cues = r.words.sets["month_cues_strict" if strict else "month_cues"]
        article = before in {"the", "a"} and after[:1].isalpha() and after[:1] == r.text[m.end() + 1 : m.end() + 2]
        if before not in cues and not (article and not listed(after, r.words.sets["month_name_after"])):
            return NOTHING
    if r.text[m.end() : m.end() + 2].strip()[:1].isupper() and strict and not (rel or part or ry):
        return NOTHING  # "in March Madness"

    def meaning(day: dt.date) -> Days | None:
        if ry:
            year = year_word(ry, day.year)
            return almanac.month_of(year, month) if year is not None else None
        if rel in {"last", "past", "previous"}:
            return almanac.month_of(day.year if month < day.month else day.year - 1, month)
        if rel in {"next", "coming"}:
            return almanac.month_of(day.year if month > day.month else day.year + 1, month)
        if rel == "this":
            return almanac.month_of(day.year, month)
        direction: Direction = "past" if before == "since" else r.direction(m.start(), m.end())
        return almanac.year_near(day, whole_month(month), direction)

    if ry and year_word(ry, 0) is None:
        near = r.anchor(m.start())
        days = almanac.month_of(near.start.year, month) if near else None
    else:
        days = r.relative(meaning)
    return almanac.share(days, r.words.share(part)) if days and part else days, "relative"


def weekday(m: re.Match[str], r: Reading) -> tuple[Days | None, DateHow]:
    """A day of the week: "on Monday", "last Friday", "Tuesday of next week", "Friday to Sunday"."""
    number = r.words.weekday[m["w"].lower()]
    rel, week = (m["rel"] or "").lower(), (m["week"] or "").lower()
    before = (r.before(m.start()) or [""])[0]
    if before in r.words.sets["weekday_name_before"] or listed(r.after(m.end()), r.words.sets["weekday_name_after"]):
        return NOTHING
    direction = r.direction(m.start(), m.end())

    def day_for(day: dt.date) -> Days:
        if week:
            shift = {"last": -7, "this": 0, "next": 7}[week]
            return almanac.one(almanac.shifted(almanac.week_of(day).start, number + shift))
        if rel == "this":
            return almanac.one(almanac.shifted(almanac.week_of(day).start, number))
        if rel in {"next", "coming"}:
            return almanac.one(almanac.weekday_near(day, number, "future", strict=True))
        if rel in {"last", "past", "previous"}:
            return almanac.one(almanac.weekday_near(day, number, "past", strict=True))
        return almanac.one(almanac.weekday_near(day, number, direction))

    if rel == "following":
        near = r.anchor(m.start()) or r.base
        return almanac.one(almanac.weekday_near(near.end, number, "future", strict=True)) if near else None, "relative"
    days = r.relative(day_for)
    if days and r.base and r.base.start != r.base.end and (days.end - days.start).days > 31:
        return NOTHING  # a weekday of some week in a long range says nothing
    if days and m["w2"]:
        end = almanac.weekday_near(days.end, r.words.weekday[m["w2"].lower()], "future", strict=True)
        if direction != "future" and r.base and end > r.base.end and not week:
            days = almanac.one(almanac.shifted(days.start, -7))
            end = almanac.shifted(end, -7)
        days = Days(days.start, end, "range")
    return days, "relative"


def numeric(m: re.Match[str], r: Reading) -> tuple[Days | None, DateHow]:
    """A date in figures: 2016-06-14, 16.01.2020, 12/09/2011 (month first where the publisher's country writes so)."""
    if m["iso"]:
        return almanac.day_of(*(int(part) for part in re.split(r"[-/.]", m["iso"]))), "stated"
    first, second, year = (int(part) for part in re.split(r"[-/.]", m["num"]))
    if year < 100:
        year += 1900 if year > 50 else 2000
    month_first = r.country in r.words.month_first and "." not in m["num"]
    if (month_first and first <= 12) or second > 12:
        first, second = second, first
    return almanac.day_of(year, second, first), "stated"


def rules(words: DateWords) -> Iterator[Rule]:
    """The rules for days, months and weekdays, the more special first."""

    def rule(needs: str, pattern: str, read: Handler) -> Rule:
        return Rule(frozenset(needs.split()), re.compile(pattern), read)

    weekday_before = rf"(?:\b(?P<w>{words.weekdays}),?\s+(?:the\s+)?)?"
    year_after = rf"(?:(?:,?\s+|\sof\s)(?P<y>{YEAR})|,?\s+(?:of\s+)?(?P<ry>(?:last|this|next)\s+year)\b)?"
    relative = r"(?i:(?P<rel>last|next|this|past|previous|coming|following)\s+)?"
    part = rf"(?i:\b(?P<part>{words.parts})(?:\s+|-)(?:in\s+)?)?"
    yield rule(
        "month",
        rf"{weekday_before}(?<![\d.,])\b(?P<d>{DAY})(?:\s(?:of\s)?(?P<m>{words.months}))(?:,?\s{YEAR})?{JOIN}"
        rf"(?:{words.weekdays},?\s)?(?P<d2>{DAY})\s(?:of\s)?(?P<m2>{words.months}){year_after}",
        month_day,
    )
    yield rule(
        "month",
        rf"{weekday_before}\b(?P<m>{words.months})\s(?:the\s)?(?P<d>{DAY})(?:,?\s{YEAR})?{JOIN}"
        rf"(?:{words.weekdays},?\s)?(?P<m2>{words.months})\s(?P<d2>{DAY}){year_after}",
        month_day,
    )
    yield rule(
        "month",
        rf"{weekday_before}(?<![\d.,])\b(?P<d>{DAY}){LIST}(?:{words.weekdays},?\s)?(?P<d2>{DAY}))?"
        rf"[\s-](?:of\s)?(?P<m>{words.months})(?:[\s-](?P<yy>\d\d)(?=\s*(?:\||$|\n))|-(?P<y1>{YEAR}))?{year_after}",
        month_day_dashed,
    )
    yield rule(
        "month",
        rf"{weekday_before}\b(?P<m>{words.months})\s(?:the\s)?(?P<d>{DAY}){LIST}(?P<d2>{DAY}))?{year_after}(?#md)",
        month_day,
    )
    yield rule(
        "month",
        rf"{part}\b(?P<m>{words.months})(?:{JOIN}(?P<m2>{words.months}))?(?:,?\s|\sof\s)(?P<y>{YEAR})",
        month_year,
    )
    ry = r"(?:,?\s+(?:of\s+)?(?P<ry>(?:last|this|next|that|the\s+same)\s+year)\b)?"
    yield rule("month", rf"{part}\b{relative}(?P<m>{words.months})(?![\w-]*\d){ry}", month_alone)
    yield rule(
        "weekday",
        rf"\b{relative}(?P<w>{words.full_weekdays})\b(?:{JOIN}(?P<w2>{words.full_weekdays})\b)?"
        r"(?:,?\s+(?:of\s+)?(?P<week>last|this|next)\s+week\b)?",
        weekday,
    )
    yield rule(
        "digit",
        r"(?<![\w./-])(?:(?P<iso>(?:1[5-9]|20|21)\d\d(?:-\d\d?-|/\d\d?/|\.\d\d?\.)\d\d?)"
        r"|(?P<num>\d\d?(?:/\d\d?/(?:\d\d)?|\.\d\d?\.\d\d|-\d\d?-\d\d)\d\d))(?![\d/]|[.-]\d)",
        numeric,
    )
    yield rule("day", rf"(?i:\b(?P<h>{either(words.holiday)})\b)(?:,?\s(?:of\s)?(?P<y>{YEAR}))?", holiday)
    yield rule("day", rf"(?i:\b(?P<day>{either(words.day)})\b)", named_day)


def month_day_dashed(m: re.Match[str], r: Reading) -> tuple[Days | None, DateHow]:
    """The same with a year after a dash: "14-June-2016"."""
    if m["y1"]:
        return almanac.day_of(int(m["y1"]), r.words.month[m["m"].lower().rstrip(".")], day_number(m["d"])), "stated"
    return month_day(m, r)


def holiday(m: re.Match[str], r: Reading) -> tuple[Days | None, DateHow]:
    """A feast with its own day: "Christmas Day", "Easter Sunday 2016"."""
    when = r.words.holiday[" ".join(m["h"].lower().split())]
    if listed(r.after(m.end()), r.words.sets["holiday_not_after"]) or m["h"][0].islower():
        return NOTHING
    after = r.after(m.end())
    if " " not in m["h"] and not m["y"] and after[:1].isalpha() and not listed(after, r.words.sets["feast_after"]):
        return NOTHING  # "the Easter holidays"

    def within(year: int) -> Days | None:
        if isinstance(when, int):
            return almanac.one(almanac.shifted(almanac.easter(year), when))
        return almanac.day_of(year, when[0], when[1])

    if m["y"]:
        return within(int(m["y"])), "stated"
    return r.relative(lambda day: almanac.year_near(day, within, r.direction(m.start(), m.end()))), "relative"


def named_day(m: re.Match[str], r: Reading) -> tuple[Days | None, DateHow]:
    """A day counted from the document's: "today", "yesterday", "the day after tomorrow"."""
    if listed(r.text[m.end() : m.end() + 14].lower(), r.words.sets["days_not_after"]):
        return NOTHING
    if m["day"][0].isupper() and re.search(r"[A-Z]\w*[ \u00a0]$", r.text[max(r.start, m.start() - 12) : m.start()]):
        return NOTHING  # "USA Today"
    shift = r.words.day[" ".join(m["day"].lower().split())]
    return r.relative(lambda day: almanac.one(almanac.shifted(day, shift))), "relative"
