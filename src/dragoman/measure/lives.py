"""The life of an agreement: its status over time as several documents tell it."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.model import Agreement, AnyClaim, Shape


class Stage(Shape, frozen=True, kw_only=True):
    """A status from a day on, as a claim tells it; the day is its own, else that on which its document came out."""

    day: str
    status: str
    claim: str
    document: str
    words: str


def life(claims: Iterable[tuple[AnyClaim, str]]) -> list[Stage]:
    """The stages that claims of one agreement tell, given with the days of publication; each status once, in order."""
    told: list[Stage] = []
    for claim, published in claims:
        if isinstance(claim, Agreement) and claim.status:
            own = claim.date.start if claim.date and claim.date.how != "document" else published
            told.append(
                Stage(
                    day=own,
                    status=claim.status,
                    claim=claim.id,
                    document=claim.evidence.document,
                    words=claim.evidence.text,
                )
            )
    kept: list[Stage] = []
    for stage in sorted(told, key=lambda one: (one.day, one.claim)):
        if not any(stage.status == other.status for other in kept):
            kept.append(stage)
    return kept
