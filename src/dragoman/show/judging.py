"""What a person says of claims and items, in the words of the review page; the record keeps it.

One thin place between the page and the record: accept, reject, correct, the same as, told apart, added, taken back.
Invariant: nothing here alters a claim; everything is appended to the log of judgements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from dragoman.errors import RecordError, UsageError
from dragoman.judge import scored
from dragoman.knowledge import load
from dragoman.model import AnyClaim, Dispute, Event, Item, Judgement, Verdict
from dragoman.record import Glance, Lead, Store
from dragoman.show import words

#: Why a judgement stands that only takes another one back; such are not counted in precision.
TAKEN_BACK = "taken back"
#: How an answer to what a newer coder says begins; it cannot be taken back by a further judgement.
ANSWERED = "answered"
#: The 95% quantile of the normal distribution.
Z = 1.96


def judge(
    store: Store,
    claim: str,
    verdict: Verdict,
    *,
    by: str,
    why: str = "",
    fields: dict[str, Any] | None = None,
) -> Judgement:
    """Keeps `right`, `wrong` or `corrected` (with `fields`) of a claim.

    Raises UsageError where the fields do not make a claim of its kind, RecordError where there is no such claim.
    """
    if fields:
        found = store.claim(claim)
        if found is None:
            raise RecordError(f"there is no claim {claim}; judge one that the review shows")
        fields = sound(found, fields)
    return store.judge(claim, verdict, by=by, why=why, fields=fields)


def sound(claim: AnyClaim, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of a correction as the record wants them; with another type, score and class come from the ontology.

    Raises UsageError where they do not fit the kind of claim.
    """
    fixed = {"evidence", "trigger", "id", "coder", "knowledge", "confidence", "why", "kind"}
    if wrong := [name for name in fields if name in fixed or name not in _names(claim)]:
        raise UsageError(f"{', '.join(wrong)}: cannot be corrected; a {type(claim).__name__.lower()} has other fields")
    plain = msgspec.to_builtins(claim)
    if isinstance(claim, Event) and ("event_type" in fields or "mode" in fields):
        fields = fields | _scored(str(fields.get("event_type", claim.event_type)), str(fields.get("mode", "")))
    try:
        made = msgspec.convert({**plain, **fields}, type(claim))
    except msgspec.ValidationError as error:
        raise UsageError(f"that is no {type(claim).__name__.lower()}: {error}") from error
    dated(made)
    whole = msgspec.to_builtins(made)
    return {name: whole[name] for name in fields}


def _names(claim: AnyClaim) -> set[str]:
    return set(msgspec.to_builtins(claim))


def _scored(event_type: str, mode: str) -> dict[str, Any]:
    types = load().tree("ontology/plover.yaml")["types"]
    if event_type not in types:
        raise UsageError(f"{event_type}: no type of event; choose one of {', '.join(types)}")
    entry = types[event_type]
    if mode and mode not in entry["modes"]:
        raise UsageError(f"{mode}: no mode of {event_type}; choose one of {', '.join(entry['modes']) or 'none'}")
    score = entry["modes"].get(mode, entry["score"])
    return {"quad_class": entry["quad"], "score": float(score), "mode": mode, "cameo": "", "goldstein": None}


def dated(claim: AnyClaim) -> None:
    """Raises UsageError where a day of a claim is none: the record could not put it in order."""
    for name in ("date", "due", "since", "unanswered_since"):
        span = getattr(claim, name, None)
        if span is not None and (words.as_date(span.start) is None or words.as_date(span.end) is None):
            raise UsageError(f"{name}: {span.start}/{span.end} are no days; write them as 2018-03-14")


def merge(store: Store, one: Item, other: Item, *, by: str, why: str = "") -> list[Judgement]:
    """Says that two items are one happening."""
    return store.join(one, other, by=by, why=why)


def split(store: Store, item: Item, claims: Sequence[str], *, by: str, why: str = "") -> list[Judgement]:
    """Says that some claims of an item tell of another happening than the rest."""
    return store.split(item, tuple(dict.fromkeys(claims)), by=by, why=why)


def add(store: Store, claim: AnyClaim, *, by: str, why: str = "") -> Judgement:
    """Keeps a claim that a person read and the coder did not; an event has the numbers that go with its type.

    Raises UsageError where it has no such type, its days are none, or its words do not stand in the document.
    """
    dated(claim)
    return store.add_claim(scored(claim) if isinstance(claim, Event) else claim, by=by, why=why)


def undo(store: Store, *, by: str) -> Judgement | None:
    """Takes the last judgement of a person back by a further one that restores what held; none when none is left.

    The log is only appended to, so both stay in it. What was said of two items at once, a judgement for each two of
    their claims, is taken back at once.
    """
    log = store.judgements()
    taken: set[str] = {one.why.partition(": ")[2] for one in log if one.why.startswith(TAKEN_BACK)}
    last = next(
        (one for one in reversed(log) if one.by == by and one.id not in taken and not one.why.startswith(TAKEN_BACK)),
        None,
    )
    if last is None:
        return None
    if last.why.startswith(ANSWERED):
        raise UsageError("an answer on two readings stands; accept, reject or correct the claim itself instead")
    why = f"{TAKEN_BACK}: {last.id}"
    if last.other:
        verdict: Verdict = "not same" if last.verdict == "same" else "same"
        said = [one for one in log if _with(one, last) and one.id not in taken]
        back = [
            store.judge(one.claim, verdict, by=by, why=f"{TAKEN_BACK}: {one.id}", other=one.other)
            for one in reversed(said)
        ]
        return back[0]
    if last.verdict == "added":
        # It stays in the log and in its document, and counts for nothing.
        return store.judge(last.claim, "wrong", by=by, why=why)
    together = [last]
    if isinstance(store.claim(last.claim), Dispute):
        # A word on a dispute is said of each of its claims at once.
        together = [one for one in log if _step(one, last) and one.id not in taken]
    return [_back(store, one, log, taken, by=by) for one in reversed(together)][-1]


