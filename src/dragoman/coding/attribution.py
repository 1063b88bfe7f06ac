"""Who said a quotation: by the verb of saying before or behind it, "according to", or a colon."""

from __future__ import annotations

import re
from typing import NamedTuple

from dragoman.coding import phrases
from dragoman.coding.context import Sentence
from dragoman.coding.lemmas import lemma
from dragoman.coding.quotes import Quote
from dragoman.coding.roles import Roles
from dragoman.coding.speakers import at_home, belonging, known_again
from dragoman.coding.speech import PRONOUN, REACH, State, lexis
from dragoman.coding.tree import Tree
from dragoman.model import Entity

#: A name between a comma and its verb of saying has fewer words than this.
_SHORT = 7


class Saying(NamedTuple):
    """A verb (or "according to", or a colon) that gives words to a speaker."""

    sentence: Sentence
    start: int
    end: int
    verb: str
    speaker: Entity | None
    addressee: Entity | None


def ended(text: str, quote: Quote) -> Quote:
    """A quotation that nobody closes ends where somebody is said to have said it ("“We go, said X in Paris.")."""
    if quote.closed:
        return quote
    said = re.compile(rf",\s+(?={lexis().forms.pattern}\s+[A-Z])", re.IGNORECASE)
    for match in said.finditer(text, quote.low, quote.high):
        if text[match.end() :].split(maxsplit=2)[1][:1].isupper():
            return Quote(quote.start, match.start(), quote.low, match.start(), True)
    return quote


def attribution(
    paragraph: list[Sentence],
    sentence: Sentence,
    quote: Quote,
    context: tuple[list[Quote], dict[int, tuple[Tree, Roles] | None], State],
) -> Saying | None:
    """Who said one quotation of a paragraph; the context is its quotations, parses by offset, and what went before."""
    quotes, trees, state = context
    text = sentence.document.text
    left_low = max([sentence.passage.start, *(one.end for one in quotes if one.end <= quote.start)])
    last = next((one for one in paragraph if one.passage.start < quote.end <= one.passage.end), sentence)
    right_high = min([last.passage.end, *(one.start for one in quotes if one.start >= quote.end)])
    follower = next((one for one in paragraph if 0 <= one.passage.start - quote.end < 3), None)
    if (
        follower is not None
        and right_high - quote.end < 3
        and (follower.passage.text[:1].islower() or lexis().forms.match(follower.passage.text))
    ):
        last, right_high = follower, follower.passage.end
    left = text[left_low : quote.start]
    inner_end = text[quote.high - 1 : quote.high]
    right_first = inner_end in ",?!" or text[quote.end : quote.end + 1] == ","
    if left.rstrip().endswith(":") and len(left.split()) > 1:
        right_first = False
    orders = ("right", "left") if right_first else ("left", "right")
    for side in orders:
        if side == "right":
            found = _right(last, quote.end, right_high, trees.get(last.passage.start), state)
        else:
            found = _left(sentence, left_low, quote.start, trees.get(sentence.passage.start), state)
        if found is not None and (found.speaker is None or found.speaker.country or found.speaker.name):
            return found
    if left_low > sentence.passage.start and inner_end != ",":
        # further quoted words of one sentence: "X said A was “…” and marked by “…”"
        return _left(
            sentence, sentence.passage.start, left_low, trees.get(sentence.passage.start), state, outside=quotes
        )
    return None


