"""Phrases of our own against the places that they name."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.knowledge import Knowledge, load
from dragoman.model import Document, Source
from dragoman.resolve.gazetteer import EXACT, gazetteer
from dragoman.resolve.places import DocumentPlaces

ROWS = [
    (line.split("\t") + [""] * 6)[:6]
    for line in (Path(__file__).parent / "place_phrases.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def place(text, phrase, country=""):
    document = Document(id="d", text=text, source=Source(country=country))
    start = text.index(phrase)
    return DocumentPlaces(load(), document).place(start, start + len(phrase))


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[1]}|{row[2]}" for row in ROWS])
def test_phrase(row):
    country, text, phrase, name, code, lat = row
    found = place(text, phrase, country)
    if not name:
        assert found is None
        return
    assert found is not None
    assert (found.name, found.country) == (name, code)
    assert (int(found.lat) if found.lat is not None else None) == (int(lat) if lat else None)


def test_set_is_large_enough():
    assert len(ROWS) >= 60


def test_the_knowledge_holds_together():
    knowledge = load()
    rows = list(knowledge.rows("places/known.csv"))
    assert len([row for row in rows if row["kind"] in {"city", "capital"}]) > 700
    for row in rows:
        assert row["kind"] in EXACT, row["_where"]
        assert -90 <= float(row["lat"]) <= 90, row["_where"]
        assert -180 <= float(row["lon"]) <= 180, row["_where"]
        assert row["code"] == "" or len(row["code"]) == 3, row["_where"]
    middle = {row["code"]: row for row in knowledge.rows("places/countries.csv")}
    states = {row["code"] for row in knowledge.rows("actors/states.csv")}
    assert states - set(middle) <= {"EUR", "IGO"}, states - set(middle)
    # A capital or city lies within reach of the middle of its state (Russia and the like are wide).
    for row in rows:
        if row["kind"] in {"city", "capital"} and row["code"] in middle:
            away = abs(float(row["lat"]) - float(middle[row["code"]]["lat"]))
            assert away < (36 if row["code"] in {"USA", "CHL", "ARG"} else 26), row["name"]


def test_loads_in_time():
    begin = time.perf_counter()
    gazetteer(Knowledge()).towns  # noqa: B018  # reading is what is timed
    assert time.perf_counter() - begin < 2  # about 0.15 s on an idle core


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_no_text_crashes(text, start, end):
    DocumentPlaces(load(), Document(id="d", text=text)).place(start, end)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("She visited Accra on Monday. The talks took place there.", "GHA"),
        ("Norway sent an envoy to Quito. He is tired. They will meet there.", "ECU"),
        ("Nothing was said. They met there.", None),
    ],
)
def test_there_is_the_place_named_last(text, code):
    found = DocumentPlaces(load(), Document(id="d", text=text)).there(text.index("there"))
    assert (found.country if found else None) == code


@pytest.mark.parametrize(("name", "code"), [("Petropolis", "BRA"), ("Lodz", "POL"), ("Chtaura", "LBN")])
def test_a_name_without_its_marks(name, code):
    assert place(f"They met in {name} on Monday.", name).country == code
