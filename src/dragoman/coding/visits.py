"""A meeting on a visit of one side to the other is that visit: who came is actor, who received is recipient."""

from __future__ import annotations

import msgspec

from dragoman.coding.reading import Found, Reader, Reading, states_of
from dragoman.model import Entity, Event, Reason

_WHILE = frozenset({"on", "during"})
#: So many it takes to meet.
_TWO = 2


class Visits(Reader):
    """Reads "A met B on the first visit to the country by a minister of A"."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading)
        #: The words of the visits that were laid on a meeting.
        self.nouns: set[int] = set()

    def told(self, events: list[Event], found: dict[int, Found]) -> list[Event]:
        """The events of a sentence, the meetings among them that took place on a visit told as visits."""
        told = [self._told(event, found) for event in events]
        words = {self.tree.starts[noun] for noun in self.nouns}
        return [event for event in told if event.trigger is None or event.trigger.start not in words]

    def _told(self, event: Event, found: dict[int, Found]) -> Event:
        met = (*event.actors, *event.recipients)
        if event.event_type != "CONSULT" or event.mode or len(states_of(met)) != _TWO:
            return event
        for item in found.values():
            held = item.carrier
            if (
                item.frame.mode != "visit"
                or item.frame.part != "noun"
                or held is None
                or held.place not in _WHILE
                or event.trigger is None
                or self.tree.starts[held.verb] != event.trigger.start
            ):
                continue
            came, received = self._sides(item.token, held.verb, met)
            if came and received:
                self.nouns.add(item.token)
                detail = f"{self.tree.words[item.token]}: {came[0].text}"
                why = Reason(step="mode", rule="met on a visit", detail=detail)
                return msgspec.structs.replace(
                    event,
                    mode="visit",
                    actors=came,
                    recipients=received,
                    score=self.ontology.score("CONSULT", "visit"),
                    why=(*event.why, why),
                )
        return event

    def _sides(self, noun: int, verb: int, met: tuple[Entity, ...]) -> tuple[tuple[Entity, ...], tuple[Entity, ...]]:
        """Who came and who received, where the words of the visit say so and both are among those who met."""
        goals = self.tree.with_prep(noun, "to")
        sides = states_of(met)
        hosts = states_of(self.roles.parties(goals))
        guests = states_of(self.roles.fill(noun, "possessor")) or states_of(self.roles.fill(noun, "by"))
        guests = guests or states_of(self.roles.parties(self.tree.with_prep(verb, "by")))
        if not goals:
            return (), ()
        if guests and hosts <= guests:
            hosts = sides - guests  # "to the country": nobody pays a visit to his own
        elif not guests:
            subject = states_of(self.roles.fill(verb, "subject"))
            guests = sides - hosts if hosts and hosts <= subject else subject
            hosts = hosts or sides - guests
        if guests & hosts or not (guests <= sides and hosts <= sides):
            return (), ()
        return tuple(e for e in met if e.country in guests), tuple(e for e in met if e.country in hosts)
