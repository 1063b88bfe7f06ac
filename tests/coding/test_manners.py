"""Statements in the manners of long texts: headlines, asides, several with one mouth, open quotations, sources."""

from __future__ import annotations

import pytest

from dragoman.model import Commitment, Statement
from dragoman.pipeline import Coder
from dragoman.read import from_text
from dragoman.read.hints import Hints


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def said(coder: Coder, text: str, date: str = "2014-05-05", **fields: object) -> list[tuple[str, str]]:
    """State of the speaker and words of every statement of a text."""
    coded = next(iter(coder.code([from_text(text, id="one", date=date, **fields)])))  # type: ignore[arg-type]
    assert not coded.skipped
    return [
        (claim.speaker.country, claim.content or claim.quote)
        for claim in coded.claims
        if isinstance(claim, Statement) and claim.speaker is not None
    ]


def countries(coder: Coder, text: str, **fields: object) -> list[str]:
    return [country for country, _ in said(coder, text, **fields)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Oslo: fishing boats were in open waters", ["NOR"]),
        ("Norway: the coast and its people.", []),
        ("Fishing boats were in open waters, says Angela Merkel", ["DEU"]),
        ("Merkel to Athens: we will not pay twice", ["DEU"]),
        ("“The boats were in open waters”: Merkel", ["DEU"]),
        ("“The boats were in open waters” – Oslo. “They were not” – Reykjavik.", ["NOR", "ISL"]),
    ],
)
def test_headlines_say_who_speaks_before_a_colon_or_at_the_end(coder: Coder, text: str, speakers: list[str]) -> None:
    assert countries(coder, text) == speakers


@pytest.mark.parametrize(
    "text",
    [
        "Norway has every right to fish, Angela Merkel pointed out, and Iceland should wait.",
        "Angela Merkel called the talks useful; there had been, she said, no quarrel.",
        "Norway may fish again, Angela Merkel told ARD, except in May.",
    ],
)
def test_what_an_aside_interrupts_is_said_by_whom_it_names(coder: Coder, text: str) -> None:
    assert set(countries(coder, text)) == {"DEU"}


def test_several_say_one_quotation_with_one_mouth(coder: Coder) -> None:
    text = '"The boats must leave," Angela Merkel, François Hollande and David Cameron said in a joint statement.'
    assert sorted(countries(coder, text)) == ["DEU", "FRA", "GBR"]


def test_what_two_issued_is_said_by_both(coder: Coder) -> None:
    text = 'Norway and Sweden announced drills in the north. "They were planned long ago," the statement said.'
    assert sorted(country for country, words in said(coder, text) if "planned" in words) == ["NOR", "SWE"]


def test_paragraphs_that_nobody_closes_are_said_by_whom_the_last_names(coder: Coder) -> None:
    text = (
        '"We have long waited for Norway.\n\n"Then Sweden came, and nobody regretted it.\n\n'
        '"Let Denmark take note," Angela Merkel told the students.'
    )
    assert countries(coder, text) == ["DEU", "DEU", "DEU"]


def test_an_open_quotation_ends_where_its_speaker_is_named(coder: Coder) -> None:
    ((country, words),) = said(coder, '"What we saw in Norway is an attack, said Angela Merkel before she left.')
    assert (country, words) == ("DEU", "What we saw in Norway is an attack")


def test_answers_are_by_whom_the_page_interviews(coder: Coder) -> None:
    text = (
        "Interview with the foreign minister of Norway, Børge Brende.\n\nQuestion: And the fish?\n\n"
        "Answer: Norway has never taken fish from Russia, and it never will.\n\nQuestion: Thank you.\n"
    )
    assert countries(coder, text) == ["NOR"]


def test_in_a_debate_the_state_in_parentheses_speaks(coder: Coder) -> None:
    text = (
        "Anna Berg (Norway): Russia has taken our fish for many years now.\n\n"
        "Ivan Petrenko (Ukraine): Ukraine sees great risks, and that is why it abstains.\n"
    )
    assert countries(coder, text) == ["NOR", "UKR"]


@pytest.mark.parametrize(
    "text",
    [
        "Israel Radio reported that the commander had been killed.",
        "Sources close to Hamas said that the road would open. Two diplomats spoke of a deal with Norway.",
        "He spoke with the governor of Bavaria about fish.",
        "Angela Merkel continued the talks started in Oslo.",
        "Angela Merkel and David Cameron welcomed the veterans from Norway in Berlin.",
        "It was said in Oslo that the paper had been lost.",
    ],
)
def test_press_sources_and_deeds_say_nothing(coder: Coder, text: str) -> None:
    assert said(coder, text) == []


