"""The brief says what the record holds, each sentence with its sources, and nothing else."""

from __future__ import annotations

import io
import re

import pytest
from msgspec.structs import replace

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
    assert "**14 March 2018.** “Britain expelled 23 Russian diplomats on 14 March 2018.”" in text, "in its own words"
    assert "Theresa May (Prime Minister, United Kingdom)" in text
    assert "28 June 2019" in text
    assert "There can be no normal relationship" in text
    assert re.search(r"(unanswered for|no answer for) [\d,]+ days", text)
    assert "**May 2099.** “Britain will visit Russia in May 2099.”" in text
    assert "12 billion USD" in text
    assert re.search(r"expelled 23 Russian diplomats .*\\\[\d+(, |–)\d+\\\]", text), "both documents are cited"


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
    assert "The record does not tell whether it came about: “Britain will visit Russia in May 2099.”" in text


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
    assert "“Britain expelled 23 Russian diplomats on 14 March 2018.”" in said
    assert "There can be no normal relationship" in said
    assert len(page.inline_shapes) == 1, "the chart"
    assert page.tables[0].rows[1].cells[0].text == "June 2019"
    made = write_brief(store, "GBR", "RUS", format="pdf")
    assert made.startswith(b"%PDF")
    with pytest.raises(UsageError, match="no format"):
        write_brief(store, "GBR", "RUS", format="odt")


def of(text, *, actors, recipients=(), **more):
    from dragoman.model import Event, Item  # noqa: PLC0415
    from dragoman.show.look import Told  # noqa: PLC0415

    evidence = Evidence(document="d", start=0, end=len(text), text=text)
    claim = Event(id="e", evidence=evidence, event_type="CONSULT", actors=actors, recipients=recipients, **more)
    return Told(item=Item(id="i", kind="event", claim=claim, links=()), claim=claim)


def test_a_sentence_stands_alone_when_it_names_who_acts():
    from dragoman.show.quoting import offices, stands_alone  # noqa: PLC0415

    may = Entity(text="Theresa May", start=0, end=11, name="Theresa May", country="GBR", office="Prime Minister")
    we = Entity(text="We", start=0, end=2, name="We", country="RUS")
    assert stands_alone("Theresa May called on Moscow.", (may,))
    assert not stands_alone("We met Theresa May.", (we, may))
    assert not stands_alone("They met Theresa May.", (may,))
    assert offices("Theresa May called on Moscow.", (may,)) == "Theresa May (Prime Minister, United Kingdom)"
    assert offices("Prime Minister Theresa May called on Moscow.", (may,)) == "", "the sentence tells it"


def test_what_is_surely_read_and_between_the_two_weighs_most():
    from dragoman.show.quoting import weight  # noqa: PLC0415

    norway = Entity(text="Norway", start=0, end=6, name="Norway", country="NOR")
    sweden = Entity(text="Sweden", start=0, end=6, name="Sweden", country="SWE")
    we = Entity(text="we", start=0, end=2, name="we", country="NOR")
    direct = of("Norway met Sweden.", actors=(norway,), recipients=(sweden,), score=3.0, confidence=0.9)
    doubtful = of("Norway met Sweden.", actors=(norway,), recipients=(sweden,), score=3.0, confidence=0.3)
    vague = of("And we met Sweden.", actors=(we,), recipients=(sweden,), score=3.0, confidence=0.9)
    beside = of("Norway and Sweden met us.", actors=(norway, sweden), recipients=(we,), score=3.0, confidence=0.9)
    weights = [weight(one, ("NOR", "SWE")) for one in (direct, doubtful, vague, beside)]
    assert weights[0] > max(weights[1:])


def test_a_day_long_after_its_document_has_not_happened():
    from dragoman.model import DateSpan  # noqa: PLC0415
    from dragoman.show.look import Look, Told, recent  # noqa: PLC0415

    norway = Entity(text="Norway", start=0, end=6, name="Norway", country="NOR")
    told = []
    for known, day in (("2024-12-30", "2024-12-29"), ("2024-12-30", "2025-01-02"), ("2024-12-30", "2025-09-01")):
        one = of("Norway met Sweden.", actors=(norway,), date=DateSpan(start=day, end=day))
        told.append(Told(item=replace(one.item, first_known=known), claim=one.claim))
    seen = Look(a="NOR", b="SWE", since="", until="", today="2026-01-01", events=told)
    assert [one.claim.date.start for one in seen.happened] == ["2024-12-29", "2025-01-02"]
    old = of("Norway met Sweden.", actors=(norway,), date=DateSpan(start="1905-06-07", end="1905-06-07"))
    many = [replace_told(told[0], f"20{year:02d}-03-01") for year in range(4, 24)]
    seen = Look(a="NOR", b="SWE", since="", until="", today="2026-01-01", events=[old, *many])
    assert seen.months()[0].month == "2004-03", "a war that a speech recalls is left to the timeline"
    assert recent(()) == []


def replace_told(told, day):
    from dragoman.model import DateSpan  # noqa: PLC0415
    from dragoman.show.look import Told  # noqa: PLC0415

    claim = replace(told.claim, date=DateSpan(start=day, end=day))
    return Told(item=replace(told.item, id=day, claim=claim, first_known=day), claim=claim)
