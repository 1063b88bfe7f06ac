"""How long the desk takes to answer 20 users at once, with one writer adding documents.

`python benchmarks/desk.py RECORD [--seconds 60] [--users 20] [--think 1 5]` copies the record, starts a desk over the
copy in a process of its own, and lets users read: each asks for a page, reads it for one to five seconds, and asks for
the next; with `--think 0 0` nobody reads. The writer pastes a document every two seconds, each about another pair of
states. Prints for each kind of page the median and the 99th percentile of the time from the request to the whole
answer, the processor time and memory of the desk, and whatever went wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import os
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

#: Seconds for which a person reads a page before asking for the next: quick readers, who look for something.
READING = (1.0, 5.0)
#: How often a page of each kind is asked for; the rest once.
OFTEN = {"home": 4, "relation": 6, "relation/positions": 2, "relation/brief": 2, "document": 3, "search": 3, "item": 3}
#: Whom the writer writes about, in turn.
STATES = ("Britain", "Russia", "France", "China", "Iran", "Turkey", "India", "Israel", "Germany", "Japan")
TABS = ("", "/positions", "/architecture", "/agreements", "/disputes", "/figures", "/documents", "/brief")


def main() -> None:
    """Runs the desk and its users, and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("record", type=Path)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--think", type=float, nargs=2, default=READING, metavar=("LEAST", "MOST"))
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
                asyncio.run(measure(f"http://127.0.0.1:{port}", given.users, given.seconds, tuple(given.think)))
                print(used(desk.pid))
            finally:
                desk.terminate()


def used(process: int) -> str:
    """The processor time and the memory that a process has taken, where the system tells (Linux)."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
        clock = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return ""
    peak = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    seconds = (int(clock[11]) + int(clock[12])) / os.sysconf("SC_CLK_TCK")
    return f"the desk took {seconds:.0f} s of processor and {int(peak) / 1000:.0f} MB at most"


async def measure(address: str, users: int, seconds: float, think: tuple[float, float]) -> None:
    """Lets the users read for so long, and prints what they saw."""
    times: dict[str, list[float]] = defaultdict(list)
    wrong: list[str] = []
    async with httpx.AsyncClient(
        base_url=address, timeout=60, limits=httpx.Limits(max_connections=users + 5)
    ) as client:
        await until_there(client)
        relations = (await client.get("/index.json")).json()["relations"][:30]
        documents = [one["id"] for one in (await client.get("/documents.json?limit=200")).json()["documents"]]
        items = (await client.get("/api/v1/items?limit=100&kind=event&since=2018-01-01&a=RUS")).json()["items"]
        pages = pages_of(
            [one["path"] for one in relations if "?" not in one["path"]], documents, [one["id"] for one in items]
        )
        # The first reader of the day waits for what is worked out once; said apart from the rest.
        start = time.perf_counter()
        for kind in ("home", "map", "review", "method"):
            await client.get(pages[kind][0])
        print(f"the first home, map, review and method page together: {time.perf_counter() - start:.1f} s")
        end = time.monotonic() + seconds
        await asyncio.gather(
            *(reader(client, pages, times, wrong, end, think, number) for number in range(users)),
            writer(client, wrong, end),
        )
    every = [one for some in times.values() for one in some]
    print(
        f"{len(every)} pages, {users} users who read for {think[0]:g} to {think[1]:g} s, {seconds:.0f} s, {len(wrong)} errors;"
        f" load average {os.getloadavg()[0]:.1f}"
    )
    print(f"{'page':<14}{'answers':>8}{'median ms':>11}{'p99 ms':>9}")
    for kind, some in [*sorted(times.items()), ("all", every)]:
        ordered = sorted(some)
        print(
            f"{kind:<14}{len(some):>8}{statistics.median(ordered):>11.0f}{ordered[int(0.99 * (len(ordered) - 1))]:>9.0f}"
        )
    for one in wrong[:10]:
        print(one)


def pages_of(relations: list[str], documents: list[str], items: list[str]) -> dict[str, list[str]]:
    """The addresses of each kind of page."""
    pages = {f"relation{tab}": [f"{path}{tab}" for path in relations] for tab in TABS}
    pages |= {
        "home": ["/"],
        "map": ["/map"],
        "review": ["/review", "/review?kind=event"],
        "search": ["/search?q=sanctions", "/search?q=diplomats", '/search?q="foreign minister"'],
        "documents": ["/documents"],
        "document": [f"/document/{one}" for one in documents],
        "item": [f"/item/{one}" for one in items],
        "chart": [f"{path}/chart.json" for path in relations],
        "picture": [f"{path}/chart.svg" for path in relations],
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
    think: tuple[float, float],
    number: int,
) -> None:
    """One user: a page, a while of reading, the next."""
    chance = random.Random(number)
    kinds = list(pages)
    weights = [OFTEN.get(kind, 1) for kind in kinds]
    await asyncio.sleep(chance.uniform(0, think[1]))
    while time.monotonic() < end:
        (kind,) = chance.choices(kinds, weights)
        path = chance.choice(pages[kind])
        start = time.perf_counter()
        try:
            answer = await client.get(path)
            times[kind].append(1000 * (time.perf_counter() - start))
            if answer.status_code != 200:
                wrong.append(f"{answer.status_code} {path}")
        except httpx.TransportError as error:
            wrong.append(f"{type(error).__name__} {path}")
        await asyncio.sleep(chance.uniform(*think))


async def writer(client: httpx.AsyncClient, wrong: list[str], end: float) -> None:
    """Pastes a document every two seconds."""
    number = 0
    while time.monotonic() < end:
        number += 1
        one, other = STATES[number % len(STATES)], STATES[(number // len(STATES) + number + 1) % len(STATES)]
        text = f"{one} expelled {number + 1} diplomats of {other} on {1 + number % 28} March 2018. {one} met {other}."
        try:
            answer = await client.post("/api/v1/documents", json={"text": text, "date": "2018-04-01"})
            if answer.status_code != 201:
                wrong.append(f"{answer.status_code} {answer.text[:200]}")
        except httpx.TransportError as error:
            wrong.append(f"{type(error).__name__} while adding")
        await asyncio.sleep(2)


if __name__ == "__main__":
    main()
