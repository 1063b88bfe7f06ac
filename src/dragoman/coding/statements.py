"""Statements: who said what to whom, in exact words or as a reported clause, with stance and topic."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

import msgspec

from dragoman.coding import phrases
from dragoman.coding.context import Sentence
from dragoman.coding.lemmas import lemma
from dragoman.coding.quotes import Quote, quotations
from dragoman.coding.roles import Roles
from dragoman.coding.tree import Tree
from dragoman.model import DateSpan, Entity, Evidence, Reason, Statement, Trigger

_RULES = "patterns/en/stances.yaml"
#: Words between a verb of saying and its quotation beyond which they do not belong together.
_REACH = 140
_TOPIC = 70


class _Verb(NamedTuple):
    stance: str
    follows: bool
    rule: str


class _Words(NamedTuple):
    verbs: dict[str, _Verb]
    forms: re.Pattern[str]
    gate: re.Pattern[str]
    stances: tuple[tuple[str, re.Pattern[str]], ...]
    about: re.Pattern[str]
    addressee: re.Pattern[str]
    questioners: frozenset[str]
    answers: frozenset[str]
    nominal: frozenset[str]
    infinitive: frozenset[str]
    clause_only: frozenset[str]
    not_clause: frozenset[str]
    carriers: re.Pattern[str]
    short: int


@functools.lru_cache(maxsize=1)
def _words() -> _Words:
    file = phrases.pattern_file("stances")
    verbs: dict[str, _Verb] = {}
    for number, row in enumerate(file["verbs"], 1):
        for verb in row["verb"]:
            verbs.setdefault(verb, _Verb(row["stance"], bool(row.get("follows")), f"verbs[{number}]"))
    for verb in file["follow_verbs"]:
        verbs[verb] = verbs[verb]._replace(follows=True)
    forms = {form for verb in verbs for form in _inflected(verb)}
    said = phrases.either(forms)
    return _Words(
        verbs=verbs,
        forms=re.compile(rf"(?<![\w-]){said}(?![\w-])", re.IGNORECASE),
        gate=re.compile(rf"[“”«»\"]|‘|\baccording to\b|(?<![\w-]){said}(?![\w-])", re.IGNORECASE),
        stances=tuple((row["stance"], re.compile(row["form"], re.IGNORECASE)) for row in file["words"]),
        about=re.compile(rf"\b{phrases.either(file['about'])}\s+((?:the\s+|a\s+|an\s+)?[\w’'-]+(?:\s+(?!said|told|that|on\b|in\b|at\b)[\w’'-]+){{0,5}})", re.IGNORECASE),
        addressee=re.compile(rf"\s+(?:to\s+)?(?:the\s+|a\s+)?({phrases.either(file['addressee_words'])})\b", re.IGNORECASE),
        questioners=frozenset(file["questioners"]),
        answers=frozenset(file["answers"]),
        nominal=frozenset(file["nominal"]),
        infinitive=frozenset(file["infinitive"]),
        clause_only=frozenset(file["clause_only"]),
        not_clause=frozenset(file["not_clause"]),
        carriers=re.compile(rf"\b{phrases.either(file['carriers'])}\b", re.IGNORECASE),
        short=int(file["short_quote"]),
    )


def _inflected(verb: str) -> set[str]:
    """The forms of a verb that the lemma table leads back to it; regular ones are made and tried."""
    head, _, tail = verb.partition(" ")
    tries = {head, head + "s", head + "es", head + "ed", head + "d", head + "ing", head[:-1] + "ing", head[:-1] + "ied",
             head[:-1] + "ies", head + head[-1] + "ed", head + head[-1] + "ing", *_irregular(head)}  # fmt: skip
    good = {form for form in tries if form == head or any(lemma(form, tag) == head for tag in ("VBD", "VBZ", "VBG", "VBN"))}
    return {f"{form} {tail}" if tail else form for form in good}


def _irregular(verb: str) -> set[str]:
    from dragoman.coding.lemmas import irregular  # noqa: PLC0415  # the table is read once, when first needed

    return {form for (form, kind), base in irregular().items() if base == verb and kind == "V"}


def gate(text: str) -> bool:
    """Whether a text holds quotation marks or a verb of saying at all."""
    return _words().gate.search(text) is not None


def claims(sentence: Sentence) -> list[Statement]:
    """The statements of one sentence by itself; `document_claims` carries speakers from sentence to sentence."""
    return document_claims([sentence])


class _State:
    """What a document's statements so far leave for the next: the last speaker, the speakers of labels."""

    def __init__(self) -> None:
        self.last: Entity | None = None
        self.labels: dict[str, Entity | None] = {}
        self.open_quote = False
        self.sender: Entity | None = None


