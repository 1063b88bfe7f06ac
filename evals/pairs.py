"""Measures how rightly claims are put together, on 300 pairs with known answers; its floors only rise."""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
from itertools import combinations
from pathlib import Path

from dragoman.model import DateSpan, Entity, Event, Evidence, Known, Place
from dragoman.reconcile import reconcile

HERE = Path(__file__).resolve().parent
GOLD = HERE / "gold" / "happenings.csv"
FLOORS = HERE / "pairs_floors.json"
#: A floor lies so far under what was measured: one pair of a hundred.
MARGIN = 0.01


def rows() -> list[dict[str, str]]:
    """The sentences with their codes."""
    lines = [line for line in GOLD.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def entities(text: str) -> tuple[Entity, ...]:
    """`GBR:Foreign Secretary=Ann Hale,NOR` as actors."""
    found = []
    for one in filter(None, (piece.strip() for piece in text.split(","))):
        code, _, person = one.partition(":")
        office, _, name = person.partition("=")
        found.append(Entity(text=name or code, start=None, end=None, name=name or code, country=code, office=office))
    return tuple(found)


def claim(row: dict[str, str], number: int) -> Event:
    """The event that a row's code says."""
    words = row["code"].split(" ")
    status, due = "actual", ""
    kind = ""
    while words and not kind:
        word = words.pop(0)
        if word.startswith("!"):
            status = word[1:]
        elif word.startswith("@"):
            due = word[1:]
        else:
            kind = word
            if words and words[0].startswith("@"):
                due = words.pop(0)[1:]
            if words and words[0].startswith("!"):
                status = words.pop(0)[1:]
    event_type, _, mode = kind.partition("/")
    actors, _, recipients = " ".join(words).partition(">")
    on = due or row["on"]
    date = DateSpan(start=on, end=on)
    return Event(
        id=f"{number:04}",
        evidence=Evidence(document=f"d{number}", start=0, end=len(row["text"]), text=row["text"]),
        event_type=event_type,
        mode=mode,
        status=status,  # type: ignore[arg-type]
        actors=entities(actors),
        recipients=entities(recipients),
        date=date,
        due=date if status == "future" else None,
        place=Place(text=row["place"], name=row["place"]) if row["place"] else None,
    )


def measure(told: list[str] | None = None) -> dict[str, float]:
    """Of the pairs put together, how many rightly; of those kept apart, how many; how many that belong together are.

    `told` takes a line for each pair that came out wrong.
    """
    gold = rows()
    claims = [claim(row, number) for number, row in enumerate(gold)]
    item = {
        link.claim: one.id for one in reconcile([Known(claim=one, source=one.evidence.document) for one in claims])
        for link in one.links
    }  # fmt: skip
    counts = {(same, joined): 0 for same in (True, False) for joined in (True, False)}
    for (row, one), (other, two) in combinations(zip(gold, claims, strict=True), 2):
        if row["family"] != other["family"]:
            continue
        same, joined = row["told"] == other["told"], item[one.id] == item[two.id]
        counts[same, joined] += 1
        if same != joined and told is not None:
            told.append(f"{row['family']} {'split' if same else 'joined'}: {row['text']} / {other['text']}")
    joined, apart = counts[True, True] + counts[False, True], counts[True, False] + counts[False, False]
    return {
        "rightly joined": counts[True, True] / max(1, joined),
        "rightly apart": counts[False, False] / max(1, apart),
        "found": counts[True, True] / max(1, counts[True, True] + counts[True, False]),
    }


def main() -> int:
    """The command line: 0 when every figure stands on its floor, 1 when not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raise", dest="rise", action="store_true", help="write higher floors where they were reached")
    parser.add_argument("--errors", action="store_true", help="print the pairs that came out wrong")
    options = parser.parse_args()
    held = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {"gold": "", "floors": {}}
    digest = hashlib.sha256(GOLD.read_bytes()).hexdigest()[:16]
    told: list[str] = []
    got = measure(told)
    for name, value in got.items():
        print(f"{name}: {value:.4f} (floor {held['floors'].get(name, 0):.4f})")
    if options.errors:
        print("\n".join(told))
    low = [name for name, floor in held["floors"].items() if got[name] < floor]
    if held["gold"] not in ("", digest) and not options.rise:
        low.append("the gold has changed since its floors were set; give --raise")
    if options.rise and not low:
        floors = {name: max(round(value - MARGIN, 4), held["floors"].get(name, 0)) for name, value in got.items()}
        FLOORS.write_text(json.dumps({"gold": digest, "floors": floors}, indent=2) + "\n", encoding="utf-8")
    for one in low:
        print(f"below the floor: {one}", file=sys.stderr)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
