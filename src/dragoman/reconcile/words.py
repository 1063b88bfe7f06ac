"""Compares the words of two claims."""

from __future__ import annotations

import functools
import re

_WORD = re.compile(r"\w+")

#: Shorter words are mostly grammar; numbers count at any length.
SHORTEST_WORD = 4


@functools.lru_cache(maxsize=65536)
def content_words(text: str) -> frozenset[str]:
    """The words of a text that carry content: lower case, four letters or more, or numbers; cut to a stem of six.

    Six letters join "visit" with "visited" and "sanctions" with "sanctioned" without a stemmer for each language.
    """
    words = _WORD.findall(text.casefold())
    return frozenset(word[:6] for word in words if len(word) >= SHORTEST_WORD or word.isdigit())


def overlap(one: frozenset[str], two: frozenset[str]) -> float:
    """The share of the smaller set that both have (0 to 1): a short report of a long one is still alike."""
    smaller = min(len(one), len(two))
    return len(one & two) / smaller if smaller else 0.0


def likeness(one: frozenset[str], two: frozenset[str]) -> float:
    """The Jaccard index of two sets (0 to 1; two empty sets are not alike)."""
    union = len(one | two)
    return len(one & two) / union if union else 0.0