def document_claims(sentences: list[Sentence]) -> list[Statement]:
    """The statements of a document in order; the speaker is carried over quotations that follow one another."""
    state = _State()
    found: list[Statement] = []
    part: int | None = None
    for paragraph in phrases.paragraphs(sentences):
        if paragraph[0].passage.part != part:
            state, part = _State(), paragraph[0].passage.part
        if paragraph[0].passage.speaker_label:
            found.extend(_transcript(paragraph, state))
        else:
            found.extend(_paragraph(paragraph, state))
    return found


# -- transcripts -----------------------------------------------------------------------------------------------------


def _transcript(paragraph: list[Sentence], state: _State) -> list[Statement]:
    """One statement for what a labelled speaker says in one paragraph, where it takes a stand or names a party."""
    found: list[Statement] = []
    run: list[Sentence] = []
    for sentence in [*paragraph, None]:
        if run and (sentence is None or sentence.passage.speaker_label != run[0].passage.speaker_label):
            made = _spoken(run, state)
            if made is not None:
                found.append(made)
            run = []
        if sentence is not None:
            run.append(sentence)
    return found


def _spoken(run: list[Sentence], state: _State) -> Statement | None:
    first, text = run[0], run[0].document.text
    label = first.passage.speaker_label.strip()
    start, end = first.passage.start, run[-1].passage.end
    lower = label.lower().rstrip(".:")
    at = text.find(label, start, start + len(label) + 4)
    if lower in _words().questioners:
        return None
    if label not in state.labels:
        state.labels[label] = _labelled(first, label, at if at >= 0 else None, state)
    speaker = state.labels[label]
    if at >= 0:
        start = at + len(label)
        start += len(re.compile(r"\s*(?:\([^()]{0,60}\)\s*)?[:.]?\s*(?:[–—-]\s)?").match(text, start).group())  # type: ignore[union-attr]
    words = text[start:end].strip()
    if speaker is None or len(words.split()) < 6:
        return None
    stance, rule = _stance("", words)
    if not stance and not any(sentence.hits for sentence in run):
        return None
    state.last = speaker
    return _statement(
        run, Quote(start, end, start, end, True), speaker,
        _Told(quote=words, stance=stance, topic=_topic_of(run, start, end), rule=f"transcript label; {rule}", date=first.dates.fallback),
    )  # fmt: skip


def _labelled(sentence: Sentence, label: str, at: int | None, state: _State) -> Entity | None:
    if label.lower().rstrip(".:") in _words().answers:
        return state.last
    if at is not None:
        found = sentence.actors.entities(phrases.mention(at, at + len(label)), subject=True)
        if found:
            return found[0]
    for known, speaker in state.labels.items():
        # "Vladimir Putin:" after "President of Russia Vladimir Putin:"
        if speaker is not None and (known.lower().endswith(label.lower()) or label.lower().endswith(known.lower())):
            return speaker
    return Entity(text=label, start=at, end=at + len(label) if at is not None else None, name=label.title() if label.isupper() else label, how="label")


# -- paragraphs ------------------------------------------------------------------------------------------------------


class _Told(NamedTuple):
    """What is said, apart from who says it."""

    quote: str = ""
    content: str = ""
    stance: str = ""
    topic: str = ""
    rule: str = ""
    addressee: Entity | None = None
    trigger: tuple[int, int] | None = None
    date: DateSpan | None = None


class _Saying(NamedTuple):
    """A verb (or "according to", or a colon) that gives words to a speaker."""

    sentence: Sentence
    start: int
    end: int
    verb: str
    speaker: Entity | None
    addressee: Entity | None


