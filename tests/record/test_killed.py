"""Killed at any moment, a record has lost nothing that it acknowledged and holds nothing by half."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from dragoman.reconcile import Reconciler
from dragoman.record import Store
from tests.made import coded, event

ROOT = Path(__file__).resolve().parents[2]
KILLS = 100


def report(number: int):
    name = f"d{number}"
    texts = [f"Report {number}: the minister visited Moscow, point {point}." for point in range(5)]
    on = f"2009-{number % 12 + 1:02}-{number % 28 + 1:02}"
    return coded(name, *(event("GBR", "RUS", text=text, on=on, document=name) for text in texts))


def write(path: str, first: int) -> None:
    """Adds reports without end and says each when it is kept."""
    with Store.open(path, deriver=Reconciler()) as store:
        for number in range(first, first + 100_000):
            store.add(report(number))
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


def test_nothing_acknowledged_is_lost_and_nothing_is_half_there(path: Path | str) -> None:
    script = f"from tests.record.test_killed import write; import sys; write({str(path)!r}, int(sys.argv[1]))"
    random.seed(7)
    acknowledged: list[int] = []
    # PostgreSQL keeps its own promise when a client dies; a few kills show that we ask for it.
    for _ in range(KILLS if isinstance(path, Path) else KILLS // 10):
        first = acknowledged[-1] + 1000 if acknowledged else 0
        running = subprocess.Popen(
            [sys.executable, "-c", script, str(first)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert running.stdout
        heard = [int(running.stdout.readline())]
        time.sleep(random.uniform(0, 0.05))
        running.send_signal(signal.SIGKILL)
        heard += [int(line) for line in running.stdout.read().split("\n")[:-1] if line]
        running.stdout.close()
        assert running.wait() == -signal.SIGKILL
        acknowledged += heard
        with Store.open(path, deriver=Reconciler()) as store:
            held = {line.id: line.claims for line in store.documents()}
            assert {f"d{number}" for number in acknowledged} <= held.keys()
            assert sum(held.values()) == 5 * len(held) == len(store.claims())
            assert sum(len(item.links) for item in store.items("event")) == 5 * len(held)
    with Store.open(path, deriver=Reconciler()) as store:
        assert list(store.check()) == []
