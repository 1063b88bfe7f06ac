"""Turns are found where the level changes, and nowhere else."""

from __future__ import annotations

from dragoman.measure import turns
from dragoman.reconcile.grouping import reconcile
from tests.made import event, known


def items(*scores: float):
    claims = [
        event(
            *("GBR", "RUS", f"{2000 + at // 12}-{at % 12 + 1:02d}-05"),
            text=f"They met {at}.",
            document=f"d{at}",
            score=score,
        )
        for at, score in enumerate(scores)
    ]
    return reconcile([known(claim) for claim in claims])


def test_a_change_of_level_is_a_turn_with_its_events() -> None:
    (found,) = turns(items(*[4.0, 3.0, 4.0, 5.0] * 3, *[-4.0, -5.0, -6.0] * 4))
    assert found.day == "2001-01-05"
    assert found.before == 4.0
    assert found.after == -5.0
    assert (found.events_before, found.events_after) == (12, 12)
    assert len(found.ids) == 12


def test_steady_and_short_series_have_none() -> None:
    assert turns(items(*[4.0, 3.0, 5.0, 2.0] * 8)) == []
    assert turns(items(4.0, -9.0, 4.0)) == []
    assert turns(items(*[4.0] * 20)) == []
    assert turns(items(*[4.0, 3.0, 5.0] * 4, -9.0, *[4.0, 3.0, 5.0] * 4)) == [], "one incident is no level"


def test_very_many_events_are_taken_by_month() -> None:
    many = [4.0, 3.0] * 100 + [-4.0, -5.0] * 100
    assert [one.day[:4] for one in turns(items(*many))] == ["2016"]