def _paragraph(paragraph: list[Sentence], state: _State) -> list[Statement]:
    text = paragraph[0].document.text
    low, high = paragraph[0].passage.start, paragraph[-1].passage.end
    quotes = quotations(text, low, high)
    found: list[Statement] = []
    trees: dict[int, tuple[Tree, Roles] | None] = {}
    goes_on = state.open_quote and bool(quotes) and quotes[0].start - low < 3
    done: set[int] = set()
    for sentence in paragraph:
        key = sentence.passage.start
        tree = phrases.tree_of(sentence)
        trees[key] = (tree, phrases.roles_of(sentence, tree)) if tree is not None else None
        here = [quote for quote in quotes if sentence.passage.start <= quote.start < sentence.passage.end]
        for statement in _reported(sentence, trees[key], quotes, state):
            found.append(statement)
            done.update(quote.start for quote in here if statement.evidence.start <= quote.start < statement.evidence.end and text[quote.low : quote.high] in statement.content)
        for quote in here:
            if quote.start in done:
                continue
            made = _quoted(paragraph, sentence, quote, (quotes, trees, state), goes_on=goes_on and quote is quotes[0])
            if made is not None:
                found.append(made)
                state.last = made.speaker
        _remember_sender(sentence, trees[key], state)
    # a quotation that nobody closes, or that ends its paragraph, may go on in the next
    state.open_quote = bool(found) and bool(quotes) and (not quotes[-1].closed or high - quotes[-1].end < 3)
    return _merged(sorted(found, key=lambda claim: (claim.evidence.start, claim.trigger.start if claim.trigger else 0)))


def _remember_sender(sentence: Sentence, parsed: tuple[Tree, Roles] | None, state: _State) -> None:
    """Who acted last, for "the message reads"."""
    for hit in phrases.covering(sentence.hits, sentence.passage.start, sentence.passage.end)[:1]:
        found = sentence.actors.entities(phrases.mention(hit.start, hit.end), subject=True)
        if found and (parsed is None or hit.start - sentence.passage.start < 60):
            state.sender = found[0]


def _quoted(
    paragraph: list[Sentence], sentence: Sentence, quote: Quote,
    context: tuple[list[Quote], dict[int, tuple[Tree, Roles] | None], _State], *, goes_on: bool,
) -> Statement | None:  # fmt: skip
    """The statement of one quotation, if anybody can be said to have said it."""
    quotes, trees, state = context
    text = sentence.document.text
    inner = phrases.squeeze(text[quote.low : quote.high])
    count = len(inner.split())
    saying = _attribution(paragraph, sentence, quote, (quotes, trees, state))
    title = inner[:1].isupper() and not re.search(r"[.,?!…]$", inner) and count < 9 and all(word[0].isupper() or len(word) < 5 for word in inner.split())
    if saying is None or saying.speaker is None:
        follows = quote is not quotes[0] or goes_on or _opens_paragraph(paragraph, quote)
        whole = inner[:1].isupper() or goes_on
        if state.last is None or count < _words().short or not whole or not follows or title:
            return None
        if not goes_on and not _only_quotes(text, paragraph, quotes, quote):
            return None
        speaker, verb, mark, addressee, rule = state.last, "", None, None, "speaker carried over"
    else:
        if (title and count < 9 and not re.search(r"[:,]\s*$", text[max(0, quote.start - 3) : quote.start])) or not inner:
            return None
        speaker, verb, mark, addressee = saying.speaker, saying.verb, (saying.start, saying.end), saying.addressee
        rule = _words().verbs[verb].rule if verb in _words().verbs else verb or "colon"
    stance, seen = _stance(verb, inner)
    content = "" if inner[:1].isupper() else _partial(text, sentence, quote, mark)
    told = _Told(
        quote=inner, content=content, stance=stance, topic=_topic_of(paragraph, quote.low, quote.high, mark), rule=f"{rule}; {seen}",
        addressee=addressee, trigger=mark, date=_when(sentence, mark, quote),
    )  # fmt: skip
    covered = [one for one in paragraph if one.passage.end > min(quote.start, mark[0] if mark else quote.start) and one.passage.start < quote.end]
    return _statement(covered or [sentence], quote, speaker, told)


def _opens_paragraph(paragraph: list[Sentence], quote: Quote) -> bool:
    return quote.start - paragraph[0].passage.start < 3


