"""The dates by which a page dates itself: whole days, in words or in figures; never a guess which is the month."""

from __future__ import annotations

import calendar
import datetime
import functools
import re

import msgspec

from dragoman.model import DateHow, DateSpan
from dragoman.read.words import Words, plain, words

_TIME = re.compile(
    r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\b\.?)?|\b\d{1,2}\s?[ap]\.?m\b\.?|[+-]\d\d:?\d\d|\b(?-i:[A-Z]{2,4}T)\b",
    re.IGNORECASE,
)


class Dated(msgspec.Struct, frozen=True, kw_only=True):
    """A date found in a line: where, and which day."""

    start: int
    end: int
    span: DateSpan


@functools.lru_cache(maxsize=8)
def _pattern(language: str) -> re.Pattern[str]:
    months = "|".join(sorted(words(language).months, key=len, reverse=True))
    return re.compile(
        rf"(?<![\w.])(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?[ \u00a0-](?:of )?(?P<m1>{months})\.?,?"
        r"[ \u00a0-](?P<y1>\d{4}|\d\d(?![\d:])|'\d\d)"
        rf"|(?P<m2>{months})\.?[ \u00a0](?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?[ \u00a0](?P<y2>\d{{4}})"
        r"|(?P<d3>\d{1,2})\.(?P<m3>\d{1,2})\.(?P<y3>\d{4}|\d\d(?!\d))"
        r"|(?P<y4>\d{4})[-/.](?P<m4>\d{1,2})[-/.](?P<d4>\d{1,2})"
        r"|(?P<a5>\d{1,2})/(?P<b5>\d{1,2})/(?P<y5>\d{4}|\d\d(?!\d)))(?!\w|/\d)",
        re.IGNORECASE,
    )


def find(line: str, *, language: str = "en", how: DateHow = "stated") -> Dated | None:
    """The first whole date in a line, or none; 03/04/2012 is none, for nobody can tell."""
    for found in _pattern(language).finditer(line):
        if (day := _day(found, words(language))) is not None:
            iso = day.isoformat()
            span = DateSpan(start=iso, end=iso, text=found[0], how=how)
            return Dated(start=found.start(), end=found.end(), span=span)
    return None


def given(value: str, *, how: DateHow = "metadata") -> DateSpan | None:
    """A date that someone gave beside the text: a year, a month, a day (ISO, with or without a time) or as on pages.

    Returns None where it is no date.
    """
    value = value.strip()
    if match := re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?", value):
        year, month = int(match[1]), int(match[2] or 0)
        try:
            first = datetime.date(year, month or 1, 1)
        except ValueError:
            return None
        if month:
            last = first.replace(day=calendar.monthrange(year, month)[1])
            return DateSpan(start=first.isoformat(), end=last.isoformat(), precision="month", text=value, how=how)
        return DateSpan(start=first.isoformat(), end=f"{year:04}-12-31", precision="year", text=value, how=how)
    if match := re.match(r"(\d{4})-?(\d\d)-?(\d\d)(?=$|[T ]?\d\d|Z)", value):
        day = _date(int(match[1]), int(match[2]), int(match[3]))
        if day is None:
            return None
        return DateSpan(start=day.isoformat(), end=day.isoformat(), text=value, how=how)
    found = find(value[:100], how=how)
    return found.span if found else None


def rest(line: str, dated: Dated | None, known: Words) -> list[str]:
    """The words of a line that are neither its date nor a time, a weekday or a label such as "last updated"."""
    left = line if dated is None else f"{line[: dated.start]} {line[dated.end :]}"
    left = _TIME.sub(" ", left)
    pieces = re.findall(r"[^\W_][\w.'’&-]*", left)
    return [p for p in pieces if (low := plain(p).rstrip(".")) not in known.weekdays and low not in known.date_labels]


def _day(found: re.Match[str], known: Words) -> datetime.date | None:
    group = found.groupdict()
    if group["d1"]:
        return _date(_year(group["y1"]), known.months[group["m1"].lower()], int(group["d1"]))
    if group["d2"]:
        return _date(_year(group["y2"]), known.months[group["m2"].lower()], int(group["d2"]))
    if group["d3"]:
        return _date(_year(group["y3"]), int(group["m3"]), int(group["d3"]))
    if group["d4"]:
        return _date(int(group["y4"]), int(group["m4"]), int(group["d4"]))
    first, second, year = int(group["a5"]), int(group["b5"]), _year(group["y5"])
    if first == second or first > 12:
        return _date(year, second, first)
    return _date(year, first, second) if second > 12 else None


def _year(digits: str) -> int:
    year = int(digits.lstrip("'"))
    if year >= 100:
        return year
    now = datetime.datetime.now(tz=datetime.UTC).year
    return year + 2000 if year + 2000 <= now + 1 else year + 1900


def _date(year: int, month: int, day: int) -> datetime.date | None:
    if not 1800 <= year <= 2199:
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
