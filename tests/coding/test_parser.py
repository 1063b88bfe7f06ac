"""The parser as the coder uses it: words and offsets stay those of the text, whatever is dressed for the parser."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.coding.parser import load, parse
from dragoman.errors import KnowledgeError
from dragoman.knowledge import HERE
from dragoman.model import NameHit
from dragoman.pipeline import Coder

MODEL = HERE / "models" / "en"


def parsed(coder: Coder, text: str, start: int = 0) -> list[tuple[str, str, str, str]]:
    """Word, tag, relation and head word of each token of a passage that begins at an offset."""
    hits = tuple(
        NameHit(start=h.start + start, end=h.end + start, text=h.text, kinds=h.kinds, entries=h.entries)
        for h in coder.names.find(text)
    )
    doc = next(iter(parse(MODEL, [(text, start, hits)], coder.present, lambda _: False)))
    assert doc.text == text
    return [(token.text, token.tag_, token.dep_, token.head.text) for token in doc]


@pytest.mark.parametrize("start", [0, 1000])
def test_names_of_several_words_are_one(coder: Coder, start: int) -> None:
    found = parsed(coder, "The United States expelled two diplomats of Saudi Arabia.", start)
    assert ("United States", "NNP", "nsubj", "expelled") in found
    assert "Saudi Arabia" in [word for word, *_ in found]


def test_the_present_tense_of_a_headline_is_a_verb(coder: Coder) -> None:
    found = {word: (tag, dep) for word, tag, dep, _ in parsed(coder, "Canada expels Iranian diplomats, shuts embassy")}
    assert found["expels"][0] == "VBZ"
    assert found["Canada"][1] == "nsubj"
    assert found["diplomats"][1] == "obj"


@pytest.mark.parametrize(
    ("text", "word", "relation", "head"),
    [
        ("The envoys were expelled by Norway.", "Norway", "obl:agent", "expelled"),
        ("The envoys were expelled by Norway.", "envoys", "nsubj:pass", "expelled"),
        ("France urged Iran to return to the talks.", "return", "xcomp", "urged"),
        ("France and Germany condemned the attack.", "Germany", "conj", "France"),
    ],
)
def test_the_relations_that_matter(coder: Coder, text: str, word: str, relation: str, head: str) -> None:
    assert (word, relation, head) in [(w, d, h) for w, _, d, h in parsed(coder, text)]


def test_one_answer_for_each_passage_in_order(coder: Coder) -> None:
    texts = ["Iran met Iraq.", "", "Chile signed the treaty.", " ", "No."]
    found = parse(MODEL, [(text, 0, ()) for text in texts], coder.present, lambda _: False)
    assert [doc.text for doc in found] == texts


def test_a_missing_model_is_said(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no trained parser"):
        load(tmp_path)