def _only_quotes(text: str, paragraph: list[Sentence], quotes: list[Quote], quote: Quote) -> bool:
    """Whether nothing but quotations stands around one: its sentence begins or ends with it and says nothing else."""
    low, high = paragraph[0].passage.start, paragraph[-1].passage.end
    before = max([low, *(one.end for one in quotes if one.end <= quote.start)])
    outside = text[before : quote.start].strip(" \n\t.,–—-:")
    behind = re.split(r"(?<=[.?!])\s", text[quote.end : high].strip())[0].strip(" .,")
    return len(outside.split()) < 2 and (len(behind.split()) < 3 or text[quote.high - 1 : quote.high] in ".?!…")


def _attribution(
    paragraph: list[Sentence], sentence: Sentence, quote: Quote,
    context: tuple[list[Quote], dict[int, tuple[Tree, Roles] | None], _State],
) -> _Saying | None:  # fmt: skip
    quotes, trees, state = context
    text = sentence.document.text
    left_low = max([sentence.passage.start, *(one.end for one in quotes if one.end <= quote.start)])
    last = next((one for one in paragraph if one.passage.start < quote.end <= one.passage.end), sentence)
    right_high = min([last.passage.end, *(one.start for one in quotes if one.start >= quote.end)])
    follower = next((one for one in paragraph if 0 <= one.passage.start - quote.end < 3), None)
    if follower is not None and right_high - quote.end < 3 and (follower.passage.text[:1].islower() or _words().forms.match(follower.passage.text)):
        last, right_high = follower, follower.passage.end
    left = text[left_low : quote.start]
    inner_end = text[quote.high - 1 : quote.high]
    right_first = inner_end in ",?!" or text[quote.end : quote.end + 1] == ","
    if re.search(r"[:,]\s*$", left) and len(left.split()) > 1:
        right_first = right_first and not left.rstrip().endswith(":")
        if not right_first:
            right_first = False
    orders = ("right", "left") if right_first else ("left", "right")
    for side in orders:
        if side == "right":
            found = _right(last, quote.end, right_high, trees.get(last.passage.start), state)
        else:
            found = _left(sentence, left_low, quote.start, trees.get(sentence.passage.start), state)
        if found is not None:
            return found
    if left_low > sentence.passage.start and not inner_end == ",":
        # further quoted words of one sentence: "X said A was “…” and marked by “…”"
        return _left(sentence, sentence.passage.start, left_low, trees.get(sentence.passage.start), state, outside=quotes)
    return None


def _right(sentence: Sentence, low: int, high: int, parsed: tuple[Tree, Roles] | None, state: _State) -> _Saying | None:
    """“…,” said X / X said / according to X."""
    text = sentence.document.text
    according = re.compile(r"\s*,?\s*according to\s+").match(text, low, high)
    if according:
        return _Saying(sentence, according.start(), according.end(), "", _name_after(sentence, according.end(), high), None)
    for match in _words().forms.finditer(text, low, min(high, low + 110)):
        between = text[low : match.start()]
        if re.search(r"[;:]|\.\s", between) or len(between.split()) > 9:
            return None
        inverted = len(between.strip(" ,")) == 0
        if not inverted and not _can_say(text, low, match, parsed):
            continue
        speaker = _name_after(sentence, match.end(), high) if inverted else _name_before(sentence, low, match.start(), parsed, state)
        if speaker is None and inverted:
            continue
        verb = _base(match.group())
        return _Saying(sentence, match.start(), match.end(), verb, _carry(text, match.start(), low, verb, speaker, state), _addressee(sentence, match.end(), high))
    return None


