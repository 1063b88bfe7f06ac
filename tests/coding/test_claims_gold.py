"""The gold of claims besides events: each kind reaches its floor, and sentences without any stay without."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dragoman.knowledge import HERE
from dragoman.model import DateSpan, Document
from dragoman.pipeline import Coder

GOLD = Path(__file__).parents[2] / "evals" / "gold" / "claims.jsonl"
#: Shares found; they only rise.
FLOORS = {
    "agreement": 0.95,
    "mechanism": 0.9,
    "figure": 0.9,
    "interval": 0.85,
    "dispute": 0.9,
    "commitment": 0.9,
    "statement": 0.8,
}
_WORDS = {"quote", "content", "name", "what"}
_DATES = {"date", "since", "due"}
_PARTIES = {"parties", "who", "to_whom"}

pytestmark = pytest.mark.skipif(not (HERE / "models" / "en" / "meta.json").exists(), reason="no trained parser here")


def _fits(want: dict[str, Any], got: dict[str, Any]) -> bool:
    return got["kind"] == want["kind"] and all(_agrees(key, value, got) for key, value in want.items())


def _agrees(key: str, value: Any, got: dict[str, Any]) -> bool:
    said = got.get(key)
    if key in _PARTIES:
        return set(value) <= {entity["country"] for entity in said or ()}
    if key == "speaker":
        return bool(said) and said["country"] == value
    if key == "addressee":
        return bool(said) and value.lower() in said["text"].lower()
    if key in _DATES:
        return bool(said) and said["start"].startswith(value)
    if key in _WORDS:
        return value.lower() in f"{said} {got.get('quote', '')} {got.get('content', '')}".lower()
    return bool(said == value)


def test_the_gold_of_claims() -> None:
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 100
    documents = [
        Document(id=row["id"], text=row["text"], published=DateSpan(start=row["date"], end=row["date"])) for row in rows
    ]
    wanted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    let_in = []
    for row, coded in zip(rows, Coder().code(documents), strict=True):
        claims = msgspec.to_builtins(coded.claims)
        for want in row["claims"]:
            wanted[want["kind"]] += 1
            found[want["kind"]] += any(_fits(want, got) for got in claims)
        let_in += [f"{row['id']} {claim['kind']}" for claim in claims if claim["kind"] in row.get("none", ())]
    assert let_in == []
    assert {kind: found[kind] / wanted[kind] for kind in FLOORS if found[kind] / wanted[kind] < FLOORS[kind]} == {}
