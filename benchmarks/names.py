"""How fast names are loaded and found: `python benchmarks/names.py [MEGABYTES]`.

Prints how long a new process takes to load the whole dictionary (tables and automaton, kept from an earlier run), and how
many megabytes of text a second it is matched against on one core: once by the automaton alone, and once through `find`,
which also weighs letters and overlaps. The text is made of the dictionary's own names among words, a name in some eight
words as in the news. Processor time is counted, so that a busy machine tells the same; the best of some runs counts.
"""

from __future__ import annotations

import itertools
import random
import subprocess
import sys
import time
from collections.abc import Callable

import daachorse

from dragoman.knowledge import load
from dragoman.resolve.folding import fold
from dragoman.resolve.name_tables import build, read_cache, write_cache
from dragoman.resolve.names import NameIndex

WANTED_SECONDS, WANTED_RATE = 0.5, 20.0
#: A name stands after so many other words.
SPARSE = 8
LOADING = """
import time
from dragoman.knowledge import load
from dragoman.resolve.names import NameIndex
known = load()
start = time.process_time()
digest = known.digest
middle = time.process_time()
NameIndex(known)
print(middle - start, time.process_time() - middle)
"""
WORDS = (
    "the talks on trade and security were held after a long dispute over gas which both sides said had been settled when "
    "a delegation came to sign what was called a plan for peace in the region while others spoke of new measures"
).split()


def text(index: NameIndex, size: int) -> str:
    """So many characters of words with names of the dictionary among them."""
    random.seed(1)
    names = [entry.name for entry in index._entries if entry.kind in {"state", "person", "capital", "organisation"}]  # noqa: SLF001
    random.shuffle(names)
    # News repeats its names: the busiest is written most (Zipf).
    often = list(itertools.accumulate(1 / (rank + 1) for rank in range(len(names))))
    made: list[str] = []
    length = 0
    while length < size:
        piece = " ".join([*random.choices(WORDS, k=SPARSE), *random.choices(names, cum_weights=often)])
        made.append(piece)
        length += len(piece) + 2
    return ". ".join(made)


def best(work: Callable[[], object], times: int = 3) -> float:
    """The least processor time of some runs, in seconds."""
    took = []
    for _ in range(times):
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return min(took)


def main() -> None:
    """Prints one figure a line."""
    size = int(float(sys.argv[1]) * 1e6) if len(sys.argv) > 1 else 4_000_000
    known = load()
    index = NameIndex(known)
    runs = [
        [float(part) for part in subprocess.run([sys.executable, "-c", LOADING], capture_output=True, text=True, check=True).stdout.split()]
        for _ in range(3)
    ]  # fmt: skip
    hashing, loading = min(run[0] for run in runs), min(run[1] for run in runs)
    print(f"digest of the knowledge, s        {hashing:8.3f}")
    print(f"loading the dictionary, s         {loading:8.3f}   (wanted {WANTED_SECONDS})")
    cached = read_cache(known.digest)
    if cached is None:
        cached = build(known)
        write_cache(known.digest, *cached)
    automaton = daachorse.DoubleArrayAhoCorasick.deserialize(cached[0])
    print(f"names / lines of knowledge        {len(cached[1].forms):8} / {len(cached[1].entries)}")
    words = text(index, size)
    megabytes = len(words.encode()) / 1e6
    folded = f" {fold(words)} ".encode("ascii")
    alone = best(lambda: automaton.find_overlapping(folded))
    print(f"automaton alone, MB/s             {megabytes / alone:8.1f}   (wanted {WANTED_RATE})")
    print(f"folding a text, MB/s              {megabytes / best(lambda: fold(words)):8.1f}")
    pages = [words[at : at + 5000] for at in range(0, len(words), 5000)]
    print(f"names found and weighed, MB/s     {megabytes / best(lambda: [index.find(page) for page in pages]):8.1f}")


if __name__ == "__main__":
    main()