def _left(
    sentence: Sentence, low: int, high: int, parsed: tuple[Tree, Roles] | None, state: _State, outside: list[Quote] | None = None,
) -> _Saying | None:  # fmt: skip
    """X said: “…” / X: “…” / according to X, “…” / X said that the talks were “…”."""
    text = sentence.document.text
    marks = [m for m in _words().forms.finditer(text, low, high) if high - m.end() < _REACH]
    if outside:
        marks = [m for m in marks if not any(one.start < m.end() and m.start() < one.end for one in outside)]
    for match in reversed(marks):
        if re.search(r"[.?!]\s+[A-Z]", text[match.end() : high]) or not _can_say(text, low, match, parsed):
            continue
        verb = _base(match.group())
        speaker = _name_before(sentence, low, match.start(), parsed, state)
        if speaker is None:
            continue
        return _Saying(sentence, match.start(), match.end(), verb, _carry(text, match.start(), low, verb, speaker, state), _addressee(sentence, match.end(), high))
    according = re.compile(r"\baccording to\s+", re.IGNORECASE).search(text, low, high)
    if according:
        return _Saying(sentence, according.start(), according.end(), "", _name_after(sentence, according.end(), high), None)
    colon = re.compile(r"\s*([A-Z][^:“”\"\n]{1,90}):\s*$").match(text, low, high)
    if colon:
        head = colon.group(1)
        if _words().carriers.search(head) and state.sender is not None:
            return _Saying(sentence, low, colon.end(), "", state.sender, None)
        found = sentence.actors.entities(phrases.mention(colon.start(1), colon.end(1)), subject=True)
        if found:
            return _Saying(sentence, colon.start(1), colon.end(), "", found[0], None)
    return None


def _can_say(text: str, low: int, match: re.Match[str], parsed: tuple[Tree, Roles] | None) -> bool:
    """Whether a form of a verb of saying is a verb here ("the offer", "state", "claims" are often nouns)."""
    if parsed is not None:
        token = phrases.token_at(parsed[0], match.start())
        if token is not None and parsed[0].ends[token] <= match.end():
            return parsed[0].is_verb(token)
    before = re.search(r"(\w+)\s+$", text[low : match.start()])
    return before is None or before.group(1).lower() not in {"the", "a", "an", "this", "that", "its", "his", "her", "their", "our", "of", "any", "no"}


def _base(form: str) -> str:
    head, _, tail = form.lower().partition(" ")
    words = _words().verbs
    for tag in ("VBD", "VBZ", "VBG", "VBN"):
        base = lemma(head, tag) + (f" {' '.join(tail.split())}" if tail else "")
        if base in words:
            return base
    return head


_PRONOUN = re.compile(r"\b(?:he|she|they|we|I)\b", re.IGNORECASE)
_PERSON = re.compile(r"(?:(?:Mr|Mrs|Ms|Dr|MR|MS|Sir|Lord)\.?\s+)?[A-Z][\w’'-]+(?:\s+(?:[A-Z][\w’'.-]*|de|van|von|bin|al|el)){0,4}")


def _carry(text: str, at: int, low: int, verb: str, speaker: Entity | None, state: _State) -> Entity | None:
    """ "He added" goes on with whoever spoke last, whatever else was named between."""
    before = text[max(low, at - 30) : at]
    row = _words().verbs.get(verb)
    if row is not None and row.follows and state.last is not None and _PRONOUN.search(before) and not _PERSON.search(re.sub(r"^\W*[A-Z]\w*", "", before)):
        return state.last
    return speaker


def _name_after(sentence: Sentence, low: int, high: int) -> Entity | None:
    """The speaker behind "said" or "according to"."""
    text = sentence.document.text
    stop = re.compile(r"[,.;:“”\"]\s|[,.;:“”\"]$|\s(?:in|on|at|who|after|before|during|when|as|told|yesterday|while)\s").search(text, low + 2, high)
    end = stop.start() if stop else min(high, low + 80)
    return _phrase_speaker(sentence, low, end, text)


def _name_before(
    sentence: Sentence, low: int, at: int, parsed: tuple[Tree, Roles] | None, state: _State,
) -> Entity | None:  # fmt: skip
    """The subject of a verb of saying: by the parse, else the last name before it."""
    text = sentence.document.text
    if parsed is not None:
        tree, roles = parsed
        token = phrases.token_at(tree, at)
        whole = token is not None and re.fullmatch(r"[\w’'-]+", tree.words[token]) is not None
        if token is not None and whole and tree.is_verb(token) and not tree.passive(token):
            subject = tree.grammatical_subject(token)
            if subject is not None:
                named = roles.named(subject, subject=True)
                if named:
                    return named[0]
                a, b = tree.phrase(subject)
                phrase = text[tree.starts[a] : tree.ends[b]]
                if _words().carriers.search(phrase) and not _PERSON.match(phrase[4:]):
                    return state.sender
                if tree.tags[subject].startswith("NNP"):
                    return Entity(text=phrase, start=tree.starts[a], end=tree.ends[b], name=phrase, how="name")
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
    pronoun = list(_PRONOUN.finditer(text, start, at))
    if pronoun:
        found = sentence.actors.entities(phrases.mention(*pronoun[-1].span()), subject=True)
        return found[0] if found else state.last
    return _phrase_speaker(sentence, start, at, text) if parsed is None else None


