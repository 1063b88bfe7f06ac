"""Mechanisms: kind, level, number, rhythm and parties of standing channels."""

from __future__ import annotations

import pytest

from dragoman.coding import mechanisms
from dragoman.coding.sittings import with_sessions
from dragoman.model import Event, Mechanism
from tests.coding.stand_ins import HOSTILE, codes, sentence, sentences


@pytest.mark.parametrize(
    ("text", "kind", "level", "frequency", "count"),
    [
        (
            "Three bilateral commissions of Chile and Norway, led by their deputy prime ministers, oversee fisheries.",
            "commission",
            "deputy prime ministers",
            "",
            3,
        ),
        (
            "The presidents of our countries hold summits two or three times a year.",
            "summit",
            "heads of state",
            "2-3 per year",
            None,
        ),
        (
            "The heads of government of Chile and Norway hold regular meetings of prime ministers.",
            "summit",
            "heads of government",
            "regular",
            None,
        ),
        (
            "Both countries hold annual consultations of senior officials on fishing.",
            "consultations",
            "senior officials",
            "annual",
            None,
        ),
        ("The Norwegian-Chilean Strategic Dialogue opened.", "dialogue", "", "", None),
        ("A hotline between Norway and Chile was set up.", "hotline", "", "", None),
        (
            "The Joint Working Group of Chile and Norway on fish meets twice a year.",
            "working group",
            "",
            "2 per year",
            None,
        ),
    ],
)
def test_a_channel(text: str, kind: str, level: str, frequency: str, count: int | None) -> None:
    claim = mechanisms.claims(sentence(text))[0]
    assert (claim.mechanism_kind, claim.level, claim.frequency, claim.count) == (kind, level, frequency, count)
    assert set(codes(claim.parties)) == {"CHL", "NOR"}


def test_co_chairs_and_coordination() -> None:
    text = "An intergovernmental commission, co-chaired by ministers, and working groups link Chile and Norway."
    first, second = mechanisms.claims(sentence(text))
    assert first.co_chairs == "ministers"
    assert second.mechanism_kind == "working group"


@pytest.mark.parametrize(
    "text",
    [
        "The European Commission met Norway.",
        "The city council met on Monday.",
        "A committee of Chile heard the minister.",
        "Norway called for dialogue.",
        "They explored opportunities for establishing a joint commission of Chile and Norway.",
        "The State Council of Norway adjourned.",
        "The president held meetings in Oslo.",
    ],
)
def test_no_channel(text: str) -> None:
    assert mechanisms.claims(sentence(text)) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text(text: str) -> None:
    if text.strip():
        mechanisms.claims(sentence(text))
    mechanisms.gate(text)


@pytest.mark.parametrize(
    ("text", "days", "held", "met"),
    [
        ("Chile and Norway have a Joint Commission. It met in Oslo on 3 May 2019.", ["2019-05-03"], None, 1),
        ("Chile and Norway have a Joint Commission. Its third session was held on 3 May 2019.", ["2019-05-03"], 3, 1),
        ("Chile and Norway have a Joint Commission. The Commission convened on 3 May 2019.", ["2019-05-03"], None, 1),
        ("Chile and Norway have a Joint Commission. The two co-chairs presided over the meeting on 3 May 2019.",
         ["2019-05-03"], None, 1),
        ("The Joint Commission of Chile and Norway, led by ministers, held its 19th session.", ["2020-05-10"], 19, 1),
        ("The Joint Commission of Chile and Norway has met just twice.", [], 2, 0),
        ("The Joint Commission of Chile and Norway has not met since 3 May 2019.", ["2019-05-03"], None, 0),
        ("A Joint Commission of Chile and Norway met on 3 May 2019 and will meet on 4 May 2021.",
         ["2019-05-03", "2021-05-04"], None, 1),
        # a rhythm is no session, nor is somebody else's meeting
        ("The Joint Commission of Chile and Norway meets every year.", [], None, 0),
        ("Chile and Norway have a Joint Commission. The third meeting of their poets was held in Oslo.", [], None, 0),
        ("Chile and Norway have a Joint Commission. They met on 3 May 2019.", [], None, 0),
    ],
)  # fmt: skip
def test_sessions_told_behind_the_name(text: str, days: list[str], held: int | None, met: int) -> None:
    listed = sentences(text)
    found = with_sessions(listed, [claim for one in listed for claim in mechanisms.claims(one)])
    (claim,) = [one for one in found if isinstance(one, Mechanism)]
    assert ([span.start for span in claim.sessions], claim.held) == (days, held)
    events = [one for one in found if isinstance(one, Event)]
    assert len(events) == met
    assert all(one.event_type == "CONSULT" and set(codes(one.actors)) == {"CHL", "NOR"} for one in events)
    assert all(one.evidence.text in text and one.trigger and one.trigger.text in text for one in events)


def test_a_meeting_told_already_is_not_told_twice() -> None:
    listed = sentences("Chile and Norway have a Joint Commission. It met in Oslo on 3 May 2019.")
    once = with_sessions(listed, mechanisms.claims(listed[0]))
    assert len(with_sessions(listed, once)) == len(once) == 2
