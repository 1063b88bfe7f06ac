"""Scoring claims of every kind against all that a text holds: what is found, what is false, which fields are right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dragoman.evaluation.kinds import FIELDS, Tally, kinds_rows

GOLD = Path(__file__).parents[1] / "evals" / "gold" / "kinds.jsonl"


def entity(country: str, name: str = "") -> dict[str, Any]:
    return {"country": country, "name": name, "text": name}


def agreement(*countries: str, status: str = "signed") -> dict[str, Any]:
    parties = [entity(country) for country in countries]
    return {"kind": "agreement", "agreement_kind": "treaty", "parties": parties, "status": status, "date": None}


TOLD = {"kind": "agreement", "agreement_kind": "treaty", "parties": ["FRA", "DEU"], "status": "signed"}


def tally(told: list[dict[str, Any]], coded: list[dict[str, Any]], kind: str) -> Tally:
    made = Tally()
    made.add({"id": "x", "text": "", "whole": [kind], "claims": told}, coded)
    return made


def test_an_agreement_with_a_third_party_is_missed_and_false() -> None:
    figures = tally([TOLD], [agreement("FRA", "DEU", "POL")], "agreement").figures()
    assert figures["agreement"] == 0.0


def test_a_wrong_status_costs_the_field_alone() -> None:
    figures = tally([TOLD], [agreement("DEU", "FRA", status="ended")], "agreement").figures()
    assert figures["agreement"] == 1.0
    assert figures["agreement status"] == 0.0


def test_the_same_claim_twice_is_once_false() -> None:
    figures = tally([TOLD], [agreement("DEU", "FRA"), agreement("DEU", "FRA")], "agreement").figures()
    assert figures["agreement precision"] == 0.5


def test_a_claim_where_none_is_told_is_false() -> None:
    made = tally([], [agreement("DEU", "FRA")], "agreement")
    assert [miss.what for miss in made.misses] == ["false"]


def test_a_decade_is_ten_years() -> None:
    told = {"kind": "interval", "count": 10, "unit": "year"}
    coded = {"kind": "interval", "count": 1, "unit": "decade", "since": None}
    assert tally([told], [coded], "interval").figures()["interval"] == 1.0


def test_a_statement_of_the_wrong_speaker_is_not_found() -> None:
    told = {"kind": "statement", "speaker": {"country": "RUS", "name": "Lavrov"}, "words": "no talks"}
    coded = {"kind": "statement", "speaker": entity("RUS", "Vladimir Putin"), "quote": "No talks", "content": ""}
    assert tally([told], [coded], "statement").figures()["statement"] == 0.0


@pytest.mark.parametrize("blind", [False, True])
def test_the_gold_holds_what_its_readme_says(blind: bool) -> None:
    listed = list(kinds_rows(GOLD, blind=blind))
    every = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    assert 0.19 < sum(bool(row.get("blind")) for row in every) / len(every) < 0.22
    assert sum(row["id"].startswith("doc") for row in every) >= 60
    assert sum(not row["id"].startswith("doc") for row in every) >= 600
    assert {kind for row in listed for kind in row["whole"]} == set(FIELDS)
    assert all({claim["kind"] for claim in row["claims"]} <= set(row["whole"]) for row in listed)
