"""Disputes: named matters, and those that a demand and its refusal suggest."""

from __future__ import annotations

import pytest

from dragoman.coding import disputes
from dragoman.model import Entity, Event, Evidence
from tests.coding.stand_ins import HOSTILE, codes, sentence, sentences


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Halden affair has soured relations between Norway and Chile.", "Halden affair"),
        ("Norway and Chile are in a row over the arrest of a skipper.", "arrest of a skipper"),
        ("A fishing dispute divides Norway and Chile.", "fishing dispute"),
        ("The lighthouse of Halden is still a sore point between Norway and Chile.", "lighthouse of Halden"),
        ("Norway and Chile each claim the Bouvet bank.", "Bouvet bank"),
        ("Chile and Norway disagree about the price of cod.", "price of cod"),
        ("The question of who pays for the wreck has divided Norway and Chile.", "question of who pays for the wreck"),
        ("Norway refused the extradition of Ivar Halden to Chile.", "extradition of Ivar Halden to Chile"),
    ],
)
def test_a_named_matter(text: str, name: str) -> None:
    (claim,) = disputes.claims(sentence(text))
    assert claim.name == name
    assert set(codes(claim.parties)) == {"NOR", "CHL"}
    assert claim.status == "open"


def test_a_matter_is_settled_by_the_words_before_it() -> None:
    (claim,) = disputes.claims(sentence("Norway and Chile have settled the question of the wreck of the Havbris."))
    assert claim.status == "settled"


def test_a_weak_name_counts_where_the_page_has_it_strongly() -> None:
    page = sentences("The Halden affair divides Norway and Chile.\nNorway told Chile about the Halden case.")
    assert [claim.name for claim in disputes.document_claims(page)] == ["Halden affair", "Halden case"]
    assert disputes.claims(page[1]) == []


def test_a_demand_and_its_refusal() -> None:
    norway, chile = (
        Entity(text=name, start=0, end=1, name=name, country=code)
        for name, code in (("Norway", "NOR"), ("Chile", "CHL"))
    )

    def event(kind: str, actor: Entity, recipient: Entity, text: str) -> Event:
        return Event(event_type=kind, actors=(actor,), recipients=(recipient,), id=kind,
                     evidence=Evidence(document="d", start=0, end=len(text), text=text))  # fmt: skip

    demand = event("REQUEST", norway, chile, "Norway demanded the return of the trawler Havbris.")
    refusal = event("REJECT", chile, norway, "Chile will not release the Havbris.")
    (claim,) = disputes.document_claims([], [demand, refusal])
    assert (claim.name, claim.status) == ("Havbris", "suggested")
    assert codes(claim.parties) == ["NOR", "CHL"]
    assert disputes.document_claims([], [demand]) == []


@pytest.mark.parametrize(
    "text",
    [
        "In any case Norway and Chile met.",
        "The last issue was printed in Oslo and Chile.",
        "Norway and Chile discussed the key issues.",
    ],
)
def test_no_dispute(text: str) -> None:
    assert disputes.claims(sentence(text)) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text(text: str) -> None:
    if text.strip():
        disputes.claims(sentence(text))
    disputes.gate(text)
