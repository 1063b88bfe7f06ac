"""The code lists of other data sets and ours: countries in FIPS, COW and English names, CAMEO and PLOVER, sectors."""

from __future__ import annotations

import functools
from typing import Any, NamedTuple

from dragoman.coding.ontology import Ontology, ontology
from dragoman.knowledge import load
from dragoman.model import BODY_CODES, Entity


@functools.cache
def others() -> dict[str, Any]:
    """How other data sets write things: `codes/others.yaml`."""
    found: dict[str, Any] = load().tree("codes/others.yaml")
    return found


class Kind(NamedTuple):
    """What a CAMEO code is in PLOVER."""

    event_type: str
    mode: str
    contexts: tuple[str, ...]


@functools.cache
def known() -> Ontology:
    """PLOVER's types, modes and scores."""
    return ontology(load())


@functools.cache
def cameo_kinds() -> dict[str, Kind]:
    """CAMEO code to PLOVER."""
    return {
        row["code"]: Kind(row["event_type"], row["mode"], tuple(filter(None, row["contexts"].split(";"))))
        for row in load().rows("codes/cameo_plover.csv")
    }


def kind_of_cameo(code: str) -> Kind | None:
    """The PLOVER type of a CAMEO code as files have it (with or without its first zero), or none."""
    kinds = cameo_kinds()
    for one in (code, f"0{code}"):
        if one in kinds:
            return kinds[one]
    return None


def is_cameo(code: str) -> bool:
    """Whether there is such a code at all."""
    return code in known().goldstein or f"0{code}" in known().goldstein


class Numbers(NamedTuple):
    """A state's numbers in the lists of others, and the first year of its membership (0: before 1946)."""

    fips: str
    cow: str
    gw: str
    since: int


@functools.cache
def numbers() -> dict[str, Numbers]:
    """ISO code to the numbers of a state."""
    return {
        row["code"]: Numbers(row["fips"].split(";")[0], row["cow"], row["gw"], int(row["from"] or 0))
        for row in load().rows("codes/states.csv")
    }


@functools.cache
def by_fips() -> dict[str, str]:
    """FIPS code to ISO code."""
    return {one: row["code"] for row in load().rows("codes/states.csv") for one in row["fips"].split(";") if one}


@functools.cache
def two_letters() -> dict[str, str]:
    """ISO code of three letters to that of two, small, as FollowTheMoney writes them."""
    return {row["code"]: row["two"].lower() for row in load().rows("codes/states.csv") if row["two"]}


@functools.cache
def names() -> dict[str, str]:
    """ISO code to the English name."""
    found: dict[str, str] = {}
    for row in load().rows("actors/states.csv"):
        found.setdefault(row["code"], row["name"])
    return found | {"EUR": "European Union", "UNO": "United Nations"}


@functools.cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = dict(others()["names"])
    for row in load().rows("actors/states.csv"):
        for name in (row["name"], *row["aliases"].split("|")):
            found.setdefault(name.strip("=~").casefold(), row["code"])
    return found


def country(text: str) -> str:
    """The ISO code of a country written as a code or an English name; empty when it is none."""
    text = text.strip()
    if text in ("", "None", "NA", "NULL", "--"):
        return ""
    upper = text.upper()
    if upper in others()["cameo_countries"]:
        return str(others()["cameo_countries"][upper])
    if upper in names() or upper in BODY_CODES:
        return upper
    return _by_name().get(text.casefold(), "")


def sector(text: str) -> str:
    """A PLOVER sector for a code of either list; empty for what is none."""
    code = text.strip().upper()
    return "" if code in ("", "NONE", "NA") or len(code) != 3 else str(others()["cameo_sectors"].get(code, code))


def cameo_actor(entity: Entity) -> str:
    """CAMEO's code of an actor, country then types: RUSGOV."""
    return entity.country + "".join(str(others()["plover_sectors"].get(one, one)) for one in entity.sectors)


@functools.cache
def columns(name: str) -> tuple[str, ...]:
    """The columns of a data set, in order."""
    return tuple(load().tree("codes/columns.yaml")[name])
