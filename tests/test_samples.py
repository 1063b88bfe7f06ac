"""The sample documents have dates and sources, and both sides of a relation speak in them."""

from __future__ import annotations

import datetime
import json

from dragoman.samples import FOLDER, samples


def lines() -> list[dict]:
    return [
        json.loads(line)
        for sample in samples()
        if sample.path.suffix == ".jsonl"
        for line in sample.path.read_text(encoding="utf-8").splitlines()
    ]


def test_the_index_names_every_file_once():
    named = [sample.path.name for sample in samples()]
    there = {path.name for path in FOLDER.iterdir() if path.suffix in {".txt", ".html", ".jsonl"}}
    assert sorted(named) == sorted(there)


def test_every_sample_has_a_date_and_a_source():
    for sample in samples():
        if sample.path.suffix != ".jsonl":
            datetime.date.fromisoformat(sample.date)
            assert sample.source.name.startswith("Dragoman samples")
            assert sample.path.read_text(encoding="utf-8").strip()
    for line in lines():
        datetime.date.fromisoformat(line["date"])
        assert line["source"].startswith("Dragoman samples")
        assert line["text"].startswith(line["title"])
    ids = [line["id"] for line in lines()]
    assert len(ids) == len(set(ids))


def test_one_relation_is_told_by_both_sides_over_years():
    dated = [(s.date, s.source.side) for s in samples() if s.path.name.startswith("gbr-rus-")]
    dated += [(line["date"], line["side"]) for line in lines() if line["id"].startswith("gbr-rus-")]
    assert len(dated) >= 8
    assert {side for _, side in dated} == {"GBR", "RUS"}
    assert min(dated)[0][:4] == "2017"
    assert max(dated)[0][:4] == "2021"
    told_twice = {day for day, side in dated if side == "GBR"} & {day for day, side in dated if side == "RUS"}
    assert {"2017-12-22", "2018-03-17", "2021-06-24"} <= told_twice
