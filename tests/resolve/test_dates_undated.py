"""Documents of our own without a date, and the range that their words give."""

import pytest

from dragoman.knowledge import load
from dragoman.model import Block, DateSpan, Document
from dragoman.resolve.undated import TenureTable, infer_published

HELD = {
    ("medvedev", "president"): [("2008-05-07", "2012-05-07")],
    ("cameron", "prime minister"): [("2010-05-11", "2016-07-13")],
    ("blair", "prime minister"): [("1997-05-02", "2007-06-27")],
    ("bush", "president"): [("1989-01-20", "1993-01-20"), ("2001-01-20", "2009-01-20")],
    ("merkel", "chancellor"): [("2005-11-22", "2021-12-08")],
    ("rice", "secretary of state"): [("2005-01-26", "2009-01-20")],
}


def offices(name, office):
    return HELD.get((name.split()[-1].lower(), office.lower()), [])


def inferred(text, published=None, blocks=()):
    found = infer_published(Document(id="d", text=text, published=published, blocks=blocks), load(), offices)
    return found and (found.start, found.end, found.how)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("President Medvedev received Prime Minister David Cameron.", ("2010-05-11", "2012-05-07", "office")),
        (
            "Prime Minister, David Cameron, greeted Dmitry Medvedev, the president.",
            ("2010-05-11", "2012-05-07", "office"),
        ),
        ("President Bush and Chancellor Merkel walked in the garden.", ("2005-11-22", "2009-01-20", "office")),
        ("Former Prime Minister Tony Blair met Prime Minister Cameron.", ("2010-05-11", "2016-07-13", "office")),
        (
            "In 2003 Prime Minister Blair agreed. Prime Minister Cameron does not.",
            ("2010-05-11", "2016-07-13", "office"),
        ),
        (
            "On Monday President Medvedev spoke. The September 12 visit of Prime Minister Cameron was brief.",
            ("2011-09-12", "2011-09-18", "inferred"),
        ),
        (
            "President Medvedev will receive Chancellor Merkel on Friday, July 15.",
            ("2011-07-15", "2011-07-21", "inferred"),
        ),
        (
            "This year we mark the 50th anniversary of our ties. On 3 May 1961 the first envoy came.",
            ("2011-01-01", "2011-12-31", "inferred"),
        ),
        ("They agreed it at the London Olympics last year.", ("2013-01-01", "2013-12-31", "inferred")),
        ("The plan was drawn up at last year's NATO summit in Warsaw.", ("2017-01-01", "2017-12-31", "inferred")),
        ("Twenty years ago, on 3 May 1991, the two states opened embassies.", ("2011-01-01", "2011-12-31", "inferred")),
        (
            "This year is the 50th anniversary of relations, opened in 1961. They met in June in Oslo. "
            "The pipeline is set to open on December 1.",
            ("2011-06-01", "2011-11-30", "inferred"),
        ),
        ("The ministers of both countries discussed trade.", None),
        ("", None),
    ],
)
def test_range(text, wanted):
    assert inferred(text) == wanted


def test_a_stated_date_stands():
    day = DateSpan(start="2015-01-01", end="2015-01-01")
    assert inferred("President Medvedev spoke to Prime Minister Cameron.", day) == (
        "2015-01-01",
        "2015-01-01",
        "stated",
    )


def test_a_page_may_hold_an_older_article():
    text = "18 January 2012\nThis year we mark the 50th anniversary of our ties, opened in 1961."
    day = DateSpan(start="2012-01-18", end="2012-01-18")
    blocks = (Block(kind="banner", start=0, end=15), Block(kind="body", start=16, end=len(text)))
    assert inferred(text, day, blocks) == ("2011-01-01", "2011-12-31", "inferred")


def test_readers_comments_date_nothing():
    text = "Trade was discussed.\nPrime Minister Blair should resign."
    blocks = (Block(kind="body", start=0, end=20), Block(kind="comment", start=21, end=len(text)))
    assert inferred(text, None, blocks) is None


def test_tenures_come_from_the_knowledge():
    table = TenureTable(load())
    held = table("Dmitry Medvedev", "President")
    if not held:
        pytest.skip("the knowledge holds no persons yet")
    assert any(start.startswith("2008") for start, _ in held)
