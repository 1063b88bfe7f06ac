"""What stands where on a page; the pages here were written for the tests."""

from __future__ import annotations

import pytest

from dragoman.model import Document
from dragoman.read import Hints, from_text

STORY = """Skip to main content
Home News Sport

Page last updated at 09:12 GMT, Tuesday, 3 March 2015

Ministers settle the herring quarrel

By Jane Doe

Fisheries ministers Olaf Lund and Anna Berg agree on quotas for the coming year

The foreign ministers of Norway and Sweden agreed on Tuesday to end their quarrel about herring.

Lund and Berg
Olaf Lund and Anna Berg at the quay. (photo: Harbour News)

The quarrel

Olaf Lund
Olaf Lund, Harbour News correspondent
Norway had closed its ports in 2013, and Sweden had protested at once.

Ms Berg said: "We have lost two years over this.

"We shall not lose a third one."

Have your say:

I never eat herring, but I like peace.
John Smith, Hull, UK

Print Share Email

Sweden recalls envoy over herring
08 Oct 14 | Europe
Norway closes its ports
17 Oct 13 | Europe

© Harbour News. All rights reserved.
"""

EMBASSY = """18 January 2020
Oslo: 12:15
Rome: 12:15

Consular queries:
+47 (0) 22 55 55 55

412 days have passed since the ports were closed - no answer          90 days have passed since the letter was sent

Ambassador Berg's article “Cold Water” for the Harbour Herald

This year our countries mark sixty years of the fisheries treaty. We have every reason to be proud.

In June the two kings met in Bergen. They spoke of herring.

16.01.2020 - Ambassador Berg's reply to a question of the Harbour Herald

Question: Will the ports open? Anna Berg: They will open in March.

14.01.2020 - Speech of the ambassador at the herring fair in Bergen

Ladies and gentlemen, I am glad to be here. The fair is the oldest of its kind.

all messages
"""


def kinds(document: Document) -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for block in document.blocks:
        table.setdefault(block.kind, []).append(document.text[block.start : block.end])
    return table


def test_a_news_page() -> None:
    document = from_text(STORY)
    found = kinds(document)
    assert document.title == "Ministers settle the herring quarrel"
    assert document.published is not None
    assert (document.published.start, document.published.how) == ("2015-03-03", "stated")
    assert found["headline"] == ["Ministers settle the herring quarrel"]
    assert found["byline"] == ["By Jane Doe", "Olaf Lund", "Olaf Lund, Harbour News correspondent"]
    assert found["caption"][1:] == ["Lund and Berg", "Olaf Lund and Anna Berg at the quay. (photo: Harbour News)"]
    assert found["heading"] == ["The quarrel"]
    assert found["quote"] == ['"We shall not lose a third one."']
    starts = ["The foreign minister", "Norway had closed it", 'Ms Berg said: "We ha']
    assert [line[:20] for line in found["body"]] == starts
    assert found["comment"][1:] == ["I never eat herring, but I like peace.", "John Smith, Hull, UK"]
    assert "Print Share Email" in found["furniture"]
    assert [(p.kind, p.title, p.published and p.published.start) for p in document.parts] == [
        ("link", "Sweden recalls envoy over herring", "2014-10-08"),
        ("link", "Norway closes its ports", "2013-10-17"),
    ]


def test_a_page_that_is_younger_than_its_article() -> None:
    document = from_text(EMBASSY)
    found = kinds(document)
    assert document.published is None, "the date over the clocks is that of the page"
    assert document.title.startswith("Ambassador Berg's article")
    assert [(p.kind, p.published and p.published.start) for p in document.parts] == [
        ("document", "2020-01-16"),
        ("document", "2020-01-14"),
        ("page", "2020-01-18"),
    ]
    assert document.parts[0].title == "Ambassador Berg's reply to a question of the Harbour Herald"
    banner = next(block for block in document.blocks if block.kind == "banner")
    assert banner.part == 2
    assert "all messages" in found["furniture"]
    assert [line[:9] for line in found["part"]] == ["Ambassado", "Question:", "Speech of", "Ladies an"]
    assert document.text[document.parts[1].start : document.parts[1].end].endswith("oldest of its kind.")


def test_a_date_that_is_given_goes_before_one_on_the_page_and_a_hint_behind_it() -> None:
    given = from_text(STORY, date="2015-03-04").published
    hinted = from_text(STORY, hints=Hints(date="2015-03-04")).published
    filled = from_text("Norway praised Sweden.", hints=Hints(date="4 March 2015")).published
    assert [span and span.start for span in (given, hinted, filled)] == ["2015-03-04", "2015-03-03", "2015-03-04"]


