"""Puts the standing channels of a relation into a tree by level, each with its sessions and the agreements under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dragoman.model import Agreement, DateSpan, Mechanism
from dragoman.show import words
from dragoman.show.look import Look, Told, day_of
from dragoman.show.positions import keywords


@dataclass(kw_only=True)
class Channel:
    """A mechanism with its last and next session, what stands under it, and the agreements that name it."""

    told: Told[Mechanism]
    last: DateSpan | None
    next: DateSpan | None
    under: list[Channel] = field(default_factory=list)
    agreements: list[Told[Agreement]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Level:
    """A level of the architecture ("heads of state", …) with its channels."""

    name: str
    channels: list[Channel]


@dataclass(frozen=True, kw_only=True)
class Architecture:
    """The levels from the highest down, and the agreements that no channel names, newest first."""

    levels: list[Level]
    agreements: list[Told[Agreement]]


def architecture(seen: Look) -> Architecture:
    """The channels and agreements that the record holds between two sides."""
    channels = [_channel(told, seen.today) for told in seen.mechanisms]
    by_name = {one.told.claim.name.casefold(): one for one in channels if one.told.claim.name}
    top: list[Channel] = []
    for one in channels:
        above = by_name.get(one.told.claim.parent.casefold()) if one.told.claim.parent else None
        (above.under if above is not None and not _is_under(above, one) else top).append(one)
    loose: list[Told[Agreement]] = []
    for told in reversed(seen.agreements):
        home = next((one for one in channels if _names(told.claim, one.told.claim)), None)
        (home.agreements if home else loose).append(told)
    order = [str(name) for name in words.phrases()["levels"]]
    names = [*order, *sorted({one.told.claim.level for one in top} - {*order, ""}), ""]
    levels = [
        Level(name=name, channels=some)
        for name in names
        if (some := [one for one in top if one.told.claim.level == name])
    ]
    return Architecture(levels=levels, agreements=loose)


def _channel(told: Told[Mechanism], today: str) -> Channel:
    sessions: Sequence[DateSpan] = sorted(told.claim.sessions, key=day_of)
    return Channel(
        told=told,
        last=next((one for one in reversed(sessions) if day_of(one) <= today), None),
        next=next((one for one in sessions if day_of(one) > today), None),
    )


def _is_under(one: Channel, other: Channel) -> bool:
    """Whether `one` is `other` or stands below it; two that name each other as parents must not go round in circles."""
    return one is other or any(_is_under(one, below) for below in other.under)


def _names(agreement: Agreement, mechanism: Mechanism) -> bool:
    wanted = keywords(mechanism.name)
    text = agreement.evidence.text.casefold()
    return bool(wanted) and len(mechanism.name.split()) > 1 and all(word in text for word in wanted)
