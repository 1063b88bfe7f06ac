"""Whose state a party without one belongs to: the state at home, the state of the place, the only state named."""

from __future__ import annotations

import re

import msgspec

from dragoman.coding.reading import NO_STATE, Found, Reader, Reading, states_of
from dragoman.coding.setting import Setting
from dragoman.model import Entity, NameHit, Place, Reason

#: Whoever is no more than this belongs to the state in which the deed took place.
_STATELY = frozenset(
    {"state", "adjective", "people", "demonym", "capital", "region", "body", "person", "party", "place"}
)
#: A word that tells that a deed is mutual stands at most so many words before it.
_NEAR_WORDS = 6
_TWO = 2
_RULES_AT_HOME = frozenset({"COP", "JUD", "LEG"})
_OF_A_PLACE = frozenset(
    {
        "GOV",
        "COP",
        "JUD",
        "LEG",
        "OPP",
        "CVL",
        "REB",
        "UAF",
        "LAB",
        "EDU",
        "AGR",
        "REL",
        "MED",
        "JRN",
        "SOC",
        "CRM",
        "PRM",
        "PTY",
        "UNK",
        "BUS",
    }
)

#: What one state does to another rather than to its own people.
_ABROAD = frozenset({"SANCTION", "MOBILIZE", "THREATEN", "COOPERATE", "CONSULT"})
#: A person's name in full; of one word alone ("Africa") nobody knows whether it is a person.
_FULL_NAME = re.compile(r"[^\W\d_a-z][\w'’.-]+(?: [\w'’.-]+)+")


