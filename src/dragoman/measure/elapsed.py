"""Claims of elapsed time against the record, and the same counters computed from the record on any day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from dragoman.measure.counters import Counter, days_since
from dragoman.measure.likeness import likeness
from dragoman.model import Agreement, Event, Interval, Item, Shape, Statement, parties

Verdict = Literal["borne out", "contradicted", "not known"]
#: What a claim of elapsed time counts and an event must share so much of their words to be of one kind.
_ALIKE = 0.34


class Checked(Shape, frozen=True, kw_only=True):
    """An interval with what the record says: an event on the implied date bears it out, a later one contradicts it."""

    item: str
    said: str
    since: str
    verdict: Verdict
    reason: str
    event: str = ""


def checked(intervals: Iterable[Item], events: Iterable[Item]) -> list[Checked]:
    """Each interval item with a date, against the events between its parties; by date, then id."""
    listed = [one for one in events if isinstance(one.claim, Event) and one.claim.status in {"actual", "historical"}]
    found = [_check(item, listed) for item in intervals if isinstance(item.claim, Interval) and item.claim.since]
    return sorted(found, key=lambda one: (one.since, one.item))


def _check(item: Item, events: list[Item]) -> Checked:
    claim = item.claim
    if not isinstance(claim, Interval) or claim.since is None:
        raise TypeError(f"{item.id} is no interval with a date")
    said = " ".join(claim.evidence.text.split())
    start, end, told = claim.since.start, claim.since.end, item.first_known
    sides = set(parties(claim)[0])
    then: Item | None = None
    later: Item | None = None
    for other in events:
        event = other.claim
        if not isinstance(event, Event) or event.date is None or event.date.precision not in {"day", "month"}:
            continue
        first, second = parties(event)
        if len(sides & {*first, *second}) < min(2, len(sides)) or likeness(claim.of, event.evidence.text) < _ALIKE:
            continue
        if event.of is not None or event.event_type in {"AGREE", "REQUEST"}:
            continue  # a plan to visit is no visit
        if event.evidence.document in {link.document for link in item.links}:
            continue  # the page itself cannot bear itself out
        if event.date.start <= end and event.date.end >= start:
            then = then or other
        elif end < event.date.start and told and event.date.end < told:
            later = later or other
    if later is not None:
        return Checked(
            item=item.id, said=said, since=start, verdict="contradicted", reason=_told(later), event=later.id
        )
    if then is not None:
        return Checked(item=item.id, said=said, since=start, verdict="borne out", reason=_told(then), event=then.id)
    return Checked(
        item=item.id,
        said=said,
        since=start,
        verdict="not known",
        reason="the record holds no such event at that date or after it",
    )


def _told(item: Item) -> str:
    claim = item.claim
    date = claim.date.start if isinstance(claim, Event) and claim.date else ""
    return f"{date}: “{' '.join(claim.evidence.text.split())[:140]}”"


def running(items: Iterable[Item], *, today: str) -> list[Counter]:
    """The counters of a relation on a day: days since its last meetings, calls, visits, instruments and words."""
    listed = list(items)
    tests: dict[str, Callable[[Item], bool]] = {
        "last meeting of heads of state or government": lambda one: _meets(one, _TOP),
        "last meeting of foreign ministers": lambda one: _meets(one, _FOREIGN),
        "last visit": lambda one: isinstance(one.claim, Event) and one.claim.mode == "visit",
        "last telephone call": lambda one: isinstance(one.claim, Event) and one.claim.mode == "phone",
        "last agreement made": lambda one: (
            isinstance(one.claim, Agreement) and one.claim.status in {"signed", "adopted"}
        ),
        "last demand": lambda one: isinstance(one.claim, Event) and one.claim.event_type == "REQUEST",
        "last refusal": lambda one: isinstance(one.claim, Event) and one.claim.event_type == "REJECT",
        "last sanction": lambda one: isinstance(one.claim, Event) and one.claim.event_type == "SANCTION",
        "last words to each other": lambda one: isinstance(one.claim, Statement) and one.claim.addressee is not None,
    }
    found: list[Counter] = []
    for of, test in tests.items():
        counters = [made for one in listed if test(one) and (made := _counter(of, one, today))]
        best = min(counters, key=lambda one: (one.days, one.item), default=None)
        if best is not None:
            found.append(best)
    return found


_TOP = ("president", "prime minister", "chancellor", "king", "queen", "emir", "premier", "taoiseach")
_FOREIGN = ("foreign", "secretary of state", "external affairs")


def _meets(item: Item, offices: tuple[str, ...]) -> bool:
    event = item.claim
    if not isinstance(event, Event) or event.event_type != "CONSULT" or event.mode == "phone":
        return False
    held = [one.office.lower() for one in (*event.actors, *event.recipients) if one.office]
    return sum(any(word in office for word in offices) for office in held) > 1


def _counter(of: str, item: Item, today: str) -> Counter | None:
    claim = item.claim
    if isinstance(claim, Event) and claim.status not in {"actual", "historical"}:
        return None
    date = claim.date if isinstance(claim, Event | Agreement | Statement) else None
    return days_since(of, date, item.id, today=today) if date is not None else None
