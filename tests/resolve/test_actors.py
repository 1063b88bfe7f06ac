"""Who a phrase alone names at a date."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.resolve.actors import reader, resolve_phrase

LINES = [
    line.split("\t")
    for line in (Path(__file__).parent / "actor_phrases.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("phrase", "date", "country", "sector", "name"), LINES, ids=[line[0] for line in LINES])
def test_a_phrase_names(phrase: str, date: str, country: str, sector: str, name: str) -> None:
    entity = resolve_phrase(phrase, date)
    assert entity.country == country, entity
    assert (entity.sectors[0] if entity.sectors else "") == sector, entity
    assert name in {"", entity.name}, entity
    assert entity.how, "every answer says which line of knowledge gave it"


@pytest.mark.parametrize(
    ("phrase", "codes"),
    [
        ("the Baltic states", ["EST", "LVA", "LTU"]),
        ("the Benelux countries", ["BEL", "NLD", "LUX"]),
        ("Baltic foreign ministers", ["EST", "LVA", "LTU"]),
        ("ministers of the Nordic countries", ["DNK", "FIN", "ISL", "NOR", "SWE"]),
        ("the two Koreas", ["PRK", "KOR"]),
        ("Hungarian and Romanian officials", ["HUN", "ROU"]),
        ("Sino-Russian", ["CHN", "RUS"]),
    ],
)
def test_groups_name_all_their_states(phrase: str, codes: list[str]) -> None:
    assert [reading.country for reading in reader().read(phrase, "2018-06-01")] == codes


@pytest.mark.parametrize(
    "phrase",
    [
        "his scheduled trip",
        "$150 million",
        "US$150 million in additional aid",
        "A$20 billion",
        "the weather",
        "last Monday",
        "",
        "’",
        "(",
        "\ud800",
    ],
)
def test_what_is_no_actor_has_no_state(phrase: str) -> None:
    assert resolve_phrase(phrase, "2018-06-01").country == ""


def test_a_context_gives_the_state_where_the_phrase_does_not() -> None:
    assert resolve_phrase("the police", context="Clashes in Kenya").country == "KEN"
    assert resolve_phrase("Ugandan police", context="Clashes in Kenya").country == "UGA"


def test_namesakes_are_kept_with_their_odds() -> None:
    entity = resolve_phrase("Obama", "2012-01-01")
    assert "odds Barack Obama (USA) 1.00" in entity.how


def test_a_given_name_is_no_family_name() -> None:
    entity = resolve_phrase("Alexis Unknownson", "2007-01-01")
    assert (entity.country, entity.name) == ("", "Alexis Unknownson")


def test_money_is_no_state_in_running_text() -> None:
    found = reader().index.find("Japan gave US$5 million to Peru and the US agreed")
    assert [hit.text for hit in found] == ["Japan", "Peru", "US"]


@pytest.mark.parametrize(
    ("phrase", "date", "country", "sector", "name"),
    [
        # One more family name behind a known full name; where two names are usual, behind two words.
        ("Evo Morales Ayma", "2010-05-01", "BOL", "GOV", "Evo Morales"),
        ("David Cameron Smith", "2012-05-01", "", "", ""),
        # A syllable behind a hyphen may be small.
        ("Kim Il-sung", "1975-01-01", "PRK", "GOV", "Kim Il Sung"),
        # One state alone calls an office so.
        ("the Taoiseach", "2012-05-01", "IRL", "GOV", "Enda Kenny"),
        # A seat in parliament before the cabinet, and after it.
        ("Hillary Clinton", "2006-03-01", "USA", "LEG", "Hillary Clinton"),
        ("Kwasi Kwarteng", "2023-06-01", "GBR", "LEG", "Kwasi Kwarteng"),
        # Who ruled without an office of that name, and what came of a ruler.
        ("Ludwig Erhard", "1964-05-01", "DEU", "GOV", "Ludwig Erhard"),
        ("Ludwig Erhard", "1970-05-01", "DEU", "ELI", "Ludwig Erhard"),
        ("a breakaway republic", "", "", "PRE", ""),
    ],
)
def test_kinds_of_names(phrase: str, date: str, country: str, sector: str, name: str) -> None:
    entity = resolve_phrase(phrase, date)
    found = (entity.country, entity.sectors[0] if entity.sectors else "", entity.name if country else "")
    assert found == (country, sector, name), entity.how


def test_the_head_of_one_organisation_is_not_that_of_another() -> None:
    assert resolve_phrase("the president of the World Bank", "2017-01-01").name == "Jim Yong Kim"
    assert resolve_phrase("the president of FATF", "2017-04-26").name != "Jim Yong Kim"
    assert resolve_phrase("the NATO leader", "2001-10-03").name != "James Wolfensohn"
