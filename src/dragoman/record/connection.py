"""A record in one SQLite file: pragmas, numbered forward migrations, errors that say what is wrong with which file.

Migrations are files `NNNN_name.sql` in `migrations/`; `PRAGMA user_version` holds the number of the last one that ran.
Each runs in one transaction; the file is copied beside itself before an older record is migrated.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from dragoman.errors import RecordError
from dragoman.record.engine import Connection
from dragoman.record.finding import find
from dragoman.record.results import Filters, Hit

MIGRATIONS = Path(__file__).resolve().parent / "migrations"

#: "Drag" in ASCII; a file with another application id is somebody else's database.
APPLICATION_ID = 0x44726167


def numbered(folder: Path) -> list[tuple[int, Path]]:
    """The migrations of a folder in order, as number and file."""
    return sorted((int(path.name[:4]), path) for path in folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))


def migrations() -> list[tuple[int, Path]]:
    """The migrations in order, as number and file."""
    return numbered(MIGRATIONS)


@contextmanager
def clear_errors(path: Path) -> Iterator[None]:
    """Turns what SQLite says into a RecordError that names the file and the way out."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise RecordError(_told(path, error)) from error


def _told(path: Path, error: sqlite3.DatabaseError) -> str:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")) or "decode to UTF-8" in str(error):
        return f"{path}: damaged, or not a record ({error}); restore it from a copy, or add its documents to a new file"
    if name.startswith("SQLITE_READONLY"):
        return f"{path}: read-only; give yourself the right to write to it and its folder, or copy it"
    if name.startswith("SQLITE_FULL"):
        return f"{path}: the disk is full; what was under way is not kept, all before it is; make room and do it again"
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return f"{path}: another program has been writing to it for too long; try again when it is done"
    if name.startswith("SQLITE_CANTOPEN"):
        return (
            f"{path}: cannot be opened; see that it is there, and that you may read it and write to it and its folder"
        )
    if name.startswith("SQLITE_IOERR"):
        return f"{path}: the disk does not read or write ({error}); see that it is there and sound"
    return f"{path}: {error}"


def connect(path: Path, *, write: bool) -> sqlite3.Connection:
    """A connection to a record file, of the schema of this version.

    Raises RecordError when the folder or file is missing, is read-only, is no record, or was made by a newer version.
    """
    if not path.parent.is_dir():
        raise RecordError(f"{path}: there is no folder {path.parent}; make it first")
    if path.is_dir():
        raise RecordError(f"{path}: is a folder; give the name of a file")
    if not write and not path.is_file():
        raise RecordError(f"{path}: there is no such record; `dragoman add` makes one, `--record FILE` names another")
    with clear_errors(path):
        try:
            return _opened(path, str(path), write=write)
        except sqlite3.OperationalError as error:
            if write or error.sqlite_errorname != "SQLITE_CANTOPEN":
                raise
        # A reader, too, has to leave word beside the file that it reads. Where nothing may be written, nobody writes:
        # the file is read as it is, unless the last who wrote to it has left a part of it beside it.
        beside = path.with_name(f"{path.name}-wal")
        if beside.is_file() and beside.stat().st_size:
            raise RecordError(
                f"{path}: a part of it is still in {beside.name}, and its folder is read-only;"
                " copy both to a folder in which you may write"
            )
        return _opened(path, f"{path.absolute().as_uri()}?mode=ro&immutable=1", write=False)


