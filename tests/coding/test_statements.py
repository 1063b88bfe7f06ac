"""Statements: quotations with speakers, carried speakers, transcripts, reported clauses, stances."""

from __future__ import annotations

import pytest

from dragoman.coding import statements
from dragoman.coding.quotes import quotations
from tests.coding.stand_ins import HOSTILE, parsed, sentence, sentences


def inner(text: str) -> list[str]:
    return [text[quote.low : quote.high] for quote in quotations(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('He said "we agree" twice.', ["we agree"]),
        ("He said “we agree” and “we act”.", ["we agree", "we act"]),
        ("He said: “We “never” agreed.” And left.", ["We “never” agreed."]),
        ("She replied,”We will see.", ["We will see."]),
        ('the "red lines " of Oslo', ["red lines"]),
        ("He said: “We agree. And more", ["We agree. And more"]),
        ("‘We will go on,’ she said.", ["We will go on,"]),
        ("The countries’ leaders met.", []),
        ('5" and 6" pipes', []),
    ],
)
def test_quotation_marks(text: str, found: list[str]) -> None:
    assert inner(text) == found


@pytest.mark.parametrize(
    ("text", "speaker", "quote"),
    [
        ("“We will go on with the talks,” Ana Reyes said.", "CHL", "We will go on with the talks"),
        ("“We will go on with the talks,” said Ola Berg.", "NOR", "We will go on with the talks"),
        ("Ola Berg told reporters: “We will go on with the talks.”", "NOR", "We will go on with the talks."),
        ("Ana Reyes: “We will go on with the talks.”", "CHL", "We will go on with the talks."),
        ("According to Ana Reyes, “the talks were useful”.", "CHL", "the talks were useful"),
        ("Ana Reyes said the talks were “substantive”.", "CHL", "substantive"),
    ],
)
def test_who_said_it(text: str, speaker: str, quote: str) -> None:
    (claim,) = statements.claims(sentence(text))
    assert claim.speaker
    assert (claim.speaker.country, claim.quote) == (speaker, quote)
    assert "stances.yaml" in claim.why[0].rule


def test_the_speaker_is_carried_on() -> None:
    page = sentences(
        "Ana Reyes told reporters: “We have met.\n“That is a beginning.”\nShe added: “We shall meet Norway again.”"
    )
    made = statements.document_claims(page)
    assert [(claim.speaker.country if claim.speaker else "", claim.quote) for claim in made] == [
        ("CHL", "We have met."),
        ("CHL", "That is a beginning."),
        ("CHL", "We shall meet Norway again."),
    ]
    assert made[0].addressee
    assert made[0].addressee.text == "reporters"


def test_a_transcript() -> None:
    page = sentences("Ana Reyes: We oppose what Norway has done at sea and say so.", label="Ana Reyes")
    (claim,) = statements.document_claims(page)
    assert claim.speaker
    assert (claim.speaker.country, claim.stance) == ("CHL", "opposes")
    assert claim.quote.startswith("We oppose")
    assert statements.document_claims(sentences("Question: What will Norway do about it now?", label="Question")) == []
    assert (
        statements.document_claims(sentences("Ana Reyes: I thank you all for this fine evening.", label="Ana Reyes"))
        == []
    )


def test_a_reported_clause() -> None:
    made = parsed(
        "Norway/NNP/2/nsubj denied/VBD/0/root that/IN/5/mark ships/NNS/5/nsubj entered/VBD/2/ccomp Chilean/JJ/7/amod waters/NNS/5/obj ././2/punct"  # noqa: E501  # one row of a parse
    )
    (claim,) = statements.claims(made)
    assert claim.speaker
    assert (claim.speaker.country, claim.content, claim.stance) == ("NOR", "ships entered Chilean waters", "denies")
    assert claim.topic


def test_an_object_of_condemnation() -> None:
    made = parsed(
        "Chile/NNP/2/nsubj condemned/VBD/0/root the/DT/4/det attack/NN/2/obj in/IN/6/case Kenya/NNP/4/nmod ././2/punct"
    )
    (claim,) = statements.claims(made)
    assert (claim.content, claim.stance) == ("the attack in Kenya", "condemns")


@pytest.mark.parametrize(
    "rows",
    [
        "Norway/NNP/3/nsubj would/MD/3/aux say/VB/0/root that/IN/7/mark it/PRP/7/nsubj was/VBD/7/cop late/JJ/3/ccomp ././3/punct",  # noqa: E501  # one row of a parse
        "Norway/NNP/4/nsubj did/VBD/4/aux not/RB/4/advmod say/VB/0/root that/IN/8/mark it/PRP/8/nsubj was/VBD/8/cop late/JJ/4/ccomp ././4/punct",  # noqa: E501  # one row of a parse
    ],
)
def test_what_was_not_said(rows: str) -> None:
    assert statements.claims(parsed(rows)) == []


@pytest.mark.parametrize(
    "text",
    [
        "The film “Gates of Oslo” opens in Norway.",
        "The so-called “long peace” ended in Norway.",
        "Norway and Chile met.",
    ],
)
def test_no_statement(text: str) -> None:
    assert statements.claims(sentence(text)) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text(text: str) -> None:
    if text.strip():
        statements.claims(sentence(text))
    statements.gate(text)
