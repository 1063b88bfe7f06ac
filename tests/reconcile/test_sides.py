"""An organ or officer of an organisation is that organisation; a member is not, unless it acts for it."""

from __future__ import annotations

import pytest

from dragoman.model import Entity
from dragoman.reconcile import reconcile
from dragoman.reconcile.sides import organisation, side
from tests.made import entity, event, known

NATO = "North Atlantic Treaty Organization"
TEXT = "They spoke about herring quotas, nets and buoys."
OTHER = "Nets, buoys and herring quotas were on the table."


def body(code: str, name: str, office: str = "") -> Entity:
    return Entity(text=name, start=None, end=None, name=name, country=code, office=office)


def joined(ours: tuple[Entity, ...], theirs: tuple[Entity, ...], text: str = OTHER) -> bool:
    first = event("", text=TEXT, mode="", people=(entity("RUS"), *ours))
    second = event("", text=text, document="b", mode="", people=(entity("RUS"), *theirs))
    return len(reconcile([known(first), known(second)])) == 1


@pytest.mark.parametrize(
    ("ours", "theirs", "together"),
    [
        # The officer speaks for the organisation, by office or by name.
        (body("IGO", NATO), body("IGO", "Ann Hale", "Secretary General of NATO"), True),
        (body("IGO", NATO), body("IGO", "Jens Stoltenberg", "Secretary General"), True),
        (body("EUR", "European Union"), body("EUR", "European Commission"), True),
        # A member is not the organisation, and no organisation is another.
        (body("IGO", NATO), entity("NOR", "Liv Berg", "Prime Minister"), False),
        (body("EUR", "European Union"), entity("FRA", "Luc Morel", "President"), False),
        (body("IGO", NATO), body("IGO", "Ole Dahl", "Secretary General of the Arab League"), False),
    ],
)
def test_organisations_and_members(ours: Entity, theirs: Entity, together: bool) -> None:
    assert joined((ours,), (theirs,)) is together
    assert joined((theirs,), (ours,)) is together


@pytest.mark.parametrize(
    ("words", "together"),
    [
        ("On behalf of the European Union he spoke of herring quotas, nets and buoys.", True),
        ("Herring quotas, nets and buoys: France holds the EU presidency and met him.", True),
        ("Herring quotas, nets and buoys: he spoke on behalf of fishermen.", False),
        ("On behalf of NATO he spoke of herring quotas, nets and buoys.", False),
    ],
)
def test_a_member_that_acts_for_the_organisation(words: str, together: bool) -> None:
    member = entity("FRA", "Luc Morel", "President")
    assert joined((body("EUR", "European Union"),), (member,), words) is together


def test_the_organisation_beside_its_member() -> None:
    union, member = body("EUR", "European Union"), entity("FRA", "Luc Morel", "President")
    assert joined((union,), (union, member))


def test_names_of_organisations() -> None:
    assert organisation("Secretary General of NATO") == NATO
    assert organisation("President of the European Commission") == "EUR"
    assert organisation("Minister of Trade") == ""
    assert side(entity("FRA", "Luc Morel", "President of the European Council")) == "FRA"
