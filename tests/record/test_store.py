"""The store keeps, finds, takes out and derives; the order of additions leaves no trace."""

from __future__ import annotations

import itertools
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dragoman.errors import RecordError, UsageError
from dragoman.model import Skipped
from dragoman.reconcile import Reconciler
from dragoman.record import Store
from dragoman.record.reading import engine_of
from tests.made import coded, entity, event, statement
from tests.record.conftest import content


def opened(path: Path | str, **more: bool) -> Store:
    return Store.open(path, deriver=Reconciler(), **more)


def reports() -> list:
    return [
        coded(
            "one",
            event("GBR", "RUS", text="The Foreign Secretary visited Moscow.", document="one"),
            statement("GBR", "We want a better relation.", document="one"),
            side="GBR",
        ),
        coded(
            "two",
            event("GBR", "RUS", text="London's minister visited Moscow yesterday.", document="two"),
            side="RUS",
        ),
        coded(
            "three",
            event("CHN RUS", text="China and Russia held talks.", on="2009-11-20", mode="", document="three"),
        ),
        coded(
            "four",
            event("GBR", "RUS", text="The minister visited Moscow.", on="2009-11-03", document="four"),
            event("GBR", "RUS", text="Britain may visit Russia.", status="hypothetical", document="four"),
        ),
    ]


def test_two_accounts_are_one_event_with_two_claims(path: Path | str) -> None:
    with opened(path) as store:
        results = [store.add(one) for one in reports()]
        assert [one.added for one in results] == [True] * 4
        visits = store.events("RUS", "GBR", status="actual")
        assert len(visits) == 1
        assert len(visits[0].links) == 3
        assert visits[0].sides == ("GBR", "RUS")
        assert visits[0].first_known == "2009-11-03"
        assert all(link.reason.endswith(".") for link in visits[0].links)
        assert len(store.events("GBR", "RUS")) == 2
        assert store.events("GBR", "RUS", directed=True) == store.events("GBR", "RUS")
        assert store.events("RUS", "GBR", directed=True) == []
        assert len(store.events("RUS")) == 3
        assert [(one.a, one.b, one.events) for one in store.relations()] == [
            ("GBR", "RUS", 2),
            ("CHN", "RUS", 1),
        ]
        assert [one.kind for one in store.items("statement", "GBR", "RUS")] == ["statement"]
        assert store.items("statement", "CHN", "RUS") == []


def test_any_order_gives_the_same_record(tmp_path: Path) -> None:
    first: dict[str, list] = {}
    # A file alone: what is derived is derived by the same statements on both.
    for number, order in enumerate(itertools.permutations(reports())):
        path = tmp_path / f"{number}.sqlite"
        with opened(path) as store:
            for one in order:
                store.add(one)
        found = content(path)
        first = first or found
        assert found == first


def test_adding_twice_changes_nothing(path: Path | str) -> None:
    with opened(path) as store:
        for one in reports():
            store.add(one)
        before = content(path)
        again = store.add(reports()[0])
        assert not again.added
        assert content(path) == before


def test_removing_leaves_only_a_line(tmp_path: Path) -> None:
    whole, part = tmp_path / "whole.sqlite", tmp_path / "part.sqlite"
    with opened(whole) as store:
        for one in reports():
            store.add(one)
        assert store.remove("two", why="a test") == 1
        assert [(one.document, one.claims, one.why) for one in store.removals()] == [("two", 1, "a test")]
        assert store.search("yesterday") == []
        with pytest.raises(RecordError, match="holds no document two"):
            store.remove("two")
    with opened(part) as store:
        for one in reports():
            if one.document.id != "two":
                store.add(one)
    assert content(whole) == content(part)


def test_rebuild_gives_the_same_record(path: Path | str) -> None:
    with opened(path) as store:
        for one in reports():
            store.add(one)
        before = content(path)
        assert store.rebuild() == len(before["items"])
    assert content(path) == before


def test_judgements_are_kept_and_obeyed(path: Path | str) -> None:
    with opened(path) as store:
        for one in reports():
            store.add(one)
        visit = store.events("GBR", "RUS", status="actual")[0]
        best, other = visit.links[0].claim, visit.links[1].claim
        store.judge(other, "wrong", by="ann", why="not a visit")
        assert len(store.events("GBR", "RUS", status="actual")[0].links) == 2
        store.judge(other, "right", by="ann")
        assert len(store.events("GBR", "RUS", status="actual")[0].links) == 3
        store.judge(best, "not same", by="ann", other=other)
        assert len(store.events("GBR", "RUS", status="actual")) == 2
        store.judge(best, "corrected", by="ann", fields={"mode": "phone"})
        assert {one.claim.mode for one in store.events("GBR", "RUS", status="actual")} == {"phone", "visit"}
        assert [one.verdict for one in store.judgements()] == ["wrong", "right", "not same", "corrected"]
        with pytest.raises(UsageError):
            store.judge(best, "same", by="ann")
        with pytest.raises(RecordError, match="no claim nothing"):
            store.judge("nothing", "right", by="ann")
    engine = engine_of(path)
    connection = engine.connect(write=True)
    for change in ("DELETE FROM judgements", "UPDATE judgements SET why = 'otherwise'"):
        with pytest.raises(RecordError, match="never"), engine.errors():
            connection.execute(change)
    connection.close()


