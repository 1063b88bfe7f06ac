"""Colours the states of the world by the temperature of one state's relations with them, month by month."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.knowledge import load
from dragoman.measure import Month, monthly
from dragoman.model import Event, Item, parties
from dragoman.record import Store
from dragoman.show import words
from dragoman.show.look import Told, is_late

#: Fewer events than this in the twelve months before say nothing about warmth (as on every page).
FEW = 3


@dataclass(frozen=True, kw_only=True)
class Point:
    """How a relation stands in a month: the temperature (-10 to 10) or none, its word, and the events of the year."""

    code: str
    month: str
    temperature: float | None
    word: str
    events: int


@dataclass(frozen=True, kw_only=True)
class Atlas:
    """The relations of one side: for each other side its months; `first` and `last` are the months of all."""

    of: str
    first: str
    last: str
    series: dict[str, tuple[Month, ...]]

    def at(self, month: str) -> list[Point]:
        """Each relation as it stands in a month, the warmest first, those of which nothing is known last."""
        points = [_point(code, months, month) for code, months in self.series.items()]
        return _in_order(one for one in points if one.events)

    def through(self, months: Sequence[str]) -> Iterator[tuple[str, list[Point]]]:
        """The same for many months in order, in one pass over each relation."""
        found: dict[str, list[Point]] = {month: [] for month in months}
        for code, series in self.series.items():
            events = {one.month: one.events for one in series}
            told = {one.month: one.temperature for one in series}
            temperature, last = None, ""
            waiting = iter(sorted(told))
            following = next(waiting, None)
            for month in months:
                while following is not None and following <= month:
                    temperature, last = told[following], following
                    following = next(waiting, None)
                if not last:
                    continue
                number = sum(events.get(one, 0) for one in _year(month))
                if number:
                    found[month].append(_pointed(code, month, temperature, number))
        for month in months:
            yield month, _in_order(found[month])

    def months(self) -> list[str]:
        """All months from the first to the last."""
        found = []
        year, month = (int(part) for part in (self.first or "0001-01").split("-"))
        while self.first and f"{year:04d}-{month:02d}" <= self.last:
            found.append(f"{year:04d}-{month:02d}")
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        return found


def _point(code: str, months: tuple[Month, ...], month: str) -> Point:
    year = f"{int(month[:4]) - 1:04d}{month[4:]}"
    events = sum(one.events for one in months if year < one.month <= month)
    told = next((one for one in reversed(months) if one.month <= month), None)
    return _pointed(code, month, told.temperature if told else None, events)


def _pointed(code: str, month: str, told: float | None, events: int) -> Point:
    temperature = told if events >= FEW else None
    word = words.temperature(temperature) if temperature is not None else "too few events to say"
    return Point(code=code, month=month, temperature=temperature, word=word, events=events)


def _in_order(points: Iterable[Point]) -> list[Point]:
    return sorted(points, key=lambda one: (one.temperature is None, -(one.temperature or 0), one.code))


@functools.lru_cache(maxsize=1000)
def _year(month: str) -> tuple[str, ...]:
    """A month and the eleven before it."""
    year, number = int(month[:4]), int(month[5:7])
    return tuple(f"{year - (number <= back):04d}-{(number - back - 1) % 12 + 1:02d}" for back in range(12))


def atlas(store: Store, of: str, *, until: str = "") -> Atlas:
    """The monthly series of all relations of a side with states, in one pass over its events; `until` is an ISO day."""
    by_other: dict[str, list[Item]] = defaultdict(list)
    for item in store.events(of, status="actual", until=until):
        if isinstance(item.claim, Event) and not is_late(Told(item=item, claim=item.claim)):
            first, second = parties(item.claim)
            sides = ({*second} if of in first else {*first}) if second else {*first}
            for other in sides - {of}:
                by_other[other].append(item)
    return _drawn(of, {other: monthly(some).months for other, some in by_other.items()}, until)


def redrawn(store: Store, drawn: Atlas, others: set[str], *, until: str = "") -> Atlas:
    """An atlas with the relations to some other sides worked out again."""
    series = {other: months for other, months in drawn.series.items() if other not in others}
    for other in others:
        found = monthly(store.events(drawn.of, other, status="actual", until=until)).months
        if found:
            series[other] = found
    return _drawn(drawn.of, series, until)


def _drawn(of: str, series: dict[str, tuple[Month, ...]], until: str) -> Atlas:
    # The months of a relation are in order and begin and end with events; what is to come is not drawn.
    told = [one for months in series.values() for one in (*months[:1], *_last(months, until[:7]))]
    known = sorted(one.month for one in told if not until or one.month <= until[:7])
    return Atlas(of=of, first=known[0] if known else "", last=known[-1] if known else "", series=series)


def _last(months: tuple[Month, ...], until: str) -> list[Month]:
    return next(([one] for one in reversed(months) if one.events and (not until or one.month <= until)), [])


@functools.lru_cache(maxsize=1)
def numbers() -> dict[str, str]:
    """The code of each state by the number under which the atlas has its shape."""
    return {row["number"]: row["code"] for row in load().rows("places/numbers.csv")}


@functools.lru_cache(maxsize=1)
def middles() -> dict[str, tuple[float, float]]:
    """A point near the middle of each state, longitude before latitude, for those too small to have a shape."""
    return {row["code"]: (float(row["lon"]), float(row["lat"])) for row in load().rows("places/countries.csv")}
