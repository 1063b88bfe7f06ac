"""Commitments: undertakings and schedules, from hand-made parses."""

from __future__ import annotations

import pytest

from dragoman.coding import commitments
from tests.coding.stand_ins import HOSTILE, codes, parsed, sentence


def test_a_promise() -> None:
    made = parsed(
        "Norway/NNP/2/nsubj promised/VBD/0/root to/TO/4/mark send/VB/2/xcomp Chile/NNP/4/iobj ships/NNS/4/obj in/IN/8/case 2021/CD/4/obl ././2/punct"  # noqa: E501  # one row of a parse
    )
    (claim,) = commitments.claims(made)
    assert (codes(claim.who), claim.what, codes(claim.to_whom)) == (["NOR"], "send Chile ships in 2021", ["CHL"])
    assert claim.due
    assert claim.due.start == "2021-01-01"


def test_a_schedule_takes_the_party_of_its_subject() -> None:
    made = parsed(
        "Chilean/JJ/2/amod deliveries/NNS/6/nsubj to/IN/4/case Kenya/NNP/2/nmod are/VBP/6/cop set/VBN/0/root to/TO/8/mark begin/VB/6/xcomp in/IN/10/case 2021/CD/8/obl ././6/punct"  # noqa: E501  # one row of a parse
    )
    (claim,) = commitments.claims(made)
    assert (codes(claim.who), codes(claim.to_whom)) == (["CHL"], ["KEN"])


def test_will() -> None:
    made = parsed(
        "Norway/NNP/3/nsubj will/MD/3/aux send/VB/0/root two/CD/5/nummod ships/NNS/3/obj to/IN/7/case Kenya/NNP/3/obl ././3/punct"  # noqa: E501  # one row of a parse
    )
    (claim,) = commitments.claims(made)
    assert claim.what == "send two ships to Kenya"
    assert claim.confidence < 0.8


@pytest.mark.parametrize(
    "rows",
    [
        "If/IN/3/mark Norway/NNP/3/nsubj promised/VBD/8/advcl to/TO/5/mark stop/VB/3/xcomp ,/,/8/punct Chile/NNP/8/nsubj rejoiced/VBD/0/root ././8/punct",  # noqa: E501  # one row of a parse
        "Norway/NNP/4/nsubj did/VBD/4/aux not/RB/4/advmod promise/VB/0/root to/TO/6/mark send/VB/4/xcomp ships/NNS/6/obj ././4/punct",  # noqa: E501  # one row of a parse
        "Norway/NNP/3/nsubj will/MD/3/aux be/VB/0/root glad/JJ/3/xcomp ././3/punct",
    ],
)
def test_no_commitment(rows: str) -> None:
    assert commitments.claims(parsed(rows)) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_and_no_parse(text: str) -> None:
    commitments.gate(text)
    if text.strip():
        assert commitments.claims(sentence(text)) == []
