"""Frames as they are read: order, classes, defaults, and what is refused; a user's lines go before ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.coding.frames import Lexicon
from dragoman.errors import KnowledgeError
from dragoman.knowledge import Knowledge, load


@pytest.fixture(scope="module")
def ours() -> Lexicon:
    return Lexicon(load())


def own(folder: Path, line: str, *, file: str = "verbs") -> Lexicon:
    """The lexicon with one line of a user's own."""
    target = folder / "patterns" / "en"
    target.mkdir(parents=True)
    (target / f"{file}.yaml").write_text(line + "\n", encoding="utf-8")
    return Lexicon(Knowledge((folder,)))


def test_every_type_has_words_of_its_own(ours: Lexicon) -> None:
    types = {frame.event_type for table in (ours.verbs, ours.nouns) for frames in table.values() for frame in frames}
    assert types - {""} == {
        "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
        "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
    }  # fmt: skip


def test_a_frame_names_its_line(ours: Lexicon) -> None:
    for frame in ours.verbs["expel"]:
        file, number = frame.where.rsplit(":", 1)
        assert file.endswith("verbs.yaml")
        assert int(number) > 0


def test_a_user_s_line_goes_before_ours(tmp_path: Path) -> None:
    made = own(tmp_path, "- {verb: [expel, frobnicate], type: THREATEN, mode: expel, actor: [subject]}")
    assert made.verbs["expel"][0].event_type == "THREATEN"
    assert len(made.verbs["expel"]) > 1
    assert made.verbs["frobnicate"][0].mode == "expel"


def test_defaults_classes_and_words_before_the_head(tmp_path: Path) -> None:
    line = "- {noun: [joint frobnication, frob], type: COOPERATE, light: $frobbers}"
    (tmp_path / "patterns" / "en").mkdir(parents=True)
    (tmp_path / "patterns" / "en" / "classes.yaml").write_text("$frobbers: [hold, stage]\n", encoding="utf-8")
    (tmp_path / "patterns" / "en" / "nouns.yaml").write_text(line + "\n", encoding="utf-8")
    made = Lexicon(Knowledge((tmp_path,)))
    frame = made.nouns["frobnication"][0]
    assert frame.before == ("joint",)
    assert frame.light == {"hold", "stage"}
    assert "possessor" in frame.actor
    assert "on" in frame.recipient
    assert made.nouns["frob"][0].before == ()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("- {verb: frobnicate, typ: ACCUSE}", "unknown field typ"),
        ("- {verb: frobnicate}", "needs a type"),
        ("- {verb: frobnicate, type: [", "not readable as YAML"),
    ],
)
def test_a_wrong_line_is_refused_with_its_place(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(KnowledgeError, match=told) as caught:
        own(tmp_path, line)
    assert "verbs.yaml" in str(caught.value)
