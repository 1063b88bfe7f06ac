"""Claims of one happening are one event, others stay apart, and the order says nothing."""

from __future__ import annotations

import random

import pytest

from dragoman.model import Agreement, Deed, Dispute, Evidence, Figure, Item, Judgement, Mechanism, Place
from dragoman.reconcile import reconcile
from tests.made import day, entity, event, known, statement

TALK = "The Foreign Secretary visited Moscow for talks on trade and visas."
SAME = "Talks on trade and visas: Britain's minister visited Moscow."


def groups(*claims) -> list[int]:
    """How many claims each item has, most first."""
    return sorted((len(item.links) for item in reconcile([known(one) for one in claims])), reverse=True)


def one(*claims) -> Item:
    items = reconcile([known(claim) for claim in claims])
    assert len(items) == 1
    return items[0]


def visit(text: str = TALK, document: str = "a", **more):
    return event("GBR", "RUS", text=text, document=document, **more)


@pytest.mark.parametrize(
    ("other", "joined"),
    [
        (visit(SAME, "b"), True),
        (visit(SAME, "b", on="2009-11-03"), True),
        (visit(SAME, "b", on="2009-11-09"), False),
        (visit(SAME, "b", mode=""), True),
        (visit(SAME, "b", mode="phone"), False),
        (visit(SAME, "b", event_type="ACCUSE", mode=""), False),
        (visit(SAME, "b", status="hypothetical"), False),
        (visit(SAME, "b", status="negated"), False),
        (visit(SAME, "b", status="historical"), True),
        (event("GBR", "CHN", text=SAME, document="b"), False),
        (event("RUS", "GBR", text=SAME, document="b"), False),
        (visit(SAME, "b", place=Place(text="Paris", name="Paris", country="FRA")), False),
        (visit(SAME, "b", place=Place(text="Moscow", name="Moscow", country="RUS")), True),
    ],
)
def test_what_joins_and_what_keeps_apart(other, joined: bool) -> None:
    first = visit(place=Place(text="Moscow", name="Moscow", country="RUS"))
    assert groups(first, other) == ([2] if joined else [1, 1])


def test_other_persons_met_another_time() -> None:
    ours = event("GBR RUS", mode="", text=TALK, people=(entity("GBR", "A", "Foreign Secretary"), entity("RUS")))
    theirs = event(
        "GBR RUS", mode="", text=TALK, document="b", people=(entity("GBR", "B", "Prime Minister"), entity("RUS"))
    )
    assert groups(ours, theirs) == [1, 1]


def test_every_link_has_a_score_and_a_sentence() -> None:
    item = one(visit(), visit(SAME, "b"), visit(TALK, "c", on="2009-11-03"))
    assert item.links[0].score == 1.0
    assert all(0.5 <= link.score <= 1 and link.reason[0].isupper() and link.reason.endswith(".") for link in item.links)


def test_what_happened_beats_what_was_planned() -> None:
    plan = visit(SAME, "b", event_type="AGREE", mode="", status="future", of=Deed(event_type="CONSULT", mode="visit"))
    item = one(plan, visit())
    assert item.claim.event_type == "CONSULT"
    assert item.claim.status == "actual"


def test_the_best_fields_are_taken_from_all() -> None:
    coarse = visit(date=day("2009-11-01", "2009-11-03"), contexts=("economic",))
    fine = visit(SAME, "b", place=Place(text="Moscow", name="Moscow", country="RUS"), contexts=("diplomatic",))
    named = event(
        "GBR",
        "RUS",
        text=TALK,
        document="c",
        people=(entity("GBR", "David Miliband", "Foreign Secretary"),),
    )
    claim = one(coarse, fine, named).claim
    assert claim.date == day("2009-11-02")
    assert claim.place
    assert claim.place.name == "Moscow"
    assert claim.contexts == ("diplomatic", "economic")
    assert claim.actors[0].office == "Foreign Secretary"


def test_sources_and_sides_are_counted_once() -> None:
    claims = [
        known(visit(), source="A", side="GBR", published="2009-11-03"),
        known(visit(SAME, "b"), source="A", side="GBR", published="2009-11-02"),
        known(visit(SAME + " Again.", "c"), source="B", side="RUS", published="2009-11-04"),
    ]
    (item,) = reconcile(claims)
    assert item.sources == ("A", "B")
    assert item.sides == ("GBR", "RUS")
    assert item.first_known == "2009-11-02"


def test_the_order_of_claims_says_nothing() -> None:
    random.seed(3)
    words = [f"{n}{n * 7919}" for n in range(60)]
    claims = []
    for number in range(120):
        text = " ".join(random.choices(words, k=6))
        on = f"2009-11-{random.randint(1, 6):02}"
        mode = random.choice(["", "allege", "disapprove"])
        claim = visit(text, f"d{number}", on=on, mode=mode, event_type="ACCUSE")
        claims.append(known(claim, source=f"s{number % 5}"))
    expected = reconcile(claims)
    assert 10 < len(expected) < 110
    for _ in range(5):
        random.shuffle(claims)
        assert reconcile(claims) == expected


def test_a_contradiction_keeps_two_events_apart_that_a_third_could_join() -> None:
    middle = visit(TALK, "b", mode="")
    assert groups(visit(TALK, "a", mode="visit"), middle, visit(TALK, "c", mode="phone")) == [2, 1]


