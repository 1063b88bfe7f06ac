"""Who phrases mean within a document: pronouns, offices, sides, speakers."""

from __future__ import annotations

import pytest

from dragoman.model import Document, Entity, Mention, Source
from dragoman.resolve.actors import DocumentActors, reader


def ask(text: str, *phrases: str, date: str = "2018-06-01", side: str = "") -> list[list[Entity]]:
    """What each phrase names, asked in the order of the text."""
    document = Document(id="x", text=text, source=Source(side=side))
    actors = DocumentActors(reader().index, document, date)
    found, at = [], 0
    for phrase in phrases:
        at = text.index(phrase, at)
        end = at + len(phrase)
        head = at + phrase.rfind(" ") + 1
        found.append(list(actors.entities(Mention(start=at, end=end, head_start=head, head_end=end), subject=True)))
    return found


def codes(text: str, *phrases: str, date: str = "2018-06-01", side: str = "") -> list[str]:
    """The states that each phrase names, as one word."""
    return ["+".join(e.country for e in entities) for entities in ask(text, *phrases, date=date, side=side)]


CASES = [
    (
        "Putin met Erdogan in Sochi. The Russian leader praised his Turkish counterpart. The two leaders dined.",
        {
            "Putin": "RUS",
            "Erdogan": "TUR",
            "The Russian leader": "RUS",
            "his Turkish counterpart": "TUR",
            "The two leaders": "RUS+TUR",
        },
    ),
    ("In Geneva, Chad and Sudan talked. Both sides agreed.", {"Both sides": "TCD+SDN"}),
    ("Iran, Russia and Turkey met in Astana. The three countries agreed.", {"The three countries": "IRN+RUS+TUR"}),
    (
        "Soldiers seized power in Mali. The government fell. Police fired at crowds. The army said it was in control.",
        {"The government": "MLI", "Police": "MLI", "The army": "MLI", "it": "MLI"},
    ),
    (
        "North Korea fired a missile. Its leader watched. The South's military was on alert. The North was silent.",
        {"Its leader": "PRK", "The South's military": "KOR", "The North": "PRK"},
    ),
    ("Israeli troops killed two Palestinians in Gaza. The army said they threw stones.", {"The army": "ISR"}),
    (
        "Angela Merkel arrived in Paris. She smiled. The chancellor left. Her spokesman said nothing.",
        {"She": "DEU", "The chancellor": "DEU", "Her spokesman": "DEU"},
    ),
    ("Tanzania's foreign ministry summoned the US ambassador. The ministry was angry.", {"The ministry": "TZA"}),
    ("Kenya and Uganda signed. The former will pay the latter.", {"The former": "KEN", "the latter": "UGA"}),
    (
        "Mali and Ghana quarrelled. The two West African neighbours closed the border.",
        {"The two West African neighbours": "MLI+GHA"},
    ),
    ("Shell paid Nigeria. The company was sorry.", {"The company": "GBR"}),
]


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[text[:40] for text, _ in CASES])
def test_phrases_point_back(text: str, wanted: dict[str, str]) -> None:
    assert dict(zip(wanted, codes(text, *wanted), strict=True)) == wanted


def test_the_one_in_office_is_the_one_who_was_named() -> None:
    text = "Foreign Secretary David Miliband flew to Moscow. Mr Miliband spoke. The foreign secretary left."
    names = [
        e[0].name
        for e in ask(
            text, "Foreign Secretary David Miliband", "Mr Miliband", "The foreign secretary", date="2009-11-02"
        )
    ]
    assert names == ["David Miliband"] * 3


TRANSCRIPT = (
    "Vladimir Putin met with President of Turkey Recep Tayyip Erdogan.\n\n"
    "Vladimir Putin: Mr President, I am happy to see you. We will go on.\n\n"
    "Recep Tayyip Erdogan: Thank you, Mr President. My delegation is here."
)


@pytest.mark.parametrize(
    ("text", "phrase", "code"),
    [
        # Taiwan's president of that day bears the name too
        ("Chen Jian, a Chinese diplomat, met Russia's ambassador. Chen thanked him.", "Chen thanked", ""),
        ("Gao Li, Chen Jian and Zhang Bo were in Moscow for China. Chen thanked the hosts.", "Chen thanked", ""),
        ("Chen thanked Russia for what it had done for China.", "Chen", ""),
        ("Chen thanked Japan for what it had done for Taiwan.", "Chen", "TWN"),
        ("Jiang Zemin was in Moscow. Jiang thanked Vladimir Putin.", "Jiang thanked", "CHN"),
    ],
)
def test_a_family_name_of_millions_is_no_namesake_of_another_state(text: str, phrase: str, code: str) -> None:
    actors = DocumentActors(reader().index, Document(id="x", text=text, source=Source()), "2002-04-01")
    at, end = text.index(phrase), text.index(phrase) + len(phrase.split(maxsplit=1)[0])
    (found,) = actors.entities(Mention(start=at, end=end, head_start=at, head_end=end), subject=True)
    assert found.country == code


def test_a_family_name_follows_the_full_name_before_it() -> None:
    text = "Chen Jian, a Chinese diplomat, met Russia's ambassador. Chen thanked him."
    assert codes(text, "Chen Jian, a Chinese diplomat", "ambassador", "Chen", date="2002-04-01") == ["CHN", "", "CHN"]


def test_names_are_known_with_the_family_name_first() -> None:
    (found,) = ask("Orbán Viktor met Vladimir Putin.", "Orbán Viktor", date="2014-01-14")[0]
    assert (found.name, found.country) == ("Viktor Orbán", "HUN")


def test_a_transcript_tells_who_speaks_and_to_whom() -> None:
    phrases = ("Mr President", "I", "you", "We", "Recep Tayyip Erdogan", "you", "Mr President", "My delegation")
    assert codes(TRANSCRIPT, *phrases) == ["TUR", "RUS", "TUR", "RUS", "TUR", "RUS", "RUS", "TUR"]


def test_turns_may_be_handed_in() -> None:
    text = "We are glad.\nWe too."
    turns = [(0, "Emmanuel Macron"), (text.index("We too"), "Angela Merkel")]
    actors = DocumentActors(reader().index, Document(id="x", text=text), "2018-06-01", turns=turns)
    at = text.index("We too")
    said = [actors.entities(Mention(start=a, end=a + 2, head_start=a, head_end=a + 2)) for a in (0, at)]
    assert [entities[0].country for entities in said] == ["FRA", "DEU"]


def test_a_quotation_is_whose_name_frames_it() -> None:
    text = "“We will never give up,” Polish President Andrzej Duda said. Nobody asked."
    assert codes(text, "We") == ["POL"]


def test_we_without_a_speaker_is_nobody() -> None:
    assert codes("We will see.", "We") == [""]
    assert codes("We will see.", "We", side="CHN") == ["CHN"]


def test_a_body_of_an_unclear_state_has_none() -> None:
    assert codes("France and Italy played. The army lost.", "The army") == [""]


def test_hostile_text_breaks_nothing() -> None:
    for text in ("he " * 500, "“" * 300, "A: " * 300, "\ud800 he", "((((", "’s ’s he"):
        document = Document(id="x", text=text)
        actors = DocumentActors(reader().index, document, "")
        for start in range(0, len(text), 97):
            end = min(len(text), start + 5)
            actors.entities(Mention(start=start, end=end, head_start=start, head_end=end), subject=True)
