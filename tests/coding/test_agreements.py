"""Agreements: kinds, names, parties, dates and status from text patterns and from parses."""

from __future__ import annotations

import pytest

from dragoman.coding import agreements
from tests.coding.stand_ins import HOSTILE, codes, parsed, sentence, sentences


@pytest.mark.parametrize(
    ("text", "kind", "status", "parties"),
    [
        ("Norway and Chile signed a treaty on fisheries.", "treaty", "signed", ["NOR", "CHL"]),
        ("Norway ratified the fisheries agreement with Chile.", "agreement", "ratified", ["NOR", "CHL"]),
        ("Chile withdrew from the Fisheries Convention with Norway.", "convention", "ended", ["CHL", "NOR"]),
        (
            "The Santiago Protocol between Chile and Norway has not entered into force.",
            "protocol",
            "not yet in force",
            ["CHL", "NOR"],
        ),
        ("The pact between Chile and Norway was suspended.", "pact", "suspended", ["CHL", "NOR"]),
        ("Chile and Norway put their signatures to the Oslo Declaration.", "declaration", "signed", ["CHL", "NOR"]),
        ("The declaration of Chile and Norway recalls the law and was adopted in Oslo.", "declaration", "adopted",
         ["CHL", "NOR"]),
        ("Chile and Norway have had a treaty on whales since 2004.", "treaty", "", ["CHL", "NOR"]),
        ("A Fisheries Treaty lay before Chile and Norway; they signed it.", "treaty", "signed", ["CHL", "NOR"]),
        ("Chile and Norway are on the point of concluding an agreement.", "agreement", "announced", ["CHL", "NOR"]),
        ("Both countries want to speed up the conclusion of a treaty between Chile and Norway.", "treaty", "announced",
         ["CHL", "NOR"]),
        ("Norway shelved the draft agreement with Chile.", "agreement", "suspended", ["NOR", "CHL"]),
        ("The congress of Chile gave its approval to the treaty with Norway.", "treaty", "ratified", ["CHL", "NOR"]),
        ("Both countries adopted a joint statement on seals.", "joint statement", "adopted", ["CHL", "NOR"]),
        ("Chile and Norway plan to sign a memorandum on seals.", "memorandum", "announced", ["CHL", "NOR"]),
        ("The Norwegian-Chilean agreement entered into force in 2019.", "agreement", "in force", ["NOR", "CHL"]),
    ],
)  # fmt: skip
def test_a_sentence_names_an_instrument(text: str, kind: str, status: str, parties: list[str]) -> None:
    (claim,) = agreements.claims(sentence(text))
    assert (claim.agreement_kind, claim.status, codes(claim.parties)) == (kind, status, parties)
    assert text[claim.trigger.start : claim.trigger.end] == claim.trigger.text
    assert claim.why
    assert "agreements.yaml" in claim.why[0].rule
    assert claim.id


def test_the_name_ends_before_its_date() -> None:
    (claim,) = agreements.claims(
        sentence("Chile and Norway honour the Treaty of Peace and Friendship of 3 May 2001 as before.")
    )
    assert claim.name == "Treaty of Peace and Friendship"
    assert claim.date
    assert claim.date.start == "2001-05-03"


def test_the_next_sentence_may_tell_the_status() -> None:
    first, _ = sentences(
        "Both sides welcome the Agreement on Trade between Chile and Norway. It is about to enter into force."
    )
    (claim,) = agreements.claims(first)
    assert claim.status == "not yet in force"


def test_signers_come_from_the_parse() -> None:
    made = parsed(
        "Oslo/NNP/4/nsubj ,/,/1/punct meanwhile/RB/4/advmod signed/VBD/0/root a/DT/6/det treaty/NN/4/obj with/IN/8/case Chile/NNP/4/obl ././4/punct"  # noqa: E501  # one row of a parse
    )
    (claim,) = agreements.claims(made)
    assert codes(claim.parties) == ["NOR", "CHL"]


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Chile are in agreement.",
        "The declaration of war by Chile shocked Norway.",
        "The Party Convention of Chile opened in Santiago.",
        "The singer signed a record deal in Norway.",
        "There is no agreement between the brothers.",
        "The Chief of Protocol of Norway met the guests.",
        "There was an agreement of minds between Chile and Norway.",
        "Chile and Norway reached an agreement on key issues.",
        "Chile and Norway reached an agreement to consult each other.",
        "Chile and Norway spoke of the Minsk Agreements.",
        "This agreement is not between Chile and Norway.",
        "The King of Norway welcomed the agreement and promised to work together with Chile.",
        "Norway signed an agreement with the opposition.",
    ],
)
def test_other_uses_of_the_words_are_none(text: str) -> None:
    assert agreements.claims(sentence(text)) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text(text: str) -> None:
    if text.strip():
        agreements.claims(sentence(text))
    agreements.gate(text)


def test_a_name_ends_before_those_whom_the_paper_is_sent_to() -> None:
    (claim,) = agreements.claims(sentence("Norway submitted the Chilean Fisheries Treaty to Parliament."))
    assert claim.name == "Chilean Fisheries Treaty"
