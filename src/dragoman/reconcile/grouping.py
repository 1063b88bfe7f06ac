"""Groups claims into happenings: local links first, then a union that keeps contradictions apart.

Whether two claims are linked depends on the two alone (and on judgements), so the groups that the links connect are a
function of the set of claims: adding one by one or all at once, in any order, gives the same groups and the same items.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec
from msgspec.structs import replace

from dragoman.model import Item, Judgement, Known
from dragoman.reconcile import blocks
from dragoman.reconcile.merging import merge
from dragoman.reconcile.scoring import NOT_THE_SAME, THRESHOLD, score

Near = Callable[[str, int, int], list[Known]]


class Reconciler:
    """Says what belongs together; holds nothing, so one serves every record."""

    def place(self, known: Known) -> tuple[str, int, int]:
        """The block of a claim, and the first and last day (ordinal) on which the same happening may be told."""
        return blocks.place(known.claim, known.published)

    def gather(self, seeds: Iterable[Known], near: Near, judgements: Sequence[Judgement] = ()) -> list[list[Known]]:
        """The groups of linked claims that the seeds belong to, each sorted by claim id.

        `near` gives the claims of a block whose days meet a stretch of days. Claims judged the same are linked
        whatever their words, but only within one block.
        """
        words = _Judged(judgements)
        grouped: set[str] = set()
        groups: list[list[Known]] = []
        for seed in sorted(seeds, key=lambda one: one.claim.id):
            if seed.claim.id in grouped:
                continue
            group = {seed.claim.id: seed}
            waiting = [seed]
            while waiting:
                one = waiting.pop()
                for other in near(*self.place(one)):
                    if other.claim.id not in group and words.linked(one, other):
                        group[other.claim.id] = other
                        waiting.append(other)
            grouped.update(group)
            groups.append([group[claim_id] for claim_id in sorted(group)])
        return groups

    def items(self, group: Sequence[Known], judgements: Sequence[Judgement] = ()) -> list[Item]:
        """The items that a group tells: the surest links are drawn first, none joins what contradicts."""
        words = _Judged(judgements)
        right = [words.corrected(one) for one in group if one.claim.id not in words.wrong]
        clusters = _clusters(right, words)
        return sorted((merge(cluster) for cluster in clusters), key=lambda item: item.id)


class _Judged:
    """The last word of people on each claim and each pair."""

    def __init__(self, judgements: Sequence[Judgement]) -> None:
        self.wrong: set[str] = set()
        self.pairs: dict[frozenset[str], bool] = {}
        self.fields: dict[str, dict[str, object]] = {}
        for one in judgements:
            if one.other:
                self.pairs[frozenset((one.claim, one.other))] = one.verdict == "same"
                continue
            self.wrong.discard(one.claim)
            self.fields.pop(one.claim, None)
            if one.verdict == "wrong":
                self.wrong.add(one.claim)
            elif one.verdict == "corrected":
                self.fields[one.claim] = one.fields

    def score(self, one: Known, two: Known) -> float:
        said = self.pairs.get(frozenset((one.claim.id, two.claim.id)))
        if said is not None:
            return 1.0 if said else NOT_THE_SAME
        return score(one, two)[0]

    def linked(self, one: Known, two: Known) -> bool:
        return self.score(one, two) >= THRESHOLD

    def corrected(self, known: Known) -> Known:
        fields = self.fields.get(known.claim.id)
        if not fields:
            return known
        plain = msgspec.to_builtins(known.claim)
        return replace(known, claim=msgspec.convert({**plain, **fields}, type(known.claim)))


def _clusters(group: Sequence[Known], words: _Judged) -> list[list[Known]]:
    scores: dict[tuple[int, int], float] = {}
    for i, one in enumerate(group):
        for j in range(i + 1, len(group)):
            scores[i, j] = words.score(one, group[j])
    member = list(range(len(group)))
    clusters: dict[int, list[int]] = {i: [i] for i in member}
    # The order is fixed by score and then by claim id (the group is sorted by it), never by arrival.
    for (i, j), value in sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])):
        if value < THRESHOLD:
            break
        left, right = member[i], member[j]
        if left == right or _contradict(clusters[left], clusters[right], scores):
            continue
        for k in clusters[right]:
            member[k] = left
        clusters[left] += clusters.pop(right)
    return [[group[i] for i in sorted(cluster)] for cluster in clusters.values()]


def _contradict(one: list[int], two: list[int], scores: dict[tuple[int, int], float]) -> bool:
    return any(scores[min(i, j), max(i, j)] == NOT_THE_SAME for i in one for j in two)


def reconcile(known: Iterable[Known], judgements: Sequence[Judgement] = ()) -> list[Item]:
    """All items that some claims and judgements tell, sorted by id; the order of the claims does not matter."""
    reconciler = Reconciler()
    by_block: dict[str, list[tuple[int, int, Known]]] = {}
    seeds = list(known)
    for one in seeds:
        block, first, last = reconciler.place(one)
        by_block.setdefault(block, []).append((first, last, one))

    def near(block: str, first: int, last: int) -> list[Known]:
        return [one for start, end, one in by_block.get(block, ()) if start <= last and end >= first]

    groups = reconciler.gather(seeds, near, judgements)
    return sorted((item for group in groups for item in reconciler.items(group, judgements)), key=lambda item: item.id)
