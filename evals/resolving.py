"""Measures who, when and where on gold of our own: names and phrases at a date, date phrases, places; with floors.

python evals/resolving.py                  every part without the rows set aside, against evals/resolving_floors.json
python evals/resolving.py --part names --errors 40
python evals/resolving.py --blind          the rows set aside, for the end; no floor stands on them
python evals/resolving.py --raise          write higher floors; --lower REASON writes even lower ones and keeps why
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from evals.gate import below, digest, floor_of

from dragoman.knowledge import load
from dragoman.model import DateSpan, Document, Source
from dragoman.resolve import DocumentDates, DocumentPlaces, resolve_phrase

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "resolving_floors.json"
FILES = {"names": "names.jsonl", "when": "when.jsonl", "where": "where.jsonl"}

Row = dict[str, Any]
Figures = dict[str, float]
#: What a row gives: which tests it passed, and what came out, in words.
Judged = tuple[dict[str, bool], str]


def name(row: Row) -> Judged:
    """Country and first sector of a name at a date: the row lists what is right, "" is none, `null` asks for none."""
    got = resolve_phrase(row["text"], row["date"])
    country = {"KOS": "XKX"}.get(got.country, got.country) in row["country"]
    sector = row["sectors"] is None or (got.sectors[0] if got.sectors else "") in row["sectors"]
    return {"country": country, "sector": sector, "both": country and sector}, f"{got.country} {list(got.sectors)}"


def when(row: Row) -> Judged:
    """First day, last day and how of a date phrase; a row without one takes the document's date and says so."""
    published = DateSpan(start=row["date"], end=row["date"], how="metadata")
    document = Document(id="d", text=row["text"], published=published, source=Source(country=row["publisher"]))
    dates = DocumentDates(document, load(), published)
    at = row["text"].index(row["phrase"])
    end = at + len(row["phrase"])
    found = [d for d in dates.dates(0, len(row["text"])) if not row["phrase"] or (d[0] < end and d[1] > at)]
    span = found[0][2] if found else dates.fallback
    if span is None:
        return {"days": False, "how": False, "all": False}, "nothing"
    # Metadata is how the document knows its own date; the event says that it took it from there.
    how = span.how if found else "document"
    days = (span.start, span.end) == (row["start"], row["end"])
    said = how == row["how"]
    return {"days": days, "how": said, "all": days and said}, f"{span.start} {span.end} {how}"


def where(row: Row) -> Judged:
    """The country of a place; `null` where the words are no place, "" for a place of no state."""
    place = DocumentPlaces(load(), Document(id="d", text=row["text"])).place(row["at"], row["at"] + len(row["phrase"]))
    if row["country"] is None:
        return {"country": place is None}, str(place and place.country)
    right = place is not None and {"KOS": "XKX"}.get(place.country, place.country) in row["country"]
    return {"country": right}, str(place and (place.name, place.country))


JUDGES: dict[str, Callable[[Row], Judged]] = {"names": name, "when": when, "where": where}


def measure(part: str, *, blind: bool = False, errors: int = 0) -> Figures:
    """The share of the rows of a part that pass each test; prints so many of those that fail one."""
    lines = (HERE / "gold" / FILES[part]).read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if bool(row.get("blind")) == blind]
    passed: dict[str, int] = {}
    for row in rows:
        tests, told = JUDGES[part](row)
        for test, right in tests.items():
            passed[test] = passed.get(test, 0) + right
        if errors and not all(tests.values()):
            errors -= 1
            wanted = {k: v for k, v in row.items() if k in {"country", "sectors", "start", "end", "how"}}
            said = f"{row['text']!r} {row.get('phrase', '')!r} {row.get('date', '')}"
            print(f"  {row['id']} {said}: got {told}, wanted {list(wanted.values())}")
    return {test: count / len(rows) for test, count in passed.items()}


def main() -> int:
    """The command line: 0 when every figure stands on its floor, 1 when not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=list(FILES), action="append", help="only these parts")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print so many errors a part")
    parser.add_argument("--blind", action="store_true", help="the rows set aside; no floors")
    parser.add_argument("--raise", dest="rise", action="store_true", help="write higher floors where they were reached")
    parser.add_argument("--lower", metavar="REASON", default="", help="write floors anew, even lower, and keep why")
    options = parser.parse_args()
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {"parts": {}, "lowered": []}
    wrong: list[str] = []
    for part in options.part or FILES:
        # No error of a row set aside is shown: whoever sees it would learn from it.
        got = measure(part, blind=options.blind, errors=0 if options.blind else options.errors)
        held = floors["parts"].setdefault(part, {"gold": "", "floors": {}})
        said = {name: f"{value:.4f} (floor {held['floors'].get(name, 0):.4f})" for name, value in got.items()}
        print(f"{part}{', set aside' if options.blind else ''}: " + ", ".join(f"{k} {v}" for k, v in said.items()))
        if options.blind:
            continue
        now = digest([HERE / "gold" / FILES[part]])
        low = below(got, held["floors"])
        if held["gold"] not in {"", now} and not (options.rise or options.lower):
            low.append("the gold has changed since its floors were set; give --raise, or --lower with the reason")
        if options.lower or (options.rise and not low):
            if options.lower:
                floors["lowered"].append({"part": part, "why": options.lower, "from": held["floors"]})
            before = {} if options.lower else held["floors"]
            held.update(gold=now, floors={k: max(floor_of(v), before.get(k, 0.0)) for k, v in got.items()})
            low = []
        wrong.extend(f"{part}: {one}" for one in low)
    if options.rise or options.lower:
        FLOORS.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")
    for one in wrong:
        print(f"below the floor: {one}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