def test_a_teaser_counts_once() -> None:
    teaser = "The ministers of both states met in Bergen on Tuesday to talk about herring."
    rest = "They will meet again.\n\nNothing was signed."
    document = from_text(f"Herring talks in Bergen\n\n{teaser}\n\n{teaser} {rest}")
    assert kinds(document)["furniture"] == [teaser]


def test_a_list_of_what_was_signed_is_text() -> None:
    text = (
        "The two presidents met in Bergen on Tuesday. They spoke for two hours.\n"
        "The following documents were signed:\n"
        "Agreement on the herring fisheries\n"
        "Memorandum on the exchange of students"
    )
    assert set(kinds(from_text(text))) == {"body"}


def test_a_chronology_dates_its_entries() -> None:
    text = (
        "The herring quarrel in dates, as told by the ministry in its report of last year.\n\n"
        "2 May 2013 - Norway closes its ports to all Swedish boats.\n\n"
        "9 June 2013 - Sweden recalls its ambassador.\n\n"
        "3 March 2015 - Both sides agree to end the quarrel."
    )
    parts = from_text(text).parts
    assert [(p.kind, p.published and p.published.start) for p in parts] == [
        ("entry", "2013-05-02"),
        ("entry", "2013-06-09"),
        ("entry", "2015-03-03"),
    ]


def test_a_text_wrapped_at_a_fixed_width_keeps_its_paragraphs() -> None:
    text = (
        "The foreign ministers of Norway and Sweden met in Bergen on Tuesday\n"
        "and agreed to end the quarrel about herring that had lasted for two\n"
        "years and had cost both of their countries a great deal of trade in\n"
        "fish.\n\n"
        "They said that the ports would be opened again in March, and that a\n"
        "commission would be set up to keep an eye on the quotas of the next\n"
        "ten years.\n"
    )
    assert len(from_text(text).blocks) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Norway praised Sweden.",
        "Share",
        "By train to Oslo",
        "Norway and Sweden to meet\nSweden and Finland to talk\nDenmark and Norway agree",
    ],
)
def test_a_short_text_is_all_text(text: str) -> None:
    document = from_text(text)
    assert "".join(document.text[b.start : b.end] for b in document.blocks if b.kind in {"body", "headline"}) == (
        text.replace("\n", "")
    )


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published: 3 March 2015", "2015-03-03"),
        ("March 3, 2015", "2015-03-03"),
        ("Tue, 3rd of March 2015, 14:05", "2015-03-03"),
        ("Posted on 03.03.2015 at 2.05 pm", "2015-03-03"),
        ("2015-03-03", "2015-03-03"),
        ("3/15/2015", "2015-03-15"),
        ("15/3/2015", "2015-03-15"),
        ("Bergen, 3 March 2015", "2015-03-03"),
        ("Published: 3 March 2015\nLast modified on Wed 4 March 2015 09.10 BST", "2015-03-03"),
        ("Updated: 4 March 2015\nPublished: 3 March 2015", "2015-03-03"),
        ("Last updated: 4 March 2015", "2015-03-04"),
        ("4/3/2015", None),
        ("31 February 2015", None),
    ],
)
def test_dates_of_pages(line: str, day: str | None) -> None:
    document = from_text(f"Herring talks in Bergen\n{line}\n\nThe ministers met in Bergen. They spoke of herring.")
    assert (document.published and document.published.start) == day


def test_an_agency_dates_its_first_line() -> None:
    document = from_text("OSLO, 3 May 2016 (Harbour News) - Norway praised Sweden.\n\nSweden thanked Norway for that.")
    assert document.published is not None
    assert document.published.start == "2016-05-03"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("(Reporting by Jane Doe in Oslo; Editing by John Smith)", "furniture"),
        ("Media contact: Jane Doe, press@example.org, +47 22 55 55 55", "furniture"),
        ("https://news.example.org/a/1", "furniture"),
        ("Share this article with a friend", "furniture"),
        ("This article is more than 4 years old", "furniture"),
        ("Anna Berg, the minister, at the quay in Oslo. Photograph: John Smith/Harbour News", "caption"),
        ("Anna Berg (left) and Olaf Lund at the quay in Oslo", "caption"),
        ("Jane Doe, diplomatic editor", "byline"),
        ("The ministry shared its view on the ports with the press.", "body"),
        ("Comments by the minister were not welcome.", "body"),
    ],
)
def test_one_line_amid_text(line: str, kind: str) -> None:
    before = "Herring talks in Bergen\n\nThe two ministers met in Bergen on Tuesday.\n\nThey spoke of herring."
    document = from_text(f"{before}\n\n{line}\n\nThey will meet again in the autumn.")
    table = {document.text[b.start : b.end]: b.kind for b in document.blocks}
    assert table[line] == kind
    assert table["They will meet again in the autumn."] == "body"
