"""The rules for longer times and for times counted from others: years, seasons, "two weeks ago", "the next day"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from dragoman.model import DateHow
from dragoman.resolve import almanac
from dragoman.resolve.almanac import Days
from dragoman.resolve.date_rules import NOTHING, YEAR, Handler, Reading, Rule, listed, year_word
from dragoman.resolve.date_words import DateWords, either

BACK = {"last", "past", "previous", "preceding"}
ON = {"next", "coming", "upcoming", "following"}
PLURAL = {"day": (2, 7), "week": (2, 8), "month": (2, 11), "year": (2, 20), "decade": (2, 9), "hour": (0, 0)}


def year_alone(m: re.Match[str], r: Reading) -> tuple[Days | None, DateHow]:
    """A year where the words round it make it one: "in 2006", "the 2006 poisoning", "mid-2015", "1998–2004"."""
    start, after = m.start("y"), r.after(m.end())
    before = r.before(m.start())
    last = before[0] if before else ""
    pair = f"{before[1]} {last}" if len(before) > 1 else ""
    sets = r.words.sets
    number = not m["part"] and (last in sets["year_not_before"] or pair in sets["year_not_before"])
    if number or listed(after, sets["year_not_after"]):
        return NOTHING
    first = int(m["y"])
    if m["y2"]:
        second = int(m["y2"]) if len(m["y2"]) == 4 else first // 100 * 100 + int(m["y2"])
        if second <= first or second > 2150 or (len(m["y2"]) == 2 and second > first + 15):
            return NOTHING if m["sep"] in "/-" else (almanac.year_of(first), "stated")
        return almanac.years(first, second), "stated"
    cue = last in sets["year_cues"] or bool(m["part"])
    bracket = r.text[start - 1 : start] in {"(", "[", ","} or r.text[m.end() : m.end() + 1] in {")", "]"}
    modifier = after[:1].isalpha() or r.text[m.end() : m.end() + 2] in {"'s", "’s"}
    likely = 1900 <= first <= 2060 or last == "the"
    if not (cue or bracket or (modifier and likely and last) or (likely and r.text[start - 2 : start - 1].isalpha())):
        return NOTHING
    days = almanac.year_of(first)
    return almanac.share(days, r.words.share(m["part"])) if m["part"] else days, "stated"


def decade(m: re.Match[str], r: Reading) -> tuple[Days | None, DateHow]:
    """A decade or century: "the early 1990s", "the 20th century"."""
    group = m.groupdict()
    if group.get("century") or group.get("nth"):
        number = int(m["century"]) if group.get("century") else r.words.century[m["nth"].lower()]
        first, size = (number - 1) * 100 + 1, 100
    else:
        first, size = int(m["decade"]) if group.get("decade") else r.words.decade[m["ties"].lower()], 10
    if not 0 < first < 2200:
        return NOTHING
    some = m["part"] or group.get("part2")
    if some:
        low, high = r.words.share(some)
        return almanac.years(first - -size * low // 12, first - -size * high // 12 - 1), "stated"
    return almanac.years(first, first + size - 1), "stated"


def fiscal(m: re.Match[str], r: Reading) -> tuple[Days | None, DateHow]:
    """A fiscal year, by the publisher's country: "fiscal year 2015", "FY2015-16", "the 2015/16 financial year"."""
    month, day, shift = r.words.fiscal.get(r.country, [1, 1, 0])
    year = int(m["y"] or m["fy"])
    if (m["y2"] or m["fy2"]) and shift:
        year += 1  # the pair is named by both years, ours by the one in which it ends
    if month == 1 and (m["y2"] or m["fy2"]):
        return almanac.years(year, year + 1), "stated"
    start = dt.date(year - shift, month, day)
    return Days(
        start, almanac.shifted(dt.date(year - shift + 1, month, day), -1), "year" if month == 1 else "range"
    ), "stated"


