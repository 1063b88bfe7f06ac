"""What became of a commitment: kept, late, broken or open, from what happened afterwards.

A promise is *kept* when a later actual event by who promised speaks of the same deed, on a day not after the one due;
after that day it was kept *late*. It is *broken* when such an event is told as not done, or when who promised refuses
it; a promise not to do something is broken by the deed. With its day past and nothing known it is *late*; else it is
*open*. The same deed is the same verb in any form or a near synonym (`deeds`), towards the same party, with half of
what else was promised; where both name a number and the numbers differ, only a part was kept, and the promise stays
open or late. The record may simply not hold the deed, so each state comes with its reason.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Literal

from dragoman.measure.deeds import told_of
from dragoman.measure.likeness import likeness, stems
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
    best: tuple[float, str, Item, Event] | None = None
    part = ""
    for other in events:
        event = other.claim
        if not isinstance(event, Event) or not _may_keep(item, claim, other, event, today):
            continue
        alike = _alike(claim, event)
        if alike < ALIKE or event.date is None:
            continue
        if _other_number(claim, event):
            part = part or f"; in part: {event.date.start}: “{_short(event.evidence.text)}”"
        elif best is None or alike > best[0]:
            best = (alike, event.date.start, other, event)
    if best is not None:
        return _outcome(claim, best[2], best[3], due)
    if due and due < today:
        return "late", f"it was due on {due}; the record tells of no such deed{part}", ""
    return "open", f"due on {due}{part}" if due else f"no day was named, and the record tells of no such deed{part}", ""


def _outcome(claim: Commitment, item: Item, event: Event, due: str) -> tuple[State, str, str]:
    """Kept, kept late or broken by an event."""
    day = event.date.start if event.date else ""
    words = _short(event.evidence.text)
    undone = event.status == "negated" or event.event_type == "REJECT"
    if undone != _never(claim):
        return "broken", f"{day}: “{words}”", item.id
    if due and day > due and not undone:
        return "kept late", f"{_between(due, day)} days after it was due: “{words}”", item.id
    return "kept", f"{day}: “{words}”", item.id


def _may_keep(item: Item, claim: Commitment, other: Item, event: Event, today: str) -> bool:
    """Whether an event is a later deed, done or not, of who promised, told by another page than the promise."""
    if event.date is None or event.date.end < item.first_known or event.date.start > today:
        return False
    who = {party(one) for one in claim.who} - {""}
    if not who & {party(one) for one in event.actors} or event.status not in {"actual", "negated"}:
        return False
    if event.of is not None:
        return False  # promised, asked or threatened once more
    if {link.document for link in other.links} <= {link.document for link in item.links}:
        return False  # the page that tells of a promise alone does not tell of its keeping
    wanted = {party(one) for one in claim.to_whom} - {""}
    given = {party(one) for one in (*event.recipients, *event.actors)} - {""} - who
    return not wanted or not given or bool(wanted & given)


def _alike(claim: Commitment, event: Event) -> float:
    """How much of what was promised an event tells of: none without its verb, else the share of the other words."""
    what = claim.what.removeprefix("not to ")
    verb = next(iter(re.findall(r"[A-Za-z]+", what)), "")
    if not verb or not told_of(verb, event.evidence.text):
        return 0.0
    rest = what[what.find(verb) + len(verb) :]
    if claim.due is not None and claim.due.text:
        rest = rest.replace(claim.due.text, " ")
    said = likeness(rest, event.evidence.text)
    named = {party(one) for one in claim.to_whom} & {party(one) for one in (*event.actors, *event.recipients)}
    # the deed towards the same party is half of what there is to tell: "visit Ankara", "went to Turkey"
    return max(said, likeness(what, event.evidence.text), ALIKE if named and not _things(rest, claim) else 0.0)


def _things(rest: str, claim: Commitment) -> frozenset[str]:
    """The words of what is promised besides the names of those to whom it is promised."""
    names = " ".join(f"{one.text} {one.name}" for one in claim.to_whom)
    return stems(rest) - stems(names)


def _never(claim: Commitment) -> bool:
    return claim.what.startswith("not to ")


_NUMBER = re.compile(r"(?<![\w.-])\d+(?:[.,]\d+)*(?![\w-])")
#: Numbers of four digits from this on are years.
_YEARS = range(1900, 2101)


def _numbers(text: str, without: str = "") -> set[str]:
    plain = text.replace(without, " ") if without else text
    found = {number.replace(",", "") for number in _NUMBER.findall(plain)}
    return {number for number in found if not (number.isdigit() and int(number) in _YEARS)}


def _other_number(claim: Commitment, event: Event) -> bool:
    """Whether a promise and a deed both name a number, and none of them is the same."""
    promised = _numbers(claim.what, claim.due.text if claim.due else "")
    done = _numbers(event.evidence.text, event.date.text if event.date else "")
    return bool(promised) and bool(done) and not promised & done


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) < 120 else words[:117].rsplit(" ", 1)[0] + " …"  # a line


def _between(first: str, last: str) -> int | None:
    try:
        return (datetime.date.fromisoformat(last) - datetime.date.fromisoformat(first)).days
    except ValueError:
        return None
