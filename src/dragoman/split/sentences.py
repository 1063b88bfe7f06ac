"""Where one sentence ends and the next begins, by marks, capitals and a table of abbreviations.

Every pattern looks at a bounded stretch on either side of a mark, so the time grows with the length of the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.split.words import Words

#: A passage longer than this is cut at a semicolon or comma: no parser does well on more, and no sentence needs it.
LONGEST = 1500
#: How far a decision may look to either side of a mark.
REACH = 80
#: No abbreviation is longer.
LONGEST_WORD = 24

_QUOTES = "\"'”’»›"
_OPENING = "\"'“‘«‹„([{"
_BULLETS = "•▪●◦‣■□►"
# A mark with what closes after it; or white space that may be more than a space between words. The look-behind lets
# each stretch of white space be tried once only.
_MARK = re.compile(
    r"(?P<stop>[.!?…]{1,12}|[。！？]{1,12})(?P<close>[\"'”’»›)\]]{0,4})(?P<gap>\s*)"
    rf"|(?<!\s)(?P<break>\s{{2,}}|\t|\s(?=[{_BULLETS}]))"
)
_GAP = re.compile(r"[\s—–/(\"“‘«„\[]")
_WORD_AFTER = re.compile(r"[^\W\d_][^\W\d_]{0,29}")
_JOINED = re.compile(r"[\"“'‘(]?[A-ZÀ-ÞА-Я](?:[^\W\d_]*[a-zà-ÿа-я][^\W\d_]*)?(?![\w.@/])|[\"“'‘]?(?:I|A)\s")
_ATTRIBUTED = re.compile(r"[^\W\d_][\w'’-]{0,29}")
_ENUMERATOR = re.compile(r"(?:\(?\d{1,3}|\(?[a-zA-Z]|\(?[ivxIVX]{1,4})$")


def spans(text: str, start: int, end: int, words: Words) -> Iterator[tuple[int, int]]:
    """The sentences between two offsets of a text as pairs of offsets, in order, with no white space at their edges."""
    begin = _skip(text, start, end)
    for mark in _MARK.finditer(text, begin, end):
        if mark.end() <= begin:
            continue
        cut = _cut(text, begin, end, mark, words)
        if cut is None:
            continue
        yield from _capped(text, begin, _trim(text, begin, cut))
        begin = _skip(text, cut, end)
    last = _trim(text, begin, end)
    if last > begin:
        yield from _capped(text, begin, last)


def _skip(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _cut(text: str, begin: int, end: int, mark: re.Match[str], words: Words) -> int | None:
    """The offset at which the sentence ends, or None where it goes on."""
    if (space := mark["break"]) is not None:
        return mark.start() if _apart(space) or text[mark.end() : mark.end() + 1] in _BULLETS else None
    stop, close, gap = mark["stop"], mark["close"], mark["gap"]
    after = mark.end()
    finish = after - len(gap)
    if after >= end:
        return None
    if mark.start() == begin or text[mark.start() - 1] in '[(“‘"':
        return None  # "[...]", "“…this": the mark opens, it does not end
    if _apart(gap):
        return finish
    if not gap:
        return _joined(text, begin, end, mark)
    following = text[after]
    if following.islower():
        return None
    if stop[0] in "。！？":
        return finish
    if close and any(sign in _QUOTES for sign in close) and stop[-1] in "!?":
        return None if _attributed(text, after, end, words) else finish
    if stop != ".":
        if close and set(close) <= set(")]") and stop[-1] in "!?":
            return finish if following not in ",;:" else None
        return finish if following not in ",;:-–—" else None
    if following in ",;:":
        return None
    if close:
        return finish if any(sign in _QUOTES for sign in close) else _after_bracket(text, after, end, finish)
    return finish if _full_stop(text, begin, mark, end, words) else None


def _apart(space: str) -> bool:
    """Whether white space sets two texts apart: a tab, an empty line, or five blanks as between a page's columns."""
    return "\t" in space or len(space) >= 5 or space.count("\n") > 1 or space.count("\r") > 1 + space.count("\n")


