"""A standing channel with its sessions: when it last met, how often, when it should meet again, how long it is overdue.

Sessions are the meetings that the channel's own sentence or name ties to it, and the days that the sentences behind
its name tell.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from dragoman.measure.likeness import stems
from dragoman.model import Event, Item, Mechanism, Shape, parties

#: Days between two sessions, by frequency; "regular" and "permanent" promise no day.
EVERY = {"annual": 365, "2 per year": 183, "every 2 years": 731, "monthly": 31, "quarterly": 92, "weekly": 7}
_PER_YEAR = re.compile(r"(\d+)(?:-(\d+))? per year")


class Session(Shape, frozen=True, kw_only=True):
    """One session: its day and the event that tells of it; no event where only a text's words on the channel do."""

    day: str
    item: str


class Channel(Shape, frozen=True, kw_only=True):
    """A mechanism over time; days are ISO days or empty, `overdue` counts the days past `next_due`, else 0."""

    item: str
    name: str
    mechanism_kind: str
    level: str
    parties: tuple[str, ...]
    co_chairs: str
    frequency: str
    parent: str
    count: int | None
    since: str
    sessions: tuple[Session, ...]
    held: int | None  # so many sessions, where a text says so
    last_met: str
    next_due: str
    overdue: int


def channels(mechanisms: Iterable[Item], events: Iterable[Item], *, today: str) -> list[Channel]:
    """The mechanism items with the meetings among `events` that their sentences or names tie to them, by name."""
    meetings = [one for one in events if isinstance(one.claim, Event) and one.claim.event_type == "CONSULT"]
    made = [_channel(item, meetings, today) for item in mechanisms if isinstance(item.claim, Mechanism)]
    return sorted(made, key=lambda one: (one.parties, one.name, one.item))


def _channel(item: Item, meetings: list[Item], today: str) -> Channel:
    claim = item.claim
    if not isinstance(claim, Mechanism):
        raise TypeError(f"{item.id} is a {item.kind}, no mechanism")
    found = list(_sessions(item, claim, meetings))
    told = [span for span in claim.sessions if span.precision == "day"]
    found.extend(Session(day=one.start, item="") for one in told if one.start not in {other.day for other in found})
    found.sort(key=lambda one: (one.day, one.item))
    known = [one.day for one in found] + [span.end for span in claim.sessions if span.precision != "day"]
    last = max((day for day in known if day <= today), default="")
    step = every(claim.frequency)
    following = min((day for day in known if day > today), default="")
    due = following or (_later(last, step) if last and step else "")
    return Channel(
        item=item.id, name=claim.name, mechanism_kind=claim.mechanism_kind, level=claim.level,
        parties=parties(claim)[0], co_chairs=claim.co_chairs, frequency=claim.frequency, parent=claim.parent,
        count=claim.count, since=claim.since.start if claim.since else "", sessions=tuple(found),
        held=claim.held, last_met=last,
        next_due=due, overdue=max(0, _days(due, today)) if due else 0,
    )  # fmt: skip


def every(frequency: str) -> int:
    """Days between two sessions, 0 where the frequency names none."""
    if frequency in EVERY:
        return EVERY[frequency]
    match = _PER_YEAR.fullmatch(frequency)
    return round(365 / int(match.group(1))) if match else 0


def _sessions(item: Item, claim: Mechanism, meetings: list[Item]) -> Iterable[Session]:
    sides = set(parties(claim)[0])
    said = {(link.document) for link in item.links}
    name = stems(claim.name)
    days = {span.start for span in claim.sessions if span.precision == "day"}
    for other in meetings:
        event = other.claim
        if not isinstance(event, Event) or event.date is None or event.status not in {"actual", "historical", "future"}:
            continue
        first, second = parties(event)
        if len(sides & {*first, *second}) < min(2, len(sides)):
            continue
        same = event.evidence.document in said and event.evidence.start == claim.evidence.start
        named = len(name) > 1 and name <= stems(event.evidence.text)
        date = event.due if event.status == "future" and event.due else event.date
        # "It met on 3 May": the event of that sentence
        same = same or (event.evidence.document in said and date.precision == "day" and date.start in days)
        if same and date.how == "document" and claim.frequency and date.start not in days:
            continue  # "meets every year" tells of no session
        if (same or named) and date.precision == "day":
            yield Session(day=date.start, item=other.id)


def _later(day: str, days: int) -> str:
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=days)).isoformat()


def _days(first: str, last: str) -> int:
    return (datetime.date.fromisoformat(last) - datetime.date.fromisoformat(first)).days
