"""Says whose side a party is on when happenings are compared: parties are compared at the finest level that they share.

An organ or officer of an organisation is that organisation (the Commission is the Union, the Secretary General is the
alliance). A member is not: what one member does is no deed of the organisation, nor the other way round, unless the
sentence says that the member acts for it ("on behalf of the Union", "the Union's presidency").
"""

from __future__ import annotations

import functools
import re

from dragoman.knowledge import load
from dragoman.model import BODY_CODES, Entity, Event, party
from dragoman.reconcile.words import has_word

_WORD = re.compile(r"[\w.&-]*\w")
#: The longest name of an organisation in words.
LONGEST = 8


@functools.cache
def _organisations() -> dict[str, str]:
    """Every name of an organisation in small letters, to the side that it is."""
    found: dict[str, str] = {}
    for row in load().rows("actors/organisations.csv"):
        name, code = str(row["name"]), str(row["code"])
        for alias in (name, *str(row["aliases"]).split("|")):
            clean = alias.lstrip("=~ ").removeprefix("the ").casefold()
            if clean:
                found[clean] = name if code in BODY_CODES else code
    return found


@functools.lru_cache(maxsize=16384)
def organisation(text: str) -> str:
    """The side of the organisation that a text names last ("Secretary General of NATO"), or nothing."""
    words = _WORD.findall(text.casefold())
    for end in range(len(words), 0, -1):
        for start in range(max(0, end - LONGEST), end):
            if found := _organisations().get(" ".join(words[start:end])):
                return found
    return ""


@functools.cache
def _officers() -> dict[str, str]:
    """The people who have served organisations, to the one that each served; those of several are left out."""
    found: dict[str, set[str]] = {}
    for row in load().rows("actors/persons.csv"):
        if row["code"] in BODY_CODES and (served := organisation(str(row["office"]))):
            found.setdefault(str(row["name"]), set()).add(served)
    return {name: min(served) for name, served in found.items() if len(served) == 1}


def side(entity: Entity) -> str:
    """The side of a party: its state, or the organisation whose organ or officer it is; empty when unknown."""
    if entity.country not in BODY_CODES:
        return entity.country
    if not entity.office:
        return party(entity)
    return organisation(entity.office) or _officers().get(entity.name, "") or party(entity)


def sides(event: Event) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sides that act and the sides that receive, sorted."""
    one, two = ({side(entity) for entity in some} - {""} for some in (event.actors, event.recipients))
    return tuple(sorted(one)), tuple(sorted(two))


def all_sides(event: Event) -> set[str]:
    """Every side that takes part."""
    return {side(entity) for some in (event.actors, event.recipients) for entity in some} - {""}


def acting_for(event: Event) -> str:
    """The organisation for which a state acts, as the sentence says; empty where it says nothing such."""
    return _acting_for(event.evidence.text) if has_word(event.evidence.text, "acting") else ""


@functools.lru_cache(maxsize=16384)
def _acting_for(text: str) -> str:
    words = _WORD.findall(text.casefold().replace("’s", "").replace("'s", ""))
    for at, word in enumerate(words):
        if not has_word(word, "acting"):
            continue
        # "on behalf of the Union", "the Union's presidency"
        after = words[at + 1 : at + 4 + LONGEST]
        start = next((n for n, one in enumerate(after[:3]) if one not in _LINKS), 0)
        named = [after[start:end] for end in range(start + LONGEST, start, -1)] if start else []
        before = words[max(0, at - LONGEST) : at]
        before = before[:-1] if before[-1:] == ["council"] else before
        named += [before[n:] for n in range(len(before))]
        if found := next((_organisations()[key] for key in map(" ".join, named) if key in _organisations()), ""):
            return found
    return ""


#: Between the charge and the organisation.
_LINKS = frozenset({"of", "for", "the"})


def other_names(event: Event) -> list[set[str]]:
    """The sides as they are when one of the states that take part acts for an organisation: each in its turn."""
    served = acting_for(event)
    ours = all_sides(event)
    if not served or served in ours:
        return []
    states = {one.country for one in (*event.actors, *event.recipients) if one.office} & ours
    return [ours - {state} | {served} for state in sorted(states)]
