"""Puts the standing channels of a relation into a tree by level, each with its sessions and the agreements under it.

When a channel met and when it is due is the ledger's (`ledger.kept_channels`), so page, command and API tell the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dragoman.measure import channels as ledger
from dragoman.model import Agreement, Mechanism
from dragoman.show import words
from dragoman.show.look import Look, Told

#: A word of fewer letters does not tell one channel from another.
LEAST_LETTERS = 4
_WORD = re.compile(r"[^\W\d_][\w’'-]+")


@dataclass(kw_only=True)
class Channel:
    """A mechanism with its last and next session, what stands under it, and the agreements that name it."""

    told: Told[Mechanism]
    kept: ledger.Channel
    under: list[Channel] = field(default_factory=list)
    agreements: list[Told[Agreement]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Level:
    """A level of the architecture ("heads of state", …) with its channels."""

    name: str
    channels: list[Channel]


@dataclass(frozen=True, kw_only=True)
class Architecture:
    """The levels from the highest down."""

    levels: list[Level]


def architecture(seen: Look, kept: Sequence[ledger.Channel]) -> Architecture:
    """The channels that the record holds between two sides, with the agreements that name them."""
    by_item = {one.item: one for one in kept}
    channels = [Channel(told=told, kept=by_item[told.item.id]) for told in seen.mechanisms if told.item.id in by_item]
    channels.sort(key=lambda one: (one.kept.last_met, len(one.told.documents)), reverse=True)
    by_name = {one.told.claim.name.casefold(): one for one in channels if one.told.claim.name}
    top: list[Channel] = []
    for one in channels:
        above = by_name.get(one.told.claim.parent.casefold()) if one.told.claim.parent else None
        (above.under if above is not None and not _is_under(above, one) else top).append(one)
    for told in reversed(seen.agreements):
        home = next((one for one in channels if _names(told.claim, one.told.claim)), None)
        if home:
            home.agreements.append(told)
    order = [str(name) for name in words.phrases()["levels"]]
    names = [*order, *sorted({one.told.claim.level for one in top} - {*order, ""}), ""]
    levels = [
        Level(name=name, channels=some)
        for name in names
        if (some := [one for one in top if one.told.claim.level == name])
    ]
    return Architecture(levels=levels)


def _is_under(one: Channel, other: Channel) -> bool:
    """Whether `one` is `other` or stands below it; two that name each other as parents must not go round in circles."""
    return one is other or any(_is_under(one, below) for below in other.under)


def _names(agreement: Agreement, mechanism: Mechanism) -> bool:
    wanted = {word.casefold() for word in _WORD.findall(mechanism.name) if len(word) >= LEAST_LETTERS}
    text = agreement.evidence.text.casefold()
    return bool(wanted) and len(mechanism.name.split()) > 1 and all(word in text for word in wanted)
