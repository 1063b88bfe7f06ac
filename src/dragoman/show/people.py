"""Tells of one actor: its offices over time, what it did and said, with whom, and the documents that name it."""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import dataclass

from dragoman.knowledge import load
from dragoman.model import Entity, Event, Item, Statement, parties, party
from dragoman.record import DocumentLine, Glance, Relation, Store
from dragoman.show import words
from dragoman.show.look import Told, day_of, order_of

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


def offices(name: str, side: str = "") -> list[Office]:
    """The offices that knowledge has of a person, oldest first.

    Under a name that it does not have so, those of somebody of that side with the same family name whose first name
    begins alike: names from other alphabets are written in several ways ("Sergei", "Sergey").
    """
    held = _holders().get(name.casefold(), ())
    if not held and side and " " in name:
        held = _alike().get((side, *_key(name)), ())
    # Where one line has the whole term, a month in which a list still saw the office tells nothing more.
    terms = [one for one in held if "seen" not in one.note]
    kept = [one for one in held if "seen" not in one.note or not any(_within(one, term) for term in terms)]
    return sorted(kept, key=lambda one: (one.first, one.last, one.name))


@functools.lru_cache(maxsize=1)
def _alike() -> dict[tuple[str, str, str], tuple[Office, ...]]:
    found: dict[tuple[str, str, str], dict[Office, None]] = {}
    for name, held in _holders().items():
        if " " in name:
            for one in held:
                found.setdefault((one.side, *_key(name)), {})[one] = None
    return {key: tuple(some) for key, some in found.items()}


def _key(name: str) -> tuple[str, str]:
    """The family name and the first three letters of the first name."""
    parts = name.casefold().split()
    return parts[-1], parts[0][:3]


def _within(one: Office, term: Office) -> bool:
    return one.side == term.side and term.first <= one.first and (not term.last or one.first <= term.last)


def actor(store: Store, key: str) -> Actor | None:
    """The actor of that name, or the side of that code; none when neither record nor knowledge has it."""
    glance = Glance(store)
    is_side = glance.knows_side(key)
    if is_side:
        items = store.items("event", key)[::-1] + store.items("statement", key)[::-1]
    else:
        items = glance.named(key, limit=5 * MOST)
    sides = Counter(_side_of(one, key) for one in items) if not is_side else Counter()
    held = offices(key, next((side for side, _ in sides.most_common() if side), ""))
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
        events=sorted(events, key=order_of, reverse=True),
        statements=sorted(said, key=_day, reverse=True),
        documents=list(glance.lines(used).values())[::-1],
    )


def _side_of(item: Item, name: str) -> str:
    """The side for which somebody acts or speaks in an item; empty where another name is meant."""
    claim = item.claim
    for field in ("speaker", "actors", "recipients", "parties", "who", "to_whom"):
        value = getattr(claim, field, None)
        for one in (value,) if isinstance(value, Entity) else value or ():
            if one.name == name:
                return party(one)
    return ""


def _speaks(claim: Statement, key: str, *, is_side: bool) -> bool:
    if claim.speaker is None:
        return False
    return is_side or claim.speaker.name == key


def _day(told: Told[Statement]) -> tuple[str, str]:
    return day_of(told.claim.date), told.item.id
