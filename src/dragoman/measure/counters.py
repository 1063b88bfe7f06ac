"""Counts the days since something last happened between two sides, and since when something waits for an answer."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable

from dragoman.model import DateSpan, Dispute, Event, Item, Shape


class Counter(Shape, frozen=True, kw_only=True):
    """A count of days up to a day, what it counts from, and the item that it rests on."""

    of: str
    days: int
    since: DateSpan
    item: str


def days_since(of: str, span: DateSpan, item: str, *, today: str) -> Counter | None:
    """The days from the end of a span to `today`; none when it lies in the future or is no date."""
    try:
        days = (datetime.date.fromisoformat(today) - datetime.date.fromisoformat(span.end)).days
    except ValueError:
        return None
    return Counter(of=of, days=days, since=span, item=item) if days >= 0 else None


def last_meeting(events: Iterable[Item], *, today: str) -> Counter | None:
    """Days since the two last met in person, among event items of a relation; none when no meeting is known."""
    return _latest(events, "last meeting", _is_meeting, today)


def last_of_type(events: Iterable[Item], event_type: str, *, today: str) -> Counter | None:
    """Days since the last actual event of a PLOVER type; none when there is none."""
    return _latest(events, f"last {event_type}", lambda event: event.event_type == event_type, today)


def unanswered(items: Iterable[Item], *, today: str) -> list[Counter]:
    """For each open dispute that waits for an answer, the days that it has waited; longest first."""
    found = [
        counter
        for item in items
        if isinstance(item.claim, Dispute) and item.claim.status == "open" and item.claim.unanswered_since
        if (counter := days_since(item.claim.name, item.claim.unanswered_since, item.id, today=today))
    ]
    return sorted(found, key=lambda one: (-one.days, one.of, one.item))


def _is_meeting(event: Event) -> bool:
    return event.event_type == "CONSULT" and event.mode != "phone"


def _latest(events: Iterable[Item], of: str, wanted: Callable[[Event], bool], today: str) -> Counter | None:
    counters = [
        counter
        for item in events
        if isinstance(item.claim, Event) and item.claim.status == "actual" and item.claim.date and wanted(item.claim)
        if (counter := days_since(of, item.claim.date, item.id, today=today))
    ]
    return min(counters, key=lambda one: (one.days, one.item), default=None)
