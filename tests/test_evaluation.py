"""The figures of the project's own gold are counted as the gold says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.errors import InputError, UsageError
from dragoman.evaluation import details, evaluate, figure_table
from dragoman.evaluation.errors_page import errors_page
from dragoman.evaluation.gold import Answer, answers, rows, with_texts
from dragoman.evaluation.scoring import Key, by, confused, confused_status, counts, f1, figures, pair
from dragoman.evaluation.told import told
from tests.made import StubCoder

MET = "Ministers of Britain and Russia met in the capital to talk about trade and about the embassy."
QUIET = "A storm passed over the islands in the night and nobody was hurt by it."


def side(*codes: str) -> list[dict]:
    return [{"country": code, "sector": "GOV"} for code in codes]


VISIT = {"event_type": "CONSULT", "mode": "visit", "status": "actual", "actors": side("RUS", "GBR"), "recipients": []}
OTHER = {**VISIT, "actors": side("CHN", "GBR"), "trigger": "met"}
BLAMED = {**VISIT, "event_type": "ACCUSE", "mode": "", "status": "historical", "trigger": "nowhere"}


def gold(path: Path, *rows: dict) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def done(tmp_path: Path) -> list[Answer]:
    file = gold(
        tmp_path / "written_a.jsonl",
        {"id": 1, "text": MET, "events": [VISIT]},
        {"id": 2, "text": MET, "events": [OTHER]},
        {"id": 3, "text": QUIET, "events": []},
        {"id": 4, "text": MET, "events": []},
        {"id": 5, "text": QUIET, "events": [BLAMED]},
        {"id": 6, "text": QUIET, "events": [VISIT], "blind": True},
        {"id": 7, "events": [VISIT]},
        {"id": 8, "text": MET, "events": [VISIT], "second": True},
    )
    return answers(StubCoder(), with_texts(rows([file]), tmp_path))


def test_events_are_counted_by_type_and_whole(done: list[Answer]) -> None:
    pairs = [pair(one) for one in done]
    assert [one.row["id"] for one in done] == [1, 2, 3, 4, 5]
    assert counts(pairs)["type"] == (2, 3, 3)
    found = figures(pairs)
    assert found["type"].value == pytest.approx(f1(2, 3, 3)) == pytest.approx(2 / 3)
    assert found["all three"].value == pytest.approx(1 / 3)
    assert found["type"].low <= found["type"].value <= found["type"].high
    assert (found["status"].value, found["status"].of) == (1.0, 1)
    assert (found["kept silent"].value, found["kept silent"].of) == (0.5, 2)


def test_kinds_and_confusions_are_told(done: list[Answer]) -> None:
    pairs = [pair(one) for one in done]
    line = by(pairs, lambda key: key.event_type)[0]
    assert line == ("CONSULT", 2, 3, 2, 1)
    assert confused(done) == {("ACCUSE", "nothing"): 1, ("nothing", "CONSULT"): 1}
    states = frozenset({"GBR"})
    two = [Key("CONSULT", status, states, frozenset(), "") for status in ("future", "actual")]
    assert confused_status([([two[0]], [two[1]])]) == {("future", "actual"): 1}
    assert any("| CONSULT | 2 | 3 | 0.67 | 1.00 | 1 |" in line for line in details("written", done))
    assert any(line.startswith("| written | 5 | 3 |") for line in figure_table({"written": done}))


def test_the_page_of_errors_explains_and_escapes(done: list[Answer]) -> None:
    done[1].row["text"] = "<script>alert(1)</script>"
    page = errors_page(done)
    assert "3 of 5 passages" in page
    assert "<script>" not in page
    assert "verbs.yaml:1 made for a test" in page


def test_passages_are_read_from_their_document(tmp_path: Path) -> None:
    gold(tmp_path / "corpus.jsonl", {"id": "d", "text": f"{MET}\n{QUIET}"})
    at = {"file": "corpus.jsonl", "document": "d", "start": 0, "end": len(MET)}
    lines = [{**at, "events": [VISIT], "date": "2018-03-04"}, {**at, "document": "gone", "events": []}]
    for near in (0, 10):
        found = with_texts([dict(line) for line in lines], tmp_path, near=near)
        assert [row["text"] for row in found] == [MET]
        assert len(answers(StubCoder(), found)[0].claims) == 1
    assert with_texts([{**at, "file": "none.jsonl", "events": []}], tmp_path) == []


def test_rows_set_aside_come_only_when_asked_for(tmp_path: Path) -> None:
    file = gold(
        tmp_path / "read.jsonl",
        {"id": 1, "events": [], "batch": "blind01"},
        {"id": 2, "events": [], "batch": "ce01"},
        {"id": 3, "events": [], "batch": "kr01", "blind": True},
    )
    ids = {blind: [row["id"] for row in rows([file], blind=blind)] for blind in ("without", "only", "both")}
    assert ids == {"without": [2], "only": [1, 3], "both": [1, 2, 3]}
    assert [row["id"] for row in rows([file], batches=["ce", "wh"])] == [2]
    (tmp_path / "broken.jsonl").write_text("{no\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"broken\.jsonl:1"):
        rows([tmp_path / "broken.jsonl"])


def test_claims_are_found_by_what_is_told_of_them(tmp_path: Path) -> None:
    wanted = {"kind": "event", "actors": ["GBR"], "date": "2018-03", "mode": "visit"}
    file = gold(
        tmp_path / "claims.jsonl",
        {"id": 1, "text": MET, "date": "2018-03-04", "claims": [wanted]},
        {"id": 2, "text": MET, "date": "2019-03-04", "claims": [wanted], "none": ["event"]},
        {"id": 3, "text": QUIET, "claims": [], "none": ["event"]},
    )
    assert told(StubCoder(), file) == {"rows": 3, "event": 0.5, "alarms": 0.5}


def test_without_any_gold_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--gold or --shared"):
        list(evaluate(tmp_path, shared=tmp_path))
