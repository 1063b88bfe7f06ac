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
    """F1 of the events of lines `{"id","text","date","events":[{"event_type","status","actors","recipients"}]}`.

    `type` asks for the type alone, `all` for type, status and the codes of both sides as well; a line without events
    counts by what is coded there all the same (`false_alarms`).
    """
    decode = msgspec.json.decode
    rows = [decode(line) for line in file.read_bytes().splitlines() if line.strip()][: limit or None]
    from dragoman.read import from_text  # noqa: PLC0415

    documents: list[Document] = [from_text(row["text"], id=str(row["id"]), date=row.get("date") or "") for row in rows]
    same, wanted, got = Counter[str](), 0, 0
    alarms = silent = 0
    for row, coded in zip(rows, maker.code(documents), strict=True):
        truth = Counter((one["event_type"], one["status"], *_sides(one)) for one in row.get("events", []))
        found = Counter(_key(claim) for claim in coded.claims if isinstance(claim, Event))
        wanted += truth.total()
        got += found.total()
        same["all"] += (truth & found).total()
        same["type"] += (_types(truth) & _types(found)).total()
        if not truth:
            silent += 1
            alarms += any(status == "actual" for _, status, *_ in found)
    figures = {
        f"{name}_f1": round(2 * same[name] / (wanted + got), 4) if wanted + got else 0.0 for name in ("type", "all")
    }
    return {"rows": len(rows), **figures, "false_alarms": round(alarms / silent, 4) if silent else 0.0}


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
