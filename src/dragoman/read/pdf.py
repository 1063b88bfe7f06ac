"""The text of PDF files, with paragraphs where the page has only lines; hostile files end themselves, not us.

Invariant: the file is read in a process of its own with limits of time, memory and pages, by a library that knows no
JavaScript and follows no link; what comes back is text or a reason.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from dragoman.errors import BinaryInput, EmptyInput, InputError
from dragoman.model import Shape

#: A report of more pages is a book or an attack. Text of a page takes about 30 ms.
MOST_PAGES = 1_000
SECONDS = 60
MEGABYTES = 2_000
#: Characters of all pages together.
MOST_TEXT = 20_000_000
#: A line that stands at the head or foot of so large a share of the pages belongs to the paper, not to the text.
RUNNING = 0.5
#: A line shorter than this share of a full line ends its paragraph when it ends a sentence, or is a heading.
FULL, HEADING = 0.85, 0.6
#: Fewer letters than this share of all signs, and the file does not say which letters its pictures of letters are.
LETTERS = 0.5

_WORKER = Path(__file__).with_name("pdf_pages.py")
_NUMBER = re.compile(r"\W*(?:page\s+)?(?:\d{1,4}|[ivxl]{1,7})(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_ENDED = re.compile(r"[.?!:;][\"'”’)\]]*$")
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u2010]$")
_CREATED = re.compile(r"D?:?(\d{4})(\d{2})(\d{2})")
#: What programs write where a title should be.
_NO_TITLE = re.compile(
    r"^(?:microsoft word|untitled|slide \d|document\d*$)|\.(?:docx?|pdf|indd|rtf|odt|pptx?)$", re.IGNORECASE
)
_WHY = {
    "locked": "a PDF file that is locked with a password; save it without one",
    "memory": "a PDF file that takes more memory than any report does; print it anew, or give its text",
    "missing": "a PDF file, and the library pypdf is not there; install it, or give the text",
}


class Pdf(Shape, frozen=True, kw_only=True):
    """The text of a PDF, with the title and the ISO day that it states of itself (either may be empty)."""

    text: str
    title: str
    created: str


def is_pdf(raw: bytes) -> bool:
    """Whether a file is a PDF; some have a few signs before their mark."""
    return b"%PDF-" in raw[:1024] and raw.lstrip()[:1] != b"<"


def pdf_text(raw: bytes, *, seconds: float = SECONDS) -> Pdf:
    """The text of a PDF. Raises BinaryInput, EmptyInput or InputError with the reason where it has none for us."""
    lines = _pages(raw, seconds)
    about = next((one for one in lines if "pages" in one), {})
    if why := next((one for one in lines if "why" in one), None):
        raise BinaryInput(_told(why))
    if not lines or "end" not in lines[-1]:
        raise BinaryInput(_told({"why": "memory"}))
    if not about.get("pages"):
        raise BinaryInput(_told({"why": "damaged", "what": "it has no pages"}))
    pages = [_plain(str(one["text"])) for one in lines if "text" in one]
    signs = [sign for page in pages for sign in page if not sign.isspace()]
    if not signs:
        raise EmptyInput("a PDF file of pictures, without text; have its text recognised (OCR) first")
    if len(signs) > MOST_TEXT:
        raise InputError("its text is longer than 20 million characters; cut it into documents")
    if sum(sign.isalpha() for sign in signs) < LETTERS * len(signs):
        raise BinaryInput("a PDF file that does not say which letters it shows; print it anew, or give its text")
    title = _title(str(about.get("title", "")))
    return Pdf(text=_headed(flowing(pages), title), title=title, created=_day(str(about.get("created", ""))))


def _pages(raw: bytes, seconds: float) -> list[dict[str, object]]:
    # -P: the folder of the program holds modules that are called like those of Python.
    command = [sys.executable, "-P", str(_WORKER), str(int(seconds) + 1), str(MEGABYTES), str(MOST_PAGES)]
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=seconds, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise BinaryInput(
            f"a PDF file that could not be read within {seconds:g} seconds; print it anew, or give its text"
        ) from error
    found: list[dict[str, object]] = []
    for line in done.stdout.splitlines():
        try:
            one = json.loads(line)
        except ValueError:
            break
        found.append(one)
    return found


def _told(why: dict[str, object]) -> str:
    reason = str(why["why"])
    if reason == "long":
        return f"a PDF file of {why['pages']} pages; cut it into parts of at most {MOST_PAGES:,}"
    return _WHY.get(reason) or f"a PDF file that is damaged: {why.get('what') or 'it breaks off'}; save it again"


def _plain(text: str) -> str:
    """A page with its ligatures as letters and without what no text has."""
    kept = "".join(unicodedata.normalize("NFKC", sign) if "\ufb00" <= sign <= "\ufb06" else sign for sign in text)
    return "".join(sign if sign.isprintable() or sign in "\n\t\u00ad" else " " for sign in kept.replace("\r", "\n"))


def _title(text: str) -> str:
    said = " ".join(text.split())
    return said if 8 <= len(said) <= 200 and " " in said and not _NO_TITLE.search(said) else ""


def _headed(text: str, title: str) -> str:
    """A text whose headline is one line, where it is the title that the file states and stands on several."""
    words = r"\s+".join(map(re.escape, title.split()))
    return re.sub(rf"\A{words}(?=\n)", lambda _: title, text) if title else text


def _day(text: str) -> str:
    found = _CREATED.match(text)
    return "-".join(found.groups()) if found else ""


# From lines to paragraphs


def flowing(pages: Sequence[str]) -> str:
    """Pages of lines as paragraphs, one a line, without heads, feet, page numbers; words that a line breaks whole."""
    rows = [[line.strip() for line in page.splitlines()] for page in pages]
    running = _running(rows)
    lines = [line for page in rows for line in _without(page, running)]
    full = sorted(map(len, filter(None, lines)))
    width = full[int(0.9 * (len(full) - 1))] if full else 0
    whole = "\n".join(lines).casefold()
    paragraphs: list[str] = []
    ends = True
    for at, line in enumerate(lines):
        if not line:
            # Pages end anywhere; a gap in mid sentence is no end.
            ends = ends or bool(paragraphs and _ENDED.search(paragraphs[-1]))
            continue
        if ends or not paragraphs:
            paragraphs.append(line)
        else:
            paragraphs[-1] = _joined(paragraphs[-1], line, whole)
        ends = _ends(line, next((one for one in lines[at + 1 :] if one), ""), width)
    return "\n\n".join(one.replace("\u00ad", "") for one in paragraphs)


def _ends(line: str, following: str, width: int) -> bool:
    if _ENDED.search(line):
        return len(line) < FULL * width
    return len(line) < HEADING * width and not following[:1].islower() and not _BROKEN.search(line)


def _joined(one: str, other: str, whole: str) -> str:
    if one.endswith("\u00ad"):
        return one[:-1] + other
    if _BROKEN.search(one) and other[:1].islower():
        first, second = one.rsplit(maxsplit=1)[-1], other.split(maxsplit=1)[0]
        # A word with a hyphen of its own ("long-term") is told from a broken one by standing so elsewhere.
        return one + other if f"{first}{second}".casefold().rstrip(".,;:") in whole else one[:-1] + other
    return f"{one} {other}"


def _running(pages: Iterable[Sequence[str]]) -> frozenset[str]:
    """Heads and feet that most pages have, digits aside."""
    counts: Counter[str] = Counter()
    number = 0
    for page in pages:
        number += 1
        held = [line for line in page if line]
        counts.update({_DIGITS.sub("#", line) for line in (*held[:2], *held[-2:])})
    return frozenset(line for line, times in counts.items() if times >= 3 and times > RUNNING * number)


def _without(page: Sequence[str], running: frozenset[str]) -> list[str]:
    held = [at for at, line in enumerate(page) if line]
    edge = {*held[:2], *held[-2:]}
    return [
        line
        for at, line in enumerate(page)
        if not (at in edge and (_DIGITS.sub("#", line) in running or _NUMBER.fullmatch(line)))
    ]
