"""Gathers batches coded by reading into one gold file: document, offsets and coding, without the text.

A coded line is `n<tab>-` or `n<tab>EVENT ; EVENT`, an event
`TYPE/mode|status|ACTORS|RECIPIENTS|trigger|speaker[|of=TYPE/mode]`
with parties as `COUNTRY.SECTOR@word` joined by `+`, the word being the head of the party's phrase as it stands in the
passage (left out where the party is not named there), and the status as its first letter (b for historical).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from dragoman.coding.ontology import ontology
from dragoman.knowledge import load

#: Years that are set aside, to be looked at only at the end.
ASIDE = {"2023", "2024"}
STATUS = {"a": "actual", "f": "future", "h": "hypothetical", "n": "negated", "b": "historical"}


def parties(text: str) -> list[dict[str, str]]:
    """Parties of one place, each with country and sector (either may be empty) and its word, where one is given."""
    if text.strip() in {"", "-"}:
        return []
    found = []
    for part in text.split("+"):
        code, _, word = part.strip().partition("@")
        country, _, sector = code.partition(".")
        found.append({"country": country.strip(), "sector": sector.strip()} | ({"word": word.strip()} if word else {}))
    return found


def event(text: str) -> dict[str, Any]:
    """One event of a coded line; ValueError says what is wrong with it."""
    fields = [f.strip() for f in text.strip().split("|")]
    if len(fields) < 5:
        raise ValueError(f"five fields are wanted: {text}")
    kind, _, mode = fields[0].partition("/")
    types = ontology(load()).types
    if kind not in types:
        raise ValueError(f"no such type: {kind}")
    if mode and mode not in types[kind]["modes"]:
        mode = ""
    if fields[1] not in STATUS:
        raise ValueError(f"no such status: {fields[1]}")
    made: dict[str, Any] = {
        "event_type": kind,
        "mode": mode,
        "status": STATUS[fields[1]],
        "actors": parties(fields[2]),
        "recipients": parties(fields[3]),
        "trigger": fields[4],
    }
    for extra in fields[5:]:
        if extra.startswith("of="):
            made["of"] = extra[3:]
        elif extra and extra != "-":
            made["speaker"] = parties(extra)
    return made


def gather(folder: Path, suffix: str) -> tuple[list[dict[str, Any]], list[str]]:
    """All rows of the batches in a folder that were coded, and what was wrong with them."""
    rows: list[dict[str, Any]] = []
    wrong: list[str] = []
    for coded in sorted(folder.glob(f"*.{suffix}")):
        key = coded.with_suffix("").with_suffix("") if coded.name.count(".") > 1 else coded.with_suffix("")
        keys = {
            row["n"]: row
            for row in map(json.loads, key.with_name(key.name + ".key.jsonl").read_text(encoding="utf-8").splitlines())
        }
        for line in coded.read_text(encoding="utf-8").splitlines():
            number, _, events = line.partition("\t")
            if not number.strip().isdigit() or int(number) not in keys:
                if line.strip():
                    wrong.append(f"{coded.name}: {line[:80]}")
                continue
            row = {k: v for k, v in keys[int(number)].items() if k != "n"}
            row["batch"] = key.name
            if key.name.startswith("blind") or row["date"][:4] in ASIDE:
                row["blind"] = True
            if suffix == "second":
                row["second"] = True
            row["events"] = []
            for part in events.split(" ; "):
                if part.strip() in {"", "-"}:
                    continue
                try:
                    row["events"].append(event(part))
                except ValueError as error:
                    wrong.append(f"{coded.name}:{number}: {error}")
            rows.append(row)
    return rows, wrong


def main() -> None:
    """The command line: `gather.py FOLDER OUT`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--suffix", default="coded")
    options = parser.parse_args()
    rows, wrong = gather(options.folder, options.suffix)
    with options.out.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    for line in wrong:
        print(f"passed over: {line}", file=sys.stderr)
    print(
        f"{len(rows)} passages, {sum(bool(r['events']) for r in rows)} with an event,",
        f"{sum(len(r['events']) for r in rows)} events",
    )


if __name__ == "__main__":
    main()
