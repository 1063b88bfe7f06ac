"""What becomes of promises, channels, disputes, figures, agreements and claims of elapsed time as the record grows."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from dragoman.measure.amounts import amounts
from dragoman.measure.channels import channels, every
from dragoman.measure.elapsed import checked, running
from dragoman.measure.lives import life
from dragoman.measure.matters import matters, suggested
from dragoman.measure.promises import promises
from dragoman.model import Agreement, Commitment, Deed, Dispute, Evidence, Figure, Interval, Item, Link, Mechanism
from dragoman.show.ledger import lines
from tests.made import day, entity, event, statement


def item(claim: Any, known: str = "2016-11-14", name: str = "") -> Item:
    document = name or claim.evidence.document
    return Item(
        id=name or claim.id or document,
        kind=str(claim.__struct_config__.tag),
        claim=claim,
        links=(Link(claim=claim.id, document=document, score=1.0, reason=""),),
        first_known=known,
    )


def said(text: str, document: str = "p") -> Evidence:
    return Evidence(document=document, start=0, end=len(text), text=text)


def promise(due: str = "2017-03-01") -> Item:
    what = "deliver two helicopters to Serbia"
    claim = Commitment(
        evidence=said(f"Russia promised to {what}."),
        id="c",
        who=(entity("RUS"),),
        what=what,
        due=day(due) if due else None,
    )
    return item(claim)


def delivery(on: str, **more: Any) -> Item:
    text = "Russia delivered two helicopters to Serbia."
    return item(event("RUS", "SRB", on=on, text=text, event_type="AID", document=f"e{on}", **more), known=on)


def test_a_promise_is_kept_late_broken_or_open() -> None:
    def state(*events: Item, today: str = "2018-01-01") -> str:
        return promises([promise()], events, today=today)[0].state

    assert state(delivery("2017-02-20")) == "kept"
    assert state(delivery("2017-03-20")) == "kept late"
    assert state(delivery("2017-02-20", status="negated")) == "broken"
    assert state() == "late"
    assert state(today="2017-01-01") == "open"
    assert state(delivery("2016-01-01")) == "late"


def test_a_deed_that_another_page_tells_too_keeps_a_promise() -> None:
    made, done = promise(), delivery("2017-02-20")
    own = Link(claim="x", document=made.links[0].document, score=1.0, reason="")
    both = msgspec.structs.replace(done, links=(*done.links, own))
    alone = msgspec.structs.replace(done, links=(own,))
    assert promises([made], [both], today="2018-01-01")[0].state == "kept"
    assert promises([made], [alone], today="2018-01-01")[0].state == "late"


def test_another_deed_with_the_same_things_keeps_no_promise() -> None:
    text = "Russia showed two helicopters to Serbia."
    other = item(event("RUS", "SRB", on="2017-02-01", text=text, document="other"), known="2017-02-01")
    assert promises([promise()], [other], today="2018-01-01")[0].state == "late"


def outcome(what: str, told: str, *, due: str = "2017-03-01", to: str = "SRB", **more: Any) -> tuple[str, str]:
    """What becomes of Russia's promise by an event of 20 February 2017 that is told in some words."""
    claim = Commitment(
        evidence=said(f"Russia promised {what}."), id="c", who=(entity("RUS"),), what=what,
        to_whom=(entity(to, "Belgrade"),), due=day(due) if due else None,
    )  # fmt: skip
    deed = {"on": "2017-02-20", "event_type": "AID", "document": "e", **more}
    done = item(event("RUS", deed.pop("towards", to), text=told, **deed), known="2017-02-20")
    (found,) = promises([item(claim)], [done], today="2018-01-01")
    return found.state, found.reason


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("send forty tanks to Serbia", "Russia sent the forty tanks to Serbia."),
        ("build a bridge over the Drina", "The bridge over the Drina was built by Russia."),
        ("give Serbia six fighter jets", "Russia gave Serbia the fighter jets."),
        ("hold a trade exhibition in Belgrade", "Russia held its trade exhibition in Belgrade."),
        ("withdraw its engineers from Niš", "Russia withdrew the engineers from Niš."),
        ("pay compensation to the families", "Russia paid the families their compensation."),
        ("begin deliveries of gas", "Russia began the deliveries of gas to Serbia."),
        ("deliver two helicopters to Serbia", "Russia handed two helicopters over to Serbia."),
        ("construct a railway to Bar", "Russia has built the railway to Bar."),
        ("lift the ban on Serbian cheese", "Russia dropped its ban on cheese from Serbia."),
        ("release the arrested sailors", "Russia freed the arrested sailors."),
        ("visit Belgrade", "Russia's minister went to Serbia."),
    ],
)
def test_a_promise_is_kept_in_another_form_or_by_a_near_synonym(what: str, told: str) -> None:
    assert outcome(what, told)[0] == "kept"