def _merged(found: list[Statement]) -> list[Statement]:
    """Several partly quoted stretches of one saying as one statement."""
    kept: list[Statement] = []
    for claim in found:
        last = kept[-1] if kept else None
        same = last is not None and last.trigger == claim.trigger and last.evidence == claim.evidence and bool(claim.content)
        if last is not None and same and last.content == claim.content:
            quote = last.quote if claim.quote in last.quote else f"{last.quote} … {claim.quote}"
            kept[-1] = msgspec.structs.replace(last, quote=quote, stance=last.stance or claim.stance, topic=last.topic or claim.topic)
        else:
            kept.append(claim)
    return kept


def _phrase_speaker(sentence: Sentence, low: int, end: int, text: str) -> Entity | None:
    phrase = text[low:end].strip(" ,")
    if not phrase:
        return None
    start = text.find(phrase, low, end)
    found = sentence.actors.entities(phrases.mention(start, start + len(phrase)), subject=True)
    if found:
        return found[0]
    for hit in reversed(phrases.covering(sentence.hits, start, start + len(phrase))):
        named = sentence.actors.entities(phrases.mention(hit.start, hit.end), subject=True)
        if named:
            return named[0]
    person = list(_PERSON.finditer(phrase))
    if person and len(person[-1].group().split()) > 1:
        words = person[-1].group()
        at = start + person[-1].start()
        return Entity(text=words, start=at, end=at + len(words), name=words, how="name")
    return None


def _addressee(sentence: Sentence, low: int, high: int) -> Entity | None:
    text = sentence.document.text
    match = _words().addressee.match(text, low, high)
    if match:
        return Entity(text=match.group(1), start=match.start(1), end=match.end(1), name=match.group(1))
    to = re.compile(r"\s+(?:to\s+)?(?=[A-Z])").match(text, low, high)
    if to is None:
        return None
    for hit in phrases.covering(sentence.hits, to.end(), min(high, to.end() + 50))[:1]:
        if hit.start == to.end():
            found = sentence.actors.entities(phrases.mention(hit.start, hit.end), subject=True)
            return found[0] if found else None
    return None


_MODALS = frozenset({"would", "could", "might", "may", "should", "must", "can", "will", "'d"})


# -- reported clauses ------------------------------------------------------------------------------------------------


def _reported(sentence: Sentence, parsed: tuple[Tree, Roles] | None, quotes: list[Quote], state: _State) -> list[Statement]:
    """Statements told as a clause or an object: "X said that …", "X urged Y to …", "X condemned …"."""
    if parsed is None:
        return []
    tree, roles = parsed
    words, text = _words(), sentence.document.text
    found: list[Statement] = []
    for token in range(tree.n):
        if not tree.is_verb(token) or any(quote.start <= tree.starts[token] < quote.end for quote in quotes):
            continue
        base = tree.lemmas[token]
        particles = tree.particle(token)
        verb = next((f"{base} {p}" for p in sorted(particles) if f"{base} {p}" in words.verbs), base)
        if verb not in words.verbs or tree.passive(token) or tree.negated(token) or _unreal(tree, token):
            continue
        span = _content(tree, token, verb)
        if span is None or (span[0] < tree.starts[token] < span[1]):
            continue
        if any(quote.start <= span[0] and span[1] <= quote.end + 1 for quote in quotes):
            continue  # the exact words speak for themselves
        speaker = _subject_speaker(tree, roles, token, state, text)
        if speaker is None:
            continue
        speaker = _carry(text, tree.starts[token], sentence.passage.start, verb, speaker, state)
        content = phrases.squeeze(text[span[0] : span[1]]).strip(" ,:")
        if re.fullmatch(r"[“”\"«][^“”\"«»]*[“”\"»]?", content):
            continue
        inside = [quote for quote in quotes if span[0] <= quote.start < span[1]]
        stance, seen = _stance(verb, content)
        told = _Told(
            quote=" … ".join(phrases.squeeze(text[quote.low : quote.high]) for quote in inside), content=content, stance=stance,
            topic=_topic(tree, sentence, span), rule=f"{words.verbs[verb].rule}; {seen}",
            addressee=_addressee(sentence, tree.ends[token], span[0]), trigger=(tree.starts[token], tree.ends[token]),
            date=_when(sentence, (tree.starts[token], tree.ends[token]), None),
        )  # fmt: skip
        state.last = speaker
        found.append(_statement([sentence], Quote(span[0], span[1], span[0], span[1], True), speaker, told))
    return found


