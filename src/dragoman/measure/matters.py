"""A dispute over time: each side's latest words on it, and for how long a demand has waited for an answer.

Words belong to a dispute when they hold every capital word of its name, or the name as it is where it has none.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterable

from dragoman.model import Dispute, Entity, Event, Item, Shape, Statement, content_id, parties, party

_ASKS = frozenset({"demands", "accuses", "offers"})


class Position(Shape, frozen=True, kw_only=True):
    """What a side said last on a matter."""

    side: str
    day: str
    words: str
    stance: str
    item: str


class Matter(Shape, frozen=True, kw_only=True):
    """A dispute; `waiting` is the side whose demand stands unanswered for `unanswered` days, else empty and none.

    What the record only suggests has no `item` but an id of its own, `suggestion`, and the events it `rests_on`.
    """

    item: str
    name: str
    parties: tuple[str, ...]
    status: str
    since: str
    days: int | None
    positions: tuple[Position, ...]
    waiting: str
    unanswered: int | None
    settled_by: str
    suggestion: str = ""
    rests_on: tuple[str, ...] = ()
    confirmed_by: str = ""  # the last person who said that it is one


def matters(disputes: Iterable[Item], said: Iterable[Item], *, today: str) -> list[Matter]:
    """The dispute items with what the sides said of them among statements and events; the longest unanswered first."""
    words = [item for item in said if isinstance(item.claim, Statement | Event)]
    made = [
        _matter(item, words, today)
        for item in disputes
        if isinstance(item.claim, Dispute) and item.claim.status != "dismissed"
    ]
    return sorted(made, key=lambda one: (-(one.unanswered or -1), one.name, one.item))


def _matter(item: Item, words: list[Item], today: str) -> Matter:
    claim = item.claim
    if not isinstance(claim, Dispute):
        raise TypeError(f"{item.id} is a {item.kind}, no dispute")
    sides = parties(claim)[0]
    about = [
        one for one in (_said(other, claim.name, sides) for other in words) if one is not None and one.day <= today
    ]
    about.sort(key=lambda one: (one.day, one.item))
    latest = {one.side: one for one in about}
    asked = [one for one in about if one.stance in _ASKS]
    waiting, unanswered = "", None
    if asked and claim.status == "open":
        last = asked[-1]
        answered = any(one.side != last.side and one.day >= last.day and one.item != last.item for one in about)
        if not answered:
            waiting, unanswered = last.side, _days(last.day, today)
    since = min(
        [
            *(one.day for one in about),
            *([claim.since.start] if claim.since else []),
            *([item.first_known] if item.first_known else []),
        ],
        default="",
    )
    return Matter(
        item=item.id, name=claim.name, parties=sides, status=claim.status, since=since,
        days=_days(since, today) if since else None,
        positions=tuple(latest[side] for side in sorted(latest)), waiting=waiting, unanswered=unanswered,
        settled_by=claim.evidence.text if claim.status == "settled" else "",
    )  # fmt: skip


def suggested(
    events: Iterable[Item],
    known: Iterable[Matter],
    *,
    today: str,
    dismissed: Iterable[tuple[str, tuple[str, ...]]] = (),
    told: frozenset[tuple[str, int]] = frozenset(),
) -> list[Matter]:
    """Matters that nobody named: a demand by one side and a refusal by the other that share a capital name.

    Each has no item of its own and the status `suggested`; a person makes it a dispute or dismisses it. Those in
    `dismissed`, names with their sides, are not suggested again, nor is a refusal whose words (`told`: document and
    offset) a dispute rests on under whatever name.
    """
    listed = [
        one
        for one in events
        if isinstance(one.claim, Event)
        and one.claim.status in {"actual", "historical"}
        and one.claim.event_type in {"REQUEST", "REJECT"}
    ]
    taken = [(one.name, one.parties) for one in known] + list(dismissed)
    found: dict[tuple[str, tuple[str, ...]], list[Item]] = {}
    demands = [one for one in listed if isinstance(one.claim, Event) and one.claim.event_type == "REQUEST"]
    refusals = [one for one in listed if isinstance(one.claim, Event) and one.claim.event_type == "REJECT"]
    for demand in demands:
        for refusal in refusals:
            words = refusal.claim.evidence
            name = _shared(demand, refusal) if (words.document, words.start) not in told else ""
            sides = tuple(sorted({*parties(demand.claim)[0], *parties(refusal.claim)[0]})) if name else ()
            if name and not any(
                (speaks_of(name, one) or speaks_of(one, name)) and set(sides) & set(theirs) for one, theirs in taken
            ):
                found.setdefault((name, sides), []).extend((demand, refusal))
    made = []
    for (name, sides), items in sorted(found.items()):
        said = sorted(
            (one for one in (_said(item, name, sides) for item in {one.id: one for one in items}.values()) if one),
            key=lambda one: (one.day, one.item),
        )
        latest = {one.side: one for one in said if one.day <= today}
        if len(latest) > 1:
            made.append(
                Matter(
                    item="",
                    name=name,
                    parties=sides,
                    status="suggested",
                    since=said[0].day,
                    days=_days(said[0].day, today),
                    positions=tuple(latest[side] for side in sorted(latest)),
                    waiting="",
                    unanswered=None,
                    settled_by="",
                    suggestion=content_id("suggested", name, *sides),
                    rests_on=tuple(dict.fromkeys(one.id for one in items)),
                )
            )
    return made


def _shared(demand: Item, refusal: Item) -> str:
    """The longest capital name in a demand and in its refusal by the other side that is no party's."""
    one, other = demand.claim, refusal.claim
    if not isinstance(one, Event) or not isinstance(other, Event):
        return ""
    if one.event_type != "REQUEST" or other.event_type != "REJECT" or set(parties(one)[0]) & set(parties(other)[0]):
        return ""
    if not set(parties(one)[1]) & set(parties(other)[0]):
        return ""
    held = {
        word.lower()
        for event in (one, other)
        for entity in (*event.actors, *_addressed(event))
        for word in f"{entity.name} {entity.text}".split()
    }
    names = re.findall(r"(?<!^)(?<![.?!“\"] )\b[A-Z][\w’-]{3,}(?: [A-Z][\w’-]{2,})*", one.evidence.text)
    shared = [
        name for name in names if name in other.evidence.text and not held & {word.lower() for word in name.split()}
    ]
    return max(shared, key=len, default="")


