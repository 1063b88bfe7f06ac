"""Figures: amounts and changes in base units, with measure, period and parties."""

from __future__ import annotations

import pytest

from dragoman.coding import figures
from tests.coding.stand_ins import HOSTILE, codes, sentence, sentences


@pytest.mark.parametrize(
    ("text", "measure", "value", "change", "unit"),
    [
        ("Trade between Norway and Chile reached $2.5 billion.", "trade", 2.5e9, None, "USD"),
        ("Norwegian exports to Chile fell by 12 percent.", "exports", None, -12, "percent growth"),
        ("Norway gave Chile €30m in aid.", "aid", 3e7, None, "EUR"),
        ("Norway gave Kenya a loan of 40 million pounds.", "loan", 4e7, None, "GBP"),
        ("About 12,500 Norwegian tourists visited Chile.", "tourists", 12500, None, "persons"),
        ("Chile sent two hundred troops to Kenya.", "troops", 200, None, "persons"),
        ("Norway delivered 3 bcm of gas to Chile.", "gas deliveries", 3, None, "bcm"),
        ("Chile put tariffs of 25% on Norwegian fish.", "tariffs", 25, None, "percent"),
        ("Chilean investment in Norway grew 7 per cent.", "investment", None, 7, "percent growth"),
    ],
)
def test_an_amount(text: str, measure: str, value: float | None, change: float | None, unit: str) -> None:
    (claim,) = figures.claims(sentence(text))
    assert (claim.measure, claim.value, claim.change, claim.unit) == (measure, value, change, unit)
    assert len(claim.parties) == 2


def test_a_later_clause_takes_over_measure_and_parties() -> None:
    text = "Norwegian exports to Chile fell by 4% last year; in the years before, the increase had averaged 11%."
    first, second = figures.claims(sentence(text))
    assert (first.change, first.period) == (-4, "2019")
    assert (second.measure, second.change) == ("exports", 11)
    assert codes(second.parties) == ["NOR", "CHL"]


def test_a_later_sentence_takes_over_too() -> None:
    made = figures.document_claims(
        sentences("Trade between Norway and Chile reached $2 billion in 2019. Growth averaged 9%.")
    )
    assert [(claim.measure, claim.value, claim.change) for claim in made] == [("trade", 2e9, None), ("trade", None, 9)]


def test_our_trade_is_that_of_the_pages_pair() -> None:
    made = figures.document_claims(sentences("Our countries are friends.\nLast year our trade hit $3 billion."))
    assert codes(made[0].parties) == ["CHL", "NOR"]


@pytest.mark.parametrize(
    "text",
    [
        "The trade union of Norway has 900,000 members.",
        "Norway and Chile met on 12 May 2019.",
        "The shop in Oslo sold 300 loaves for 900 dollars.",
        "Norway won 3 medals against Chile.",
    ],
)
def test_no_figure(text: str) -> None:
    assert figures.document_claims([sentence(text)]) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text(text: str) -> None:
    if text.strip():
        figures.claims(sentence(text))
    figures.gate(text)
