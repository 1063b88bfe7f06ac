"""Writes rows as CSV or Parquet, in pieces and without holding them all: first the columns, then the rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

Row = dict[str, Any]
Rows = Callable[[], Iterable[Row]]

#: Rows of a Parquet file that are written together.
GROUP = 5_000


def written(rows: Rows, form: str) -> Iterator[bytes]:
    """Rows as `csv` or `parquet`; `rows` is called twice and is to give the same columns again."""
    columns: dict[str, set[type]] = {}
    for row in rows():
        for name, value in row.items():
            kinds = columns.setdefault(name, set())
            if value is not None:
                kinds.add(type(value))
    return _csv(rows, columns) if form == "csv" else _parquet(rows, columns)


def _csv(rows: Rows, columns: dict[str, set[type]]) -> Iterator[bytes]:
    if not columns:
        return  # no row, no column: an empty line would be read as one row
    page = io.StringIO()
    writer = csv.DictWriter(page, list(columns), restval="", extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    for row in rows():
        writer.writerow({name: _harmless(value) for name, value in row.items()})
        yield page.getvalue().encode()
        page.seek(0)
        page.truncate()


def _harmless(value: Any) -> Any:  # noqa: ANN401  # a cell
    # A spreadsheet runs a cell that begins so; the texts come from anywhere.
    return "'" + value if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


class _Pieces(io.RawIOBase):
    """A file that is only written to, whose content is taken away as it comes."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._written = 0

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any, /) -> int:  # noqa: ANN401  # any buffer
        """Keeps some bytes until they are taken."""
        piece = bytes(data)
        self._held.append(piece)
        self._written += len(piece)
        return len(piece)

    def tell(self) -> int:
        """How much was written."""
        return self._written

    def taken(self) -> Iterator[bytes]:
        """What was written since it was last asked."""
        held, self._held = self._held, []
        yield from held


def _parquet(rows: Rows, columns: dict[str, set[type]]) -> Iterator[bytes]:
    import pyarrow  # noqa: PLC0415  # slow to load
    import pyarrow.parquet  # noqa: PLC0415

    kinds = {name: _kind(found) for name, found in columns.items()}
    types = {bool: pyarrow.bool_(), int: pyarrow.int64(), float: pyarrow.float64(), str: pyarrow.string()}
    schema = pyarrow.schema([(name, types[kind]) for name, kind in kinds.items()])
    file = _Pieces()
    with pyarrow.parquet.ParquetWriter(pyarrow.PythonFile(file, mode="w"), schema, compression="zstd") as writer:
        for some in _groups(rows()):
            cells = {
                name: pyarrow.array([_cell(row.get(name), kind) for row in some], type=types[kind])
                for name, kind in kinds.items()
            }
            writer.write_table(pyarrow.table(cells, schema=schema))
            yield from file.taken()
    yield from file.taken()


def _groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    waiting = iter(rows)
    while some := list(islice(waiting, GROUP)):
        yield some


def _kind(found: set[type]) -> type:
    """The type of a column: numbers of both kinds are floats, what is mixed is text."""
    if found == {int, float}:
        return float
    only = next(iter(found)) if len(found) == 1 else str
    return only if only in (bool, int, float) else str


def _cell(value: Any, kind: type) -> Any:  # noqa: ANN401  # a cell
    return value if value is None or isinstance(value, kind) else kind(value)
