"""How much two texts speak of the same thing, by the beginnings of their longer words."""

from __future__ import annotations

import re

#: Words shorter than this say little; longer ones are compared by so many first letters ("deliver", "delivery").
_LEAST, _STEM = 4, 5
_IDLE = frozenset(
    {"that", "this", "with", "from", "will", "would", "have", "been", "were", "their", "there", "which", "into", "also"}
    | {"than", "they", "them", "when", "then", "what", "about", "over", "under", "after", "before", "between", "other"}
    | {"state", "states", "year", "years", "said", "says", "country", "countries"}
)


def stems(text: str) -> frozenset[str]:
    """The beginnings of the longer words of a text."""
    words = re.findall(r"[a-zà-ÿ0-9]+", text.lower())
    return frozenset(word[:_STEM] for word in words if len(word) >= _LEAST and word not in _IDLE)


def likeness(one: str, other: str) -> float:
    """The share (0 to 1) of the words of `one` that `other` has too."""
    mine = stems(one)
    return len(mine & stems(other)) / len(mine) if mine else 0.0
