"""Words in -s after a party: verbs of a report told in the present, or nouns that look alike."""

from __future__ import annotations

import pytest

from dragoman.coding.cues import cues
from dragoman.coding.frames import lexicon
from dragoman.coding.present import Present
from dragoman.knowledge import load


@pytest.fixture(scope="module")
def present() -> Present:
    known = load()
    return Present(lexicon(known), cues(known).says)


@pytest.mark.parametrize(
    ("word", "after", "stands", "past"),
    [
        ("imposes", "two", "one", "imposed"),
        ("condemns", "the", "one", "condemned"),
        ("urges", "*", "one", "urged"),
        ("denies", "that", "one", "denied"),
        ("meets", "*", "one", "met"),
        ("withdraws", "its", "one", "withdrew"),
        ("condemn", "the", "many", "condemned"),
        ("strikes", "*", "one", "struck"),
        ("talks", "with", "one", ""),
        ("attacks", "on", "one", ""),
        ("tables", "the", "one", ""),
        ("condemns", "the", "many", ""),
        ("condemn", "the", "one", ""),
    ],
)
def test_verbs_of_the_present(present: Present, word: str, after: str, stands: str, past: str) -> None:
    assert present(word, after, stands) == past


@pytest.mark.parametrize(
    ("base", "past"),
    [
        ("impose", "imposed"),
        ("deny", "denied"),
        ("ban", "banned"),
        ("meet", "met"),
        ("expel", "expelled"),
        ("visit", "visited"),
    ],
)
def test_past_forms(present: Present, base: str, past: str) -> None:
    assert present.past(base) == past