def quarter(m: re.Match[str], r: Reading) -> tuple[Days | None, DateHow]:
    """A quarter or half of a year: "the third quarter of 2014", "Q3 2014", "H1", "the first quarter"."""
    size = 6 if (m["short"] or "")[:1] in "Hh" and m["short"] else 3
    number = int(m["short"][1]) if m["short"] else r.words.ordinal[m["n"].lower()]
    if size * number > 12:
        return NOTHING

    def within(year: int) -> Days:
        return almanac.months(year, size * (number - 1) + 1, size * number)

    if m["y"]:
        return within(int(m["y"])), "stated"
    if m["ry"]:
        return r.relative(lambda day: within(year_word(m["ry"], day.year) or day.year)), "relative"
    return r.relative(lambda day: almanac.year_near(day, within, r.direction(m.start(), m.end()) or "past")), "relative"


def season(m: re.Match[str], r: Reading) -> tuple[Days | None, DateHow]:
    """A season: "the autumn of 2014", "last summer", "in the spring"."""
    group = m.groupdict()
    year, ry, rel = group.get("y"), group.get("ry"), (group.get("rel") or "").lower()
    first, last = r.words.season[m["s"].lower()]
    before = r.text[max(r.start, m.start() - 12) : m.start()].rstrip()
    if m["s"][0].isupper() and not year and re.search(r"\b[A-Z]\w+$", before):
        return NOTHING  # "the Arab Spring"
    if r.country in r.words.southern:
        first, last = (first + 5) % 12 + 1, (last + 5) % 12 + 1

    def within(year: int) -> Days:
        return almanac.months(year, first, last)

    def meaning(day: dt.date) -> Days | None:
        if ry:
            return within(year_word(ry, day.year) or day.year)
        if rel in BACK:
            return next((w for y in (day.year, day.year - 1, day.year - 2) if (w := within(y)).end < day), None)
        if rel in ON:
            return next((w for y in (day.year, day.year + 1) if (w := within(y)).start > day), None)
        if rel == "this":
            return within(day.year)
        return almanac.year_near(day, within, r.direction(m.start("s"), m.end()))

    days = within(int(year)) if year else r.relative(meaning)
    return almanac.share(days, r.words.share(m["part"])) if days and m[
        "part"
    ] else days, "stated" if year else "relative"


def unit_now(m: re.Match[str], r: Reading) -> tuple[Days | None, DateHow]:
    """A unit against the document's: "last week", "earlier this month", "late last year", "by the end of the year"."""
    rel, part = m["rel"].lower(), " ".join((m["part"] or "").lower().split())
    unit = r.words.unit[m["u"].lower()]
    the = bool(re.search(r"\bthe\s+$", r.text[max(r.start, m.start() - 6) : m.start()], re.IGNORECASE))
    if m["u"].lower() != unit or unit == "hour" or listed(r.after(m.end()), frozenset({"of"})):
        return NOTHING
    if rel == "the" and not part and unit != "weekend":
        return NOTHING
    if the and rel in {"last", "past"}:
        return r.relative(lambda day: Days(almanac.reach(day, 1, unit), day, "range")), "relative"
    if the and rel in ON:
        if rel == "coming":
            return r.relative(lambda day: Days(day, almanac.reach(day, -1, unit), "range")), "relative"
        return NOTHING
    if unit == "day":
        return NOTHING

    def meaning(day: dt.date) -> Days:
        if unit == "weekend" and rel == "the":
            nearby = almanac.weekend_of(day)
            past = nearby.start > day and r.direction(m.start(), m.end()) != "future"
            return almanac.back(day, 1, unit) if past else nearby
        whole = almanac.back(day, 1 if rel in BACK else -1 if rel in ON else 0, unit)
        if part in {"earlier", "later"} and whole.start <= day <= whole.end:
            return Days(whole.start, day, "range") if part == "earlier" else Days(day, whole.end, "range")
        if part:
            return almanac.share(whole, r.words.share({"earlier": "early", "later": "late"}.get(part, part)))
        return whole

    return r.relative(meaning), "relative"


def ago(m: re.Match[str], r: Reading) -> tuple[Days | None, DateHow]:
    """So many units before the document: "two days ago", "six years ago", "several weeks ago"."""
    unit = r.words.unit[m["u"].lower()]
    if not m["n"] and m["u"].lower() == unit:
        return NOTHING
    low, high = r.words.count(m["n"]) if m["n"] else PLURAL.get(unit, (2, 9))
    if r.base and unit in {"decade", "century"} and high == low:
        low, high, unit = (low * 10, high * 10, "year") if unit == "decade" else (low * 100, high * 100, "year")
    return r.relative(lambda day: almanac.hull(almanac.back(day, high, unit), almanac.back(day, low, unit))), "relative"


