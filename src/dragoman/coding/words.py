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
    return r"(?:\d{1,3}(?:[,\u00a0]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|" + either(numbers()) + ")"


def number_of(text: str) -> float | None:
    """The value of a number in digits or words, none if it is none."""
    word = " ".join(text.lower().split())
    if word in numbers():
        return numbers()[word]
    try:
        return float(re.sub(r"[,\u00a0]", "", word))
    except ValueError:
        return None
