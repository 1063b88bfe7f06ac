"""The shape of what is known about actors."""

from __future__ import annotations

import re

import pytest

from dragoman.knowledge import load
from dragoman.resolve.folding import normal

KINDS = {
    "state",
    "adjective",
    "people",
    "capital",
    "metonym",
    "region",
    "states",
    "organisation",
    "body",
    "group",
    "party",
    "company",
    "media",
    "university",
    "person",
}
SECTORS = {
    "GOV",
    "MIL",
    "COP",
    "LEG",
    "JUD",
    "SPY",
    "OPP",
    "PTY",
    "REB",
    "UAF",
    "PRM",
    "CRM",
    "CVL",
    "BUS",
    "MNC",
    "EDU",
    "MED",
    "JRN",
    "REL",
    "LAB",
    "AGR",
    "SOC",
    "REF",
    "NGO",
    "IGO",
    "ELI",
    "PRE",
    "UNK",
    "HRI",
    "DEV",
    "ENV",
    "KID",
    "JNK",
    "INT",
}
NOT_STATES = {"IGO", "NGO", "UNO", "EUR", "IMG", "ISM", "MNC", "KOS", ""}
DATE = re.compile(r"(\d{4}(-\d\d){0,2})?")


def actor_rows() -> list[dict[str, str]]:
    return [row for row in load().rows("actors/*.csv") if "kind" in row]


def test_every_row_has_the_shape() -> None:
    states = {row["code"] for row in actor_rows() if row["kind"] == "state"}
    for row in actor_rows():
        where = row["_where"]
        assert row["name"].strip(), where
        assert row["kind"] in KINDS, where
        assert row["code"] in states | NOT_STATES, f"{where}: {row['code']}"
        assert set(filter(None, row["sectors"].split(";"))) <= SECTORS, f"{where}: {row['sectors']}"
        assert DATE.fullmatch(row["from"]), where
        assert DATE.fullmatch(row["to"]), where


def test_nobody_leaves_before_coming() -> None:
    for row in load().rows("actors/persons.csv"):
        assert not row["from"] or not row["to"] or row["from"] <= row["to"], row["_where"]


def test_every_spelling_belongs_to_somebody_listed() -> None:
    listed = {(normal(row["name"]), row["code"]) for row in actor_rows() if row["kind"] == "person"}
    seen: dict[tuple[str, str], str] = {}
    for row in load().rows("actors/spellings.csv"):
        names = [row["name"], *(alias for alias in row["aliases"].split("|") if alias and alias[0] not in "=~")]
        assert any((normal(name), row["code"]) in listed for name in names), row["_where"]
        for name in names:
            assert seen.setdefault((normal(name), row["code"]), row["name"]) == row["name"], f"{row['_where']}: {name}"


def test_groups_of_states_list_states() -> None:
    states = {row["code"] for row in actor_rows() if row["kind"] == "state"} | {"KOS"}
    for row in load().rows("actors/state_groups.csv"):
        assert set(row["note"].split(";")) <= states | {""}, row["_where"]  # a continent lists none


@pytest.mark.parametrize("path", ["agents/anaphors.csv", "agents/words.csv"])
def test_small_words_have_a_kind(path: str) -> None:
    for row in load().rows(path):
        assert row["word"], row["_where"]
        assert row["kind"], row["_where"]
