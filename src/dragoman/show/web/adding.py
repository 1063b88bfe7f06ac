"""Adds documents to the desk's record: what is pasted, sent as files, or found at an address.

One job at a time, in a thread of its own: whoever started it may leave the page, and finds later what became of each
document. Jobs are kept while the desk runs; what was added is in the record for good.
"""

from __future__ import annotations

import datetime
import itertools
import queue
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from dragoman import keep
from dragoman.errors import DragomanError, InputError
from dragoman.model import Document, Skipped
from dragoman.record import Store
from dragoman.show.web.fetching import Fetched, fetch

if TYPE_CHECKING:
    from dragoman.keep import Added
    from dragoman.parallel import Codes
    from dragoman.read import Hints

#: Jobs that are remembered; the oldest go first.
MOST_JOBS = 50
#: Lines of what became of single documents that a job keeps; the counts go on.
MOST_LINES = 5_000


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one document: `added`, `there already` or `passed over`, with its id, or why not."""

    name: str
    became: str
    why: str = ""
    document: str = ""
    claims: int = 0


@dataclass(kw_only=True)
class Job:
    """Some documents on their way into the record; `total` counts files, `done` those that are through."""

    id: str
    title: str
    total: int
    done: int = 0
    state: str = "waiting"
    started: str = ""
    outcomes: list[Outcome] = field(default_factory=list)
    added: int = 0
    there: int = 0
    passed: int = 0

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in ("done", "broken")

    def tell(self, one: Outcome) -> None:
        """Keeps what became of a document."""
        self.added += one.became == "added"
        self.there += one.became == "there already"
        self.passed += one.became == "passed over"
        if len(self.outcomes) < MOST_LINES:
            self.outcomes.append(one)


Work = Callable[["Job"], None]


class Adder:
    """One writer for a record; the coder is loaded when the first document comes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._coder: Codes | None = None
        self._numbers = itertools.count(1)
        self._jobs: dict[str, Job] = {}
        self._waiting: queue.Queue[tuple[Job, Work]] = queue.Queue()
        self._thread: threading.Thread | None = None

    # Jobs

    def jobs(self) -> list[Job]:
        """The jobs of this desk, newest first."""
        return list(self._jobs.values())[::-1]

    def job(self, name: str) -> Job | None:
        """One job by its id."""
        return self._jobs.get(name)

    def start(self, title: str, total: int, work: Work) -> Job:
        """Puts work into the line and gives its job at once."""
        job = Job(id=str(next(self._numbers)), title=title, total=total, started=_now())
        with self._lock:
            self._jobs[job.id] = job
            for old in [one.id for one in self._jobs.values() if one.is_over][: max(0, len(self._jobs) - MOST_JOBS)]:
                del self._jobs[old]
            self._waiting.put((job, work))
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()
        return job

    def _run(self) -> None:
        while True:
            job, work = self._waiting.get()
            job.state = "running"
            try:
                work(job)
                job.state = "done"
            except Exception as error:  # noqa: BLE001  # told to whoever asks for the job; the next job goes on
                job.tell(Outcome(name=job.title, became="passed over", why=f"{type(error).__name__}: {error}"))
                job.state = "broken"

    # What the jobs do

    def files(self, folder: Path, names: Sequence[str], hints: Hints) -> Job:
        """Adds files that lie in a folder of their own, which goes when they are through."""

        def work(job: Job) -> None:
            try:
                for number, name in enumerate(names):
                    for one in self._add(folder / str(number) / Path(name).name, hints):
                        job.tell(outcome(one, name))
                    job.done += 1
            finally:
                shutil.rmtree(folder, ignore_errors=True)

        title = names[0] if len(names) == 1 else f"{len(names)} files"
        return self.start(title, len(names), work)

    def address(self, url: str, hints: Hints) -> Job:
        """Fetches a public page and adds it."""

        def work(job: Job) -> None:
            try:
                page = fetch(url)
                for one in self._page(page, hints):
                    job.tell(outcome(one, page.url))
            except InputError as error:
                self._store.skip(Skipped(id="", where=url, why=error.reason))
                job.tell(Outcome(name=url, became="passed over", why=str(error)))
            job.done = 1

        return self.start(url, 1, work)

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


def outcome(one: Added | Skipped, name: str) -> Outcome:
    """What became of one document, for people."""
    if isinstance(one, Skipped):
        return Outcome(name=Path(one.where).name or name, became="passed over", why=one.why)
    document, result = one
    became = "added" if result.added else "there already"
    return Outcome(name=document.title or name, became=became, document=document.id, claims=result.claims)


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def hints_of(*, date: str = "", source: str = "", side: str = "") -> Hints:
    """What a person said of a document; raises UsageError for a date that is none."""
    from dragoman.errors import UsageError  # noqa: PLC0415
    from dragoman.read import Hints as Made  # noqa: PLC0415
    from dragoman.read.dates import given  # noqa: PLC0415

    if date.strip() and given(date.strip()) is None:
        raise UsageError(f"{date}: no date; write it as 2018-03-14")
    return Made(date=date.strip(), source=source.strip(), side=side.strip().upper())


__all__ = ["Adder", "DragomanError", "Job", "Outcome", "hints_of", "outcome"]
