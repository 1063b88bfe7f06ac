"""The lines of a text as paragraphs, with what a web editor sees at a glance: length, full stop, capitals, date."""

from __future__ import annotations

import re
from itertools import pairwise

from dragoman.model import BlockKind

#: From this many words a line without a full stop is a paragraph all the same.
LONG = 30
#: From this many words a line with a full stop is prose; below it may be "Read more." or "Print".
SHORT = 5

_ENDS = re.compile(r"[.!?…;:,。！？][\"'”’»)\]]{0,4}$|[.!?…,]?[\"”»]$|[-–—]$")
_LABELLED = re.compile(r"[QA]\.?[ \u00a0]+[A-Z“\"(]|[^\W\d_][^:!?\n]{0,100}:\s?\S")
_ITEM = re.compile(r"(?:[•▪●◦‣■□►*–—-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s")


class Line:
    """A paragraph: one line, or several lines of a text that is wrapped at a fixed width; `kind` is settled later."""

    __slots__ = (
        "end", "ends", "gap", "item", "kind", "low", "part", "preset", "prose", "spoken", "start", "text", "words",
    )  # fmt: skip

    def __init__(self, text: str, start: int, end: int, *, gap: bool, preset: BlockKind | None = None) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.gap = gap
        self.preset = preset
        self.kind: BlockKind | None = None
        self.part: int | None = None
        self.words = len(text.split())
        self.low = " ".join(text[:400].lower().replace("’", "'").replace("‘", "'").split())
        self.ends = _ENDS.search(text[-8:]) is not None
        self.item = _ITEM.match(text) is not None
        self.spoken = self._spoken()
        self.prose = (self.ends and self.words >= SHORT) or self.words >= LONG or self.spoken

    def _spoken(self) -> bool:
        bare = self.text[0] in "QA" and self.words > SHORT
        return (self.ends or bare) and self.words > 1 and _LABELLED.match(self.text) is not None


def paragraphs(text: str) -> list[Line]:
    """The paragraphs of a text with their offsets, white space at the edges left out."""
    raw: list[tuple[int, int, bool]] = []
    start, gap = 0, True
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            begin = start + len(line) - len(line.lstrip())
            raw.append((begin, begin + len(stripped), gap))
            gap = False
        else:
            gap = True
        start += len(line)
    if _wrapped(text, raw):
        raw = _joined(text, raw)
    return [Line(text[begin:end], begin, end, gap=apart) for begin, end, apart in raw]


def _wrapped(text: str, raw: list[tuple[int, int, bool]]) -> bool:
    """Whether a text is broken at a fixed width: most lines in a paragraph end close to it, within a sentence."""
    pairs = [(a, b) for a, b in pairwise(raw) if not b[2]]
    if len(pairs) < 3:
        return False
    widths = sorted(a[1] - a[0] for a, _ in pairs)
    widest = widths[-1]
    if not 40 <= widest <= 130:
        return False
    filled = sum(1 for width in widths if width >= widest * 0.7)
    going_on = sum(1 for a, b in pairs if text[b[0]].islower() or text[a[1] - 1] not in ".!?:;”\"'’)")
    lower = sum(1 for _, b in pairs if text[b[0]].islower())
    return filled >= len(pairs) * 0.6 and going_on >= len(pairs) * 0.6 and lower >= len(pairs) * 0.35


def _joined(text: str, raw: list[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    joined: list[tuple[int, int, bool]] = []
    for begin, end, gap in raw:
        if gap or not joined or _ITEM.match(text, begin):
            joined.append((begin, end, gap))
        else:
            joined[-1] = (joined[-1][0], end, joined[-1][2])
    return joined
