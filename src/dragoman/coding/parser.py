"""The trained English parser: passages with the names in them in, spaCy Docs out, in batches.

A name of several words becomes one token that keeps its own text and offsets but looks to the parser like a plain name
("Theresa May" is no modal verb): what the gazetteer knows need not be guessed again. And since the treebanks hold no
report told in the present ("France expels two envoys"), a verb in -s that follows a party looks to the parser like its
past form; its own tag is given back afterwards.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from dragoman.errors import KnowledgeError
from dragoman.model import NameHit

_BATCH = 256
#: What a merged name looks like to the parser; kinds that are not here are left as they are.
_LOOKS = {"person": "Smith", "state": "Britain", "organisation": "Britain", "body": "Congress", "capital": "London", "group": "Britain",
          "party": "Congress", "place": "London"}  # fmt: skip


@functools.lru_cache(maxsize=2)
def load(folder: Path) -> Any:  # noqa: ANN401  # a spaCy pipeline, imported only here
    """The pipeline in a folder; KnowledgeError where there is none."""
    if not (folder / "meta.json").exists():
        raise KnowledgeError(f"{folder}: no trained parser there; make one with 'make model'")
    import spacy  # noqa: PLC0415  # slow to import, and only needed once something passed the gate

    return spacy.load(folder)


#: Says of a word in -s after a party whether it is its verb: (the word, the word that follows) to the past form, or nothing.
Past = Callable[[str, str], str]
#: "As" and "is" are no verbs in this sense.
_SHORTEST_VERB = 4


def parse(folder: Path, passages: Iterable[tuple[str, int, Sequence[NameHit]]], past: Past, is_agent: Callable[[str], bool]) -> Iterator[Any]:
    """One Doc for each passage (text, its start in the document, its names), in order.

    The parser sees a copy whose words look as it knows them; tags and arcs are then laid on the words of the text.
    """
    from spacy.attrs import DEP, HEAD, TAG  # noqa: PLC0415  # as in `load`
    from spacy.tokens import Doc  # noqa: PLC0415

    model = load(folder)
    dressed = (_dressed(model, *passage, past, is_agent) for passage in passages)
    for copy, (words, spaces, verbs) in model.pipe(dressed, batch_size=_BATCH, as_tuples=True):
        made = Doc(model.vocab, words=words, spaces=spaces)
        if words:
            made.from_array([TAG, DEP, HEAD], copy.to_array([TAG, DEP, HEAD]))
        for verb in verbs:
            if made[verb].tag_ in {"VBD", "VBN"}:
                made[verb].tag_ = "VBZ"
        yield made


def _dressed(
    model: Any, text: str, start: int, hits: Sequence[NameHit], past: Past, is_agent: Callable[[str], bool]
) -> tuple[Any, tuple[list[str], list[bool], list[int]]]:  # noqa: ANN401
    from spacy.tokens import Doc  # noqa: PLC0415

    words, looks, spaces, ends = _joined(model, text, start, hits)
    parties = {hit.end - start for hit in hits}
    verbs = []
    for at in range(1, len(words) - 1):
        word = words[at]
        if not word.endswith("s") or not word.islower() or len(word) < _SHORTEST_VERB or looks[at] != word:
            continue
        before = words[at - 1]
        agent = before.isalpha() and not before.endswith("s") and is_agent(before.lower())
        if not (ends[at - 1] in parties or agent or (before.istitle() and at > 1)):
            continue
        after = words[at + 1]
        form = past(word, "*" if ends[at + 1] in parties or after.istitle() else after.lower())
        if form:
            looks[at] = form
            verbs.append(at)
    # A passage is one sentence already; left free, the parser cuts "Serbia on Thursday | rejected …" in two.
    starts = [at == 0 for at in range(len(looks))]
    return Doc(model.vocab, words=looks, spaces=spaces, sent_starts=starts), (words, spaces, verbs)


def _joined(model: Any, text: str, start: int, hits: Sequence[NameHit]) -> tuple[list[str], list[str], list[bool], list[int]]:  # noqa: ANN401
    """Words with names in one piece, what each looks like to the parser, whether a space follows, where each ends."""
    made = model.make_doc(text)
    begins = {token.idx: token.i for token in made}
    ends = {token.idx + len(token): token.i + 1 for token in made}
    spans: dict[int, tuple[int, str]] = {}
    for hit in hits:
        look = _look(hit) if " " in hit.text else ""
        a, b = hit.start - start, hit.end - start
        if not look:
            continue
        if b not in ends and text[b - 1 : b] == ".":
            b -= 1  # "U.S." at the end of a sentence
        if a in begins and b in ends and ends[b] - begins[a] > 1:
            spans[begins[a]] = (ends[b], look)
    words, looks, spaces, stops = [], [], [], []
    at = 0
    while at < len(made):
        last, look = spans.get(at, (at + 1, ""))
        piece = made[at:last]
        words.append(piece.text)
        looks.append(look or piece.text)
        spaces.append(bool(made[last - 1].whitespace_))
        stops.append(made[last - 1].idx + len(made[last - 1]))
        at = last
    return words, looks, spaces, stops


def _look(hit: NameHit) -> str:
    for kind, looks in _LOOKS.items():
        if kind in hit.kinds:
            return looks
    return ""
