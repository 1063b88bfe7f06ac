"""Intervals: elapsed time and the date that it implies."""

from __future__ import annotations

import pytest

from dragoman.coding import intervals
from tests.coding.stand_ins import HOSTILE, sentence, sentences


@pytest.mark.parametrize(
    ("text", "count", "unit", "since"),
    [
        (
            "No such thing had been seen: the first trip of a Norwegian minister to Chile in five years.",
            5,
            "year",
            "2015",
        ),
        ("Norway and Chile met for the first time since 1998.", None, "", "1998"),
        ("Not since 2004 had Norway and Chile exchanged prisoners.", None, "", "2004"),
        ("It has been six years since a Chilean leader came to Oslo.", 6, "year", "2014"),
        ("100 days have passed since the Oslo incident.", 100, "day", "2020-01-31"),
        ("It has been three months since Norway closed its embassy in Chile.", 3, "month", "2020-02"),
        ("Norway and Chile held their first talks in a decade.", 1, "decade", "2010"),
    ],
)
def test_elapsed_time(text: str, count: int | None, unit: str, since: str) -> None:
    (claim,) = intervals.claims(sentence(text))
    assert (claim.count, claim.unit) == (count, unit)
    assert claim.since
    assert claim.since.start.startswith(since)


def test_a_banner_counts_from_the_day_above_it() -> None:
    page = sentences("11 May 2019\n100 days have passed since the Oslo incident", kind="banner")
    (claim,) = [claim for one in page for claim in intervals.claims(one)]
    assert claim.since
    assert claim.since.start == "2019-01-31"
    assert claim.of == "the Oslo incident"


@pytest.mark.parametrize(
    "text",
    ["The first lady of Chile came to Oslo in 2019.", "Her first album in five years came out in Norway.",
     "He has lived in Chile since 2004.", "The first deputy minister of Chile spoke."],
)  # fmt: skip
def test_no_interval(text: str) -> None:
    assert intervals.claims(sentence(text)) == []


def test_without_a_date_nothing_is_implied() -> None:
    (claim,) = intervals.claims(sentence("9 days have passed since the Oslo incident.", now=""))
    assert claim.since is None


@pytest.mark.parametrize(
    "text", [*HOSTILE, "999999 years have passed since the war.", "It has been 88888888 months since Norway left."]
)
def test_hostile_text(text: str) -> None:
    if text.strip():
        intervals.claims(sentence(text))
    intervals.gate(text)