def test_an_office_alone_goes_on_for_whoever_spoke(coder: Coder) -> None:
    text = 'Frank-Walter Steinmeier said that Norway was right. "Nobody else is," the German minister said.'
    coded = next(iter(coder.code([from_text(text, date="2014-05-05")])))
    assert {claim.speaker.name for claim in coded.claims if isinstance(claim, Statement) and claim.speaker} == {
        "Frank-Walter Steinmeier"
    }


def test_they_are_those_who_just_spoke_together(coder: Coder) -> None:
    text = (
        "Vladimir Putin spoke with Angela Merkel. The two leaders expressed concern over words of Ukrainian and "
        "Belarusian officials. They also reaffirmed that the truce must hold."
    )
    assert sorted(countries(coder, text)) == ["DEU", "DEU", "RUS", "RUS"]


# -- offices of no named state ---------------------------------------------------------------------------------------

BARE = "The Foreign Ministry said that Russia had to explain the attack."


def test_an_office_of_no_named_state_is_that_of_the_side(coder: Coder) -> None:
    assert countries(coder, BARE, hints=Hints(side="POL")) == ["POL"]
    assert countries(coder, BARE, url="https://www.gov.uk/government/news/x") == ["GBR"]
    spokesman = "Presidential spokesman Jan Novak said that Moscow must withdraw."
    assert countries(coder, spokesman, hints=Hints(side="POL")) == ["POL"]


def test_a_paper_means_the_prime_minister_of_its_country(coder: Coder) -> None:
    text = "The Prime Minister said that Russia had to explain the attack."
    assert countries(coder, text, url="https://www.bbc.co.uk/news/x") == ["GBR"]


def test_nobody_is_of_the_state_that_he_speaks_of(coder: Coder) -> None:
    assert said(coder, '"We regret the decision of Moscow," the Foreign Minister said.') == []
    told = "Russia closed its border. The President said that Russia must be safe."
    assert countries(coder, told) == ["RUS"]


def test_nobody_congratulates_himself(coder: Coder) -> None:
    text = "Vladimir Putin called President of Syria Bashar Assad. The President congratulated Mr Assad on the victory."
    speakers = countries(coder, text, date="2016-03-27", url="http://en.kremlin.ru/events/x")
    assert speakers == ["RUS"]


# -- promises in quotations ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "who", "due"),
    [
        ('"We will send 40 tanks to Ukraine by the end of June," Angela Merkel said.', "Angela Merkel", "2014-06-30"),
        ('"We will pay 20 million euros to Latvia by February," Angela Merkel said.', "Angela Merkel", "2015-02-28"),
        (
            '"I promise to withdraw our troops from Kosovo by October," said Angela Merkel.',
            "Angela Merkel",
            "2014-10-31",
        ),
        (
            '"We hope for the best," Angela Merkel said. "And we will pay Moldova 60 million euros."',
            "Angela Merkel",
            "",
        ),
    ],
)
def test_a_promise_within_a_quotation_is_its_speakers(coder: Coder, text: str, who: str, due: str) -> None:
    coded = next(iter(coder.code([from_text(text, date="2014-05-05")])))
    (found,) = [claim for claim in coded.claims if isinstance(claim, Commitment)]
    assert [(one.country, one.name) for one in found.who] == [("DEU", who)]
    assert (found.due.end if found.due else "") == due


@pytest.mark.parametrize(
    "text",
    ['"If Moscow attacks, we will respond," Angela Merkel said.', '"We will think about it," Angela Merkel said.'],
)
def test_a_condition_or_a_thought_in_a_quotation_promises_nothing(coder: Coder, text: str) -> None:
    coded = next(iter(coder.code([from_text(text, date="2014-05-05")])))
    assert not [claim for claim in coded.claims if isinstance(claim, Commitment)]


def test_who_said_more_behind_and_is_who_spoke_before(coder: Coder) -> None:
    text = 'Vladimir Putin warned of "meddling in our affairs" and said "nobody who takes gold may speak for us".'
    assert [words for _, words in said(coder, text)][-1].strip('"') == "nobody who takes gold may speak for us"
    assert len(countries(coder, text)) == 2


def test_a_promise_ends_where_the_next_clause_begins(coder: Coder) -> None:
    text = "Angela Merkel will travel to Egypt next month, and Egypt again demanded that Germany pay."
    coded = next(iter(coder.code([from_text(text, date="2014-05-05")])))
    (found,) = [claim for claim in coded.claims if isinstance(claim, Commitment)]
    assert found.what == "travel to Egypt next month"