def _right(sentence: Sentence, low: int, high: int, parsed: tuple[Tree, Roles] | None, state: State) -> Saying | None:
    """“…,” said X / X said / according to X / “…” was how X put it / “…”: X."""
    text = sentence.document.text
    chosen = (
        lexis().chosen.match(text, low, high)
        or _HEADLINE_END.match(text, low, high)
        or _SO.match(text, low, high)
        or lexis().manner.match(text, low + len(_GAP.match(text, low, high).group()), high)  # type: ignore[union-attr]
    )
    if chosen is not None:
        speaker = _phrase_speaker(sentence, chosen.start("who"), chosen.end("who"), text)
        speaker = known_again(speaker, state.last, sentence)
        if speaker is not None and (speaker.country or "person" in speaker.how):
            return Saying(sentence, chosen.start("who"), chosen.end(), "", speaker, None)
    according = re.compile(rf"\s*,?\s*{lexis().according}\s+", re.IGNORECASE).match(text, low, high)
    if according:
        return Saying(
            sentence, according.start(), according.end(), "", _name_after(sentence, according.end(), high), None
        )
    for match in lexis().forms.finditer(text, low, min(high, low + 110)):
        between = _RELATIVE.sub("", text[low : match.start()])
        if re.search(r"[;:]|(?<!\b[A-Z])\.\s", between) or len(between.split()) > 9:
            return None
        inverted = len(between.strip(" ,")) == 0
        if not inverted and not _can_say(text, low, match, parsed):
            continue
        speaker = (
            _name_after(sentence, match.end(), high)
            if inverted
            else _name_before(sentence, low, match.start(), parsed, state)
        )
        if speaker is None and inverted:
            continue
        verb = said_by(match.group())
        return Saying(
            sentence,
            match.start(),
            match.end(),
            verb,
            carry(sentence, (low, match.start()), verb, speaker, state),
            addressee(sentence, match.end(), high),
        )
    return None


def _left(
    sentence: Sentence,
    low: int,
    high: int,
    parsed: tuple[Tree, Roles] | None,
    state: State,
    *,
    outside: list[Quote] | None = None,
) -> Saying | None:
    """X said: “…” / X: “…” / according to X, “…” / X said that the talks were “…”."""
    text = sentence.document.text
    # A word of saying is never longer than the reach, so nothing that could count ends before this.
    near = max(low, high - 2 * REACH)
    if text[low:high].rstrip().endswith(":"):
        near = max(near, text.rfind(";", low, high) + 1)  # "X said so; Y, the day before: “…”"
    marks = [m for m in lexis().forms.finditer(text, near, high) if high - m.end() < REACH]
    if outside:
        marks = [m for m in marks if not any(one.start < m.end() and m.start() < one.end for one in outside)]
    for match in reversed(marks):
        if re.search(r"[.?!]\s+[A-Z]", text[match.end() : high]) or not _can_say(text, low, match, parsed):
            continue
        verb = said_by(match.group())
        speaker = _name_before(sentence, low, match.start(), parsed, state)
        if speaker is None:
            continue
        return Saying(
            sentence,
            match.start(),
            match.end(),
            verb,
            carry(sentence, (low, match.start()), verb, speaker, state),
            addressee(sentence, match.end(), high),
        )
    according = re.compile(rf"\b{lexis().according}\s+", re.IGNORECASE).search(text, low, high)
    if according:
        return Saying(
            sentence, according.start(), according.end(), "", _name_after(sentence, according.end(), high), None
        )
    view = _FOR.match(text, low, high)
    if view is not None:
        speaker = _phrase_speaker(sentence, view.start(1), view.end(1), text)
        if speaker is not None and ("person" in speaker.how or speaker.how == "name"):
            return Saying(sentence, view.start(), view.end(), "", speaker, None)
    colon = re.compile(r"\s*([A-Z][^:“”\"\n]{1,90}):\s*$").match(text, near, high)
    if colon:
        head = colon.group(1)
        if state.last is not None and re.match(
            rf"(?:(?:and|then),?\s+)?{phrases.either(lexis().leads)}\b", head, re.IGNORECASE
        ):
            return Saying(sentence, colon.start(1), colon.end(), "", state.last, None)  # "Turning to X: “…”"
        if lexis().carriers.search(head) and state.sender is not None:
            return Saying(sentence, low, colon.end(), "", state.sender, None)
        found = sentence.actors.entities(phrases.mention(colon.start(1), colon.end(1)), subject=True)
        if not found:
            # a name alone before a comma, or with its words: "Harper's words were heard by many"
            first = re.match(rf"[^,’']+(?=,|[’']s\s+{phrases.either(lexis().sayings)}\b)", head)
            whole = first is not None and any(
                hit.kinds & {"person", "surname"} and hit.end == colon.start(1) + first.end() for hit in sentence.hits
            )
            speaker = _phrase_speaker(sentence, colon.start(1), colon.start(1) + first.end(), text) if whole else None  # type: ignore[union-attr]
            found = (speaker,) if speaker is not None else ()
        if found:
            return Saying(sentence, colon.start(1), colon.end(), "", found[0], None)
    return None


