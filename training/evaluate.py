"""Measures a parser from raw text: attachment, the relations that matter, speed."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from training import corpus

# The relations that carry who did what to whom.
RELATIONS = (
    "nsubj",
    "nsubj:pass",
    "obj",
    "obl:agent",
    "obl",
    "xcomp",
    "ccomp",
    "conj",
    "appos",
    "nmod",
    "acl:relcl",
)
TESTS = ("ewt-test", "gum-news-test", "pud")


def with_agents(doc: Doc) -> Doc:
    """Return a gold document whose passive agents are marked as such; PUD leaves them plain "obl".

    Args:
        doc: A gold document; it is changed.
    """
    for token in doc:
        if token.dep_ != "obl" or not any(c.dep_ == "case" and c.text == "by" for c in token.children):
            continue
        passive = any(child.dep_ in ("aux:pass", "nsubj:pass") for child in token.head.children)
        if token.tag_ != "VBG" and (passive or (token.head.tag_ == "VBN" and token.head.dep_ == "acl")):
            token.dep_ = "obl:agent"
    return doc


def gold(directory: Path, name: str) -> list[Doc]:
    """Return a gold set's documents.

    Args:
        directory: The folder of treebanks.
        name: `dev`, what a model is chosen by, or the name of a file.
    """
    if name == "dev":
        return corpus.load(directory)[1]
    if name == "gum-held-out":
        parts = corpus.documents(corpus.read_text(directory / "gum-open.conllu.gz"))
        return [doc for key, text in parts if corpus.held_out(key) for doc in corpus.to_docs(text)]
    docs = corpus.to_docs(corpus.read_text(directory / f"{name}.conllu.gz"))
    return [with_agents(doc) for doc in docs] if name == "pud" else docs


def measure(nlp: Language, docs: list[Doc]) -> dict[str, float]:
    """Return figures from 0 to 100: F1 of tags, sentences, arcs and relations.

    As in spaCy's scorer, punctuation does not count; a word that the tokenizer
    cuts otherwise than the treebank counts as wrong.

    Args:
        nlp: The pipeline; it sees only each document's text.
        docs: The gold documents.
    """
    parsed = nlp.pipe(doc.text for doc in docs)
    examples = [Example(guess, doc) for guess, doc in zip(parsed, docs, strict=True)]
    scores = Scorer(nlp).score(examples)
    figures = {
        "tags": scores["tag_acc"],
        "sentences": scores["sents_f"],
        "UAS": scores["dep_uas"],
        "LAS": scores["dep_las"],
    }
    for relation in RELATIONS:
        figures[relation] = scores["dep_las_per_type"].get(relation, {"f": 0.0})["f"]
    return {name: round(100 * value, 1) for name, value in figures.items()}


def words_a_second(nlp: Language, docs: list[Doc]) -> int:
    """Return how many words a pipeline parses a second, as the best of three runs.

    Args:
        nlp: The pipeline.
        docs: Text to parse; give a few ten thousand words.
    """
    texts = [doc.text for doc in docs]
    best = 0.0
    for _ in range(3):
        start = time.process_time()
        words = sum(len(doc) for doc in nlp.pipe(texts))
        best = max(best, words / (time.process_time() - start))
    return round(best)


def table(results: dict[str, dict[str, float]]) -> str:
    """Return figures as a Markdown table, a row for each gold set.

    Args:
        results: Figures by the gold set's name.
    """
    columns = list(next(iter(results.values())))
    lines = ["| | " + " | ".join(columns) + " |", "| --- |" + " --- |" * len(columns)]
    for name, figures in results.items():
        lines.append(f"| {name} | " + " | ".join(f"{figures[c]:.1f}" for c in columns) + " |")
    return "\n".join(lines)


def main() -> None:
    """Read the arguments, measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="folder of the pipeline")
    parser.add_argument("--treebanks", type=Path, required=True, help="folder of .conllu.gz files")
    parser.add_argument("--on", nargs="+", default=list(TESTS), help="gold sets (default: %(default)s)")
    parser.add_argument("--speed", action="store_true", help="also measure words a second")
    parser.add_argument("--json", action="store_true", help="print JSON, not a table")
    arguments = parser.parse_args()
    nlp = spacy.load(arguments.model)
    sets = {name: gold(arguments.treebanks, name) for name in arguments.on}
    results = {name: measure(nlp, docs) for name, docs in sets.items()}
    print(json.dumps(results) if arguments.json else table(results))
    if arguments.speed:
        text = [doc for docs in sets.values() for doc in docs]
        print(f"{words_a_second(nlp, text):,} words a second on one core")


if __name__ == "__main__":
    main()
