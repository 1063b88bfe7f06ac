"""What the score asks of one event: its mode, whether it is background, whether somebody says it of themselves."""

from __future__ import annotations

from dragoman.model import Entity, Event
from dragoman.reconcile.sides import all_sides
from dragoman.reconcile.words import has_word

#: Two states meet or cut ties once a day as a rule.
ONCE_A_DAY = frozenset({"CONSULT", "COOPERATE", "RETREAT", "CONCEDE", "SANCTION"})
#: In a war or an unrest the same place and means come every day.
DAILY = frozenset({"ASSAULT", "PROTEST", "COERCE", "MOBILIZE"})
#: What is done to people by words, so that other people make it another deed; who is struck in one blow, each tells
#: in words of their own.
TALK = frozenset({"CONSULT", "SUPPORT", "AGREE", "ACCUSE", "REQUEST", "REJECT"})
#: Said again on another day, it is another deed.
SAID = frozenset({"SUPPORT", "ACCUSE", "REQUEST", "THREATEN", "AGREE"})
#: A step of the score that says so keeps the two apart, whatever else they share.
NEVER = -1.0


def one_side_of(event: Event) -> bool:
    """Whether it happened within one state."""
    return len(all_sides(event)) == 1


def before(event: Event) -> bool:
    """Whether it is told as background and dated by the document alone: it was some day before."""
    return event.status == "historical" and event.date is not None and event.date.how == "document"


def spoken(event: Event) -> bool:
    """Whether somebody says it of themselves, as in a speech."""
    return has_word(event.evidence.text, "first_person")


def mode(event: Event) -> str:
    """The mode of the happening; for a bare schedule that of the deed that is due."""
    return (event.of.mode if event.status == "future" and event.of else event.mode) or ""


def countries(entities: tuple[Entity, ...]) -> frozenset[str]:
    """The codes of the countries of some parties."""
    return frozenset(entity.country for entity in entities if entity.country)
