"""Which sentences speak of a matter."""

from __future__ import annotations

import pytest

from dragoman.measure.matters import speaks_of


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("Norway claims the island of Ytre Holme.", "dispute over Ytre Holme", True),
        ("Norway claims the outer island.", "dispute over Ytre Holme", False),
        ("A trade war helps nobody.", "trade war", True),
        ("Trade between the two grew after the war.", "trade war", False),
        ("They want their apples back.", "dispute over the apples", True),
        ("The dispute goes on.", "dispute over the apples", False),
        ("Any words at all.", "the dispute", False),
    ],
)
def test_a_text_speaks_of_a_matter_by_its_telling_words(text, name, told):
    assert speaks_of(text, name) is told
