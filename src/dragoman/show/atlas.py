"""Colours the states of the world by the temperature of one state's relations with them, month by month."""

from __future__ import annotations

import functools
from collections import defaultdict
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
        known = [one for one in points if one.events]
        return sorted(known, key=lambda one: (one.temperature is None, -(one.temperature or 0), one.code))

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
    known = told is not None and told.temperature is not None and events >= FEW
    temperature = told.temperature if known and told else None
    word = words.temperature(temperature) if temperature is not None else "too few events to say"
    return Point(code=code, month=month, temperature=temperature, word=word, events=events)


def atlas(store: Store, of: str, *, until: str = "") -> Atlas:
    """The monthly series of all relations of a side with states, in one pass over its events; `until` is an ISO day."""
    by_other: dict[str, list[Item]] = defaultdict(list)
    for item in store.events(of, status="actual", until=until):
        if isinstance(item.claim, Event) and not is_late(Told(item=item, claim=item.claim)):
            first, second = parties(item.claim)
            sides = ({*second} if of in first else {*first}) if second else {*first}
            for other in sides - {of}:
                by_other[other].append(item)
    series = {other: monthly(some).months for other, some in by_other.items()}
    known = sorted(
        one.month
        for months in series.values()
        for one in months
        if one.events and (not until or one.month <= until[:7])
    )
    return Atlas(of=of, first=known[0] if known else "", last=known[-1] if known else "", series=series)


@functools.lru_cache(maxsize=1)
def numbers() -> dict[str, str]:
    """The code of each state by the number under which the atlas has its shape."""
    return {row["number"]: row["code"] for row in load().rows("places/numbers.csv")}


@functools.lru_cache(maxsize=1)
def middles() -> dict[str, tuple[float, float]]:
    """A point near the middle of each state, longitude before latitude, for those too small to have a shape."""
    return {row["code"]: (float(row["lon"]), float(row["lat"])) for row in load().rows("places/countries.csv")}
