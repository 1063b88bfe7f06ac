"""A record in PostgreSQL, for a team: the same tables, statements and answers as in a file, by one URL.

Writers take turns by an advisory lock; readers never wait. Schema changes are transactions: one that fails leaves the
record as it was. A zero character, which PostgreSQL cannot hold, becomes the replacement character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from dragoman.errors import RecordError
from dragoman.record import marks
from dragoman.record.connection import MIGRATIONS, numbered
from dragoman.record.engine import Connection, Cursor, Values
from dragoman.record.finding import RANKED, Term, terms
from dragoman.record.results import Filters, Hit

if TYPE_CHECKING:
    import psycopg

#: What a URL of a record in PostgreSQL begins with.
SCHEMES = ("postgresql://", "postgres://")
#: The advisory lock of writers: "Drag" in ASCII.
WRITERS = 0x44726167
#: PostgreSQL gives up waiting for another writer after so long.
WAIT = "30s"

_VALUE = re.compile(r"'[^']*'|\?|(?<![:\w]):([a-z_]\w*)|%")


@lru_cache(maxsize=512)
def translated(sql: str) -> str:
    """A statement of this package in psycopg's way of writing values; what stands in quotes is left alone."""

    def value(found: re.Match[str]) -> str:
        if found[0] == "?":
            return "%s"
        if found[0] == "%":
            return "%%"
        return f"%({found[1]})s" if found[1] else found[0].replace("%", "%%")

    return _VALUE.sub(value, sql)


def _clean(value: Any) -> Any:  # noqa: ANN401  # a plain value
    return value.replace("\x00", "\ufffd") if isinstance(value, str) and "\x00" in value else value


class _Connection:
    """A psycopg connection that takes the statements of this package."""

    def __init__(self, inner: psycopg.Connection[dict[str, Any]]) -> None:
        self.inner = inner

    def execute(self, sql: str, values: Values = (), /) -> Cursor:
        """Runs one statement."""
        return self.inner.execute(translated(sql), self._values(values))

    def executemany(self, sql: str, values: Iterable[Values], /) -> object:
        """Runs one statement for each of the values."""
        rows = [self._values(one) for one in values]
        if rows:
            with self.inner.cursor() as cursor:
                cursor.executemany(translated(sql), rows)
        return None

    @staticmethod
    def _values(values: Values) -> Any:  # noqa: ANN401  # what psycopg takes
        if isinstance(values, Mapping):
            return {name: _clean(value) for name, value in values.items()}
        return [_clean(value) for value in values]

    def close(self) -> None:
        """Ends it."""
        self.inner.close()


