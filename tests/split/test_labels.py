"""Who speaks in a transcript."""

from __future__ import annotations

from dragoman.model import Block, Document
from dragoman.split import split


def turns(text: str) -> list[tuple[str, str]]:
    return [(p.speaker_label, p.text) for p in split(Document(id="x", text=text))]


def test_a_label_holds_until_the_next_one() -> None:
    text = "Anna Berg: Good day. We talked.\nAbout fish, too.\nQuestion: And trade?\nMinister of Trade Olaf Lund: Yes."
    assert turns(text) == [
        ("Anna Berg", "Anna Berg: Good day."),
        ("Anna Berg", "We talked."),
        ("Anna Berg", "About fish, too."),
        ("Question", "Question: And trade?"),
        ("Minister of Trade Olaf Lund", "Minister of Trade Olaf Lund: Yes."),
    ]


def test_a_bare_q_is_a_question() -> None:
    found = turns("MR. LUND: Good day.\nQ What of trade? It fell.\nMR. LUND: It did.\nQ Thanks.")
    assert [label for label, _ in found] == ["MR. LUND", "Q", "Q", "MR. LUND", "Q"]


def test_a_rule_or_a_heading_ends_a_turn() -> None:
    text = "Anna Berg: Good day.\n* * *\nThe talks went on.\nOlaf Lund: Yes."
    blocks = []
    start = 0
    for line in text.split("\n"):
        kind = "furniture" if line.startswith("*") else "body"
        blocks.append(Block(kind=kind, start=start, end=start + len(line)))  # type: ignore[arg-type]
        start += len(line) + 1
    found = split(Document(id="x", text=text, blocks=tuple(blocks)))
    assert [p.speaker_label for p in found] == ["Anna Berg", "", "Olaf Lund"]


def test_a_topic_is_no_speaker() -> None:
    assert turns("War in the North: Three soldiers fall.") == [("", "War in the North: Three soldiers fall.")]
    assert turns("The result is this: Nobody won.")[0][0] == ""
    assert turns("Oslo: 12:15")[0][0] == ""
