"""Scores the event coder on gold: type, parties, status, by F1 with bootstrap intervals, what is confused with what, agreement of readers."""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec

from dragoman.pipeline import Coder
from dragoman.read import from_text

NO_STATE = {"IGO", "NGO", "UNO", "EUR", "IMG", "ISM", "MNC", ""}
Key = tuple[str, str, frozenset[str], frozenset[str], str]


def texts(rows: list[dict[str, Any]], corpora: Path) -> None:
    """Fills the text of rows that keep only document and offsets, from the corpora."""
    wanted = collections.defaultdict(list)
    for row in rows:
        if "text" not in row:
            wanted[row["file"]].append(row)
    for name, mine in wanted.items():
        ids = {row["document"] for row in mine}
        path = corpora / name
        opener = gzip.open if path.suffix == ".gz" else open
        found = {}
        with opener(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row["id"] in ids:
                    found[row["id"]] = row["text"]
        for row in mine:
            row["whole"] = found[row["document"]]
            row["text"] = row["whole"][row["start"] : row["end"]]


def gold_keys(row: dict[str, Any]) -> list[Key]:
    """The events of a gold row as (type, status, actor states, recipient states, mode)."""
    return [
        (e["event_type"], e["status"], _states(a.get("country", "") for a in e["actors"]), _states(r.get("country", "") for r in e["recipients"]), e.get("mode", ""))
        for e in row["events"]
    ]


def _states(codes: Iterable[str]) -> frozenset[str]:
    return frozenset(codes) - NO_STATE


def coded_keys(coded: Any) -> list[tuple[Key, Any]]:
    """The events that the coder found, as keys beside the claims."""
    return [
        ((c.event_type, c.status, _states(e.country for e in c.actors), _states(e.country for e in c.recipients), c.mode), c)
        for c in coded.claims
        if type(c).__name__ == "Event"
    ]


def _within(coded: Any, row: dict[str, Any]) -> Any:
    """The claims that rest on words inside the passage of a row."""
    start, end = row.get("start", 0), row.get("end", len(row["text"]))
    claims = tuple(c for c in coded.claims if c.trigger is not None and start <= c.trigger.start < end)
    return msgspec.structs.replace(coded, claims=claims)


VIEWS: dict[str, Callable[[Key], object]] = {
    "type": lambda k: k[0],
    "type and states": lambda k: (k[0], k[2] | k[3]),
    "all three": lambda k: _mutual(k),
    "all and status": lambda k: (*_mutual(k), k[1]),
    "all and mode": lambda k: (*_mutual(k), k[4]),
}


def _mutual(key: Key) -> tuple[object, ...]:
    if not key[3] and key[0] in {"CONSULT", "AGREE", "COOPERATE", "SUPPORT"}:
        return key[0], key[2] | key[3]
    return key[0], key[2], key[3]


def counts(pairs: list[tuple[list[Key], list[Key]]]) -> dict[str, tuple[int, int, int]]:
    """Hits, coded and gold by view."""
    out = {}
    coded, gold = sum(len(p) for _, p in pairs), sum(len(g) for g, _ in pairs)
    for name, view in VIEWS.items():
        hits = sum(sum((collections.Counter(map(view, g)) & collections.Counter(map(view, p))).values()) for g, p in pairs)
        out[name] = (hits, coded, gold)
    return out


def f1(hits: int, coded: int, gold: int) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * hits / (coded + gold) if coded + gold else 0.0


def interval(pairs: list[tuple[list[Key], list[Key]]], name: str, rounds: int = 200) -> tuple[float, float]:
    """The middle 95 per cent of an F1 over resampled rows."""
    chance = random.Random(1)
    view = VIEWS[name]
    single = [(sum((collections.Counter(map(view, g)) & collections.Counter(map(view, p))).values()), len(p), len(g)) for g, p in pairs]
    found = []
    for _ in range(rounds):
        drawn = [single[chance.randrange(len(single))] for _ in single]
        found.append(f1(*(sum(d[i] for d in drawn) for i in range(3))))
    found.sort()
    return found[int(rounds * 0.025)], found[int(rounds * 0.975)]


def main() -> None:
    """The command line: `score.py GOLD.jsonl …`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--batches", default="", help="only rows of batches whose name begins so (comma-separated)")
    parser.add_argument("--blind", choices=["only", "without", "both"], default="without", help="rows that are set aside")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--type", default="", help="show errors of this type alone")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rows = [json.loads(line) for path in options.gold for line in path.read_text(encoding="utf-8").splitlines()]
    if options.batches:
        rows = [r for r in rows if any(r.get("batch", "").startswith(b) for b in options.batches.split(","))]
    aside = lambda r: bool(r.get("blind")) or str(r.get("batch", "")).startswith("blind")  # noqa: E731
    if options.blind != "both":
        rows = [r for r in rows if aside(r) == (options.blind == "only")]
    texts(rows, options.corpora)
    coder = Coder()
    # A passage of a corpus is coded within its document, as it would be for a user.
    whole = {r.get("document", r.get("id")): from_text(r.get("whole", r["text"]), id=str(r.get("document", r.get("id"))), date=r["date"][:10]) for r in rows}
    found = {c.document.id: c for c in coder.code(whole.values())}
    coded = [_within(found[str(r.get("document", r.get("id")))], r) for r in rows]
    pairs = [(gold_keys(r), [k for k, _ in coded_keys(c)]) for r, c in zip(rows, coded, strict=True)]
    print(f"{len(rows)} passages, {sum(bool(g) for g, _ in pairs)} with an event; {sum(len(g) for g, _ in pairs)} events in gold, {sum(len(p) for _, p in pairs)} coded")
    for name, (hits, said, gold) in counts(pairs).items():
        low, high = interval(pairs, name)
        print(f"{name:16} P {hits / max(1, said):.3f}  R {hits / max(1, gold):.3f}  F1 {f1(hits, said, gold):.3f} [{low:.3f}, {high:.3f}]")
    silent = [(g, p) for g, p in pairs if not g]
    print(f"kept silent      {sum(not any(k[1] == 'actual' for k in p) for _, p in silent) / max(1, len(silent)):.3f} of {len(silent)}")
    matched = [(a, b) for g, p in pairs for a in g for b in p if _mutual(a) == _mutual(b)]
    print(f"status right     {sum(a[1] == b[1] for a, b in matched) / max(1, len(matched)):.3f} of {len(matched)} events found")
    table: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0, 0, 0])
    for g, p in pairs:
        for k in g:
            table[k[0]][0] += 1
        for k in p:
            table[k[0]][1] += 1
        for kind, n in (collections.Counter(k[0] for k in g) & collections.Counter(k[0] for k in p)).items():
            table[kind][2] += n
        for key, n in (collections.Counter(map(_mutual, g)) & collections.Counter(map(_mutual, p))).items():
            table[str(key[0])][3] += n
    print(f"{'type':10} {'gold':>5} {'coded':>5} {'P':>6} {'R':>6}   all three right")
    for kind, (g, p, hit, full) in sorted(table.items(), key=lambda t: -t[1][0]):
        print(f"{kind:10} {g:5} {p:5} {hit / max(1, p):6.2f} {hit / max(1, g):6.2f}   {full}")
    shown = 0
    order = list(range(len(rows)))
    random.Random(options.seed).shuffle(order)
    for i in order:
        g, p = pairs[i]
        if collections.Counter(map(_mutual, g)) == collections.Counter(map(_mutual, p)) or shown >= options.errors:
            continue
        if options.type and not any(k[0] == options.type for k in (*g, *p)):
            continue
        shown += 1
        print(f"\n{rows[i].get('batch', rows[i].get('id'))} {rows[i]['text']}")
        for e in rows[i]["events"]:
            print(f"   gold {e['event_type']}/{e.get('mode')} {e['status']} {[a['country'] for a in e['actors']]} > {[a['country'] for a in e['recipients']]} [{e['trigger']}]")
        for _, c in coded_keys(coded[i]):
            print(f"   got  {c.event_type}/{c.mode} {c.status} {[a.text + '=' + a.country for a in c.actors]} > {[a.text + '=' + a.country for a in c.recipients]} [{c.trigger.text}] {c.why[0].rule}")


if __name__ == "__main__":
    main()
