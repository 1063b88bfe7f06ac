"""The small questions of the pages have the same answers in a file and in PostgreSQL, and see only what is in force."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.model import Coded
from dragoman.reconcile import Reconciler
from dragoman.record import Glance, ItemsAsked, Store
from tests.made import coded, event

VISIT = "The Foreign Secretary visited Moscow for talks on trade and visas."
SIGNED = "China and Russia signed a contract on gas in the capital."


@pytest.fixture
def store(path: Path | str):
    with Store.open(path, deriver=Reconciler()) as opened:
        opened.add(coded("one", event("GBR", "RUS", text=VISIT, document="one")))
        opened.add(coded("two", event("CHN RUS", text=SIGNED, document="two", event_type="AGREE", mode="")))
        yield opened


def test_every_question_is_answered(store: Store) -> None:
    glance = Glance(store)
    mark = glance.mark()
    assert (mark.documents, mark.changes) == (2, 2)
    assert {name: glance.count(name) for name in ("documents", "claims", "items", "judgements", "skipped")} == {
        "documents": 2,
        "claims": 2,
        "items": 2,
        "judgements": 0,
        "skipped": 0,
    }
    assert glance.kinds("claims") == glance.kinds("items") == {"event": 2}
    assert list(glance.lines(["two", "one", "none"])) == ["one", "two"]
    newest = glance.newest(limit=1)
    after = (newest[0].published.start if newest[0].published else "", newest[0].id)
    assert {newest[0].id, glance.newest(limit=5, before=after)[0].id} == {"one", "two"}
    every = glance.items(ItemsAsked())
    assert len(every) == 2
    assert glance.items(ItemsAsked(after=(glance.own_day(every[0]), every[0].id))) == every[1:]
    (visit,) = glance.items(ItemsAsked(a="RUS", b="GBR", kind="event", status="actual"))
    assert glance.items(ItemsAsked(a="RUS", b="GBR", directed=True)) == []
    assert glance.items(ItemsAsked(a="GBR", b="RUS", directed=True)) == [visit]
    assert len(glance.items(ItemsAsked(a="RUS"))) == 2
    assert glance.knows_side("GBR")
    assert not glance.knows_side("FRA")
    assert glance.news(1) == {("CHN", "RUS"): 1}
    for name, _ in glance.names_of("RUS"):
        assert "RUS" in glance.sides_named(name)
        assert glance.named(name)
    claims = glance.claims(after=0, limit=10)
    assert [claim for _, claim in glance.claims(after=claims[0][0], limit=10, party="RUS", kind="event")] == [
        claim for _, claim in claims[1:]
    ]
    ids = [claim.id for _, claim in claims]
    assert set(glance.items_of([*ids, "none"])) == set(ids)
    assert {one.id: (one.document, one.kind, one.links) for one in glance.leads()} == {
        claim.id: (claim.evidence.document, "event", 1) for _, claim in claims
    }
    assert [(one.confidence, one.score) for one in glance.leads(documents=["one"])] == [
        (claim.confidence, claim.score) for _, claim in claims if claim.evidence.document == "one"
    ]
    assert glance.between("RUS", "GBR") == {visit.id}


def test_what_waits_or_is_retired_is_not_seen(store: Store) -> None:
    glance = Glance(store)
    (visit,) = store.events("GBR", "RUS")
    old = visit.links[0].claim
    document = store.document("one")
    assert document
    new = event("GBR", "RUS", text=VISIT, document="one", mode="phone")
    store.judge(old, "right", by="ann")
    before = glance.mark()
    store.recode(Coded(document=document.document, claims=(new,)))
    assert glance.mark() != before, "pages that were kept are worked out again"
    assert new.id not in {claim.id for _, claim in glance.claims(after=0, limit=10)}
    assert new.id not in {one.id for one in glance.leads()}
    assert (glance.count("claims"), glance.kinds("claims")) == (2, {"event": 2})
    waiting = glance.mark()
    store.answer(new.id, take=True, by="bob")
    assert glance.mark() != waiting
    seen = {claim.id for _, claim in glance.claims(after=0, limit=10)}
    assert new.id in seen
    assert old not in seen
