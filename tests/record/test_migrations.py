"""An older record is brought up by itself after a copy, with all that it held, in both databases."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from dragoman.errors import RecordError
from dragoman.record import Filters
from dragoman.record import connection as connection_module
from dragoman.record import postgres as postgres_module
from dragoman.record.keeping import TABLES
from dragoman.record.postgres import PostgresEngine
from dragoman.record.postgres import migrations as postgres_migrations
from tests.made import coded, day, event, statement
from tests.record.conftest import content
from tests.record.test_store import opened, reports

NEXT = connection_module.migrations()[-1][0] + 1


def test_an_older_record_is_brought_up_after_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "test.sqlite"
    with opened(path) as store:
        store.add(reports()[0])
    newer = tmp_path / f"{NEXT:04}_more.sql"
    newer.write_text("-- a comment; with a semicolon\nCREATE TABLE more (x);\nCREATE INDEX more_x ON more (x);\n")
    both = [*connection_module.migrations(), (NEXT, newer)]
    monkeypatch.setattr(connection_module, "migrations", lambda: both)
    with pytest.raises(RecordError, match="older schema"):
        opened(path, write=False)
    with opened(path) as store:
        assert store.holds("one")
    assert (tmp_path / f"test.sqlite.schema{NEXT - 1}").is_file()
    with opened(path, write=False) as store:
        assert store.holds("one")


def test_a_migration_that_fails_leaves_the_record_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "test.sqlite"
    opened(path).close()
    broken = tmp_path / f"{NEXT:04}_broken.sql"
    broken.write_text("CREATE TABLE more (x);\nCREATE TABLE more (x);\n")
    with monkeypatch.context() as patch:
        both = [*connection_module.migrations(), (NEXT, broken)]
        patch.setattr(connection_module, "migrations", lambda: both)
        with pytest.raises(RecordError, match="already exists"):
            opened(path)
    with opened(path) as store:
        store.add(reports()[0])


def test_both_databases_have_the_same_migrations() -> None:
    assert [(n, path.name) for n, path in postgres_migrations()] == [
        (n, path.name) for n, path in connection_module.migrations()
    ]


def of_all_kinds() -> list:
    """Reports whose claims have every kind of mark: statuses, sides, no day, many years, days before and after ours."""
    spans = [day("2009-11-02"), day("1848-01-01", "1848-12-31"), day("1990-01-01", "2130-12-31"), None]
    spans += [day("1998-05-01", "2011-02-03"), day("2009-01-01", "2009-12-31")]
    more: list = [
        event("GBR NATO", "RUS", text=f"They spoke, {number}.", date=span, status="future", document="five")
        for number, span in enumerate(spans)
    ]
    return [
        *reports(),
        coded("five", *more, statement("", "Nobody said it.", document="five"), source="Тасс", side="RUS"),
    ]


def carried(new: Path, old: sqlite3.Connection | object, tables: dict[str, list[str]]) -> None:
    """Writes the rows of a record of today into the tables of an older one, as far as these have them."""
    there = sqlite3.connect(new)
    for table, columns in tables.items():
        listed = ", ".join(f'"{one}"' for one in columns)
        rows = there.execute(f"SELECT {listed} FROM {table}").fetchall()
        old.executemany(f"INSERT INTO {table} ({listed}) VALUES ({', '.join('?' * len(columns))})", rows)  # type: ignore[attr-defined]
    there.close()


@pytest.mark.parametrize("version", [1, 2, 3])
def test_an_older_schema_is_brought_up_with_all_that_it_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    old, new = tmp_path / "old.sqlite", tmp_path / "new.sqlite"
    with opened(new) as store:
        for one in of_all_kinds():
            store.add(one)
    with monkeypatch.context() as patch:
        first = connection_module.migrations()[:version]
        patch.setattr(connection_module, "migrations", lambda: first)
        connection = connection_module.connect(old, write=True)
        tables = TABLES if version > 1 else dict.fromkeys(("documents", "claims", "claim_actors"))
        has = {table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})")] for table in tables}
        carried(new, connection, has)
        connection.close()
    with opened(old) as store:
        if version == 1:
            store.rebuild()
        assert list(store.check()) == []
        for filters in (Filters(parties=("NATO",), status="future"), Filters(since="1848-02-01", until="1848-03-01")):
            with opened(new) as today:
                wanted = {hit.id for hit in today.search("spoke", filters=filters)}
            assert {hit.id for hit in store.search("spoke", filters=filters)} == wanted != set()
    assert content(old) == content(new)
    assert (tmp_path / f"old.sqlite.schema{version}").is_file()


def test_an_older_schema_in_postgres_too(tmp_path: Path, postgres: str, monkeypatch: pytest.MonkeyPatch) -> None:
    new = tmp_path / "new.sqlite"
    with opened(new) as store:
        for one in of_all_kinds():
            store.add(one)
    with monkeypatch.context() as patch:
        first = postgres_migrations()[:3]
        patch.setattr(postgres_module, "migrations", lambda: first)
        connection = PostgresEngine(postgres).connect(write=True)
        has = {
            table: [name for one in columns.split(",") if (name := one.strip().strip('"')) != "marks"]
            for table, columns in TABLES.items()
        }
        carried(new, connection, has)
        connection.close()
    with opened(postgres) as store:
        found = store.search("spoke", filters=Filters(parties=("NATO",), status="future"))
        assert {hit.kind for hit in found} == {"event"}
        assert list(store.check()) == []
    assert content(postgres) == content(new)
