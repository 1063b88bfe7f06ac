"""The trained English parser: passages with the names in them in, spaCy Docs out, in batches.

A name of several words becomes one token that keeps its own text and offsets but looks to the parser like a plain name
("Theresa May" is no modal verb): what the gazetteer knows need not be guessed again. And since the treebanks hold no
report told in the present ("France expels two envoys"), a verb in -s that follows a party looks to the parser like its
past form; its own tag is given back afterwards.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from dragoman.errors import KnowledgeError
from dragoman.model import NameHit

_BATCH = 256
#: What a merged name looks like to the parser; kinds that are not here are left as they are.
_LOOKS = {
    "person": "Smith",
    "state": "Britain",
    "organisation": "Britain",
    "body": "Congress",
    "capital": "London",
    "group": "Britain",
    "party": "Congress",
    "place": "London",
}


@functools.lru_cache(maxsize=2)
def load(folder: Path) -> Any:  # noqa: ANN401  # a spaCy pipeline, imported only here
    """The pipeline in a folder; KnowledgeError where there is none."""
    if not (folder / "meta.json").exists():
        raise KnowledgeError(f"{folder}: no trained parser there; make one with 'make model'")
    import spacy  # noqa: PLC0415  # slow to import, and only needed once something passed the gate
    from thinc.api import get_current_ops  # noqa: PLC0415

    # NumPy's own OpenBLAS multiplies these small matrices 1.6 times as fast as the BLIS that comes with thinc.
    get_current_ops().use_blis = False  # type: ignore[attr-defined]  # of NumpyOps alone
    return spacy.load(folder)


#: Says of a word after a party whether it is its verb in the present: (the word, the word that follows, how it stands:
#: "one" after one party, "many" after several, "loose" after a comma, a bracket or "and") to the past form, or nothing.
Past = Callable[[str, str, str], str]
#: "As" and "is" are no verbs in this sense.
_SHORTEST_VERB = 4
_MODALS = frozenset(["will", "would", "can", "could", "may", "might", "must", "should", "shall", "wo", "ca"])
_ARTICLES = frozenset(["the", "a", "an", "its", "his", "her", "their", "our", "any", "all", "no"])
#: Function words of four letters and more: what they begin is no bare noun.
_SMALL = frozenset(
    [
        "that",
        "this",
        "these",
        "those",
        "with",
        "from",
        "into",
        "onto",
        "over",
        "upon",
        "after",
        "before",
        "against",
        "about",
        "their",
        "your",
        "some",
        "each",
        "both",
        "such",
        "what",
        "which",
        "when",
        "where",
        "while",
        "whether",
        "because",
        "since",
        "until",
        "unless",
        "than",
        "then",
        "there",
        "here",
        "under",
        "between",
        "among",
        "through",
        "during",
        "without",
        "within",
        "toward",
        "towards",
        "across",
        "along",
        "around",
        "near",
        "outside",
        "inside",
        "behind",
        "beyond",
        "more",
        "most",
        "another",
        "other",
        "several",
        "many",
    ]
)


#: Words that are one word to the parser as well, however they are spelled.
_HYPHENED = re.compile(r"\b[Cc]o-(?:operat|ordinat)\w+")


def parse(
    folder: Path, passages: Iterable[tuple[str, int, Sequence[NameHit]]], past: Past, is_agent: Callable[[str], bool]
) -> Iterator[Any]:
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
        for verb, tag in verbs.items():
            if made[verb].tag_ in {"VBD", "VBN"}:
                made[verb].tag_ = tag
        yield made


def _dressed(
    model: Any,  # noqa: ANN401  # as in `load`
    text: str,
    start: int,
    hits: Sequence[NameHit],
    past: Past,
    is_agent: Callable[[str], bool],
) -> tuple[Any, tuple[list[str], list[bool], dict[int, str]]]:
    from spacy.tokens import Doc  # noqa: PLC0415

    words, looks, spaces, ends = _joined(model, text, start, hits)
    parties = [end in {hit.end - start for hit in hits} for end in ends]
    verbs: dict[int, str] = {}
    for at in range(1, len(words) - 1):
        word = words[at]
        if not word.islower() or len(word) < _SHORTEST_VERB or looks[at] != word or not word.isalpha():
            continue
        bare = _bare(words[at + 1])
        if bare and word.endswith("ed"):
            # "Japan imposed sanctions", "has lifted curbs": told from "imposed curbs" by the party before it
            if parties[at - 1] and past(word, "", "past"):
                looks[at] = "took"
                continue
            if words[at - 1] in {"has", "have", "had"} and at > 1 and past(word, "", "past"):
                looks[at] = "taken"
                continue
        stood = _stands_as_verb(words, at)
        if stood and (bare or words[at + 1] in _ARTICLES or words[at + 1][:1].isupper()):
            if past(word, "", stood):
                looks[at] = "taking" if stood == "gerund" else "take"
            continue
        stands = _after_party(words, parties, at, bool(verbs), is_agent)
        if not stands:
            continue
        after = words[at + 1]
        form = past(word, "*" if parties[at + 1] or after.istitle() else after.lower(), stands)
        if form:
            looks[at] = "took" if bare and form.endswith("ed") else form
            verbs[at] = "VBZ" if word.endswith("s") else "VBP"
    # A passage is one sentence already; left free, the parser cuts "Serbia on Thursday | rejected …" in two.
    starts: list[bool | int | None] = [at == 0 for at in range(len(looks))]
    return Doc(model.vocab, words=looks, spaces=spaces, sent_starts=starts), (words, spaces, verbs)


def _stands_as_verb(words: list[str], at: int) -> str:
    """Tells "base" after "to" or a modal, "gerund" for an -ing form after a preposition, else nothing."""
    before = words[at - 1].lower()
    if before in {"not", "n't", "also", "never"} and at > 1:
        before = words[at - 2].lower()
        return "base" if before in _MODALS else ""
    if before in _MODALS or before == "to":
        return "base"
    return (
        "gerund"
        if words[at].endswith("ing") and before in {"of", "for", "by", "from", "without", "after", "before", "against"}
        else ""
    )


def _bare(word: str) -> bool:
    """Whether a word is a noun or adjective without an article, as far as its letters tell."""
    return word.isalpha() and word.islower() and len(word) >= _SHORTEST_VERB and word not in _SMALL


def _after_party(
    words: list[str], parties: list[bool], at: int, verb_seen: bool, is_agent: Callable[[str], bool]
) -> str:
    """How a word stands after a party: "one", "many", "loose", or nothing where no party stands before it."""
    before = at - 1
    if before > 0 and (
        words[before].endswith("ly") or words[before] in {"also", "both", "again", "now", "then", "once"}
    ):
        before -= 1
    word = words[before]
    if verb_seen and word in {"and", "but", "or", "then"}:
        return "loose"
    if word in {",", ")"} and any(parties[:before]):
        return "loose"
    agent = word.isalpha() and is_agent(word.lower())
    if not (parties[before] or agent or (word.istitle() and before > 0)):
        return ""
    coordinated = "and" in words[max(0, before - 12) : before]
    if agent and (word.endswith("s") or word in {"people", "police", "men", "troops"}) and not parties[before]:
        return "many"
    return "either" if coordinated else "one"


def _joined(
    model: Any,  # noqa: ANN401  # as in `load`
    text: str,
    start: int,
    hits: Sequence[NameHit],
) -> tuple[list[str], list[str], list[bool], list[int]]:
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
    for match in _HYPHENED.finditer(text):
        a, b = match.span()
        if a in begins and b in ends:
            spans.setdefault(begins[a], (ends[b], match.group().replace("-", "")))
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
