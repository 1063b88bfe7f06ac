"""Gathers from a record all that a brief or a page tells of one relation."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from dragoman.errors import UsageError
from dragoman.measure import Month, monthly
from dragoman.measure.series import middle
from dragoman.model import (
    Agreement,
    Claim,
    Commitment,
    DateSpan,
    Dispute,
    Event,
    Figure,
    Interval,
    Item,
    Mechanism,
    Statement,
    party,
)
from dragoman.record import DocumentLine, Glance, Store
from dragoman.show import words

Kind = TypeVar("Kind", bound=Claim)

#: Nothing has happened later than so many days after the first document that tells of it: such a day was misread.
LATE = 31
#: Months without an event after which what lies before is another time, if it is so small a part of the whole.
GAP, PART = 60, 0.1


@dataclass(frozen=True, kw_only=True)
class Told(Generic[Kind]):
    """An item with its claim in its own kind."""

    item: Item
    claim: Kind

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that tell of it, each once."""
        return tuple(dict.fromkeys(link.document for link in self.item.links))


@dataclass(frozen=True, kw_only=True)
class Look:
    """All that the record holds between `a` and `b`, oldest first; `today` is the ISO day of the look."""

    a: str
    b: str
    since: str
    until: str
    today: str
    events: list[Told[Event]] = field(default_factory=list)
    statements: list[Told[Statement]] = field(default_factory=list)
    agreements: list[Told[Agreement]] = field(default_factory=list)
    mechanisms: list[Told[Mechanism]] = field(default_factory=list)
    disputes: list[Told[Dispute]] = field(default_factory=list)
    figures: list[Told[Figure]] = field(default_factory=list)
    intervals: list[Told[Interval]] = field(default_factory=list)
    commitments: list[Told[Commitment]] = field(default_factory=list)
    documents: dict[str, DocumentLine] = field(default_factory=dict)

    def with_status(self, *statuses: str) -> list[Told[Event]]:
        """The events of these statuses."""
        return [told for told in self.events if told.claim.status in statuses]

    @property
    def happened(self) -> list[Told[Event]]:
        """What happened up to today, as reported or as background."""
        return [told for told in self.with_status("actual", "historical") if is_past(told, self.today)]

    @property
    def met(self) -> list[Told[Event]]:
        """The meetings, visits, talks and calls that happened and have a date."""
        return [told for told in self.happened if told.claim.event_type == "CONSULT" and told.claim.date]

    @property
    def coming(self) -> list[Told[Event]]:
        """What is planned for today or later, nearest first."""
        planned = [told for told in self.with_status("future") if due_of(told.claim) >= self.today]
        return sorted(planned, key=lambda told: due_of(told.claim))

    @property
    def passed(self) -> list[Told[Event]]:
        """What was planned for a day that has passed, or for none."""
        return [told for told in self.with_status("future") if due_of(told.claim) < self.today]

    @property
    def named(self) -> list[Told[Dispute]]:
        """The disputes without those that a person dismissed."""
        return [told for told in self.disputes if told.claim.status != "dismissed"]

    def said_by(self, side: str) -> list[Told[Statement]]:
        """The statements of one side, newest first; exact words before reported ones of the same day."""
        own = [told for told in self.statements if told.claim.speaker and party(told.claim.speaker) == side]
        return sorted(own, key=lambda told: (day_of(told.claim.date), bool(told.claim.quote)), reverse=True)

    def months(self) -> list[Month]:
        """The monthly series of the relation, from its first event that happened to its last.

        A few events long before the rest, such as a war that a speech recalls, are left to the timeline.
        """
        told = [told.item for told in self.happened if told.claim.status == "actual"]
        return recent(monthly(told).months)


def recent(months: Sequence[Month]) -> list[Month]:
    """A series without the few events that lie years before all others."""
    whole = sum(one.events for one in months)
    before, silent, start = 0, 0, 0
    for at, one in enumerate(months):
        if one.events:
            if silent >= GAP and before <= PART * whole:
                start = at
            before += one.events
            silent = 0
        else:
            silent += 1
    return list(months[start:])


def is_past(told: Told[Event], today: str) -> bool:
    """Whether a day of an event lies before today, and not long after the first document that tells of it."""
    return day_of(told.claim.date) <= today and not is_late(told)


def is_late(told: Told[Event]) -> bool:
    """Whether an event is dated long after the first document that tells of it, so that the day was misread."""
    day, known = middle(told.claim), words.as_date(told.item.first_known)
    return day is not None and known is not None and (day - known).days > LATE


def order_of(told: Told[Event]) -> tuple[str, str]:
    """Where an event stands in a timeline: by its day, one that was misread by the day of the document; then by id."""
    misread = told.claim.status in ("actual", "historical") and is_late(told)
    return told.item.first_known if misread else day_of(told.claim.date), told.item.id


def day_of(span: DateSpan | None) -> str:
    """The first ISO day of a date, or an empty text."""
    return span.start if span else ""


def due_of(event: Event) -> str:
    """The last ISO day on which a planned event is due, or an empty text."""
    span = event.due or event.date
    return (span.end or span.start) if span else ""


def look(store: Store, a: str, b: str, *, since: str = "", until: str = "") -> Look:
    """All between two sides (codes or names of organisations), from `since` to `until` (ISO days, or empty).

    Raises UsageError where the two are the same, one is empty, or a day is no ISO day.
    """
    a, b = a.strip(), b.strip()
    if not a or not b or a == b:
        raise UsageError(
            f"a relation is between two sides, not {a or 'nothing'!r} and {b or 'nothing'!r}: give two codes"
        )
    for day in (since, until):
        if day and words.as_date(day) is None:
            raise UsageError(f"{day!r} is no day: write it as 2018-03-14")
    items = store.items("", a, b, since=since, until=until)
    used = {link.document for item in items for link in item.links}
    return Look(
        a=a,
        b=b,
        since=since,
        until=until,
        today=until or datetime.datetime.now(datetime.UTC).date().isoformat(),
        events=_of(items, Event),
        statements=_of(items, Statement),
        agreements=_of(items, Agreement),
        mechanisms=_of(items, Mechanism),
        disputes=_of(items, Dispute),
        figures=_of(items, Figure),
        intervals=_of(items, Interval),
        commitments=_of(items, Commitment),
        documents=Glance(store).lines(used),
    )


def _of(items: Iterable[Item], kind: type[Kind]) -> list[Told[Kind]]:
    return [Told(item=item, claim=item.claim) for item in items if isinstance(item.claim, kind)]