def _full_stop(text: str, begin: int, mark: re.Match[str], end: int, words: Words) -> bool:
    """Whether a single full stop with white space after it ends the sentence."""
    dot, after = mark.start(), mark.end()
    whole = _word_before(text, begin, dot)
    if not whole:
        return True
    word = whole.lower()
    head = text[begin:dot] if dot - begin < 8 else ""
    if head and _ENUMERATOR.fullmatch(head.strip(_OPENING + " -–*" + _BULLETS)):
        return False  # "1. The Parties shall …" at the head of a passage
    digit = text[after].isdigit()
    if word in words.never:
        return False
    if word in words.before_numbers:
        return not digit
    if word in words.either or (len(word) == 1 and whole.isupper()) or _initials(whole):
        return not digit and _opener(text, after, end, words)
    return True


def _word_before(text: str, begin: int, dot: int) -> str:
    """The word that a mark stands behind, with the full stops and hyphens inside it."""
    return _GAP.split(text[max(begin, dot - LONGEST_WORD) : dot])[-1].lstrip("'’")


def _initials(word: str) -> bool:
    """Whether a word is of single letters with full stops between them, such as U.S or D.A."""
    return "." in word and all(len(piece) == 1 for piece in word.split("."))


def _opener(text: str, after: int, end: int, words: Words) -> bool:
    """Whether a sentence seems to begin here: an opening quotation mark, or a word that opens sentences."""
    if text[after] in '“«"':
        return True
    found = _WORD_AFTER.match(text, after, min(end, after + REACH))
    return found is not None and found[0].lower() in words.openers


def _after_bracket(text: str, after: int, end: int, finish: int) -> int | None:
    """A full stop inside a closing bracket, "(Laughter.) We …" or "(U.S.) forces": ends before capitals only."""
    found = _WORD_AFTER.match(text, after, min(end, after + REACH))
    if found is None or not found[0][0].isupper():
        return finish if text[after] in _OPENING else None
    return finish


def _attributed(text: str, after: int, end: int, words: Words) -> bool:
    """Whether a quotation that ends in ? or ! is followed by who said it ("Why now?" the minister asked)."""
    for number, found in enumerate(_ATTRIBUTED.finditer(text, after, min(end, after + REACH))):
        if found[0].lower() in words.attribution:
            return True
        if number >= 5 or text[found.end() : found.end() + 1] in {".", "?", "!", "”", '"'}:
            return False
    return False


def _joined(text: str, begin: int, end: int, mark: re.Match[str]) -> int | None:
    """A sentence that ends without white space after it ("… agreement.Vladimir Putin: …"), as broken pages have."""
    after = mark.end()
    if not _JOINED.match(text, after, min(end, after + REACH)):
        return None
    before = text[mark.start() - 1]
    stop, close = mark["stop"], mark["close"]
    if stop[-1] == "." and len(stop) == 1:
        word = _word_before(text, begin, mark.start())
        whole = len(word) > 2 and word[-2:].islower() and "." not in word
        if not whole and before not in ')]”’"%' and not before.isdigit():
            return None
        if before.isdigit() and text[after].isdigit():
            return None
    if close[-1:] in {'"', "'"} and text.count(close[-1], begin, after) % 2 == 1:
        return after - 1  # the mark opens the next sentence's quotation
    return after


def _capped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """One sentence, or its pieces where it is longer than any passage may be."""
    while end - start > LONGEST:
        limit = start + LONGEST
        cut = -1
        for sign in (";", ",", " ", "\n", "\u00a0"):
            cut = text.rfind(sign, start + LONGEST // 3, limit)
            if cut > 0:
                cut += 1
                break
        if cut <= start:
            cut = limit
        piece = _trim(text, start, cut)
        if piece > start:
            yield start, piece
        start = _skip(text, cut, end)
    if end > start:
        yield start, end
