"""Tells whether the same people take part in two events: persons with their offices, and whoever stands beside them."""

from __future__ import annotations

import re

from dragoman.model import Entity, Event
from dragoman.reconcile.words import has_word, is_state, name_words, overlap, telling_words

#: Of two phrases for people at most so large a share of words may agree if they are to be other people: "residents of
#: one province" and "residents of another".
OTHERS = 0.5


def persons(event: Event) -> dict[str, set[str]]:
    """State to the names of its persons who hold an office and take part."""
    found: dict[str, set[str]] = {}
    for entity in _all(event):
        if entity.office and entity.name:
            found.setdefault(entity.country, set()).add(entity.name)
    return found


def names(event: Event) -> frozenset[str]:
    """The telling words of those who hold an office, whoever speaks among them."""
    named = [one for one in (*_all(event), event.speaker) if one and one.office]
    return telling_words(" ".join(f"{one.name} {one.text}" for one in named))


def unnamed(event: Event) -> frozenset[str]:
    """The words for those who take part and of whom no state is known: the crew, the co-chairs, an enterprise."""
    return telling_words(" ".join(entity.text for entity in _all(event) if not entity.country))


def beside(a: Event, b: Event) -> bool:
    """Whether each names people of the state whom the other does not: the doctors here, the miners there."""
    common = {one.name for one in _all(a)} & {one.name for one in _all(b)}
    ours, theirs = (
        telling_words(" ".join(f"{one.name} {one.text}" for one in _told(each) if one.name not in common))
        for each in (a, b)
    )
    return bool(ours and theirs) and overlap(ours, theirs) <= OTHERS


def opposite(a: Event, b: Event) -> bool:
    """Whether on the side of one state others sit at the table: its president here, heads of its companies there."""
    states = {one.country for one in _all(a)} & {one.country for one in _all(b)} - {""}
    for state in states:
        ours, theirs = (
            telling_words(" ".join(f"{one.name} {one.text}" for one in _told(each) if one.country == state))
            for each in (a, b)
        )
        if ours and theirs and not ours & theirs:
            return True
        if _outside(a, state) != _outside(b, state):
            return True
    return False


#: Sectors of those who speak for their state.
OF_STATE = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY", "COP", "ELI"})

#: Nobody knows whose they are.
UNKNOWN = frozenset({"UNK"})


def _outside(event: Event, state: str) -> bool:
    """Whether those of a state who take part are not its own: rebels, an opposition, companies."""
    there = [one for one in _all(event) if one.country == state]
    return all(set(one.sectors) - UNKNOWN and not OF_STATE & set(one.sectors) for one in there)


_NAME = re.compile(r"(?<=[a-z,;] )[A-Z]\w+")


def other_places(a: Event, b: Event) -> bool:
    """Whether each sentence has names within it, and none is in both: the region that has its day."""
    known = names(a) | names(b)
    ours, theirs = (telling_words(" ".join(_NAME.findall(one.evidence.text))) - known for one in (a, b))
    return bool(ours and theirs) and not ours & theirs


#: Sectors of those who act for themselves: firms, private bodies, media.
PRIVATE = frozenset({"BUS", "MNC", "NGO", "MED"})


def others_act(a: Event, b: Event) -> bool:
    """Whether each is the deed of a firm or private body with a name, and none acts in both: one bank and another."""
    ours, theirs = (_private(one) for one in (a, b))
    return bool(ours and theirs) and not ours & theirs


def _private(event: Event) -> frozenset[str]:
    """The words of the names of private bodies that act, or nothing where somebody else acts as well."""
    if any(one.office or is_state(one.name) or set(one.sectors) - PRIVATE for one in event.actors):
        return frozenset()
    return name_words(" ".join(one.name or one.text for one in event.actors))


def swapped(a: Event, b: Event) -> bool:
    """Whether somebody who holds an office does it in the one and has it done to them in the other."""
    return any(
        _offices(one.actors) & (_offices(two.recipients) - _offices(two.actors)) for one, two in ((a, b), (b, a))
    )


def _offices(entities: tuple[Entity, ...]) -> set[str]:
    return {one.name for one in entities if one.office and one.name}


def shared(a: Event, b: Event) -> bool:
    """Whether somebody without an office, a group or a person, acts in both or suffers in both."""
    return any(
        telling_words(f"{one.name} {one.text}") and one.name == two.name
        for ours, theirs in ((a.actors, b.actors), (a.recipients, b.recipients))
        for one in ours
        for two in theirs
        if one.name and not one.office
    )


def _told(event: Event) -> tuple[Entity, ...]:
    """Those who are more than the code of their state; a body of both states tells nobody apart."""
    return tuple(
        one for one in _all(event) if one.text != one.country and (one.office or not has_word(one.text, "bodies"))
    )


def _all(event: Event) -> tuple[Entity, ...]:
    return (*event.actors, *event.recipients)
