"""Complete what a phrase says by what the document says: whose minister, which army, whose counterpart, who in full."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from dragoman.model import Mention
from dragoman.resolve import persons
from dragoman.resolve.coreference import Anaphors, Memory, Named
from dragoman.resolve.folding import normal
from dragoman.resolve.names import NameIndex
from dragoman.resolve.reading import Reading
from dragoman.resolve.speakers import Speakers

#: Bodies and people of a state in these sectors take the state from the document where they name none.
_OF_A_STATE = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY", "OPP"})
_RULERS = frozenset({"head of state", "head of government"})
_POSSESSIVE = re.compile(r"(his|her|its|their|our|my|your)\s", re.IGNORECASE)
#: A family name shorter than this is not looked for in a title; a phrase of more words is no family name alone.
_SHORTEST, _ALONE = 3, 2
#: Heads of state and government are known by the family name anywhere.
_LEADING = 1
#: So far reaches a full name.
_FULL = 40
#: Of namesakes of a family name that comes first, holders of offices down to these are meant by it alone.
_KNOWN = 2
_QUARTER = re.compile(r"the (north|south)['’]s?\s", re.IGNORECASE)


#: Codes that many bodies share: whoever holds an office of one holds none of another.
_SHARED = frozenset({"IGO", "NGO", "IMG", "ISM", "MNC"})
_BODY = re.compile(r"organisation '([^']+)'")


def with_holder(reading: Reading, index: NameIndex, date: str) -> Reading:
    """An office of a state with the name of whoever held it at the date ("the Foreign Secretary")."""
    if (
        reading.kind != "agent"
        or reading.plural
        or reading.name
        or not reading.office
        or not reading.country
        or reading.sectors[:1] != ("GOV",)
    ):
        return reading
    held = persons.holder(index, reading.country, reading.office, date)
    if held is None or held.odds < 1:
        return reading
    if reading.country in _SHARED and not any(
        body.lower() in held.entry.office.lower() for body in _BODY.findall(" ".join(reading.how))
    ):
        return reading  # the president of another organisation
    step = f"holder {held.entry.name} {held.entry.key}: {held.entry.office}"
    return msgspec.structs.replace(reading, name=held.entry.name, how=(*reading.how, step))


def with_seat(reading: Reading, index: NameIndex) -> Reading:
    """An office of no known state with the state that alone calls it so ("the Foreign Secretary")."""
    code = index.seat(reading.office) if reading.kind in {"agent", "person"} and not reading.country else ""
    if not code:
        return reading
    how = (*reading.how, f"only {code} has a '{reading.office}' office_states.csv")
    return msgspec.structs.replace(reading, country=code, how=how)


class Completion:
    """Completes the readings of one document's phrases."""

    def __init__(
        self,
        text: str,
        index: NameIndex,
        memory: Memory,
        speakers: Speakers,
        anaphors: Anaphors,
        date: str,
        side: str,
        title: str = "",
        read: Callable[[str], list[Reading]] | None = None,
    ) -> None:
        """`title` of the document, which may name in full whom its text calls by the family name; `read` reads it."""
        self._text = text
        self._title = title
        self._read = read
        self._index = index
        self._memory = memory
        self._speakers = speakers
        self._anaphors = anaphors
        self._date = date
        self._side = side

    def completed(self, reading: Reading, mention: Mention, phrase: str) -> Reading:
        """A reading with what the document tells: whose counterpart, which minister, the full name of a family name."""
        if reading.kind in {"person", "unknown name"}:
            return with_seat(self._in_full(reading, mention, phrase), self._index)
        if reading.kind == "agent" and not reading.plural and reading.office:
            if normal(reading.office).endswith("counterpart"):
                return self._counterpart(reading, mention)
            reading = self._same_office(reading, mention)
        if any(step.startswith("states ") for step in reading.how):
            return reading  # "Latin American leaders" are of several states, named or not
        if not reading.country and reading.kind in {"agent", "body"}:
            reading = self._owned(reading, mention, phrase)
        if not reading.country and reading.kind in {"agent", "body"} and _OF_A_STATE.intersection(reading.sectors[:1]):
            reading = self._of_the_state(reading, mention)
        return with_holder(with_seat(reading, self._index), self._index, self._date)

    def _owned(self, reading: Reading, mention: Mention, phrase: str) -> Reading:
        """The state of whom a possessor means: "its army", "her spokesman", "the North's military"."""
        quarter = _QUARTER.match(phrase)
        possessor = _POSSESSIVE.match(phrase)
        named: Named | None = None
        if quarter:
            named = self._memory.quarter(mention.start, quarter.group(1).capitalize())
        elif possessor:
            kind = self._anaphors.kind(possessor.group(1))
            offset = mention.start
            if kind in {"male", "female"}:
                named = self._memory.person(offset, kind)
            elif kind == "neuter":
                named = self._memory.thing(offset)
            elif kind == "plural":
                many = self._memory.many(offset)
                named = many[0] if len({n.reading.country for n in many}) == 1 else None
            elif kind in {"speaker", "our side"}:
                named = self._speakers.speaker(offset)
            elif kind == "addressee":
                named = self._speakers.addressee(offset)
        if named is None or not named.reading.country:
            return reading
        step = f"whose: '{self._text[named.start : named.end]}' at {named.start}"
        return msgspec.structs.replace(reading, country=named.reading.country, how=(*reading.how, step))

    def _of_the_state(self, reading: Reading, mention: Mention) -> Reading:
        """A body of a state that names none: the side of the source, else the one state that is plausible."""
        if self._side:
            how = (*reading.how, f"the side of the source, {self._side}")
            return msgspec.structs.replace(reading, country=self._side, how=how)
        found = self._memory.plausible_state(mention.start, reading.sectors[0])
        if found is None:
            return reading
        named, why = found
        how = (*reading.how, f"{why}, '{self._text[named.start : named.end]}'")
        return msgspec.structs.replace(reading, country=named.reading.country, how=how)

    def _in_full(self, reading: Reading, mention: Mention, phrase: str) -> Reading:
        surname = (reading.name if reading.kind == "unknown name" else phrase).split()[-1:] or [""]
        short = len(re.findall(r"\b[A-Z]", phrase)) <= 2
        earlier = (
            self._memory.bearer(mention.start, surname[0].removesuffix("'s").removesuffix("’s")) if short else None
        )
        if earlier is None and short:
            reading = self._at_home(self._in_title(reading, surname[0], phrase), surname[0], phrase)
            reading = self._of_those_named(reading, surname[0], mention.start)
        titled = len(phrase.split()) > 1  # a family name alone is whom the text named last by it, whoever else bears it
        if earlier is None or (
            titled
            and earlier.reading.country
            and reading.country not in {"", earlier.reading.country}
            and reading.office
        ):
            return reading
        full = earlier.reading
        return msgspec.structs.replace(
            full,
            office=reading.office or full.office if full.kind == "agent" else full.office or reading.office,
            how=(f"'{phrase}' is '{self._text[earlier.start : earlier.end]}' at {earlier.start}", *full.how),
        )

    def _in_title(self, reading: Reading, surname: str, phrase: str) -> Reading:
        """The person of that family name whom the document's title names in full, if any."""
        if self._read is None or len(surname) < _SHORTEST or surname.lower() not in self._title.lower():
            return reading
        capital = r"[A-Z][\w.’'-]*"
        full = re.search(rf"\b{capital}(?:\s+{capital})?\s+(?i:{re.escape(surname)})\b", self._title)
        if full is None:
            return reading
        words = full.group().split()
        tries = [" ".join(words[start:]) for start in range(len(words) - 1)]
        known = (r for words_ in tries for r in self._read(words_) if r.kind == "person" and r.country)
        named = next(known, None)
        if named is None:
            return reading
        return msgspec.structs.replace(named, how=(f"'{phrase}' is '{full.group()}' in the title", *named.how))

    def _at_home(self, reading: Reading, surname: str, phrase: str) -> Reading:
        """Among namesakes of whom the text gives the family name alone: one in office of the source's own side first.

        Somebody of a state that the text never names, and who holds no leading office, is nobody known.
        """
        if reading.kind != "person" or "in the title" in reading.how[0] or self._index.is_prominent(surname):
            return reading
        words = normal(phrase).split()
        if words[-1:] != normal(surname).split() or len(words) > _ALONE:
            return reading
        if set(words[:-1]) & set(normal(reading.name).split()):
            return reading  # the full name
        bearers = self._index.bearers(surname)
        if self._side and reading.country != self._side:
            home = [held for held in persons.choose(bearers, self._date, country=self._side) if held.when == "now"]
            if home:
                entry = home[0].entry
                return Reading(
                    name=entry.name, country=entry.code, sectors=entry.sectors or ("GOV",), office=entry.office,
                    how=(f"person '{entry.name}' {entry.key}: {entry.office}, of the source's side",), kind="person",
                )  # fmt: skip
        leads = any(
            e.name == reading.name and e.rank <= _LEADING and persons.when(e, self._date) == "now" for e in bearers
        )
        if leads or reading.country == self._side or self._memory.names(reading.country):
            return reading
        how = (*reading.how, f"but nothing else in the text is of {reading.country}")
        return Reading(name=surname, how=how, kind="unknown name")

    def _of_those_named(self, reading: Reading, surname: str, offset: int) -> Reading:
        """A family name that comes first is borne by millions: its bearer is of a state that the text names.

        Of several bearers one in high office of a state that the text names comes first, else it is nobody known; nor
        is it a known one after the full name of a stranger ("Chen Jian … Chen").
        """
        if reading.kind != "person" or not self._index.family_first(reading.country):
            return reading
        bearers = self._index.bearers(surname)
        if normal(surname) not in {normal(name) for name in (entry.name.split()[0] for entry in bearers)}:
            return reading
        full = re.compile(rf"\b{re.escape(surname)}\s+[A-Z][a-z][\w’'-]*(?:\s[A-Z][a-z]+)?")
        stranger = full.search(self._text[: offset + _FULL])
        if stranger is not None and normal(stranger.group()) not in {normal(entry.name) for entry in bearers}:
            how = (*reading.how, f"but '{stranger.group()}' at {stranger.start()} is somebody else")
            return Reading(name=surname, how=how, kind="unknown name")
        others = {entry.code for entry in bearers} - {reading.country}
        theirs = [code for code in sorted(others) if self._memory.names(code)]
        if self._memory.names(reading.country) or not theirs:
            return reading
        held = persons.choose([entry for entry in bearers if entry.code in theirs], self._date)
        now = [one for one in held if one.when == "now" and one.entry.rank <= _KNOWN]
        if len({one.entry.name for one in now}) == 1:
            entry = now[0].entry
            how = (f"person '{entry.name}' {entry.key}: {entry.office}, of {entry.code}, which the text names",)
            return Reading(
                name=entry.name, country=entry.code, sectors=entry.sectors or ("GOV",), office=entry.office, how=how,
                kind="person",
            )  # fmt: skip
        return Reading(name=surname, how=(*reading.how, f"but the text names {theirs[0]}"), kind="unknown name")

    def _counterpart(self, reading: Reading, mention: Mention) -> Reading:
        owner = self._memory.person(mention.start, "")
        if owner is None or not owner.reading.office:
            return msgspec.structs.replace(reading, sectors=("GOV",), office="")
        office = owner.reading.office
        how = (*reading.how, f"counterpart of '{self._text[owner.start : owner.end]}', {office}")
        made = msgspec.structs.replace(reading, office=office, sectors=owner.reading.sectors or ("GOV",), how=how)
        return with_holder(made, self._index, self._date)

    def _same_office(self, reading: Reading, mention: Mention) -> Reading:
        """Who was named in that office before: "the minister" after "Foreign Minister Sergei Lavrov"."""
        family = self._index.office_family(reading.office)
        last = normal(reading.office).split()[-1]

        def fits(other: Reading) -> bool:
            if (reading.country and other.country != reading.country) or not other.office or not other.country:
                return False
            if family and self._index.office_family(other.office) == family:
                return True
            if last in {"leader", "ruler"}:
                return self._index.office_family(other.office) in _RULERS
            return normal(other.office).split()[-1] == last and len(reading.office.split()) == 1

        definite = normal(self._text[mention.start : mention.start + 4]).startswith(("the", "his", "her"))
        if not definite and reading.country:
            return reading
        named = self._memory.titled(mention.start, fits) if definite else None
        if named is None:
            return reading
        return msgspec.structs.replace(
            reading,
            name=named.reading.name,
            country=named.reading.country,
            how=(*reading.how, f"named before: '{self._text[named.start : named.end]}' at {named.start}"),
        )