class PostgresEngine:
    """A record in a PostgreSQL database, named by its URL (`postgresql://user@host/database`)."""

    def __init__(self, url: str) -> None:
        self.url = url
        parts = urlsplit(url)
        shown = parts.netloc.rpartition("@")
        user = shown[0].partition(":")[0]
        self.name = urlunsplit(parts._replace(netloc=f"{user}@{shown[2]}" if user else shown[2]))

    def connect(self, *, write: bool) -> Connection:
        """A connection to a record of the schema of this version.

        Raises RecordError when there is no server, no such database, no record, or one of another version.
        """
        try:
            import psycopg  # noqa: PLC0415  # an optional extra
            from psycopg.rows import dict_row  # noqa: PLC0415
        except ImportError as error:
            raise RecordError(
                f"{self.name}: needs psycopg; install Dragoman with it: pip install 'dragoman[postgres]'"
            ) from error
        with self.errors():
            inner = psycopg.connect(
                self.url, autocommit=True, row_factory=dict_row, cursor_factory=psycopg.ClientCursor, connect_timeout=10
            )
            connection = _Connection(inner)
            try:
                connection.execute("SET client_min_messages = warning")
                connection.execute(f"SET lock_timeout = '{WAIT}'")
                self._prepare(connection, write=write)
            except BaseException:
                connection.close()
                raise
        return connection

    def _prepare(self, connection: _Connection, *, write: bool) -> None:
        versions = migrations()
        newest = versions[-1][0]
        version = self._version(connection)
        if version > newest:
            raise RecordError(
                f"{self.name}: made by a newer Dragoman (schema {version}, this one knows {newest}); upgrade Dragoman"
            )
        if version < newest and not write:
            if version == 0:
                raise RecordError(f"{self.name}: no record in it; `dragoman add --record {self.name} FILE` makes one")
            raise RecordError(
                f"{self.name}: of an older schema ({version}); `dragoman check --quick --record {self.name}` brings it"
                f" up to {newest}"
            )
        if version < newest:
            with self.transaction(connection):
                # Asked again under the lock: two programs may open a new record at once.
                version = self._version(connection)
                connection.execute("CREATE TABLE IF NOT EXISTS dragoman_schema (version INTEGER PRIMARY KEY)")
                for number, file in versions:
                    if number > version:
                        # Without values psycopg sends a script as it is.
                        connection.inner.execute(file.read_text(encoding="utf-8"))
                        connection.execute("INSERT INTO dragoman_schema (version) VALUES (?)", (number,))
        if not write:
            connection.execute("SET default_transaction_read_only = on")

    def _version(self, connection: _Connection) -> int:
        there = connection.execute(
            "SELECT to_regclass('dragoman_schema') AS mine, to_regclass('documents') AS other"
        ).fetchone()
        if there is None or there["mine"] is None:
            if there is not None and there["other"] is not None:
                raise RecordError(f"{self.name}: holds tables of another program; choose another database or schema")
            return 0
        found = connection.execute("SELECT coalesce(max(version), 0) AS version FROM dragoman_schema").fetchone()
        return int(found["version"]) if found else 0

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turns what PostgreSQL says into a RecordError that names the record and the way out."""
        import psycopg  # noqa: PLC0415  # there is no error of it without it

        try:
            yield
        except psycopg.Error as error:
            raise RecordError(self._told(error)) from error

    def _told(self, error: psycopg.Error) -> str:
        import psycopg  # noqa: PLC0415

        known: dict[type[psycopg.Error], str] = {
            psycopg.errors.DiskFull: "the server's disk is full; nothing of the last document was kept; make room",
            psycopg.errors.LockNotAvailable: "another program has been writing for too long; try again when it is done",
            psycopg.errors.ReadOnlySqlTransaction: "read-only; open it with the right to write",
            psycopg.errors.InsufficientPrivilege: "a right is missing; ask for that to create and write tables",
            psycopg.errors.UndefinedFile: "the server lacks an extension; install postgresql-contrib",
            psycopg.OperationalError: "the server does not answer; see that it runs, and the host, user and database",
        }
        line = " ".join(str(error).split())
        for kind, way in known.items():
            if isinstance(error, kind):
                return f"{self.name}: {way} ({line})"
        return f"{self.name}: {line}"

    @contextmanager
    def transaction(self, connection: Connection) -> Iterator[None]:
        """All or nothing, and one writer at a time."""
        if not isinstance(connection, _Connection):
            raise TypeError(f"{connection}: not a connection of this engine")
        with self.errors(), connection.inner.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(?)", (WRITERS,))
            yield

    @contextmanager
    def snapshot(self, connection: Connection) -> Iterator[None]:
        """What is read inside is of one moment; others may write meanwhile."""
        if not isinstance(connection, _Connection):
            raise TypeError(f"{connection}: not a connection of this engine")
        with self.errors(), connection.inner.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield

    def find(self, connection: Connection, query: str, filters: Filters, *, limit: int) -> list[Hit]:
        """Hits best first, documents and claims together; an empty query finds nothing."""
        wanted = terms(query)
        if not wanted:
            return []
        values: dict[str, Any] = {"since": filters.since, "until": filters.until, "limit": limit}
        match = " && ".join(_matching(number, term, values) for number, term in enumerate(wanted))
        if not connection.execute(f"SELECT numnode({match}) AS n", values).fetchone()["n"]:  # type: ignore[index]
            return []
        hits: list[Hit] = []
        for sql, asked, start, end in (
            (_DOCUMENTS, filters.documents, "published_start", "published_end"),
            (_CLAIMS, filters.claims, "date_start", "date_end"),
        ):
            if asked:
                groups = marks.asked(filters, claims=sql is _CLAIMS)
                values["marks"] = " & ".join(f"({' | '.join(map(_MARK.format, group))})" for group in groups)
                found = sql.format(match=match, days=filters.days("held", start, end))
                hits += [Hit(**row) for row in connection.execute(found, values)]
        return sorted(hits, key=lambda hit: (hit.rank, hit.kind, hit.id))[:limit]

    def faults(self, connection: Connection) -> Iterator[str]:
        """What is damaged below the level of documents and claims: PostgreSQL keeps its own checks."""
        found = connection.execute("SELECT count(*) AS n FROM pg_constraint WHERE NOT convalidated").fetchone()
        if found and found["n"]:
            yield f"{found['n']} constraints that were never checked; see pg_constraint"

    def size(self, connection: Connection) -> int:
        """How many bytes it takes."""
        found = connection.execute("SELECT pg_database_size(current_database()) AS size").fetchone()
        return int(found["size"]) if found else 0


def migrations() -> list[tuple[int, Any]]:
    """The migrations in order, as number and file."""
    return numbered(MIGRATIONS / "postgres")


def _matching(number: int, term: Term, values: dict[str, Any]) -> str:
    name = f"term{number}"
    values[name] = term.text
    phrase = f"phraseto_tsquery('simple', folded(:{name}))"
    if term.beginning:
        # The words of the term as they are parsed, the last of them a beginning.
        return f"(CASE WHEN numnode({phrase}) = 0 THEN {phrase} ELSE ({phrase}::text || ':*')::tsquery END)"
    return phrase


_HEADLINE = "'StartSel=[, StopSel=], MaxWords=24, MinWords=12, FragmentDelimiter= … , MaxFragments=1'"
_MARK = "'={}'"
_DOCUMENTS = f"""
SELECT 'document' AS kind, found.id, found.id AS document, found.title, found.date,
       ts_headline('simple', left(found.text, 100000), {{match}}, {_HEADLINE}) AS snippet, found.rank
