"""Finds what stands between quotation marks, straight or curly, nested, unclosed or with marks the wrong way round."""

from __future__ import annotations

import re
from typing import NamedTuple

_OPENING, _CLOSING = "“«„‟", "”»"
#: British papers quote with single marks; only a stretch that ends in punctuation is told from an apostrophe.
_SINGLE = re.compile(r"(?<![\w’'])[‘'](?=\w)(?P<inner>[^‘\n]{8,600}?[,.?!…])[’'](?![\w’'])")


class Quote(NamedTuple):
    """A quotation: `start` and `end` take its marks in, `low` and `high` do not."""

    start: int
    end: int
    low: int
    high: int
    closed: bool


def quotations(text: str, low: int, high: int) -> list[Quote]:
    """The quotations of one paragraph between two offsets, outermost only, in order."""
    found: list[Quote] = []
    start, depth, straight = -1, 0, False
    for at in range(low, high):
        mark = text[at]
        if mark not in '“”«»„‟"':
            continue
        before = text[at - 1] if at > low else " "
        behind = text[at + 1] if at + 1 < high else " "
        if depth == 0:
            if _opens(mark, before, behind):
                start, depth, straight = at, 1, mark == '"'
            continue
        if mark in _OPENING and not straight and before.isspace() is not False and behind.isalnum():
            depth += 1
        elif mark in _CLOSING or (mark == '"' and (straight or not behind.isalnum())):
            if mark == '"' and before.isspace() and behind.isalnum():
                continue
            depth -= 1
            if depth == 0:
                found.append(_quote(text, start, at + 1, closed=True))
    if depth > 0 and start >= 0:
        found.append(_quote(text, start, high, closed=False))
    if not found:
        singles = _SINGLE.finditer(text, low, high)
        found.extend(Quote(m.start(), m.end(), m.start("inner"), m.end("inner"), True) for m in singles)
    return [quote for quote in found if quote.high > quote.low]


def _opens(mark: str, before: str, behind: str) -> bool:
    if mark in _OPENING:
        return True
    if mark == '"':
        return not behind.isspace() and (before.isspace() or before in "([—–-:,")
    # a closing mark that opens: "she replied,”Never"
    return mark in _CLOSING and behind.isalnum() and (before.isspace() or before in ",:")


def _quote(text: str, start: int, end: int, *, closed: bool) -> Quote:
    low, high = start + 1, end - 1 if closed else end
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    return Quote(start, end, low, high, closed)
