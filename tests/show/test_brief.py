"""The brief says what the record holds, each sentence with its sources, and nothing else."""

from __future__ import annotations

import io
import re

import pytest

from dragoman.errors import UsageError
from dragoman.model import Entity, Evidence, Statement
from dragoman.show.brief import brief, compose, write_brief
from dragoman.show.look import look
from dragoman.show.pages import cited
from dragoman.show.sentences import plain

WORDS = Evidence(document="d", start=0, end=1, text="x")
SPEAKER = Entity(text="May", start=0, end=3, name="Theresa May", country="GBR", office="Prime Minister")


def test_every_line_has_sources_and_every_source_is_listed(store):
    made = compose(store, look(store, "GBR", "RUS"))
    lines = [*made.state, *(line for section in (*made.sections, *made.annex) for line in section.lines)]
    assert len(lines) > 8
    numbers = {note.number for note in made.notes}
    for line in lines:
        assert line.notes, line.text
        assert set(line.notes) <= numbers
    assert numbers == set(range(1, len(numbers) + 1))
    assert {number for line in lines for number in line.notes} == numbers


def test_sources_are_exact_sentences_of_their_documents(store):
    made = compose(store, look(store, "GBR", "RUS"))
    for note in made.notes:
        coded = store.document(note.document)
        assert coded is not None
        assert note.sentence in " ".join(coded.document.text.split())


def test_markdown_tells_the_relation(store):
    text = brief(store, "RUS", "GBR")
    assert text.startswith("# Russia and the United Kingdom")
    assert "**14 March 2018.** The United Kingdom expelled people or bodies of Russia." in text
    assert "Theresa May (Prime Minister, United Kingdom)" in text
    assert "28 June 2019" in text
    assert "There can be no normal relationship" in text
    assert re.search(r"unanswered for [\d,]+ days", text)
    assert "**May 2099.** The United Kingdom is to visit Russia." in text
    assert "12 billion USD" in text
    assert re.search(r"expelled people or bodies of Russia\..*\\\[\d+(, |–)\d+\\\]", text), "both documents are cited"


def test_hostile_words_stay_words(store):
    page = brief(store, "GBR", "RUS", format="html")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "<img src=x" not in page
    assert "javascript:" not in re.sub(r"<q>.*?</q>|<cite>.*?</cite>", "", page)
    marked = brief(store, "GBR", "RUS")
    assert "<script>" not in marked.replace("\\<", "")
    assert "<svg" in page


def test_an_empty_relation_says_so(store):
    text = brief(store, "FRA", "DEU")
    assert "holds no event between the two" in text
    assert "\\[" not in text


@pytest.mark.parametrize(("a", "b", "since"), [("GBR", "GBR", ""), ("", "RUS", ""), ("GBR", "RUS", "last week")])
def test_a_wrong_call_is_told(store, a, b, since):
    with pytest.raises(UsageError):
        brief(store, a, b, since=since)


def test_notes_are_cited_as_print_does():
    assert cited((5, 1, 3, 4)) == "1, 3–5"


def test_a_plan_whose_day_has_passed_is_followed_up(store):
    text = brief(store, "GBR", "RUS", until="2100-01-01")
    assert "was to visit Russia. The record does not tell whether it came about." in text


def test_statements_say_whether_words_are_exact():
    reported = Statement(evidence=WORDS, speaker=SPEAKER, content="that is so", stance="denies")
    exact = Statement(evidence=WORDS, speaker=SPEAKER, quote="That is so,", stance="denies")
    assert plain(reported) == "Theresa May (Prime Minister, United Kingdom) denies, as reported: that is so"
    assert plain(exact) == "Theresa May (Prime Minister, United Kingdom) says: “That is so”"


def test_the_first_page_has_the_news_and_the_annex_the_rest(store):
    text = brief(store, "GBR", "RUS")
    first, _, annex = text.partition("## Annex")
    assert "## What changed" in first
    assert "## What is open" in first
    assert "Apple Commission" in annex
    assert "12 billion USD" in annex
    assert "Temperature, month by month" in annex


def test_word_and_pdf_hold_the_same_words(store):
    import docx  # noqa: PLC0415

    page = docx.Document(io.BytesIO(write_brief(store, "GBR", "RUS", format="docx")))
    said = "\n".join(one.text for one in page.paragraphs)
    assert "The United Kingdom expelled people or bodies of Russia." in said
    assert "There can be no normal relationship" in said
    assert len(page.inline_shapes) == 1, "the chart"
    assert page.tables[0].rows[1].cells[0].text == "June 2019"
    made = write_brief(store, "GBR", "RUS", format="pdf")
    assert made.startswith(b"%PDF")
    with pytest.raises(UsageError, match="no format"):
        write_brief(store, "GBR", "RUS", format="odt")
