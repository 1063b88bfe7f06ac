"""Deeds told in passing: by a noun, by a question, by an idiom, on a visit; and what looks like them and is none."""

from __future__ import annotations

import pytest

from dragoman.keep import code, coder
from dragoman.model import Event

Told = tuple[str, str, set[str], set[str]]


def events(text: str) -> list[Event]:
    return [c for c in code(text, date="2021-05-10", with_coder=coder()).claims if isinstance(c, Event)]


def told(text: str) -> list[Told]:
    return [
        (e.event_type, e.status, {a.country for a in e.actors}, {r.country for r in e.recipients}) for e in events(text)
    ]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        # accusations carried by a noun, an idiom or a question
        ("President Maduro invoked the spectre of American meddling.", ("ACCUSE", "actual", {"VEN"}, {"USA"})),
        (
            "What do you say to the claim of the Greek foreign minister that Turkey is at war with Greece?",
            ("ACCUSE", "actual", {"GRC"}, {"TUR"}),
        ),
        (
            "The murder of the former Polish agent Janusz Dorn followed Dorn's accusation that Lukashenko had"
            " betrayed him.",
            ("ACCUSE", "historical", {"POL"}, {"BLR"}),
        ),
        # demands that go on, to the only other state of the talk
        (
            "Warsaw and Berlin are at odds. Poland's ongoing demand for compensation will not hurt trade.",
            ("REQUEST", "actual", {"POL"}, {"DEU"}),
        ),
        # what begins, and what somebody is still to come for
        ("Supplies of Azeri gas to Italy are set to start on July 1.", ("AGREE", "future", {"AZE"}, {"ITA"})),
        ("Exports of Norwegian power to Britain are due to start next month.", ("AGREE", "future", {"NOR"}, {"GBR"})),
        # agreed in the past, though the sentence is of what is to come
        (
            "Ministers from Japan arrive in Seoul tomorrow for the first round of the Strategic Dialogue agreed between"
            " Shinzo Abe and Moon Jae-in last year.",
            ("AGREE", "historical", {"JPN", "KOR"}, set()),
        ),
        # a visit by its words
        ("The last visit of a Polish leader to Moscow was in 2010.", ("CONSULT", "historical", {"POL"}, {"RUS"})),
        ("Oslo hosted the signing of an agreement on borders between Ethiopia and Eritrea in 2018.",
         ("SUPPORT", "historical", {"ETH", "ERI"}, set())),
    ],
)  # fmt: skip
def test_it_is_told(text: str, event: Told) -> None:
    assert event in told(text)


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("Analysts raised the spectre of a new recession in Germany.", "ACCUSE"),
        ("What do you say to the statement by the Greek minister that Greece is at peace with Turkey?", "ACCUSE"),
        ("Germany's continued demand for oil pushed up prices.", "REQUEST"),
        ("The school year in Poland is set to begin on September 1.", "AGREE"),
        ("The differences between Iran and Oman will not block their talks.", "REJECT"),
        ("The president of Kenya was asked if Uganda had broken the treaty.", "REQUEST"),
        ("The decision will be taken by Beijing as a hostile gesture by Japan.", "THREATEN"),
        ("Today, the dialogue between Russia and China can be defined as mutually respectful.", "CONSULT"),
        ("The meetings between the presidents of Kenya and Uganda are a pillar of the relationship.", "CONSULT"),
        ("We welcome ideas on how to deal with Russia from all our readers.", "SUPPORT"),
        ("A letter signed by Polish MPs called on Germany to act.", "SUPPORT"),
    ],
)
def test_what_looks_like_it_is_none(text: str, event_type: str) -> None:
    assert event_type not in {found[0] for found in told(text)}


@pytest.mark.parametrize(
    ("text", "guest", "host"),
    [
        (
            "Mr Cameron met his Russian counterpart on the first visit to the country in years by a UK leader.",
            {"GBR"},
            {"RUS"},
        ),
        ("Lavrov met Kerry during a visit to Washington.", {"RUS"}, {"USA"}),
        ("Cameron met Lavrov during a visit to London.", {"RUS"}, {"GBR"}),
        # A third country received them, or nobody says who came.
        ("Cameron met Lavrov on the sidelines of a visit to Paris.", {"GBR", "RUS"}, set()),
    ],
)
def test_a_meeting_on_a_visit_is_the_visit(text: str, guest: set[str], host: set[str]) -> None:
    (event,) = [e for e in events(text) if e.event_type == "CONSULT"]
    assert ({a.country for a in event.actors}, {r.country for r in event.recipients}) == (guest, host)
    assert (event.mode == "visit") == bool(host)


@pytest.mark.parametrize(
    ("text", "states"),
    [
        (
            "Relations between Greece and Turkey are poor. Both countries say so."
            " Talks were frozen after the tit-for-tat expulsions of diplomats.",
            {"GRC", "TUR"},
        ),
        ("Relations are poor. Talks were frozen after the tit-for-tat expulsions of diplomats.", None),
    ],
)
def test_each_did_it_to_the_other(text: str, states: set[str] | None) -> None:
    found = [e for e in events(text) if e.event_type == "SANCTION" and e.mode == "expel"]
    assert [{a.country for a in e.actors} for e in found] == ([states] if states else [])


def test_two_who_are_named_together_keep_their_states() -> None:
    text = (
        "The presidents of Russia and China signed a treaty."
        " Talks between the two leaders took place in the Kremlin."
    )
    talks = [e for e in events(text) if e.trigger is not None and e.trigger.text == "Talks"]
    assert [sorted(a.country for a in e.actors) for e in talks] == [["CHN", "RUS"]]


def test_what_is_wondered_is_not_told() -> None:
    found = told("The envoy asked whether, if the talks with Tehran failed, Russia would be prepared to sanction Iran.")
    assert all(status != "actual" for kind, status, actors, _ in found if "RUS" in actors)
