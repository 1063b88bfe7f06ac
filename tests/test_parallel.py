"""Coding on several processes gives what one gives, in the same order, whatever happens to a worker."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from dragoman import keep, parallel
from dragoman.errors import WorkerError
from dragoman.model import Document
from dragoman.parallel import ParallelCoder
from dragoman.read import from_text
from dragoman.samples import samples
from tests.made import StubCoder

ROOT = Path(__file__).resolve().parents[1]


def serve() -> None:
    """A worker with the stub for a coder; a document that says "deadly" ends it, "once FILE" only the first time."""

    class Deadly(StubCoder):
        def code(self, documents):
            documents = list(documents)
            for document in documents:
                if "deadly" in document.text:
                    os.kill(os.getpid(), signal.SIGKILL)
                if document.text.startswith("once "):
                    mark = Path(document.text.split()[1])
                    if not mark.exists():
                        mark.touch()
                        os.kill(os.getpid(), signal.SIGKILL)
                if "slow" in document.text:
                    time.sleep(0.2)
            return super().code(documents)

    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    parallel.serve(sys.stdin.buffer, answers, Deadly())


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PYTHONPATH", f"{ROOT / 'src'}{os.pathsep}{ROOT}")
    monkeypatch.setattr(parallel, "TASK_DOCUMENTS", 3)
    command = [sys.executable, "-c", "from tests.test_parallel import serve; serve()"]
    coder = ParallelCoder(jobs=2, command=command)
    yield coder
    coder.close()


def documents(count: int, **odd: str) -> list[Document]:
    texts = [f"Britain and Russia met for the time number {number}." for number in range(count)]
    for at, text in odd.items():
        texts[int(at[1:])] = text
    return [Document(id=f"d{number}", text=text) for number, text in enumerate(texts)]


def test_order_and_claims_are_those_of_one(made: ParallelCoder) -> None:
    given = documents(40)
    assert list(made.code(given)) == list(StubCoder().code(given))
    assert list(made.code(given[:1])) == list(StubCoder().code(given[:1]))
    assert list(made.code([])) == []


def test_a_killed_worker_costs_nothing(made: ParallelCoder, tmp_path: Path) -> None:
    given = documents(20, d7=f"once {tmp_path / 'mark'} Britain and Russia met.")
    assert list(made.code(given)) == list(StubCoder().code(given))
    assert (tmp_path / "mark").exists()


def test_a_document_that_kills_is_passed_over_alone(made: ParallelCoder) -> None:
    given = documents(20, d7="This one is deadly: Britain and Russia met.")
    found = list(made.code(given))
    assert [one.document.id for one in found] == [f"d{number}" for number in range(20)]
    assert [one.document.id for one in found if one.skipped] == ["d7"]
    assert "ended a worker" in found[7].skipped[0].why
    assert all(one.claims for one in found if one.document.id != "d7")


def test_one_killed_from_outside_is_replaced(made: ParallelCoder) -> None:
    given = documents(30, **{f"d{number}": "slow: Britain and Russia met." for number in range(0, 30, 3)})
    found: list = []

    def kill() -> None:
        for _ in range(3):
            time.sleep(0.25)
            for worker in made._crew._workers if made._crew else ():
                if worker._process:
                    worker._process.kill()
                    break

    killer = threading.Thread(target=kill)
    killer.start()
    found.extend(made.code(given))
    killer.join()
    assert found == list(StubCoder().code(given))


def test_who_leaves_early_leaves_no_worker(made: ParallelCoder) -> None:
    coding = made.code(documents(200))
    next(coding)
    processes = [worker._process for worker in made._crew._workers if worker._process]  # type: ignore[union-attr]
    coding.close()
    assert processes
    assert all(process.poll() is not None for process in processes)


def test_one_that_cannot_start_is_an_error() -> None:
    coder = ParallelCoder(jobs=1, command=[sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(WorkerError, match="status 3"):
        list(coder.code(documents(1)))


def test_the_real_coder_gives_the_same_on_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    given = [
        from_text(one.path.read_text(encoding="utf-8"), date=one.date) for one in samples() if ".txt" in str(one.path)
    ]
    alone = list(keep.coder().code(given))
    monkeypatch.setattr(parallel, "TASK_DOCUMENTS", 2)
    coder = keep.coder((), 2)
    try:
        assert list(coder.code(given)) == alone
    finally:
        coder.close()  # type: ignore[attr-defined]
