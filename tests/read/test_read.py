"""Formats, fields and publishers."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from dragoman.knowledge import load
from dragoman.model import Document, content_id
from dragoman.read import Hints, from_text, read
from dragoman.read.publishers import publisher

HTML = """<!DOCTYPE html><html><head><title>Ministers meet in Oslo | Harbour News</title>
<meta property="og:site_name" content="Harbour News">
<meta property="article:published_time" content="2014-05-03T10:00Z">
<link rel="canonical" href="https://news.example.org/a/1"></head><body>
<nav><a href="/">Home</a> <a href="/w">World</a></nav>
<article><h1>Ministers meet in Oslo</h1><p class="byline">By Jane Doe</p>
<figure><img src="a.jpg" alt="x"><figcaption>The two ministers shake hands in Oslo.</figcaption></figure>
<p>The foreign ministers of Norway and Sweden met in Oslo on Saturday to end a quarrel about herring since 2010.</p>
<h2>Background</h2><p>Norway said that it would open its ports. Sweden welcomed this and promised to withdraw its
complaint to the court. The two sides will meet again in June, and once more in the autumn of the same year.</p>
<blockquote><p>We have found a way forward after all these years, said one of the two ministers.</p></blockquote>
<ul><li>Agreement on fisheries</li><li>Memorandum on data</li></ul></article>
<section id="comments"><h3>Comments</h3><p>I think that Norway is wrong.</p></section>
<footer>Copyright Harbour News</footer></body></html>"""


def one(source: tuple[bytes, str] | Path, **hints: str) -> Document:
    (found,) = read(source, hints=Hints(**hints))  # type: ignore[arg-type]
    assert isinstance(found, Document), found
    return found


def test_a_web_page() -> None:
    document = one((HTML.encode(), "page"))
    table = {document.text[b.start : b.end]: b.kind for b in document.blocks}
    assert document.title == "Ministers meet in Oslo"
    assert document.url == "https://news.example.org/a/1"
    assert document.source.name == "Harbour News"
    assert document.published is not None
    assert (document.published.start, document.published.how) == ("2014-05-03", "metadata")
    assert table["Ministers meet in Oslo"] == "headline"
    assert table["The two ministers shake hands in Oslo."] == "caption"
    assert table["Background"] == "heading"
    assert table["Agreement on fisheries"] == "body"
    assert "quote" in table.values()
    assert "Norway is wrong" not in document.text
    assert "Copyright" not in document.text


@pytest.mark.parametrize("markup", ["<html><p>Norway praised Sweden", "<p>" * 3000 + "Norway praised Sweden."])
def test_a_poor_page_still_gives_its_text(markup: str) -> None:
    assert "Norway praised Sweden" in one((markup.encode(), "a.html")).text


def test_json_lines_keep_text_and_fields(tmp_path: Path) -> None:
    text = "  Norway praised Sweden.\r\nSweden thanked Norway.\u2028 "
    row = {"id": 7, "text": text, "date": "2014-05-03", "source": "Reuters", "title": "Praise", "url": "https://x.org"}
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress((json.dumps(row) + "\n").encode()))
    document = one(path)
    assert (document.id, document.text, document.title, document.url) == ("7", text, "Praise", "https://x.org")
    assert document.published is not None
    assert (document.published.start, document.published.precision) == ("2014-05-03", "day")
    assert (document.source.country, document.source.kind) == ("GBR", "agency")


def test_without_an_id_the_content_gives_it() -> None:
    text = "Norway praised Sweden."
    assert from_text(text).id == from_text(text).id == content_id(text, "", "")
    assert one((json.dumps({"text": text}).encode(), "x.jsonl")).id == content_id(text, "", "")


@pytest.mark.parametrize(
    ("value", "start", "end", "precision"),
    [
        ("2014", "2014-01-01", "2014-12-31", "year"),
        ("2014-02", "2014-02-01", "2014-02-28", "month"),
        ("2014-05-03T10:00:00Z", "2014-05-03", "2014-05-03", "day"),
        ("20140503", "2014-05-03", "2014-05-03", "day"),
        ("3 May 2014", "2014-05-03", "2014-05-03", "day"),
    ],
)
def test_dates_that_are_given(value: str, start: str, end: str, precision: str) -> None:
    span = from_text("Norway praised Sweden.", date=value).published
    assert span is not None
    assert (span.start, span.end, span.precision) == (start, end, precision)


@pytest.mark.parametrize(
    ("name", "url", "expected"),
    [
        ("", "http://en.kremlin.ru/events/1", ("President of Russia", "RUS", "government", "RUS")),
        ("", "https://web.archive.org/web/2012/http://news.bbc.co.uk/1", ("BBC", "GBR", "press", "")),
        ("TASS", "", ("TASS", "RUS", "state media", "RUS")),
        ("nato.int", "", ("NATO", "IGO", "igo", "")),
        ("Our own notes", "", ("Our own notes", "", "", "")),
        ("", "http://[broken", ("", "", "", "")),
    ],
)
def test_publishers(name: str, url: str, expected: tuple[str, str, str, str]) -> None:
    found = publisher(name, url)
    assert (found.name, found.country, found.kind, found.side) == expected


def test_a_side_that_is_given_wins() -> None:
    assert publisher("TASS", side="CHN").side == "CHN"


def test_every_publisher_is_whole() -> None:
    kinds = {"government", "parliament", "igo", "state media", "agency", "press", "think tank", "blog"}
    seen: set[str] = set()
    for row in load().rows("sources/*.csv"):
        where = row["_where"]
        assert row["kind"] in kinds, where
        assert row["name"], where
        assert row["domain"] == row["domain"].lower().strip(), where
        assert "." in row["domain"], where
        assert "/" not in row["domain"], where
        assert row["domain"] not in seen, where
        assert row["country"] == "" or (len(row["country"]) == 3 and row["country"].isupper()), where
        seen.add(row["domain"])
    assert len(seen) > 800


def test_every_word_of_the_page_frames_is_lower_case() -> None:
    for name in ("furniture", "abbreviations"):
        for key, values in load().tree(f"patterns/en/{name}.yaml").items():
            for value in values:
                assert isinstance(value, str), f"{name}.yaml {key}: {value!r} must be quoted"
                assert value == value.lower(), f"{name}.yaml {key}: {value}"
