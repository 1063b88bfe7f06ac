"""What makes a visit, a round of talks, a deed of a firm or a named instrument one with another account of it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dragoman.model import Agreement, Deed, Evidence, Mechanism, Trigger
from dragoman.reconcile import reconcile
from dragoman.reconcile.words import name_words, ordinals, own_words, proper_names
from tests.made import day, entity, event, known

HALE, BERG = entity("GBR", "Ann Hale", "Foreign Secretary"), entity("NOR", "Liv Berg", "Prime Minister")


def joined(*claims) -> bool:
    return len(reconcile([known(one) for one in claims])) == 1


def trip(text: str = "Ann Hale arrived in Oslo on a working trip.", **more):
    return event("", "NOR", text=text, people=(HALE,), **more)


def talks(text: str = "Liv Berg and Ann Hale discussed ferries and salmon.", **more):
    people = more.pop("people", (HALE, BERG))
    return event("", text=text, mode=more.pop("mode", ""), people=people, document=more.pop("document", "b"), **more)


def test_a_visit_and_its_talks_are_one() -> None:
    assert joined(trip(), talks())
    assert joined(trip(), talks("The two held a news conference.", mode="multilateral"))
    assert not joined(trip(), talks(mode="phone"))


def test_a_visit_recalled_is_not_the_call_that_recalls_it() -> None:
    recalled = trip("They spoke of the results of her trip to Oslo.", document="b", status="historical")
    assert not joined(recalled, talks(mode="phone"))


def test_what_a_document_announces_is_not_what_it_tells_as_held() -> None:
    deed = Deed(event_type="CONSULT", mode="visit")
    plan = talks("Ann Hale will visit Liv Berg in spring.", event_type="AGREE", status="future", of=deed)
    assert not joined(plan, talks())
    assert joined(talks("The talks of Ann Hale and Liv Berg are due on Monday.", status="future", of=deed, document="a",
                        event_type="AGREE", due=day("2009-11-02")), talks())  # fmt: skip


def test_after_the_talks_means_the_talks_of_the_report() -> None:
    after = talks(
        "After the talks the two signed a paper.", status="historical", date=day("2009-11-02", how="document")
    )
    assert joined(after, talks())


def test_talks_had_again_and_again_are_no_meeting() -> None:
    assert not joined(talks("Ann Hale and Liv Berg meet regularly."), talks())


def test_what_they_talk_about_is_no_party() -> None:
    topic = talks("The two spoke of salmon and of Chile.", people=(HALE, BERG, entity("CHL")))
    other = talks("The two spoke of ferries and of Peru.", people=(HALE, BERG, entity("PER")))
    assert joined(topic, other)


@pytest.mark.parametrize(("row", "together"), [("second", True), ("third", False)])
def test_the_place_in_a_row(row: str, together: bool) -> None:
    one = event("GBR NOR", text="The second round of talks on salmon began.", mode="")
    two = event("GBR NOR", text=f"They opened the {row} round, on salmon.", document="b", mode="", on="2009-11-03")
    assert joined(one, two) is together


def firm(name: str, document: str):
    return event(
        "", "RUS", text=f"{name} stops all deliveries to Russia over the war at sea.", document=document,
        event_type="SANCTION", mode="discontinue", people=(entity("USA", name),),
    )  # fmt: skip


def test_firms_with_names_are_told_apart() -> None:
    assert not joined(firm("Harbour Foods", "a"), firm("Northwind Bank", "b"))
    assert joined(firm("Harbour Foods", "a"), firm("Harbour Foods", "b"))


def test_also_tells_a_further_deed() -> None:
    aid = {"event_type": "AGREE", "mode": "", "on": "2009-11-02"}
    one = event("GBR", "PER", text="Britain will send tents and nets to Peru.", **aid)
    two = event("GBR", "PER", text="It also will send nets and boats to Peru.", **aid)
    assert not joined(one, two)


def test_one_invasion_lasts() -> None:
    def told(text: str, on: str, document: str):
        made = event(
            "CHL", "PER", text=text, on=on, document=document, event_type="ASSAULT", mode="", status="historical"
        )
        return replace(made, trigger=Trigger(text="invasion", start=0, end=8))

    first = told("Banks left after the invasion of Peru.", "2009-03-02", "a")
    assert joined(first, told("Fish are dear since Peru's invasion by Chile.", "2009-11-02", "b"))
    assert not joined(first, told("Fish are dear since Peru's invasion by Chile.", "2012-11-02", "b"))


def test_the_next_day_of_a_war_is_another_blow_unless_names_agree() -> None:
    def blow(text: str, on: str, document: str):
        return event("CHL", "PER", text=text, on=on, document=document, event_type="ASSAULT", mode="aerial")

    first = blow("Jets hit a mill at Tarma, in the hills.", "2009-11-02", "a")
    assert joined(first, blow("The mill at Tarma was hit by jets.", "2009-11-03", "b"))
    assert not joined(first, blow("Jets hit a mill at Ollantay, by the sea.", "2009-11-03", "b"))


def test_one_wrong_reading_of_many_splits_no_event() -> None:
    odd = talks("Ann Hale and Liv Berg discussed ferries and salmon.", document="z", mode="phone")
    rest = [talks("Ferries and salmon were discussed by the two.", document=name) for name in "abcdef"]
    assert joined(odd, trip(), *rest)


def instrument(name: str, text: str, document: str, kind: str = "agreement", on: str = "2009-11-02", **more):
    evidence = Evidence(document=document, start=0, end=len(text), text=text)
    sides = (entity("GBR"), entity("NOR"))
    return Agreement(id=document + text[:30], evidence=evidence, name=name, agreement_kind=kind, parties=sides,
                     date=day(on), status=more.pop("status", "signed"), **more)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (instrument("Treaty on Herring", "The Treaty on Herring was signed.", "a", "treaty"),
         instrument("the treaty", "They signed a treaty on herring.", "b", "treaty"), True),
        (instrument("agreement", "They signed an agreement on herring.", "a"),
         instrument("agreements", "Eighty agreements on herring are in force.", "b"), False),
        (instrument("Memorandum on Herring", "They signed the Memorandum on Herring.", "a", "memorandum"),
         instrument("Convention on Herring", "They signed the Convention on Herring.", "b", "convention"), False),
        (instrument("memorandum", "The Bergen Port and the Leith Docks signed a memorandum.", "a", "memorandum"),
         instrument("memorandum", "The Oslo Mint and the Hull Mint signed a memorandum.", "a", "memorandum"), False),
    ],
)  # fmt: skip
def test_instruments(one, other, together: bool) -> None:
    assert joined(one, other) is together


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("Molde process", "Molde format", True),
        ("Norwegian-British Salmon Commission", "Joint Salmon Commission", True),
        ("Inter-Governmental Commission", "intergovernmental commission", True),
        ("Salmon Commission", "Ferry Commission", False),
    ],
)
def test_channels_under_several_names(one: str, other: str, together: bool) -> None:
    def channel(name: str, document: str) -> Mechanism:
        evidence = Evidence(document=document, start=0, end=4, text="Text")
        return Mechanism(id=document, evidence=evidence, name=name, mechanism_kind="commission",
                         parties=(entity("GBR"), entity("NOR")))  # fmt: skip

    assert joined(channel(one, "a"), channel(other, "b")) is together


def test_words_of_names() -> None:
    assert proper_names("On Monday a mill at Tarma burnt.") == {"tarma"}
    assert name_words("U.S. bank Northwind 3M") == {"northwind", "3m"}
    assert ordinals("The second of 19th rounds on the 25th anniversary") == {2, 19}
    assert own_words("Russian-Norwegian Joint Salmon Commission", "channels") == {"salmon", "commis"}
