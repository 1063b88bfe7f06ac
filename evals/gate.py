"""Holds the coder to floors on its own gold: they only rise, and know the gold on which they were measured."""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from pathlib import Path
from typing import Any

from dragoman.evaluation.gold import answers, rows, with_texts
from dragoman.evaluation.kinds import kinds_rows, measured
from dragoman.evaluation.scoring import figures, pair
from dragoman.evaluation.told import told
from dragoman.pipeline import Coder

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.json"
CORPORA = HERE.parents[1] / "shared" / "corpora"
#: A floor lies so far under what was measured: what a right change may cost in rows that it does not aim at.
MARGIN = 0.01
#: So many rows that were read are measured, drawn by a fixed seed: the gate runs with the tests.
SAMPLE, SEED = 800, 1
#: So many characters before a passage are coded with it; whole transcripts would take minutes.
NEAR = 1500
#: The files of each part; rows set aside are never measured here.
PARTS = {
    "claims": "claims.jsonl",
    "kinds": "kinds.jsonl",
    "written": "written_*.jsonl",
    "read": "read.jsonl",
    "held": "read.jsonl",
    "near": "near.jsonl",
}
#: Batches that the network has not learnt from: `held` alone says how well the coder does on what is new to it; `written`
#: and `read` are for the most part what it learnt from, and only show that nothing broke; `near` is new to it too, but drawn
#: from where the coder saw a rare type or was unsure, and harder than chance would have it.
HELD = ("ce13", "ce14", "kr04", "ci10")

Figures = dict[str, float]


def digest(files: list[Path]) -> str:
    """A short digest of the bytes of the files of a part."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def measure(part: str, files: list[Path], coder: Coder, corpora: Path) -> Figures:
    """The figures of a part, higher is better; none where its texts are not here."""
    if part == "claims":
        found = told(coder, files[0])
        quiet = {"no alarm": 1 - found.pop("alarms", 0.0)}
        found.pop("rows", None)
        return found | quiet
    if part == "kinds":
        return measured(coder, list(kinds_rows(files[0]))).figures()
    wanted = rows(files)
    if part == "held":
        wanted = [row for row in wanted if row.get("batch") in HELD]
    if part == "read":
        wanted = random.Random(SEED).sample(wanted, min(SAMPLE, len(wanted)))  # noqa: S311  # the same rows each time
    here = with_texts(wanted, corpora, near=NEAR)
    if len(here) < len(wanted):
        return {}
    return {name: figure.value for name, figure in figures([pair(one) for one in answers(coder, here)]).items()}


def below(got: Figures, floors: Figures) -> list[str]:
    """What lies below its floor, in words."""
    return [
        f"{name} {got.get(name, 0.0):.4f} < {floor:.4f}" for name, floor in floors.items() if got.get(name, 0.0) < floor
    ]


def floor_of(value: float) -> float:
    """The floor under a figure."""
    return max(0.0, int((value - MARGIN) * 10_000) / 10_000)


def gate(part: str, floors: dict[str, Any], coder: Coder, *, corpora: Path, rise: bool, reason: str) -> list[str]:
    """Measures one part, changes its floors when told to, and says what is wrong."""
    files = sorted((HERE / "gold").glob(PARTS[part]))
    if not files:
        return []
    held = floors["parts"].setdefault(part, {"gold": "", "floors": {}})
    now = digest(files)
    changed = held["gold"] not in {"", now}
    got = measure(part, files, coder, corpora)
    if not got:
        print(f"{part}: not measured, its texts are not in {corpora}")
        return []
    print(
        f"{part}: "
        + ", ".join(f"{name} {value:.4f} (floor {held['floors'].get(name, 0):.4f})" for name, value in got.items())
    )
    low = below(got, held["floors"])
    if reason and (low or changed):
        floors["lowered"].append({"part": part, "why": reason, "from": held["floors"], "gold": held["gold"]})
        held.update(gold=now, floors={name: floor_of(value) for name, value in got.items()})
        return []
    if rise and not low:
        held.update(
            gold=now, floors={name: max(floor_of(value), held["floors"].get(name, 0.0)) for name, value in got.items()}
        )
        return []
    if changed:
        low.append("the gold has changed since its floors were set; give --raise, or --lower with the reason")
    return [f"{part}: {one}" for one in low]


def main() -> int:
    """The command line: 0 when every figure stands on its floor, 1 when not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raise", dest="rise", action="store_true", help="write higher floors where they were reached")
    parser.add_argument(
        "--lower", metavar="REASON", default="", help="write floors anew, even lower ones, and keep why"
    )
    parser.add_argument("--part", choices=list(PARTS), action="append", help="only these parts")
    parser.add_argument("--corpora", type=Path, default=CORPORA, help="where the texts of what was read are")
    options = parser.parse_args()
    before = FLOORS.read_text(encoding="utf-8") if FLOORS.is_file() else ""
    floors = json.loads(before) if before else {"parts": {}, "lowered": []}
    coder = Coder()
    wrong = [
        one
        for part in options.part or PARTS
        for one in gate(part, floors, coder, corpora=options.corpora, rise=options.rise, reason=options.lower)
    ]
    if options.rise or options.lower:
        FLOORS.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")
    for one in wrong:
        print(f"below the floor: {one}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
