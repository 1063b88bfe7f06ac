"""Date phrases of our own against the days that they mean."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.knowledge import load
from dragoman.model import Block, DateSpan, Document, Part, Source
from dragoman.resolve.dates import DocumentDates

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "date_phrases.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def dates(text: str, published: str | None = "2016-06-15", country: str = "GBR") -> list[tuple[str, str, str]]:
    day = DateSpan(start=published, end=published) if published else None
    document = Document(id="d", text=text, published=day, source=Source(country=country))
    found = DocumentDates(document, load(), day).dates(0, len(text))
    assert all(text[start:end] == span.text for start, end, span in found)
    return [(span.text, span.start, span.end) for _, _, span in found]


@pytest.mark.parametrize("row", ROWS, ids=[row[2] for row in ROWS])
def test_phrase(row):
    published, country, sentence, *wanted = row
    found = dates(sentence, published, country)
    if not wanted:
        assert found == []
    else:
        phrase, *days = wanted
        assert (phrase.removeprefix("the "), *days) in [(text.removeprefix("the "), *span) for text, *span in found]


def test_set_is_large_enough():
    assert len(ROWS) >= 120


def test_precision_and_how():
    document = Document(id="d", text="In November 2006, on Monday and in 1999 and late last year.")
    day = DateSpan(start="2016-06-15", end="2016-06-15")
    found = DocumentDates(document, load(), day).dates(0, len(document.text))
    assert [(span.precision, span.how) for _, _, span in found] == [
        ("month", "stated"),
        ("day", "relative"),
        ("year", "stated"),
        ("range", "relative"),
    ]


def test_without_a_date_only_full_dates_are_read():
    assert dates("On Monday, in June and last year; but on 3 May 2012 and in 1999.", None) == [
        ("3 May 2012", "2012-05-03", "2012-05-03"),
        ("1999", "1999-01-01", "1999-12-31"),
    ]


def test_a_range_gives_the_hull():
    text = "Trade grew last year and will be discussed next month."
    document = Document(id="d", text=text)
    published = DateSpan(start="2013-01-01", end="2013-12-31", precision="year", how="inferred")
    resolver = DocumentDates(document, load(), published)
    assert [(s.start, s.end, s.precision) for _, _, s in resolver.dates(0, len(text))] == [
        ("2012-01-01", "2012-12-31", "year"),
        ("2013-02-01", "2014-01-31", "range"),
    ]
    assert resolver.fallback == DateSpan(start="2013-01-01", end="2013-12-31", precision="year", how="inferred")


def test_parts_and_banners_have_dates_of_their_own():
    text = "Banner of today.\nThe article speaks of yesterday.\nThe note speaks of yesterday."
    first, second = text.index("The article"), text.index("The note")
    note = DateSpan(start="2019-12-03", end="2019-12-03")
    document = Document(
        id="d",
        text=text,
        published=DateSpan(start="2020-01-18", end="2020-01-18"),
        blocks=(
            Block(kind="banner", start=0, end=first),
            Block(kind="body", start=first, end=second),
            Block(kind="part", start=second, end=len(text), part=0),
        ),
        parts=(Part(kind="statement", title="", published=note, start=second, end=len(text)),),
    )
    resolver = DocumentDates(document, load(), DateSpan(start="2019-06-01", end="2019-06-01", how="inferred"))
    assert [s.start for _, _, s in resolver.dates(0, first)] == ["2020-01-18"]
    assert [s.start for _, _, s in resolver.dates(first, second)] == ["2019-05-31"]
    assert [s.start for _, _, s in resolver.dates(second, len(text))] == ["2019-12-02"]
    assert resolver.fallback == DateSpan(start="2019-12-03", end="2019-12-03", how="document")


def test_order_of_asking_changes_nothing():
    text = "They signed on 3 May 2012. They spoke again the following day."
    document = Document(id="d", text=text)
    day = DateSpan(start="2016-06-15", end="2016-06-15")
    second = text.index("They spoke")
    assert [s.start for _, _, s in DocumentDates(document, load(), day).dates(second, len(text))] == ["2012-05-04"]


def test_a_sentence_without_date_words_costs_little():
    text = (
        "The foreign ministers of both countries discussed the reopening of their embassies and a new trade agreement."
    )
    document = Document(id="d", text=text)
    resolver = DocumentDates(document, load(), None)
    resolver.dates(0, len(text))
    begin = time.perf_counter()
    for _ in range(200):
        resolver.dates(0, len(text))
    assert (time.perf_counter() - begin) / 200 < 500e-6  # about a tenth of that on an idle core


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("0123456789 /-–.,'’JunemaySept1st thofagodyMonday\n\u0660²"), max_size=120))
def test_no_text_crashes(text):
    dates(text)
