"""A person confirms a suggested dispute, names it, dismisses it, and takes the word back; the log keeps all of it."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from dragoman.cli import app
from dragoman.errors import RecordError, UsageError
from dragoman.model import Coded, Document, Source
from dragoman.reconcile import Reconciler
from dragoman.record import Store
from dragoman.show import disputing, judging, ledger
from tests.made import entity, event

ASKED = "Britain asked Russia to hand over Andrei Lugovoi."
REFUSED = "Russia refused to hand over Andrei Lugovoi to Britain."


def coded(name: str, text: str, side: str, actor: str, other: str, event_type: str, on: str) -> Coded:
    claim = event(actor, other, on=on, text=text, event_type=event_type, document=name)
    return Coded(document=Document(id=name, text=text, source=Source(name=name, side=side)), claims=(claim,))


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "d.sqlite", deriver=Reconciler()) as opened:
        opened.add(coded("a", ASKED, "GBR", "GBR", "RUS", "REQUEST", "2007-05-28"))
        opened.add(coded("b", REFUSED, "RUS", "RUS", "GBR", "REJECT", "2007-07-05"))
        yield opened


def names(store: Store) -> list[tuple[str, str, str]]:
    return [(one.name, one.status, one.confirmed_by) for one in ledger.open_matters(store, "GBR", "RUS")]


SUGGESTED = [("Andrei Lugovoi", "suggested", "")]


def test_a_suggestion_is_confirmed_under_a_name_and_taken_back(store):
    assert names(store) == SUGGESTED
    (said,) = disputing.say(store, "confirm", "lugovoi", name="Lugovoi affair", by="ann", why="the press names it")
    assert (said.verdict, said.why) == ("added", "the press names it")
    assert names(store) == [("Lugovoi affair", "open", "ann")]
    (item,) = store.items("dispute", "GBR", "RUS")
    assert item.claim.evidence.text == REFUSED, "a claim never stands without its words"
    disputing.say(store, "rename", item.id[:8], name="Litvinenko affair", by="bob")
    assert names(store) == [("Litvinenko affair", "open", "bob")]
    judging.undo(store, by="bob")
    assert names(store) == [("Lugovoi affair", "open", "ann")]
    judging.undo(store, by="ann")
    assert names(store) == SUGGESTED
    assert len(store.judgements()) == 4, "the log keeps every word"


def test_a_dismissed_suggestion_is_not_suggested_again(store):
    disputing.say(store, "dismiss", "Andrei Lugovoi", a="GBR", b="RUS", by="ann")
    assert names(store) == []
    store.rebuild()
    assert names(store) == []
    judging.undo(store, by="ann")
    assert names(store) == SUGGESTED


def test_a_dispute_that_is_named_is_dismissed_as_wrong_and_undone_whole(store):
    disputing.say(store, "confirm", "Lugovoi", by="ann")
    disputing.say(store, "dismiss", "Lugovoi", by="bob")
    assert names(store) == []
    judging.undo(store, by="bob")
    assert names(store) == [("Andrei Lugovoi", "open", "ann")]


def test_what_is_unknown_or_unclear_is_refused(store):
    with pytest.raises(RecordError, match="no such dispute"):
        disputing.say(store, "confirm", "Skripal", by="ann")
    with pytest.raises(UsageError, match="new name"):
        disputing.say(store, "rename", "Lugovoi", by="ann")
    with pytest.raises(UsageError, match="confirm, rename"):
        disputing.say(store, "bless", "Lugovoi", by="ann")
    with pytest.raises(UsageError, match="name of who judges"):
        disputing.say(store, "confirm", "Lugovoi", by=" ")
    assert entity("GBR").country == "GBR"
    assert names(store) == SUGGESTED


def test_the_command_and_the_api_say_the_same(store, asking):
    path = str(store.path)
    run = CliRunner().invoke(app, ["dispute", "confirm", "Lugovoi", "--by", "ann", "--record", path])
    assert (run.exit_code, run.output.split(":")[0]) == (0, "added")
    shown = CliRunner().invoke(app, ["disputes", "GBR", "RUS", "--record", path]).output
    assert "Andrei Lugovoi: GBR, RUS, open, confirmed by ann" in shown
    assert CliRunner().invoke(app, ["dispute", "undo", "--by", "ann", "--record", path]).exit_code == 0
    assert CliRunner().invoke(app, ["dispute", "confirm", "--by", "ann", "--record", path]).exit_code == 2
    desk = asking(path)
    body = {"word": "dismiss", "which": "Lugovoi", "by": "bob", "a": "GBR", "b": "RUS"}
    answer = desk.post("/api/v1/judgements/dispute", json=body)
    assert answer.status_code == 201
    assert answer.json()["items"][0]["by"] == "bob"
    assert names(store) == []
    assert desk.post("/api/v1/judgements/dispute", json={**body, "which": "Skripal"}).status_code == 404


def test_the_page_of_disputes_takes_a_word(store, asking, tmp_path):
    store.close()
    desk = asking(tmp_path / "d.sqlite")
    page = desk.get("/GBR-RUS/disputes").text
    assert "Perhaps in dispute" in page
    which = desk.get("/GBR-RUS/disputes.json").json()["matters"][0]["suggestion"]
    form = {"form": desk.form, "which": which, "a": "GBR", "b": "RUS", "by": "ann"}
    answer = desk.post("/disputes/say", data={**form, "word": "confirm", "name": "Lugovoi affair"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/GBR-RUS/disputes")
    page = desk.get("/GBR-RUS/disputes").text
    assert "Lugovoi affair" in page
    assert "confirmed by ann" in page
    assert "Perhaps in dispute" not in page
    assert desk.post("/disputes/say", data={**form, "word": "undo"}).status_code == 303
    assert "Perhaps in dispute" in desk.get("/GBR-RUS/disputes").text
    desk.post("/disputes/say", data={**form, "word": "dismiss"})
    assert "names no dispute" in desk.get("/GBR-RUS/disputes").text
    wrong = desk.post("/disputes/say", data={**form, "word": "confirm", "which": "nothing"})
    assert "no such dispute" in desk.get(wrong.headers["location"]).text
    assert desk.post("/disputes/say", data={**form, "form": "x", "word": "confirm"}).status_code == 400
