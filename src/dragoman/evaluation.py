"""Measures the coder on texts whose answer is known: the project's own gold, and a folder of measures beside it."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from dragoman.errors import UsageError
from dragoman.model import Document, Event
from dragoman.wire import claim_shape

#: The parts of `tools/measure.py` and the file that each reads, under the shared folder.
PARTS = {
    "seeds": "seeds",
    "gsr": "gold/plover_gsr_dev.json",
    "relations": "gold/relations_dev.jsonl",
    "readouts": "gold/readouts_dev.jsonl",
    "pairs": "gold/pairs_dev.jsonl",
    "actors": "gold/actors_dev.jsonl",
    "quiet": "gold/quiet_dev.jsonl",
}


def evaluate(
    gold: Path, shared: Path, *, parts: Sequence[str] = (), limit: int = 0, knowledge: Sequence[str] = ()
) -> Iterator[str]:
    """The figures, one a line, as a Markdown table; raises UsageError when neither folder is there."""
    files = sorted(gold.glob("*.jsonl"))
    script = shared / "tools" / "measure.py"
    if not files and not script.is_file():
        raise UsageError(f"{gold} holds no *.jsonl and {script} is not there; name a folder with --gold or --shared")
    yield "| part | figures |"
    yield "| --- | --- |"
    if files:
        from dragoman.keep import coder  # noqa: PLC0415

        maker = coder(knowledge)
        for file in files:
            if not parts or file.stem in parts:
                yield f"| {file.stem} (own) | {_figures(own(maker, file, limit=limit))} |"
    if script.is_file():
        for part, path in PARTS.items():
            if (not parts or part in parts) and (shared / path).exists():
                yield f"| {part} | {_figures(_measured(script, part, shared / path, limit))} |"


def own(maker: Any, file: Path, *, limit: int = 0) -> dict[str, float]:  # noqa: ANN401  # anything with `code`
    """Figures for lines `{"id","text","date"}` with `events`, `claims` or both; lines without text are left out.

    `events` lists all events of a text as `{"event_type","status","actors","recipients"}` (codes): F1 of the type alone
    and of all four. `claims` lists claims that must be found, by the fields that are told (`_holds`); `none` lists the
    kinds of which there must be no claim: the share found by kind, and the share of such texts with an alarm.
    """
    from dragoman.read import from_text  # noqa: PLC0415

    rows = [msgspec.json.decode(line) for line in file.read_bytes().splitlines() if line.strip()]
    rows = [row for row in rows if row.get("text")][: limit or None]
    documents: list[Document] = [from_text(row["text"], id=str(row["id"]), date=row.get("date") or "") for row in rows]
    score = _Score()
    for row, coded in zip(rows, maker.code(documents), strict=True):
        if "events" in row:
            score.events(row["events"], [claim for claim in coded.claims if isinstance(claim, Event)])
        score.claims(row.get("claims", []), row.get("none", []), [claim_shape(claim) for claim in coded.claims])
    return {"rows": len(rows), **score.figures()}


class _Score:
    """Counts as texts go by."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.wanted: Counter[str] = Counter()
        self.found: Counter[str] = Counter()

    def events(self, truth: list[dict[str, Any]], events: list[Event]) -> None:
        gold = Counter((one["event_type"], one["status"], *_sides(one)) for one in truth)
        got = Counter(_key(event) for event in events)
        self.counts["gold"] += gold.total()
        self.counts["got"] += got.total()
        self.counts["all"] += (gold & got).total()
        self.counts["type"] += (_types(gold) & _types(got)).total()
        if not gold:
            self.counts["silent"] += 1
            self.counts["loud"] += any(status == "actual" for _, status, *_ in got)

    def claims(self, truth: list[dict[str, Any]], none: list[str], shapes: list[dict[str, Any]]) -> None:
        for one in truth:
            self.wanted[one["kind"]] += 1
            self.found[one["kind"]] += any(_holds(shape, one) for shape in shapes)
        if none:
            self.counts["kept out"] += 1
            self.counts["alarms"] += any(shape["kind"] in none for shape in shapes)

    def figures(self) -> dict[str, float]:
        figures: dict[str, float] = {}
        if both := self.counts["gold"] + self.counts["got"]:
            figures |= {f"{name}_f1": round(2 * self.counts[name] / both, 4) for name in ("type", "all")}
        if self.counts["silent"]:
            figures["false_alarms"] = round(self.counts["loud"] / self.counts["silent"], 4)
        figures |= {kind: round(self.found[kind] / self.wanted[kind], 4) for kind in sorted(self.wanted)}
        if self.counts["kept out"]:
            figures["alarms"] = round(self.counts["alarms"] / self.counts["kept out"], 4)
        return figures


def _holds(shape: dict[str, Any], told: dict[str, Any]) -> bool:
    """Whether a claim has what is told of it: codes are among its sides, dates begin so, words stand in its words."""
    return all(_agrees(shape.get(name), value) for name, value in told.items())


def _agrees(got: Any, told: Any) -> bool:  # noqa: ANN401  # plain values
    if isinstance(told, list):
        return set(told) <= {one.get("country") for one in got or () if isinstance(one, dict)}
    if isinstance(got, dict):
        if "precision" in got:
            return str(got["start"]).startswith(str(told))
        return told in (got.get("country"), got.get("text"), got.get("name"))
    if isinstance(told, str) and isinstance(got, str):
        return told.casefold() in got.casefold()
    return bool(got == told)


def _types(events: Counter[Any]) -> Counter[str]:
    types: Counter[str] = Counter()
    for event, count in events.items():
        types[event[0]] += count
    return types


def _sides(event: dict[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(sorted(event.get("actors", []))), tuple(sorted(event.get("recipients", [])))


def _key(event: Event) -> tuple[str, str, tuple[str, ...], tuple[str, ...]]:
    actors = tuple(sorted({one.country for one in event.actors if one.country}))
    recipients = tuple(sorted({one.country for one in event.recipients if one.country}))
    return event.event_type, event.status, actors, recipients


def _measured(script: Path, part: str, path: Path, limit: int) -> dict[str, Any]:
    command = [sys.executable, str(script), part, str(path), "--json"]
    command += ["--dragoman", shlex.join([sys.executable, "-m", "dragoman.cli"])]
    command += ["--limit", str(limit)] if limit else []
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # the user named the folder
    if run.returncode:
        return {"failed": run.stderr.strip().splitlines()[-1:] or run.returncode}
    figures: dict[str, Any] = msgspec.json.decode(run.stdout.strip().splitlines()[-1])
    return figures


def _figures(figures: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in figures.items())