FROM (SELECT held.id, held.title, held.text, coalesce(held.published_start, '') AS date,
             -ts_rank_cd(held.words, {{match}})::float8 AS rank
      FROM documents AS held JOIN (
          SELECT n FROM documents AS held WHERE held.words @@ (({{match}}) && CAST(:marks AS tsquery)){{days}}
          ORDER BY n DESC LIMIT {RANKED}) AS last ON last.n = held.n
      ORDER BY rank, held.id LIMIT :limit) AS found
"""  # noqa: S608  # only pieces of this package are put in
_CLAIMS = f"""
SELECT found.kind, found.id, found.document, found.title, found.date,
       ts_headline('simple', found.text, {{match}}, {_HEADLINE}) AS snippet, found.rank
FROM (SELECT held.kind, held.id, held.document, d.title, held.text, coalesce(held.date_start, '') AS date,
             -ts_rank_cd(held.words, {{match}})::float8 AS rank
      FROM claims AS held JOIN documents AS d ON d.id = held.document JOIN (
          SELECT n FROM claims AS held
          WHERE held.words @@ (({{match}}) && CAST(:marks AS tsquery)) AND held.state = ''{{days}}
          ORDER BY n DESC LIMIT {RANKED}) AS last ON last.n = held.n
      ORDER BY rank, held.id LIMIT :limit) AS found
"""  # noqa: S608  # the same
