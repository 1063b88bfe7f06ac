"""Measures a parser on sentences of our own, by the arcs that a coder of events needs."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

HERE = Path(__file__).resolve().parent

Arc = tuple[frozenset[str], frozenset[str], frozenset[str]]


def read(text: str) -> Iterator[tuple[str, list[Arc]]]:
    """Yield each sentence with its arcs: dependants, relations and heads that will do.

    Args:
        text: Pairs of lines: a sentence, then `dependant < relation < head; ...`.

    Raises:
        ValueError: If an arc has not three parts.
    """
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    for sentence, listed in zip(lines[::2], lines[1::2], strict=True):
        arcs = []
        for arc in listed.split(";"):
            dependant, relation, head = (frozenset(part.strip().split("|")) for part in arc.split("<"))
            arcs.append((dependant, relation, head))
        yield sentence, arcs


def holds(doc: Doc, arc: Arc) -> bool:
    """Say whether a parsed sentence has an arc.

    Args:
        doc: The sentence, parsed.
        arc: Dependants, relations, heads.
    """
    dependants, relations, heads = arc
    return any(token.text in dependants and token.dep_ in relations and token.head.text in heads for token in doc)


def measure(nlp: Language, text: str) -> tuple[float, float, list[str]]:
    """Return the shares of arcs found and of sentences without a mistake, and what was missed.

    Args:
        nlp: The pipeline.
        text: The sentences and their arcs.
    """
    found = total = whole = 0
    missed: list[str] = []
    pairs = list(read(text))
    for sentence, arcs in pairs:
        doc = nlp(sentence)
        wrong = [arc for arc in arcs if not holds(doc, arc)]
        missed += [f"{sentence}  {' < '.join('|'.join(sorted(part)) for part in arc)}" for arc in wrong]
        total += len(arcs)
        found += len(arcs) - len(wrong)
        whole += not wrong
    return 100 * found / total, 100 * whole / len(pairs), missed


def main() -> None:
    """Read the arguments, measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="folder of the pipeline")
    parser.add_argument("--missed", action="store_true", help="also print the arcs of the first set that were missed")
    arguments = parser.parse_args()
    nlp = spacy.load(arguments.model)
    missed: list[str] = []
    for name in ("challenge.txt", "challenge_blind.txt"):
        arcs, sentences, wrong = measure(nlp, (HERE / name).read_text("utf-8"))
        print(f"{name}: arcs {arcs:.1f}, whole sentences {sentences:.1f}")
        missed += wrong if name == "challenge.txt" else []
    if arguments.missed:
        print("\n".join(missed))


if __name__ == "__main__":
    main()
