"""Tells whether two accounts of talks, calls and visits are of one meeting.

A visit and the talks for which it is made are one happening: arrival, welcome, talks in a small and a large circle,
dinner, news conference. The visitor's meetings with others of the host's state are happenings of their own. What one
document announces is not what it tells as held.
"""

from __future__ import annotations

from dragoman.model import Event
from dragoman.reconcile.people import opposite, persons
from dragoman.reconcile.words import has_word

#: The modes that a sentence within the same visit may have: the talks say none, the visit says so.
OF_A_VISIT = frozenset({"", "visit"})


def announced(a: Event, b: Event) -> bool:
    """Whether one document tells the one as held and announces the other."""
    return a.evidence.document == b.evidence.document and (a.status == "future") != (b.status == "future")


def unknown_day(event: Event) -> bool:
    """Whether it is to come on a day that nobody has said."""
    due = event.due or event.date
    return event.status == "future" and due is not None and due.how == "document"


def standing(event: Event) -> bool:
    """Whether the sentence tells of talks that are had again and again."""
    trigger = event.trigger.text if event.trigger else ""
    return has_word(event.evidence.text, "standing") or has_word(trigger, "several")


def one_table(a: Event, b: Event) -> set[str]:
    """The states whose persons sit at the table in two sentences of one document, when they are the same persons.

    A state that only one of the sentences has beside them, with nobody named, is what they talk about.
    """
    ours, theirs = persons(a), persons(b)
    if a.evidence.document != b.evidence.document or len(ours) < 2 or ours != theirs:  # two meet
        return set()
    return set(ours)


def of_one_visit(a: Event, b: Event, modes: tuple[str, str]) -> bool:
    """Whether the one is a visit and the other the talks for which it is made, between the same two states."""
    if "visit" not in modes or not set(modes) <= OF_A_VISIT or opposite(a, b):
        return False
    if a.evidence.document == b.evidence.document and a.status != b.status:
        return False  # the visit that a report recalls is another than the talks of which it tells
    ours, theirs = persons(a), persons(b)
    return any(ours[state] & theirs[state] for state in ours.keys() & theirs.keys())


def planned(a: Event, b: Event) -> bool:
    """Whether the one announces for its day what the other tells: a plan names no subject."""
    return (a.status == "future") != (b.status == "future") and not unknown_day(a) and not unknown_day(b)


def own_background(a: Event, b: Event) -> bool:
    """Whether a document names its own meeting as the ground of something else: "after the talks they signed"."""
    return a.evidence.document == b.evidence.document and all(
        one.status != "historical" or (one.mode != "visit" and has_word(one.evidence.text, "closing")) for one in (a, b)
    )
