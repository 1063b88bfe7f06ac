"""The draw of claims for reading: repeatable, so many a document, judged by letters."""

import argparse
import json
from pathlib import Path

import pytest
from evals.draw_claims import drawn, tell

TEXT = (
    "Norway's foreign minister said that Sweden must open the border. "
    "Sweden's foreign minister said that the border would stay closed. "
    "Denmark's foreign minister said that Norway was right."
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    file = tmp_path / "corpus.jsonl"
    rows = [{"id": f"d{number}", "text": TEXT, "published": "2015-03-02"} for number in range(3)]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


def test_a_draw_takes_so_many_of_a_document_and_is_the_same_for_the_same_seed(corpus: Path) -> None:
    found = [(d.id, shape["evidence"]["start"]) for d, shape in drawn(corpus, "statement", 5, seed=4, each=2)]
    again = [(d.id, shape["evidence"]["start"]) for d, shape in drawn(corpus, "statement", 5, seed=4, each=2)]
    assert found == again
    assert len(found) == 5
    assert max(sum(name == other for other, _ in found) for name, _ in found) == 2


def test_documents_drawn_before_are_left_out(corpus: Path) -> None:
    found = drawn(corpus, "statement", 9, seed=4, each=1, without=frozenset({"d1"}))
    assert {document.id for document, _ in found} == {"d0", "d2"}


def test_the_share_right_leaves_out_what_nobody_can_decide(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "judged.tsv").write_text("1\tr\n2\ts\tthe other side\n3\tu\n4\tr\n", encoding="utf-8")
    tell(argparse.Namespace(folder=tmp_path, errors=True))
    said = capsys.readouterr().out
    assert "2 of 3 right" in said
    assert "s 1" in said
    assert "2 s the other side" in said
