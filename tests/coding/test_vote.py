"""Frames and network vote: both, one alone, one against the other; made-up odds over parses made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from dragoman.coding.network import WORD, Glance, Labels, odds_of
from dragoman.knowledge import HERE
from dragoman.model import Event
from dragoman.pipeline import Coder
from dragoman.read import from_text

TYPES = ("", "ACCUSE", "AGREE", "AID", "CONSULT", "REJECT", "SANCTION", "MOBILIZE", "RETREAT")
LABELS = Labels(types=TYPES, modes=("", "SANCTION/expel", "CONSULT/visit"), statuses=("actual", "future", "negated"))


def made(
    text: str, odds: dict[tuple[str, str], float], roles: dict[tuple[str, str, str], float], status: str = "actual"
) -> Glance:
    """A glance: odds by (word, type), odds of roles by (trigger, role, word); all else is nearly nothing."""
    spans = [m.span() for m in WORD.finditer(text)]
    words = [text[a:b] for a, b in spans]
    n = len(words)
    types = np.full((1, n, len(TYPES)), 1e-4, dtype=np.float32)
    types[0, :, 0] = 1.0
    for (word, name), value in odds.items():
        types[0, words.index(word), TYPES.index(name)] = value
        types[0, words.index(word), 0] = 1 - value
    statuses = np.zeros((1, n, 3), dtype=np.float32)
    statuses[0, :, LABELS.statuses.index(status)] = 5.0
    pairs = np.full((1, 3, n, n), -8.0, dtype=np.float32)
    for (trigger, role, word), value in roles.items():
        pairs[0, ("actor", "recipient", "state").index(role), words.index(trigger), words.index(word)] = np.log(
            value / (1 - value)
        )
    whole = np.full((1, len(TYPES) - 1), -8.0, dtype=np.float32)
    return Glance(
        LABELS,
        odds_of(HERE / "models" / "en" / "network"),
        spans,
        [np.log(types), np.zeros((1, n, 3), dtype=np.float32), statuses, whole, pairs],
    )


class Told:
    """Stands where the network stands and says what it was told to say."""

    def __init__(self, glance: Glance) -> None:
        self.glance = glance

    def read(self, texts: list[str]) -> list[Glance]:
        return [self.glance for _ in texts]


def coded(monkeypatch: pytest.MonkeyPatch, coder: Coder, text: str, glance: Glance) -> list[Event]:
    monkeypatch.setattr(coder, "network", Told(glance))
    found = next(coder.code([from_text(text, id="x", date="2018-03-26")]))
    assert not found.skipped
    return [claim for claim in found.claims if isinstance(claim, Event)]


def decided(event: Event) -> str:
    return next(reason.rule for reason in event.why if reason.step == "vote")


EXPELLED = "Denmark expelled two Iranian diplomats."
ROLES = {("expelled", "actor", "Denmark"): 0.9, ("expelled", "recipient", "diplomats"): 0.9}


def test_what_both_see_stands(monkeypatch: pytest.MonkeyPatch, coder: Coder) -> None:
    (event,) = coded(monkeypatch, coder, EXPELLED, made(EXPELLED, {("expelled", "SANCTION"): 0.95}, ROLES))
    assert (event.event_type, event.mode, event.status) == ("SANCTION", "expel", "actual")
    assert ([e.country for e in event.actors], [e.country for e in event.recipients]) == (["DNK"], ["IRN"])
    assert decided(event) == "frame and network"


def test_a_frame_alone_falls_where_the_network_sees_nothing(monkeypatch: pytest.MonkeyPatch, coder: Coder) -> None:
    assert not coded(monkeypatch, coder, EXPELLED, made(EXPELLED, {}, {}))


def test_a_frame_alone_stands_where_the_network_doubts(monkeypatch: pytest.MonkeyPatch, coder: Coder) -> None:
    text = "Denmark released two Iranian diplomats."
    doubted = odds_of(HERE / "models" / "en" / "network").frame_alone_of["RETREAT"] + 0.02
    (event,) = coded(monkeypatch, coder, text, made(text, {("released", "RETREAT"): doubted}, {}))
    assert decided(event) == "frame alone"
    assert event.confidence < 0.5


def test_a_frame_alone_of_most_types_falls_where_the_network_doubts(
    monkeypatch: pytest.MonkeyPatch, coder: Coder
) -> None:
    assert not coded(monkeypatch, coder, EXPELLED, made(EXPELLED, {("expelled", "SANCTION"): 0.12}, {}))


def test_the_network_alone_names_parties_by_the_resolver(monkeypatch: pytest.MonkeyPatch, coder: Coder) -> None:
    text = "Denmark gave two Iranian diplomats the boot."
    roles = {("boot", "actor", "Denmark"): 0.9, ("boot", "recipient", "diplomats"): 0.9}
    events = coded(monkeypatch, coder, text, made(text, {("boot", "SANCTION"): 0.9}, roles))
    event = next(e for e in events if e.event_type == "SANCTION")
    assert ([e.country for e in event.actors], [e.country for e in event.recipients]) == (["DNK"], ["IRN"])
    assert decided(event) == "network alone"
    assert event.trigger is not None
    assert event.trigger.text == "boot"


def test_the_network_alone_wants_even_odds_and_a_state(monkeypatch: pytest.MonkeyPatch, coder: Coder) -> None:
    text = "Denmark gave two Iranian diplomats the boot."
    roles = {("boot", "actor", "Denmark"): 0.9}
    assert not coded(monkeypatch, coder, text, made(text, {("boot", "SANCTION"): 0.3}, roles))
    assert not coded(monkeypatch, coder, text, made(text, {("boot", "SANCTION"): 0.9}, {}))


def test_another_type_at_the_same_word_is_the_networks(monkeypatch: pytest.MonkeyPatch, coder: Coder) -> None:
    (event,) = coded(monkeypatch, coder, EXPELLED, made(EXPELLED, {("expelled", "REJECT"): 0.9}, ROLES))
    assert event.event_type == "REJECT"
    assert decided(event) == "network against SANCTION of the frame"


def test_a_sure_status_is_the_networks(monkeypatch: pytest.MonkeyPatch, coder: Coder) -> None:
    glance = made(EXPELLED, {("expelled", "SANCTION"): 0.95}, ROLES, status="negated")
    (event,) = coded(monkeypatch, coder, EXPELLED, glance)
    assert event.status == "negated"
    assert any(r.step == "status" and r.rule == "network" for r in event.why)


def test_a_party_that_the_frame_misses_is_added(monkeypatch: pytest.MonkeyPatch, coder: Coder) -> None:
    text = "Denmark and, to the surprise of many, Norway expelled two Iranian diplomats."
    roles = {**ROLES, ("expelled", "actor", "Norway"): 0.9}
    (event,) = coded(monkeypatch, coder, text, made(text, {("expelled", "SANCTION"): 0.95}, roles))
    assert {e.country for e in event.actors} == {"DNK", "NOR"}


def test_the_network_points_to_the_state_of_a_party(monkeypatch: pytest.MonkeyPatch, coder: Coder) -> None:
    text = "Gunmen held up a convoy while Denmark and the villagers of Somalia watched."
    roles = {
        ("held", "actor", "Gunmen"): 0.9,
        ("held", "recipient", "convoy"): 0.9,
        ("Gunmen", "state", "Somalia"): 0.9,
    }
    events = coded(monkeypatch, coder, text, made(text, {("held", "SANCTION"): 0.9}, roles))
    event = next(e for e in events if e.event_type == "SANCTION")
    assert [e.country for e in event.actors] == ["SOM"]
    assert "the network points to 'Somalia'" in event.actors[0].how


def test_without_a_network_frames_code_alone() -> None:
    frames = Coder(vote=False)
    found = next(frames.code([from_text(EXPELLED, id="x", date="2018-03-26")]))
    (event,) = [claim for claim in found.claims if isinstance(claim, Event)]
    assert event.event_type == "SANCTION"
    assert not any(reason.step == "vote" for reason in event.why)
