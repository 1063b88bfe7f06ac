"""Series and counters of a relation."""

from __future__ import annotations

import pytest

from dragoman.measure import days_since, last_meeting, last_of_type, monthly, unanswered
from dragoman.model import Dispute, Evidence, Item
from dragoman.reconcile import reconcile
from tests.made import day, entity, event, known


def items(*claims) -> list[Item]:
    return reconcile([known(one) for one in claims])


def scored(on: str, score: float, name: str, **more) -> Item:
    return items(event("GBR", "RUS", on=on, score=score, document=name, text=name, **more))[0]


def test_no_event_is_no_temperature() -> None:
    assert monthly([]).months == ()


def test_months_have_no_gaps_and_the_past_fades() -> None:
    series = monthly([scored("2018-01-10", 4, "a"), scored("2018-03-10", -6, "b", quad_class=4)], until="2018-04-01")
    assert [one.month for one in series.months] == ["2018-01", "2018-02", "2018-03", "2018-04"]
    first, second, third, fourth = series.months
    assert first.temperature == 4
    assert second.temperature == 4
    assert second.mean is None
    assert third.temperature is not None
    assert -6 < third.temperature < -1
    assert third.temperature == fourth.temperature
    assert (first.verbal_cooperation, third.material_conflict) == (1, 1)
    assert third.events == 1


def test_few_events_give_a_wide_interval() -> None:
    few = monthly([scored("2018-01-10", 4, "a")]).months[0]
    many = monthly([scored(f"2018-01-{n:02}", 4, f"a{n}") for n in range(1, 29)]).months[0]
    assert None not in (few.low, few.high, many.low, many.high)
    assert few.high - few.low > 3 * (many.high - many.low)
    assert -10 <= few.low < few.high <= 10


def test_old_events_make_the_temperature_less_sure() -> None:
    months = monthly([scored("2018-01-10", 4, "a")], until="2018-06-30").months
    widths = [one.high - one.low for one in months if one.high is not None and one.low is not None]
    assert widths == sorted(widths)


def test_only_what_happened_counts() -> None:
    told = [
        scored("2018-01-10", 4, "a", status=status) for status in ("future", "hypothetical", "negated", "historical")
    ]
    assert monthly(told).events == 0
    assert monthly(told, historical=True).events == 1
    assert monthly([scored("", 4, "a")]).undated == 1
    with pytest.raises(ValueError, match="above zero"):
        monthly([], half_life=0)


def test_since_cuts_what_is_shown_not_what_is_remembered() -> None:
    series = monthly([scored("2018-01-10", 4, "a"), scored("2018-03-10", -6, "b")], since="2018-03")
    assert [one.month for one in series.months] == ["2018-03"]
    assert series.months[0].temperature is not None
    assert series.months[0].temperature > -6


def test_counters_count_days() -> None:
    meetings = [scored("2018-01-10", 4, "a"), scored("2018-01-20", 1, "b", mode="phone")]
    counter = last_meeting(meetings, today="2018-01-31")
    assert counter
    assert counter.days == 21
    assert last_meeting(meetings, today="2018-01-01") is None
    assert last_of_type(meetings, "SANCTION", today="2018-01-31") is None
    assert days_since("x", day("2018-01-01"), "i", today="no day") is None


def test_what_waits_for_an_answer() -> None:
    evidence = Evidence(document="d", start=0, end=1, text="x")
    base = {"evidence": evidence, "parties": (entity("GBR"), entity("RUS"))}
    waiting = Dispute(id="1", name="the note", unanswered_since=day("2018-01-01"), **base)
    settled = Dispute(id="2", name="the border", unanswered_since=day("2017-01-01"), status="settled", **base)
    (counter,) = unanswered(items(waiting, settled), today="2018-01-11")
    assert (counter.of, counter.days) == ("the note", 10)
