"""The review keeps judgements in the log, puts the least certain first, and takes the last one back."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from dragoman.errors import UsageError
from dragoman.reconcile import Reconciler
from dragoman.record import Glance, Lead, Store
from dragoman.show import judging


@pytest.fixture
def open_store(record):
    with Store(record, deriver=Reconciler()) as opened:
        yield opened


def say(desk, **form):
    return desk.post("/review", data={"form": desk.form, "by": "A. Reader", **form})


def test_doubt_and_weight_give_the_order():
    def lead(**more):
        fields = {"id": "x", "kind": "event", "type": "", "status": "actual", "confidence": 1.0, "score": 5.0}
        return Lead(**{**fields, "links": 1, "item": "", **more})

    assert judging.priority(lead(confidence=0.5)) > judging.priority(lead(confidence=0.9))
    assert judging.priority(lead(score=-9.0)) > judging.priority(lead(score=1.0))
    assert judging.priority(lead(links=1)) > judging.priority(lead(links=4))
    assert judging.priority(lead()) > judging.priority(lead(status="negated"))


def test_accepting_and_rejecting_take_a_claim_out_of_the_queue(record, asking):
    desk = asking(record)
    before = desk.get("/review.json").json()["waiting"]
    assert say(desk, verdict="right", claim="c2").status_code == 303
    assert say(desk, verdict="wrong", claim="c9").status_code == 303
    told = desk.get("/review.json").json()
    assert told["waiting"] == before - 2
    assert not {"c2", "c9"} & {one["id"] for one in told["next"]}
    assert {(one["right"], one["judged"]) for one in told["precision"]} == {(1, 1), (0, 1)}
    assert "criticised" not in desk.get("/RUS-to-GBR").text, "what is judged wrong counts for nothing"


def test_the_last_judgement_is_taken_back(record, asking):
    desk = asking(record)
    before = desk.get("/review.json").json()
    say(desk, verdict="wrong", claim="c9")
    assert say(desk, verdict="undo").headers["location"] == "/review?claim=c9"
    after = desk.get("/review.json").json()
    assert after["precision"] == []
    assert after["waiting"] == before["waiting"]
    assert "criticised" in desk.get("/RUS-to-GBR").text
    assert "could be taken back" in say(desk, verdict="undo").text
    assert len(desk.get("/api/v1/judgements").json()["items"]) == 2, "the log keeps both"


def test_a_correction_changes_the_event_and_its_score(record, asking):
    desk = asking(record)
    form = {
        "field-event_type": "CONSULT",
        "field-actors": "France, RUS",
        "field-date": "2019-06-29",
        "field-status": "actual",
    }
    assert say(desk, verdict="corrected", claim="c2", **form).status_code == 303
    events = desk.get("/FRA-RUS.json").json()["events"]
    assert [one["claim"]["date"]["start"] for one in events] == ["2019-06-29"]
    wrong = say(desk, verdict="corrected", claim="c2", **{"field-date": "soon"})
    assert wrong.status_code == 422
    assert "is no day" in wrong.text
    assert "nothing was changed" in say(desk, verdict="corrected", claim="c3").text


def test_only_the_fields_of_a_claim_can_be_corrected(open_store):
    with pytest.raises(UsageError, match="evidence"):
        judging.judge(open_store, "c1", "corrected", by="x", fields={"evidence": {}})
    with pytest.raises(UsageError, match="no type of event"):
        judging.judge(open_store, "c1", "corrected", by="x", fields={"event_type": "DANCE"})
    kept = judging.judge(open_store, "c1", "corrected", by="x", fields={"event_type": "CONSULT"})
    assert kept.fields["quad_class"] == 1


def test_sentences_are_split_and_merged(open_store):
    glance = Glance(open_store)
    item = open_store.item(glance.items_of(["c1"])["c1"])
    assert {link.claim for link in item.links} == {"c1", "c10"}
    judging.split(open_store, item, ["c10"], by="x")
    apart = glance.items_of(["c1", "c10"])
    assert apart["c1"] != apart["c10"]
    judging.merge(open_store, open_store.item(apart["c1"]), open_store.item(apart["c10"]), by="x")
    assert len(set(glance.items_of(["c1", "c10"]).values())) == 1


def test_precision_has_an_interval(open_store):
    judging.judge(open_store, "c1", "right", by="x")
    judging.judge(open_store, "c10", "wrong", by="x")
    (one,) = judging.precision(open_store)
    assert (one.right, one.judged) == (1, 2)
    assert 0 < one.low < 0.5 < one.high < 1


def test_what_was_said_of_two_items_is_taken_back_at_once(open_store, monkeypatch):
    monkeypatch.setattr("dragoman.record.judging.now", lambda: "2024-01-01T00:00:00+00:00")
    glance = Glance(open_store)
    first = open_store.item(glance.items_of(["c1"])["c1"])
    assert len(first.links) == 2
    other = open_store.item(glance.items_of(["c2"])["c2"])
    assert len(judging.merge(open_store, first, other, by="x")) == 2
    assert len(set(glance.items_of(["c1", "c2", "c10"]).values())) == 1
    judging.undo(open_store, by="x")
    apart = glance.items_of(["c1", "c2", "c10"])
    assert apart["c1"] == apart["c10"] != apart["c2"]
    assert len(open_store.judgements()) == 4
    assert judging.undo(open_store, by="x") is None


def test_a_claim_added_by_hand_is_no_reading_of_the_coder(open_store):
    claim = replace(open_store.claim("c2"), event_type="AGREE")
    kept = judging.add(open_store, claim, by="x")
    glance = Glance(open_store)
    assert kept.claim in glance.items_of([kept.claim])
    assert kept.claim not in {one.id for one in judging.queue(glance, open_store.judgements())}
    judging.judge(open_store, kept.claim, "right", by="y")
    assert judging.precision(open_store) == []
    judging.undo(open_store, by="x")
    assert glance.items_of([kept.claim]) == {}, "taken back, it counts for nothing"
    assert judging.precision(open_store) == []


def test_what_was_missed_is_added_on_the_page_of_its_document(record, asking):
    desk = asking(record)
    form = {"form": desk.form, "event_type": "CONSULT", "actors": "GBR", "recipients": "Russia", "date": "2019-06-28"}
    answer = desk.post("/document/d-british/claims", data={**form, "words": "Theresa May met Vladimir Putin"})
    assert answer.status_code == 303
    path, _, place = answer.headers["location"].partition("#")
    page = desk.get(path).text
    start = page.index(f'<li id="{place}"')
    assert "added, the desk" in page[start : page.index("</li>", start)]
    wrong = desk.post("/document/d-british/claims", data={**form, "words": "Nobody met anybody"})
    assert "do not stand in the document" in wrong.text


def recoded(store):
    """The record after two of its claims were judged and a newer coder reads them otherwise."""
    store.judge("c1", "right", by="ada")
    store.judge("c3", "corrected", by="ada", fields={"stance": "denies"})
    coded = store.document("d-british")
    new = []
    for one in coded.claims:
        if one.id == "c1":
            one = replace(one, id="n1", event_type="COERCE", mode="deport", coder="newer")  # noqa: PLW2901
        elif one.id == "c3":
            one = replace(one, id="n3", topic="apples", coder="newer")  # noqa: PLW2901
        new.append(one)
    store.recode(replace(coded, claims=tuple(new)))
    return store


def test_what_a_newer_coder_reads_otherwise_comes_first(record, asking):
    with Store.open(record, deriver=Reconciler(), write=True) as store:
        recoded(store)
        assert {one.new.id for one in store.asked()} == {"n1", "n3"}
    desk = asking(record)
    page = desk.get("/review").text
    assert "2 judged claims are read otherwise" in page
    assert "As it was judged" in page
    assert {one["new"]["id"] for one in desk.get("/review.json").json()["asked"]} == {"n1", "n3"}
    first = re.search(r'name="claim" value="(n\d)"', page).group(1)
    other = {"n1": "n3", "n3": "n1"}[first]
    form = {"form": desk.form, "claim": first, "by": "bob", "at": "0"}
    assert desk.post("/review", data={**form, "verdict": "newer"}).status_code == 303
    page = desk.get("/review").text
    assert "1 judged claim is read otherwise" in page
    assert desk.post("/review", data={**form, "claim": other, "verdict": "older"}).status_code == 303
    assert "read otherwise" not in desk.get("/review").text
    with Store.open(record, deriver=Reconciler(), write=False) as store:
        assert not store.asked()
        assert store.claim(first) is not None
    refused = desk.post("/review", data={**form, "verdict": "undo"})
    assert "stands" in refused.text, "an answer is not taken back in silence"
    again = desk.post("/review", data={**form, "verdict": "newer"})
    assert again.status_code == 422, "what does not wait is told"


def test_any_field_of_an_event_can_be_corrected(record, asking):
    desk = asking(record)
    form = {
        "form": desk.form, "claim": "c1", "by": "ada", "verdict": "corrected", "field-place": "Oslo",
        "field-due": "2018-04", "field-contexts": "diplomatic, spying", "field-speaker": "GBR",
        "field-actors": "United Kingdom, Theresa May", "field-date": "2018-03-01/2018-03-14",
    }  # fmt: skip
    answer = desk.post("/review", data=form)
    assert answer.status_code == 303, answer.text
    item = desk.get("/item/c1.json").json()["item"]["claim"]
    assert item["place"]["name"] == "Oslo"
    assert (item["due"]["start"], item["due"]["end"]) == ("2018-04-01", "2018-04-30")
    assert item["contexts"] == ["diplomatic", "spying"]
    assert [one["country"] for one in item["actors"]] == ["GBR", "GBR"]
    assert item["actors"][1]["office"] == "Prime Minister", "who is typed by name is known at that day"
    wrong = desk.post("/review", data={**form, "field-date": "soon"})
    assert wrong.status_code == 422
    assert "no day" in wrong.text


def test_what_was_missed_is_added_from_the_review(record, asking):
    desk = asking(record)
    words = "Theresa May met Vladimir Putin in Osaka on 28 June 2019."
    form = {
        "form": desk.form, "words": words, "event_type": "CONSULT", "actors": "GBR", "recipients": "RUS",
        "date": "2019-06-28", "by": "ada", "back": "/review?at=3",
    }  # fmt: skip
    answer = desk.post("/document/d-british/claims", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review?at=3")
    for bad in ("//evil.example/review?", "/review?x=//evil.example", "/review"):
        there = desk.post("/document/d-british/claims", data={**form, "date": "2019-06-27", "back": bad})
        assert there.headers["location"].startswith("/document/"), bad
