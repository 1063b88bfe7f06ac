"""Turns the events of a relation or direction into a monthly series of its temperature.

**Temperature** at the end of a month is the mean PLOVER score (-10 to 10) of the `actual` events up to then, each
weighted by 2^(-age / half-life), age in days. Weighing events by a scale of conflict and cooperation comes from
Goldstein (1992, "A Conflict-Cooperation Scale for WEIS Events Data", Journal of Conflict Resolution 36); letting the
past fade exponentially comes from Crescenzi and Enterline (2001, "Time Remembered", International Studies Quarterly
45). A mean, not their sum, because a sum grows with the number of documents that happen to be in the record.

**Interval**: 95%, from the weighted variance with Kish's effective number of events (1965, "Survey Sampling"). A prior
of `PRIOR_EVENTS` events with the variance of the PLOVER scale keeps it wide where events are few: one event of +4 says
little of a relation. Where there is no event at all there is no temperature, which is not the same as zero.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable

from dragoman.model import Event, Item, Shape

HALF_LIFE_DAYS = 90.0

#: How many events the prior is worth, and its variance: that of the type scores of PLOVER, which spread from -9 to 10.
PRIOR_EVENTS = 2.0
PRIOR_VARIANCE = 33.5

#: Below this weight (all events older than some seven half-lives) there is nothing left to tell.
LEAST_WEIGHT = 0.01


class Month(Shape, frozen=True, kw_only=True):
    """One month: scores from -10 to 10, counts of events; `temperature` is none where nothing is known."""

    month: str
    temperature: float | None
    low: float | None
    high: float | None
    mean: float | None
    events: int
    verbal_cooperation: int
    material_cooperation: int
    verbal_conflict: int
    material_conflict: int
    ids: tuple[str, ...]


class Series(Shape, frozen=True, kw_only=True):
    """The months of a relation from its first event to the last month asked for, without gaps."""

    months: tuple[Month, ...]
    half_life: float
    events: int
    undated: int


def monthly(
    events: Iterable[Item],
    *,
    since: str = "",
    until: str = "",
    half_life: float = HALF_LIFE_DAYS,
    historical: bool = False,
) -> Series:
    """The monthly series of event items; days are ISO days, `half_life` is in days.

    Only `actual` events count, with `historical` those told as background as well. An event whose date spans more than
    a month counts at the middle of its span; one without a date counts nowhere but in `undated`.
    Raises ValueError for a half-life that is not above zero.
    """
    if half_life <= 0:
        raise ValueError(f"a half-life of {half_life} days; it must be above zero")
    counted: list[tuple[datetime.date, Item, Event]] = []
    undated = 0
    wanted = {"actual", "historical"} if historical else {"actual"}
    for item in events:
        event = item.claim
        if not isinstance(event, Event) or event.status not in wanted:
            continue
        day = middle(event)
        if day is None:
            undated += 1
        else:
            counted.append((day, item, event))
    counted.sort(key=lambda one: (one[0], one[1].id))
    if not counted:
        return Series(months=(), half_life=half_life, events=0, undated=undated)
    first = counted[0][0]
    last = max(counted[-1][0], _day(until) or counted[-1][0])
    months: list[Month] = []
    at = 0
    decayed = _Decayed(half_life)
    for start, end in _months(first, last):
        here: list[tuple[Item, Event]] = []
        while at < len(counted) and counted[at][0] <= end:
            day, item, event = counted[at]
            decayed.add(day, event.score)
            here.append((item, event))
            at += 1
        months.append(_month(start, end, here, decayed))
    kept = tuple(one for one in months if one.month >= since[:7] and (not until or one.month <= until[:7]))
    return Series(months=kept, half_life=half_life, events=len(counted), undated=undated)


def middle(event: Event) -> datetime.date | None:
    """The day at which an event counts: its own, or the middle of its span; none without a date."""
    if event.date is None:
        return None
    start, end = _day(event.date.start), _day(event.date.end)
    if start is None or end is None:
        return None
    return start + (end - start) // 2


class _Decayed:
    """Sums of weights that fade as days go by; the state is the weight, the squared weight, and two moments."""

    def __init__(self, half_life: float) -> None:
        self.half_life = half_life
        self.day: datetime.date | None = None
        self.weight = self.squares = self.sum = self.sum_of_squares = 0.0

    def pass_to(self, day: datetime.date) -> None:
        if self.day is not None and day > self.day:
            factor = 2.0 ** (-(day - self.day).days / self.half_life)
            self.weight *= factor
            self.squares *= factor * factor
            self.sum *= factor
            self.sum_of_squares *= factor
        self.day = day if self.day is None else max(day, self.day)

    def add(self, day: datetime.date, score: float) -> None:
        self.pass_to(day)
        self.weight += 1.0
        self.squares += 1.0
        self.sum += score
        self.sum_of_squares += score * score

    def told(self) -> tuple[float, float, float] | None:
        """Temperature and its interval, or none when hardly anything is left."""
        if self.weight < LEAST_WEIGHT:
            return None
        mean = self.sum / self.weight
        variance = max(0.0, self.sum_of_squares / self.weight - mean * mean)
        # Old events weigh less, so they also make the mean less sure: the number of events fades with them.
        number = min(self.weight, self.weight * self.weight / self.squares)
        pooled = (variance * number + PRIOR_VARIANCE * PRIOR_EVENTS) / (number + PRIOR_EVENTS)
        half = 1.96 * math.sqrt(pooled / number)
        return mean, max(-10.0, mean - half), min(10.0, mean + half)


def _month(start: datetime.date, end: datetime.date, here: list[tuple[Item, Event]], decayed: _Decayed) -> Month:
    decayed.pass_to(end)
    told = decayed.told()
    quads = [event.quad_class for _, event in here]
    return Month(
        month=start.isoformat()[:7],
        temperature=round(told[0], 3) if told else None,
        low=round(told[1], 3) if told else None,
        high=round(told[2], 3) if told else None,
        mean=round(sum(event.score for _, event in here) / len(here), 3) if here else None,
        events=len(here),
        verbal_cooperation=quads.count(1),
        material_cooperation=quads.count(2),
        verbal_conflict=quads.count(3),
        material_conflict=quads.count(4),
        ids=tuple(item.id for item, _ in here),
    )


def _months(first: datetime.date, last: datetime.date) -> Iterable[tuple[datetime.date, datetime.date]]:
    start = first.replace(day=1)
    while start <= last:
        following = (start + datetime.timedelta(days=32)).replace(day=1)
        yield start, following - datetime.timedelta(days=1)
        start = following


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
