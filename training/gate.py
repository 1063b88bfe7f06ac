"""Trains the second gate: from the words of a passage alone, how likely it is that it tells of any event at all.

A logistic regression over the words, fitted on the passages coded by reading (evals/gold) that are not set aside; what
ships is a table of words with weights, no sentence. The threshold is set on folds that had no part in the fitting, so
that the share of passages with an event that are lost stays below `--lost`.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from dragoman.coding.gate import gate
from dragoman.evaluation import gold
from dragoman.knowledge import load

_FOLDS, _ROUNDS, _RATE, _PENALTY, _RARE = 5, 300, 0.5, 0.002, 4


def fit(seen: list[list[int]], labels: np.ndarray[Any, Any], size: int) -> np.ndarray[Any, Any]:
    """Weights of the words, the last one for every passage (the bias), by gradient descent with momentum."""
    rows = np.repeat(np.arange(len(seen)), [len(s) for s in seen])
    columns = np.concatenate([np.asarray(s, dtype=np.int64) for s in seen])
    weights, speed = np.zeros(size), np.zeros(size)
    for _ in range(_ROUNDS):
        scores = np.bincount(rows, weights[columns], minlength=len(seen))
        error = 1 / (1 + np.exp(-scores)) - labels
        slope = np.bincount(columns, error[rows], minlength=size) / len(seen) * 20 + _PENALTY * weights
        speed = 0.9 * speed - _RATE * 0.1 * slope
        weights += speed
    return weights


def main() -> None:
    """The command line: `gate.py --corpora DIR --out FILE`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--gold", type=Path, default=Path("evals/gold"))
    parser.add_argument("--out", type=Path, default=Path("src/dragoman/knowledge/models/en/gate.tsv"))
    parser.add_argument("--lost", type=float, default=0.02, help="share of passages with an event that may be lost")
    options = parser.parse_args()
    rows = [
        r
        for r in gold.rows(
            [options.gold / n for n in ("read.jsonl", "written_a.jsonl", "written_b.jsonl")],
            blind="without",
            batches="",
        )
        if not r.get("second")
    ]
    rows = gold.with_texts(rows, options.corpora, near=0) or rows
    random.Random(5).shuffle(rows)
    first = gate(load())
    words = [sorted(set(first.words(r["text"]))) for r in rows]
    labels = np.array([bool(r["events"]) for r in rows], dtype=float)
    known = sorted(w for w, n in Counter(w for ws in words for w in ws).items() if n >= _RARE)
    number = {w: i for i, w in enumerate(known)}
    seen = [[number[w] for w in ws if w in number] + [len(known)] for ws in words]
    scores = np.zeros(len(rows))
    for fold in range(_FOLDS):
        inside = [i for i in range(len(rows)) if i % _FOLDS != fold]
        weights = fit([seen[i] for i in inside], labels[inside], len(known) + 1)
        for i in range(fold, len(rows), _FOLDS):
            scores[i] = weights[seen[i]].sum()
    passed = np.array([first.passes(r["text"]) for r in rows])
    kept = np.sort(scores[(labels > 0) & passed])
    threshold = float(kept[int(options.lost * len(kept))])
    for lost in (0.01, 0.02, 0.03, 0.05, 0.08):
        t = kept[int(lost * len(kept))]
        print(
            f"lost {lost:.2f}: threshold {t:.2f}, passes {np.mean(passed & (scores >= t)):.3f} of all",
            f"(the first gate {np.mean(passed):.3f}),",
            f"of those without an event {np.mean((passed & (scores >= t))[labels == 0]):.3f}",
        )
    weights = fit(seen, labels, len(known) + 1)
    with options.out.open("w", encoding="utf-8") as out:
        out.write(
            "# How much each word speaks for an event in its passage; "
            "made by training/gate.py from passages coded by reading.\n"
        )
        out.write("# Licence: CC BY-SA 4.0; see NOTICE in this folder. `<bias>` and `<threshold>` are no words.\n")
        out.write(f"<bias>\t{weights[-1]:.3f}\n<threshold>\t{threshold:.3f}\n")
        for word, weight in zip(known, weights[:-1], strict=True):
            if abs(weight) >= 0.02:
                out.write(f"{word}\t{weight:.3f}\n")


if __name__ == "__main__":
    main()
