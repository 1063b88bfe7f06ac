"""The structure of a page: which stretch of its text is headline, body, caption, comment, furniture or a further text.

The rules are those of a web editor and go by form: length, full stops, capitals, dates, repetition, and the stock
phrases of `furniture.yaml`. Where in doubt a line stays text: a link that is coded can be judged, a sentence that is
lost cannot.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from dragoman.model import Block, BlockKind, DateSpan, Part
from dragoman.read.dates import Dated
from dragoman.read.lines import Line, paragraphs
from dragoman.read.marks import Mark, dated_title, dateline, mark, signed
from dragoman.read.words import Words, plain, words

#: A repeated line shorter than this may be part of a talk ("Thank you."); longer, it is a teaser or a second headline.
REPEATED = 40
_WIDE = re.compile(r"[^\S\r\n]{5,}")


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What the structure of a text tells of it."""

    title: str = ""
    published: DateSpan | None = None
    blocks: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()


def structure(text: str, *, title: str = "", language: str = "en", lines: Sequence[Line] | None = None) -> Page:
    """The blocks, the further documents, the headline and the stated date of a text.

    `title` is the title if it is known already; `lines` are its paragraphs where a format gave them.
    """
    found = list(lines) if lines is not None else paragraphs(text)
    if len(found) == 1 and found[0].preset is None:
        return Page(title=title, blocks=(Block(kind="body", start=found[0].start, end=found[0].end),))
    return _Reading(found, title=title, language=language).page()


