"""Writes a brief as a file: Markdown, HTML, Word (DOCX) or PDF, the last two with the chart inside."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.show import charts
from dragoman.show.pages import MOST_MONTHS, brief_html, brief_markdown, cited

if TYPE_CHECKING:
    from dragoman.show.outline import Brief, Line, Section

#: The formats with their media types.
MEDIA = {
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
#: The page of the PDF; the texts come to it as data, never as its own language.
TEMPLATE = Path(__file__).with_name("brief.typ")
#: A chart of so many points in width fills the text of a page.
WIDTH = 640


def written(made: Brief, format: str) -> bytes:  # noqa: A002  # the name that the command line and the API have
    """A brief as the bytes of a file of that format; KeyError for another than `MEDIA` has."""
    writers: dict[str, Callable[[Brief], bytes]] = {
        "md": lambda one: brief_markdown(one).encode(),
        "html": lambda one: brief_html(one).encode(),
        "docx": docx,
        "pdf": pdf,
    }
    return writers[format](made)


def _clean(text: str) -> str:
    """A text without the control signs that XML cannot hold."""
    return "".join(sign if sign.isprintable() or sign == " " else " " for sign in text)


def docx(made: Brief) -> bytes:  # noqa: PLR0915  # a page from top to bottom
    """A brief as a Word document, with styles that its reader can change and the numbers as a real table."""
    import docx as word  # noqa: PLC0415  # slow to load, and only this format needs it
    from docx.shared import Cm, Pt, RGBColor  # noqa: PLC0415

    page: Any = word.Document()
    page.core_properties.title = _clean(f"Brief: {made.title}")
    page.core_properties.author = "Dragoman"
    section = page.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin = section.bottom_margin = Cm(2)
    normal = page.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    for name, size in (("Title", 22), ("Heading 1", 14), ("Heading 2", 12)):
        page.styles[name].font.name = "Calibri"
        page.styles[name].font.size = Pt(size)
        page.styles[name].font.color.rgb = RGBColor(0x1D, 0x3B, 0x5C)

    def put(paragraph: Any, line: Line) -> None:  # noqa: ANN401  # python-docx has no types
        if line.when:
            paragraph.add_run(_clean(f"{line.when}. ")).bold = True
        paragraph.add_run(_clean(line.text))
        if line.quote:
            paragraph.add_run(_clean(f"{' ' if line.text else ''}“{line.quote}”")).italic = True
        number = paragraph.add_run(f" {cited(line.notes)}")
        number.font.superscript = True

    def sections(some: tuple[Section, ...], level: int) -> None:
        for one in some:
            page.add_heading(_clean(one.title), level)
            for line in one.lines:
                put(page.add_paragraph(style="List Bullet"), line)
            for text in ([] if one.lines else [one.empty]) + [one.more]:
                if text:
                    page.add_paragraph().add_run(_clean(text)).italic = True

    page.add_heading(_clean(made.title), 0)
    page.add_paragraph().add_run(_clean(f"{made.span}.")).italic = True
    if made.state:
        lead = page.add_paragraph()
        for line in made.state:
            put(lead, line)
            lead.add_run(" ")
    sections(made.sections, 1)
    if made.annex or made.months:
        page.add_page_break()
        page.add_heading("Annex", 1)
    if made.months:
        drawn = charts.chart(made.months, turns=made.turns, width=WIDTH)
        picture = page.add_picture(io.BytesIO(charts.png(drawn)), width=Cm(16.2))
        picture._inline.docPr.set(
            "descr", "Temperature of the relation, month by month; the table below has the numbers"
        )
    sections(made.annex, 2)
    if made.months:
        page.add_heading("Temperature, month by month", 2)
        _table(page, charts.table(made.months)[:MOST_MONTHS])
    page.add_heading("Sources", 1)
    for note in made.notes:
        source = page.add_paragraph()
        source.add_run(f"{note.number}. ").bold = True
        source.add_run(_clean(f"{note.title}. {note.publisher}, {note.date}.{f' {note.url}' if note.url else ''} "))
        if not note.quoted:
            source.add_run(_clean(f"“{note.sentence}”")).italic = True
        source.paragraph_format.space_after = Pt(3)
    out = io.BytesIO()
    page.save(out)
    return out.getvalue()


def _table(page: Any, rows: list[dict[str, Any]]) -> None:  # noqa: ANN401
    heads = ("Month", "Events", "Mean score", "Temperature", "In words")
    grid = page.add_table(rows=1, cols=len(heads), style="Light Grid Accent 1")
    for cell, head in zip(grid.rows[0].cells, heads, strict=True):
        cell.text = head
    for row in rows:
        values = (row["in words"], row["events"], row["mean"], row["temperature"], row["warmth"])
        for cell, value in zip(grid.add_row().cells, values, strict=True):
            cell.text = str(value)


def pdf(made: Brief) -> bytes:
    """A brief as a PDF with tags for screen readers, set by Typst from data; nothing in a text can be a command."""
    import typst  # noqa: PLC0415  # brings its own fonts, 40 MB

    def plain(line: Line) -> dict[str, str]:
        return {"when": line.when, "text": line.text, "quote": line.quote, "notes": cited(line.notes)}

    def section(one: Section) -> dict[str, Any]:
        return {"title": one.title, "lines": [plain(line) for line in one.lines], "empty": one.empty, "more": one.more}

    data = {
        "title": made.title,
        "span": made.span,
        "state": [plain(line) for line in made.state],
        "sections": [section(one) for one in made.sections],
        "annex": [section(one) for one in made.annex],
        "chart": bool(made.months),
        "table": [
            {
                "month": row["in words"],
                "events": str(row["events"]),
                "temperature": str(row["temperature"]),
                "word": row["warmth"],
            }
            for row in charts.table(made.months)[:MOST_MONTHS]
        ],
        "notes": [
            {
                "number": str(note.number),
                "title": note.title,
                "about": f"{note.publisher}, {note.date}.{f' {note.url}' if note.url else ''}",
                "sentence": "" if note.quoted else note.sentence,
            }
            for note in made.notes
        ],
    }
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "data.json").write_text(json.dumps(_cleaned(data)), encoding="utf-8")
        (root / "brief.typ").write_bytes(TEMPLATE.read_bytes())
        if made.months:
            drawn = charts.svg(charts.chart(made.months, turns=made.turns, width=WIDTH))
            (root / "chart.svg").write_text(drawn.replace("data-width=", "data-w="), encoding="utf-8")
        return bytes(typst.compile(str(root / "brief.typ"), root=str(root), ignore_system_fonts=True))


def _cleaned(value: Any) -> Any:  # noqa: ANN401  # plain values
    if isinstance(value, dict):
        return {name: _cleaned(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    return _clean(value) if isinstance(value, str) else value