def ahead(m: re.Match[str], r: Reading) -> tuple[Days | None, DateHow]:
    """A time to come: "in two weeks", "in three days' time", "within 30 days"."""
    unit = r.words.unit[m["u"].lower()]
    low, high = r.words.count(m["n"])
    if not m["time"] and listed(
        r.after(m.end()), frozenset({"that", "of", "when", "which", "where", "with", "marked"})
    ):
        return NOTHING
    if m["within"]:
        if r.direction(m.start(), m.end()) == "past":
            return NOTHING
        return r.relative(lambda day: Days(day, almanac.reach(day, -high, unit), "range")), "relative"
    if not m["time"] and (
        r.direction(m.start(), m.end()) != "future"
        or any(w in r.words.sets["span_not_before"] for w in r.before(m.start(), 60))
    ):
        return NOTHING
    return r.relative(
        lambda day: almanac.hull(almanac.back(day, -low, unit), almanac.back(day, -high, unit))
    ), "relative"


def stretch(m: re.Match[str], r: Reading) -> tuple[Days | None, DateHow]:
    """A stretch up to the document or from it: "over the last three years", "the next six months"."""
    unit = r.words.unit[m["u"].lower()]
    if m["rel"].lower() == "following" and not m[0].lower().startswith("the"):
        return NOTHING  # "following a month of attacks"
    high = r.words.count(m["n"])[1]
    if m["rel"].lower() in ON:
        return r.relative(lambda day: Days(day, almanac.reach(day, -high, unit), "range")), "relative"
    return r.relative(lambda day: Days(almanac.reach(day, high, unit), day, "range")), "relative"


def neighbour(m: re.Match[str], r: Reading) -> tuple[Days | None, DateHow]:
    """A time counted from the date told before it: "the same day", "the following month", "two days later"."""
    near = r.anchor(m.start())
    group = m.groupdict()
    unit = r.words.unit[(group["u"] or group["u2"]).lower()]
    word = (group["rel"] or group["side"] or group["order"]).lower()
    if near is None and (word in {"after", "later", "afterwards", "on"} or r.base is None):
        return NOTHING
    if listed(r.after(m.end()), frozenset({"of", "after", "that", "when", "in which"})) and group["rel"]:
        return NOTHING
    if near is None and word in {"same", "that", "previous", "next", "following"} and unit != "day":
        return NOTHING
    near = near or r.base
    if near is None:
        return NOTHING
    if unit == "day" and (near.end - near.start).days > 10:
        return NOTHING  # the day after a month is no day
    count = r.words.count(group["n"])[0] if group["n"] else 1
    if word in {"same", "that"}:
        count = 0
    if unit == "week" and group["n"] and near.start == near.end and word in {"later", "after", "afterwards", "on"}:
        return almanac.one(almanac.shifted(near.start, 7 * count)), "relative"
    if word in {"next", "following", "later", "after", "afterwards", "on"}:
        return almanac.hull(almanac.back(near.end, -count, unit), almanac.back(near.end, -count, unit)), "relative"
    return almanac.back(near.start, count, unit), "relative"


def eve(m: re.Match[str], r: Reading) -> tuple[Days | None, DateHow]:
    """The eve of something that the text does not date: the day before the document's."""
    del m
    return r.relative(lambda day: almanac.one(almanac.shifted(day, -1))), "relative"


