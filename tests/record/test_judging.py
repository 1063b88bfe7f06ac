"""What people say of claims is kept for good, heeded at once and after every rebuild, and survives coding again."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from dragoman.errors import RecordError, UsageError
from dragoman.model import Coded, Entity, Event, Evidence
from dragoman.reconcile import Reconciler
from dragoman.record import Store, differences
from tests.made import coded, day, event
from tests.record.conftest import content

VISIT = "The Foreign Secretary visited Moscow for talks on trade and visas."
SAME = "Talks on trade and visas: Britain's minister visited Moscow."
OTHER = "China and Russia signed a contract on gas in the capital."


@pytest.fixture
def store(path: Path | str):
    with Store.open(path, deriver=Reconciler()) as opened:
        opened.add(coded("one", event("GBR", "RUS", text=VISIT, document="one")))
        opened.add(coded("two", event("GBR", "RUS", text=SAME, document="two", on="2009-11-03")))
        opened.add(coded("three", event("CHN RUS", text=OTHER, document="three", event_type="AGREE", mode="")))
        yield opened


def same_after_rebuild(store: Store, path: Path | str) -> None:
    before = content(path)
    store.rebuild()
    assert content(path) == before
    assert list(store.check()) == []


def test_what_is_corrected_stands_where_it_now_belongs(store: Store, path: Path | str) -> None:
    (visit,) = store.events("GBR", "RUS")
    claim = next(link.claim for link in visit.links if link.document == "one")
    france = [msgspec.to_builtins(Entity(text="France", start=None, end=None, name="France", country="FRA"))]
    store.judge(claim, "corrected", by="ann", fields={"actors": france, "event_type": "ACCUSE", "mode": ""})
    assert len(store.events("GBR", "RUS")[0].links) == 1
    (moved,) = store.events("FRA", "RUS")
    assert moved.claim.event_type == "ACCUSE"  # type: ignore[union-attr]
    # What is added later meets it as corrected.
    store.add(coded("four", event("FRA", "RUS", text=VISIT, document="four", event_type="ACCUSE", mode="")))
    assert [len(one.links) for one in store.events("FRA", "RUS")] == [2]
    same_after_rebuild(store, path)
    store.judge(claim, "right", by="bob", why="it was right as it stood")
    assert [len(one.links) for one in store.events("GBR", "RUS")] == [2]
    same_after_rebuild(store, path)


def test_a_correction_that_cannot_be_is_refused_and_not_kept(store: Store) -> None:
    claim = store.events("GBR", "RUS")[0].links[0].claim
    for fields, said in (({"typ": "X"}, "typ"), ({"status": "perhaps"}, "status"), ({"evidence": {}}, "evidence")):
        with pytest.raises(UsageError, match=said):
            store.judge(claim, "corrected", by="ann", fields=fields)
    for verdict, other in (("same", ""), ("right", claim), ("same", claim)):
        with pytest.raises(UsageError):
            store.judge(claim, verdict, by="ann", other=other)
    with pytest.raises(UsageError, match="name of who judges"):
        store.judge(claim, "right", by=" ")
    assert store.judgements() == []


def test_items_are_joined_across_blocks_and_split_again(store: Store, path: Path | str) -> None:
    (visit,), (deal,) = store.events("GBR", "RUS"), store.events("CHN", "RUS")
    store.join(visit, deal, by="ann", why="one happening")
    (joined,) = store.events("GBR", "RUS")
    assert len(joined.links) == 3
    assert any(link.reason for link in joined.links)
    same_after_rebuild(store, path)
    store.split(joined, (deal.links[0].claim,), by="bob")
    assert [len(one.links) for one in store.events("GBR", "RUS")] == [2]
    assert [len(one.links) for one in store.events("CHN", "RUS")] == [1]
    same_after_rebuild(store, path)
    with pytest.raises(UsageError, match="leave some"):
        store.split(store.events("GBR", "RUS")[0], tuple(one.claim for one in visit.links), by="bob")
    with pytest.raises(UsageError, match="not of item"):
        store.split(visit, ("nothing",), by="bob")


def by_hand(document: str, text: str) -> Event:
    return Event(
        evidence=Evidence(document=document, start=0, end=len(text), text=text),
        event_type="CONSULT",
        mode="visit",
        actors=(Entity(text="Britain", start=None, end=None, name="United Kingdom", country="GBR"),),
        recipients=(Entity(text="Moscow", start=None, end=None, name="Russia", country="RUS"),),
        date=day("2009-11-02"),
    )


def test_a_claim_by_hand_counts_like_others_and_needs_its_words(store: Store, path: Path | str) -> None:
    store.add(coded("four", text=VISIT, published="2009-11-02"))
    said = store.add_claim(by_hand("four", VISIT), by="ann", why="the coder missed it")
    assert said.verdict == "added"
    assert [len(one.links) for one in store.events("GBR", "RUS")] == [3]
    claim = store.claim(said.claim)
    assert claim
    assert claim.coder == "by hand: ann"
    assert store.add_claim(by_hand("four", VISIT), by="ann").claim == said.claim
    assert [len(one.links) for one in store.events("GBR", "RUS")] == [3]
    same_after_rebuild(store, path)
    with pytest.raises(UsageError, match="does not say"):
        store.add_claim(by_hand("four", "It says nothing of the kind."), by="ann")
    with pytest.raises(RecordError, match="no document nine"):
        store.add_claim(by_hand("nine", VISIT), by="ann")


def again(store: Store, document: str, *claims: Event) -> Coded:
    found = store.document(document)
    assert found
    return Coded(document=found.document, claims=claims)


def test_coding_again_keeps_every_judgement(store: Store, path: Path | str) -> None:
    (visit,) = store.events("GBR", "RUS")
    ids = {link.document: link.claim for link in visit.links}
    better = event("GBR", "RUS", text=VISIT, document="one", mode="phone")
    # Nobody judged it: the new takes the place of the old.
    told = store.recode(again(store, "one", better), keep=False)
    assert [(old.id, new.id) for old, new in told.changed] == [(ids["one"], better.id)]
    assert differences(*told.changed[0]) == {"mode": ("visit", "phone")}
    assert store.claim(better.id) is None
    store.judge(ids["one"], "right", by="ann")
    # Judged right: it stays, the new one waits and counts for nothing.
    told = store.recode(again(store, "one", better))
    assert [(old.id, new.id) for old, new in told.asked] == [(ids["one"], better.id)]
    assert {one.claim.mode for one in store.events("GBR", "RUS")} == {"visit"}  # type: ignore[union-attr]
    assert [(one.old.id, one.new.id) for one in store.asked()] == [(ids["one"], better.id)]
    same_after_rebuild(store, path)
    assert store.recode(again(store, "one", better)).waiting == 1
    store.answer(better.id, take=True, by="bob")
    assert store.asked() == []
    assert {one.claim.mode for one in store.events("GBR", "RUS")} == {"phone", "visit"}  # type: ignore[union-attr]
    assert [one.verdict for one in store.judgements()] == ["right", "right"]
    same_after_rebuild(store, path)
    with pytest.raises(UsageError, match="does not wait"):
        store.answer(better.id, take=True, by="bob")


def test_what_a_correction_said_is_taken_when_the_coder_says_it(store: Store, path: Path | str) -> None:
    (visit,) = store.events("GBR", "RUS")
    old = visit.links[0].claim
    document = visit.links[0].document
    text = VISIT if document == "one" else SAME
    on = "2009-11-02" if document == "one" else "2009-11-03"
    store.judge(old, "corrected", by="ann", fields={"mode": "phone"})
    told = store.recode(again(store, document, event("GBR", "RUS", text=text, document=document, mode="phone", on=on)))
    assert told.carried == 1
    assert store.judgements()[-1].by == "recode"
    assert old not in {claim.id for claim in store.claims()}
    same_after_rebuild(store, path)


def test_wrong_claims_retire_and_stay_wrong_when_they_come_back(store: Store, path: Path | str) -> None:
    claim = store.events("CHN", "RUS")[0].links[0].claim
    first = store.claim(claim)
    assert isinstance(first, Event)
    store.judge(claim, "wrong", by="ann")
    store.recode(again(store, "three"))
    assert store.claims(document="three") == []
    store.recode(again(store, "three", first))
    assert [one.id for one in store.claims(document="three")] == [claim]
    assert store.events("CHN", "RUS") == []
    same_after_rebuild(store, path)


def test_claims_by_hand_and_unjudged_ones(store: Store, path: Path | str) -> None:
    said = store.add_claim(by_hand("three", OTHER), by="ann")
    told = store.recode(again(store, "three"))
    assert [one.evidence.text for one in told.gone] == [OTHER]
    assert [one.id for one in store.claims(document="three")] == [said.claim]
    same_after_rebuild(store, path)
    with pytest.raises(RecordError, match="no document nine"):
        store.recode(coded("nine"))
