"""The trained English parser: passages in, spaCy Docs out, in batches."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dragoman.errors import KnowledgeError

_BATCH = 256


@functools.lru_cache(maxsize=2)
def load(folder: Path) -> Any:  # noqa: ANN401  # a spaCy pipeline, imported only here
    """The pipeline in a folder; KnowledgeError where there is none."""
    if not (folder / "meta.json").exists():
        raise KnowledgeError(f"{folder}: no trained parser there; make one with 'make model'")
    import spacy  # noqa: PLC0415  # slow to import, and only needed once something passed the gate

    return spacy.load(folder)


def parse(folder: Path, texts: Iterable[str]) -> Iterator[Any]:
    """One Doc for each text, in order."""
    yield from load(folder).pipe(texts, batch_size=_BATCH)
