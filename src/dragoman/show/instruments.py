"""Agreements under their names: what several documents tell of one instrument, with its stages in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dragoman.measure.lives import Stage
from dragoman.show.ledger import Instrument
from dragoman.show.look import Told


@dataclass(frozen=True, kw_only=True)
class Grouped:
    """Agreements of one name between the same sides, with the stages that all of them tell, oldest first."""

    told: list[Told[Any]]
    stages: list[Stage]
    documents: int

    @property
    def last(self) -> str:
        """The day of its last stage, or of its last telling."""
        return self.stages[-1].day if self.stages else max(told.item.first_known for told in self.told)


def grouped(some: Iterable[Instrument], told: dict[str, Told[Any]]) -> list[Grouped]:
    """Instruments under their names, newest first; those without a name of their own each alone."""
    together: dict[tuple[Any, ...], list[Instrument]] = {}
    for one in some:
        if one.item in told:
            plain = not one.name or one.name.casefold() == one.agreement_kind.casefold()
            key = (one.item,) if plain else (one.name.casefold(), one.parties)
            together.setdefault(key, []).append(one)
    made = []
    for group in together.values():
        stages: dict[str, Stage] = {}
        for stage in sorted(
            (stage for one in group for stage in one.stages), key=lambda stage: (stage.day, stage.claim)
        ):
            stages.setdefault(stage.status, stage)
        held = [told[one.item] for one in group]
        documents = {name for each in held for name in each.documents}
        made.append(Grouped(told=held, stages=list(stages.values()), documents=len(documents)))
    return sorted(made, key=lambda one: one.last, reverse=True)