@pytest.mark.parametrize(
    ("what", "told", "more"),
    [
        ("send forty tanks to Serbia", "Russia sent observers to Serbia.", {}),
        ("send forty tanks to Serbia", "Russia repaired the forty tanks in Serbia.", {}),
        ("send forty tanks to Serbia", "Russia sent forty tanks to Syria.", {"towards": "SYR"}),
        ("pay compensation to the families", "Russia demanded that the families pay compensation.",
         {"event_type": "REQUEST"}),
    ],
)  # fmt: skip
def test_another_deed_or_another_party_keeps_no_promise(what: str, told: str, more: dict[str, Any]) -> None:
    if "demanded" in told:
        more = {**more, "of": Deed(event_type="AID")}
    assert outcome(what, told, **more)[0] == "late"


def test_a_part_of_what_was_promised_is_told_and_keeps_nothing() -> None:
    state, reason = outcome("send 40 tanks to Serbia", "Russia sent 14 tanks to Serbia.")
    assert state == "late"
    assert "in part" in reason
    assert outcome("send 40 tanks to Serbia", "Russia sent 40 tanks to Serbia.")[0] == "kept"


def test_a_promise_not_to_do_something_is_broken_by_the_deed() -> None:
    assert outcome("not to send tanks to Serbia", "Russia sent tanks to Serbia.")[0] == "broken"
    assert outcome("not to send tanks to Serbia", "Russia sent no tanks to Serbia.", status="negated")[0] == "kept"


def test_a_refusal_breaks_a_promise_and_a_late_deed_keeps_it_late() -> None:
    assert outcome("pay for the bridge", "Russia refused to pay for the bridge.", event_type="REJECT")[0] == "broken"
    state, reason = outcome("pay for the bridge", "Russia paid for the bridge.", due="2017-02-10")
    assert state == "kept late"
    assert reason.startswith("10 days after it was due")
    assert outcome("pay for the bridge", "Russia paid for the bridge.", due="")[0] == "kept"


def test_a_channel_knows_its_last_session_and_what_is_overdue() -> None:
    name = "Joint Commission on Trade"
    claim = Mechanism(
        evidence=said(f"The {name} meets every year."), id="m", name=name, mechanism_kind="commission",
        parties=(entity("RUS"), entity("SRB")), frequency="annual",
    )  # fmt: skip
    met = item(event("RUS SRB", on="2016-10-10", text=f"The {name} met in Belgrade.", document="e"))
    found = channels([item(claim)], [met], today="2018-10-10")[0]
    assert (found.last_met, found.next_due, found.overdue) == ("2016-10-10", "2017-10-10", 365)
    assert every("2 per year") == 183
    assert every("regular") == 0


def test_sessions_that_are_told_by_it_count() -> None:
    name = "Joint Commission"
    told = Evidence(document="p", start=400, end=440, text=f"Russia and Serbia have a {name}.")
    claim = Mechanism(
        evidence=told, id="m", name=name, mechanism_kind="commission", parties=(entity("RUS"), entity("SRB")), held=7,
        sessions=(day("2015-03-01"), day("2016-10-10")),
    )  # fmt: skip
    met = event("RUS SRB", on="2016-10-10", text="It met in Belgrade on 10 October.", document="p")
    other = event("RUS SRB", on="2016-11-11", text="They met in Belgrade.", document="p")
    found = channels([item(claim)], [item(met, name="e"), item(other, name="f")], today="2018-10-10")[0]
    assert [(one.day, one.item) for one in found.sessions] == [("2015-03-01", ""), ("2016-10-10", "e")]
    assert (found.last_met, found.held) == ("2016-10-10", 7)
    assert "2 sessions in the record, 7 by its own count" in "\n".join(lines([found]))