#: "“…”: X to the UN", "“…” – Minsk.": whoever stands alone behind the exact words, to the end of the sentence.
_HEADLINE_END = re.compile(
    r"\s*(?::|\s[–—-])\s+(?P<who>[A-Z][\w’'-]+(?:\s+[A-Z][\w’'.-]+){0,3}?)"
    r"(?:\s+(?:to|in|on)\s+[\w’' -]{2,30})?\s*\.?\s*$"
)
#: "“…”, so the president"
_SO = re.compile(
    r"\s*,\s+so\s+(?P<who>(?:the\s+)?[A-Z]?[\w-]+(?:\s+[A-Z][\w-]+){0,3})(?:[’']s\s+words)?(?=[.;]|\s+(?:on|in|at)\b)"
)
_GAP = re.compile(r"[\s,]*")
#: "the minister, who had flown there at once, said"
_RELATIVE = re.compile(r",\s+(?:who|which|whose|speaking|standing|visiting)\s[^,“”\"]{3,90},")
#: "For Radoslaw Sikorski, the convoy was “…”".
_FOR = re.compile(r"For\s+([A-Z][^,;:“”\"]{3,60}),\s")


def _can_say(text: str, low: int, match: re.Match[str], parsed: tuple[Tree, Roles] | None) -> bool:
    """Whether a form of a verb of saying is a verb here ("the offer", "state", "claims" are often nouns)."""
    if parsed is not None:
        token = phrases.token_at(parsed[0], match.start())
        if token is not None and parsed[0].ends[token] <= match.end():
            return parsed[0].is_verb(token)
    before = re.search(r"(\w+)\s+$", text[low : match.start()])
    return before is None or before.group(1).lower() not in {
        "the",
        "a",
        "an",
        "this",
        "that",
        "its",
        "his",
        "her",
        "their",
        "our",
        "of",
        "any",
        "no",
    }


def said_by(form: str) -> str:
    """The dictionary form of a verb of saying as it stands in a text."""
    head, _, tail = form.lower().partition(" ")
    words = lexis().verbs
    for tag in ("VBD", "VBZ", "VBG", "VBN"):
        base = lemma(head, tag) + (f" {' '.join(tail.split())}" if tail else "")
        if base in words:
            return base
    return head


def carry(sentence: Sentence, span: tuple[int, int], verb: str, speaker: Entity | None, state: State) -> Entity | None:
    """The speaker of a verb that ends a span: "he added" goes on with whoever spoke last."""
    before = sentence.document.text[max(span[0], span[1] - 30) : span[1]]
    row = lexis().verbs.get(verb)
    if row is not None and row.follows and state.last is not None and _OFFICE.search(before):
        return state.last  # "the secretary general concluded" goes on for whoever spoke
    if (
        row is not None
        and row.follows
        and state.last is not None
        and PRONOUN.search(before)
        and not lexis().person.search(re.sub(r"^\W*[A-Z]\w*", "", before))
    ):
        return state.last
    return known_again(speaker, state.last, sentence)


_OFFICE = re.compile(r"(?:^|[\s,”\"])the(?:\s[a-z-]+){1,3}\s+$")


def _name_after(sentence: Sentence, low: int, high: int) -> Entity | None:
    """The speaker behind "said" or "according to"."""
    text = sentence.document.text
    stop = re.compile(
        r"[,.;:“”\"]\s|[,.;:“”\"]$|\s(?:in|on|at|who|after|before|during|when|as|told|yesterday|while)\s"
    ).search(text, low + 2, high)
    end = stop.start() if stop else min(high, low + 80)
    return _phrase_speaker(sentence, low, end, text)