def rules(words: DateWords) -> Iterator[Rule]:
    """The rules for years, quarters, seasons and counted units, the more special first."""

    def rule(needs: str, pattern: str, read: Handler, signs: Iterable[str] = ()) -> Rule:
        return Rule(frozenset(needs.split()), re.compile(pattern), read, tuple(signs))

    part = rf"(?i:\b(?P<part>{words.parts})(?:\s+|-))?"
    relyear = r"(?P<ry>(?:last|this|next)\s+year)\b"
    yield rule(
        "unit digit",
        rf"(?i:\b(?:(?:fiscal|financial)(?:\s+year)?|FY)[\s-]?)(?P<y>{YEAR})(?:[-–/](?P<y2>\d\d(?:\d\d)?)\b)?"
        rf"|\b(?P<fy>{YEAR})(?:[-–/](?P<fy2>\d\d(?:\d\d)?))?\s+(?i:(?:fiscal|financial)\s+year)",
        fiscal,
        ("fiscal", "financial", "fy"),
    )
    yield rule(
        "unit digit",
        rf"(?i:\b(?:(?:the\s+)?(?P<n>{words.ordinals})[\s-]quarter|(?P<short>Q[1-4]|H[12]))\b)"
        rf"(?:(?:\s+of|,)?(?:\s+|/)(?:(?P<y>{YEAR})|{relyear}))?",
        quarter,
        ("quarter", "q1", "q2", "q3", "q4", "h1", "h2"),
    )
    yield rule(
        "unit",
        rf"{part}\b(?i:(?:the\s+)?)(?i:(?P<s>{words.seasons}))\b(?:,?\s+(?:of\s+)?(?:(?P<y>{YEAR})|{relyear}))",
        season,
        words.season,
    )
    yield rule(
        "unit",
        rf"{part}\b(?i:(?P<rel>last|next|this|past|previous|coming)\s+|(?:in|during|since|until|by)\s+(?:the\s+)?)"
        rf"(?P<s>{words.seasons})\b",
        season,
        words.season,
    )
    yield rule(
        "digit",
        rf"(?:\b(?:the\s+))?{part}\b(?:(?P<decade>(?:1[5-9]|20)\d0)['’]?s\b|(?i:(?P<century>[12]?\d)(?:st|nd|rd|th)[\s-])(?-i:centur(?:y|ies)\b))",
        decade,
        ("0s", "0's", "0’s", "centur"),
    )
    yield rule(
        "unit",
        rf"(?i:\b(?:the\s+)?{part}\b(?P<nth>{either(words.century)})[\s-]centur(?:y|ies)\b"
        rf"|\bthe\s+(?:(?P<part2>early|mid|late)[\s-])?(?P<ties>{either(words.decade)})\b)",
        decade,
        ("centur", *words.decade),
    )
    yield rule(
        "digit",
        rf"(?:{part[:-1]}|(?<![\d.,$€£¥/:#№-])(?<!No\.\s))\b(?P<y>{YEAR})(?![.,]\d)(?:(?P<sep>[-–—/])(?P<y2>(?:1[5-9]|20|21)\d\d|\d\d)\b(?![-–—/]\d))?"
        r"(?!\d|[/:]\d|%)",
        year_alone,
    )
    yield rule(
        "unit",
        rf"(?i:\b(?:(?P<part>{words.parts}|earlier|later)\s+(?:in\s+)?)?(?P<rel>last|next|this|past|previous|coming|the|current)\s+"
        rf"(?P<u>{words.units})\b)",
        unit_now,
    )
    count = rf"(?P<n>{words.numbers})"
    yield rule(
        "unit", rf"(?i:\b(?:{count}[\s-]+(?:long\s+|full\s+|short\s+)?)?(?P<u>{words.units})\s+ago\b)", ago, ("ago",)
    )
    yield rule(
        "unit",
        rf"(?i:\b(?:(?P<within>within)(?:\s+the\s+next)?|in)\s+(?:about\s+|around\s+|some\s+)?{count}\s+(?P<u>{words.units})\b"
        r"(?P<time>['’]?s?['’]?\s+time\b)?)",
        ahead,
    )
    yield rule(
        "unit",
        rf"(?i:\b(?:the\s+)?(?P<rel>last|past|previous|preceding|next|coming|following)\s+{count}\s+(?P<u>{words.units})\b"
        r")",
        stretch,
    )
    yield rule(
        "unit",
        rf"(?i:\b(?:the\s+(?:very\s+)?(?P<rel>same|following|next|previous|preceding)|(?P<order>that(?:\s+same)?))\s+(?P<u>{words.units})\b"
        rf"|\b(?:{count}|the)\s+(?P<u2>{words.units})\s+(?P<side>later|earlier|before|after|afterwards)\b(?:(?<=later)|(?<=earlier)|(?!\s+\w))"
        r")",
        neighbour,
        ("later", "earlier", "before", "after", "same", "following", "next", "previous", "preceding", "that"),
    )
    yield rule("unit", r"(?i:\b(?:on\s+)?the\s+eve\s+of\b)", eve, ("eve of",))
