"""Noun phrases of official and wire sentences: who acts, on whom, about what."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from training.tree import Tree, parse

Forms = tuple[str, ...]

_DATA: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("wire.yaml").read_text("utf-8"))


def _words(name: str) -> list[str]:
    return str(_DATA[name]).split()


def _phrases(name: str) -> list[str]:
    return list(_DATA[name])


def _verbs(name: str) -> list[Forms]:
    return [tuple(line.split()) for line in _DATA[name]]


COUNTRIES, ADJECTIVES, PLACES = _words("countries"), _words("adjectives"), _words("places")
FIRST, LAST, NUMBERS = _words("first"), _words("last"), _words("numbers")
DAYS, MONTHS = _words("days"), _words("months")
LONG_COUNTRIES, TITLES, OFFICES = _phrases("long_countries"), _phrases("titles"), _phrases("offices")
GROUPS, VICTIMS, ATTACKS = _phrases("groups"), _phrases("victims"), _phrases("attacks")
DEEDS, PEACE, THINGS = _phrases("deeds"), _phrases("peace"), _phrases("things")
TOPICS, TALKS = _phrases("topics"), _phrases("talks")
ACTOR_VERBS, PEOPLE_VERBS, THING_VERBS = _verbs("actor_verbs"), _verbs("people_verbs"), _verbs("thing_verbs")
DEED_VERBS, PEACE_VERBS, URGE = _verbs("deed_verbs"), _verbs("peace_verbs"), _verbs("urge")
INTEND, SAY, DEMAND = _verbs("intend"), _verbs("say"), _verbs("demand")
GO, PARTICLE, ASPECT, SUPPLY = _verbs("go"), _verbs("particle"), _verbs("aspect"), _verbs("supply")
READY, GOODS = _words("ready"), _phrases("goods")
PARTICLE_OBJECTS: dict[str, list[str]] = _DATA["particle_objects"]


def word(form: str, tag: str) -> Tree:
    """Return a single word as a tree."""
    return Tree(form, tag)


def case(preposition: str, noun: Tree) -> Tree:
    """Return a noun phrase with a preposition before it."""
    return noun.before(("case", word(preposition, "IN")))


COMMA = ("punct", Tree(",", ","))


def plural(subject: Tree) -> bool:
    """Say whether a subject takes a verb in the plural."""
    return subject.tag == "NNS" or any(relation == "conj" for relation, _ in subject.right)


class Phrases:
    """Draws noun phrases at random; the same seed draws the same ones."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)

    def pick(self, choices: Sequence[str]) -> Tree:
        """Return one of several phrases in the short notation."""
        return parse(self.rng.choice(choices))

    def chance(self, share: float) -> bool:
        """Say yes in that share of cases."""
        return self.rng.random() < share

    def state(self) -> Tree:
        """Return a country, a capital or an organisation."""
        if self.chance(0.6):
            return word(self.rng.choice(COUNTRIES), "NNP")
        return self.pick(LONG_COUNTRIES)

    def adjective(self) -> tuple[str, Tree]:
        """Return what says whose somebody is."""
        if self.chance(0.15):
            return "compound", word(self.rng.choice(("U.S.", "UN", "EU", "NATO", "US")), "NNP")
        return "amod", word(self.rng.choice(ADJECTIVES), "JJ")

    def name(self) -> Tree:
        """Return a person's name."""
        last = word(self.rng.choice(LAST), "NNP")
        return last if self.chance(0.3) else word(self.rng.choice(FIRST), "NNP").after(("flat", last))

    def owner(self) -> tuple[str, Tree]:
        """Return a possessor: "Iran's"."""
        mark = word(self.rng.choice(("'s", "'s", "’s")), "POS")
        return "nmod:poss", word(self.rng.choice(COUNTRIES), "NNP").after(("case", mark))

    def person(self) -> Tree:
        """Return somebody with a title, an office or an apposition."""
        kind = self.rng.randrange(6)
        if kind <= 1:
            title = self.pick(TITLES)
            if self.chance(0.6):
                title = title.before(self.adjective())
            return self.name().before(("nmod:desc", title))
        office = self.pick(OFFICES)
        if kind == 2:
            return office.before(self.owner()).after(*self.in_commas("appos", self.name()))
        if kind == 3:
            of = ("nmod", case("of", self.state()))
            described = office.before(("det", word("the", "DT"))).after(of)
            return self.name().after(*self.in_commas("appos", described))
        if kind == 4:
            return (
                office.before(self.owner())
                if self.chance(0.5)
                else office.before(("det", word("the", "DT")), self.adjective())
            )
        return self.name()

    def in_commas(self, relation: str, tree: Tree) -> tuple[tuple[str, Tree], ...]:
        """Return an insertion with its two commas, which hang on it."""
        return ((relation, tree.before(COMMA).after(COMMA)),)

    def group(self) -> Tree:
        """Return people or forces of some side."""
        people = self.pick(GROUPS)
        kind = self.rng.randrange(4)
        if kind == 0:
            led = Tree("led", "VBN").before(
                (
                    "obl:unmarked",
                    word(self.rng.choice(("US", "Saudi", "NATO", "Russian", "UN")), "NNP").after(
                        ("punct", word("-", "HYPH"))
                    ),
                )
            )
            return people.before(("amod", led))
        if kind == 1:
            return people.before(self.owner())
        return people.before(self.adjective())

    def actor(self, *, plain: bool = False) -> Tree:
        """Return whoever acts; `plain` leaves out lists and insertions."""
        kind = self.rng.random()
        if plain or kind < 0.45:
            return self.state() if self.chance(0.75) else self.group()
        if kind < 0.6:
            return self.both()
        if kind < 0.67:
            return self.several()
        if kind < 0.72:
            noun = self.pick(("government/NN", "parliament/NN", "army/NN", "foreign/JJ/amod ministry/NN"))
            return (
                noun.before(self.owner())
                if self.chance(0.5)
                else noun.before(("det", word("the", "DT")), self.adjective())
            )
        return self.group() if kind < 0.78 else self.person()

    def both(self) -> Tree:
        """Return two parties: "X and Y"."""
        second = self.state().before(("cc", word("and", "CC")))
        return self.state().after(("conj", second))

    def several(self) -> Tree:
        """Return three or four parties: "X, Y and Z"."""
        middle = [("conj", self.state().before(COMMA)) for _ in range(self.rng.choice((1, 1, 2)))]
        last = self.state().before(("cc", word("and", "CC")))
        if self.chance(0.25):
            last = last.before(COMMA)
        return self.state().after(*middle, ("conj", last))

    def people(self) -> Tree:
        """Return people to whom something is done."""
        noun = self.pick(VICTIMS)
        if self.chance(0.4):
            noun = noun.before(self.adjective())
        if self.chance(0.5):
            noun = noun.before(("nummod", word(self.rng.choice(NUMBERS), "CD")))
        return noun

    def deed_noun(self) -> Tree:
        """Return a noun phrase for a deed, often with who did it or against whom."""
        kind = self.rng.randrange(4)
        if kind == 0:
            imposed = word("imposed", "VBN").after(
                ("obl:agent", case("by", self.actor(plain=True))), ("obl", case("on", self.state()))
            )
            return self.pick(DEEDS).after(("acl", imposed))
        if kind == 1:
            return self.pick(DEEDS).after(("nmod", case(self.rng.choice(("on", "against")), self.state())))
        if kind == 2:
            return self.pick(ATTACKS).after(("nmod", case(self.rng.choice(("on", "in", "by", "of")), self.state())))
        return self.pick(THINGS)
