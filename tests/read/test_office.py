"""DOCX, RTF and bundles of many articles are read as documents; damaged ones are said."""

from __future__ import annotations

import io
import zipfile

import pytest

from dragoman.model import Document, Skipped
from dragoman.read import read
from dragoman.read.bundles import articles
from dragoman.read.office import rtf_text

MET = "Ministers of Britain and Russia met in the capital on Monday to talk about trade and fish."


def docx(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in paragraphs)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
    return out.getvalue()


def one(raw: bytes, name: str) -> Document | Skipped:
    (found,) = read((raw, name))
    return found


def test_docx_is_read_and_a_damaged_one_is_said() -> None:
    found = one(docx("A title", MET), "note.docx")
    assert isinstance(found, Document)
    assert found.text == f"A title\n{MET}"
    hostile = docx("&#38;lt;", MET).replace(b"PK\x01\x02", b"PK\x01\x09")
    assert isinstance(one(hostile, "note.docx"), Skipped)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a')
    assert isinstance(one(bomb.getvalue(), "note.docx"), Skipped)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 Plain\par and caf\'e9.}", "Plain\nand café."),
        (rb"{\rtf1\ansi\uc1 \u8220?Yes\u8221?\emdash no}", "“Yes”—no"),
        (rb"{\rtf1{\*\generator Word;}{\info{\title Hidden}}Shown \{so\}}", "Shown {so}"),
        (rb"{\rtf1\ansi\ansicpg1251 \'cc\'ee}", "Мо"),
    ],
)
def test_rtf_is_read(raw: bytes, text: str) -> None:
    assert rtf_text(raw) == text


NEXIS = f"""
Ministers meet over fish

The Fish Gazette (London)

March 14, 2018 Wednesday

Copyright 2018 All Rights Reserved

Length: 20 words

Byline: Ann Hale

Body

{MET}

Load-Date: March 15, 2018

End of Document

Second title

Herring Times

15 March 2018

Body

China and Russia signed a contract on gas in the capital on Tuesday, it was said there.

End of Document
"""
FACTIVA = f"""
Ministers meet over fish
By Ann Hale
20 words
14 March 2018
The Fish Gazette
FISHG
English
(c) 2018 The Fish Gazette

{MET}

Document FISHG00020180314ee3e0001a

HD Second title
WC 12 words
PD 15 March 2018
SN Herring Times
LA English
LP China and Russia signed a contract on gas in the capital on Tuesday.
TD It was said there.

Document HERRT00020180315ee3f0002b
"""


@pytest.mark.parametrize("text", [NEXIS, FACTIVA])
def test_bundles_are_cut_into_their_articles(text: str) -> None:
    first, second = articles(text)
    assert first.title.startswith("Ministers meet over fish")
    assert first.source.startswith("The Fish Gazette")
    assert (first.text, first.date in ("March 14, 2018", "14 March 2018")) == (MET, True)
    assert (second.title, second.source, second.date) == ("Second title", "Herring Times", "15 March 2018")
    assert second.text.startswith("China and Russia signed")
    found = list(read((text.encode(), "bundle.txt")))
    assert [one.published.start for one in found] == ["2018-03-14", "2018-03-15"]  # type: ignore[union-attr]
    assert [one.source.name for one in found][1] == "Herring Times"  # type: ignore[union-attr]
    in_word = list(read((docx(*text.splitlines()), "bundle.docx")))
    assert [one.text for one in in_word] == [one.text for one in found]  # type: ignore[union-attr]


def test_what_is_no_bundle_is_one_document() -> None:
    assert list(articles(MET)) == []
    assert isinstance(one(MET.encode(), "a.txt"), Document)