def test_explain_tells_all_that_stands_behind(path: Path | str) -> None:
    with opened(path) as store:
        for one in reports():
            store.add(one)
        visit = store.events("GBR", "RUS", status="actual")[0]
        by_item, by_claim = store.explain(visit.id), store.explain(visit.links[1].claim)
        assert by_item
        assert by_claim
        assert by_item.item == by_claim.item == visit
        assert {one.id for one in by_item.documents} == {"one", "two", "four"}
        assert store.explain("nothing") is None


def test_what_was_passed_over_is_a_line(path: Path | str) -> None:
    with opened(path) as store:
        store.skip(Skipped(id="x", where="a.txt:3", why="no text"))
        store.skip(Skipped(id="x", where="a.txt:3", why="no text"))
        assert store.skipped() == [("x", "a.txt:3", "no text")]


def test_names_of_organisations_tell_them_apart(path: Path | str) -> None:
    people = (entity("IGO", "NATO"), entity("RUS"))
    with opened(path) as store:
        store.add(coded("n", event("NATO RUS", people=people, document="n", mode="")))
        assert [(one.a, one.b) for one in store.relations()] == [("NATO", "RUS")]


def test_errors_say_what_and_which(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="there is no folder"):
        opened(tmp_path / "nowhere" / "x.sqlite")
    with pytest.raises(RecordError, match="no such record"):
        opened(tmp_path / "x.sqlite", write=False)
    damaged = tmp_path / "damaged.sqlite"
    damaged.write_bytes(b"this is no database at all" * 100)
    with pytest.raises(RecordError, match="damaged"):
        opened(damaged)
    foreign = tmp_path / "foreign.sqlite"
    connection = sqlite3.connect(foreign)
    connection.execute("CREATE TABLE mine (x)")
    connection.commit()
    connection.close()
    with pytest.raises(RecordError, match="another program"):
        opened(foreign)
    newer = tmp_path / "newer.sqlite"
    opened(newer).close()
    connection = sqlite3.connect(newer)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(RecordError, match="newer Dragoman"):
        opened(newer)
    with pytest.raises(RecordError, match="is a folder"):
        opened(tmp_path)


def test_reading_only_cannot_write(path: Path | str) -> None:
    opened(path).close()
    with opened(path, write=False) as store, pytest.raises(RecordError, match="for reading only"):
        store.add(reports()[0])


def test_threads_write_and_read_at_once(path: Path | str) -> None:
    made = [
        coded(f"d{n}", event("GBR", "RUS", text=f"Visit number {n} to Moscow.", document=f"d{n}")) for n in range(40)
    ]
    with opened(path) as store, ThreadPoolExecutor(4) as pool:
        adding = [pool.submit(store.add, one) for one in made]
        asking = [pool.submit(store.events, "GBR", "RUS") for _ in range(20)]
        assert all(one.result().added for one in adding)
        assert all(isinstance(one.result(), list) for one in asking)
        assert len(store.documents()) == 40
        (visit,) = store.events("GBR", "RUS")
        assert len(visit.links) == 40


def test_postgres_says_what_is_wrong(postgres: str) -> None:
    with pytest.raises(RecordError, match="no record in it"):
        opened(postgres, write=False)
    with pytest.raises(RecordError, match="does not answer"):
        opened("postgresql://nobody:secret@127.0.0.1:1/nothing")
    opened(postgres).close()
    engine = engine_of(postgres)
    reading = engine.connect(write=False)
    with pytest.raises(RecordError, match="read-only"), engine.errors():
        reading.execute("DELETE FROM documents")
    reading.close()
    connection = engine.connect(write=True)
    connection.execute("INSERT INTO dragoman_schema (version) VALUES (99)")
    connection.close()
    with pytest.raises(RecordError, match="newer Dragoman"):
        opened(postgres)


def test_a_password_is_in_no_message() -> None:
    engine = engine_of("postgresql://ann:secret@example.org:5432/team")
    assert engine.name == "postgresql://ann@example.org:5432/team"


def test_a_record_goes_from_a_file_to_postgres_and_back(tmp_path: Path, postgres: str) -> None:
    first, last = tmp_path / "first.sqlite", tmp_path / "last.sqlite"
    with opened(first) as store:
        for one in reports():
            store.add(one)
        store.judge(store.events("GBR", "RUS", status="actual")[0].links[1].claim, "wrong", by="ann")
        assert store.backup(postgres) > 0
        with pytest.raises(RecordError, match="holds a record already"):
            store.backup(postgres)
    with opened(postgres) as store:
        assert not list(store.check())
        assert store.add(coded("five", event("GBR", "RUS", text="A call.", document="five", mode="phone"))).added
        assert store.remove("five") == 1
        store.backup(last)
    assert content(first, but=("removals",)) == content(postgres, but=("removals",)) == content(last, but=("removals",))
