"""Tells of one actor: its offices over time, what it did and said, with whom, and the documents that name it."""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import dataclass

from dragoman.knowledge import load
from dragoman.model import Event, Statement, parties
from dragoman.record import DocumentLine, Glance, Relation, Store
from dragoman.show import words
from dragoman.show.look import Told, day_of

#: Rows of each list on the page; the CSV has them all.
MOST = 100


@dataclass(frozen=True, kw_only=True)
class Office:
    """An office that somebody holds: for which side, from when, to when (ISO days, months or years, or empty)."""

    name: str
    side: str
    first: str
    last: str
    note: str


@dataclass(frozen=True, kw_only=True)
class Actor:
    """One actor with all that the record tells of it, newest first."""

    key: str
    title: str
    is_side: bool
    offices: list[Office]
    relations: list[Relation]
    people: list[tuple[str, int]]
    partners: list[tuple[str, int]]
    events: list[Told[Event]]
    statements: list[Told[Statement]]
    documents: list[DocumentLine]


@functools.lru_cache(maxsize=1)
def _holders() -> dict[str, tuple[Office, ...]]:
    """Who held which office, by name; the files of leaders, cabinets, ambassadors and persons have them."""
    found: dict[str, dict[tuple[str, str, str], Office]] = {}
    for row in load().rows("actors/*.csv"):
        if row.get("kind") != "person" or not row.get("office"):
            continue
        one = Office(name=row["office"], side=row["code"], first=row["from"], last=row["to"], note=row.get("note", ""))
        for name in (row["name"], *(alias for alias in row["aliases"].split("|") if " " in alias)):
            found.setdefault(name.casefold(), {}).setdefault((one.name, one.side, one.first), one)
    return {name: tuple(some.values()) for name, some in found.items()}


def offices(name: str) -> list[Office]:
    """The offices that knowledge has of a person, oldest first."""
    return sorted(_holders().get(name.casefold(), ()), key=lambda one: (one.first, one.last, one.name))


def actor(store: Store, key: str) -> Actor | None:
    """The actor of that name, or the side of that code; none when neither record nor knowledge has it."""
    glance = Glance(store)
    is_side = glance.knows_side(key)
    if is_side:
        items = store.items("event", key)[::-1] + store.items("statement", key)[::-1]
    else:
        items = glance.named(key, limit=5 * MOST)
    held = offices(key)
    if not items and not held and words.side(key) == key:
        return None
    events = [Told(item=one, claim=one.claim) for one in items if isinstance(one.claim, Event)]
    said = [
        Told(item=one, claim=one.claim)
        for one in items
        if isinstance(one.claim, Statement) and _speaks(one.claim, key, is_side=is_side)
    ]
    partners = Counter(
        other for one in items for side in parties(one.claim) for other in side if other != key and not is_side
    )
    used = list(dict.fromkeys(link.document for one in items for link in one.links))[: 3 * MOST]
    return Actor(
        key=key,
        title=words.side(key),
        is_side=is_side,
        offices=held,
        relations=store.relations(of=key) if is_side else [],
        people=glance.names_of(key) if is_side else [],
        partners=partners.most_common(12),
        events=sorted(events, key=_day, reverse=True),
        statements=sorted(said, key=_day, reverse=True),
        documents=list(glance.lines(used).values())[::-1],
    )


def _speaks(claim: Statement, key: str, *, is_side: bool) -> bool:
    if claim.speaker is None:
        return False
    return is_side or claim.speaker.name == key


def _day(told: Told[Event] | Told[Statement]) -> tuple[str, str]:
    return day_of(told.claim.date), told.item.id
