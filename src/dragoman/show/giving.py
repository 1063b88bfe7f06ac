"""What `dragoman export` and the API give out, in every format: the record's own shapes and those of other tools."""

from __future__ import annotations

import datetime
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from dragoman.errors import UsageError
from dragoman.record import Glance, Store
from dragoman.show import export as shown

#: What is not exported as plain rows, with the formats that it has, the first by default.
OTHERS: dict[str, tuple[str, ...]] = {
    "panel": ("csv", "jsonl", "parquet"),
    "people": ("ftm",),
    "calendar": ("ics",),
    "package": ("zip",),
}
#: Formats of other event data sets.
EVENTS = ("icews", "polecat", "phoenix", "plover", "gdelt")
#: Every kind and every format, for who describes them.
ALL_KINDS = (*shown.KINDS, *OTHERS)
ALL_FORMATS = tuple(dict.fromkeys((*shown.FORMATS, *EVENTS, *(one for some in OTHERS.values() for one in some))))
#: The media type and the end of the name of each format.
MEDIA = {
    "jsonl": ("application/x-ndjson", "jsonl"),
    "csv": ("text/csv; charset=utf-8", "csv"),
    "parquet": ("application/vnd.apache.parquet", "parquet"),
    "icews": ("text/tab-separated-values; charset=utf-8", "icews.tsv"),
    "polecat": ("text/tab-separated-values; charset=utf-8", "polecat.tsv"),
    "phoenix": ("text/tab-separated-values; charset=utf-8", "phoenix.tsv"),
    "gdelt": ("text/tab-separated-values; charset=utf-8", "gdelt.tsv"),
    "plover": ("application/x-ndjson", "plover.jsonl"),
    "ftm": ("application/x-ndjson", "ftm.json"),
    "ics": ("text/calendar; charset=utf-8", "ics"),
    "zip": ("application/zip", "zip"),
}
#: A file is given out so many bytes at a time.
PIECE = 65_536


def formats_of(kind: str) -> tuple[str, ...]:
    """The formats in which a kind is given out, the usual one first."""
    return OTHERS.get(kind) or (*shown.FORMATS, *(EVENTS if kind in ("event", "events") else ()))


def given(
    store: Store,
    kind: str,
    form: str = "",
    *,
    text: bool = True,
    since: str = "",
    until: str = "",
    states: tuple[str, ...] = (),
) -> Iterator[bytes]:
    """What the record holds of a kind, in pieces to be written one after another; never all of it in memory.

    Without sentences where `text` is off; `states` are those of a panel. Raises UsageError for another kind or format.
    """
    from dragoman import exchange  # noqa: PLC0415  # loads the codes of the others

    form = form or formats_of(kind)[0]
    if form not in formats_of(kind):
        if kind not in OTHERS and kind not in shown.KINDS and f"{kind}s" not in shown.KINDS:
            raise UsageError(f"{kind}: cannot be exported; give one of {', '.join(ALL_KINDS)}")
        raise UsageError(f"--format {form}: {kind} are given as {', '.join(formats_of(kind))}")
    glance = Glance(store)
    if kind == "panel":
        return shown.encoded(
            lambda: exchange.panel(glance.every_item("event"), since=since, until=until, only=states), form
        )
    if kind == "people":
        return shown.encoded(lambda: exchange.entities(glance.every_claim(since=since, until=until)), "jsonl")
    if kind == "calendar":
        # Without a first day: what is still to come.
        today = since or datetime.datetime.now(datetime.UTC).date().isoformat()
        return exchange.calendar(glance.every_item("event"), text=text, today=today)
    if kind == "package":
        return _zipped(store, text=text, since=since, until=until)
    if form in EVENTS:
        lines = glance.every_line() if form == "gdelt" else ()
        addresses = {line.id: line.url for line in lines if line.url}
        items = glance.every_item("event", since=since, until=until)
        return exchange.rows_of(items, form=form, text=text, addresses=addresses)
    return shown.export(store, kind, format=form, text=text, since=since, until=until)


def package(store: Store, folder: Path, *, text: bool = True, since: str = "", until: str = "") -> Iterator[str]:
    """Writes the record as a data package into a new folder; gives the names of its files."""
    from dragoman.exchange import write_package  # noqa: PLC0415  # as above

    def rows(kind: str) -> Iterator[dict[str, object]]:
        return map(shown.flat, shown.shapes(store, kind, text=text, since=since, until=until))

    title = f"Events and other items of the record {Path(store.path).stem}"
    return write_package(folder, rows, shown.KINDS, name="dragoman-record", title=title)


def _zipped(store: Store, *, text: bool, since: str, until: str) -> Iterator[bytes]:
    with tempfile.TemporaryDirectory(prefix="dragoman-") as place:
        folder = Path(place) / "dragoman-record"
        names = list(package(store, folder, text=text, since=since, until=until))
        made = Path(place) / "package.zip"
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in names:
                archive.write(folder / name, f"dragoman-record/{name}")
                (folder / name).unlink()
        with made.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece
