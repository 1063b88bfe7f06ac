"""The line of jobs of a desk: one at a time, kept on disk beside the record, so that a stop loses none of them.

Invariant: what a job has still to do and what became of each document lies on disk before the next step is taken. A
desk that opens the record again goes on where the last one stopped; a file over which the desk stopped twice is passed
over and said so, because it may be the file that stopped it.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import queue
import shutil
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from dragoman.errors import InputError

#: Jobs that are remembered; the oldest that are over go first.
MOST_JOBS = 50
#: Lines of what became of single documents that a job keeps; the counts go on.
MOST_LINES = 5_000
#: So often the desk may stop over one file before it is passed over.
MOST_STOPS = 2
_JOB, _LINES, FILES = "job.json", "became.jsonl", "files"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one document: `added`, `there already` or `passed over`, with its id, or why not."""

    name: str
    became: str
    why: str = ""
    document: str = ""
    claims: int = 0
    #: The number of the file that held it.
    file: int = 0


@dataclass(frozen=True, kw_only=True)
class Task:
    """What a job is to do: files that lie in its folder by their numbers, or an address; with what is said of them."""

    names: tuple[str, ...] = ()
    url: str = ""
    date: str = ""
    source: str = ""
    side: str = ""


@dataclass(kw_only=True)
class Job:
    """Some documents on their way into the record; `total` counts files, `done` those that are through."""

    id: str
    title: str
    total: int
    done: int = 0
    state: str = "waiting"
    started: str = ""
    #: How often a desk has stopped over the file that is at hand, and whether this job was taken up again.
    stops: int = 0
    resumed: bool = False
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


class _Kept(msgspec.Struct, kw_only=True):
    """A job as it lies on disk, without its outcomes."""

    id: str
    title: str
    total: int
    done: int
    state: str
    started: str
    stops: int
    task: Task
    added: int
    there: int
    passed: int


#: Does the next file of a job and gives what became of each document in it.
Doing = Callable[[Job, Task, Path], Iterable[Outcome]]


def folder_of(record: str) -> Path:
    """Where the jobs of a record lie: beside its file; those of a database in a folder of this machine."""
    if "://" not in record:
        return Path(f"{record}.jobs")
    home = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    # The address may hold a password, which is no name for a folder.
    return home / "dragoman" / "jobs" / hashlib.sha256(record.encode()).hexdigest()[:16]


