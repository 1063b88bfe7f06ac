"""Who, where and when of fifty stops of American presidents and secretaries of state, told in readouts of our own.

The readouts were written for this test, in eight shapes; the list of stops is a public one that does not ship with
Dragoman, so without it the test is skipped. A stop is right when an event says that the traveller met whom the readout
names, in that state, on the day that the list gives.
"""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import Any

import pytest

from dragoman.keep import code, coder
from dragoman.model import Event
from dragoman.resolve.folding import normal

ROOT = Path(__file__).resolve().parents[1]
READOUTS = Path(__file__).parent / "stops.jsonl"
#: A floor that only rises; 48 are wanted. In the two that are missing the vote drops one of two who met.
RIGHT = 48


def stops() -> dict[str, dict[str, str]]:
    """The public list by its ids, or nothing where it is not there."""
    places = [os.environ.get("DRAGOMAN_SHARED", ""), ROOT.parent / "shared", ROOT.parent.parent / "shared"]
    for place in filter(None, places):
        path = Path(place) / "reference" / "us_leader_travels.csv"
        if path.is_file():
            with path.open(encoding="utf-8", newline="") as lines:
                return {row["id"]: row for row in csv.DictReader(lines)}
    return {}


def verdict(readout: dict[str, Any], stop: dict[str, str], events: list[Event]) -> dict[str, bool]:
    """Which of who, where and when the best of the events has right."""
    best = {"who": False, "where": False, "when": False}
    for event in events:
        parties = [*event.actors, *event.recipients]
        american = any(p.country == "USA" and readout["traveller"] in f"{p.name} {p.text}" for p in parties)
        host = any(
            p.country == readout["country"] and normal(readout["met"]) in normal(f"{p.name} {p.text}") for p in parties
        )
        found = {
            "who": american and host,
            "where": event.place is not None and event.place.country == readout["country"],
            "when": event.date is not None and event.date.start == stop["start_date"] == event.date.end,
        }
        best = max(best, found, key=lambda one: sum(one.values()))
    return best


def test_fifty_stops() -> None:
    listed = stops()
    if not listed:
        pytest.skip("the list of stops is not there; DRAGOMAN_SHARED names the folder that holds reference/")
    maker = coder()
    readouts = [json.loads(line) for line in READOUTS.read_text(encoding="utf-8").splitlines()]
    assert len(readouts) == 50
    wrong = []
    for readout in readouts:
        stop = listed[readout["stop"]]
        assert readout["traveller"] in stop["name"].split()[-1], readout
        coded = code(readout["text"], date=readout["published"], with_coder=maker)
        found = verdict(readout, stop, [claim for claim in coded.claims if isinstance(claim, Event)])
        if not all(found.values()):
            wrong.append(f"{readout['stop']} {[test for test, right in found.items() if not right]}: {readout['text']}")
    assert len(readouts) - len(wrong) >= RIGHT, "\n".join(wrong)
