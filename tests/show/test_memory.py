"""What the desk keeps is right or hardly late, made once, bounded, and never goes back in time."""

from __future__ import annotations

import threading

import pytest

from dragoman.reconcile import Reconciler
from dragoman.record import Glance, Store
from dragoman.show import judging
from dragoman.show.atlas import atlas
from dragoman.show.web import memory as kept
from dragoman.show.web import relations
from dragoman.show.web.desk import today
from dragoman.show.web.memory import LATE, MOST, MOST_ROWS, REST, Memory
from tests.made import coded, event
from tests.show.conftest import british, hostile


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Made:
    """Counts how often it is asked, and gives the number."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(name="_slow")
def slow(monkeypatch):
    """Everything counts as slow to work out."""
    monkeypatch.setattr(kept, "QUICK", -1.0)


@pytest.fixture
def started(monkeypatch):
    """What would run in the background, to be run by hand."""
    waiting = []

    class Thread:
        def __init__(self, *, target, args, daemon):
            assert daemon
            self.run = lambda: target(*args)

        def start(self):
            waiting.append(self.run)

    monkeypatch.setattr(kept.threading, "Thread", Thread)
    return waiting


def test_a_value_is_made_once_for_a_version() -> None:
    memory, make = Memory(), Made()
    assert [memory.get("a", 1, make) for _ in range(3)] == [1, 1, 1]
    assert memory.get("b", 1, make) == 2


def test_what_is_quick_is_never_late() -> None:
    memory, make = Memory(), Made()
    assert [memory.get("a", version, make) for version in (1, 2, 2, 3)] == [1, 2, 2, 3]


@pytest.mark.usefixtures("_slow")
def test_what_is_slow_is_late_once_and_then_right(clock, started) -> None:
    memory, make = Memory(clock=clock), Made()
    assert memory.get("a", 1, make) == 1
    assert memory.get("a", 2, make) == 1
    assert not started, "it was made a moment ago"
    clock.now += REST + 1
    assert [memory.get("a", 2, make) for _ in range(3)] == [1, 1, 1]
    assert len(started) == 1, "one works at it, however many ask"
    started.pop()()
    assert memory.get("a", 2, make) == 2
    assert make.times == 2


@pytest.mark.usefixtures("_slow")
def test_nothing_is_shown_that_was_right_long_ago(clock, started) -> None:
    """Nobody asked for an hour while documents came in: the first reader waits instead of reading the old page."""
    memory, make = Memory(clock=clock), Made()
    memory.get("a", 1, make)
    clock.now += 3600
    assert memory.get("a", 2, make) == 2
    assert not started
    clock.now += LATE - 1
    assert memory.get("a", 3, make) == 2
    clock.now += 2
    assert memory.get("a", 4, make) == 3
    clock.now += 3600
    assert memory.get("a", 4, make) == 3, "right for an hour is right"
    clock.now += LATE / 2
    assert memory.get("a", 5, make) == 3, "and was right a moment ago"


@pytest.mark.usefixtures("_slow")
def test_who_changed_something_sees_it(clock, started) -> None:
    memory, make = Memory(clock=clock), Made()
    memory.get("a", 1, make)
    clock.now += 1
    memory.changed()
    clock.now += 1
    assert memory.get("a", 2, make) == 2, "not the page as it was before"
    clock.now += 1
    assert memory.get("a", 3, make) == 2, "somebody else's change may be late"
    assert not started


@pytest.mark.usefixtures("_slow")
def test_what_breaks_is_told_and_tried_again(clock, started) -> None:
    memory = Memory(clock=clock)

    def broken() -> int:
        raise ValueError("no")

    for number in range(50):
        with pytest.raises(ValueError, match="no"):
            memory.get(("a", number), 1, broken)
    assert memory.size() == (0, 0)
    assert not memory._turns, "what broke leaves nothing behind"
    assert memory.get(("a", 1), 1, Made()) == 1
    # In the background: the old value stays, and the next reader starts it again.
    clock.now += REST + 1
    assert memory.get(("a", 1), 2, broken) == 1
    with pytest.raises(ValueError, match="no"):
        started.pop()()
    assert memory.get(("a", 1), 2, broken) == 1
    assert len(started) == 1


def test_so_many_values_and_rows_are_kept() -> None:
    memory = Memory()
    for number in range(MOST + 50):
        memory.get(number, 1, lambda: "x")
    assert memory.size()[0] == MOST
    make = Made()
    memory.get(0, 1, make)
    assert make.times == 1, "the oldest went first"
    memory.get(MOST + 49, 1, make)
    assert make.times == 1
    third = MOST_ROWS // 3 + 1
    for name in "abcd":
        memory.get(name, 1, lambda: [0] * third, rows=len)
    assert memory.size() == (2, 2 * third), "large ones push out many"
    memory.get("d", 2, lambda: [0], rows=len)
    assert memory.size() == (2, third + 1), "what is replaced is not counted twice"
    memory.get("huge", 1, lambda: [0] * 3 * MOST_ROWS, rows=len)
    assert memory.size()[0] == 1, "the one that was just made stays, whatever its size"


def test_many_who_ask_at_once_wait_for_one() -> None:
    memory, make = Memory(), Made()
    go, gate = threading.Event(), threading.Barrier(9)
    found = []

    def slowly() -> int:
        go.wait(5)
        return make()

    def ask() -> None:
        gate.wait(5)
        found.append(memory.get("a", 1, slowly))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for one in threads:
        one.start()
    gate.wait(5)
    go.set()
    for one in threads:
        one.join(5)
    assert found == [1] * 8
    assert not memory._turns


def test_what_began_earlier_never_follows_what_began_later() -> None:
    """Two work at it for two versions; the slower one, of the older version, must not win."""
    memory = Memory()
    in_it, go = threading.Event(), threading.Event()

    def old() -> str:
        in_it.set()
        go.wait(5)
        return "old"

    thread = threading.Thread(target=lambda: memory._make("a", 1, old, lambda _: 1))
    thread.start()
    in_it.wait(5)
    assert memory.get("a", 2, lambda: "new") == "new"
    go.set()
    thread.join(5)
    assert memory.get("a", 2, lambda: "never asked") == "new"
    assert memory.size() == (1, 1)


def test_every_way_to_change_a_record_changes_its_mark(tmp_path) -> None:
    """The version of the memory: also what another program writes to the same file."""
    path = tmp_path / "record.sqlite"
    with Store(path, deriver=Reconciler()) as mine, Store(path, deriver=Reconciler()) as other:
        marks = [Glance(mine).mark()]

        def changed() -> bool:
            marks.append(Glance(mine).mark())
            return marks[-1] not in marks[:-1]

        mine.add(british())
        assert changed()
        other.add(hostile())
        assert changed(), "a second writer"
        other.judge("c1", "right", by="A. Reader")
        assert changed()
        item = mine.explain("c1").item
        other.split(item, ("c10",), by="A. Reader")
        assert changed()
        other.remove("d-hostile")
        assert changed(), "the last document went: its number is free again"
        other.add(hostile())
        assert changed(), "and came back"


@pytest.mark.usefixtures("_slow")
def test_a_page_is_right_after_a_write(record, asking) -> None:
    desk = asking(record)
    before = desk.get("/api/v1/method").json()
    assert before == desk.get("/api/v1/method").json()
    assert desk.request("DELETE", "/api/v1/documents/d-hostile").status_code == 200
    after = desk.get("/api/v1/method").json()
    assert (before["documents"], after["documents"]) == (2, 1)
    with Store(record, deriver=Reconciler()) as other:
        other.add(hostile())
    desk.app.state.desk.memory.changed()
    assert desk.get("/api/v1/method").json()["documents"] == 2, "what another program wrote"


@pytest.mark.usefixtures("_slow")
def test_what_can_be_mended_is_not_made_anew(clock, started) -> None:
    memory, make = Memory(clock=clock), Made()

    def mend(old: int, value: int) -> int | None:
        return None if old == 3 else value + 10 * old

    assert [memory.get("a", version, make, mend=mend) for version in (1, 1, 2, 3, 3)] == [1, 1, 11, 31, 31]
    assert memory.get("a", 4, make, mend=mend) == 31, "cannot be mended: late, as anything that is slow"
    assert not started


def test_a_page_is_made_anew_only_for_what_touches_it(record, asking, monkeypatch) -> None:
    desk = asking(record)
    made = []
    real = relations.look
    monkeypatch.setattr(relations, "look", lambda *given, **more: made.append(given[1:]) or real(*given, **more))
    with Store(record, deriver=Reconciler()) as other:
        for sides, times in (("", 1), ("CHN FRA", 1), ("CHN RUS", 1), ("GBR RUS", 2), ("FRA GBR", 2)):
            if sides:
                other.add(coded(sides, event(sides, text=f"They met: {sides}.", document=sides)))
            assert desk.get("/GBR-RUS.json").status_code == 200
            assert made == [("GBR", "RUS")] * times, sides
        assert "They met: GBR RUS" in desk.get("/GBR-RUS.json").text
        other.judge("c2", "wrong", by="A. Reader")
        assert "Osaka" not in str(desk.get("/GBR-RUS.json").json()["events"])
        assert len(made) == 3
        before = desk.get("/review.json").json()["waiting"]
        other.remove("d-hostile")
        assert desk.get("/review.json").json()["waiting"] < before


def test_the_queue_of_the_review_is_mended_to_what_it_would_be_anew(record, asking) -> None:
    desk = asking(record).app.state.desk
    desk.queue()
    with Store(record, deriver=Reconciler()) as other:
        other.judge("c2", "right", by="A. Reader")
        other.split(other.explain("c1").item, ("c10",), by="A. Reader")
        other.remove("d-hostile")
        other.add(hostile())
    log = desk.store.judgements()
    assert desk.queue() == judging.queue(desk.glance, log)
    assert desk.queue(kind="event", a="GBR", b="RUS") == judging.queue(desk.glance, log, kind="event", a="GBR", b="RUS")


def test_a_mended_map_is_that_which_would_be_drawn_anew(record, asking) -> None:
    desk = asking(record).app.state.desk
    desk.atlas("GBR")
    with Store(record, deriver=Reconciler()) as other:
        for sides, on in (("FRA GBR", "2020-01-01"), ("GBR RUS", "2021-01-01")):
            other.add(coded(sides, event(sides, on=on, text=f"They met: {sides}.", document=sides)))
            drawn, anew = desk.atlas("GBR"), atlas(other, "GBR", until=today())
            assert (drawn.first, drawn.last, drawn.series) == (anew.first, anew.last, anew.series)
        other.remove("FRA GBR")
        assert desk.atlas("GBR").series == atlas(other, "GBR", until=today()).series