class Jobs:
    """The jobs of one record; `do` is asked for one file after the other, after `ready` has loaded what it needs."""

    def __init__(self, folder: Path, do: Doing, ready: Callable[[], object] = lambda: None) -> None:
        self._folder = folder
        self._do = do
        self._ready = ready
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}
        self._tasks: dict[str, Task] = {}
        self._waiting: queue.Queue[str] = queue.Queue()
        self._thread: threading.Thread | None = None
        self._take_up()

    def all(self) -> list[Job]:
        """The jobs, newest first."""
        with self._lock:
            return list(self._jobs.values())[::-1]

    def get(self, name: str) -> Job | None:
        """One job by its id."""
        return self._jobs.get(name)

    def start(self, title: str, task: Task, files: Path | None = None) -> Job:
        """Puts a task into the line and gives its job at once; `files` is a folder that becomes the job's own.

        Raises InputError where nothing can be kept on disk.
        """
        with self._lock:
            number = 1 + max((int(one) for one in self._jobs), default=0)
            total = len(task.names) or 1
            job = Job(id=str(number), title=title, total=total, started=_now())
            place = self._folder / job.id
            try:
                place.mkdir(parents=True, mode=0o700)
                if files is not None:
                    shutil.move(files, place / FILES)
            except OSError as error:
                raise InputError(f"the job cannot be kept on disk: {error}", where=str(place)) from error
            self._jobs[job.id], self._tasks[job.id] = job, task
            self._keep(job)
            over = [one.id for one in self._jobs.values() if one.is_over]
            for old in over[: max(0, len(self._jobs) - MOST_JOBS)]:
                del self._jobs[old], self._tasks[old]
                shutil.rmtree(self._folder / old, ignore_errors=True)
        self._line_up(job)
        return job

    def _line_up(self, job: Job) -> None:
        self._waiting.put(job.id)
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            job = self._jobs[self._waiting.get()]
            task, place = self._tasks[job.id], self._folder / job.id
            state = "done"
            try:
                self._through(job, task, place)
            except Exception as error:  # noqa: BLE001  # told to whoever asks for the job; the next job goes on
                self._tell(job, Outcome(name=job.title, became="passed over", why=f"{type(error).__name__}: {error}"))
                state = "broken"
            shutil.rmtree(place / FILES, ignore_errors=True)
            job.state = state
            self._keep(job)

    def _through(self, job: Job, task: Task, place: Path) -> None:
        job.state = "running"
        # A stop while the coder loads is no fault of the file.
        self._ready()
        while job.done < job.total:
            name = task.names[job.done] if task.names else task.url
            if job.stops >= MOST_STOPS:
                why = f"the desk stopped {job.stops} times while it read this; add it with `dragoman add`"
                self._tell(job, Outcome(name=name, became="passed over", why=why, file=job.done))
            else:
                # Counted before: whoever stops in the middle cannot say so afterwards.
                job.stops += 1
                self._keep(job)
                for one in self._do(job, task, place):
                    self._tell(job, one)
            job.done, job.stops = job.done + 1, 0
            self._keep(job)

    # On disk

    def _keep(self, job: Job) -> None:
        values = {name: getattr(job, name) for name in _Kept.__struct_fields__ if name != "task"}
        place = self._folder / job.id
        fresh = place / f"{_JOB}.{threading.get_ident()}.new"  # whoever asks and the job itself may both keep it
        fresh.write_bytes(msgspec.json.encode(_Kept(task=self._tasks[job.id], **values)))
        fresh.replace(place / _JOB)

    def _tell(self, job: Job, one: Outcome) -> None:
        job.tell(one)
        with (self._folder / job.id / _LINES).open("ab") as out:
            out.write(msgspec.json.encode(one) + b"\n")

    def _take_up(self) -> None:
        """Remembers the jobs of before, and goes on with those that are not through."""
        places = [one for one in self._folder.glob("*") if one.name.isdecimal()] if self._folder.is_dir() else []
        left = []
        for place in sorted(places, key=lambda one: int(one.name)):
            try:
                kept = msgspec.json.decode((place / _JOB).read_bytes(), type=_Kept)
                told = [msgspec.json.decode(line, type=Outcome) for line in _whole(place / _LINES) if line.strip()]
            except FileNotFoundError:
                continue  # the desk stopped before anybody was told of the job
            except (OSError, msgspec.DecodeError) as error:
                self._jobs[place.name] = _damaged(place.name, str(error))
                self._tasks[place.name] = Task()
                continue
            over = kept.state in ("done", "broken")
            job = Job(
                id=place.name, title=kept.title, total=kept.total, done=kept.done, started=kept.started,
                state=kept.state if over else "waiting", stops=kept.stops, resumed=not over,
            )  # fmt: skip
            for one in told:
                # What came out of the file at hand comes out of it again.
                if over or one.file < kept.done:
                    job.tell(one)
            if over:
                job.added, job.there, job.passed = kept.added, kept.there, kept.passed
            else:
                lines = b"".join(msgspec.json.encode(one) + b"\n" for one in job.outcomes)
                (place / _LINES).write_bytes(lines)
                left.append(job)
            self._jobs[job.id], self._tasks[job.id] = job, kept.task
        for job in left:
            self._line_up(job)


def _damaged(name: str, why: str) -> Job:
    """A job of which too little can be read to go on; what it brought into the record stands there."""
    job = Job(id=name, title=f"job {name}", total=0, state="broken")
    why = f"what was kept of it is damaged ({why}); add it again"
    job.tell(Outcome(name=f"job {name}", became="passed over", why=why))
    return job


def _whole(path: Path) -> list[bytes]:
    """The whole lines of a file; the last may have been cut off."""
    if not path.exists():
        return []
    return [line for line in path.read_bytes().splitlines(keepends=True) if line.endswith(b"\n")]


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
