"""Agreement of two readers who coded the same passages: F1 by view, and Krippendorff's alpha by field."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Hashable, Iterable
from pathlib import Path

from dragoman.evaluation.gold import Row
from dragoman.evaluation.scoring import Key, Pair, all_three, counts, f1, gold_keys


def alpha(units: Iterable[tuple[Hashable, Hashable]]) -> float:
    """Krippendorff's alpha for nominal data, two readers and no missing value: 1 - D_o / D_e.

    D_o is the share of units on which the readers differ; D_e = 1 - sum_c n_c (n_c - 1) / (n (n - 1)), the share of
    unlike values among all pairs that could be made of the n = 2 x units values (Krippendorff, Content Analysis, 2004,
    ch. 11). 1 where only one value occurs.
    """
    pairs = list(units)
    values = Counter(value for one in pairs for value in one)
    n = values.total()
    if len(values) < 2:
        return 1.0
    expected = 1 - sum(c * (c - 1) for c in values.values()) / (n * (n - 1))
    return 1 - sum(a != b for a, b in pairs) / len(pairs) / expected


def same_events(one: Pair) -> list[tuple[Key, Key]]:
    """Events of one passage that the two readers share: all three first, then type and any state, then type."""
    left, both = list(one[1]), []
    rest = list(one[0])
    for same in (
        lambda a, b: all_three(a) == all_three(b),
        lambda a, b: a.event_type == b.event_type and (a.actors | a.recipients) & (b.actors | b.recipients),
        lambda a, b: a.event_type == b.event_type,
    ):
        for key in list(rest):
            other = next((o for o in left if same(key, o)), None)
            if other:
                rest.remove(key)
                left.remove(other)
                both.append((key, other))
    return both


def first_types(one: Pair) -> tuple[str, str]:
    """The type by which each reader coded a passage that both coded; where they share one, that one."""
    shared = [k.event_type for k in one[0] if k.event_type in {o.event_type for o in one[1]}]
    return (shared[0], shared[0]) if shared else (one[0][0].event_type, one[1][0].event_type)


def read(path: Path) -> dict[tuple[str, int], Row]:
    """The rows of a file by document and offset."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {(row["document"], row["start"]): row for row in rows}


def main() -> None:
    """The command line: `agreement.py [FIRST SECOND]`."""
    gold = Path(__file__).with_name("gold")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("first", type=Path, nargs="?", default=gold / "read.jsonl")
    parser.add_argument("second", type=Path, nargs="?", default=gold / "second.jsonl")
    options = parser.parse_args()
    first, second = read(options.first), read(options.second)
    pairs: list[Pair] = [(gold_keys(first[at]), gold_keys(second[at])) for at in second if at in first]
    print(
        f"{len(pairs)} passages; {sum(len(a) for a, _ in pairs)} events of the first reader,",
        f"{sum(len(b) for _, b in pairs)} of the second",
    )
    print("\n| F1 of the second reader against the first | |\n| --- | --- |")
    for name, (hits, said, told) in counts(pairs).items():
        print(f"| {name} | {f1(hits, said, told):.3f} |")
    same = [both for one in pairs for both in same_events(one)]
    found = [(a, b) for a, b in same if all_three(a) == all_three(b)]
    print(
        f"| status, of {len(found)} events that agree in all three |",
        f"{sum(a.status == b.status for a, b in found) / len(found):.3f} |",
    )
    fields = {
        "event or none": [(bool(a), bool(b)) for a, b in pairs],
        "all types of a passage, or none": [
            (tuple(sorted(k.event_type for k in a)), tuple(sorted(k.event_type for k in b))) for a, b in pairs
        ],
        "type, where both code": [first_types(one) for one in pairs if all(one)],
        "mode": [(a.mode, b.mode) for a, b in same],
        "status": [(a.status, b.status) for a, b in same],
        "actor state": [(a.actors, b.actors) for a, b in same],
        "recipient state": [(a.recipients, b.recipients) for a, b in same],
    }
    print("\n| field | units | alike | Krippendorff's alpha |\n| --- | --- | --- | --- |")
    for name, units in fields.items():
        print(f"| {name} | {len(units)} | {sum(a == b for a, b in units) / len(units):.3f} | {alpha(units):.3f} |")
    mixed = Counter(tuple(sorted(t)) for one in pairs if all(one) for t in [first_types(one)] if t[0] != t[1])
    print(
        "\nTypes that the readers gave to the same passage: "
        + ", ".join(f"{a}/{b} {n}" for (a, b), n in mixed.most_common(8))
    )
    lone = Counter(
        (k.event_type, who)
        for one in pairs
        for who, mine in (("first", 0), ("second", 1))
        if not one[1 - mine]
        for k in one[mine]
    )
    print(
        "Coded by one of them alone, where the other has nothing: "
        + ", ".join(f"{t} ({w}) {n}" for (t, w), n in lone.most_common(8))
    )


if __name__ == "__main__":
    main()
