"""How long the desk takes to answer 20 users at once, with one writer adding documents.

`python benchmarks/desk.py RECORD [--seconds 60] [--users 20]` copies the record, starts a desk over the copy in a
process of its own, and lets users read: each asks for a page, reads it for a second or two, and asks for the next. The
writer pastes a document every two seconds. Prints for each kind of page the median and the 99th percentile of the time
from the request to the whole answer, and whatever went wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import httpx

#: Seconds for which a person reads a page before asking for the next.
READING = (0.5, 2.0)
TABS = ("", "/positions", "/architecture", "/agreements", "/disputes", "/figures", "/documents", "/brief")


def main() -> None:
    """Runs the desk and its users, and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("record", type=Path)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--users", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "record.sqlite"
        shutil.copy(given.record, record)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "dragoman.cli", "serve", "--record", str(record), "--port", str(port)]
        with subprocess.Popen(command) as desk:
            try:
                asyncio.run(measure(f"http://127.0.0.1:{port}", given.users, given.seconds))
            finally:
                desk.terminate()


async def measure(address: str, users: int, seconds: float) -> None:
    """Lets the users read for so long, and prints what they saw."""
    times: dict[str, list[float]] = defaultdict(list)
    wrong: list[str] = []
    async with httpx.AsyncClient(
        base_url=address, timeout=60, limits=httpx.Limits(max_connections=users + 5)
    ) as client:
        await until_there(client)
        relations = (await client.get("/index.json")).json()["relations"][:30]
        documents = [one["id"] for one in (await client.get("/documents.json?limit=200")).json()["documents"]]
        pages = pages_of([one["path"] for one in relations if "?" not in one["path"]], documents)
        # The first reader of the day waits for what is worked out once; said apart from the rest.
        start = time.perf_counter()
        for kind in ("home", "map", "review", "method"):
            await client.get(pages[kind][0])
        print(f"the first home, map, review and method page together: {time.perf_counter() - start:.1f} s")
        end = time.monotonic() + seconds
        await asyncio.gather(
            *(reader(client, pages, times, wrong, end, number) for number in range(users)), writer(client, wrong, end)
        )
    every = [one for some in times.values() for one in some]
    print(f"{len(every)} pages, {users} users, {seconds:.0f} s, {len(wrong)} errors")
    print(f"{'page':<14}{'answers':>8}{'median ms':>11}{'p99 ms':>9}")
    for kind, some in [*sorted(times.items()), ("all", every)]:
        ordered = sorted(some)
        print(
            f"{kind:<14}{len(some):>8}{statistics.median(ordered):>11.0f}{ordered[int(0.99 * (len(ordered) - 1))]:>9.0f}"
        )
    for one in wrong[:10]:
        print(one)


def pages_of(relations: list[str], documents: list[str]) -> dict[str, list[str]]:
    """The addresses of each kind of page."""
    pages = {f"relation{tab}": [f"{path}{tab}" for path in relations] for tab in TABS}
    pages |= {
        "home": ["/"],
        "map": ["/map"],
        "review": ["/review", "/review?kind=event"],
        "search": ["/search?q=sanctions", "/search?q=diplomats", '/search?q="foreign minister"'],
        "documents": ["/documents"],
        "document": [f"/document/{one}" for one in documents],
        "method": ["/method"],
        "actor": ["/actor/GBR", "/actor/Theresa%20May", "/actor/UKR"],
    }
    return pages


async def until_there(client: httpx.AsyncClient) -> None:
    """Waits until the desk answers."""
    for _ in range(600):
        try:
            await client.get("/static/desk.js")
        except httpx.TransportError:
            await asyncio.sleep(0.1)
        else:
            return
    raise TimeoutError("the desk did not start")


async def reader(
    client: httpx.AsyncClient,
    pages: dict[str, list[str]],
    times: dict[str, list[float]],
    wrong: list[str],
    end: float,
    number: int,
) -> None:
    """One user: a page, a while of reading, the next."""
    chance = random.Random(number)
    await asyncio.sleep(chance.uniform(0, READING[1]))
    while time.monotonic() < end:
        kind = chance.choice(list(pages))
        path = chance.choice(pages[kind])
        start = time.perf_counter()
        try:
            answer = await client.get(path)
            times[kind].append(1000 * (time.perf_counter() - start))
            if answer.status_code != 200:
                wrong.append(f"{answer.status_code} {path}")
        except httpx.TransportError as error:
            wrong.append(f"{type(error).__name__} {path}")
        await asyncio.sleep(chance.uniform(*READING))


async def writer(client: httpx.AsyncClient, wrong: list[str], end: float) -> None:
    """Pastes a document every two seconds."""
    number = 0
    while time.monotonic() < end:
        number += 1
        text = f"Britain expelled {number + 1} Russian diplomats on {1 + number % 28} March 2018."
        try:
            answer = await client.post("/api/v1/documents", json={"text": text, "date": "2018-04-01"})
            if answer.status_code != 201:
                wrong.append(f"{answer.status_code} {answer.text[:200]}")
        except httpx.TransportError as error:
            wrong.append(f"{type(error).__name__} while adding")
        await asyncio.sleep(2)


if __name__ == "__main__":
    main()