def _step(one: Judgement, last: Judgement) -> bool:
    """Whether two judgements on claims by themselves were made together."""
    return not one.other and (one.by, one.why, one.at) == (last.by, last.why, last.at) and one.verdict != "added"


def _back(store: Store, last: Judgement, log: Sequence[Judgement], taken: set[str], *, by: str) -> Judgement:
    """Restores what held of a claim before a judgement."""
    why = f"{TAKEN_BACK}: {last.id}"
    before = next(
        (
            one
            for one in reversed(log[: log.index(last)])
            if one.claim == last.claim
            and not one.other
            and one.id not in taken
            and one.verdict != "added"
            and not one.why.startswith(TAKEN_BACK)
        ),
        None,
    )
    if before is None:
        return store.judge(last.claim, "right", by=by, why=why)
    return store.judge(last.claim, before.verdict, by=by, why=why, fields=dict(before.fields) or None)


def _with(one: Judgement, last: Judgement) -> bool:
    """Whether a judgement of two was made together with the last one: one step of the page says it of many pairs."""
    return bool(one.other) and (one.by, one.verdict, one.why, one.at) == (last.by, last.verdict, last.why, last.at)


def standing(log: Sequence[Judgement]) -> dict[str, Judgement]:
    """The last word on each claim; where that only takes a word back, there is none."""
    last: dict[str, Judgement] = {}
    for one in log:
        if one.other:
            continue
        last[one.claim] = one
    return {
        claim: one for claim, one in last.items() if not (one.why.startswith(TAKEN_BACK) and one.verdict == "right")
    }


# In which order


def queue(glance: Glance, log: Sequence[Judgement], *, kind: str = "", a: str = "", b: str = "") -> list[Lead]:
    """What no person has judged, the least certain and most consequential first; see `priority`."""
    items = glance.between(a, b) if a and b else None
    return waiting([one for _, _, one in ordered(glance.leads())], log, kind=kind, items=items)


#: A lead with what puts it in order before it.
Placed = tuple[float, str, Lead]


def ordered(leads: Iterable[Lead], before: Sequence[Placed] = ()) -> list[Placed]:
    """Leads in their order, together with those that are in order already."""
    return sorted([*before, *((-priority(one), one.id, one) for one in leads)])


def waiting(
    leads: Iterable[Lead], log: Sequence[Judgement], *, kind: str = "", items: Collection[str] | None = None
) -> list[Lead]:
    """Of leads in their order those that nobody has judged, first those whose judgement was taken back.

    Of a `kind`, or of some `items` alone.
    """
    done = {*standing(log), *(one.claim for one in log if one.other)}
    back = {one.claim for one in log} - done
    found = [
        one
        for one in leads
        if one.id not in done and kind in ("", one.kind) and (items is None or one.item in items)
    ]
    if back:
        found.sort(key=lambda one: one.id not in back)
    return found


def priority(lead: Lead) -> float:
    """Doubt times weight, from 0 to about 1.

    Doubt is what the coder's own confidence leaves, and more where one document alone tells it. Weight is the score of
    the event (0.2 for other kinds), halved where it counts in no index.
    """
    doubt = (1.0 - lead.confidence) + (0.25 if lead.links <= 1 else 0.0)
    weight = 0.15 + abs(lead.score) / 10 if lead.kind == "event" else 0.2
    return doubt * (weight if lead.status in ("actual", "") else weight / 2)


# How good it is, as far as people have looked


@dataclass(frozen=True, kw_only=True)
class Precision:
    """How many claims of a type people judged, how many were right as read, and the 95% interval of the share."""

    kind: str
    label: str
    right: int
    judged: int
    low: float
    high: float


def precision(store: Store) -> list[Precision]:
    """The measured share of claims that were right as they were read, by type; a corrected one was not right.

    What a person added by hand was not read by the coder and counts for nothing here.
    """
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for claim_id, one in standing(store.judgements()).items():
        if one.verdict not in ("right", "wrong", "corrected"):
            continue
        claim = store.claim(claim_id)
        if claim is None or claim.coder.startswith("by hand"):
            continue
        kind = str(claim.__struct_config__.tag)
        key = (kind, claim.event_type if isinstance(claim, Event) else "")
        counts[key][0] += one.verdict == "right"
        counts[key][1] += 1
    found = []
    for (kind, event_type), (right, judged) in counts.items():
        low, high = _wilson(right, judged)
        label = words.type_label(event_type) if event_type else words.kind(kind, 1)
        found.append(Precision(kind=kind, label=words.capital(label), right=right, judged=judged, low=low, high=high))
    return sorted(found, key=lambda one: (-one.judged, one.label))


def _wilson(right: int, judged: int) -> tuple[float, float]:
    """Wilson's score interval (1927, "Probable inference", Journal of the American Statistical Association 22)."""
    share = right / judged
    middle = (share + Z * Z / (2 * judged)) / (1 + Z * Z / judged)
    half = Z * ((share * (1 - share) + Z * Z / (4 * judged)) / judged) ** 0.5 / (1 + Z * Z / judged)
    return max(0.0, middle - half), min(1.0, middle + half)
