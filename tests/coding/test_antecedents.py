"""Parties that only the sentences before name: whom an answer answers, whose channel met."""

from __future__ import annotations

import pytest

from dragoman.keep import code, coder
from dragoman.model import Event


def last(text: str, event_type: str) -> Event:
    events = [c for c in code(text, date="2021-05-10", with_coder=coder()).claims if isinstance(c, Event)]
    return [event for event in events if event.event_type == event_type][-1]


def states(event: Event) -> tuple[set[str], set[str]]:
    return {e.country for e in event.actors}, {e.country for e in event.recipients}


@pytest.mark.parametrize(
    ("text", "event_type", "actor", "recipients"),
    [
        ("Kenya accused Uganda of moving the fence. Uganda rejected the accusation.", "REJECT", "UGA", {"KEN"}),
        ("Britain demanded that Iran free the crew. Tehran dismissed the demand as absurd.", "REJECT", "IRN", {"GBR"}),
        ("Poland asked Latvia for help. They spoke of trade. Riga rejected the request.", "REJECT", "LVA", {"POL"}),
        ("Washington called on Tehran to free the crew. Iran agreed to the demand.", "AGREE", "IRN", {"USA"}),
        ("Spain proposed a joint patrol to Morocco. Rabat accepted the proposal.", "AGREE", "MAR", {"ESP"}),
        (
            "Peru demanded an apology from Chile. Bolivia demanded that Chile open the border."
            " Chile rejected the demands.",
            "REJECT",
            "CHL",
            {"PER", "BOL"},
        ),
        ("Kenya accused Uganda of moving the fence. Kenya recalled its ambassador.", "SANCTION", "KEN", {"UGA"}),
        ("Kenya bought new tanks. Kenya recalled its ambassador.", "SANCTION", "KEN", set()),
        # Nobody said it before, it was said to somebody else, it was something else, or it is told who said it.
        ("Uganda bought new tanks. Uganda rejected the accusation.", "REJECT", "UGA", set()),
        ("Kenya accused Uganda of moving the fence. Rwanda rejected the accusation.", "REJECT", "RWA", set()),
        ("Kenya praised Uganda for its help. Uganda rejected the accusation.", "REJECT", "UGA", set()),
        ("Kenya accused Uganda of theft. Uganda rejected a German proposal on trade.", "REJECT", "UGA", {"DEU"}),
    ],
)
def test_an_answer_goes_to_whom_it_answers(text: str, event_type: str, actor: str, recipients: set[str]) -> None:
    assert states(last(text, event_type)) == ({actor}, recipients)


def test_the_answer_says_to_what_it_points_back() -> None:
    answer = last("Kenya accused Uganda of moving the fence. Uganda rejected the accusation.", "REJECT")
    told = [reason.detail for reason in answer.why if reason.rule == "implied.yaml referring"]
    assert told == ["'accusation' points back to 'accused' at 6: Kenya = KEN"]


def test_too_far_back_is_not_meant() -> None:
    between = "The day was warm. " * 6
    answer = last(f"Kenya accused Uganda of moving the fence. {between}Uganda rejected the accusation.", "REJECT")
    assert states(answer) == ({"UGA"}, set())


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (
            "The Kenyan-Ugandan Strategic Dialogue was set up in 2010. "
            "The last Dialogue, held in Nairobi in March, dealt with Kenya's plans for gas.",
            {"KEN", "UGA"},
        ),
        # No channel was named, or another one.
        ("The last dialogue, held in Nairobi in March, dealt with Kenya's plans for gas.", {"KEN"}),
    ],
)
def test_a_channel_named_before_has_met(text: str, parties: set[str]) -> None:
    event = last(text, "CONSULT")
    assert {e.country for e in (*event.actors, *event.recipients)} == parties
