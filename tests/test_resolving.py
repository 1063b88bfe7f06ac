"""The gold of who, when and where has its shape, and its floors stand for the files that are there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from evals.gate import digest
from evals.resolving import FILES, FLOORS, measure

GOLD = Path(__file__).resolve().parents[1] / "evals" / "gold"


@pytest.mark.parametrize(("part", "least"), [("names", 500), ("when", 300), ("where", 200)])
def test_a_fifth_is_set_aside(part: str, least: int) -> None:
    rows = [json.loads(line) for line in (GOLD / FILES[part]).read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= least
    assert len({row["id"] for row in rows}) == len(rows)
    assert 0.15 < sum(bool(row.get("blind")) for row in rows) / len(rows) < 0.26


@pytest.mark.parametrize("part", list(FILES))
def test_the_figures_stand_on_their_floors(part: str) -> None:
    held = json.loads(FLOORS.read_text(encoding="utf-8"))["parts"][part]
    assert held["gold"] == digest([GOLD / FILES[part]])
    got = measure(part)
    assert all(got[name] >= floor for name, floor in held["floors"].items()), got