def test_people_have_the_last_word() -> None:
    ours, theirs = known(visit()), known(visit(SAME, "b"))

    def judged(verdict: str, claim: str, other: str = "", **fields: object) -> Judgement:
        return Judgement(id="j", claim=claim, other=other, verdict=verdict, by="ann", at="now", fields=fields)  # type: ignore[arg-type]

    assert len(reconcile([ours, theirs], [judged("not same", ours.claim.id, theirs.claim.id)])) == 2
    assert len(reconcile([ours, theirs], [judged("wrong", ours.claim.id)])[0].links) == 1
    far = known(visit("Something else was said there.", "b", on="2009-11-04"))
    assert len(reconcile([ours, far])) == 2
    assert len(reconcile([ours, far], [judged("same", far.claim.id, ours.claim.id)])) == 1
    (item,) = reconcile([ours], [judged("corrected", ours.claim.id, mode="phone", status="negated")])
    assert item.claim.mode == "phone"


def test_copies_of_a_statement_are_one() -> None:
    words = "We shall answer every unfriendly step in kind and without delay."
    assert groups(statement("RUS", words), statement("RUS", words, "b", on="2009-11-03")) == [2]
    assert groups(statement("RUS", words), statement("GBR", words, "b")) == [1, 1]
    assert groups(statement("RUS", words), statement("RUS", "We regret the decision of the embassy.", "b")) == [1, 1]


def _evidence(document: str, text: str = "The text.") -> Evidence:
    return Evidence(document=document, start=0, end=len(text), text=text)


def test_agreements_join_by_name_and_keep_the_furthest_state() -> None:
    sides = (entity("GBR"), entity("RUS"))
    base = {"agreement_kind": "treaty", "parties": sides, "date": day("2009-11-02")}
    signed = Agreement(id="1", evidence=_evidence("a"), name="Treaty on Trade", status="announced", **base)
    later = Agreement(id="2", evidence=_evidence("b"), name="the Treaty on Trade", status="signed", **base)
    other = Agreement(
        id="3", evidence=_evidence("c", "On fish."), name="Convention on Fisheries", status="signed", **base
    )
    items = reconcile([known(one) for one in (signed, later, other)])
    assert sorted(len(item.links) for item in items) == [1, 2]
    assert {item.claim.status for item in items} == {"signed"}


def test_mechanisms_and_disputes_join_by_name() -> None:
    sides = (entity("GBR"), entity("RUS"))
    channels = [
        Mechanism(id="1", evidence=_evidence("a"), name="Joint Commission", mechanism_kind="commission", parties=sides),
        Mechanism(
            id="2",
            evidence=_evidence("b"),
            name="joint commission",
            mechanism_kind="commission",
            parties=sides,
            count=7,
        ),
    ]
    assert one(*channels).claim.count == 7
    matters = [
        Dispute(id="1", evidence=_evidence("a"), name="the islands", parties=sides, since=day("1991-01-01")),
        Dispute(id="2", evidence=_evidence("b"), name="the islands", parties=sides, since=day("1990-01-01")),
    ]
    assert one(*matters).claim.since == day("1990-01-01")


def test_the_same_figure_is_one() -> None:
    sides = (entity("CHN"), entity("RUS"))
    base = {"measure": "trade", "unit": "USD", "period": "2011", "parties": sides}
    first = Figure(id="1", evidence=_evidence("a"), value=80e9, **base)
    assert groups(first, Figure(id="2", evidence=_evidence("b"), value=80e9, **base)) == [2]
    assert groups(first, Figure(id="2", evidence=_evidence("b"), value=79e9, **base)) == [1, 1]


def test_claims_without_sides_or_dates_stand_alone() -> None:
    assert groups(event("", text=TALK), event("", text=TALK, document="b")) == [1, 1]
    assert groups(visit(on=""), visit(SAME, "b", on="")) in ([2], [1, 1])


def test_who_joins_two_is_named_as_the_reason() -> None:
    two = [visit(), event("CHN", "RUS", text="Another thing altogether.", document="b")]
    said = Judgement(id="j", claim=two[0].id, other=two[1].id, verdict="same", by="a", at="2020-01-01")
    (item,) = reconcile([known(one) for one in two], [said])
    assert item.links[1].score == 1.0
    assert item.links[1].reason.startswith("Somebody said that they are one.")


def speech(words: str, **more):
    people = (entity("RUS", "A", "President"),)
    return event("", "TUR", text=words, event_type="SUPPORT", mode="", people=people, **more)


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        # In a speech each thanks is one by itself, unless the same is thanked for again.
        (speech("I thank you for the new bridge."), speech("I thank you for your patience with us."), False),
        (speech("I thank you for bridges, tunnels, trains."), speech("Trains, bridges, tunnels: I thank you."), True),
        # A report of a message tells of one message.
        (speech("A congratulated him in a message."), speech("A praised the growth of exports."), True),
        # Calls have a day of their own.
        (visit(mode="phone"), visit(SAME, "b", mode="phone", on="2009-11-04"), False),
        (visit(), visit(SAME, "b", on="2009-11-05"), True),
        # What is told as background of no day may be of any day before.
        (
            event("GBR", "RUS", text="Gunners shelled the port of Azov.", event_type="ASSAULT", mode="heavy-weapons"),
            event("GBR", "RUS", text="Azov mourns after gunners shelled its port.", document="b", event_type="ASSAULT",
                  mode="heavy-weapons", status="historical", date=day("2009-11-03", how="document")),
            True,
        ),
    ],
)  # fmt: skip
def test_kinds_that_real_texts_taught(one, other, joined: bool) -> None:
    assert groups(one, other) == ([2] if joined else [1, 1])


def test_a_meeting_of_two_is_not_that_of_three() -> None:
    people = tuple(entity(code, f"Head {code}", "President") for code in ("RUS", "TUR", "IRN"))
    three = event("", text="The three met about nets and herring.", mode="", people=people)
    two = event("", text="Two of them met about nets and herring.", document="b", mode="", people=people[:2])
    assert groups(three, two) == [1, 1]
    nobody = event("RUS TUR IRN", text="The three met about nets and herring.", document="c", mode="")
    assert groups(nobody, two) == [2]
