"""A claim as a form to correct: each field as a person types it, and what they typed as the record wants it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dragoman import judge
from dragoman.errors import UsageError
from dragoman.model import AnyClaim, Entity, Event, Place, party
from dragoman.show import words
from dragoman.show.look import day_of
from dragoman.show.web import views

#: What a person can correct, in the order of the form: the field, how it is typed, and its kind of claim.
_EDITABLE: dict[str, tuple[tuple[str, str], ...]] = {
    "event": (
        ("event_type", "type"),
        ("mode", "text"),
        ("status", "status"),
        ("actors", "sides"),
        ("recipients", "sides"),
        ("date", "day"),
        ("due", "day"),
        ("place", "place"),
        ("speaker", "side"),
        ("contexts", "list"),
    ),
    "statement": (
        ("speaker", "side"),
        ("addressee", "side"),
        ("quote", "text"),
        ("content", "text"),
        ("stance", "stance"),
        ("topic", "text"),
        ("date", "day"),
    ),
    "agreement": (
        ("name", "text"),
        ("agreement_kind", "text"),
        ("parties", "sides"),
        ("status", "text"),
        ("subject", "text"),
        ("date", "day"),
        ("place", "place"),
    ),
    "mechanism": (
        ("name", "text"),
        ("mechanism_kind", "text"),
        ("level", "text"),
        ("parties", "sides"),
        ("frequency", "text"),
        ("co_chairs", "text"),
        ("parent", "text"),
        ("count", "count"),
        ("since", "day"),
    ),
    "dispute": (
        ("name", "text"),
        ("parties", "sides"),
        ("status", "text"),
        ("since", "day"),
        ("unanswered_since", "day"),
    ),
    "figure": (
        ("measure", "text"),
        ("value", "number"),
        ("change", "number"),
        ("unit", "text"),
        ("period", "text"),
        ("parties", "sides"),
    ),
    "interval": (("count", "count"), ("unit", "text"), ("of", "text"), ("since", "day"), ("parties", "sides")),
    "commitment": (("who", "sides"), ("what", "text"), ("to_whom", "sides"), ("due", "day"), ("state", "text")),
}


def editable(claim: AnyClaim) -> list[tuple[str, str, str]]:
    """What can be corrected in a claim: the field, how it is typed, and what it says now."""
    return [(name, kind, _typed(kind, getattr(claim, name))) for name, kind in _EDITABLE[views.kind_of(claim)]]


def _typed(kind: str, value: Any) -> str:  # noqa: ANN401  # a field of any claim
    if value is None:
        return ""
    if kind == "sides":
        return ", ".join(map(_called, value))
    if kind == "side":
        return _called(value)
    if kind == "place":
        return str(value.name or value.text)
    if kind == "list":
        return ", ".join(value)
    if kind == "day":
        return str(value.start if value.start == value.end else f"{value.start}/{value.end}")
    return f"{value:.15g}" if kind == "number" else " ".join(str(value).split())


def _called(one: Entity) -> str:
    """An actor as a person types it: a state by its code, anybody else by name."""
    return party(one) if words.is_state(one) else one.name or one.text.partition(",")[0]


def corrected(claim: AnyClaim, form: Mapping[str, str]) -> dict[str, Any]:
    """The fields that a form changes, as the record wants them.

    Raises UsageError for what is no day, number or actor.
    """
    day = day_of(getattr(claim, "date", None))
    fields: dict[str, Any] = {}
    for name, kind, now in editable(claim):
        given = form.get(f"field-{name}")
        if given is None or given.strip() == now:
            continue
        fields[_WIRE.get(name, name)] = _value(kind, given.strip(), getattr(claim, name), day, name)
    if isinstance(claim, Event) and "event_type" in fields and "mode" not in fields:
        fields["mode"] = ""
    return fields


#: Fields that the wire calls otherwise.
_WIRE = {"co_chairs": "co-chairs"}


def _value(kind: str, text: str, before: Any, day: str, name: str) -> Any:  # noqa: ANN401  # a field of any claim
    match kind:
        case "sides":
            return entities(text, day, before)
        case "side":
            return entities(text, day, (before,) if before else ())[0] if text else None
        case "day":
            return span(text) if text else None
        case "place":
            return views.built(Place(text=text, name=text)) if text else None
        case "list":
            return [one.strip() for one in text.split(",") if one.strip()]
        case "number" | "count":
            try:
                number = float(text.replace(",", "")) if text else None
            except ValueError as error:
                raise UsageError(f"{name}: {text!r} is no number") from error
            return int(number) if kind == "count" and number is not None else number
    return text


def span(text: str) -> dict[str, Any]:
    """A day, month or year, or a stretch of days with a stroke between, as a person types it."""
    start, stroke, end = text.partition("/")
    if not stroke:
        try:
            return dict(views.built(judge.span(start.strip())))
        except UsageError as error:
            raise UsageError(
                f"{text!r} is no day: write it as 2018-03-14, 2018-03, 2018 or 2018-03-01/2018-03-31"
            ) from error
    for one in (start, end):
        if words.as_date(one) is None or len(one) != 10:
            raise UsageError(f"{one!r} is no day: write a stretch as 2018-03-01/2018-03-31")
    if end < start:
        raise UsageError(f"{start}/{end} ends before it begins")
    return {"start": start, "end": end, "precision": "range", "text": "", "how": "stated"}


def entities(text: str, day: str = "", before: Iterable[Entity] = ()) -> list[dict[str, Any]]:
    """Actors as a person types them, codes or names with commas between; those who stood there stay as they were."""
    known = {_called(one).casefold(): one for one in before}
    found: list[dict[str, Any]] = []
    for one in (part.strip() for part in text.split(",")):
        if not one:
            continue
        if one.casefold() in known:
            found.append(views.built(known[one.casefold()]))
            continue
        try:
            made = judge.entity(one, day)
        except UsageError:
            made = views.built(_organisation(one))
        found.append(made | {"how": "by hand"})
    return found


def _organisation(name: str) -> Entity:
    """Somebody whom no list knows: an international organisation by that name, or a state by another of its names."""
    from dragoman.show.web.desk import a_side  # noqa: PLC0415

    code = a_side(name)
    known = code in words.state_names()
    return Entity(text=name, start=None, end=None, name=words.side(code), country=code if known else "IGO")
