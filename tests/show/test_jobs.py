"""Jobs outlive the desk: it goes on with what was left, keeps what became of each, passes over what stops it."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from dragoman.show.web.jobs import Jobs, Outcome, Task, folder_of


def ended(jobs: Jobs, name: str):
    for _ in range(200):
        job = jobs.get(name)
        if job is not None and job.is_over:
            return job
        time.sleep(0.02)
    raise AssertionError(jobs.get(name))


def sent(folder: Path, *names: str) -> Path:
    place = folder / "sent"
    for number, name in enumerate(names):
        (place / str(number)).mkdir(parents=True)
        (place / str(number) / name).write_text(name)
    return place


def each(job, task, place):
    name = task.names[job.done]
    yield Outcome(name=name, became="added", why=(place / "files" / str(job.done) / name).read_text(), file=job.done)


def test_a_job_goes_on_after_a_stop(tmp_path):
    started, never = threading.Event(), threading.Event()

    def stops_at_the_second(job, task, place):
        yield from each(job, task, place)
        if job.done == 1:
            started.set()
            never.wait(30)

    first = Jobs(tmp_path / "jobs", stops_at_the_second)
    names = ("a.txt", "b.txt", "c.txt")
    job = first.start("3 files", Task(names=names, side="GBR"), sent(tmp_path, *names))
    assert started.wait(5)
    # Another desk opens the same record, as after a stop: the first one never comes back.
    again = ended(Jobs(tmp_path / "jobs", each), job.id)
    assert [one.name for one in again.outcomes] == ["a.txt", "b.txt", "c.txt"], "none is lost and none told twice"
    assert (again.added, again.done, again.resumed, again.state) == (3, 3, True, "done")
    assert not (tmp_path / "jobs" / job.id / "files").exists(), "what was sent goes when it is through"
    once_more = Jobs(tmp_path / "jobs", each)
    assert once_more.get(job.id).added == 3, "and what became of it stays"
    assert once_more.start("one", Task(url="http://news.example/")).id == "2"
    never.set()


def test_what_stops_the_desk_twice_is_passed_over(tmp_path):
    never = threading.Event()
    begun: list[threading.Event] = []

    def stops(job, task, place):
        begun[-1].set()
        never.wait(30)
        yield from each(job, task, place)

    begun.append(threading.Event())
    names = ("bad.pdf", "b.txt")
    job = Jobs(tmp_path / "jobs", stops).start("2 files", Task(names=names), sent(tmp_path, *names))
    assert begun[-1].wait(5)
    begun.append(threading.Event())
    Jobs(tmp_path / "jobs", stops)
    assert begun[-1].wait(5)
    last = ended(Jobs(tmp_path / "jobs", each), job.id)
    assert [(one.name, one.became) for one in last.outcomes] == [("bad.pdf", "passed over"), ("b.txt", "added")]
    assert "stopped 2 times" in last.outcomes[0].why
    never.set()


def test_a_line_that_was_cut_off_is_left_out(tmp_path):
    jobs = Jobs(tmp_path / "jobs", each)
    job = ended(jobs, jobs.start("a", Task(names=("a.txt",)), sent(tmp_path, "a.txt")).id)
    with (tmp_path / "jobs" / job.id / "became.jsonl").open("ab") as out:
        out.write(b'{"name": "b.t')
    (tmp_path / "jobs" / "7").mkdir()
    again = Jobs(tmp_path / "jobs", each)
    assert len(again.get(job.id).outcomes) == 1
    assert again.get("7") is None, "nobody was told of it"


def test_a_damaged_job_is_said(tmp_path):
    jobs = Jobs(tmp_path / "jobs", each)
    job = ended(jobs, jobs.start("a", Task(names=("a.txt",)), sent(tmp_path, "a.txt")).id)
    (tmp_path / "jobs" / job.id / "job.json").write_bytes(b"{")
    found = Jobs(tmp_path / "jobs", each).get(job.id)
    assert (found.state, found.passed) == ("broken", 1)
    assert "damaged" in found.outcomes[0].why


def test_an_error_breaks_one_job_and_not_the_next(tmp_path):
    def fails(job, task, _place):
        if job.title == "bad":
            raise ValueError("no")
        yield Outcome(name=task.url, became="added")

    jobs = Jobs(tmp_path / "jobs", fails)
    bad = jobs.start("bad", Task(url="x"))
    good = jobs.start("good", Task(url="y"))
    assert ended(jobs, good.id).state == "done"
    assert ended(jobs, bad.id).state == "broken"
    assert "ValueError: no" in bad.outcomes[0].why


@pytest.mark.parametrize("record", ["/data/record.sqlite", "postgresql://somebody:secret@host/record"])
def test_where_jobs_lie(record, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    found = folder_of(record)
    assert "secret" not in str(found)
    assert found == Path("/data/record.sqlite.jobs") or found.is_relative_to(tmp_path)


def test_a_stop_while_the_coder_loads_is_no_fault_of_the_file(tmp_path):
    never = threading.Event()
    for _ in range(3):
        loading = threading.Event()

        def load(loading=loading):
            loading.set()
            never.wait(30)

        jobs = Jobs(tmp_path / "jobs", each, load)
        if not jobs.all():
            jobs.start("a", Task(names=("a.txt",)), sent(tmp_path, "a.txt"))
        assert loading.wait(5)
    assert ended(Jobs(tmp_path / "jobs", each), "1").added == 1
    never.set()
