"""Words to patterns and numbers: the files of patterns, alternatives as regular expressions, plurals, values."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Any

from dragoman.knowledge import load


@functools.lru_cache(maxsize=32)
def pattern_file(name: str) -> Any:  # noqa: ANN401  # YAML is what it is
    """The content of one file of patterns, such as `agreements`; read once, never altered."""
    return load().tree(f"patterns/en/{name}.yaml")


def either(words: Iterable[str], *, plural: bool = False) -> str:
    """A regular expression (without groups) that matches any of some words, the longest first, spaces of any kind."""
    forms: set[str] = set()
    for word in words:
        forms.add(str(word))
        if plural:
            forms.add(plural_of(str(word)))
    parts = (re.escape(form).replace(r"\ ", r"\s+") for form in sorted(forms, key=lambda form: (-len(form), form)))
    return "(?:" + "|".join(parts) + ")"


def plural_of(word: str) -> str:
    """The regular plural of an English noun."""
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


@functools.lru_cache(maxsize=1)
def numbers() -> dict[str, float]:
    """Number words with their values."""
    return {word: float(value) for word, value in pattern_file("quantities")["numbers"].items()}


@functools.lru_cache(maxsize=1)
def number_form() -> str:
    """A regular expression (without groups) of a number in digits or words."""
    tens, ones = either(_between(20, 90)), either(_between(1, 9))
    joined = rf"{tens}[\s-]{ones}\b|(?:{ones}|an?)\s+hundred(?:\s+and\s+(?:{tens}(?:[\s-]{ones})?|{ones}))?\b"
    return rf"(?:\d{{1,3}}(?:[,\u00a0]\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|{joined}|{either(numbers())})"


def _between(least: int, most: int) -> list[str]:
    """The single words of whole numbers between two; of those above nine the tens alone."""
    return [
        word
        for word, value in numbers().items()
        if least <= value <= most and word.isalpha() and word not in {"a", "an"} and (value < 10 or value % 10 == 0)
    ]


def number_of(text: str) -> float | None:
    """The value of a number in digits or words, none if it is none."""
    word = " ".join(text.lower().split())
    if word in numbers():
        return numbers()[word]
    if re.fullmatch(r"[a-z][a-z -]+", word) and len(parts := re.split(r"[\s-]+", word)) > 1:
        return _summed([part for part in parts if part != "and"])
    try:
        return float(re.sub(r"[,\u00a0]", "", word))
    except ValueError:
        return None


def _summed(parts: list[str]) -> float | None:
    """The value of several number words: "fifty four", "two hundred and ten"; none if one of them is none."""
    total = 0.0
    for part in parts:
        if part not in numbers():
            return None
        total = max(total, 1.0) * numbers()[part] if part == "hundred" else total + numbers()[part]
    return total
