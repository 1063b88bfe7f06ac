"""What people type as judgements, what is counted of them, and the commands that keep a record sound."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.errors import UsageError
from dragoman.judge import agreements, fields_of, precision, wilson
from dragoman.model import Judgement
from tests.made import event
from tests.test_cli import line, run  # noqa: F401  # a fixture

TALKS = [
    "Ministers of Britain and Russia met in the capital to talk about trade.",
    "Ministers of Britain and Russia met there and talked about trade in the capital.",
    "China and Russia met far away on that day to speak of gas and of nothing else.",
]


def said(claim: str, verdict: str, by: str = "ann") -> Judgement:
    return Judgement(id="", claim=claim, verdict=verdict, by=by, at="")  # type: ignore[arg-type]


def test_the_interval_is_that_of_wilson() -> None:
    # Values of the R function binom.confint(method = "wilson").
    assert [round(one, 4) for one in wilson(90, 100)] == [0.8256, 0.9448]
    assert [round(one, 4) for one in wilson(0, 10)] == [0.0, 0.2775]
    assert wilson(0, 0) == (0.0, 1.0)


def test_precision_by_type_heeds_the_last_word() -> None:
    claims = [event("GBR", "RUS", text=f"{number}") for number in range(3)]
    log = [said(claims[0].id, "wrong"), said(claims[0].id, "right"), said(claims[1].id, "corrected")]
    every, consult = precision(claims, log)
    assert (every.name, every.judged, every.right, every.corrected, every.wrong) == ("all", 2, 1, 1, 0)
    assert consult.name == "CONSULT"
    assert precision(claims, log, by="bob") == []


def test_agreement_is_cohens_kappa() -> None:
    log = [said(f"c{n}", "right" if n < 8 else "wrong") for n in range(10)]
    log += [said(f"c{n}", "right" if n < 7 else "wrong", "bob") for n in range(10)]
    (both,) = agreements(log)
    assert (both.one, both.two, both.both, both.same) == ("ann", "bob", 10, 9)
    # po = .9, pe = .8 * .7 + .2 * .3 = .62
    assert both.kappa == pytest.approx((0.9 - 0.62) / 0.38, abs=1e-4)


def test_fields_are_typed_in_words() -> None:
    found = fields_of(["mode=visit", "actors=GBR, Russia", "date=2009-11", "place=Oslo", "of=consult/visit", "due="])
    assert found["mode"] == "visit"
    assert [one["country"] for one in found["actors"]] == ["GBR", "RUS"]  # type: ignore[attr-defined]
    assert found["date"]["end"] == "2009-11-30"  # type: ignore[index]
    assert found["of"] == {"event_type": "CONSULT", "mode": "visit"}
    assert found["due"] is None
    for wrong in ("mode", "actors=Nobody At All", "date=yesterday-ish", "actors=[{"):
        with pytest.raises(UsageError):
            fields_of([wrong])


@pytest.fixture
def record(run):  # noqa: F811
    lines = b"".join(line(f"d{n}", text, date="2018-03-04") for n, text in enumerate(TALKS))
    assert run("add", "--input", "jsonl", "-", stdin=lines).status == 0
    return run


def items(record, other: str = "GBR") -> list:
    return [json.loads(one) for one in record("timeline", "RUS", other, "--format", "jsonl").out.splitlines()]


def test_a_record_is_judged_from_the_terminal(record) -> None:
    (talks,) = items(record)
    first, second = (one["id"] for one in talks["claims"])
    assert record("judge", second, "reject", "--by", "ann", "--why", "a test").status == 0
    assert len(items(record)[0]["claims"]) == 1
    assert record("judge", second, "accept", "--by", "ann").status == 0
    assert record("judge", talks["id"], "split", "--claim", second, "--by", "ann").status == 0
    one, two = items(record)
    assert record("judge", one["id"], "merge", "--with", two["id"], "--by", "bob").status == 0
    assert len(items(record)) == 1
    (other,) = items(record, "CHN")
    typed = ("--set", "event_type=ACCUSE", "--set", "mode=", "--by", "ann")
    assert record("judge", other["id"], "correct", *typed).status == 0
    (corrected,) = items(record, "CHN")
    assert corrected["event_type"] == "ACCUSE"
    assert (corrected["score"], corrected["quad_class"]) == (-3, 3)
    log = [json.loads(one) for one in record("export", "judgements").out.splitlines()]
    assert [one["verdict"] for one in log] == ["wrong", "right", "not same", "same", "corrected"]
    assert log[0]["why"] == "a test"
    before = record("export", "events").out
    assert record("rebuild").status == 0
    assert record("export", "events").out == before
    assert "sound" in record("check").out
    for wrong in (["nothing", "accept"], [first, "praise"], [first, "merge"], [first, "correct", "--set", "typ=X"]):
        assert record("judge", *wrong, "--by", "ann").status == 2, wrong


def exported(record, kind: str) -> list[dict]:
    return [json.loads(one) for one in record("export", kind).out.splitlines()]


def test_claims_are_added_by_hand_with_a_source(record) -> None:
    words = "Britain met Russia in Oslo to speak of fish."
    typed = ["--set", "event_type=CONSULT", "--set", "mode=visit", "--set", "actors=GBR,RUS", "--by", "ann"]
    assert record("claim", words, "--source", "Fish Gazette", "--published", "2019-05-03", *typed).status == 0
    added = items(record)[-1]
    assert added["sources"] == ["Fish Gazette"]
    assert (added["date"]["start"], added["score"], added["coder"]) == ("2019-05-03", 4.0, "by hand: ann")
    assert record("claim", TALKS[2], "--document", "d2", *typed).status == 0
    assert record("claim", "Never said.", "--document", "d2", *typed).status == 2
    assert record("claim", words, *typed).status == 2
    assert record("claim", words, "--source", "x", "--set", "event_type=NONE", "--by", "ann").status == 2


def test_an_audit_asks_counts_and_compares(record) -> None:
    found = record("audit", "--sample", "3", "--by", "ann", stdin=b"y\nn\nc\nmode=phone\n")
    assert found.status == 0
    assert "all           3      1          1      1       0.33" in found.out
    assert "0 of the 3 drawn are not judged" in found.out
    found = record("audit", "--sample", "3", "--by", "bob", stdin=b"y\nq\n")
    assert "2 of the 3 drawn are not judged by bob" in found.out
    assert "ann, bob" in record("audit", "--sample", "3", "--report").out
    asked = record("review", "--by", "carol", stdin=b"")
    assert asked.status == 0
    assert "0 more that nobody has judged" in asked.err


def test_a_slip_of_the_fingers_is_asked_again_and_judges_nothing(record) -> None:
    typed = b"x\nc\n\nc\nnonsense\nc\nmode=strike\nc\nmode=phone; status=future\n"
    found = record("review", "--by", "ann", "--limit", "1", stdin=typed)
    assert "x: no key" in found.err
    assert "nonsense: write field=value" in found.err
    assert "strike: no mode of CONSULT" in found.err
    assert "1 judged by ann" in found.err
    assert [(one["verdict"], one["fields"]["mode"]) for one in exported(record, "judgements")] == [
        ("corrected", "phone")
    ]
    for command in ("review", "audit"):
        found = record(command, "--kind", "events", "--by", "ann")
        assert found.status == 2
        assert "give event or statement or" in found.err


def test_coding_again_shows_and_asks(record, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "3 claims the same, 0 new" in record("recode", "--dry-run").out
    (talks,) = items(record)
    assert record("judge", talks["claims"][0]["id"], "accept", "--by", "ann").status == 0
    from dragoman import keep  # noqa: PLC0415
    from tests.made import StubCoder  # noqa: PLC0415

    class Newer(StubCoder):
        def __init__(self) -> None:
            super().__init__()
            self.codes = {"Britain": "GBR", "Russia": "RUS", "capital": "FRA", "China": "CHN"}

    monkeypatch.setattr(keep, "coder", lambda *_: Newer())
    found = record("recode", "--format", "jsonl")
    changes = [json.loads(one) for one in found.out.splitlines()]
    assert sorted(one["change"] for one in changes) == ["asked", "changed"]
    assert "actors" in changes[0]["fields"]
    assert "review --asked" in found.err
    assert "is now" in record("review", "--asked", "--by", "ann", stdin=b"y\n").out
    assert len(items(record)[0]["claims"]) + len(items(record)[-1]["claims"]) >= 2
    assert "nothing waits" in record("review", "--asked", "--by", "ann").err
    assert "sound" in record("check").out


def test_a_copy_and_a_fault(record) -> None:
    assert record("backup", "copy.sqlite").status == 0
    assert record("relations", "--record", "copy.sqlite").out == record("relations").out
    assert record("backup", "copy.sqlite").status == 2
    import sqlite3  # noqa: PLC0415

    connection = sqlite3.connect("copy.sqlite")
    connection.execute("UPDATE documents SET claims = 9 WHERE id = 'd1'")
    connection.commit()
    connection.close()
    found = record("check", "--quick", "--record", "copy.sqlite")
    assert found.status == 1
    assert "document d1: says that it has 9 claims and has 1" in found.out
    assert Path("copy.sqlite").is_file()
