"""Codes documents on several cores: the same claims in the same order as one coder gives, whatever happens to a worker.

Each worker is a process of its own with a coder of its own; a task is a stretch of documents, sent and answered as one
frame. A worker that dies is replaced and its task done again; only when a document by itself has killed a worker twice
is it passed over, with that reason.
"""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import sys
import threading
import weakref
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Protocol

import msgspec

from dragoman.errors import DragomanError, WorkerError
from dragoman.model import Coded, Document, Skipped

#: A task holds documents of about so many characters: enough for the parser to batch, few enough to share out evenly.
TASK_CHARACTERS = 120_000
#: And at most so many documents, so that short reports come back while others are coded.
TASK_DOCUMENTS = 250
#: So many times a task may cost a worker before its documents are tried one by one.
DEATHS = 2
#: Workers end by themselves when their input ends; one that does not within so many seconds is killed.
PATIENCE = 5.0

_LENGTH = struct.Struct("<q")
_encoder = msgspec.msgpack.Encoder()
_documents = msgspec.msgpack.Decoder(list[Document])
_coded = msgspec.msgpack.Decoder(list[Coded])


class Codes(Protocol):
    """What codes documents: one Coded for each, in order; `dragoman.pipeline.Coder` is one."""

    def code(self, documents: Iterable[Document]) -> Iterator[Coded]:
        """One Coded for each Document, in order."""
        ...


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class ParallelCoder:
    """Codes on `jobs` processes (0: one a core); like a Coder, it is slow to start and may be used again."""

    def __init__(
        self, knowledge_dirs: tuple[Path, ...] = (), *, jobs: int = 0, command: Sequence[str] | None = None
    ) -> None:
        """`command` starts a worker; another than ours is for tests."""
        self.jobs = jobs or cores()
        self._command = list(command or (sys.executable, "-c", "from dragoman.parallel import work; work()"))
        self._command += [str(folder.resolve()) for folder in knowledge_dirs]
        self._crew: _Crew | None = None

    def code(self, documents: Iterable[Document]) -> Iterator[Coded]:
        """One Coded for each Document, in order.

        Raises WorkerError when a worker cannot start at all.
        """
        if self._crew is None:
            self._crew = _Crew(self._command, self.jobs)
            # At the latest when nobody holds this coder any more, or the program ends.
            weakref.finalize(self, self._crew.close)
        crew = self._crew
        waiting: deque[Future[list[Coded]]] = deque()
        whole = False
        try:
            for task in _tasks(documents):
                waiting.append(crew.submit(task))
                # One task more than hands: no worker waits while the oldest answer is used.
                while len(waiting) > self.jobs + 1 or (waiting and waiting[0].done()):
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
            whole = True
        finally:
            if not whole:
                self.close()

    def close(self) -> None:
        """Ends the workers; they start again when there is something to code."""
        if self._crew is not None:
            self._crew.close()
            self._crew = None


def _tasks(documents: Iterable[Document]) -> Iterator[list[Document]]:
    task: list[Document] = []
    size = 0
    for document in documents:
        task.append(document)
        size += len(document.text)
        if size >= TASK_CHARACTERS or len(task) >= TASK_DOCUMENTS:
            yield task
            task, size = [], 0
    if task:
        yield task


class _Crew:
    """Workers and a thread for each; a thread speaks with whichever worker is free."""

    def __init__(self, command: list[str], jobs: int) -> None:
        self._free: SimpleQueue[_Worker] = SimpleQueue()
        self._workers = [_Worker(command) for _ in range(jobs)]
        for worker in self._workers:
            self._free.put(worker)
        self._pool = ThreadPoolExecutor(jobs, thread_name_prefix="coding")
        self._closed = threading.Event()

    def submit(self, task: list[Document]) -> Future[list[Coded]]:
        return self._pool.submit(self._do, task)

    def _do(self, task: list[Document]) -> list[Coded]:
        worker = self._free.get()
        try:
            return self._done(worker, task)
        finally:
            self._free.put(worker)

    def _done(self, worker: _Worker, task: list[Document]) -> list[Coded]:
        frame = _encoder.encode(task)
        for _ in range(DEATHS):
            if self._closed.is_set():
                return []
            answer = worker.ask(frame)
            if answer is not None:
                return answer
        if len(task) > 1:
            return [coded for document in task for coded in self._done(worker, [document])]
        (document,) = task
        why = f"coding it ended a worker {DEATHS} times; code it alone to see how (`dragoman code --jobs 1`)"
        return [Coded(document=document, skipped=(Skipped(id=document.id, where=document.id, why=why),))]

    def close(self) -> None:
        self._closed.set()
        self._pool.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.stop()
        self._pool.shutdown(wait=True)
        for worker in self._workers:
            worker.end()


class _Worker:
    """One process that codes; started when it is first asked, and again when it has died."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._answered = False
        self._closed = False

    def ask(self, frame: bytes) -> list[Coded] | None:
        """The answer to a task, or none when the worker died of it. Raises WorkerError when it never came to work."""
        if self._closed:
            return None
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603  # our own interpreter
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        process = self._process
        if process.stdin is None or process.stdout is None:
            raise WorkerError("a coding process started without its pipes; try again with --jobs 1")
        try:
            _send(process.stdin, frame)
            answer = _receive(process.stdout)
        except (OSError, EOFError, ValueError):
            status = self.end()
            # One that exits by itself before it has ever answered will not do better the next time.
            if not self._answered and status > 0 and not self._closed:
                raise WorkerError(
                    f"a coding process ended with status {status} before it began; "
                    "see what it said above, or try --jobs 1"
                ) from None
            return None
        self._answered = True
        if answer[:1] == b"!":
            raise WorkerError(f"a coding process failed: {answer[1:].decode('utf-8', 'replace')}")
        return _coded.decode(answer[1:])

    def end(self) -> int:
        """Takes leave of the process and gives its exit status."""
        process, self._process = self._process, None
        if process is None:
            return 0
        for pipe in (process.stdin, process.stdout):
            try:
                if pipe:
                    pipe.close()
            except OSError:
                pass  # what was left to write has no reader any more
        try:
            return process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()

    def stop(self) -> None:
        """Ends the process, whatever it is at; a thread that waits for its answer reads the end of its pipe."""
        self._closed = True
        process = self._process
        if process is not None:
            process.terminate()


def _send(pipe: IO[bytes] | None, frame: bytes) -> None:
    if pipe is not None:
        pipe.write(_LENGTH.pack(len(frame)))
        pipe.write(frame)
        pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes:
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    frame = pipe.read(length)
    if len(frame) < length:
        raise EOFError
    return frame


def serve(source: IO[bytes], sink: IO[bytes], coder: Codes) -> None:
    """Answers tasks from `source` into `sink` until it ends: what `work` does, with any coder."""
    while True:
        try:
            frame = _receive(source)
        except EOFError:
            return
        _send(sink, b"+" + _encoder.encode(list(coder.code(_documents.decode(frame)))))


def work() -> None:
    """What a worker process runs: a coder with the knowledge folders of its arguments, over its standard streams."""
    # Ctrl-C goes to the whole group; the parent decides what becomes of its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not stand between the answers.
    os.dup2(2, 1)
    from dragoman.pipeline import Coder  # noqa: PLC0415  # loads the parser
    from dragoman.settings import settings  # noqa: PLC0415

    try:
        coder = Coder(tuple(Path(folder) for folder in sys.argv[1:]), vote=settings().network)
        serve(sys.stdin.buffer, answers, coder)
    except DragomanError as error:
        _send(answers, b"!" + str(error).encode())
    except BrokenPipeError:
        pass  # the parent has gone
