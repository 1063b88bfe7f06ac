"""A record to test on: a file, and a database of its own in the PostgreSQL that DRAGOMAN_TEST_POSTGRES names."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from dragoman.record.keeping import TABLES
from dragoman.record.reading import engine_of

SERVER = os.environ.get("DRAGOMAN_TEST_POSTGRES", "")
NO_SERVER = "no PostgreSQL: set DRAGOMAN_TEST_POSTGRES to the URL of one (`.ci/postgres start DIR` starts one)"


@pytest.fixture
def postgres() -> Iterator[str]:
    """The URL of an empty database, gone after the test."""
    if not SERVER:
        pytest.skip(NO_SERVER)
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed; it comes with the extra `postgres`")
    name = f"t_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    yield urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["file", "postgres"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a record may be made."""
    return tmp_path / "test.sqlite" if request.param == "file" else request.getfixturevalue("postgres")


def content(where: Path | str, *, but: tuple[str, ...] = ("judgements", "removals")) -> dict[str, list]:
    """Everything in a record but the row numbers and what tells of the time at which something was done."""
    connection = engine_of(where).connect(write=False)
    try:
        return {
            table: sorted(
                (
                    tuple(bytes(one) if isinstance(one, memoryview) else one for one in dict(row).values())
                    for row in connection.execute(f"SELECT {columns} FROM {table}")
                ),
                key=repr,
            )
            for table, columns in TABLES.items()
            if table not in but
        }
    finally:
        connection.close()