def _unreal(tree: Tree, token: int) -> bool:
    """Whether the saying itself is asked, conditional or an order ("if X says", "would say", "to say the least")."""
    if any(tree.lower[kid] in {"if", "unless", "whether", "to"} for kid in tree.kids[token] if tree.deps[kid] == "mark"):
        return True
    chain = [token]
    while tree.deps[chain[-1]] in {"conj", "xcomp"} and len(chain) < 6:
        chain.append(tree.heads[chain[-1]])
    return any(tree.lower[kid] in _MODALS for verb in chain for kid in tree.kids[verb] if tree.deps[kid] == "aux")


def _content(tree: Tree, token: int, verb: str) -> tuple[int, int] | None:
    """The offsets of what is said: a complement clause, an infinitive or, for some verbs, the object."""
    words = _words()
    for kid, form in tree.clauses(token):
        if kid < token and tree.deps[kid] != "ccomp":
            continue
        if verb in words.not_clause or tree.deps[kid] == "parataxis" or (form == "inf" and verb not in words.infinitive) or form == "gerund":
            continue
        if tree.deps[kid] not in {"ccomp", "xcomp"} and not (form == "inf" and tree.deps[kid] in {"advcl", "xcomp"}):
            continue
        below = [index for index in tree.subtree(kid) if kid > token and index > token or kid < token]
        while below and (tree.lower[below[0]] in {"that", ","} or tree.tags[below[0]] in {",", "``"}):
            below = below[1:]
        if len(below) > 2:
            return phrases.span_of(tree, below)
    if verb in words.nominal:
        held = tree.child(token, "obj")
        if held is not None and held > token:
            return phrases.span_of(tree, tree.subtree(held))
    return None


def _subject_speaker(tree: Tree, roles: Roles, token: int, state: _State, text: str) -> Entity | None:
    subject = tree.grammatical_subject(token)
    if subject is None or subject == token or tree.tags[subject] in {"WP", "WDT", "EX"}:
        return None
    if tree.tags[subject] == "PRP" and tree.lower[subject] in {"he", "she", "it"}:
        # "X said he was grateful but insisted …": whoever speaks above
        for up in tree.path_up(token):
            if up != token and tree.is_verb(up) and tree.lemmas[up] in _words().verbs:
                above = tree.grammatical_subject(up)
                if above is not None and tree.tags[above] != "PRP":
                    return next(iter(roles.named(above, subject=True)), None)
    named = roles.named(subject, subject=True)
    if named:
        return named[0]
    if tree.tags[subject] == "PRP":
        return state.last if tree.lower[subject] in {"he", "she"} else None
    a, b = tree.phrase(subject)
    phrase = text[tree.starts[a] : tree.ends[b]]
    if _words().carriers.fullmatch(tree.words[subject]) and state.sender is not None and tree.lemmas[subject] in {"message", "telegram", "letter"}:
        return state.sender
    if tree.tags[subject].startswith("NNP") and b - a >= 1:
        return Entity(text=phrase, start=tree.starts[a], end=tree.ends[b], name=phrase, how="name")
    return None


# -- parts -----------------------------------------------------------------------------------------------------------


def _stance(verb: str, said: str) -> tuple[str, str]:
    """The stance with the words that show it: the verb's own, else what is said, else what the verb lends."""
    row = _words().verbs.get(verb)
    own = row.stance if row is not None else ""
    if own and own != "asserts":
        return own, verb
    for stance, form in _words().stances:
        match = form.search(said)
        if match:
            return stance, match.group()
    return own, verb


