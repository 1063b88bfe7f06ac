"""Two sides' accounts side by side, and what exports say of promises on a day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.keep import open_record
from dragoman.record import Store
from dragoman.show.export import export
from dragoman.show.ledger import counters, due, lines
from dragoman.show.sides import both_sides, side_lines
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