def test_an_unanswered_demand_waits_until_the_other_side_speaks() -> None:
    claim = Dispute(
        evidence=said("The Skripal affair."), id="d", name="Skripal affair", parties=(entity("GBR"), entity("RUS"))
    )
    asked = item(event("GBR", "RUS", on="2018-03-12", text="Britain asked Russia to explain the Skripal attack.",
                       event_type="REQUEST", document="a"))  # fmt: skip
    found = matters([item(claim)], [asked], today="2018-03-22")[0]
    assert (found.waiting, found.unanswered) == ("GBR", 10)
    answer = item(statement("RUS", "We had nothing to do with Skripal.", document="b", on="2018-03-20"))
    found = matters([item(claim)], [asked, answer], today="2018-03-22")[0]
    assert found.waiting == ""
    assert [one.side for one in found.positions] == ["GBR", "RUS"]


def test_a_demand_and_its_refusal_suggest_a_dispute() -> None:
    ask = item(event("GBR", "RUS", text="Britain asked Russia to hand over Andrei Lugovoi.", event_type="REQUEST",
                     document="a"))  # fmt: skip
    no = item(
        event("RUS", "GBR", text="Russia refused to hand over Andrei Lugovoi.", event_type="REJECT", document="b")
    )
    assert [one.name for one in suggested([ask, no], [], today="2010-01-01")] == ["Andrei Lugovoi"]
    assert suggested([ask], [], today="2010-01-01") == []


def test_accounts_that_differ_by_more_than_rounding_are_marked() -> None:
    def figure(value: float, document: str) -> Item:
        claim = Figure(evidence=said("Trade.", document), id=document, measure="trade", value=value, unit="USD",
                       period="2018", parties=(entity("CHN"), entity("RUS")))  # fmt: skip
        return item(claim)

    assert not amounts([figure(108e9, "a"), figure(107.1e9, "b")])[0].points[0].disagree
    assert amounts([figure(108e9, "a"), figure(87e9, "b")])[0].points[0].disagree


def test_a_visit_in_between_contradicts_a_first_visit_in_years() -> None:
    claim = Interval(
        evidence=said("It was the first visit by a minister in five years."), id="i", count=5, unit="year",
        since=day("2012-01-01", "2012-12-31"), of="visit by a minister", parties=(entity("GBR"), entity("RUS")),
    )  # fmt: skip
    between = item(event("GBR", "RUS", on="2015-05-05", text="A minister made a visit to Moscow.", document="e"))
    there = item(event("GBR", "RUS", on="2012-05-05", text="A minister made a visit to Moscow.", document="e"))
    interval = item(claim, known="2017-12-22")
    assert checked([interval], [between])[0].verdict == "contradicted"
    assert checked([interval], [there])[0].verdict == "borne out"
    assert checked([interval], [])[0].verdict == "not known"


def test_counters_run_on_the_day_that_is_asked_for() -> None:
    visit = item(event("GBR", "RUS", on="2017-12-22"))
    assert {one.of: one.days for one in running([visit], today="2018-01-01")} == {"last visit": 10}


def test_an_agreement_lives_from_signed_to_suspended() -> None:
    def stage(status: str, on: str, document: str) -> tuple[Any, str]:
        claim = Agreement(evidence=said(status, document), id=document, name="agreement", agreement_kind="agreement",
                          status=status, date=day(on))  # fmt: skip
        return claim, on

    stages = life([stage("suspended", "2018-06-02", "b"), stage("signed", "2015-05-03", "a")])
    assert [one.status for one in stages] == ["signed", "suspended"]
