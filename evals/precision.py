"""How many of the coded events are right when a person reads them against their sentences: a draw, then the figures.

    precision.py draw CODED.jsonl --count 300 --out FOLDER    numbered events with their sentences, to be judged by reading
    precision.py tell FOLDER                                  precision by type with its interval, and what was wrong

`CODED.jsonl` is what `dragoman code --input jsonl` prints for a corpus. Types are drawn evenly as far as they go, so that
rare ones are judged too; the figure over all weighs each type by how often it was coded. A judged line is
`number<TAB>verdict<TAB>note`, the verdict r (right), or the letters of what is wrong: t type, a actor, p recipient (patient),
s status, d date, e no event at all.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any


def events(path: Path, wanted: int, seed: int) -> tuple[list[dict[str, Any]], Counter[str]]:
    """As many events of each type as asked for, kept by reservoir, and how often each type was coded."""
    chance = random.Random(seed)  # noqa: S311  # a draw that can be repeated
    kept: dict[str, list[dict[str, Any]]] = defaultdict(list)
    seen: Counter[str] = Counter()
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            for claim in json.loads(line)["claims"]:
                if claim["kind"] != "event":
                    continue
                name = claim["event_type"]
                seen[name] += 1
                if len(kept[name]) < wanted:
                    kept[name].append(claim)
                elif (place := chance.randrange(seen[name])) < wanted:
                    kept[name][place] = claim
    return [claim for name in sorted(kept) for claim in kept[name]], seen


def parties(side: list[dict[str, Any]]) -> str:
    """Parties in words and codes."""
    return " + ".join(
        f"{e['text']} [{e['country']}{'.' if e['sectors'] else ''}{' '.join(e['sectors'][:1])}]" for e in side
    )


def draw(options: argparse.Namespace) -> None:
    """Writes the events to be read, and beside them how often each type was coded."""
    found, seen = events(options.coded, 10_000, options.seed)
    chance = random.Random(options.seed)  # noqa: S311
    by_type: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for claim in found:
        by_type[claim["event_type"]].append(claim)
    share = math.ceil(options.count / len(by_type))
    chosen = [c for name in sorted(by_type) for c in chance.sample(by_type[name], min(share, len(by_type[name])))]
    chance.shuffle(chosen)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "seen.json").write_text(json.dumps(seen), encoding="utf-8")
    with (
        (options.out / "drawn.txt").open("w", encoding="utf-8") as out,
        (options.out / "drawn.key.jsonl").open("w", encoding="utf-8") as key,
    ):
        for number, claim in enumerate(chosen[: options.count], 1):
            words = claim["evidence"]
            text = " ".join(words["text"].split())
            where = {"n": number, "document": words["document"], "start": words["start"], "end": words["end"]}
            key.write(json.dumps(where | {"confidence": round(claim.get("confidence") or 0, 2)}) + "\n")
            date = (claim.get("date") or {}).get("start", "")
            out.write(
                f"{number}\t{claim['event_type']}/{claim['mode']} {claim['status']} {date} | {parties(claim['actors'])} > "
                f"{parties(claim['recipients'])} | word: {(claim.get('trigger') or {}).get('text', '')}\t{text}\n"
            )
    print(
        f"{min(len(chosen), options.count)} events in {options.out / 'drawn.txt'}; judge them in {options.out / 'judged.tsv'}"
    )


def wilson(right: int, of: int) -> tuple[float, float]:
    """The 95 per cent interval of a share (Wilson 1927)."""
    if not of:
        return 0.0, 1.0
    z, p = 1.96, right / of
    middle, half = p + z * z / (2 * of), z * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return (middle - half) / (1 + z * z / of), (middle + half) / (1 + z * z / of)


def tell(options: argparse.Namespace) -> None:
    """Prints precision by type and over all, and each error with its note."""
    drawn = {}
    for line in (options.folder / "drawn.txt").read_text(encoding="utf-8").splitlines():
        number, coded, text = line.split("\t", 2)
        drawn[int(number)] = (coded.partition("/")[0], coded, text)
    seen = json.loads((options.folder / "seen.json").read_text(encoding="utf-8"))
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    errors = []
    for line in (options.folder / "judged.tsv").read_text(encoding="utf-8").splitlines():
        number, verdict, *note = line.split("\t")
        if not re.fullmatch(r"\d+", number) or int(number) not in drawn:
            continue
        name, coded, text = drawn[int(number)]
        of[name] += 1
        if verdict.strip() == "r":
            right[name] += 1
        else:
            wrong.update(verdict.strip())
            errors.append((number, verdict, coded, " ".join(note), text))
    total, all_right = of.total(), right.total()
    weight = sum(seen[n] * right[n] / of[n] for n in of) / max(1, sum(seen[n] for n in of))
    low, high = wilson(all_right, total)
    print(
        f"{all_right} of {total} right: {all_right / max(1, total):.3f} [{low:.3f}, {high:.3f}]; as often as coded {weight:.3f}"
    )
    for name in sorted(of):
        low, high = wilson(right[name], of[name])
        print(f"{name:10} {right[name]:3} of {of[name]:3}  {right[name] / of[name]:.2f} [{low:.2f}, {high:.2f}]")
    print("what is wrong:", ", ".join(f"{k} {v}" for k, v in wrong.most_common()))
    for error in errors if options.errors else []:
        print("\n" + "\n   ".join(error))
    if options.table:
        keys = {
            str(row["n"]): row
            for row in map(json.loads, (options.folder / "drawn.key.jsonl").read_text(encoding="utf-8").splitlines())
        }
        print("| passage | coded | wrong | what is right |\n| --- | --- | --- | --- |")
        for number, verdict, coded, note, _ in errors:
            at = keys[number]
            short = re.sub(r"(?:^|(?<=[|>+] )|(?<= \| ))[^\[|>+]*\[([^\]]*)\]", r"\1", coded.split(" | word:")[0])
            print(f"| {at['document']} {at['start']}–{at['end']} | {short.replace('|', ':')} | {verdict} | {note} |")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(required=True)
    one = verbs.add_parser("draw")
    one.add_argument("coded", type=Path)
    one.add_argument("--count", type=int, default=300)
    one.add_argument("--seed", type=int, default=1)
    one.add_argument("--out", type=Path, required=True)
    one.set_defaults(do=draw)
    two = verbs.add_parser("tell")
    two.add_argument("folder", type=Path)
    two.add_argument("--errors", action="store_true", help="each error with its sentence")
    two.add_argument("--table", action="store_true", help="the errors as a table without their sentences")
    two.set_defaults(do=tell)
    options = parser.parse_args()
    options.do(options)


if __name__ == "__main__":
    main()