class _Reading:
    """One page while it is read; each step settles the kind of some lines and leaves the rest to the next."""

    def __init__(self, lines: list[Line], *, title: str, language: str) -> None:
        self.lines = lines
        self.title = title
        self.language = language
        self.words: Words = words(language)
        self.marks: list[Mark] = []
        self.parts: list[Part] = []
        self.page_date: DateSpan | None = None
        self.published: DateSpan | None = None

    def page(self) -> Page:
        self._mark()
        self._entries()
        self._comments()
        self._head()
        self._links()
        self._runs()
        self._repeated()
        self._rest()
        blocks = tuple(b for line in self.lines for b in self._block(line))
        return Page(title=self.title, published=self.published, blocks=blocks, parts=tuple(self.parts))

    # ── what lines are by themselves

    def _mark(self) -> None:
        for number, line in enumerate(self.lines):
            found = mark(line, self.words, language=self.language)
            self.marks.append(found)
            if line.preset in {"headline", "caption", "quote"} and found.kind != "furniture":
                line.kind = line.preset
                continue
            line.kind = found.kind
            before = self.lines[number - 1] if number else None
            if before is None or before.kind is not None:
                continue
            label = before.text.endswith(":") and before.words <= 4
            if found.kind == "furniture" and label and found.dated is None and not line.gap:
                before.kind = "furniture"  # "Consular queries:" over a telephone number
            elif found.kind == "byline" and line.text.startswith(before.text):
                before.kind = "byline"
            elif found.kind == "caption" and not line.gap and before.words <= 6 and not before.ends:
                before.kind = "caption"  # the alternative text of the picture

    # ── further dated documents on the page

    def _entries(self) -> None:
        heads: list[tuple[int, Dated, int]] = []
        above = False
        for number, line in enumerate(self.lines):
            if (found := dated_title(line, language=self.language)) is not None:
                heads.append((number, *found))
            elif above and self._dated_section(number):
                dated = self.marks[number].dated
                if dated is not None:
                    heads.append((number, dated, len(line.text)))
            above = above or (line.prose and line.kind is None)
        if len(heads) < 2:
            return
        for (number, dated, offset), after in zip(heads, [*heads[1:], None], strict=True):
            last = after[0] if after else len(self.lines)
            while last > number + 1 and self.lines[last - 1].kind in {"furniture", "byline"}:
                last -= 1
            head = self.lines[number]
            title = " ".join(head.text[offset:].split())
            for line in self.lines[number:last]:
                line.kind, line.part = "part", len(self.parts)
            self.parts.append(
                Part(
                    kind="entry" if head.ends or not title else "document",
                    title=title,
                    published=dated.span,
                    start=head.start,
                    end=self.lines[last - 1].end,
                )
            )

    def _dated_section(self, number: int) -> bool:
        """Whether a line is a date alone, in the midst of text, with text under it: a chronology."""
        found = self.marks[number]
        if found.dated is None or found.clock or found.labelled or number + 1 >= len(self.lines):
            return False
        return self.lines[number + 1].prose and self.lines[number].kind == "furniture"

    # ── readers' comments

    def _comments(self) -> None:
        lines = self.lines
        prose = 0
        for number, line in enumerate(lines):
            if line.part is not None:
                continue
            heading = prose >= 2 and line.words <= 12 and not line.text.endswith(".")
            if heading and self.words.comments.fullmatch(line.low) and not self._talk(number):
                self._comment_zone(number)
                return
            prose += line.prose and line.kind in {None, "caption"}
        signatures = [
            n
            for n, line in enumerate(lines)
            if n and not line.gap and signed(line) and lines[n - 1].prose and (n + 1 == len(lines) or lines[n + 1].gap)
        ]
        if len(signatures) > 2 and signatures[0] > 3:  # two may sign an article; in a talk, lines follow on one another
            self._comment_zone(signatures[0] - 1)

    def _talk(self, first: int) -> bool:
        """Whether lines with speakers go on below: then "Your comments?" was said in a talk."""
        spoken = sum(1 for line in self.lines[first + 1 : first + 40] if line.spoken)
        return spoken >= 3

    def _comment_zone(self, first: int) -> None:
        last = first
        zone = range(first, len(self.lines))
        for number in zone:
            line = self.lines[number]
            if line.part is None and line.kind is None and (line.prose or signed(line)):
                last = number
        for number in zone:
            line = self.lines[number]
            if line.part is None and line.kind != "furniture":
                line.kind = "comment" if number <= last else "furniture"

    # ── the top of the page: banners, date, headline

    def _head(self) -> None:
        lines = self.lines
        body = next((n for n, line in enumerate(lines) if self._is_text(n)), len(lines))
        self._dates(body)
        self._banners(body)
        heads = [line for line in lines[:body] if line.kind is None or line.kind == "headline"]
        if body == len(lines) and not any(line.preset for line in lines):
            return  # nothing but short lines: all of them may be text
        headline = self._headline(heads)
        if headline is None:
            return
        headline.kind = "headline"
        if not self.title:
            self.title = " ".join(headline.text.split())
        above = True
        for line in heads:
            if line is headline:
                above = False
            elif above and line.kind is None and line.words <= 3 and line.preset is None:
                line.kind = "furniture"  # the name of the section
            elif plain(line.text) == plain(headline.text):
                line.kind = "furniture"
            elif line.kind is None and line.words >= 7 and not line.ends and not _titled(line.text):
                line.kind = "caption"

    def _is_text(self, number: int) -> bool:
        line = self.lines[number]
        if line.kind is not None or not line.prose or line.preset == "heading":
            return False
        return not self._is_banner(number)

    def _is_banner(self, number: int) -> bool:
        """A counter or a row of notices over the headline: no full stop, or a number of days at its very head."""
        line = self.lines[number]
        counter = self.words.counter.search(line.low)
        if counter is None or number > 12:
            return False
        later = self.lines[number + 1 : number + 6]
        headline = any(not a.prose and a.kind is None and a.words > 3 for a in later)
        return headline and (not line.ends or counter.start() == 0 or _WIDE.search(line.text) is not None)

    def _banners(self, body: int) -> None:
        page = next((n for n, part in enumerate(self.parts) if part.kind == "page"), None)
        for number, line in enumerate(self.lines[:body]):
            if line.kind is None and self._is_banner(number):
                line.kind, line.part = "banner", page

    def _headline(self, heads: list[Line]) -> Line | None:
        if preset := [line for line in heads if line.preset == "headline"]:
            return preset[0]
        heads = [line for line in heads if line.kind is None and line.words <= 30]
        if self.title:
            known = set(re.findall(r"\w+", self.title.lower()))
            for line in heads:
                own = set(re.findall(r"\w+", line.low))
                if own and len(own & known) >= 0.6 * max(len(own), len(known)):
                    return line
            return None
        long = [line for line in heads if line.words > 3]
        return next(iter(long or heads), None)

    def _dates(self, body: int) -> None:
        clocks = {n for n, found in enumerate(self.marks) if found.clock}
        labelled: list[DateSpan] = []
        bare: list[DateSpan] = []
        updated: list[DateSpan] = []
        for number, found in enumerate(self.marks):
            line = self.lines[number]
            if found.dated is None or line.kind not in {"furniture", "byline"}:
                continue
            if number < body and any(n in clocks for n in range(number - 2, number + 3)):
                if self.page_date is None:
                    self.page_date = found.dated.span
                    self.parts.append(
                        Part(kind="page", title="", published=self.page_date, start=line.start, end=line.end)
                    )
            elif found.updated:
                updated.append(found.dated.span)
            elif found.labelled:
                labelled.append(found.dated.span)
            elif number < body:
                bare.append(found.dated.span)
        if body < len(self.lines) and (agency := dateline(self.lines[body], language=self.language)) is not None:
            bare.append(agency.span)
        self.published = next(iter(labelled + bare + updated), None)

    # ── lists of links

    def _links(self) -> None:
        """Titles of other pages, each with its date in the next line."""
        pairs = [
            number
            for number in range(1, len(self.lines))
            if (found := self.marks[number]).dated is not None
            and not found.clock
            and self.lines[number].part is None
            and not self.lines[number].gap
            and self.lines[number - 1].kind in {None, "furniture", "comment"}
            and self.marks[number - 1].dated is None
            and not self.lines[number - 1].prose
            and 2 < self.lines[number - 1].words <= 20
        ]
        if len(pairs) < 2:
            return
        for number in pairs:
            title, dated = self.lines[number - 1], self.marks[number].dated
            if dated is None:
                continue
            title.kind = self.lines[number].kind = "furniture"
            span = dated.span
            self.parts.append(
                Part(
                    kind="link",
                    title=" ".join(title.text.split()),
                    published=span,
                    start=title.start,
                    end=self.lines[number].end,
                )
            )

    def _runs(self) -> None:
        """Stretches of short lines without full stops: links if their heading says so or if they stand at the foot."""
        lines, number = self.lines, 0
        seen = sum(1 for line in lines if line.prose and line.kind is None)
        above = 0
        while number < len(lines):
            if not self._short(lines[number]):
                above += lines[number].prose and lines[number].kind is None
                number += 1
                continue
            first = number
            while number < len(lines) and self._short(lines[number]):
                number += 1
            run = [line for line in lines[first:number] if line.kind is None]
            lead = lines[first - 1] if first else None
            if not run or above < 2 or (lead is not None and lead.text.endswith((":", ";"))):
                continue
            foot = above == seen
            furnished = sum(1 for line in lines[first:number] if line.kind == "furniture")
            self._run(run, foot=foot, furnished=furnished)

    def _run(self, run: list[Line], *, foot: bool, furnished: int) -> None:
        for place, line in enumerate(run):
            listed = len(run) - place - 1
            if listed >= (1 if foot else 2) and self.words.related.fullmatch(line.low):
                for link in run[place:]:
                    link.kind = "furniture"
                return
        if not foot or any(line.item for line in run):
            return
        if furnished >= 2 or (len(run) > 2 and all(line.words <= 4 for line in run)):
            for line in run:
                line.kind = "furniture"
            return
        while run and run[-1].words <= 3 and not run[-1].ends:
            run.pop().kind = "furniture"

    @staticmethod
    def _short(line: Line) -> bool:
        if line.part is not None or line.kind in {"comment", "headline", "caption", "banner", "quote"}:
            return False
        question = line.text.endswith("?") and line.words <= 10
        return line.kind in {"furniture", "byline"} or not line.prose or question

    # ── what is left

    def _repeated(self) -> None:
        """A teaser is the head of a paragraph below it; whatever stands twice counts once."""
        seen: set[str] = set()
        texts = [line for line in self.lines if line.kind is None and len(line.text) >= REPEATED]
        last = {plain(line.text): number for number, line in enumerate(texts)}
        for number, line in enumerate(texts):
            text = plain(line.text)
            stem = text.rstrip(".… ")
            if text in seen or any(_begins(later, stem) for later in texts[number + 1 : number + 5]):
                line.kind = "furniture"
            elif text in last and last[text] - number > 0 and number < 4:
                line.kind = "furniture"  # an extract at the head of a page stands below in its place
                continue
            seen.add(text)

    def _rest(self) -> None:
        listing = False
        prose = any(line.prose for line in self.lines)  # where no line is, short lines are the text
        for line in self.lines:
            if line.kind is not None:
                listing = False
                continue
            if line.preset is not None and line.preset != "body":
                line.kind = line.preset
            elif _quoted(line.text):
                line.kind = "quote"
            elif line.prose or line.item or listing or line.words > 12 or line.ends:
                line.kind = "body"
            else:
                line.kind = "heading" if prose else "body"
            listing = line.text.endswith(":") or line.item or (listing and not line.prose)

    def _block(self, line: Line) -> list[Block]:
        kind: BlockKind = line.kind or "body"
        if kind == "part" and line.part is not None and self.parts[line.part].start == line.start:
            found = dated_title(line, language=self.language)
            if found is None:  # a date alone over its text
                return [Block(kind="furniture", start=line.start, end=line.end, part=line.part)]
            title = line.start + found[1]
            return [
                Block(kind="furniture", start=line.start, end=title, part=line.part),
                Block(kind="part", start=title, end=line.end, part=line.part),
            ]
        return [Block(kind=kind, start=line.start, end=line.end, part=line.part)]


def _begins(later: Line, stem: str) -> bool:
    """Whether a paragraph begins with the words of a teaser and goes on."""
    return later.low.startswith(stem[:300]) and len(text := plain(later.text)) > len(stem) + 1 and text.startswith(stem)


def _titled(text: str) -> bool:
    """Whether most long words of a line have capitals, as in the titles of some houses."""
    long = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return sum(1 for word in long if word[0].isupper()) > 0.7 * len(long)


def _quoted(text: str) -> bool:
    """Whether a paragraph is somebody's words from end to end, or goes on with a quotation from the one before."""
    if text[0] == "“":
        close = text.find("”")
        return close == -1 or (close >= len(text) - 2 and text.count("“") <= 2)
    if text[0] == '"':
        marks = text.count('"')
        return marks == 1 or (marks == 2 and text.rstrip(".,").endswith('"'))
    return False
