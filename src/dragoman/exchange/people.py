"""People and bodies of a record as FollowTheMoney entities: what they are called, of which state, which office when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dragoman.exchange import codes
from dragoman.model import BODY_CODES, AnyClaim, Entity, Event, content_id

#: PLOVER sectors whose bodies are organs of a state.
_PUBLIC = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})


def entities(claims: Iterable[AnyClaim], *, dataset: str = "dragoman") -> Iterator[dict[str, Any]]:
    """The persons, bodies and organisations that claims name, each once, the positions, and who held which.

    A person is whoever has a name and an office. Ids are hashes of what they stand for.
    """
    found: dict[str, dict[str, Any]] = {}
    seen: dict[str, tuple[str, str]] = {}
    for claim in claims:
        day = _day(claim)
        for entity in _named(claim):
            for made in _made(entity, dataset):
                held = found.setdefault(made["id"], made)
                for name, values in made["properties"].items():
                    held["properties"][name] = sorted({*held["properties"].get(name, []), *values})
                if day:
                    first, last = seen.get(made["id"], (day, day))
                    seen[made["id"]] = min(first, day), max(last, day)
    for identity in sorted(found):
        shape = found[identity]
        if identity in seen:
            shape["first_seen"], shape["last_seen"] = seen[identity]
        yield shape


def _named(claim: AnyClaim) -> list[Entity]:
    many = [getattr(claim, name, ()) or () for name in ("actors", "recipients", "parties", "who", "to_whom")]
    single = [getattr(claim, name, None) for name in ("speaker", "addressee")]
    return [entity for group in (*many, [one for one in single if one]) for entity in group]


def _day(claim: AnyClaim) -> str:
    date = getattr(claim, "date", None)
    return date.start if date and isinstance(claim, Event) else ""


def _made(entity: Entity, dataset: str) -> list[dict[str, Any]]:
    state = entity.country if entity.country not in BODY_CODES else ""
    name = entity.name
    if not name or name == codes.names().get(entity.country):
        return []
    if entity.office:
        person = _entity(
            "Person", dataset, (name, state), name=[name], nationality=_country(state), position=[entity.office]
        )
        position = _entity("Position", dataset, (entity.office, state), name=[entity.office], country=_country(state))
        held = _entity(
            "Occupancy", dataset, (person["id"], position["id"]), holder=[person["id"]], post=[position["id"]]
        )
        return [person, position, held]
    schema = "PublicBody" if state and set(entity.sectors) & _PUBLIC else "Organization"
    if not state and entity.country not in BODY_CODES:
        return []
    return [_entity(schema, dataset, (name, entity.country), name=[name], country=_country(state))]


def _country(state: str) -> list[str]:
    """FollowTheMoney writes countries in two letters; where we know none, the three stay out."""
    two = codes.two_letters().get(state, "")
    return [two] if two else []


def _entity(schema: str, dataset: str, key: tuple[str, ...], **properties: list[str]) -> dict[str, Any]:
    kept = {name: values for name, values in properties.items() if values}
    caption = kept.get("name", [schema])[0]
    return {
        "id": f"dgm-{content_id(schema, *key)}",
        "caption": caption,
        "schema": schema,
        "properties": kept,
        "datasets": [dataset],
        "referents": [],
    }
