"""Every change of a record leaves a note of what it touched: all that changed, and no change without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.model import Coded
from dragoman.reconcile import Reconciler
from dragoman.record import Glance, Store, Touched, touching
from tests.made import coded, event

VISIT = "The Foreign Secretary visited Moscow for talks on trade and visas."
SIGNED = "China and Russia signed a contract on gas in the capital."


@pytest.fixture
def store(path: Path | str):
    with Store.open(path, deriver=Reconciler()) as opened:
        opened.add(coded("one", event("GBR", "RUS", text=VISIT, document="one")))
        opened.add(coded("two", event("CHN RUS", text=SIGNED, document="two", event_type="AGREE", mode="")))
        yield opened


def since(store: Store, change) -> Touched:
    before = Glance(store).mark().changes
    change()
    assert Glance(store).mark().changes > before, "a change without a note"
    return Glance(store).touched(before)


def test_what_is_added_judged_and_taken_out_is_noted(store: Store) -> None:
    glance = Glance(store)
    assert glance.touched(glance.mark().changes) == Touched()
    again = coded("three", event("GBR", "RUS", text=VISIT, document="three"))
    touched = since(store, lambda: store.add(again))
    assert touched.pairs == {("GBR", "RUS")}
    assert touched.parties == {"GBR", "RUS"}
    assert touched.documents >= {"three"}
    assert since(store, lambda: store.add(again)) == Touched(), "it was there already"
    claim = store.events("CHN", "RUS")[0].links[0].claim
    assert since(store, lambda: store.judge(claim, "wrong", by="ann")).pairs == {("CHN", "RUS")}
    assert store.events("CHN", "RUS") == []
    assert since(store, lambda: store.judge(claim, "right", by="ann")).pairs == {("CHN", "RUS")}
    visit, deal = store.events("GBR", "RUS")[0], store.events("CHN", "RUS")[0]
    touched = since(store, lambda: store.join(visit, deal, by="ann"))
    assert {("GBR", "RUS"), ("CHN", "RUS")} <= touched.pairs
    assert {"two", visit.links[0].document} <= touched.documents
    joined = store.explain(deal.links[0].claim).item
    said = since(store, lambda: store.split(joined, (deal.links[0].claim,), by="ann"))
    assert {link.document for link in joined.links} <= said.documents
    assert {("GBR", "RUS"), ("CHN", "RUS")} <= since(store, lambda: store.join(visit, deal, by="ann")).pairs
    gone = since(store, lambda: store.remove("two"))
    assert ("GBR", "RUS") in gone.pairs, "what was one with it stands alone now"
    assert {"two", visit.links[0].document} <= gone.documents


def test_both_sides_of_a_correction_are_noted(store: Store) -> None:
    claim = store.claim(store.events("GBR", "RUS")[0].links[0].claim)
    france = {"text": "France", "start": None, "end": None, "name": "France", "country": "FRA"}
    touched = since(store, lambda: store.judge(claim.id, "corrected", by="ann", fields={"actors": [france]}))
    assert {("GBR", "RUS"), ("FRA", "RUS")} <= touched.pairs, "where it was, and where it is"


def test_coding_again_is_noted_even_when_no_number_grows(store: Store) -> None:
    """The claim that goes was the last, so the new one has its number, and their count is as before."""
    document = store.document("two")
    assert document
    new = event("CHN RUS", text=SIGNED, document="two", event_type="CONSULT", mode="meet")
    touched = since(store, lambda: store.recode(Coded(document=document.document, claims=(new,))))
    assert touched.pairs == {("CHN", "RUS")}
    gone = since(store, lambda: store.recode(Coded(document=document.document, claims=())))
    assert gone.documents == {"two"}


def test_what_is_not_kept_leaves_no_note(store: Store) -> None:
    before = Glance(store).mark()
    with pytest.raises(Exception, match="no claim"):
        store.judge("none", "right", by="ann")
    assert list(store.check()) == []
    assert Glance(store).mark() == before


def test_a_rebuild_touches_everything(store: Store) -> None:
    assert since(store, store.rebuild).everything


def test_too_much_to_name_is_everything_and_old_notes_go(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(touching, "MOST", 2)
    assert since(store, lambda: store.remove("one")).everything
    monkeypatch.setattr(touching, "NOTES", 10)
    glance = Glance(store)
    first = glance.mark().changes
    for _ in range(30):
        store.judge(store.events("CHN", "RUS")[0].links[0].claim, "right", by="ann")
    assert glance.touched(first).everything, "nobody knows any more"
    assert len(store._rows("SELECT n FROM changes")) <= 12
    assert glance.mark().changes == first + 30
