"""The words by which sentences are told apart, from `patterns/<language>/abbreviations.yaml`."""

from __future__ import annotations

import functools

import msgspec

from dragoman.knowledge import load


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """The sets of one language, all in lower case and without a last full stop."""

    never: frozenset[str]
    before_numbers: frozenset[str]
    either: frozenset[str]
    openers: frozenset[str]
    attribution: frozenset[str]
    speakers: frozenset[str]


@functools.lru_cache(maxsize=8)
def words(language: str) -> Words:
    """The sets of a language; a language without a file has empty ones, and only marks and capitals count."""
    known = load()
    name = f"patterns/{language}/abbreviations.yaml"
    tree: dict[str, list[str]] = known.tree(name) if known.files(name) else {}

    def of(key: str) -> frozenset[str]:
        return frozenset(word.lower() for word in tree.get(key, ()))

    return Words(
        never=of("titles") | of("inner"),
        before_numbers=of("before_numbers"),
        either=of("either"),
        openers=of("openers"),
        attribution=of("attribution"),
        speakers=of("speakers"),
    )
