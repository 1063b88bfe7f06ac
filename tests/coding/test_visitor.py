"""A meeting told with one party only, after a sentence that says who came."""

from __future__ import annotations

import pytest

from dragoman.keep import code, coder
from dragoman.model import Event


def meeting(text: str) -> Event:
    events = [c for c in code(text, date="2012-05-10", with_coder=coder()).claims if isinstance(c, Event)]
    return next(e for e in events if e.trigger is not None and e.trigger.text in {"meeting", "held"})


@pytest.mark.parametrize(
    ("text", "states", "place"),
    [
        (
            "Norwegian Foreign Minister Jonas Gahr Stoere visited Hanoi on 7 May. "
            "A meeting with President Truong Tan Sang took place there on the same day.",
            {"NOR", "VNM"},
            "VNM",
        ),
        (
            "President Barack Obama flew to Kabul. A meeting with President Hamid Karzai was held there later.",
            {"USA", "AFG"},
            "AFG",
        ),
        # Nobody came: the other side of the meeting stays unknown.
        ("President Barack Obama spoke of Kabul. A meeting with President Hamid Karzai took place.", {"AFG"}, None),
    ],
)
def test_the_visitor_is_the_other_side(text: str, states: set[str], place: str | None) -> None:
    event = meeting(text)
    assert {party.country for party in (*event.actors, *event.recipients)} == states
    assert (event.place.country if event.place else None) == place
