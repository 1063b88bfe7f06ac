"""What one line of a page is by itself: furniture, a byline, a caption, a date; or nothing that it alone tells."""

from __future__ import annotations

import re

import msgspec

from dragoman.model import BlockKind
from dragoman.read.dates import Dated, find, rest
from dragoman.read.lines import Line
from dragoman.read.words import LONGEST, Words, plain

_LETTERS = re.compile(r"[^\W_]")
_PHONE = re.compile(r"(?:\+\s?\d|\(\d{2,5}\)|\b0\d)[\d\s().\u00a0-]{6,22}\d")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+", re.IGNORECASE)
_CLOCK = re.compile(r"[^\W\d_][\w .'’-]{0,30}:?\s{0,3}\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?", re.IGNORECASE)
_TIME = re.compile(r"\b\d{1,2}[:.]\d\d\b|\b\d{1,2}\s?[ap]\.?m\b", re.IGNORECASE)
_BRACKET = re.compile(r"[(\[]([^()\[\]]{2,120})[)\]]\s?\.?$")
_CREDIT = re.compile(r"(?:[|/©]|\bby\b)([^|/©]{0,60})$", re.IGNORECASE)
_NAME = re.compile(r"[A-ZÀ-ÞА-Я][\w.'’-]*$")
_SMALL = frozenset({"and", "of", "the", "for", "in", "at", "de", "von", "van", "al", "&", "with", "our"})
_SIGNATURE = re.compile(r"[A-ZÀ-Þ][^,.!?;:()]{0,40}(?:, [A-ZÀ-Þ][^,!?;:()]{0,40}){1,2}")
_DATED_TITLE = re.compile(r"[\])]?[ \u00a0]?(?:\d{1,2}:\d\d)?[ \u00a0]*(?:[-–—|•]|:(?!\d))[ \u00a0]*")
_AGENCY = re.compile(r"\)?,?\s?(?:[(/][\w .-]{2,30}[)/]\s?)?(?:[-–—]{1,2}|/)\s")


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """The kind that a line is known to be, and the date that it holds if it is there to give one."""

    kind: BlockKind | None
    dated: Dated | None = None
    clock: bool = False
    labelled: bool = False
    updated: bool = False


NOTHING = Mark(kind=None)
_FURNITURE = Mark(kind="furniture")


def mark(line: Line, words: Words, *, language: str) -> Mark:
    """What a line is by itself; long lines of text come out as nothing at once."""
    text = line.text
    if line.words > 60:
        return NOTHING
    if not _LETTERS.search(text):
        return _FURNITURE
    if line.words <= 16 and len(text) <= LONGEST:
        if found := _date_line(line, words, language=language):
            return found
        if words.lines.fullmatch(line.low) or _links(line, words) or _contact(line):
            return _FURNITURE
        if _CLOCK.fullmatch(text):
            return Mark(kind="furniture", clock=True)
        if not line.prose and _byline(line, words):
            return Mark(kind="byline")
    if words.contains.search(line.low):
        return _FURNITURE
    if _caption(line, words):
        return Mark(kind="caption")
    return NOTHING


def dated_title(line: Line, *, language: str) -> tuple[Dated, int] | None:
    """For "16.01.2020 - Title …" the date and where in the line the title begins; else none."""
    if line.words < 4 or not (line.text[0].isalnum() or line.text[0] in "[("):
        return None
    head = line.text[:60]
    found = find(head, language=language)
    if found is None or found.start > 12 or (found.start > 1 and not head[: found.start].strip(" ,").isalpha()):
        return None
    dash = _DATED_TITLE.match(line.text, found.end)
    if dash is None or len(line.text[dash.end() :].split()) < 3:
        return None
    return found, dash.end()


def dateline(line: Line, *, language: str) -> Dated | None:
    """The date of an agency's line, "OSLO, 3 May 2016 (Agency) - The …", where it has one with its year."""
    found = find(line.text[:70], language=language)
    if found is None or not 2 < found.start < 40 or not line.text[0].isupper():
        return None
    place = line.text[: found.start].strip(" ,(-–—").replace(",", " ").split()
    return found if all(_NAME.match(word) for word in place) and _AGENCY.match(line.text, found.end) else None


def signed(line: Line) -> bool:
    """Whether a line is the signature of a reader's comment: "Name, Town" or "Name, Town, Country"."""
    return line.words <= 9 and not line.ends and _SIGNATURE.fullmatch(line.text) is not None


def _date_line(line: Line, words: Words, *, language: str) -> Mark | None:
    dated = find(line.text, language=language)
    if dated is None and not _TIME.search(line.text):
        return None
    left = rest(line.text, dated, words)
    if dated is None:
        return None if left else Mark(kind="furniture", clock=len(line.text) < 12)
    today = bool(left) and words.today_labels.fullmatch(" ".join(left).lower()) is not None
    if not left or today:
        before = line.text[: dated.start]
        updated = words.update_labels.search(plain(before)) is not None
        label = any(char.isalpha() for char in before) and plain(before).strip(" ,") not in words.weekdays
        return Mark(kind="furniture", dated=dated, clock=today, labelled=label, updated=updated)
    if len(left) > 4 or line.ends or ":" in line.text[: dated.start]:
        return None
    return Mark(kind="byline", dated=dated) if all(_NAME.match(word) for word in left) else None


def _links(line: Line, words: Words) -> bool:
    pieces = line.low.split()
    return len(pieces) > 1 and all(piece.strip(",:()[]") in words.words for piece in pieces)


def _contact(line: Line) -> bool:
    left, addresses = _ADDRESS.subn(" ", line.text)
    left, numbers = _PHONE.subn(" ", left)
    return addresses + numbers > 0 and sum(1 for word in left.split() if _LETTERS.search(word)) <= 4


def _byline(line: Line, words: Words) -> bool:
    low = line.low
    if low.startswith(("by ", "by: ")) and line.words <= 12 and not line.ends:
        names = line.text.replace(",", " ").split()[1:]
        named = all(_NAME.match(w) or w.lower() in _SMALL or w.lower() in words.roles for w in names)
        return named or len(names) <= 2
    name, comma, role = line.text.partition(", ")
    if not comma or len(name.split()) > 4 or not all(_NAME.match(word) for word in name.split()):
        return False
    return any(word.strip(",.").lower() in words.roles for word in role.split()[:6])


def _caption(line: Line, words: Words) -> bool:
    low = line.low
    if low.startswith(words.caption_openers):
        return True
    if (found := _BRACKET.search(low)) and words.credits.search(found[1]):
        return True
    if line.words > 45:
        return False
    if words.positions.search(low) or words.credited.search(low):
        return True
    if not line.ends and (found := _CREDIT.search(low)) is not None:
        return words.credits.search(found[1].strip()) is not None
    return False
