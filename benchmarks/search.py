"""How fast a record of a million claims is searched: `python benchmarks/search.py [CLAIMS] [URL]`, made-up claims.

The rows go straight into the tables, without coding and reconciling; words are as frequent as in texts (Zipf).
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.run import STATES, TYPES, timed  # noqa: E402

from dragoman.reconcile import Reconciler  # noqa: E402
from dragoman.record import Filters, Store  # noqa: E402
from dragoman.record.marks import marked  # noqa: E402
from dragoman.record.rows import document_marks  # noqa: E402

WORDS = [f"{'bcdfghjklmnpqrst'[n % 16]}{'aeiou'[n % 5]}{n:05}" for n in range(30_000)]
#: One document has so many claims.
EACH = 10


def claims(count: int) -> Iterator[tuple[str, str, str, str, str, str]]:
    """Id, document, type, day, sentence and two sides of so many claims."""
    random.seed(4)
    weights = [1 / (rank + 10) for rank in range(len(WORDS))]
    total = 0.0
    cumulative = [total := total + weight for weight in weights]
    for number in range(count):
        text = " ".join(random.choices(WORDS, cum_weights=cumulative, k=22))
        day = f"{2000 + number % 24}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
        yield f"c{number:08}", f"d{number // EACH:07}", random.choice(TYPES), day, text, random.choice(STATES)


def fill(store: Store, count: int) -> None:
    """Puts claims and their documents into a record."""
    connection = store.engine.connect(write=True)
    source = claims(count)
    while some := list(islice(source, 20_000)):
        with store.engine.transaction(connection):
            documents: dict[str, list[tuple[str, ...]]] = {}
            for one in some:
                documents.setdefault(one[1], []).append(one)
            connection.executemany(
                "INSERT INTO documents (id, title, text, url, language, published_start, published_end, published_how,"
                " source, side, payload, claims, marks) VALUES (?, ?, ?, '', 'en', ?, ?, 'stated', ?, '', ?, 0, ?)"
                " ON CONFLICT DO NOTHING",
                [
                    (name, name, told[-1][4], told[-1][3], told[-1][3], f"source {name[-1]}", b"{}",
                     document_marks((f"source {name[-1]}", ""), [one[5] for one in told], told[-1][3], told[-1][3]))
                    for name, told in documents.items()
                ],
            )  # fmt: skip
            connection.executemany(
                "INSERT INTO claims (id, document, kind, type, mode, status, date_start, date_end, text, payload,"
                " block, first, last, marks) VALUES (?, ?, 'event', ?, '', 'actual', ?, ?, ?, ?, '', 0, 0, ?)",
                [
                    (one, document, kind, day, day, text, b"{}",
                     marked([("k", "event"), ("t", kind), ("s", "actual"), ("p", side), ("o", f"source {document[-1]}")],
                            day, day))
                    for one, document, kind, day, text, side in some
                ],
            )  # fmt: skip
            connection.executemany(
                "INSERT INTO claim_actors VALUES (?, 'actor', 0, ?, ?, ?)", [(one[0], *[one[5]] * 3) for one in some]
            )
    connection.close()


def main() -> None:
    """Prints one figure a line."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        where = sys.argv[2] if len(sys.argv) > 2 else Path(folder) / "search.sqlite"
        with Store.open(where, deriver=Reconciler()) as store:
            start = time.perf_counter()
            fill(store, count)
            print(f"{count} claims written in {time.perf_counter() - start:.0f} s")
            rare, middle, common = WORDS[20_000], WORDS[2_000], WORDS[0]
            asked = {
                "a rare word": (rare, Filters()),
                "a word": (middle, Filters()),
                "the most common word": (common, Filters()),
                "two words": (f"{middle} {WORDS[50]}", Filters()),
                "two common words": (f"{common} {WORDS[1]}", Filters()),
                "a phrase": (f'"{WORDS[3]} {WORDS[5]}"', Filters()),
                "a beginning": (f"{middle[:5]}*", Filters()),
                "a word, one party": (middle, Filters(parties=("IRN",))),
                "a word, all filters": (
                    WORDS[50],
                    Filters(parties=("IRN",), event_type="AGREE", status="actual", since="2005", source="source 3"),
                ),
                "the most common word, one party": (common, Filters(parties=("IRN",))),
                "the same, status": (common, Filters(status="actual")),
                "the same, five months": (common, Filters(since="2013-06-01", until="2013-10-31")),
                "the same, all filters": (
                    common,
                    Filters(parties=("IRN",), event_type="AGREE", status="actual", since="2005", source="source 3"),
                ),
            }
            for name, (query, filters) in asked.items():
                hits = store.search(query, filters=filters)
                print(
                    f"{name:32} {timed(lambda q=query, f=filters: store.search(q, filters=f), 3):9.1f} ms  {len(hits)} hits"
                )


if __name__ == "__main__":
    main()
