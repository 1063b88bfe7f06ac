"""Grammatical places to parties, on trees made by hand."""

from __future__ import annotations

import pytest

from dragoman.coding.roles import Roles
from dragoman.coding.tree import Tree
from tests.coding import test_tree as trees
from tests.coding.stand_ins import codes, parsed

POSSESSED = "Norway/NNP/3/nmod:poss 's/POS/1/case attack/NN/0/root on/IN/5/case Chile/NNP/3/nmod"
ADJECTIVE = "Norwegian/JJ/2/amod troops/NNS/3/nsubj shelled/VBD/0/root Chilean/JJ/5/amod towns/NNS/3/obj"
BETWEEN = "talks/NNS/0/root between/IN/3/case Norway/NNP/1/nmod and/CC/5/cc Chile/NNP/3/conj"
ITS_OWN = "Norway/NNP/2/nsubj withdrew/VBD/0/root its/PRP$/4/nmod:poss troops/NNS/2/obj from/IN/6/case Chile/NNP/2/obl"
UNLESS = (
    "Norway/NNP/2/nsubj threatened/VBD/0/root war/NN/2/obj unless/IN/6/mark Chile/NNP/6/nsubj withdraws/VBZ/2/advcl"
)
DEMANDED = (
    "Norway/NNP/2/nsubj demanded/VBD/0/root that/IN/5/mark Chile/NNP/5/nsubj release/VB/2/ccomp the/DT/7/det "
    "captain/NN/5/obj"
)
LIGHT = (
    "Norway/NNP/2/nsubj held/VBD/0/root talks/NNS/2/obj with/IN/5/case Chile/NNP/3/nmod in/IN/7/case Kenya/NNP/2/obl"
)


def roles(rows: str) -> tuple[Tree, Roles]:
    sentence = parsed(rows)
    tree = Tree(sentence.parse, sentence.passage.start)
    return tree, Roles(tree, sentence.actors, frozenset({"attack"}))


@pytest.mark.parametrize(
    ("rows", "trigger", "place", "parties"),
    [
        (trees.ACTIVE, "expelled", "subject", ["NOR"]),
        (trees.ACTIVE, "expelled", "object", ["CHL"]),
        (trees.PASSIVE, "expelled", "subject", ["NOR"]),
        (trees.PASSIVE, "expelled", "object", ["CHL"]),
        (trees.OBJECT_CONTROL, "urged", "object", ["CHL"]),
        (trees.OBJECT_CONTROL, "withdraw", "subject", ["CHL"]),
        (trees.TOGETHER, "condemned", "subject", ["NOR", "CHL", "KEN"]),
        (trees.TOGETHER, "rejected", "subject", ["NOR", "CHL", "KEN"]),
        (trees.SAID, "attacked", "subject", ["CHL"]),
        (trees.SAID, "attacked", "object", ["KEN"]),
        (POSSESSED, "attack", "possessor", ["NOR"]),
        (POSSESSED, "attack", "on", ["CHL"]),
        (ADJECTIVE, "shelled", "subject", ["NOR"]),
        (ADJECTIVE, "shelled", "object", ["CHL"]),
        (BETWEEN, "talks", "between", ["NOR", "CHL"]),
        (ITS_OWN, "withdrew", "from", ["CHL"]),
        (UNLESS, "threatened", "condition", ["CHL"]),
        (DEMANDED, "demanded", "clause-subject", ["CHL"]),
        (LIGHT, "talks", "with", ["CHL"]),
        (LIGHT, "talks", "possessor", []),
    ],
)
def test_places_and_their_parties(rows: str, trigger: str, place: str, parties: list[str]) -> None:
    tree, made = roles(rows)
    assert codes(made.fill(tree.words.index(trigger), place)) == parties


def test_partners_are_never_where_it_takes_place() -> None:
    tree, made = roles(LIGHT)
    held, talks = tree.words.index("held"), tree.words.index("talks")
    assert codes(made.partners(talks, "with")) == ["CHL"]
    assert codes(made.partners(talks, "in")) == []
    assert codes(made.fill(talks, "light-subject", carrier=held)) == ["NOR"]


def test_a_phrase_keeps_its_words() -> None:
    tree, made = roles(trees.ACTIVE)
    mention = made.mention(tree.words.index("diplomats"))
    assert (mention.start, mention.end) == (tree.starts[2], tree.ends[5])
    assert (mention.head_start, mention.head_end) == (tree.starts[3], tree.ends[3])
