"""Read a head that is a word for people or bodies: its sectors, or those that the words before it carry."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dragoman.model import NameHit
from dragoman.resolve.agents import Agent, AgentWords
from dragoman.resolve.folding import normal
from dragoman.resolve.names import NameIndex
from dragoman.resolve.owners import Owners
from dragoman.resolve.reading import FORMER_SECTORS, PLACES, Reading, Word

_ARMED = frozenset({"REB", "UAF", "PRM"})
_CARRIED = frozenset({
    "MIL", "COP", "SPY", "REB", "UAF", "PRM", "CRM", "OPP", "LEG", "EDU", "LAB", "JRN", "REL", "MED", "REF", "PTY",
    "JUD", "BUS", "AGR", "SOC", "GOV", "NGO", "IGO",
})  # fmt: skip
_UNIFORMED = frozenset({"MIL", "COP", "REB", "EDU", "MED", "JRN"}) | _ARMED


class Heads:
    """Reads heads that are words for people or bodies."""

    def __init__(self, index: NameIndex, agents: AgentWords, owners: Owners) -> None:
        self.index = index
        self.agents = agents
        self.owners = owners

    def agent(
        self, text: str, core: list[Word], length: int, agent: Agent, inside: list[NameHit], date: str, former: str
    ) -> list[Reading]:
        """What a core that ends with an agent of so many words names: once for each state that modifies it."""
        modifiers = [h for h in inside if h.start < core[-1].start]
        sectors, step = self.sectors(text, core, length, agent, modifiers, date)
        office = " ".join(w.text for w in core[len(core) - length :]) if agent.kind == "person" else ""
        how = [step]
        if former and agent.kind == "person" and sectors[:1] and sectors[0] in FORMER_SECTORS:
            sectors, how = ("ELI",), [*how, f"'{former}'"]
        places = self.owners.countries(modifiers, text)
        kind = "agent" if agent.kind == "person" else agent.kind
        named = agent.kind == "body" and len(core) > 1 and all(word.capital for word in core)
        return [
            Reading(
                name=text[core[0].start : core[-1].end] if named else "",
                country=code,
                sectors=sectors,
                office=office,
                how=(*((why,) if why else ()), *how),
                kind=kind,
                plural=agent.plural or len(places) > 1,
                generic=not code,
            )
            for code, why in places or [("", "")]
        ]

    def sectors(
        self, text: str, core: list[Word], length: int, agent: Agent, modifiers: Sequence[NameHit], date: str
    ) -> tuple[tuple[str, ...], str]:
        """The sectors of an agent with the words before it: its own, or those that it carries; and why."""
        head = text[core[len(core) - length].start : core[-1].end]
        step = f"agent '{head}' {agent.where}"
        front = core[: len(core) - length]
        carried, carrier = self._carried_by_name(text, agent, modifiers, date)
        words, why = self._carried_by_word(front, modifiers)
        if words:
            carried, carrier = words, why
        own = agent.sectors
        if not carried:
            return own or (("UNK",) if agent.role else ()), step
        first = own[0] if own else ""
        within = (first == "MIL" and carried[0] in _ARMED) or (first in {"CVL", "UNK"} and carried[0] in _UNIFORMED)
        part = agent.kind == "body" and bool(modifiers) and bool(front) and modifiers[-1].kinds == {"body"} and (
            front[-1].end == modifiers[-1].end and not front[-1].owner and carried[0] in {"SPY", "MIL"}
        )  # fmt: skip
        if agent.role or not own or within or part:
            if carried[0] == "GOV" and first in {"MIL", "LEG", "JUD"}:
                return own, step
            return carried, f"{carrier} + {step}"
        return own, step

    def _carried_by_name(
        self, text: str, agent: Agent, modifiers: Sequence[NameHit], date: str
    ) -> tuple[tuple[str, ...], str]:
        carried: tuple[str, ...] = ()
        carrier = ""
        for hit in modifiers:
            if not self.owners.theirs(hit, text) or hit.kinds <= PLACES | {"person", "surname", "states"}:
                continue
            entry = self.owners.dated(self.owners.entries(hit), date)
            if entry.sectors:
                carried, carrier = entry.sectors, f"{entry.kind} '{hit.text}' {entry.key}"
            elif entry.kind == "organisation" and agent.role and not agent.sectors:
                carried = ("GOV",) if entry.code in {"EUR", "IGO", "UNO"} else ()
                carrier = f"organisation '{hit.text}' {entry.key}"
        return carried, carrier

    def _carried_by_word(self, front: list[Word], modifiers: Sequence[NameHit]) -> tuple[tuple[str, ...], str]:
        position = len(front)
        while position > 0:
            found = self.agents.ending([w.text for w in front[:position]])
            if found is None:
                position -= 1
                continue
            size, modifier = found
            word = front[position - 1]
            carries = modifier.sectors and modifier.sectors[0] in _CARRIED
            named = any(h.start <= word.start < h.end for h in modifiers)
            if carries and not named and not self.agents.is_small("not-modifier", normal(word.text)):
                return modifier.sectors, f"agent '{modifier.word}' {modifier.where}"
            position -= size
        return (), ""

    def owned(self, core: list[Word], reading: Reading, inner: Reading) -> Reading:
        """A role with the sectors of the body that follows it: "president of the … League"."""
        agent = self.agents.ending([w.text for w in core])
        if inner.kind == "person" and reading.sectors == ("UNK",) and inner.sectors:
            # "The office of President …" is what its holder is.
            country = reading.country or inner.country
            return msgspec.structs.replace(
                reading, sectors=inner.sectors, country=country, how=(*reading.how, *inner.how)
            )
        carries = agent is not None and (agent[1].role or agent[1].sectors == ("UNK",))
        if agent is None or not carries or inner.kind in {"state", "place", "people", "person", ""}:
            if reading.country or inner.kind == "":
                return reading
            return msgspec.structs.replace(reading, country=inner.country, how=(*reading.how, *inner.how))
        sectors = inner.sectors or reading.sectors
        if inner.kind == "organisation" and not inner.sectors:
            sectors = reading.sectors
        if agent[1].sectors == ("LEG",) and inner.sectors[:1] == ("GOV",):
            sectors = agent[1].sectors
        country = reading.country or inner.country
        return msgspec.structs.replace(reading, sectors=sectors, country=country, how=(*reading.how, *inner.how))

    def role_of(self, core: list[Word], agent: Agent, reading: Reading, text: str) -> Reading:
        """A role of somebody: members of the Taliban are what these are, leaders of Germany its government."""
        if reading.kind in {"state", "place"}:
            sectors = agent.sectors if agent.sectors and agent.sectors != ("UNK",) else ("CVL",)
        else:
            sectors = reading.sectors or agent.sectors
        head = text[core[0].start : core[-1].end]
        how = (*reading.how, f"role '{head}' {agent.where}")
        return msgspec.structs.replace(
            reading, sectors=sectors, kind="agent", office=head, how=how, plural=agent.plural
        )
