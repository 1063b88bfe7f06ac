"""Gold and the coder in, figures out: the project's own gold, read and written, and a folder of measures beside it."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from dragoman.errors import UsageError
from dragoman.evaluation.errors_page import errors_page
from dragoman.evaluation.gold import Answer, Codes, answers, rows, with_texts
from dragoman.evaluation.kinds import FIELDS, kinds_rows, measured
from dragoman.evaluation.scoring import Key, by, confused, confused_status, figures, pair, with_mode
from dragoman.evaluation.told import told

__all__ = ["evaluate"]

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
#: How many confusions are told.
_CONFUSIONS = 20


def evaluate(
    gold: Path,
    *,
    corpora: Path | None = None,
    shared: Path | None = None,
    parts: Sequence[str] = (),
    limit: int = 0,
    knowledge: Sequence[str] = (),
    blind: str = "without",
    errors: Path | None = None,
) -> Iterator[str]:
    """The figures as Markdown, line by line; with `errors`, writes a page of the errors there.

    Parts are `written`, `read` (where the corpora are there to read), `claims`, and with `shared` those of measure.py.
    Raises UsageError when there is nothing to measure, InputError for gold that cannot be read.
    """
    script = shared / "tools" / "measure.py" if shared else None
    files = [file for file in sorted(gold.glob("*.jsonl")) if not parts or file.stem.split("_")[0] in parts]
    if not files and not (script and script.is_file()):
        raise UsageError(f"{gold} holds no *.jsonl and there is no measure.py; name a folder with --gold or --shared")
    yield from _own(files, corpora, limit, knowledge, blind, errors)
    if script and shared and script.is_file():
        wanted = [(part, shared / path) for part, path in PARTS.items() if not parts or part in parts]
        yield from _table("part of measure.py", "figures")
        for part, path in wanted:
            if path.exists():
                yield f"| {part} | {_listed(_measured(script, part, path, limit))} |"


def _own(
    files: list[Path], corpora: Path | None, limit: int, knowledge: Sequence[str], blind: str, errors: Path | None
) -> Iterator[str]:
    if not files:
        return
    from dragoman.keep import coder  # noqa: PLC0415

    maker = coder(knowledge)
    wanted = rows(files, blind=blind)
    here = with_texts(wanted, corpora or Path())
    if len(here) < len(wanted):
        yield f"{len(wanted) - len(here)} rows have no text here: their corpora are not in {corpora or 'any folder'}."
        yield ""
    parts: dict[str, list[Any]] = {}
    for row in here:
        parts.setdefault(row["gold"].split("_")[0], []).append(row)
    done = {name: answers(maker, mine[: limit or None]) for name, mine in parts.items()}
    if errors:
        errors.write_text(errors_page([one for mine in done.values() for one in mine]), encoding="utf-8")
        yield f"Errors: {errors}"
    yield from figure_table(done)
    yield from _table("claims", "found by kind")
    for file in files:
        yield from kinds_table(maker, file, blind)
    for file in files:
        if found := told(maker, file, limit=limit):
            yield f"| {file.stem} | {_listed(found)} |"
    for name, mine in done.items():
        yield from details(name, mine)


def kinds_table(maker: Codes, file: Path, blind: str) -> Iterator[str]:
    """The figures of a file that lists all claims of some kinds, one line a kind; nothing where it lists none."""
    parts = {"without": (False,), "only": (True,), "both": (False, True)}[blind]
    wanted = [row for part in parts for row in kinds_rows(file, blind=part)]
    if not wanted:
        return
    tally = measured(maker, wanted)
    found = tally.figures()
    yield from _table(f"{file.stem}: kind", "told", "coded", "F1", "precision", "recall", "fields right")
    for kind, fields in FIELDS.items():
        if kind in found:
            right = ", ".join(
                f"{field} {found[f'{kind} {field}']:.2f}" for field in fields if f"{kind} {field}" in found
            )
            shown = " | ".join(f"{found[name]:.2f}" for name in (kind, f"{kind} precision", f"{kind} recall"))
            yield f"| {kind} | {tally.told[kind]} | {tally.coded[kind]} | {shown} | {right} |"
    yield from _table("claims", "found by kind")


def figure_table(done: dict[str, list[Answer]]) -> Iterator[str]:
    """One line a part: rows, events, and the figures with the middle 95 per cent of 200 resamplings of the rows."""
    yield from _table("part", "passages", "events", "type F1", "all three F1", "status", "kept silent")
    for name, mine in done.items():
        pairs = [pair(one) for one in mine]
        shown = " | ".join(map(str, figures(pairs).values()))
        yield f"| {name} | {len(pairs)} | {sum(len(g) for g, _ in pairs)} | {shown} |"


def details(name: str, mine: list[Answer]) -> Iterator[str]:
    """The figures of a part by type, mode and status, and what is confused with what."""
    pairs = [pair(one) for one in mine]
    kinds: dict[str, Callable[[Key], str]] = {
        "type": lambda k: k.event_type,
        "mode": with_mode,
        "status": lambda k: k.status,
    }
    for kind, view in kinds.items():
        yield from _table(f"{name}: {kind}", "gold", "coded", "precision", "recall", "parties right too")
        for line in by(pairs, view):
            precision, recall = line.right / max(1, line.coded), line.right / max(1, line.gold)
            yield f"| {line.name} | {line.gold} | {line.coded} | {precision:.2f} | {recall:.2f} | {line.full} |"
    for what, mixed in (("type", confused(mine)), ("status", confused_status(pairs))):
        yield from _table(f"{name}: {what} in gold", "came out as", "times")
        for (was, came), times in mixed.most_common(_CONFUSIONS):
            yield f"| {was} | {came} | {times} |"


def _table(*heads: str) -> Iterator[str]:
    yield ""
    yield f"| {' | '.join(heads)} |"
    yield "|" + " --- |" * len(heads)


def _measured(script: Path, part: str, path: Path, limit: int) -> dict[str, Any]:
    command = [sys.executable, str(script), part, str(path), "--json"]
    command += ["--dragoman", shlex.join([sys.executable, "-m", "dragoman.cli"])]
    command += ["--limit", str(limit)] if limit else []
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # the user named the folder
    if run.returncode:
        return {"failed": run.stderr.strip().splitlines()[-1:] or run.returncode}
    figures: dict[str, Any] = msgspec.json.decode(run.stdout.strip().splitlines()[-1])
    return figures


def _listed(found: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in found.items())
