"""Speed and scale of the record, with made-up documents: `python benchmarks/run.py [DOCUMENTS]`."""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.made import coded, event, statement  # noqa: E402

from dragoman.reconcile import Reconciler  # noqa: E402
from dragoman.record import Store  # noqa: E402

STATES = (
    *("USA", "RUS", "CHN", "GBR", "FRA", "DEU", "IND", "PAK", "IRN"),
    *("ISR", "UKR", "TUR", "JPN", "KOR", "PRK", "SYR", "EGY", "SAU"),
)
TYPES = ["CONSULT", "AGREE", "ACCUSE", "REQUEST", "ASSAULT", "COOPERATE", "SANCTION", "REJECT"]
WORDS = [f"{'bcdfghjklmnpqrst'[n % 16]}{'aeiou'[n % 5]}{n:03}word" for n in range(3000)]


def reports(count: int) -> Iterator[Any]:
    """Documents of five events and two statements; busy pairs are busier, as in the news (Zipf)."""
    random.seed(1)
    weights = [1 / (rank + 1) for rank in range(len(STATES))]
    for number in range(count):
        name = f"d{number}"
        year, month, day = 2013 + number % 10, random.randint(1, 12), random.randint(1, 28)
        on = f"{year}-{month:02}-{day:02}"
        claims = []
        for point in range(5):
            a, b = random.choices(STATES, weights, k=2)
            text = " ".join(random.choices(WORDS, k=18)) + f" {point}."
            kind = random.choice(TYPES)
            claims.append(event(a, b if b != a else "", on=on, text=text, document=name, event_type=kind, mode=""))
        for point in range(2):
            words = " ".join(random.choices(WORDS, k=14)) + f" said {point}."
            claims.append(statement(random.choices(STATES, weights)[0], words, document=name, on=on))
        yield coded(name, *claims, source=f"source {number % 40}", published=on)


def timed(ask: Callable[[], object], times: int = 5) -> float:
    """The best of some runs, in milliseconds."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        ask()
        best = min(best, time.perf_counter() - start)
    return best * 1000


def main() -> None:
    """Prints one figure a line."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    made = list(reports(count + 5))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.sqlite"
        with Store.open(path, deriver=Reconciler()) as store:
            start = time.perf_counter()
            for one in made[:count]:
                store.add(one)
            took = time.perf_counter() - start
            print(f"documents added a second       {count / took:10.0f}   ({7 * count} claims in {took:.1f} s)")
            late = iter(made[count:])
            print(f"adding one more, ms            {timed(lambda: store.add(next(late))):10.1f}")
            print(f"last fifty of the busiest, ms  {timed(lambda: store.events('RUS', 'USA', last=50)):10.1f}")
            print(f"all relations, ms              {timed(store.relations):10.1f}")
            print(f"search for two words, ms       {timed(lambda: store.search(f'{WORDS[7]} {WORDS[8]}')):10.1f}")
            print(f"search for one word, ms        {timed(lambda: store.search(WORDS[7])):10.1f}")
        with Store.open(path, deriver=Reconciler(), write=False) as store:
            items = len(store.items())
        start = time.perf_counter()
        with Store.open(path, deriver=Reconciler(), write=False) as store:
            store.events("RUS", "USA", last=50)
        print(f"opening and showing fifty, ms  {(time.perf_counter() - start) * 1000:10.1f}")
        print(f"items                          {items:10}")
        print(f"file, MB                       {path.stat().st_size / 1e6:10.1f}")
    print(f"memory at most, MB             {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:10.0f}")


if __name__ == "__main__":
    main()
