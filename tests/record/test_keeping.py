"""A damaged or inconsistent record is told, a copy is whole while others write, and full or locked disks are said."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from dragoman.errors import RecordError
from dragoman.reconcile import Reconciler
from dragoman.record import Store
from dragoman.record import connection as connection_module
from tests.made import coded, event
from tests.record.conftest import content

ROOT = Path(__file__).resolve().parents[2]
WORDS = [f"word{number}" for number in range(16)]


def opened(path: Path | str, **more: bool) -> Store:
    return Store.open(path, deriver=Reconciler(), **more)


def report(number: int, tail: str = ""):
    name = f"d{number:03}"
    text = f"Report {number}: the minister visited Moscow for talks.{tail}"
    return coded(name, event("GBR", "RUS", text=text, document=name, on=f"2009-{number % 12 + 1:02}-02"))


@pytest.fixture
def full(path: Path | str):
    with opened(path) as store:
        for number in range(12):
            store.add(report(number))
        yield store


def fill(store: Store) -> str:
    """Adds reports until there is no room, and gives what is said then."""
    try:
        for number in range(5, 400):
            store.add(report(number, tail=" More was said of it." * 50))
    except RecordError as error:
        return str(error)
    return ""


def change(store: Store, sql: str) -> None:
    connection = store.engine.connect(write=True)
    with store.engine.errors():
        connection.execute(sql)
    connection.close()


def test_a_sound_record_has_no_faults(full: Store) -> None:
    assert list(full.check()) == []


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE documents SET claims = 7 WHERE id = 'd003'", "document d003: says that it has 7 claims and has 1"),
        ("DELETE FROM item_claims WHERE claim = (SELECT id FROM claims WHERE document = 'd003')", "counts for no item"),
        ("UPDATE items SET type = 'AID' WHERE id = (SELECT min(id) FROM items)", "items: holds something else"),
        ("DELETE FROM item_pairs", "item_pairs: holds something else"),
        ("UPDATE documents SET text = 'Nothing of the kind was ever said here, in no place.' WHERE id = 'd003'",
         "does not say its words"),
        ("UPDATE claims SET payload = '{}' WHERE document = 'd003'", "cannot be read"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said(full: Store, sql: str, said: str) -> None:
    if "payload" in sql:
        sql = sql.replace("'{}'", "'{}'::bytea" if "postgres" in full.path else "x'7b7d'")
    change(full, sql)
    assert any(said in one for one in full.check())
    if "read" in said:
        # What cannot be read cannot be derived again either, and is no fault of the program.
        assert any("nothing can be derived" in one for one in full.check())
        with pytest.raises(RecordError, match="damaged"):
            full.claims()


def test_a_damaged_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "damaged.sqlite"
    with opened(path) as store:
        for number in range(300):
            store.add(report(number, tail=" More was said of it." * 20))
    raw = bytearray(path.read_bytes())
    middle = len(raw) // 2
    raw[middle : middle + 40_000] = b"\x5a" * 40_000
    path.write_bytes(raw)
    try:
        with opened(path) as store:
            faults = list(store.check(derive=False))
    except RecordError as error:
        faults = [str(error)]
    assert any("damaged" in one for one in faults)


def test_a_backup_is_whole_while_others_write(tmp_path: Path) -> None:
    path, copy = tmp_path / "busy.sqlite", tmp_path / "copy.sqlite"
    with opened(path) as store:
        for number in range(50):
            store.add(report(number))
        going = threading.Event()

        def write() -> None:
            with opened(path) as other:
                number = 50
                while not going.is_set():
                    other.add(report(number))
                    number += 1

        writer = threading.Thread(target=write)
        writer.start()
        time.sleep(0.1)
        assert store.backup(copy) > 0
        going.set()
        writer.join()
    with opened(copy) as kept:
        assert len(kept.documents()) >= 50
        assert list(kept.check()) == []
    assert not list(tmp_path.glob("*.partial"))
    with opened(path) as store:
        with pytest.raises(RecordError, match="is there already"):
            store.backup(copy)
        with pytest.raises(RecordError, match="no folder"):
            store.backup(tmp_path / "none" / "copy.sqlite")


def test_a_full_disk_is_said_and_costs_nothing_that_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "full.sqlite"
    with opened(path) as store:
        for number in range(5):
            store.add(report(number))
        before = content(path)
        # SQLite's own limit gives the very error of a full disk.
        pages = store._connection().execute("PRAGMA page_count").fetchone()[0]
        store._connection().execute(f"PRAGMA max_page_count = {pages + 2}")
        said = fill(store)
        assert "disk is full" in said
        held = len(store.documents())
        store._connection().execute("PRAGMA max_page_count = 1073741823")
        assert len(store.documents()) == held >= 5
        assert list(store.check()) == []
        store.add(report(500))
        for number in range(5, 400):
            if store.holds(f"d{number:03}"):
                store.remove(f"d{number:03}")
        store.remove("d500")
    assert content(path) == before


def test_a_file_that_may_not_be_written_is_said() -> None:
    script = (
        "import os, sys\nfrom dragoman.errors import RecordError\nfrom dragoman.reconcile import Reconciler\n"
        "from dragoman.record import Store\nfrom tests.made import coded\n"
        # Root may write anywhere.
        "if os.getuid() == 0: os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        "try:\n    Store.open(sys.argv[1], deriver=Reconciler()).add(coded('x'))\n"
        "except RecordError as error:\n    print(error)\n"
    )
    folder = Path(tempfile.mkdtemp())
    try:
        path = folder / "locked.sqlite"
        opened(path).close()
        path.chmod(0o444)
        folder.chmod(0o555)
        run = subprocess.run(
            [sys.executable, "-c", script, str(path)], cwd=ROOT, capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
        assert "read-only" in run.stdout, run.stdout + run.stderr
        assert str(path) in run.stdout
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_record_is_read_and_copied_where_nothing_may_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, copy = tmp_path / "shared.sqlite", tmp_path / "copy.sqlite"
    with opened(path) as store:
        store.add(report(1))
    real = sqlite3.connect

    class Locked(sqlite3.Connection):
        """Like a file on a read-only disk: to write nothing, not even that somebody reads, is asked for."""

        def execute(self, *_: object) -> sqlite3.Cursor:
            error = sqlite3.OperationalError("unable to open database file")
            error.sqlite_errorname = "SQLITE_CANTOPEN"
            raise error

    def connect(name: object, **more: object) -> sqlite3.Connection:
        return real(name, **more) if "immutable=1" in str(name) else real(name, factory=Locked, **more)  # type: ignore[call-overload]

    with monkeypatch.context() as patch:
        patch.setattr(connection_module.sqlite3, "connect", connect)
        with pytest.raises(RecordError, match="cannot be opened"):
            opened(path)
        with opened(path, write=False) as store:
            assert len(store.events("GBR", "RUS")) == 1
            patch.undo()
            assert store.backup(copy) > 0
        patch.setattr(connection_module.sqlite3, "connect", connect)
        (tmp_path / "shared.sqlite-wal").write_bytes(b"something")
        with pytest.raises(RecordError, match="copy both"):
            opened(path, write=False)
    with opened(copy) as kept:
        assert list(kept.check()) == []


def test_a_copy_that_cannot_be_made_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(tmp_path / "one.sqlite") as store:
        store.add(report(1))

        def full(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "replace", full)
        with pytest.raises(RecordError, match=r"cannot be written \(No space left"):
            store.backup(tmp_path / "two.sqlite")


def test_a_reader_copies_a_file_to_postgres(tmp_path: Path, postgres: str) -> None:
    with opened(tmp_path / "one.sqlite") as store:
        store.add(report(1))
    with opened(tmp_path / "one.sqlite", write=False) as store:
        store.backup(postgres)
    with opened(postgres, write=False) as store:
        store.backup(tmp_path / "two.sqlite")
    assert content(tmp_path / "two.sqlite") == content(tmp_path / "one.sqlite")


def test_several_read_while_one_writes(path: Path | str) -> None:
    opened(path).close()
    done = threading.Event()
    seen: list[int] = []
    wrong: list[str] = []

    def read() -> None:
        with opened(path, write=False) as store:
            while not done.is_set():
                # Whatever moment a reader meets, a document is there with all its claims or not at all.
                (row,) = store._rows(
                    "SELECT (SELECT count(*) FROM documents) AS documents, (SELECT count(*) FROM claims) AS claims,"
                    " (SELECT count(*) FROM item_claims) AS links"
                )
                if not row["documents"] == row["claims"] == row["links"]:
                    wrong.append(str(dict(row)))
                seen.append(row["documents"])

    readers = [threading.Thread(target=read) for _ in range(3)]
    for one in readers:
        one.start()
    with opened(path) as first, opened(path) as second:
        for number in range(40):
            (first if number % 2 else second).add(report(number))
    done.set()
    for one in readers:
        one.join()
    assert not wrong
    assert max(seen) > min(seen)


def test_copies_count_once_in_any_order_and_part_again(path: Path | str, tmp_path: Path) -> None:
    body = " ".join(f"{one} {two}" for one in WORDS for two in WORDS[:4])
    texts = {
        "a": f"The minister visited Moscow for talks. {body}",
        "b": f"Agency: the minister visited Moscow for talks. {body} It was said on Monday.",
        "c": f"The minister visited Moscow for talks, said another paper. {' '.join(reversed(body.split()))}",
    }
    made = {
        name: coded(name, event("GBR", "RUS", text=text[:30], document=name), text=text) for name, text in texts.items()
    }
    found = []
    for number, order in enumerate(("abc", "cba", "bac")):
        where = path if not number else tmp_path / f"{number}.sqlite"
        with opened(where) as store:
            for name in order:
                store.add(made[name])
            (visit,) = store.events("GBR", "RUS")
            assert (len(visit.links), visit.stories) == (3, 2)
        found.append({table: rows for table, rows in content(where).items() if table != "documents"})
    assert found[1] == found[2]
    with opened(path) as store:
        store.remove("a")
        (visit,) = store.events("GBR", "RUS")
        assert (len(visit.links), visit.stories) == (2, 2)
        before = content(path)
        store.rebuild()
        assert content(path) == before
