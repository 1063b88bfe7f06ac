"""Cuts a document into pieces so that a page can mark its claims in place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dragoman.model import AnyClaim, Block, Document, Event

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of text that is inside the same claims from end to end.

    `claims` are the claims around it, `opens` and `closes` those that begin before and end after it (by number).
    """

    text: str
    start: int
    claims: tuple[int, ...]
    trigger: bool
    opens: tuple[int, ...]
    closes: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph of a document: the kind of its block and its pieces in order."""

    kind: str
    pieces: tuple[Piece, ...]


def paragraphs(document: Document, claims: Sequence[AnyClaim]) -> list[Paragraph]:
    """The paragraphs of a document with the claims (numbered as given) that each piece belongs to."""
    spans = [(claim.evidence.start, claim.evidence.end) for claim in claims]
    # The trigger of an event is the word that tells it; those of other kinds are only where their words begin.
    events = [claim for claim in claims if isinstance(claim, Event)]
    triggers = [(one.trigger.start, one.trigger.end) for one in events if one.trigger]
    cuts = sorted({offset for span in (*spans, *triggers) for offset in span})
    marked = _Marked(document.text, spans, triggers, cuts)
    return [
        Paragraph(kind=kind, pieces=tuple(marked.pieces(start, end)))
        for kind, start, end in _stretches(document)
        if document.text[start:end].strip()
    ]


def _stretches(document: Document) -> Iterator[tuple[str, int, int]]:
    """Blocks in order, what lies between them as well, each cut at its line breaks."""
    at = 0
    size = len(document.text)
    for block in sorted(document.blocks, key=lambda one: (one.start, one.end)):
        if at < block.start:
            yield from _lines(document.text, "furniture" if document.blocks else "body", at, min(block.start, size))
        if (start := max(at, block.start)) < block.end:
            yield from _lines(document.text, _kind(block), start, min(block.end, size))
        at = max(at, block.end)
    yield from _lines(document.text, "furniture" if document.blocks else "body", at, size)


def _kind(block: Block) -> str:
    return str(block.kind)


def _lines(text: str, kind: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    for found in _PARAGRAPH.finditer(text, start, end):
        yield kind, found.start(), found.end()


class _Marked:
    """A text with its claims, asked stretch by stretch."""

    def __init__(
        self, text: str, spans: list[tuple[int, int]], triggers: list[tuple[int, int]], cuts: list[int]
    ) -> None:
        self.text = text
        self.cuts = cuts
        self.triggers = sorted(triggers)
        self.order = sorted(range(len(spans)), key=lambda one: spans[one])
        self.spans = spans

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        inside = [one for one in self.order if self.spans[one][0] < end and self.spans[one][1] > start]
        low, high = bisect_right(self.cuts, start), bisect_left(self.cuts, end)
        edges = [start, *self.cuts[low:high], end]
        for left, right in pairwise(edges):
            around = tuple(one for one in inside if self.spans[one][0] <= left and self.spans[one][1] >= right)
            yield Piece(
                text=self.text[left:right],
                start=left,
                claims=around,
                trigger=any(first <= left and right <= last for first, last in self.triggers),
                opens=tuple(one for one in around if self.spans[one][0] == left or left == start),
                closes=tuple(one for one in around if self.spans[one][1] == right),
            )
