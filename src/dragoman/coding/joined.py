"""States named together or by a combining form: "North and South Korea", "the two Koreas", "Franco-", "Sino-"."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from dragoman.coding.words import either, pattern_file
from dragoman.model import Entity


@functools.lru_cache(maxsize=1)
def _words() -> tuple[re.Pattern[str], dict[str, list[tuple[str, str]]]]:
    file = pattern_file("parties")
    together = {
        str(words).lower(): states for row in file["joined"] for words in row["words"] for states in [row["states"]]
    }
    prefixes = {str(row["prefix"]).lower(): [row["state"]] for row in file["combining"]}
    known = {words: [(code, name) for code, name in states] for words, states in (together | prefixes).items()}
    form = re.compile(
        rf"\b(?:{either(words for row in file['joined'] for words in row['words'])}\b"
        rf"|{either(row['prefix'] for row in file['combining'])}(?=[-–][A-Z]))"
    )
    return form, known


def joined(text: str, start: int, end: int) -> Iterator[tuple[int, tuple[Entity, ...]]]:
    """The states that such words name between two offsets, each with the offset of its words."""
    form, known = _words()
    for match in form.finditer(text, start, end):
        words = match.group()
        yield (
            match.start(),
            tuple(
                Entity(
                    text=words, start=match.start(), end=match.end(), name=name, country=code,
                    how=f"named together {words!r} parties.yaml",
                )
                for code, name in known[" ".join(words.lower().split())]
            ),
        )  # fmt: skip
