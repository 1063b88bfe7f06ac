"""A small network that reads each passage beside the rules: which word tells an event of which type, and who is in it.

It is MiniLM (six layers, pretrained) trained further on passages coded by reading (`training/network`). It knows no
frames and the rules know no network: `vote` lets both speak. A passage is read alone, never with others, so that the
same passage gives the same numbers whatever stands around it.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import msgspec
import numpy as np
from numpy.typing import NDArray

from dragoman.errors import KnowledgeError
from dragoman.knowledge import Knowledge
from dragoman.model import Status

#: Words of a passage as the network counts them.
WORD = re.compile(r"\w+|[^\w\s]")
#: Longer passages are read up to here (words); what stands behind is left to the rules.
LONGEST = 220
#: Pieces of words that the encoder can take.
_PIECES = 256

Numbers = NDArray[np.float32]


class Labels(msgspec.Struct, frozen=True):
    """What the numbers mean, in their order; the first type and the first mode are none."""

    types: tuple[str, ...]
    modes: tuple[str, ...]
    statuses: tuple[str, ...]


class Odds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The odds by which frames and network vote; what each means stands beside it in `vote.yaml`."""

    alone: float
    alone_of: dict[str, float]
    background: float
    frame_alone: float
    frame_alone_of: dict[str, float]
    both: float
    both_of: dict[str, float]
    against: float
    overrules: float
    own_type: float
    vouched: float
    added: float
    status: float
    status_of_main: float


def odds_of(folder: Path) -> Odds:
    """The odds of a folder; KnowledgeError where one is missing or none is known by its name."""
    path = folder / "vote.yaml"
    try:
        return msgspec.convert(Knowledge.yaml(path), Odds)
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"{path}: {error}") from error


class Glance:
    """What the network makes of one passage; indices count its own words, odds lie between 0 and 1."""

    __slots__ = ("labels", "modes", "roles", "spans", "statuses", "types", "vote", "whole")

    def __init__(self, labels: Labels, vote: Odds, spans: list[tuple[int, int]], found: Sequence[Numbers]) -> None:
        self.labels = labels
        self.vote = vote
        self.spans = spans
        n = len(spans)
        types, modes, statuses, whole, roles = found
        self.types: Numbers = _softmax(types[0, :n])
        self.modes: Numbers = modes[0, :n]
        self.statuses: Numbers = _softmax(statuses[0, :n])
        self.whole: Numbers = _sigmoid(whole[0])
        self.roles: Numbers = _sigmoid(roles[0, :, :n, :n])

    def strongest(self) -> float:
        """The odds of the likeliest type of event of the passage, by any word or as a whole."""
        return max(float(self.types[:, 1:].max(initial=0.0)), float(self.whole.max(initial=0.0)))

    def words(self, start: int, end: int) -> range:
        """The words between two offsets of the passage."""
        inside = [i for i, (a, b) in enumerate(self.spans) if a < end and b > start]
        return range(inside[0], inside[-1] + 1) if inside else range(0)

    def odds(self, word: int, event_type: str) -> float:
        """The odds that a word tells an event of a type."""
        return float(self.types[word, self.labels.types.index(event_type)])

    def mode(self, word: int, event_type: str) -> str:
        """The likeliest mode of an event of a type, or none."""
        options = [i for i, name in enumerate(self.labels.modes) if not name or name.startswith(event_type + "/")]
        best = max(options, key=lambda i: float(self.modes[word, i]))
        return self.labels.modes[best].partition("/")[2]

    def status(self, word: int) -> tuple[Status, float]:
        """The likeliest status of the event that a word tells, and its odds."""
        best = int(self.statuses[word].argmax())
        return cast(Status, self.labels.statuses[best]), float(self.statuses[word, best])


class Network:
    """The network of a folder, ready to read; slow to make, quick to use."""

    def __init__(self, folder: Path) -> None:
        if not (folder / "network.onnx").exists():
            raise KnowledgeError(f"{folder}: no trained network there; make one with 'make network'")
        import onnxruntime  # noqa: PLC0415  # slow to import, and only needed once something passed the gate
        from tokenizers import Tokenizer  # noqa: PLC0415

        self.labels = msgspec.convert(json.loads((folder / "labels.json").read_text(encoding="utf-8")), Labels)
        self.vote = odds_of(folder)
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(_PIECES)
        self.tokenizer.no_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.session: Any = onnxruntime.InferenceSession(
            str(folder / "network.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def read(self, texts: Iterable[str]) -> Iterator[Glance]:
        """One Glance for each passage, in order."""
        for text in texts:
            yield self._read(text)

    def _read(self, text: str) -> Glance:
        spans = [m.span() for m in WORD.finditer(text)][:LONGEST]
        # Half a surrogate pair is no text for the tokenizer; a question mark keeps all offsets.
        code = self.tokenizer.encode(text.encode("utf-8", "replace").decode("utf-8"))
        begins: dict[int, int] = {}
        for at, (start, end) in enumerate(code.offsets):
            if end > start:
                begins.setdefault(start, at)
        first, last = [], 0
        for start, _ in spans:
            last = begins.get(start, last)
            first.append(last)
        if not first:
            spans, first = [(0, len(text))], [0]
        found = self.session.run(
            None,
            {
                "pieces": np.array([code.ids], dtype=np.int64),
                "mask": np.ones((1, len(code.ids)), dtype=np.int64),
                "first": np.array([first], dtype=np.int64),
            },
        )
        return Glance(self.labels, self.vote, spans, found)


def _softmax(scores: Numbers) -> Numbers:
    risen = np.exp(scores - scores.max(axis=-1, keepdims=True))
    made: Numbers = (risen / risen.sum(axis=-1, keepdims=True)).astype(np.float32)
    return made


def _sigmoid(scores: Numbers) -> Numbers:
    made: Numbers = (1 / (1 + np.exp(-scores))).astype(np.float32)
    return made


@functools.lru_cache(maxsize=2)
def network(folder: Path) -> Network:
    """The network of a folder, loaded once."""
    return Network(folder)
