"""The figures of the project's own gold are counted as the gold says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.errors import UsageError
from dragoman.evaluation import evaluate, own
from tests.made import StubCoder

MET = "Ministers of Britain and Russia met in the capital to talk about trade and about the embassy."
QUIET = "A storm passed over the islands in the night and nobody was hurt by it."


def gold(path: Path, *rows: dict) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_events_are_counted_by_type_and_whole(tmp_path: Path) -> None:
    met = {"event_type": "CONSULT", "status": "actual", "actors": ["RUS", "GBR"], "recipients": []}
    other = {**met, "actors": ["CHN", "GBR"]}
    file = gold(
        tmp_path / "events.jsonl",
        {"id": 1, "text": MET, "events": [met]},
        {"id": 2, "text": MET, "events": [other]},
        {"id": 3, "text": QUIET, "events": []},
        {"id": 4, "text": MET, "events": []},
        {"id": 5, "events": [met]},
    )
    figures = own(StubCoder(), file)
    assert figures["rows"] == 4
    assert figures["type_f1"] == pytest.approx(4 / 5)
    assert figures["all_f1"] == pytest.approx(2 / 5)
    assert figures["false_alarms"] == 0.5


def test_claims_are_found_by_what_is_told_of_them(tmp_path: Path) -> None:
    told = {"kind": "event", "actors": ["GBR"], "date": "2018-03", "mode": "visit"}
    file = gold(
        tmp_path / "claims.jsonl",
        {"id": 1, "text": MET, "date": "2018-03-04", "claims": [told]},
        {"id": 2, "text": MET, "date": "2019-03-04", "claims": [told], "none": ["event"]},
        {"id": 3, "text": QUIET, "claims": [], "none": ["event"]},
    )
    assert own(StubCoder(), file) == {"rows": 3, "event": 0.5, "alarms": 0.5}


def test_without_any_gold_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--gold or --shared"):
        list(evaluate(tmp_path, tmp_path))
