"""Judgements as people give them: fields typed in words, claims drawn by chance, precision and agreement counted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

import msgspec

from dragoman.errors import UsageError
from dragoman.model import (
    AnyClaim,
    DateSpan,
    Document,
    Entity,
    Event,
    Evidence,
    Judgement,
    Place,
    Shape,
    Source,
    content_id,
)
from dragoman.read import from_text
from dragoman.reconcile import corrected
from dragoman.record import Store

#: What people type, and the verdict that it is.
VERDICTS = {"accept": "right", "reject": "wrong", "correct": "corrected"}
#: Fields that hold actors, one or several, and fields that hold days.
_ENTITIES = frozenset({"actors", "recipients", "parties", "who", "to_whom"})
_ENTITY = frozenset({"speaker", "addressee"})
_DAYS = frozenset({"date", "due", "since", "unanswered_since"})
_LISTS = frozenset({"contexts"})
#: The score of the normal distribution that leaves 2.5 per cent on each side.
_Z = 1.959964


def fields_of(settings: Iterable[str], *, day: str = "") -> dict[str, object]:
    """Typed corrections (`mode=visit`, `actors=GBR,Russia`, `date=2009-11-02`, JSON) as fields of a claim.

    Names are resolved at `day`. Raises UsageError for what is no `field=value`, no day or nobody.
    """
    found: dict[str, object] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        name, value = name.strip(), value.strip()
        if not equals or not name:
            raise UsageError(f"{setting}: write field=value, such as mode=visit or actors=GBR,RUS")
        found[name] = _value(name, value, day)
    return found


def _value(name: str, value: str, day: str) -> object:
    if name in _ENTITIES:
        if value.startswith("["):
            return _json(name, value)
        return [entity(one.strip(), day) for one in value.split(",") if one.strip()]
    if name in _ENTITY:
        return entity(value, day) if value and not value.startswith("{") else _json(name, value) if value else None
    if name in _DAYS:
        return msgspec.to_builtins(span(value)) if value else None
    if name in _LISTS:
        return [one.strip() for one in value.split(",") if one.strip()]
    if name == "place":
        return msgspec.to_builtins(Place(text=value, name=value)) if value else None
    if name == "of":
        event_type, _, mode = value.partition("/")
        return {"event_type": event_type.upper(), "mode": mode} if value else None
    if name == "event_type":
        return value.upper()
    try:
        # Numbers, null and lists are themselves; a word is a word.
        parsed = json.loads(value)
    except ValueError:
        return value
    return parsed if not isinstance(parsed, str) else value


def _json(name: str, value: str) -> object:
    try:
        return json.loads(value)
    except ValueError as error:
        raise UsageError(f"{name}: not readable as JSON: {error}") from error


def entity(name: str, day: str = "") -> dict[str, Any]:
    """The actor that a code or name means at a day, as plain values. Raises UsageError when nobody is known of it."""
    from dragoman.knowledge import load  # noqa: PLC0415
    from dragoman.resolve import resolve_phrase  # noqa: PLC0415  # tables of names

    states = {row["code"]: row["name"] for row in reversed(list(load().rows("actors/states.csv")))}
    if name.upper() in states and len(name) == 3:
        found = Entity(text=name, start=None, end=None, name=states[name.upper()], country=name.upper())
    else:
        found = resolve_phrase(name, day, "")
        if not found.country:
            raise UsageError(f"{name}: no actor of that name is known; give an ISO code, or the whole entity as JSON")
        found = msgspec.structs.replace(found, start=None, end=None)
    plain: dict[str, Any] = msgspec.to_builtins(found)
    return plain


def span(text: str) -> DateSpan:
    """A day, month or year as a span of days. Raises UsageError."""
    from dragoman.read.dates import given  # noqa: PLC0415

    found = given(text)
    if found is None:
        raise UsageError(f"{text}: no date; write it as 2018-03-04, 2018-03 or 2018")
    return found


def by_hand(document: Document, words: str, fields: dict[str, object]) -> AnyClaim:
    """The claim that a person reads in some words of a document, an event unless `kind` says otherwise.

    Raises UsageError when the words are not there or the fields do not make a claim.
    """
    start = document.text.find(words)
    if start < 0 or not words.strip():
        raise UsageError(f"{document.id}: does not say “{words}”; give words exactly as they stand in it")
    evidence = Evidence(document=document.id, start=start, end=start + len(words), text=words)
    plain: dict[str, object] = {"kind": "event", **fields, "evidence": msgspec.to_builtins(evidence)}
    try:
        claim: AnyClaim = msgspec.convert(plain, AnyClaim)
    except msgspec.ValidationError as error:
        raise UsageError(f"{plain['kind']}: {error}; --set gives a field, such as --set event_type=CONSULT") from error
    return scored(claim) if isinstance(claim, Event) else claim


def scored(event: Event) -> Event:
    """An event with the numbers that go with its type. Raises UsageError where PLOVER has no such type or mode."""
    from dragoman.coding.ontology import ontology  # noqa: PLC0415
    from dragoman.knowledge import load  # noqa: PLC0415

    known = ontology(load())
    if event.event_type not in known.types:
        raise UsageError(f"{event.event_type}: no type; PLOVER has {', '.join(known.types)}")
    modes = known.types[event.event_type]["modes"]
    if event.mode and event.mode not in modes:
        raise UsageError(f"{event.mode}: no mode of {event.event_type}; it has {', '.join(modes) or 'none'}")
    cameo = event.cameo or known.cameo(event.event_type, event.mode, event.contexts, event.of)
    return msgspec.structs.replace(
        event,
        quad_class=known.quad(event.event_type),
        score=known.score(event.event_type, event.mode),
        cameo=cameo,
        goldstein=known.goldstein.get(cameo),
    )


def completed(claim: AnyClaim, fields: dict[str, object]) -> dict[str, object]:
    """The fields of a correction with what follows from them: another type or mode has other numbers.

    Raises UsageError for a field that the claim does not have, or a type or mode that is none.
    """
    fixed = corrected(claim, fields)
    if not isinstance(fixed, Event) or not {"event_type", "mode"} & set(fields):
        return fields
    if "cameo" not in fields:
        fixed = msgspec.structs.replace(fixed, cameo="")
    made = scored(fixed)
    numbers = ("quad_class", "score", "cameo", "goldstein")
    return {**{name: getattr(made, name) for name in numbers}, **fields}


def document_of(words: str, *, source: str, url: str = "", published: str = "", side: str = "") -> Document:
    """A document that is only the words that somebody quotes, with who published them."""
    made = from_text(words, date=published, url=url, source=source)
    kept = msgspec.structs.replace(made.source, name=source, side=side or made.source.side)
    return msgspec.structs.replace(
        made, id=content_id("quoted", source, url, words), source=kept or Source(name=source)
    )


# Drawing and counting


def drawn(store: Store, number: int, *, seed: int = 1, kind: str = "event", party: str = "") -> list[AnyClaim]:
    """Claims drawn by chance, each as likely as any other; the same seed draws the same from the same record.

    A claim's place in the draw comes from its id and the seed alone, so that a record that has grown shows most of the
    same claims again.
    """
    claims = [one for one in store.claims(kind=kind, party=party) if not one.coder.startswith("by hand")]
    return sorted(claims, key=lambda one: content_id("audit", str(seed), one.id))[:number]


class Line(Shape, frozen=True, kw_only=True):
    """What people said of the claims of one type: how many are right as they are, in part, and not at all."""

    name: str
    judged: int
    right: int
    corrected: int
    wrong: int

    @property
    def precision(self) -> float:
        """The share that is right as it stands."""
        return self.right / self.judged if self.judged else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Where the precision lies with 95 per cent (Wilson 1927), which holds for few claims and for all right too."""
        return wilson(self.right, self.judged)


