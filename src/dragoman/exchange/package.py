"""A frictionless data package: the record as tables with a codebook, so that it can be deposited and cited."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from dragoman import __version__
from dragoman.errors import UsageError
from dragoman.exchange import codes
from dragoman.knowledge import load

#: The rows of a kind of item, flat.
Rows = Callable[[str], Iterable[dict[str, Any]]]


def write_package(folder: Path, rows: Rows, kinds: Iterable[str], *, name: str, title: str) -> Iterator[str]:
    """Writes `datapackage.json`, a CSV for each kind, a codebook and a citation into a new folder; gives the files.

    Raises UsageError when there is something in the folder.
    """
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder}: is not empty; name a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    resources = []
    for kind in kinds:
        path = folder / f"{kind}.csv"
        # Twice through the record instead of all rows in memory: first the columns, then the rows.
        columns: dict[str, set[type]] = {}
        for row in rows(kind):
            for column, value in row.items():
                columns.setdefault(column, set()).add(type(value))
        if not columns:
            continue
        count = 0
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(columns), restval="", lineterminator="\r\n")
            writer.writeheader()
            for row in rows(kind):
                writer.writerow(row)
                count += 1
        resources.append(_resource(path, columns, count))
        yield path.name
    package = {
        "profile": "tabular-data-package",
        "name": name,
        "title": title,
        "version": "1.0.0",
        "description": f"Made by dragoman {__version__}, knowledge {load().digest}.",
        "keywords": ["event data", "PLOVER", "international relations"],
        "resources": resources,
    }
    for file_name, text in (
        ("datapackage.json", json.dumps(package, indent=2, ensure_ascii=False) + "\n"),
        ("codebook.md", codebook(resources)),
        ("CITATION.cff", _citation(title)),
    ):
        (folder / file_name).write_text(text, encoding="utf-8")
        yield file_name


def _resource(path: Path, columns: dict[str, set[type]], count: int) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "profile": "tabular-data-resource",
        "name": path.stem,
        "path": path.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "rows": count,
        "schema": {
            "fields": [
                {"name": column, "type": _type(kinds), "description": meaning(column)}
                for column, kinds in columns.items()
            ],
            "missingValues": [""],
        },
    }


def _type(kinds: set[type]) -> str:
    real = kinds - {type(None)}
    if real == {bool}:
        return "boolean"
    if real == {int}:
        return "integer"
    return "number" if real and real <= {int, float} else "string"


def meaning(column: str) -> str:
    """What a column means, in a few words."""
    whole, _, inner = column.partition(".")
    known = load().tree("codes/meanings.yaml")
    told = str(known.get(whole, whole.replace("_", " ")))
    return f"{told}: {known.get(inner, inner)}" if inner else told


def codebook(resources: list[dict[str, Any]]) -> str:
    """The columns of each table and the values of the codes, as Markdown."""
    lines = ["# Codebook", ""]
    for resource in resources:
        lines += [
            f"## {resource['path']}",
            "",
            f"{resource['rows']} rows.",
            "",
            "| column | type | meaning |",
            "| --- | --- | --- |",
        ]
        lines += [f"| `{one['name']}` | {one['type']} | {one['description']} |" for one in resource["schema"]["fields"]]
        lines.append("")
    lines += [
        "## Event types",
        "",
        "| type | quad class | score | modes with their scores |",
        "| --- | --- | --- | --- |",
    ]
    for name, row in codes.known().types.items():
        modes = ", ".join(f"{mode} {score}" for mode, score in row["modes"].items())
        lines.append(f"| {name} | {row['quad']} | {row['score']} | {modes} |")
    lines += ["", "Types, modes, contexts and scores are PLOVER's (Open Event Data Alliance, CC BY-SA 4.0).", ""]
    return "\n".join(lines)


def _citation(title: str) -> str:
    return (
        "cff-version: 1.2.0\nmessage: If you use this data set, please cite it as below.\ntype: dataset\n"
        f"title: {json.dumps(title, ensure_ascii=False)}\nversion: 1.0.0\nauthors:\n  - name: who made this record\n"
    )
