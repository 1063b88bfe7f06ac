"""Sentences parsed by several trained pipelines, kept where their majority makes a tree."""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from training import corpus  # noqa: E402  (run as a script from anywhere)

# Sentences with fewer words teach little; longer ones are mostly lists.
SHORTEST, LONGEST = 5, 60


def paragraphs(path: Path, share: float, rng: random.Random) -> Iterator[str]:
    """Yield a share of the paragraphs of a file of texts.

    Args:
        path: JSON lines with `text`, gzipped.
        share: How many of them, from 0 to 1.
        rng: Draws them.
    """
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            for paragraph in (json.loads(line)["text"] or "").splitlines():
                if paragraph.strip() and rng.random() < share:
                    yield paragraph.strip()


def is_tree(heads: Sequence[int]) -> bool:
    """Say whether heads (a root is its own head) make one tree.

    Args:
        heads: The head's place for each word, from 0.
    """
    roots = [word for word, head in enumerate(heads) if word == head]
    if len(roots) != 1:
        return False
    for start in range(len(heads)):
        word = start
        for _ in range(len(heads)):
            word = heads[word]
        if word != roots[0]:
            return False
    return True


def agreed(spans: Sequence[Span]) -> tuple[list[int], list[str], list[str], float] | None:
    """Return heads, relations and tags that most parses of a sentence share, and how much they agree.

    Args:
        spans: The same sentence as parsed by each pipeline, the best one first: it decides ties.
    """
    first = spans[0]
    heads: list[int] = []
    relations: list[str] = []
    tags: list[str] = []
    votes = 0
    for place in range(len(first)):
        arcs = Counter((span[place].head.i - span.start, span[place].dep_) for span in spans)
        (head, relation), most = arcs.most_common(1)[0]
        votes += most
        heads.append(head)
        relations.append(relation)
        tags.append(Counter(span[place].tag_ for span in spans).most_common(1)[0][0])
    if not is_tree(heads):
        return None
    return heads, relations, tags, votes / (len(spans) * len(first))


def sentences(docs: Sequence[Doc], threshold: float) -> Iterator[Doc]:
    """Yield the sentences of a text on whose bounds, and mostly on whose arcs, the pipelines agree.

    Args:
        docs: The text as parsed by each pipeline.
        threshold: The least share of votes that the chosen arcs must have.
    """
    bounds = [{(span.start, span.end) for span in doc.sents} for doc in docs]
    for start, end in sorted(set.intersection(*bounds)):
        if not SHORTEST <= end - start <= LONGEST:
            continue
        spans = [doc[start:end] for doc in docs]
        made = agreed(spans)
        if made is None or made[3] < threshold:
            continue
        heads, relations, tags, _ = made
        yield Doc(
            docs[0].vocab,
            words=[token.text for token in spans[0]],
            spaces=[bool(token.whitespace_) or token.i == end - 1 for token in spans[0]],
            tags=tags,
            heads=heads,
            deps=relations,
        )


def make(pipelines: Sequence[Language], texts: Sequence[str], threshold: float) -> Iterator[Doc]:
    """Yield documents of ten sentences parsed by majority.

    Args:
        pipelines: At least three, the best first, with the same tokenizer.
        texts: What to parse.
        threshold: The least share of votes that the chosen arcs must have.
    """
    waiting: list[Doc] = []
    for docs in zip(*(pipeline.pipe(texts) for pipeline in pipelines), strict=True):
        for sentence in sentences(docs, threshold):
            waiting.append(sentence)
            if len(waiting) == corpus.SENTENCES_A_DOCUMENT:
                yield Doc.from_docs(waiting, ensure_whitespace=False)
                waiting = []


def main() -> None:
    """Read the arguments, parse, and write the documents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help=".spacy file to write")
    parser.add_argument("--model", type=Path, action="append", required=True, help="the best one first")
    parser.add_argument("--texts", action="append", required=True, help="FILE.jsonl.gz=share of its paragraphs")
    parser.add_argument("--threshold", type=float, default=0.85, help="least agreement (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="seed (default: %(default)s)")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    texts: list[str] = []
    for entry in arguments.texts:
        path, share = entry.rsplit("=", 1)
        texts.extend(paragraphs(Path(path), float(share), rng))
    rng.shuffle(texts)
    docs = list(make([spacy.load(path) for path in arguments.model], texts, arguments.threshold))
    corpus.save(docs, arguments.out)
    print(f"{len(texts):,} paragraphs, {len(docs):,} documents, {sum(map(len, docs)):,} words")


if __name__ == "__main__":
    main()
