"""Two sides' accounts side by side, and what exports say of promises on a day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from dragoman.keep import open_record
from dragoman.model import Source
from dragoman.pipeline import Coder
from dragoman.read import from_text
from dragoman.record import Store
from dragoman.show.export import export
from dragoman.show.ledger import counters, due, lines
from dragoman.show.sides import BothSides, both_sides, side_lines
from tests.made import coded, event


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = open_record(tmp_path / "record.sqlite")
    text = "The foreign ministers met in Moscow."
    made.add(coded("ours", event("GBR", "RUS", on="2017-12-22", text=text, document="ours"), side="GBR"))
    made.add(coded("theirs", event("GBR", "RUS", on="2017-12-24", text=text, document="theirs"), side="RUS"))
    blame = "Britain blamed Russia for the attack."
    made.add(coded("blame", event("GBR", "RUS", on="2018-03-12", text=blame, document="blame", event_type="ACCUSE",
                                  mode="", quad_class=3), side="GBR"))  # fmt: skip
    return made


def test_accounts_with_other_days_contradict(store: Store) -> None:
    found = both_sides(store, "GBR", "RUS", about="ministers")
    assert [one.what for one in found.contradictions] == ["day"]


#: What the press of Lima and that of Santiago write in one year: day, text.
LIMA = [
    ("2015-03-05", "Peru expelled twelve Chilean diplomats on 4 March 2015."),
    ("2015-04-11", "Chile and Peru held talks on fishing in Arica on 10 April 2015."),
    ("2015-05-02", "Peru accused Chile of sending trawlers into its waters."),
    ("2015-06-08", "Chilean soldiers shot at a Peruvian patrol near Tacna on 7 June 2015."),
    ("2015-06-10", "Chile closed the border at Tacna on 9 June 2015."),
    ("2015-06-11", "Trade between Peru and Chile was 3 billion dollars in 2014."),
    ("2015-08-02", "Peru and Chile signed a treaty on copper in Lima on 1 August 2015."),
    ("2015-09-02", "Chile released 40 Peruvian fishermen on 1 September 2015."),
]
SANTIAGO = [
    ("2015-03-06", "Peru expelled nine Chilean diplomats on 5 March 2015."),
    ("2015-04-13", "Chile and Peru held talks on fishing in Arica on 12 April 2015."),
    ("2015-05-04", "Chile accused Peru of chasing trawlers out of Chilean waters."),
    ("2015-05-04", "Chile accused Peru of jailing a journalist."),
    ("2015-06-08", "Peruvian soldiers shot at a Chilean patrol near Tacna on 7 June 2015."),
    ("2015-06-11", "Chile denied that it had closed the border at Tacna."),
    ("2015-06-11", "Trade between Chile and Peru was 4 billion dollars in 2014."),
    ("2015-08-02", "Peru and Chile signed a treaty on copper in Lima on 1 August 2015."),
    ("2015-09-03", "Chile released 40 Peruvian fishermen on 1 September 2015."),
]


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> BothSides:
    lines = [
        replace(from_text(text, id=f"{side}{number}", date=day, source=side), source=Source(name=side, side=side))
        for side, told in (("PER", LIMA), ("CHL", SANTIAGO))
        for number, (day, text) in enumerate(told)
    ]
    with open_record(tmp_path_factory.mktemp("press") / "record.sqlite") as made:
        for one in Coder().code(lines):
            made.add(one)
        return both_sides(made, "PER", "CHL")


@pytest.mark.parametrize(
    ("what", "ours", "theirs"),
    [
        ("day", "4 March", "5 March"),
        ("number", "twelve", "nine"),
        ("day", "10 April", "12 April"),
        ("blame", "sending trawlers", "chasing trawlers"),
        ("blame", "Chilean soldiers shot", "Peruvian soldiers shot"),
        ("whether", "closed the border", "denied that it had"),
        ("number", "3 billion", "4 billion"),
    ],
)
def test_the_press_of_two_sides_contradicts_itself(press: BothSides, what: str, ours: str, theirs: str) -> None:
    found = [one for one in press.contradictions if one.what == what and ours in one.a_says and theirs in one.b_says]
    assert len(found) == 1


def test_what_both_tell_alike_and_other_blame_contradicts_nothing(press: BothSides) -> None:
    assert len(press.contradictions) == 7
    assert {"copper", "fishermen"} <= {word for one in press.both for word in one.words.replace(".", "").split()}
    assert any("journalist" in one.words for one in press.only_b)
    assert all("journalist" not in one.words for one in (*press.only_a, *press.both))


def test_what_one_side_alone_tells(store: Store) -> None:
    found = both_sides(store, "GBR", "RUS", about="attack")
    assert [one.day for one in found.only_a] == ["2018-03-12"]
    assert found.only_b == ()
    assert "told by GBR alone:" in list(side_lines(found))


def test_counters_name_the_item_they_rest_on(store: Store) -> None:
    found = counters(store, "GBR", "RUS", on="2018-01-01")
    assert {one.of for one in found} >= {"last visit"}
    assert all(store.item(one.item) is not None for one in found)
    assert all(one.days >= 0 for one in found)


def test_lines_of_any_kind_are_json_when_asked(store: Store) -> None:
    shown = list(lines(counters(store, "GBR", "RUS", on="2018-01-01"), format="jsonl"))
    assert all(json.loads(line)["days"] >= 0 for line in shown)
    assert due(store) == []


def test_an_export_without_text_quotes_nothing(store: Store) -> None:
    piece = b"".join(export(store, "events", text=False))
    assert b"ministers met" not in piece
