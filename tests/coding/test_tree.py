"""The questions that frames ask of a tree, on trees made by hand: voice, subjects, objects, control, coordination."""

from __future__ import annotations

import pytest

from dragoman.coding.tree import Tree
from tests.coding.stand_ins import parsed

ACTIVE = (
    "Norway/NNP/2/nsubj expelled/VBD/0/root two/CD/4/nummod diplomats/NNS/2/obj of/IN/6/case Chile/NNP/4/nmod "
    "././2/punct"
)
PASSIVE = (
    "Diplomats/NNS/5/nsubj:pass of/IN/3/case Chile/NNP/1/nmod were/VBD/5/aux:pass expelled/VBN/0/root by/IN/7/case "
    "Norway/NNP/5/obl:agent ././5/punct"
)
REDUCED = "Sanctions/NNS/5/nsubj imposed/VBN/1/acl by/IN/4/case Norway/NNP/2/obl:agent hurt/VBD/0/root Chile/NNP/5/obj"
PERFECT = "Norway/NNP/3/nsubj has/VBZ/3/aux expelled/VBN/0/root diplomats/NNS/3/obj"
SUBJECT_CONTROL = "Norway/NNP/2/nsubj promised/VBD/0/root Chile/NNP/2/iobj to/TO/5/mark help/VB/2/xcomp ././2/punct"
OBJECT_CONTROL = "Norway/NNP/2/nsubj urged/VBD/0/root Chile/NNP/2/obj to/TO/5/mark withdraw/VB/2/xcomp ././2/punct"
REFUSED = "Norway/NNP/2/nsubj refused/VBD/0/root to/TO/4/mark meet/VB/2/xcomp Chile/NNP/4/obj"
DECISION = (
    "Norway/NNP/4/nmod:poss 's/POS/1/case new/JJ/4/amod decision/NN/7/nsubj to/TO/6/mark withdraw/VB/4/acl "
    "surprised/VBD/0/root Chile/NNP/7/obj"
)
TOGETHER = (
    "Norway/NNP/6/nsubj ,/,/3/punct Chile/NNP/1/conj and/CC/5/cc Kenya/NNP/1/conj condemned/VBD/0/root "
    "and/CC/8/cc rejected/VBD/6/conj the/DT/10/det plan/NN/8/obj"
)
RELATIVE = (
    "Norway/NNP/6/nsubj ,/,/4/punct which/WDT/4/nsubj invaded/VBD/1/acl:relcl Chile/NNP/4/obj apologised/VBD/0/root"
)
OBJECT_RELATIVE = "envoys/NNS/0/root that/WDT/4/obj Norway/NNP/4/nsubj expelled/VBD/1/acl:relcl"
NOT = "Norway/NNP/4/nsubj did/VBD/4/aux not/RB/4/advmod meet/VB/0/root Chile/NNP/4/obj"
PHRASAL = "Norway/NNP/2/nsubj ruled/VBD/0/root out/RP/2/compound:prt talks/NNS/2/obj with/IN/6/case Chile/NNP/4/nmod"
SAID = "Oslo/NNP/2/nsubj said/VBD/0/root that/IN/5/mark Chile/NNP/5/nsubj attacked/VBD/2/ccomp Kenya/NNP/5/obj"
BECAUSE = "Norway/NNP/2/nsubj left/VBD/0/root because/IN/6/case of/IN/3/fixed the/DT/6/det talks/NNS/2/obl"


def tree(rows: str) -> Tree:
    return Tree(parsed(rows).parse)


def word(made: Tree, index: int | None) -> str:
    return "" if index is None else made.words[index]


@pytest.mark.parametrize(
    ("rows", "verb", "passive", "subject", "held"),
    [
        (ACTIVE, "expelled", False, "Norway", "diplomats"),
        (PASSIVE, "expelled", True, "Norway", "Diplomats"),
        (REDUCED, "imposed", True, "Norway", "Sanctions"),
        (REDUCED, "hurt", False, "Sanctions", "Chile"),
        (PERFECT, "expelled", False, "Norway", "diplomats"),
        (SUBJECT_CONTROL, "promised", False, "Norway", ""),
        (OBJECT_CONTROL, "withdraw", False, "Chile", ""),
        (REFUSED, "meet", False, "Norway", "Chile"),
        (DECISION, "withdraw", False, "Norway", ""),
        (TOGETHER, "condemned", False, "Norway", "plan"),
        (TOGETHER, "rejected", False, "Norway", "plan"),
        (RELATIVE, "invaded", False, "Norway", "Chile"),
        (RELATIVE, "apologised", False, "Norway", ""),
        (OBJECT_RELATIVE, "expelled", False, "Norway", "envoys"),
    ],
)
def test_who_does_what_to_whom(rows: str, verb: str, passive: bool, subject: str, held: str) -> None:
    made = tree(rows)
    at = made.words.index(verb)
    assert made.passive(at) is passive
    assert word(made, made.subject(at)) == subject
    assert word(made, made.object(at)) == held


def test_all_that_is_coordinated() -> None:
    made = tree(TOGETHER)
    assert [made.words[i] for i in made.conjuncts(0)] == ["Norway", "Chile", "Kenya"]
    assert [made.words[i] for i in made.conjuncts(made.words.index("condemned"))] == ["condemned", "rejected"]


def test_what_stands_with_a_word() -> None:
    made = tree(NOT)
    assert made.negated(3)
    assert made.aux(3) == ["do"]
    assert not tree(ACTIVE).negated(1)
    phrasal = tree(PHRASAL)
    assert phrasal.particle(1) == {"out"}
    assert [phrasal.words[i] for i in phrasal.with_prep(3, "with")] == ["Chile"]
    because = tree(BECAUSE)
    assert because.prep(5) == "because of"


@pytest.mark.parametrize(
    ("rows", "verb", "clause", "form"),
    [
        (REFUSED, "refused", "meet", "inf"),
        (OBJECT_CONTROL, "urged", "withdraw", "inf"),
        (SAID, "said", "attacked", "that"),
        (DECISION, "decision", "withdraw", "inf"),
    ],
)
def test_complement_clauses_and_their_form(rows: str, verb: str, clause: str, form: str) -> None:
    made = tree(rows)
    assert [(made.words[i], kind) for i, kind in made.clauses(made.words.index(verb))] == [(clause, form)]


def test_a_phrase_is_cut_before_clauses() -> None:
    made = tree(RELATIVE)
    assert made.phrase(0) == (0, 0)
    made = tree(ACTIVE)
    assert made.phrase(3) == (2, 5)


def test_a_loop_ends() -> None:
    made = tree(ACTIVE)
    made.heads[1], made.heads[3] = 3, 1
    made.deps[1] = made.deps[3] = "conj"
    assert len(made.path_up(1)) <= 12
    assert made.grammatical_subject(3) in {0, None}


def test_moving_a_word_keeps_the_tree_whole() -> None:
    made = tree(PHRASAL)
    made.move(5, 1, "obl")
    assert made.heads[5] == 1
    assert 5 in made.kids[1]
    assert 5 not in made.kids[3]
    assert made.subtree(1) == list(range(made.n))
