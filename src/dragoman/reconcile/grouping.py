"""Groups claims into happenings: local links first, then a union that keeps contradictions apart.

Whether two claims are linked depends on the two alone (and on judgements), so the groups that the links connect are a
function of the set of claims: adding one by one or all at once, in any order, gives the same groups and the same items.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from dragoman.errors import UsageError
from dragoman.model import AnyClaim, Item, Judgement, Known
from dragoman.reconcile import blocks, copies
from dragoman.reconcile.merging import merge
from dragoman.reconcile.others import NOT_THE_SAME, Verdict
from dragoman.reconcile.scoring import THRESHOLD, score

Near = Callable[[tuple[str, ...], int, int], list[Known]]
Named = Callable[[Iterable[str]], list[Known]]


#: Two groups of claims are one when the claims of the one are so much like those of the other on the whole: of three
#: thanks in a speech the second may be like either, the first and the last are two.
TOGETHER = 0.35

#: Of the pairs between two groups so many may contradict.
CONTRADICTED = 0.2
#: The score of two that people have told apart.
SAID_APART = -1.0

#: What stays with a claim whatever people say of it: its words and where it comes from.
FIXED = frozenset({"kind", "id", "evidence", "trigger", "coder", "knowledge", "confidence", "why"})


class Reconciler:
    """Says what belongs together; holds nothing, so one serves every record."""

    def place(self, known: Known) -> blocks.Place:
        """The blocks of a claim, and the first and last day (ordinal) on which the same happening may be told."""
        return blocks.place(known.claim, known.published)

    def heed(self, judgements: Sequence[Judgement]) -> Judged:
        """The log of judgements, ready to be asked."""
        return Judged(judgements)

    def corrected(self, known: Known, heeded: Judged) -> Known:
        """A claim as the last correction has it. Raises UsageError when that cannot be heeded."""
        return heeded.corrected(known)

    def gather(self, seeds: Iterable[Known], near: Near, named: Named, heeded: Judged) -> list[list[Known]]:
        """The groups of linked claims that the seeds belong to, as corrected, each sorted by claim id.

        `near` gives the claims of a block whose days meet a stretch of days, `named` those of some ids: claims that
        people joined are linked whatever their words and wherever they stand.
        """
        grouped: set[str] = set()
        groups: list[list[Known]] = []
        for seed in sorted(map(heeded.corrected, seeds), key=lambda one: one.claim.id):
            if seed.claim.id in grouped:
                continue
            group = {seed.claim.id: seed}
            waiting = [seed]
            while waiting:
                one = waiting.pop()
                found = near(*self.place(one))
                if joined := heeded.joined.get(one.claim.id):
                    found = [*found, *named(joined)]
                for other in map(heeded.corrected, found):
                    if other.claim.id not in group and heeded.linked(one, other):
                        group[other.claim.id] = other
                        waiting.append(other)
            grouped.update(group)
            groups.append([group[claim_id] for claim_id in sorted(group)])
        return groups

    def items(self, group: Sequence[Known], heeded: Judged) -> list[Item]:
        """The items that a group tells: the surest links are drawn first, none joins what contradicts."""
        right = [one for one in group if one.claim.id not in heeded.wrong]
        clusters = _clusters(right, heeded)
        return sorted((merge(cluster, heeded.verdict) for cluster in clusters), key=lambda item: item.id)

    sign = staticmethod(copies.sign)
    bands = staticmethod(copies.bands)
    alike = staticmethod(copies.alike)


class Judged:
    """The last word of people on each claim and each pair."""

    def __init__(self, judgements: Sequence[Judgement]) -> None:
        self.wrong: set[str] = set()
        self.pairs: dict[frozenset[str], bool] = {}
        self.fields: dict[str, dict[str, object]] = {}
        self.joined: dict[str, set[str]] = {}
        for one in judgements:
            if one.other:
                self.pairs[frozenset((one.claim, one.other))] = one.verdict == "same"
                continue
            if one.verdict == "added":
                continue
            self.wrong.discard(one.claim)
            self.fields.pop(one.claim, None)
            if one.verdict == "wrong":
                self.wrong.add(one.claim)
            elif one.verdict == "corrected":
                self.fields[one.claim] = one.fields
        for pair, same in self.pairs.items():
            if same and len(pair) == 2:
                one_id, other_id = sorted(pair)
                self.joined.setdefault(one_id, set()).add(other_id)
                self.joined.setdefault(other_id, set()).add(one_id)

    def score(self, one: Known, two: Known) -> float:
        """How alike two claims are; what people said of the two goes before what their words say."""
        return self.verdict(one, two)[0]

    def verdict(self, one: Known, two: Known) -> Verdict:
        """The same with the reason."""
        said = self.pairs.get(frozenset((one.claim.id, two.claim.id)))
        if said is None:
            return score(one, two)
        return (1.0, "Somebody said that they are one.") if said else (SAID_APART, "Somebody said that they are two.")

    def linked(self, one: Known, two: Known) -> bool:
        """Whether two claims are linked at all."""
        return self.score(one, two) >= THRESHOLD

    def corrected(self, known: Known) -> Known:
        """A claim as the last correction has it."""
        fields = self.fields.get(known.claim.id)
        return replace(known, claim=corrected(known.claim, fields)) if fields else known


def corrected(claim: AnyClaim, fields: Mapping[str, object]) -> AnyClaim:
    """A claim with some of its fields said otherwise. Raises UsageError where it has no such field or value."""
    plain = msgspec.to_builtins(claim)
    if unknown := sorted(set(fields) - set(plain) | set(fields) & FIXED):
        allowed = ", ".join(sorted(set(plain) - FIXED))
        raise UsageError(f"{', '.join(unknown)}: no field of {plain['kind']} that can be corrected; it has {allowed}")
    try:
        return msgspec.convert({**plain, **fields}, type(claim))
    except msgspec.ValidationError as error:
        raise UsageError(f"{plain['kind']}: {error}; `dragoman export claims` shows how the fields look") from error


def _clusters(group: Sequence[Known], words: Judged) -> list[list[Known]]:
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
        if left == right or not _fit(clusters[left], clusters[right], scores):
            continue
        for k in clusters[right]:
            member[k] = left
        clusters[left] += clusters.pop(right)
    return [[group[i] for i in sorted(cluster)] for cluster in clusters.values()]


def _fit(one: list[int], two: list[int], scores: dict[tuple[int, int], float]) -> bool:
    """Whether two clusters are one: hardly anything contradicts, and each claim is on the whole like those it comes to.

    One claim of many that was read wrongly does not keep the rest apart; what people said does.
    """
    between = [scores[min(i, j), max(i, j)] for i in one for j in two]
    if SAID_APART in between or between.count(NOT_THE_SAME) > CONTRADICTED * len(between):
        return False
    return sum(between) / len(between) >= TOGETHER


def reconcile(known: Iterable[Known], judgements: Sequence[Judgement] = ()) -> list[Item]:
    """All items that some claims and judgements tell, sorted by id; the order of the claims does not matter."""
    reconciler = Reconciler()
    heeded = Judged(judgements)
    by_block: dict[str, list[tuple[int, int, Known]]] = {}
    seeds = [heeded.corrected(one) for one in known]
    by_id = {one.claim.id: one for one in seeds}
    for one in seeds:
        wanted, first, last = reconciler.place(one)
        for block in wanted:
            by_block.setdefault(block, []).append((first, last, one))

    def near(wanted: tuple[str, ...], first: int, last: int) -> list[Known]:
        found = (entry for block in wanted for entry in by_block.get(block, ()))
        return list({one.claim.id: one for start, end, one in found if start <= last and end >= first}.values())

    def named(ids: Iterable[str]) -> list[Known]:
        return [by_id[one] for one in sorted(ids) if one in by_id]

    groups = reconciler.gather(seeds, near, named, heeded)
    return sorted((item for group in groups for item in reconciler.items(group, heeded)), key=lambda item: item.id)