def _name_before(
    sentence: Sentence, low: int, at: int, parsed: tuple[Tree, Roles] | None, state: State,
) -> Entity | None:  # fmt: skip
    """The subject of a verb of saying: by the parse, else the last name before it."""
    text = sentence.document.text
    inside = text.rfind(", ", low, at)
    if inside >= 0 and 0 < len(text[inside + 2 : at].split()) < _SHORT and text[at - 1].isspace():
        # "The islands, Lavrov pointed out, “are …”"
        whole_name = any(hit.end >= at - 1 for hit in phrases.covering(sentence.hits, inside + 2, at))
        found = sentence.actors.entities(phrases.mention(inside + 2, at - 1), subject=True) if whole_name else ()
        if found and found[0].country:
            return found[0]
    if parsed is not None:
        tree, roles = parsed
        token = phrases.token_at(tree, at)
        whole = token is not None and re.fullmatch(r"[\w’'-]+", tree.words[token]) is not None
        if token is not None and whole and tree.is_verb(token) and not tree.passive(token):
            subject = phrases.subject_of(tree, token)
            if subject is not None and tree.starts[subject] >= low:
                named = at_home(sentence, phrases.named_at(sentence, tree, roles, subject))
                own = belonging(sentence, parsed, subject) if named is None or "person" not in named.how else None
                if own is not None:
                    return own
                if named is not None and (named.country or named.sectors):
                    return known_again(named, state.last, sentence)
                a, b = tree.phrase(subject)
                phrase = text[tree.starts[a] : tree.ends[b]]
                if lexis().carriers.search(phrase) and not lexis().person.match(phrase[4:]):
                    return state.sender
                if tree.tags[subject].startswith("NNP") or (lexis().person.fullmatch(phrase) and " " in phrase):
                    start, end = tree.starts[a], tree.ends[b]
                    if text[start - 1 : start] == "-":
                        start = next(m.start() for m in lexis().person.finditer(text, low, end) if m.end() >= end)
                    return Entity(text=text[start:end], start=start, end=end, name=text[start:end], how="name")
                if tree.tags[subject] == "PRP" and tree.lower[subject] in {"he", "she"}:
                    return state.last
                if not tree.tags[subject].startswith(("WP", "WDT")):
                    return None
    start = max(low, at - 90)
    cut = [m.end() for m in re.finditer(r"[;.]\s|,\s+(?:and|but)\s|\bthat\s", text[start:at])]
    start += cut[-1] if cut else 0
    hits = phrases.covering(sentence.hits, start, at)
    for hit in reversed(hits):
        found = sentence.actors.entities(phrases.mention(hit.start, hit.end), subject=True)
        if found:
            return found[0]
    pronoun = list(PRONOUN.finditer(text, start, at))
    if pronoun:
        found = sentence.actors.entities(phrases.mention(*pronoun[-1].span()), subject=True)
        return found[0] if found else state.last
    return _phrase_speaker(sentence, start, at, text) if parsed is None else None


def by_phrase(sentence: Sentence, low: int, high: int) -> Entity | None:
    """Whom a stretch of text names as a speaker."""
    return _phrase_speaker(sentence, low, high, sentence.document.text)


def _phrase_speaker(sentence: Sentence, low: int, end: int, text: str) -> Entity | None:
    phrase = text[low:end].strip(" ,")
    if not phrase:
        return None
    start = text.find(phrase, low, end)
    found = sentence.actors.entities(phrases.mention(start, start + len(phrase)), subject=True)
    if found:
        return at_home(sentence, found[0])
    for hit in reversed(phrases.covering(sentence.hits, start, start + len(phrase))):
        named = sentence.actors.entities(phrases.mention(hit.start, hit.end), subject=True)
        if named:
            return named[0]
    person = list(lexis().person.finditer(phrase))
    if person and len(person[-1].group().split()) > 1:
        words = person[-1].group()
        at = start + person[-1].start()
        return Entity(text=words, start=at, end=at + len(words), name=words, how="name")
    return None


def addressee(sentence: Sentence, low: int, high: int) -> Entity | None:
    """To whom something is said, right behind the verb of saying ("told reporters", "said to X")."""
    text = sentence.document.text
    match = lexis().addressee.match(text, low, high)
    if match:
        return Entity(text=match.group(1), start=match.start(1), end=match.end(1), name=match.group(1))
    to = re.compile(r"\s+(?:to\s+)?(?:the\s+)?(?=[A-Z])").match(text, low, high)
    if to is None:
        return None
    for hit in phrases.covering(sentence.hits, to.end(), min(high, to.end() + 50))[:1]:
        if hit.start == to.end():
            found = sentence.actors.entities(phrases.mention(hit.start, hit.end), subject=True)
            return found[0] if found else None
    return None