class Implied(Reader):
    """Gives parties the state that the sentence implies."""

    def __init__(self, reading: Reading, setting: Setting) -> None:
        super().__init__(reading)
        self.setting = setting

    def at_home(
        self,
        event_type: str,
        mode: str,
        actors: tuple[Entity, ...],
        recipients: tuple[Entity, ...],
        why: list[Reason],
    ) -> tuple[Entity, ...]:
        """Whom police, courts and government of a state deal with at home are its own people, unless said otherwise."""
        states = states_of(actors) - NO_STATE
        if event_type not in {"COERCE", "ASSAULT", "ACCUSE", "RETREAT", "CONCEDE", "REJECT"} or len(states) != 1:
            return recipients
        own = next(iter(states))
        if mode in {"curfew", "martial-law"} and not recipients:
            why.append(Reason(step="recipient", rule="implied", detail=f"the people of {own}"))
            return (
                Entity(
                    text="", start=None, end=None, country=own, sectors=("CVL",), how="implied: the people of the state"
                ),
            )
        if not any(set(e.sectors[:1]) & _RULES_AT_HOME for e in actors) or not recipients:
            return recipients
        made = tuple(
            msgspec.structs.replace(e, country=own, how=f"{e.how} + at home with the actor")
            if not e.country and e.sectors and e.sectors[0] in _OF_A_PLACE and not self._stranger(e)
            else e
            for e in recipients
        )
        if made != recipients:
            why.append(Reason(step="country", rule="at home", detail=own))
        return made

    def by_context(
        self,
        event_type: str,
        token: int,
        actors: tuple[Entity, ...],
        recipients: tuple[Entity, ...],
        why: list[Reason],
    ) -> tuple[tuple[Entity, ...], tuple[Entity, ...]]:
        """Actors and recipients of a noun without a known recipient, as far as only the text around it tells them."""
        both = () if actors else self.each_other(token, why)
        if both:
            return both, ()
        return actors, (self.addressee(token, actors, why) if event_type == "REQUEST" else ()) or recipients

    def each_other(self, token: int, why: list[Reason]) -> tuple[Entity, ...]:
        """Both sides of a deed that each does to the other ("tit-for-tat expulsions"), where its words name nobody."""
        tree = self.tree
        before = " ".join(tree.lower[t] for t in range(max(0, token - _NEAR_WORDS), token)).replace(" - ", "-")
        told = next((phrase for phrase in self.cues.reciprocal if f" {phrase} " in f" {before} "), "")
        if not told:
            return ()
        both = self.sentence.actors.pair(tree.starts[token])
        if len(states_of(both)) != _TWO:
            return ()
        why.append(Reason(step="actor", rule="each other", detail=f"{told}: " + ", ".join(e.how for e in both)))
        return both

    def addressee(self, token: int, actors: tuple[Entity, ...], why: list[Reason]) -> tuple[Entity, ...]:
        """Of whom something is demanded that only a state can grant: the only other state that the talk is of."""
        own = states_of(actors) - NO_STATE
        others = (self.sentence.near | states_named(self.sentence.hits)) - own
        if len(own) != 1 or len(others) != 1 or not self.cues.deed_mode("REQUEST", self._wanted(token)):
            return ()
        state = next(iter(others))
        why.append(Reason(step="recipient", rule="the only other state", detail=state))
        return (Entity(text="", start=None, end=None, country=state, how="implied: the only other state of the talk"),)

    def _wanted(self, token: int) -> list[str]:
        """The lemmas of what is demanded."""
        return [self.tree.lemmas[kid] for kid in self.tree.with_prep(token, "for")]

    def _stranger(self, party: Entity) -> bool:
        """Whether the words of a party say that it is of another state, or of none."""
        return not self.cues.strangers.isdisjoint(party.text.lower().replace("-", " ").split())

    def own_people(
        self,
        event_type: str,
        actors: tuple[Entity, ...],
        recipients: tuple[Entity, ...],
        place: Place | None,
        why: list[Reason],
    ) -> tuple[Entity, ...]:
        """People of no known state to whom one state does something are its own, unless it happens in another.

        Rebels whom a state helps are those of another.
        """
        states = states_of(actors) - NO_STATE
        if event_type in _ABROAD or len(states) != 1 or not recipients or all(e.country for e in recipients):
            return recipients
        own = next(iter(states))
        if place is not None and place.country and place.country != own:
            return recipients
        made = tuple(
            msgspec.structs.replace(e, country=own, how=f"{e.how} + people of the actor's state")
            if not e.country
            and (e.sectors[0] in _OF_A_PLACE | {"ELI"} if e.sectors else _FULL_NAME.fullmatch(e.text))
            and not self._stranger(e)
            and (e.sectors[:1] != ("REB",) or self.ontology.hostile(event_type))
            else e
            for e in recipients
        )
        if made != recipients:
            why.append(Reason(step="country", rule="own people", detail=own))
        return made

    def only_state(self, parties: tuple[Entity, ...], why: list[Reason]) -> tuple[Entity, ...]:
        """People of no named state belong to the only state that the passage, or the talk before it, is of."""
        if all(e.country or not e.sectors for e in parties):
            return parties
        named = states_named(self.sentence.hits) or self.sentence.near
        if len(named) != 1:
            return parties
        only = next(iter(named))
        why.append(Reason(step="country", rule="the only state named", detail=only))
        return tuple(
            msgspec.structs.replace(e, country=only, how=f"{e.how} + the only state named")
            if not e.country and e.sectors and e.sectors[0] in _OF_A_PLACE | {"MIL", "ELI"} and not self._stranger(e)
            else e
            for e in parties
        )

    def placed(
        self, parties: tuple[Entity, ...], others: tuple[Entity, ...], place: Place | None, why: list[Reason]
    ) -> tuple[Entity, ...]:
        """Parties of no named state belong to the state where it happened, if only one state can be meant."""
        if place is None or not place.country or all(e.country or not e.sectors for e in parties):
            return parties
        if any(e.country and e.country != place.country and e.sectors[:1] == ("MIL",) for e in others):
            return parties  # an army at work abroad says nothing of the state of those it meets
        made = tuple(
            msgspec.structs.replace(e, country=place.country, how=f"{e.how} + place {place.name}")
            if not e.country and e.sectors and e.sectors[0] in _OF_A_PLACE and not self._stranger(e)
            else e
            for e in parties
        )
        if made != parties:
            why.append(Reason(step="country", rule="place", detail=f"{place.name} = {place.country}"))
        return made

    def people_there(self, item: Found) -> tuple[Entity, ...]:
        """The people of the place of a protest or attack that names no other party."""
        if item.frame.event_type not in {"ASSAULT", "PROTEST"} or (
            item.frame.event_type == "ASSAULT"
            and (
                self.accident() or not (self.tree.lemmas[item.token] in self.cues.violence or self.violent(item.token))
            )
        ):
            return ()
        found = self.setting.placing(item.token, item.carrier.verb if item.carrier is not None else None)
        if found is None or not found[0].country:
            return ()
        place, start, end = found
        text = self.sentence.document.text[start:end]
        sectors = ("OPP",) if item.frame.event_type == "PROTEST" else ("CVL",)
        return (
            Entity(
                text=text,
                start=start,
                end=end,
                name=place.name,
                country=place.country,
                sectors=sectors,
                how=f"people of the place {place.name}",
            ),
        )


def states_named(hits: tuple[NameHit, ...]) -> frozenset[str]:
    """The codes of the states that some names of a passage stand for, those that may mean several left out."""
    return (
        frozenset(code for hit in hits if len(hit.codes) == 1 and hit.kinds & _STATELY for code in hit.codes) - NO_STATE
    )
