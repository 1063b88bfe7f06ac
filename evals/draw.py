"""Draws passages by chance from corpora for coding by reading: numbered batches with the text, a key without it."""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path

from dragoman.coding.events import states_named
from dragoman.coding.gate import gate
from dragoman.knowledge import load
from dragoman.model import Block, Document
from dragoman.resolve import reader
from dragoman.split import split

_SHORTEST, _LONGEST = 25, 700


def documents(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a corpus in JSON lines, zipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def passages(row: dict[str, str]) -> list[tuple[int, int, str]]:
    """Start, end and text of the passages of one row."""
    text = row["text"]
    document = Document(id=row["id"], text=text, blocks=(Block(kind="body", start=0, end=len(text)),))
    return [(p.start, p.end, p.text) for p in split(document)]


def known(paths: list[Path]) -> set[tuple[str, str, int]]:
    """File, document and start of the passages that were drawn before."""
    rows = (json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines())
    return {(row["file"], row["document"], row["start"]) for row in rows}


def draw(
    path: Path,
    count: int,
    *,
    seed: int,
    gated: float,
    per_document: int,
    years: tuple[str, str],
    between: bool = False,
    without: frozenset[tuple[str, str, int]] = frozenset(),
) -> list[dict[str, object]]:
    """So many passages of documents published from the first to the last year; a share `gated` passes the coder's gate.

    The gate knows words of events, never how they are coded: it only keeps half of a corpus of transcripts from being
    drawn as small talk. `between` draws only passages that name two states, `without` leaves out what was drawn before.
    """
    names = reader(load()).index if between else None
    chance = random.Random(seed)  # noqa: S311  # a draw that can be repeated, no secret
    rows = [
        r
        for r in documents(path)
        if r.get("text") and years[0] <= str(r.get("published") or r.get("date"))[:4] <= years[1]
    ]
    chance.shuffle(rows)
    doors = gate(load()) if gated else None
    wanted: dict[bool | None, int] = (
        {True: round(count * gated), False: count - round(count * gated)} if gated else {None: count}
    )
    drawn: list[dict[str, object]] = []
    for row in rows:
        found = [
            p
            for p in passages(row)
            if _SHORTEST <= len(p[2]) <= _LONGEST and (path.name, row["id"], p[0]) not in without
        ]
        if names is not None:
            found = [p for p in found if len(states_named(tuple(names.find(p[2])))) > 1]
        chance.shuffle(found)
        for start, end, text in found[:per_document]:
            key = doors.passes(text) if doors is not None else None
            if wanted.get(key, 0) <= 0:
                continue
            wanted[key] -= 1
            drawn.append(
                {
                    "file": path.name,
                    "document": row["id"],
                    "start": start,
                    "end": end,
                    "date": str(row.get("published") or row.get("date"))[:10],
                    "text": text,
                    "before": row["text"][max(0, start - 250) : start],
                }
            )
        if not any(wanted.values()):
            break
    return drawn


def main() -> None:
    """The command line: `draw.py CORPUS COUNT --out FOLDER`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--out", type=Path, required=True, help="folder for the batches")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--gated", type=float, default=0.0, help="share that must pass the gate (0: by chance alone)")
    parser.add_argument("--per-document", type=int, default=2)
    parser.add_argument("--years", default="1900-2100")
    parser.add_argument("--size", type=int, default=250, help="passages in a batch")
    parser.add_argument("--name", default="batch")
    parser.add_argument("--first", type=int, default=1, help="number of the first batch")
    parser.add_argument("--between", action="store_true", help="only passages that name two states or more")
    parser.add_argument("--without", type=Path, nargs="*", default=[], help="gold or keys of what was drawn before")
    options = parser.parse_args()
    first, last = options.years.split("-")
    drawn = draw(
        options.corpus,
        options.count,
        seed=options.seed,
        gated=options.gated,
        per_document=options.per_document,
        years=(first, last),
        between=options.between,
        without=frozenset(known(options.without)),
    )
    options.out.mkdir(parents=True, exist_ok=True)
    for number, begin in enumerate(range(0, len(drawn), options.size), options.first):
        batch = drawn[begin : begin + options.size]
        with (
            (options.out / f"{options.name}{number:02d}.key.jsonl").open("w", encoding="utf-8") as key,
            (options.out / f"{options.name}{number:02d}.txt").open("w", encoding="utf-8") as text,
        ):
            for index, item in enumerate(batch, 1):
                key.write(
                    json.dumps(
                        {"n": index, **{k: v for k, v in item.items() if k not in {"text", "before"}}},
                        ensure_ascii=False,
                    )
                    + "\n"
                )
                before = " ".join(str(item["before"]).split())
                text.write(
                    f"{index}\t{item['date']}\t{' '.join(str(item['text']).split())}"
                    + (f"\t[before: …{before[-160:]}]" if before else "")
                    + "\n"
                )
    print(f"{len(drawn)} passages in {options.out}")


if __name__ == "__main__":
    main()
