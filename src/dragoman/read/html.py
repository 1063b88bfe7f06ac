"""A web page into a Document: its article by trafilatura, with headline, headings, lists and captions kept as such."""

from __future__ import annotations

import functools
import logging
import re
from collections.abc import Iterator
from typing import Any

from dragoman.errors import EmptyInput, InputError
from dragoman.model import BlockKind, DateSpan, Document, content_id
from dragoman.read.dates import given
from dragoman.read.hints import NONE, Hints
from dragoman.read.language import language_of
from dragoman.read.lines import Line
from dragoman.read.page import structure
from dragoman.read.publishers import publisher
from dragoman.read.texts import day
from dragoman.read.words import plain

#: Stands before a caption while trafilatura works, which drops figures as a whole; from Unicode's private area.
_CAPTION = "\ue0ca"
_KINDS: dict[str, BlockKind] = {"head": "heading", "quote": "quote"}
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")


def from_html(markup: str, *, hints: Hints = NONE) -> Document:
    """A Document from the source of a web page; its text is what trafilatura keeps of it, the title first.

    Raises EmptyInput where no article is found, InputError for a page that cannot be parsed, UnknownLanguage.
    """
    found = _extracted(markup)
    pieces = list(_pieces(found.body)) if found is not None and found.body is not None else []
    if not any(text for text, _ in pieces):
        pieces = [(line, None) for line in _baseline(markup).splitlines() if line.strip()]
    if not pieces:
        raise EmptyInput("no text found on the page; if it is made by scripts, save it from a browser")
    title = " ".join((found.title or "").split()) if found is not None else ""
    pieces = _titled(pieces, title)
    text, lines = _laid(pieces)
    language = language_of(text, given=hints.language)
    page = structure(text, title=title, language=language, lines=lines)
    url = (found.url or "") if found is not None else ""
    site = (found.sitename or "") if found is not None else ""
    source = publisher(hints.source or site, url, side=hints.side)
    return Document(
        id=content_id(text, page.title, url),
        text=text,
        title=page.title,
        url=url,
        published=_published(found) or page.published or day(hints.date, hint=True),
        language=language,
        source=source,
        blocks=page.blocks,
        parts=page.parts,
    )


def _extracted(markup: str) -> Any:  # noqa: ANN401  # the library has no types
    trafilatura = _trafilatura()
    tree = _tree(markup)
    try:
        return trafilatura.bare_extraction(
            tree,
            include_comments=False,
            with_metadata=True,
            # The extensive search takes dates out of footers; the original date is that of publication.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:  # whatever a library trips over on a hostile page
        raise InputError(f"the page cannot be read as HTML ({type(error).__name__}: {error})") from error


def _tree(markup: str) -> Any:  # noqa: ANN401
    from lxml import etree, html  # noqa: PLC0415  # only web pages need it

    cleaned = _DECLARATION.sub("", _UNPRINTABLE.sub(" ", markup))
    try:
        tree = html.fromstring(cleaned)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise EmptyInput(f"the page cannot be read as HTML ({error})") from error
    for caption in list(tree.iter("figcaption")):
        words = " ".join("".join(caption.itertext()).split())
        figure = next((a for a in caption.iterancestors() if a.tag in {"figure", "picture"}), None)
        place = figure if figure is not None else caption
        if words and (parent := place.getparent()) is not None:
            paragraph = html.Element("p")
            paragraph.text = _CAPTION + words
            parent.insert(parent.index(place), paragraph)
    return tree


def _baseline(markup: str) -> str:
    trafilatura = _trafilatura()
    try:
        _, text, _ = trafilatura.baseline(_UNPRINTABLE.sub(" ", markup))
    except Exception as error:
        raise InputError(f"the page cannot be read as HTML ({type(error).__name__}: {error})") from error
    return str(text or "")


def _pieces(body: Any) -> Iterator[tuple[str, BlockKind | None]]:  # noqa: ANN401
    """The paragraphs of trafilatura's tree, each with the kind that its element tells."""
    for element in body:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag == "list":
            for item in element.iter("item"):
                yield _flat(item), "body"
        elif tag == "table":
            for row in element.iter("row"):
                yield " | ".join(filter(None, (_flat(cell) for cell in row.iter("cell")))), None
        elif tag in {"quote", "p", "head", "code", "div", "ab", "fw"}:
            inner = [child for child in element if child.tag in {"p", "head", "list", "quote"}]
            if inner and tag in {"quote", "div"}:
                for text, kind in _pieces(element):
                    yield text, "quote" if tag == "quote" else kind
            else:
                yield from ((line, _KINDS.get(tag)) for line in _lines(element))
        elif tag not in {"graphic", "lb", "formula"}:
            yield from ((line, None) for line in _lines(element))


def _lines(element: Any) -> Iterator[str]:  # noqa: ANN401
    for feed in element.iter("lb"):
        feed.tail = "\n" + (feed.tail or "")
    yield from filter(None, (" ".join(line.split()) for line in "".join(element.itertext()).split("\n")))


def _flat(element: Any) -> str:  # noqa: ANN401
    return " ".join("".join(element.itertext()).split())


def _titled(pieces: list[tuple[str, BlockKind | None]], title: str) -> list[tuple[str, BlockKind | None]]:
    """The pieces with the headline marked, put first where the article lacks it."""
    if not title:
        return pieces
    for place, (text, kind) in enumerate(pieces[:6]):
        if kind in {None, "heading"} and plain(text) == plain(title):
            return [*pieces[:place], (text, "headline"), *pieces[place + 1 :]]
    return [(title, "headline"), *pieces]


def _laid(pieces: list[tuple[str, BlockKind | None]]) -> tuple[str, list[Line]]:
    lines: list[Line] = []
    start = 0
    whole: list[str] = []
    for raw, told in pieces:
        kind: BlockKind | None = "caption" if raw.startswith(_CAPTION) else told
        text = raw.replace(_CAPTION, "").strip()
        if not text:
            continue
        line = Line(text, start, start + len(text), gap=True, preset=kind)
        line.item = line.item or kind == "body"  # the items of a list that trafilatura did not take for links
        lines.append(line)
        whole.append(text)
        start += len(text) + 1
    return "\n".join(whole), lines


def _published(found: Any) -> DateSpan | None:  # noqa: ANN401
    return given(str(found.date)) if found is not None and found.date else None


@functools.lru_cache(maxsize=1)
def _trafilatura() -> Any:  # noqa: ANN401
    import trafilatura  # noqa: PLC0415  # half a second that only web pages need

    # What it cannot read comes back as a reason of ours; its own lines on standard error would say it twice.
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return trafilatura