def _partial(text: str, sentence: Sentence, quote: Quote, mark: tuple[int, int] | None) -> str:
    """The clause around partly quoted words, from the verb of saying to the end of the sentence."""
    if mark is None or mark[0] > quote.start or not sentence.passage.start <= mark[0] < sentence.passage.end:
        return ""
    clause = text[mark[1] : max(quote.end, min(sentence.passage.end, quote.end + 200))]
    return re.sub(r"^[\s,:]*(?:that\s+)?", "", phrases.squeeze(clause)).strip(" .,")


def _topic_of(run: list[Sentence], low: int, high: int, mark: tuple[int, int] | None = None) -> str:
    """What some words are about: behind "about" beside the verb, by the parse, else the first name in them."""
    sentence = next((one for one in run if one.passage.start <= low < one.passage.end), run[0])
    text = sentence.document.text
    if mark is not None:
        beside = _words().about.search(text, mark[1], min(len(text), mark[1] + 90)) if mark[1] <= low else None
        if beside and beside.end() <= low + 1:
            return phrases.squeeze(beside.group(1))[:_TOPIC]
    tree = phrases.tree_of(sentence)
    if tree is not None:
        return _topic(tree, sentence, (max(low, sentence.passage.start), min(high, sentence.passage.end)))
    for hit in phrases.covering(sentence.hits, low, high)[:1]:
        return hit.text
    return ""


def _topic(tree: Tree, sentence: Sentence, span: tuple[int, int]) -> str:
    """A short noun phrase of a clause: its object, its "on" phrase or its subject, no pronoun."""
    inside = [index for index in range(tree.n) if span[0] <= tree.starts[index] < span[1]]
    best: tuple[int, int] | None = None
    for index in inside:
        if not tree.is_noun(index):
            continue
        dep = tree.deps[index]
        rank = {"nsubj": 2, "nsubj:pass": 0, "obj": 1, "obl": 3, "nmod": 3}.get(dep, 4)
        if tree.prep(index) in {"on", "about", "over", "of"} and dep in {"obl", "nmod"}:
            rank = 1
        if best is None or rank < best[0]:
            best = (rank, index)
    if best is None:
        return ""
    a, b = tree.phrase(best[1])
    start, end = max(span[0], tree.starts[a]), tree.ends[b]
    words = phrases.squeeze(sentence.document.text[start:end]).strip(" ,“”\"")
    return words if len(words) <= _TOPIC else tree.words[best[1]]


def _when(sentence: Sentence, mark: tuple[int, int] | None, quote: Quote | None) -> DateSpan | None:
    """The day beside the verb of saying ("said on Monday"), else the document's."""
    if mark is not None and sentence.passage.start <= mark[0] < sentence.passage.end:
        low, high = max(sentence.passage.start, mark[0] - 50), min(sentence.passage.end, mark[1] + 50)
        for a, b, span in phrases.dates_in(sentence, low, high):
            if quote is None and b > mark[1] + 20:
                continue
            if quote is None or b <= quote.start or a >= quote.end:
                return span
    return sentence.dates.fallback


def _statement(run: list[Sentence], quote: Quote, speaker: Entity, told: _Told) -> Statement:
    first, last = run[0].passage, run[-1].passage
    document = run[0].document
    low, high = first.start, max(last.end, min(quote.end, last.end))
    mark = told.trigger or (quote.start, min(quote.end, quote.start + 40))
    return Statement(
        evidence=Evidence(document=document.id, start=low, end=high, text=document.text[low:high]),
        trigger=Trigger(text=document.text[mark[0] : mark[1]], start=mark[0], end=mark[1]),
        id=phrases.claim_id(run[0], "statement", quote.start, quote.end, speaker.name or speaker.text),
        speaker=speaker,
        addressee=told.addressee,
        quote=told.quote,
        content=told.content,
        stance=told.stance,
        topic=told.topic,
        date=told.date,
        confidence=0.9 if speaker.country else 0.6,
        why=(Reason(step="coding", rule=f"{_RULES} {told.rule}"[:160], detail=document.text[mark[0] : mark[1]][:120]),),
    )
