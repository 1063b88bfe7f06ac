"""One sentence with all that is asked of it while it is coded, shared by the parts of the event coder."""

from __future__ import annotations

import msgspec

from dragoman.coding.carriers import Carrier
from dragoman.coding.context import Sentence
from dragoman.coding.cues import Cues
from dragoman.coding.frames import Frame, Lexicon
from dragoman.coding.match import Matcher
from dragoman.coding.ontology import Ontology
from dragoman.coding.phrases import tree_of
from dragoman.coding.roles import Roles
from dragoman.model import Entity, Reason

#: Codes that stand for no state.
NO_STATE = frozenset({"IGO", "NGO", "UNO", "EUR", "IMG", "ISM", "MNC", ""})


class Found(msgspec.Struct, kw_only=True):
    """A trigger with its frame, on its way to an event."""

    token: int
    frame: Frame
    carrier: Carrier | None = None
    inside: int | None = None
    why: list[Reason] = msgspec.field(default_factory=list)


class Reading:
    """A parsed sentence with its roles and frames; ValueError where it was not parsed."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon, ontology: Ontology, cues: Cues) -> None:
        tree = tree_of(sentence)
        if tree is None:
            raise ValueError(f"{sentence.document.id}: the passage at {sentence.passage.start} has no parse")
        self.sentence = sentence
        self.lexicon = lexicon
        self.ontology = ontology
        self.cues = cues
        self.tree = tree
        self.roles = Roles(tree, sentence.actors, cues.stand_for, sentence.hits)
        self.matcher = Matcher(tree, lexicon, self.roles)


class Reader:
    """A part of the event coder at work on one sentence."""

    def __init__(self, reading: Reading) -> None:
        self.sentence = reading.sentence
        self.lexicon = reading.lexicon
        self.ontology = reading.ontology
        self.cues = reading.cues
        self.tree = reading.tree
        self.roles = reading.roles
        self.matcher = reading.matcher

    def violent(self, token: int) -> bool:
        """Whether a word of violence stands beside a token."""
        return any(self.tree.lemmas[t] in self.cues.violence for t in range(self.tree.n) if t != token)

    def what_meetings_are(self, token: int) -> bool:
        """Whether words say what meetings are ("they are at the centre of it"), not that there was one."""
        tree, above = self.tree, self.tree.heads[token]
        if tree.deps[token] not in {"nsubj", "nsubj:pass"}:
            return False
        if tree.is_verb(above) and tree.passive(above) and tree.lemmas[above] in self.cues.judged:
            return True  # "the dialogue can be described as fruitful"
        copula = tree.child(above, "cop")
        return (
            copula is not None
            and tree.tags[token] == "NNS"
            and tree.lemmas[token] != "talk"
            and tree.tags[copula] in {"VBP", "VBZ"}
            and not self.sentence.dates.dates(self.sentence.passage.start, self.sentence.passage.end)
        )

    def nobody_knows_who(self, token: int) -> bool:
        """Whether the subject of a verb is a first person of whom the document does not tell who it is."""
        tree = self.tree
        doer = tree.grammatical_subject(token) if tree.is_verb(token) and not tree.passive(token) else None
        return (
            doer is not None
            and tree.lower[doer] in self.cues.first_persons
            and not self.roles.parties([doer], subject=True)
        )

    def accident(self) -> bool:
        """Whether the sentence tells of weather, health or a crash."""
        return any(word in self.cues.accidents for word in self.tree.lemmas)


def same_party(a: Entity, b: Entity) -> bool:
    """Whether two phrases name the same party: one state without a sector covers its government."""
    if a.start is not None and a.start == b.start and a.end == b.end:
        return True
    if a.country != b.country:
        return False
    plain = {*a.sectors[:1], *b.sectors[:1]} <= {"GOV"}
    return bool(a.country) and plain and not (a.sectors and b.sectors and a.name != b.name and a.name and b.name)


def states_of(entities: tuple[Entity, ...]) -> set[str]:
    """The codes of the countries of some parties."""
    return {e.country for e in entities if e.country}


def _named_behind(office: Entity, person: Entity) -> bool:
    """Whether a person stands right behind an office that names nobody ("the Crown Prince, Mohammed bin Salman")."""
    if office.end is None or person.start is None or not office.office or not person.name:
        return False
    return office.country == person.country and 0 < person.start - office.end <= len(", ")


def _alone(person: Entity, side: tuple[Entity, ...]) -> bool:
    """Whether a side has no further named person of one state: "the ministers, X and Y" are two."""
    return sum(bool(other.name) and other.country == person.country for other in side) == 1


def each_once(side: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """A side on which nobody stands twice under one name ("the Emir, Sheikh Tamim")."""
    return tuple(
        e
        for at, e in enumerate(side)
        if (
            all((e.name, e.country) != (other.name, other.country) for other in side[:at])
            if e.name
            else not any(_named_behind(e, other) for other in side if _alone(other, side))
        )
    )