def _opened(path: Path, name: str, *, write: bool) -> sqlite3.Connection:
    # Closed by the thread that closes the store, hence no check; each thread has a connection of its own.
    connection = sqlite3.connect(name, timeout=30, isolation_level=None, check_same_thread=False, uri=name != str(path))
    connection.row_factory = sqlite3.Row
    try:
        _prepare(connection, path, write=write)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, *, write: bool) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    version = _version(connection, path)
    newest = migrations()[-1][0]
    if version > newest:
        raise RecordError(
            f"{path}: made by a newer Dragoman (schema {version}, this one knows {newest}); upgrade Dragoman"
        )
    if version < newest and not write:
        if version == 0:
            raise RecordError(f"{path}: empty, no record; `dragoman add --record {path} FILE` makes one")
        raise RecordError(
            f"{path}: of an older schema ({version}); `dragoman check --quick --record {path}` brings it up to"
            f" {newest} and leaves a copy of it beside it"
        )
    if write:
        connection.execute("PRAGMA journal_mode = WAL")
        if version < newest:
            _migrate(connection, path, version)
    else:
        connection.execute("PRAGMA query_only = ON")
    # In WAL mode NORMAL survives the death of the process at any moment; FULL would pay an fsync a document.
    connection.execute("PRAGMA synchronous = NORMAL")
    # 40 MB of WAL between checkpoints instead of 4: each one waits for the disk, and took half the time of adding.
    connection.execute("PRAGMA wal_autocheckpoint = 10000")
    connection.execute("PRAGMA cache_size = -64000")
    connection.execute("PRAGMA temp_store = MEMORY")


def _version(connection: sqlite3.Connection, path: Path) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    tables = int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    if (tables or application) and application != APPLICATION_ID:
        raise RecordError(f"{path}: is the database of another program; choose another file with --record")
    return version


def _migrate(connection: sqlite3.Connection, path: Path, version: int) -> None:
    if version:
        copy = path.with_name(f"{path.name}.schema{version}")
        target = sqlite3.connect(copy)
        try:
            connection.backup(target)
        finally:
            target.close()
    for number, file in migrations():
        # Asked again inside the transaction: two programs may open a new file at once.
        connection.execute("BEGIN IMMEDIATE")
        try:
            if int(connection.execute("PRAGMA user_version").fetchone()[0]) < number:
                for statement in _statements(file.read_text(encoding="utf-8")):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


def _statements(script: str) -> Iterator[str]:
    """The single statements of a script; `executescript` would commit the transaction first."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path, *, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
    """All or nothing: what is done inside is kept together or not at all."""
    with clear_errors(path):
        connection.execute(begin)
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


class SqliteEngine:
    """A record in a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = str(path)

    def connect(self, *, write: bool) -> Connection:
        """A connection to a record of the schema of this version. Raises RecordError."""
        return connect(self.path, write=write)

    def errors(self) -> AbstractContextManager[None]:
        """Turns what SQLite says into a RecordError that names the file and the way out."""
        return clear_errors(self.path)

    def transaction(self, connection: Connection) -> AbstractContextManager[None]:
        """All or nothing, and one writer at a time."""
        return transaction(_own(connection), self.path)

    def snapshot(self, connection: Connection) -> AbstractContextManager[None]:
        """What is read inside is of one moment; others may write meanwhile."""
        return transaction(_own(connection), self.path, begin="BEGIN")

    def find(self, connection: Connection, query: str, filters: Filters, *, limit: int) -> list[Hit]:
        """Full-text search, best first."""
        return find(_own(connection), query, filters, limit=limit)

    def faults(self, connection: Connection) -> Iterator[str]:
        """What is damaged below the level of documents and claims: pages, references, the full-text indices."""
        inner = _own(connection)
        for row in inner.execute("PRAGMA integrity_check"):
            if row[0] != "ok":
                yield f"a damaged page: {row[0]}"
        for row in inner.execute("PRAGMA foreign_key_check"):
            yield f"a row of {row[0]} that names what is not there in {row[2]}"
        for table in ("documents_text", "claims_text"):
            try:
                inner.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
            except sqlite3.DatabaseError as error:
                yield f"the full-text index {table} does not fit its texts ({error})"

    def size(self, connection: Connection) -> int:
        """How many bytes it takes."""
        inner = _own(connection)
        return int(inner.execute("PRAGMA page_count").fetchone()[0]) * int(
            inner.execute("PRAGMA page_size").fetchone()[0]
        )


def _own(connection: Connection) -> sqlite3.Connection:
    if not isinstance(connection, sqlite3.Connection):
        raise TypeError(f"{connection}: not a connection of this engine")
    return connection
