"""Sample documents, written for Dragoman about real public events; the demo reads them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from dragoman.model import Source

#: The folder that holds the sample files.
FOLDER = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One sample file; `date` (ISO) and `source` are empty where its lines carry their own."""

    path: Path
    date: str
    source: Source


def samples() -> tuple[Sample, ...]:
    """All sample files in the order of `index.csv`, with their dates and sources."""
    with (FOLDER / "index.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return tuple(
            Sample(
                path=FOLDER / row["file"],
                date=row["date"],
                source=Source(name=row["name"], country=row["country"], kind=row["kind"], side=row["side"]),
            )
            for row in rows
        )