def _addressed(event: Event) -> list[Entity]:
    """To whom a demand or a refusal goes; one of the actor's own side is what it is about ("to hand over X")."""
    own = {party(entity) for entity in event.actors}
    return [entity for entity in event.recipients if party(entity) not in own]


def _said(item: Item, name: str, sides: tuple[str, ...]) -> Position | None:
    claim = item.claim
    text = claim.evidence.text
    if not speaks_of(text, name):
        return None
    if isinstance(claim, Statement):
        side = party(claim.speaker) if claim.speaker else ""
        day = claim.date.start if claim.date else item.first_known
        shown, stance = claim.quote or claim.content, claim.stance
    elif isinstance(claim, Event) and claim.event_type in {"REQUEST", "REJECT", "ACCUSE"} and claim.actors:
        side = party(claim.actors[0])
        day = claim.date.start if claim.date else item.first_known
        shown, stance = text, {"REQUEST": "demands", "REJECT": "opposes", "ACCUSE": "accuses"}[claim.event_type]
    else:
        return None
    if side not in sides or not day:
        return None
    return Position(side=side, day=day, words=" ".join(shown.split()), stance=stance, item=item.id)


def speaks_of(text: str, name: str) -> bool:
    """Whether a text holds the capital words of a name, or its words one after the other where it has none."""
    capital, words = _words_of(name)
    lower = _lowered(text)
    if capital:
        return all(word in lower for word in capital)
    return any(len(word) > 3 for word in words) and " ".join(words) in lower


@functools.lru_cache(maxsize=2_000)
def _words_of(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The capital words of a name, and all its words, in small letters."""
    capital = tuple(word.lower() for word in re.findall(r"\b[A-Z][\w’-]{2,}", name))
    return capital, tuple(re.findall(r"[^\W\d_][\w’-]*", name.lower()))


@functools.lru_cache(maxsize=20_000)
def _lowered(text: str) -> str:
    # Each sentence is asked for each dispute.
    return " ".join(text.lower().split())


def _days(first: str, last: str) -> int:
    return (datetime.date.fromisoformat(last) - datetime.date.fromisoformat(first)).days
