"""Read a head that is a person's name: known at the date, known by family name, or told by title and state alone."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.model import NameHit
from dragoman.resolve import persons
from dragoman.resolve.agents import Agent, AgentWords
from dragoman.resolve.folding import normal
from dragoman.resolve.heads import Heads
from dragoman.resolve.name_tables import Entry
from dragoman.resolve.names import NameIndex
from dragoman.resolve.owners import Owners
from dragoman.resolve.reading import FORMER_SECTORS, Reading, Word

#: Names of these kinds before an unknown name say in which sector its bearer is.
_CARRIERS = frozenset({"body", "group", "party"})
_ALONE_RANK = 3


class Persons:
    """Reads heads that are names of persons."""

    def __init__(self, index: NameIndex, agents: AgentWords, owners: Owners, heads: Heads) -> None:
        self.index = index
        self.agents = agents
        self.owners = owners
        self.heads = heads

    def title(self, before: list[Word]) -> bool:
        """Whether the words before a name are a title."""
        if not before:
            return False
        return self.agents.ending([w.text for w in before]) is not None or self.agents.is_small(
            "honorific", normal(before[-1].text)
        )

    def known(
        self,
        text: str,
        before: list[Word],
        people: list[Entry],
        modifiers: list[NameHit],
        hit: NameHit,
        date: str,
        former: str,
    ) -> list[Reading]:
        """Whom a known name means at a date, with the title and the state before it."""
        place = self.owners.country(modifiers, text)
        title = self.agents.ending([w.text for w in before])
        office = " ".join(w.text for w in before[len(before) - title[0] :]) if title else ""
        chosen = persons.choose(people, date, country=place[0], office=office, index=self.index)
        if not chosen and place[0]:
            # The words give another state than any bearer known here: another person of that name.
            return [self.unknown(text, before, hit.text, title, modifiers, date, former)]
        if not chosen:
            return []
        best = chosen[0]
        if "person" not in hit.kinds and not title and best.when != "now" and (not date or best.when == "later"):
            unknown = best.when == "later" and not self.index.is_prominent(hit.text)
            return [] if unknown else [self._of_person(best, office, former, chosen)]
        return [self._of_person(best, office, former, chosen, title[1] if title else None)]

    def _of_person(
        self,
        held: persons.Holding,
        office: str,
        former: str,
        every: Sequence[persons.Holding],
        title: Agent | None = None,
    ) -> Reading:
        entry = held.entry
        sectors = entry.sectors or ("GOV",)
        how = f"person '{entry.name}' {entry.key}: {entry.office or entry.kind}"
        # A title in the text is what the text says of the day, unless the day itself says otherwise.
        if former or (held.when in {"before", "later"} and title is None):
            if sectors[0] in FORMER_SECTORS or former:
                sectors = ("ELI",)
            how += f", {'former' if former or held.when == 'before' else 'not yet in office'} at the date"
        elif title is not None and held.when != "now" and title.sectors:
            sectors = title.sectors
        if len(every) > 1:
            how += "; odds " + ", ".join(f"{h.entry.name} ({h.entry.code}) {h.odds:.2f}" for h in every[:4])
        return Reading(
            name=entry.name,
            country=entry.code,
            sectors=sectors,
            office=office or entry.office,
            how=(how,),
            kind="person",
        )

    def unknown(
        self,
        text: str,
        before: list[Word],
        name: str,
        title: tuple[int, Agent] | None,
        modifiers: list[NameHit],
        date: str,
        former: str,
    ) -> Reading:
        """A person of whom only title, state and body before the name tell."""
        place = self.owners.country(modifiers, text)
        how = [place[1]] if place[1] else []
        sectors: tuple[str, ...] = ()
        office = ""
        if title is not None:
            around = self.index.find(text[: before[-1].end]) if before else []
            sectors, step = self.heads.sectors(text, before, title[0], title[1], around, date)
            office = " ".join(w.text for w in before[len(before) - title[0] :])
            how.append(step)
        else:
            carrier = next(
                (h for h in reversed(modifiers) if h.kinds & _CARRIERS and self.owners.theirs(h, text)), None
            )
            if carrier is not None:
                entry = self.owners.dated(self.owners.entries(carrier), date)
                sectors = entry.sectors
                how.append(f"{entry.kind} '{carrier.text}' {entry.key}")
        if former and sectors[:1] and sectors[0] in FORMER_SECTORS:
            sectors, how = ("ELI",), [*how, f"'{former}'"]
        kind = "person" if title else "unknown name"
        return Reading(name=name, country=place[0], sectors=sectors, office=office, how=tuple(how), kind=kind)

    def unlisted(self, text: str, core: list[Word], inside: list[NameHit], date: str, former: str) -> list[Reading]:
        """A name that no hit covers: the capitals that end the core, with a title or a known family name or nothing."""
        start = self._start(core, inside)
        tail = core[start:]
        if not tail:
            return []
        begun = self._leading_title([w.text for w in tail])
        before = core[: start + begun]
        name_words = tail[begun:]
        if not name_words:
            return []
        name = text[name_words[0].start : name_words[-1].end]
        modifiers = [h for h in inside if h.end <= name_words[0].start]
        place = self.owners.country(modifiers, text)
        title = self.agents.ending([w.text for w in before]) if before else None
        titled = title is not None or self.title(before)
        small = normal(name_words[-1].text)
        if not titled and any(self.agents.is_small(kind, small) for kind in ("junk", "thing", "pronoun")):
            return []
        longer = self._with_more(text, before, name_words, inside, modifiers, date, former)
        if longer is not None:
            return [longer]
        bearers = self.index.bearers(name) if len(name_words) <= 2 else []
        if bearers and (titled or place[0] or len(name_words[-1].text) > 3):
            office = " ".join(w.text for w in before[len(before) - title[0] :]) if title else ""
            chosen = persons.choose(bearers, date, country=place[0], office=office, index=self.index)
            if chosen and (titled or place[0] or self._prominent(chosen[0], name)):
                known = chosen[0].when in {"now", "unknown"} or not titled or chosen[0].entry.rank <= 1
                if known and not (title and not place[0] and len(chosen) > 1 and chosen[0].odds < 0.4):
                    return [self._of_person(chosen[0], office, former, chosen, title[1] if title else None)]
        return [self.unknown(text, before, name, title, modifiers, date, former)]

    def _with_more(
        self,
        text: str,
        before: list[Word],
        name_words: list[Word],
        inside: list[NameHit],
        modifiers: list[NameHit],
        date: str,
        former: str,
    ) -> Reading | None:
        """A known full name with one more name behind it, of a mother or a clan: "Evo Morales Ayma"."""
        hit = next((h for h in inside if h.start == name_words[0].start and "person" in h.kinds), None)
        if hit is None or hit.end != name_words[-2].end or not name_words[-1].capital:
            return None
        people = [entry for entry in self.owners.entries(hit) if entry.kind == "person"]
        # Two words are a name that many bear; only where two family names are usual does a third add nothing.
        if len(name_words) == 3:
            people = [entry for entry in people if self.agents.is_small("two-families", entry.code.lower())]
        found = self.known(text, before, people, modifiers, hit, date, former) if len(name_words) >= 3 else []
        return found[0] if found else None

    def _prominent(self, held: persons.Holding, name: str) -> bool:
        return held.when == "now" and held.entry.rank <= _ALONE_RANK and not self.index.is_ambiguous(name)

    def _start(self, core: list[Word], inside: list[NameHit]) -> int:
        """Where the capitals that end a core begin: behind a possessor, an adjective or the name of a body."""
        start = len(core)
        while start and not core[start - 1].owner and (core[start - 1].capital or self._particle(core, start - 1)):
            start -= 1
        # A hit that ends before the name ("French …") is a modifier; one inside it belongs to the name.
        for hit in inside:
            parting = hit.kinds & {"adjective", "state", "body", "organisation", "group", "party", "company"}
            if parting and start < len(core) and core[start].start <= hit.start and hit.end < core[-1].start:
                start = max(start, next(i for i, w in enumerate(core) if w.start >= hit.end))
        return start

    def _particle(self, core: list[Word], at: int) -> bool:
        """Whether a small word stands within a name ("bin", "van", "al")."""
        return (
            0 < at < len(core) - 1 and core[at - 1].capital and self.agents.is_small("particle", normal(core[at].text))
        )

    def _leading_title(self, words: list[str]) -> int:
        """How many of the capitalised words are a title: "Foreign Minister", "Sen.", "Mr"."""
        for length in range(min(6, len(words) - 1), 0, -1):
            if self.agents.ending(words[:length]) is not None or self.agents.is_small(
                "honorific", normal(words[length - 1])
            ):
                return length
        return 0
