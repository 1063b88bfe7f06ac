"""Who speaks: together, for somebody, at a government's own briefing, by a family name alone."""

from __future__ import annotations

import pytest

from dragoman.model import Statement
from dragoman.pipeline import Coder
from dragoman.read import from_text
from dragoman.resolve import resolve_phrase


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def said(coder: Coder, text: str, **fields: str) -> list[tuple[str, str]]:
    """State and name of every speaker of a text."""
    coded = next(iter(coder.code([from_text(text, id="one", **fields)])))
    return [
        (claim.speaker.country, claim.speaker.name)
        for claim in coded.claims
        if isinstance(claim, Statement) and claim.speaker is not None
    ]


def test_both_sides_are_two_speakers(coder: Coder) -> None:
    text = "Vladimir Putin met Angela Merkel. Both sides said that Iran must comply."
    assert {country for country, _ in said(coder, text, date="2013-03-20")} == {"RUS", "DEU"}


def test_nobody_says_what_neither_said(coder: Coder) -> None:
    assert said(coder, "Neither Kiev nor Warsaw has said what it will do.", date="2014-03-18") == []


def test_a_spokesman_speaks_for_the_state_of_whom_he_serves(coder: Coder) -> None:
    text = "A spokesman for Angela Merkel said that Russia must withdraw."
    assert [country for country, _ in said(coder, text, date="2013-10-24")] == ["DEU"]


def test_what_is_made_clear_is_said(coder: Coder) -> None:
    text = "William Hague made clear that Britain would not arm the rebels of Syria."
    assert said(coder, text, date="2012-05-09") == [("GBR", "William Hague")]


def test_a_briefing_is_given_by_whom_its_title_names(coder: Coder) -> None:
    text = (
        "MR. CARNEY: We think that the talks with Iran have been useful so far.\n"
        "Q Does Russia agree with that view of Iran and of its plans?\n"
        "MR. CARNEY: I have heard nothing else from Moscow about it today.\n"
        "Q Thank you.\nSECRETARY DUNCAN: We will work with Mexico on schools along the border.\n"
        "SECRETARY DUNCAN: Canada has asked for the same and will have an answer.\n"
    )
    speakers = said(
        coder, text, date="2013-09-25", title="Press Briefing by Press Secretary Jay Carney",
        url="https://obamawhitehouse.archives.gov/briefing", source="The White House",
    )  # fmt: skip
    assert ("USA", "Jay Carney") in speakers
    assert {country for country, _ in speakers} == {"USA"}


def test_capitals_name_no_family() -> None:
    assert resolve_phrase("SENIOR ADMINISTRATION OFFICIAL", "2011-08-18").country == ""
