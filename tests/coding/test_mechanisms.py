"""Mechanisms: kind, level, number, rhythm and parties of standing channels."""

from __future__ import annotations

import pytest

from dragoman.coding import mechanisms
from tests.coding.stand_ins import HOSTILE, codes, sentence


@pytest.mark.parametrize(
    ("text", "kind", "level", "frequency", "count"),
    [
        (
            "Three bilateral commissions of Chile and Norway, led by their deputy prime ministers, oversee fisheries.",
            "commission",
            "deputy prime ministers",
            "",
            3,
        ),
        (
            "The presidents of our countries hold summits two or three times a year.",
            "summit",
            "heads of state",
            "2-3 per year",
            None,
        ),
        (
            "The heads of government of Chile and Norway hold regular meetings of prime ministers.",
            "summit",
            "heads of government",
            "regular",
            None,
        ),
        (
            "Both countries hold annual consultations of senior officials on fishing.",
            "consultations",
            "senior officials",
            "annual",
            None,
        ),
        ("The Norwegian-Chilean Strategic Dialogue opened.", "dialogue", "", "", None),
        ("A hotline between Norway and Chile was set up.", "hotline", "", "", None),
        (
            "The Joint Working Group of Chile and Norway on fish meets twice a year.",
            "working group",
            "",
            "2 per year",
            None,
        ),
    ],
)
def test_a_channel(text: str, kind: str, level: str, frequency: str, count: int | None) -> None:
    claim = mechanisms.claims(sentence(text))[0]
    assert (claim.mechanism_kind, claim.level, claim.frequency, claim.count) == (kind, level, frequency, count)
    assert set(codes(claim.parties)) == {"CHL", "NOR"}


def test_co_chairs_and_coordination() -> None:
    text = "An intergovernmental commission, co-chaired by ministers, and working groups link Chile and Norway."
    first, second = mechanisms.claims(sentence(text))
    assert first.co_chairs == "ministers"
    assert second.mechanism_kind == "working group"


@pytest.mark.parametrize(
    "text",
    [
        "The European Commission met Norway.",
        "The city council met on Monday.",
        "A committee of Chile heard the minister.",
        "Norway called for dialogue.",
        "They explored opportunities for establishing a joint commission of Chile and Norway.",
        "The State Council of Norway adjourned.",
        "The president held meetings in Oslo.",
    ],
)
def test_no_channel(text: str) -> None:
    assert mechanisms.claims(sentence(text)) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text(text: str) -> None:
    if text.strip():
        mechanisms.claims(sentence(text))
    mechanisms.gate(text)
