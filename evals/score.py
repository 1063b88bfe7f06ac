"""Scores the event coder on files of gold: every view, by type, and errors as text; `dragoman evaluate` tells more."""

from __future__ import annotations

import argparse
import random
from pathlib import Path

from dragoman.evaluation.gold import Answer, Row, answers, rows, with_texts
from dragoman.evaluation.scoring import Key, all_three, by, counts, f1, figures, gold_keys, interval, pair, wrong
from dragoman.pipeline import Coder

__all__ = ["Key", "Row", "all_three", "counts", "f1", "gold_keys"]


def show(answer: Answer) -> None:
    """One row with the events of both."""
    row = answer.row
    print(f"\n{row.get('batch', row.get('id'))} {row['text']}")
    for e, key in zip(row["events"], gold_keys(row), strict=True):
        print(
            f"   gold {key.event_type}/{key.mode} {key.status} {sorted(key.actors)} > {sorted(key.recipients)}",
            f"[{e.get('trigger')}]",
        )
    for c in answer.claims:
        sides = [[f"{one.text}={one.country}" for one in side] for side in (c.actors, c.recipients)]
        print(
            f"   got  {c.event_type}/{c.mode} {c.status} {sides[0]} > {sides[1]} [{c.trigger and c.trigger.text}]",
            c.why[0].rule if c.why else "",
        )


def main() -> None:
    """The command line: `score.py GOLD.jsonl …`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--batches", default="", help="only rows of batches whose name begins so (comma-separated)")
    parser.add_argument(
        "--blind", choices=["only", "without", "both"], default="without", help="rows that are set aside"
    )
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--type", default="", help="show errors of this type alone")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    batches = [b for b in options.batches.split(",") if b]
    done = answers(Coder(), with_texts(rows(options.gold, blind=options.blind, batches=batches), options.corpora))
    pairs = [pair(one) for one in done]
    print(
        f"{len(pairs)} passages, {sum(bool(g) for g, _ in pairs)} with an event;",
        f"{sum(len(g) for g, _ in pairs)} events in gold, {sum(len(p) for _, p in pairs)} coded",
    )
    for name, (hits, said, gold) in counts(pairs).items():
        low, high = interval(pairs, name)
        print(
            f"{name:16} P {hits / max(1, said):.3f}  R {hits / max(1, gold):.3f} ",
            f"F1 {f1(hits, said, gold):.3f} [{low:.3f}, {high:.3f}]",
        )
    told = figures(pairs)
    print(f"kept silent      {told['kept silent'].value:.3f} of {told['kept silent'].of}")
    print(f"status right     {told['status'].value:.3f} of {told['status'].of} events found")
    print(f"{'type':10} {'gold':>5} {'coded':>5} {'P':>6} {'R':>6}   all three right")
    for line in by(pairs, lambda k: k.event_type):
        print(
            f"{line.name:10} {line.gold:5} {line.coded:5}",
            f"{line.right / max(1, line.coded):6.2f} {line.right / max(1, line.gold):6.2f}   {line.full}",
        )
    order = [(answer, one) for answer, one in zip(done, pairs, strict=True) if wrong(one)]
    if options.type:
        order = [
            (answer, one) for answer, one in order if any(k.event_type == options.type for k in (*one[0], *one[1]))
        ]
    random.Random(options.seed).shuffle(order)  # noqa: S311  # a draw that can be repeated, no secret
    for answer, _ in order[: options.errors]:
        show(answer)


if __name__ == "__main__":
    main()
