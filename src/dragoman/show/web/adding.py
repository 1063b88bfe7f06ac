"""Adds documents to the desk's record: what is pasted, sent as files, or found at an address.

One job at a time, in a thread of its own: whoever started it may leave the page, and finds later what became of each
document, also after the desk was stopped and started (see `jobs.py`).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from dragoman import keep
from dragoman.errors import DragomanError, InputError
from dragoman.model import Document, Skipped
from dragoman.record import Store
from dragoman.show.web.fetching import Fetched, fetch
from dragoman.show.web.jobs import FILES, Job, Jobs, Outcome, Task, folder_of

if TYPE_CHECKING:
    from dragoman.keep import Added
    from dragoman.parallel import Codes
    from dragoman.read import Hints


class Adder:
    """One writer for a record; the coder is loaded when the first document comes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._coder: Codes | None = None
        self._line = Jobs(folder_of(str(store.path)), self._next)

    # Jobs

    def jobs(self) -> list[Job]:
        """The jobs of this record, newest first."""
        return self._line.all()

    def job(self, name: str) -> Job | None:
        """One job by its id."""
        return self._line.get(name)

    def files(self, folder: Path, names: Sequence[str], hints: Hints) -> Job:
        """Adds files that lie in a folder, each in one of its number; the folder goes when they are through."""
        title = names[0] if len(names) == 1 else f"{len(names)} files"
        return self._line.start(title, _task(hints, names=tuple(names)), folder)

    def address(self, url: str, hints: Hints) -> Job:
        """Fetches a public page and adds it."""
        return self._line.start(url, _task(hints, url=url))

    def _next(self, job: Job, task: Task, place: Path) -> Iterator[Outcome]:
        """Adds the next file of a job, or the page at its address."""
        hints = hints_of(date=task.date, source=task.source, side=task.side)
        if task.names:
            name = task.names[job.done]
            for one in self._add(place / FILES / str(job.done) / Path(name).name, hints):
                yield outcome(one, name, file=job.done)
            return
        try:
            page = fetch(task.url)
            for one in self._page(page, hints):
                yield outcome(one, page.url)
        except InputError as error:
            self._store.skip(Skipped(id="", where=task.url, why=error.reason))
            yield Outcome(name=task.url, became="passed over", why=str(error))

    def text(self, text: str, hints: Hints) -> list[Outcome]:
        """Codes and keeps one pasted text, plain or HTML, while the reader waits; raises InputError for none."""
        markup = text.lstrip()[:20].lower().startswith(("<!doctype html", "<html"))
        hints = replace(hints, input="html" if markup else "text")
        told = [
            outcome(one, "what was pasted")
            for one in self._add((text.encode(errors="replace"), "what was pasted"), hints)
        ]
        if not told:
            raise InputError("nothing in it could be read; paste the text of one document")
        return told

    def _page(self, page: Fetched, hints: Hints) -> Iterator[Added | Skipped]:
        from dragoman.read import read  # noqa: PLC0415

        suffix = ".pdf" if page.kind == "application/pdf" else ""
        for one in read((page.content, f"{page.url}{suffix}"), hints=hints):
            if isinstance(one, Document):
                yield from self._add(one if one.url else replace(one, url=page.url), hints)
            else:
                yield one

    def _add(self, source: Path | Document | tuple[bytes, str], hints: Hints) -> Iterator[Added | Skipped]:
        """Adds what one source holds; one writer at a time, between whose documents others may come in."""
        from dragoman.read import read  # noqa: PLC0415

        with self._lock:
            if self._coder is None:
                self._coder = keep.coder()
        found = iter([source]) if isinstance(source, Document) else read(source, hints=hints)
        for one in found:
            if isinstance(one, Skipped):
                self._store.skip(one)
                yield one
            else:
                with self._lock:
                    done = list(keep.add(self._store, one, with_coder=self._coder))
                yield from done


def outcome(one: Added | Skipped, name: str, *, file: int = 0) -> Outcome:
    """What became of one document, for people."""
    if isinstance(one, Skipped):
        return Outcome(name=Path(one.where).name or name, became="passed over", why=one.why, file=file)
    document, result = one
    became = "added" if result.added else "there already"
    return Outcome(name=document.title or name, became=became, document=document.id, claims=result.claims, file=file)


def _task(hints: Hints, *, names: tuple[str, ...] = (), url: str = "") -> Task:
    return Task(names=names, url=url, date=hints.date, source=hints.source, side=hints.side)


def hints_of(*, date: str = "", source: str = "", side: str = "") -> Hints:
    """What a person said of a document; raises UsageError for a date that is none."""
    from dragoman.errors import UsageError  # noqa: PLC0415
    from dragoman.read import Hints as Made  # noqa: PLC0415
    from dragoman.read.dates import given  # noqa: PLC0415

    if date.strip() and given(date.strip()) is None:
        raise UsageError(f"{date}: no date; write it as 2018-03-14")
    return Made(date=date.strip(), source=source.strip(), side=side.strip().upper())


__all__ = ["Adder", "DragomanError", "Job", "Outcome", "hints_of", "outcome"]
