"""Documents one by one or all at once, in any order, give the same record; the pairs stand on their floors."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from evals.pairs import FLOORS, measure
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import keep
from dragoman.reconcile import Reconciler, part_of, reconcile
from dragoman.reconcile.words import counts, telling_words
from dragoman.record import Store
from tests.made import coded, entity, event, known
from tests.record.conftest import content

SENTENCES = (
    "Ministers discussed fish and nets at the harbour.",
    "Fish, nets and quotas were discussed by ministers.",
    "A pipeline under the sea was on the table.",
    "Nine people died at the bridge.",
)
SIDES = ("GBR RUS", "RUS GBR", "GBR RUS FRA", "GBR", "FRA RUS")

claims = st.builds(
    lambda sides, text, day, kind, mode, status: (sides, text, day, kind, mode, status),
    st.sampled_from(SIDES),
    st.sampled_from(SENTENCES),
    st.integers(1, 5),
    st.sampled_from(("CONSULT", "ASSAULT")),
    st.sampled_from(("", "visit", "phone")),
    st.sampled_from(("actual", "negated", "historical")),
)


def documents(rows: list) -> list:
    made = []
    for number, mine in enumerate(rows):
        name = f"d{number:02}"
        told = [
            event(sides, text=text, on=f"2009-11-{day:02}", document=name, event_type=kind, mode=mode, status=status)
            for sides, text, day, kind, mode, status in mine
        ]
        body = " ".join(claim.evidence.text for claim in told) * 3
        made.append(coded(name, *told, published=f"2009-11-{number % 9 + 1:02}", text=body))
    return made


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(claims, min_size=1, max_size=3), min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_documents_leaves_no_trace(rows: list, chance) -> None:
    made = documents(rows)
    shuffled = list(made)
    chance.shuffle(shuffled)
    with tempfile.TemporaryDirectory() as folder:
        one, other = Path(folder) / "one.sqlite", Path(folder) / "other.sqlite"
        with Store.open(one, deriver=Reconciler()) as store:
            for document in made:
                store.add(document)
            whole = store.items("event")
        with Store.open(other, deriver=Reconciler()) as store:
            for document in shuffled:
                store.add(document)
            # One taken out and put back leaves no trace either.
            store.remove(shuffled[0].document.id)
            store.add(shuffled[0])
        assert content(one) == content(other)
        with Store.open(other, deriver=Reconciler()) as store:
            store.rebuild()
        assert content(one) == content(other)
    all_at_once = reconcile(
        [
            known(claim, source=d.document.source.name, published=d.document.published.start)
            for d in made
            for claim in {claim.id: claim for claim in d.claims}.values()
        ]
    )
    assert [(item.id, item.links) for item in all_at_once] == sorted((item.id, item.links) for item in whole)


def test_the_pairs_stand_on_their_floors() -> None:
    import json  # noqa: PLC0415

    held = json.loads(FLOORS.read_text(encoding="utf-8"))["floors"]
    got = measure()
    assert {name: got[name] for name, floor in held.items() if got[name] < floor} == {}
    assert got["rightly joined"] >= 0.95
    assert got["rightly apart"] >= 0.9


def test_words_that_tell_and_counts() -> None:
    assert telling_words("The Russian president met ministers about shelled bridges.") == {"shell", "bridg"}
    assert counts("In 2018 twenty-three of 1,200 men and 2 women") == {20, 3, 1200}


def test_the_sides_of_one_among_those_of_another() -> None:
    two = event("GBR RUS", text="They spoke about herring quotas and nets.", mode="")
    three = event("GBR RUS FRA", text="Herring quotas and nets were the subject.", document="b", mode="")
    other = event("GBR RUS FRA", text="Apples, pears and cider were the subject.", document="b", mode="")
    many = event("GBR RUS FRA DEU", text="Herring quotas and nets were the subject.", document="b", mode="")
    assert len(reconcile([known(two), known(three)])) == 1
    assert len(reconcile([known(two), known(other)])) == 2
    assert len(reconcile([known(two), known(many)])) == 2


def test_parts_are_linked_and_not_merged(tmp_path: Path) -> None:
    summit = event(
        "GBR RUS FRA DEU", text="Four leaders gathered at Osaka for a summit on herring.", mode="multilateral"
    )
    talks = event("GBR RUS", text="At the Osaka summit two of them spoke of herring.", document="b", mode="")
    elsewhere = event("GBR RUS", text="The two spoke of apples.", document="c", mode="phone")
    with Store.open(tmp_path / "r.sqlite", deriver=Reconciler()) as store:
        for name, claim in (("d", summit), ("b", talks), ("c", elsewhere)):
            store.add(coded(name, claim))
        assert len(store.events("GBR", "RUS")) == 3
        whole = next(one for one in store.events("DEU"))
        ((what, part, reason),) = keep.parts(store, whole)
        assert (what, part.claim.evidence.document) == ("part", "b")
        assert reason.endswith(".")
        assert [one[0] for one in keep.parts(store, part)] == ["whole"]
        assert part_of(whole, part) == ""


@pytest.mark.parametrize(("office", "joined"), [("", True), ("crew", False)])
def test_within_one_state_the_others_must_be_the_same(office: str, joined: bool) -> None:
    people = (entity("RUS", "A", "President"), entity("", office or "owners of boats"))
    others = (entity("RUS", "A", "President"), entity("", "owners of boats"))
    text = "He met them about nets and herring."
    first = event("", text=text, mode="", people=people)
    second = event(
        "", text="Herring: he met them." if joined else "He met others.", document="b", mode="", people=others
    )
    assert len(reconcile([known(first), known(second)])) == (1 if joined else 2)
