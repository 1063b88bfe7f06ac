"""Varied copies of training sentences: quotes, headlines, lower case."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import registry

Augmenter = Callable[[Language, Example], Iterator[Example]]

# Words that a headline in Title Case leaves small.
_SMALL_WORDS = """
    a an and as at but by for from in into nor of off on or over per the to up via with
    n't 's 're 've 'll 'd 'm
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_STRAIGHT = {"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'"}


def curly(words: Sequence[str], spaces: Sequence[bool]) -> list[str]:
    """Return the words with straight quotation marks made curly.

    Args:
        words: The words of a document.
        spaces: Whether a space follows each word; it tells opening from closing.
    """
    made: list[str] = []
    for index, word in enumerate(words):
        if word in ('"', "'"):
            closes = (index > 0 and not spaces[index - 1]) or index == len(words) - 1
            pair = ("\u201c", "\u201d") if word == '"' else ("\u2018", "\u2019")
            made.append(pair[closes])
        else:
            made.append(word.replace("'", "\u2019"))
    return made


def straight(words: Sequence[str]) -> list[str]:
    """Return the words with curly quotation marks made straight.

    Args:
        words: The words of a document.
    """
    table = str.maketrans(_STRAIGHT)
    return [word.translate(table) for word in words]


def title(words: Sequence[str]) -> list[str]:
    """Return the words in the Title Case of a newspaper's headline.

    Args:
        words: The words of one sentence.
    """
    return [
        word if (index and word.lower() in _SMALL) else word[:1].upper() + word[1:] for index, word in enumerate(words)
    ]


def rebuilt(reference: Doc, words: Sequence[str]) -> Doc:
    """Return a copy of an annotated document with other word forms.

    Args:
        reference: The annotated document.
        words: As many forms as it has words.
    """
    return Doc(
        reference.vocab,
        words=list(words),
        spaces=[bool(token.whitespace_) for token in reference],
        tags=[token.tag_ for token in reference],
        heads=[token.head.i for token in reference],
        deps=[token.dep_ for token in reference],
    )


def without_full_stop(sentence: Span) -> Doc:
    """Return a sentence as a document of its own, its closing full stop dropped.

    Args:
        sentence: A sentence with heads and relations.
    """
    last = sentence[-1]
    droppable = last.text == "." and len(sentence) > 1 and not any(last.children)
    span = sentence[:-1] if droppable else sentence
    return span.as_doc()


def _example(nlp: Language, reference: Doc) -> Example:
    return Example(nlp.make_doc(reference.text), reference)


def _forms(reference: Doc, rng: random.Random, lower: float) -> list[str]:
    words = [token.text for token in reference]
    if rng.random() < 0.5:
        spaces = [bool(token.whitespace_) for token in reference]
        words = curly(words, spaces) if rng.random() < 0.5 else straight(words)
    for sentence in reference.sents:
        if rng.random() < lower:
            for token in sentence:
                words[token.i] = words[token.i].lower()
    return words


@registry.augmenters("dragoman.newsprint.v1")  # type: ignore[untyped-decorator]
def newsprint(
    headline: float = 0.25, capitals: float = 0.2, lower: float = 0.03, alone: float = 0.4, seed: int = 0
) -> Augmenter:
    """Make an augmenter that prints training text the ways a newspaper does.

    Each document is given with some of its quotation marks changed and a few
    of its sentences in lower case; now and then one of its sentences is given
    again as a headline. Some documents are given sentence by sentence, as the
    coder gives its passages, so that the parser learns not to cut them.

    Args:
        headline: Share of documents that also give a headline.
        capitals: Share of those headlines that are ALL CAPITALS, not Title Case.
        lower: Share of sentences set in lower case.
        alone: Share of documents that are given sentence by sentence.
        seed: Seed of the choices.
    """
    rng = random.Random(seed)

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        reference = example.reference
        printed = rebuilt(reference, _forms(reference, rng, lower))
        if rng.random() < alone:
            for sentence in printed.sents:
                yield _example(nlp, sentence.as_doc())
        else:
            yield _example(nlp, printed)
        if rng.random() >= headline:
            return
        choices = [sent for sent in reference.sents if 4 <= len(sent) <= 30]
        if not choices:
            return
        doc = without_full_stop(rng.choice(choices))
        words = [token.text for token in doc]
        words = [w.upper() for w in words] if rng.random() < capitals else title(words)
        yield _example(nlp, rebuilt(doc, words))

    return augment