def wilson(right: int, judged: int) -> tuple[float, float]:
    """The 95 per cent interval of a share."""
    if not judged:
        return 0.0, 1.0
    share = right / judged
    middle = share + _Z**2 / (2 * judged)
    half = _Z * (share * (1 - share) / judged + _Z**2 / (4 * judged**2)) ** 0.5
    whole = 1 + _Z**2 / judged
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)


def last_words(judgements: Iterable[Judgement], *, by: str = "") -> dict[tuple[str, str], str]:
    """The last verdict of each judge on each claim by itself."""
    return {
        (one.claim, one.by): one.verdict
        for one in judgements
        if one.verdict in VERDICTS.values() and (not by or one.by == by)
    }


def precision(claims: Sequence[AnyClaim], judgements: Iterable[Judgement], *, by: str = "") -> list[Line]:
    """A line for all claims and one for each type; of several judges the last word counts, or that of `by`."""
    said: dict[str, str] = {}
    for (name, _), verdict in last_words(judgements, by=by).items():
        said[name] = verdict
    by_type: dict[str, Counter[str]] = {}
    for claim in claims:
        verdict = said.get(claim.id, "")
        if verdict:
            kind = claim.event_type if isinstance(claim, Event) else str(claim.__struct_config__.tag)
            for line in ("all", kind):
                by_type.setdefault(line, Counter())[verdict] += 1
    return [
        Line(
            name=name,
            judged=sum(counts.values()),
            right=counts["right"],
            corrected=counts["corrected"],
            wrong=counts["wrong"],
        )
        for name, counts in sorted(
            by_type.items(), key=lambda pair: (pair[0] != "all", -sum(pair[1].values()), pair[0])
        )
    ]


class Agreement(Shape, frozen=True, kw_only=True):
    """How far two judges agree on the claims that both judged; `kappa` (Cohen 1960) takes out what chance gives."""

    one: str
    two: str
    both: int
    same: int
    kappa: float | None


def agreements(judgements: Iterable[Judgement]) -> list[Agreement]:
    """The agreement of each two judges on right, corrected and wrong."""
    said: dict[str, dict[str, str]] = {}
    for (claim, judge), verdict in last_words(judgements).items():
        if judge != "recode":
            said.setdefault(judge, {})[claim] = verdict
    found = []
    for one, two in combinations(sorted(said), 2):
        both = sorted(said[one].keys() & said[two].keys())
        if not both:
            continue
        same = sum(said[one][claim] == said[two][claim] for claim in both)
        ours, theirs = (Counter(said[judge][claim] for claim in both) for judge in (one, two))
        chance = sum(ours[verdict] * theirs[verdict] for verdict in ours) / len(both) ** 2
        kappa = None if chance >= 1 else round((same / len(both) - chance) / (1 - chance), 4)
        found.append(Agreement(one=one, two=two, both=len(both), same=same, kappa=kappa))
    return found
