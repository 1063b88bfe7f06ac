"""Where sentences end, by kind of difficulty; the sentences here were written for the tests."""

from __future__ import annotations

import time

import pytest

from dragoman.model import Block, Document
from dragoman.split import split
from dragoman.split.sentences import LONGEST


def pieces(text: str) -> list[str]:
    return [passage.text for passage in split(Document(id="x", text=text))]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Mr. Brown met Gen. Adams on Monday.", "They spoke for an hour."],
        ["The U.S. Navy left on Sept. 12.", "It came back on Oct. 3."],
        ["He works in the U.S. and lives in St. Louis.", "She does not."],
        ["The envoy flew to Washington, D.C.", "The talks began at noon."],
        ["Resolution No. 5 was adopted.", "Was that wise?", "No.", "It was not."],
        ["George W. Bush and J. K. Smith came.", "Nobody else did."],
        ["Trade rose by 3.5 percent to $1.2 billion.", "Exports fell."],
        ["“We will not go.”", "That was all."],
        ['He said: "We will not go."', "She left."],
        ['"Will they come?" the minister asked.', "Nobody knew."],
        ["“Will they come?” Minister Berg asked.", "Nobody knew."],
        ["“Will they come?”", "Nobody in the hall knew."],
        ["We waited… and waited.", "Nothing came."],
        ["“…this is not over,” he said.", "It was."],
        ["They signed the pact [...] in Rome.", "It failed."],
        ["They discussed trade, e.g. grain, and fish, i.e. cod.", "Then they ate."],
        ["(Laughter.)", "We go on."],
        ["The meeting ended at 5 p.m. on Friday.", "All went home."],
        ["It began in 2004.", "Ten years later it was over."],
        ["1. The Parties shall meet.", "2. The Parties shall talk."],
        ["He came!", "She went…", "They stayed?!", "Yes."],
        ["Northern Gas and Southern Oil Inc. agreed a price.", "It held."],
        ["U.S. President Miller met the U.K. prime minister.", "He agreed."],
        ["Вот так.", "Да."],
        ["一切都好。", "他走了。"],
    ],
)
def test_a_sentence_ends_where_a_reader_says(sentences: list[str]) -> None:
    assert pieces(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    "head",
    [
        "OSLO, May 3 (Agency) --",
        "OSLO -",
        "OSLO, 3 May 2016 -",
        "Oslo, 3 May 2016 –",
        "Oslo, May 3 (Agency) -",
        "NEW YORK:",
    ],
)
def test_a_dateline_is_no_part_of_its_sentence(head: str) -> None:
    sentence = "Norway on Tuesday asked Sweden to open the border again."
    assert pieces(f"{head} {sentence}") == [head, sentence]


def test_a_name_before_a_dash_is_no_dateline() -> None:
    text = "Norway – and Sweden with it – asked for the border to be opened again."
    assert pieces(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They have agreed.Anna Berg: We are glad.", ["They have agreed.", "Anna Berg: We are glad."]),
        ('He said "we agree."Then he left.', ['He said "we agree."', "Then he left."]),
        ('They agreed."We are glad," she said.', ["They agreed.", '"We are glad," she said.']),
        ("See www.Example.org or write to A.Berg@example.org now.", None),
        ("The U.S.Navy and version 2.5 are here.", None),
        ("One thing • Another thing • A third", ["One thing", "• Another thing", "• A third"]),
        ("A headline of a column        Another headline of a column", None),
        ("First line\n\nSecond line", ["First line", "Second line"]),
        ("", []),
        (" \n\t ", []),
        ("...", ["..."]),
    ],
)
def test_broken_typesetting(text: str, expected: list[str] | None) -> None:
    if expected is None and "        " in text:
        expected = ["A headline of a column", "Another headline of a column"]
    assert pieces(text) == (expected if expected is not None else [text])


def test_only_blocks_that_may_hold_claims_are_split() -> None:
    text = "Headline\nA sentence. Another.\nPrint\nI think so too.\nA caption"
    kinds = ("headline", "body", "furniture", "comment", "caption")
    starts = [0, 9, 30, 36, 52]
    lines = text.split("\n")
    blocks = tuple(
        Block(kind=kind, start=start, end=start + len(line))  # type: ignore[arg-type]
        for kind, start, line in zip(kinds, starts, lines, strict=True)
    )
    found = split(Document(id="x", text=text, blocks=blocks))
    assert [(p.text, p.kind, p.paragraph, p.index) for p in found] == [
        ("Headline", "headline", 0, 0),
        ("A sentence.", "body", 1, 1),
        ("Another.", "body", 1, 2),
        ("A caption", "caption", 4, 3),
    ]


def test_a_very_long_sentence_is_cut_at_a_comma() -> None:
    found = pieces("and a clause of some words, " * 200 + "which ends.")
    assert len(found) > 3
    assert all(len(piece) <= LONGEST for piece in found)
    assert all(piece.endswith(",") for piece in found[:-1])


def test_a_word_without_end_is_cut_too() -> None:
    assert [len(piece) for piece in pieces("x" * 4000)] == [LONGEST, LONGEST, 1000]


@pytest.mark.parametrize(
    "unit",
    [
        "The minister of one state met the minister of another state. ",
        "A.B. ",
        '."A',
        "\r",
        "\n ",
        " ",
        "?”",
        "…",
        "Mr. ",
        "a\t",
        "(",
        "U.",
        "x" * 70 + ": ",
    ],
)
def test_time_grows_with_length_alone(unit: str) -> None:
    text = (unit * (300_000 // len(unit) + 1))[:300_000]
    began = time.process_time()
    split(Document(id="x", text=text, blocks=(Block(kind="body", start=0, end=len(text)),)))
    assert time.process_time() - began < 4, "it takes half a second on an idle machine, minutes where it is quadratic"
