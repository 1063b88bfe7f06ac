"""What became of a commitment: kept, late, broken or open, from what happened afterwards.

A promise is *kept* when a later actual event by who promised speaks of the same deed, on a day not after the one due;
after that day it was kept *late*. It is *broken* when such an event is told as not done, or when who promised refuses
it. With its day past and nothing known it is *late*; else it is *open*. The record may simply not hold the deed, so
each state comes with its reason.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterable
from typing import Literal

from dragoman.measure.likeness import likeness
from dragoman.model import Commitment, Event, Item, Shape, party

State = Literal["kept", "kept late", "late", "broken", "open"]
#: So much of what was promised must be spoken of again; half missed deeds told in other words and confused few.
ALIKE = 0.5


class Promise(Shape, frozen=True, kw_only=True):
    """A commitment with its state; `days` are those left (above 0) or overdue (below 0), none without a due day."""

    item: str
    who: tuple[str, ...]
    what: str
    to_whom: tuple[str, ...]
    given: str
    due: str
    state: State
    days: int | None
    reason: str
    event: str = ""


def promises(commitments: Iterable[Item], events: Iterable[Item], *, today: str) -> list[Promise]:
    """Each commitment item with its state on a day, those due first, then those without a day; by id where equal."""
    listed = [item for item in events if isinstance(item.claim, Event)]
    made = [_promise(item, listed, today) for item in commitments if isinstance(item.claim, Commitment)]
    return sorted(made, key=lambda one: (not one.due, one.due, one.given, one.item))


def _promise(item: Item, events: list[Item], today: str) -> Promise:
    claim = item.claim
    if not isinstance(claim, Commitment):
        raise TypeError(f"{item.id} is a {item.kind}, no commitment")
    due = claim.due.end if claim.due else ""
    given = item.first_known
    state, reason, event = _state(item, claim, events, due, today)
    return Promise(
        item=item.id,
        who=tuple(sorted({party(one) for one in claim.who} - {""})),
        what=claim.what,
        to_whom=tuple(sorted({party(one) for one in claim.to_whom} - {""})),
        given=given,
        due=due,
        state=state,
        days=_between(today, due),
        reason=reason,
        event=event,
    )


def _state(item: Item, claim: Commitment, events: list[Item], due: str, today: str) -> tuple[State, str, str]:
    who = {party(one) for one in claim.who} - {""}
    own = {link.document for link in item.links}
    verb = next(iter(re.findall(r"[a-z]+", claim.what.lower().removeprefix("not to "))), "")
    best: tuple[float, str, Item, Event] | None = None
    for other in events:
        event = other.claim
        if not isinstance(event, Event) or event.date is None or event.date.end < item.first_known:
            continue
        if event.date.start > today or not who & {party(one) for one in event.actors}:
            continue
        if event.status not in {"actual", "negated"} or own & {link.document for link in other.links}:
            continue  # the page that tells of a promise does not tell of its keeping
        if event.of is not None:
            continue  # promised, asked or threatened once more
        if verb[:5] not in _beginnings(event.evidence.text):
            continue  # another deed with the same things
        alike = likeness(claim.what, event.evidence.text)
        if alike >= ALIKE and (best is None or alike > best[0]):
            best = (alike, event.date.start, other, event)
    if best is not None:
        _, day, other, event = best
        if event.status == "negated" or event.event_type == "REJECT":
            return "broken", f"{day}: “{_short(event.evidence.text)}”", other.id
        if due and day > due:
            return "kept late", f"{_between(due, day)} days after it was due: “{_short(event.evidence.text)}”", other.id
        return "kept", f"{day}: “{_short(event.evidence.text)}”", other.id
    if due and due < today:
        return "late", f"it was due on {due}; the record tells of no such deed", ""
    return "open", f"due on {due}" if due else "no day was named, and the record tells of no such deed", ""


@functools.lru_cache(maxsize=20_000)
def _beginnings(text: str) -> frozenset[str]:
    # Each sentence is asked for each promise.
    return frozenset(word[:5] for word in re.findall(r"[a-z]+", text.lower()))


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) < 120 else words[:117].rsplit(" ", 1)[0] + " …"  # a line


def _between(first: str, last: str) -> int | None:
    try:
        return (datetime.date.fromisoformat(last) - datetime.date.fromisoformat(first)).days
    except ValueError:
        return None
