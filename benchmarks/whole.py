"""What a record of the size that people have takes: `python benchmarks/whole.py RECORD` prints a table.

The record is copied first and nothing is written to it. What it took to make it, `/usr/bin/time -v dragoman add` says.
In brackets stands the processor's time, which is the same when others use the machine.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from dragoman import keep  # noqa: E402
from dragoman.reconcile import Reconciler  # noqa: E402
from dragoman.record import Filters, Glance, Store  # noqa: E402

#: So many documents are taken out and added again.
AGAIN = 50


def opened(path: Path, *, write: bool = True) -> Store:
    """A record."""
    return Store.open(path, deriver=Reconciler(), write=write)


def once(do: Callable[[], object]) -> tuple[float, float]:
    """How many milliseconds it takes, and of the processor's."""
    start, busy = time.perf_counter(), time.process_time()
    do()
    return (time.perf_counter() - start) * 1000, (time.process_time() - busy) * 1000


def best(do: Callable[[], object]) -> str:
    """The best of five runs."""
    took = [once(do) for _ in range(5)]
    return f"{min(one for one, _ in took):.1f} ms ({min(busy for _, busy in took):.1f})"


def size(store: Store) -> Iterator[tuple[str, str]]:
    """What there is."""
    glance = Glance(store)
    events = store.items("event")
    links = sum(len(one.links) for one in events)
    yield "documents", f"{glance.count('documents'):,}"
    yield "claims", f"{glance.count('claims'):,}"
    yield "items", f"{glance.count('items'):,}"
    yield "events", f"{len(events):,}"
    yield "claims of events / claims per event", f"{links:,} / {links / len(events):.2f}"
    several = [one for one in events if len(one.links) > 1]
    yield "events told more than once / by more than one document", (
        f"{len(several):,} / {sum(len({link.document for link in one.links}) > 1 for one in events):,}"
    )
    yield "size", f"{Path(store.path).stat().st_size / 1e6:.0f} MB"


def asking(path: Path) -> Iterator[tuple[str, str]]:
    """How fast it answers."""
    with opened(path, write=False) as store:
        busiest = store.relations()[0]
        middle = store.relations()[200]
        yield "all relations", best(store.relations)
        for query, filters in (
            ("president", Filters()),
            ("foreign minister", Filters(parties=(busiest.a,), status="actual", since="2020-01-01")),
            ("gas supp*", Filters(kind="event")),
        ):
            took = best(lambda q=query, f=filters: store.search(q, filters=f))  # type: ignore[misc]
            yield f"search for “{query}”{', narrowed' if filters != Filters() else ''}", took
    for name, one in (("the busiest relation", busiest), ("the 200th", middle)):

        def last(one: object = one) -> None:
            with opened(path, write=False) as store:
                store.events(one.a, one.b, last=50)  # type: ignore[attr-defined]

        yield f"opening it, the last fifty events of {name}", best(last)


def adding(path: Path) -> Iterator[tuple[str, str]]:
    """What one document more costs, coded and kept."""
    coder = keep.coder()
    with opened(path) as store:
        lines = [one for one in store.documents() if one.claims]
        some = [store.document(line.id) for line in lines[:: max(1, len(lines) // AGAIN)][:AGAIN]]
        documents = [one.document for one in some if one]
        list(coder.code(documents[:1]))
        kept, both = [], []
        for one in documents:
            store.remove(one.id)
            (coded,) = coder.code([one])
            kept.append(once(lambda coded=coded: store.add(coded)))  # type: ignore[misc]
            store.remove(one.id)
            both.append(once(lambda one=one: list(keep.add(store, one, with_coder=coder))))  # type: ignore[misc]
    for name, took in (("keeping one coded document more", kept), ("coding and keeping it", both)):
        walls, busy = ([one[at] for one in took] for at in (0, 1))
        yield (
            f"{name}, median / slowest of {len(took)}",
            f"{statistics.median(walls):.0f} ({statistics.median(busy):.0f}) / {max(walls):.0f} ({max(busy):.0f}) ms",
        )


def copying(path: Path, target: Path) -> Iterator[tuple[str, str]]:
    """A copy while another writes."""
    with opened(path) as store, opened(path) as other:
        lines = [one.id for one in store.documents()[:2000:4]]
        coded = [one for one in map(other.document, lines) if one]
        done = threading.Event()
        wrote = [0]

        def write() -> None:
            while not done.is_set():
                one = coded[wrote[0] % len(coded)]
                other.remove(one.document.id)
                other.add(one)
                wrote[0] += 1

        writer = threading.Thread(target=write)
        writer.start()
        took, _ = once(lambda: store.backup(target))
        done.set()
        writer.join()
    with opened(target) as copy:
        faults = list(copy.check(derive=False))
    yield "copying it while another writes", f"{took / 1000:.1f} s ({wrote[0]} documents written meanwhile, {len(faults)} faults)"


def command(path: Path, *words: str) -> str:
    """The time and memory of a command of its own."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run(
        [sys.executable, "-m", "dragoman.cli", *words, "--record", str(path)], capture_output=True, text=True, check=False
    )
    took = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    memory = after.ru_maxrss / 1024
    return f"{took:.0f} s ({busy:.0f}), at most {memory:.0f} MB so far ({run.stdout.strip().rpartition(': ')[2] or run.stderr.strip()})"


def main() -> None:
    """Prints a table of Markdown."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    print("| what | measured |\n| --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        path, again = Path(folder) / "whole.sqlite", Path(folder) / "again.sqlite"
        with opened(Path(sys.argv[1]), write=False) as store:
            store.backup(path)
        with opened(path) as store:
            rows = list(size(store))
        for rows_of in (lambda: rows, lambda: asking(path), lambda: adding(path), lambda: copying(path, again)):
            for name, value in rows_of():
                print(f"| {name} | {value} |", flush=True)
        again.unlink()
        print(f"| `dragoman rebuild` | {command(path, 'rebuild')} |", flush=True)
        print(f"| `dragoman check --quick` | {command(path, 'check', '--quick')} |", flush=True)
        print(f"| `dragoman check` | {command(path, 'check')} |", flush=True)


if __name__ == "__main__":
    main()
