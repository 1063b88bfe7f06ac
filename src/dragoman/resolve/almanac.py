"""Plain arithmetic on days: months, seasons, weeks, fiscal years, and what is nearest to a day."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from typing import Literal, NamedTuple

from dragoman.model import DateHow, DatePrecision, DateSpan

Direction = Literal["past", "future", ""]

#: Without a cue of tense, a month or day of the year this many days ahead is still taken as to come.
AHEAD = 62
#: And a day that lies more than this away yields to the same day of the next or last year close by.
FAR = 270


class Days(NamedTuple):
    """Full days from `start` to `end`, with the precision of the words."""

    start: dt.date
    end: dt.date
    precision: DatePrecision

    def span(self, text: str, how: DateHow) -> DateSpan:
        """The same as the shape that claims carry."""
        return DateSpan(
            start=self.start.isoformat(),
            end=self.end.isoformat(),
            precision=self.precision,
            text=text,
            how=how,
        )


def one(day: dt.date) -> Days:
    """A single day."""
    return Days(day, day, "day")


def shifted(day: dt.date, days: int) -> dt.date:
    """The day so many days later, held inside the calendar."""
    return dt.date.fromordinal(min(max(day.toordinal() + days, 1), dt.date.max.toordinal()))


def day_of(year: int, month: int, day: int) -> Days | None:
    """That day, or none where the calendar has no such day."""
    try:
        return one(dt.date(year, month, day))
    except ValueError:
        return None


def month_of(year: int, month: int) -> Days:
    """A month; months below 1 and above 12 run into the years around."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    year = min(max(year, 1), 9998)
    return Days(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]), "month")


def year_of(year: int) -> Days:
    """A year."""
    year = min(max(year, 1), 9998)
    return Days(dt.date(year, 1, 1), dt.date(year, 12, 31), "year")


def years(first: int, last: int) -> Days:
    """From the start of one year to the end of another."""
    return Days(year_of(first).start, year_of(last).end, "range")


def months(year: int, first: int, last: int) -> Days:
    """From one month of a year to another; a last month before the first lies in the next year."""
    return Days(month_of(year, first).start, month_of(year, last if last >= first else last + 12).end, "range")


def week_of(day: dt.date) -> Days:
    """Monday to Sunday of the week of a day."""
    monday = shifted(day, -day.weekday())
    return Days(monday, shifted(monday, 6), "range")


def weekend_of(day: dt.date) -> Days:
    """Saturday and Sunday of the week of a day."""
    week = week_of(day)
    return Days(shifted(week.start, 5), week.end, "range")


def hull(first: Days, last: Days) -> Days:
    """The shortest time that holds both; the same precision where they are the same."""
    if (first.start, first.end) == (last.start, last.end):
        return first
    return Days(min(first.start, last.start), max(first.end, last.end), "range")


def share(whole: Days, twelfths: tuple[int, int]) -> Days:
    """A part of a time, in twelfths of it ("early" is 0 to 4); whole months where it is a year or more."""
    length = (whole.end - whole.start).days + 1
    if whole.precision == "year":
        return months(whole.start.year, twelfths[0] + 1, twelfths[1])
    start = shifted(whole.start, length * twelfths[0] // 12)
    return Days(start, shifted(whole.start, max(length * twelfths[1] // 12 - 1, 0)), "range")


def weekday_near(day: dt.date, weekday: int, direction: Direction, *, strict: bool = False) -> dt.date:
    """The nearest such weekday up to a day, or from it on for the future; `strict` leaves the day itself out."""
    if direction == "future":
        ahead = (weekday - day.weekday()) % 7
        return shifted(day, 7 if strict and not ahead else ahead)
    back = (day.weekday() - weekday) % 7
    return shifted(day, -7 if strict and not back else -back)


def year_near(day: dt.date, within: Callable[[int], Days | None], direction: Direction) -> Days | None:
    """The occurrence of a yearly time that a text of that day means: the last, or the next for the future."""
    found = [when for year in range(day.year - 4, day.year + 5) if 0 < year < 9999 and (when := within(year))]
    past = [when for when in found if when.start <= day]
    future = [when for when in found if when.end >= day]
    if future and past and future[0].precision == past[-1].precision == "day":
        # A day of the year that lies close on one side is not told as lying most of a year away on the other.
        before, after = (day - past[-1].start).days, (future[0].start - day).days
        if before > FAR and after <= AHEAD:
            return future[0]
        if after > FAR and before <= AHEAD:
            return past[-1]
    if direction == "future":
        return future[0] if future else None
    if (
        direction == ""
        and future
        and past
        and (future[0].start - day).days <= AHEAD
        and (day - past[-1].end).days > AHEAD * 2
    ):
        return future[0]
    return past[-1] if past else None


def back(day: dt.date, count: int, unit: str) -> Days:
    """The time so many units before a day (after it where `count` is negative), as precise as the unit."""
    if unit in {"hour", "day"}:
        return one(shifted(day, -count if unit == "day" else 0))
    if unit in {"week", "fortnight", "weekend"}:
        week = week_of(shifted(day, -7 * count * (2 if unit == "fortnight" else 1)))
        return weekend_of(week.start) if unit == "weekend" else week
    if unit == "month":
        return month_of(day.year, day.month - count)
    if unit == "quarter":
        quarter = month_of(day.year, (day.month - 1) // 3 * 3 + 1 - 3 * count).start
        return months(quarter.year, quarter.month, quarter.month + 2)
    if unit == "year":
        return year_of(day.year - count)
    size = 10 if unit == "decade" else 100
    first = day.year // size * size - size * count
    return years(first, first + size - 1) if first > 0 else years(1, size)


def reach(day: dt.date, count: int, unit: str) -> dt.date:
    """The day exactly so many units before a day (after it where `count` is negative)."""
    if unit in {"hour", "day", "week", "fortnight", "weekend"}:
        return shifted(day, -count * {"hour": 0, "day": 1, "fortnight": 14}.get(unit, 7))
    size = {"month": 1, "quarter": 3, "year": 12, "decade": 120}.get(unit, 1200)
    month = month_of(day.year, day.month - count * size)
    return dt.date(month.start.year, month.start.month, min(day.day, month.end.day))


def easter(year: int) -> dt.date:
    """Easter Sunday of the Western churches (the anonymous Gregorian rule of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)
