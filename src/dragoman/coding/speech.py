"""What the coders of statements share: verbs of saying, stances, topics and how a statement is put together."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

import msgspec

from dragoman.coding import phrases
from dragoman.coding.context import Sentence
from dragoman.coding.quotes import Quote
from dragoman.coding.tree import Tree
from dragoman.model import DateSpan, Entity, Evidence, Reason, Statement, Trigger

RULES = "patterns/en/stances.yaml"
#: Words between a verb of saying and its quotation beyond which they do not belong together.
REACH = 140
TOPIC = 70


PRONOUN = re.compile(r"\b(?:he|she|they|we|I)\b", re.IGNORECASE)


class Verb(NamedTuple):
    """A verb of saying: the stance that it lends, whether it goes on with the last speaker, its line."""

    stance: str
    follows: bool
    rule: str


class Words(NamedTuple):
    """The words of `stances.yaml` as patterns."""

    verbs: dict[str, Verb]
    forms: re.Pattern[str]
    gate: re.Pattern[str]
    stances: tuple[tuple[str, re.Pattern[str]], ...]
    about: re.Pattern[str]
    addressee: re.Pattern[str]
    questioners: frozenset[str]
    answers: frozenset[str]
    person: re.Pattern[str]
    nominal: frozenset[str]
    infinitive: frozenset[str]
    clause_only: frozenset[str]
    not_clause: frozenset[str]
    with_hearer: frozenset[str]
    carriers: re.Pattern[str]
    short: int
    naming: frozenset[str]
    of_hearer: dict[str, tuple[str, ...]]
    with_prep: dict[str, tuple[str, ...]]
    close_prep: frozenset[str]
    receiving: frozenset[str]
    anonymous: re.Pattern[str]
    manner: re.Pattern[str]
    reports: re.Pattern[str]
    requesting: frozenset[str]
    plain: dict[str, frozenset[str]]
    according: str
    sayings: frozenset[str]
    chosen: re.Pattern[str]
    plainly: re.Pattern[str]
    hearers: str
    press: re.Pattern[str]
    several: re.Pattern[str]
    interviews: re.Pattern[str]
    beside_that: frozenset[str]
    leads: frozenset[str]


def _person() -> re.Pattern[str]:
    """The name of a person as it is written: capitals, a form of address, particles."""
    words = phrases.pattern_file("parties")
    capital = r"[A-Z][\w’'.-]*"
    return re.compile(
        rf"(?:{phrases.either(words['address'])}\.?\s+)?[A-Z][\w’'-]+(?:\s+(?:{capital}|{phrases.either(words['particles'])})){{0,5}}"
    )


@functools.lru_cache(maxsize=1)
def lexis() -> Words:
    """The words of saying, read once."""
    file = phrases.pattern_file("stances")
    verbs: dict[str, Verb] = {}
    for number, row in enumerate(file["verbs"], 1):
        for verb in row["verb"]:
            verbs.setdefault(verb, Verb(row["stance"], bool(row.get("follows")), f"verbs[{number}]"))
    for verb in file["follow_verbs"]:
        verbs[verb] = verbs[verb]._replace(follows=True)
    forms = {form for verb in verbs for form in phrases.inflected(verb)}
    said = phrases.either(forms)
    weak = (set(file["clause_only"]) | set(file["not_clause"])) - set(file["nominal"])
    telling = phrases.either(form for verb in verbs if verb not in weak for form in phrases.inflected(verb))
    manner = {form for verb in file["manner"] for form in phrases.inflected(verb)}
    return Words(
        verbs=verbs,
        forms=re.compile(rf"(?<![\w-]){said}(?![\w-])", re.IGNORECASE),
        gate=re.compile(
            rf"[“”«»\"]|‘|\b{phrases.either(file['according'])}\b|\b(?:both|plain|clear|known)\b|(?<![\w-]){telling}(?![\w-])",
            re.IGNORECASE,
        ),
        stances=tuple((row["stance"], re.compile(row["form"], re.IGNORECASE)) for row in file["words"]),
        about=re.compile(
            rf"\b{phrases.either(file['about'])}\s+((?:the\s+|a\s+|an\s+)?[\w’'-]+(?:\s+(?!said|told|that|on\b|in\b|at\b)[\w’'-]+){{0,5}})",
            re.IGNORECASE,
        ),
        addressee=re.compile(
            rf"\s+(?:to\s+)?(?:the\s+|a\s+)?({phrases.either(file['addressee_words'])})\b", re.IGNORECASE
        ),
        questioners=frozenset(file["questioners"]),
        answers=frozenset(file["answers"]),
        person=_person(),
        nominal=frozenset(file["nominal"]),
        infinitive=frozenset(file["infinitive"]),
        clause_only=frozenset(file["clause_only"]),
        not_clause=frozenset(file["not_clause"]),
        with_hearer=frozenset(file["with_hearer"]),
        carriers=re.compile(rf"\b{phrases.either(file['carriers'])}\b", re.IGNORECASE),
        short=int(file["short_quote"]),
        naming=frozenset(file["naming"]),
        of_hearer={verb: tuple(words) for verb, words in file["of_hearer"].items()},
        with_prep={verb: tuple(words) for verb, words in file["with_prep"].items()},
        receiving=frozenset(file["receiving"]),
        close_prep=frozenset(file["close_prep"]),
        anonymous=re.compile(rf"\bnot to be {phrases.either(file['anonymous'])}\b", re.IGNORECASE),
        manner=re.compile(rf"\b[Aa]s\s+(?P<who>[^,;“”\"]{{2,60}}?)\s+{phrases.either(manner)}\s+it\b"),
        requesting=frozenset(file["requesting"]),
        plain={verb: frozenset(words) for verb, words in file["plain"].items()},
        according=phrases.either(file["according"]),
        sayings=frozenset(file["sayings"]),
        chosen=re.compile(
            rf"\s*,?\s*(?:was|is|were|are)\s+(?:how|what|the\s+{phrases.either(file['chosen']['nouns'])}(?:\s+that|\s+which)?)\s+"
            rf"(?P<who>[A-Z][^,;.:“”\"]{{2,60}}?)\s+(?P<verb>{phrases.either(file['chosen']['verbs'])})\b"
        ),
        press=re.compile(rf"\b{phrases.either(file['press'])}(?:\s+(?:in|of|at)\s.*)?$", re.IGNORECASE),
        plainly=re.compile(
            r"\b(?:let|lets|made|makes)\s+(?:it\s+)?(?:be\s+)?"
            rf"{phrases.either({word for row in file['plain'].values() for word in row})}\b"
        ),
        hearers=phrases.either(file["addressee_words"]),
        several=re.compile(rf"{phrases.either(file['several'])}\b", re.IGNORECASE),
        interviews=re.compile(rf"\b(?i:{phrases.either(file['interviews'])})\s+(?P<who>[^\n.;?!]{{3,120}})"),
        beside_that=frozenset(file["beside_that"]),
        leads=frozenset(file["leads"]),
        reports=re.compile(rf"\b{phrases.either(file['reports'])}\b", re.IGNORECASE),
    )


class State:
    """What a document's statements so far leave for the next: the last speaker, the speakers of labels."""

    def __init__(self) -> None:
        self.last: Entity | None = None
        self.labels: dict[str, Entity | None] = {}
        self.open_quote = False
        self.sender: Entity | None = None
        self.senders: tuple[Entity, ...] = ()
        self.issued = False
        self.several: tuple[Entity, ...] = ()
        self.opened: list[tuple[Sentence, Quote]] = []
        self.spoke_until = -1


class Told(NamedTuple):
    """What is said, apart from who says it."""

    quote: str = ""
    content: str = ""
    stance: str = ""
    topic: str = ""
    rule: str = ""
    addressee: Entity | None = None
    trigger: tuple[int, int] | None = None
    date: DateSpan | None = None


def stance_of(verb: str, said: str) -> tuple[str, str]:
    """The stance with the words that show it: the verb's own, else what is said, else what the verb lends."""
    row = lexis().verbs.get(verb)
    own = row.stance if row is not None and not (verb in lexis().naming and not _CALLS.match(said)) else ""
    if verb in lexis().requesting and said.startswith("to "):
        return "demands", verb
    if own and own != "asserts":
        return own, verb
    for stance, form in lexis().stances:
        match = form.search(said)
        if match:
            return stance, match.group()
    return own, verb


#: "called on X to …", "called for …" demand something; "called it …" does not.
_CALLS = re.compile(r"\s*(?:on|for|upon|to|that)\b|\s*an end\b", re.IGNORECASE)


def partial(text: str, sentence: Sentence, quote: Quote, mark: tuple[int, int] | None) -> str:
    """The clause around partly quoted words, from the verb of saying to the end of the sentence."""
    if mark is None or mark[0] > quote.start or not sentence.passage.start <= mark[0] < sentence.passage.end:
        return ""
    clause = text[mark[1] : max(quote.end, min(sentence.passage.end, quote.end + 200))]
    return re.sub(r"^[\s,:]*(?:that\s+)?", "", phrases.squeeze(clause)).strip(" .,")


def topic_of(run: list[Sentence], low: int, high: int, mark: tuple[int, int] | None = None) -> str:
    """What some words are about: behind "about" beside the verb, by the parse, else the first name in them."""
    sentence = next((one for one in run if one.passage.start <= low < one.passage.end), run[0])
    text = sentence.document.text
    if mark is not None:
        beside = lexis().about.search(text, mark[1], min(len(text), mark[1] + 90)) if mark[1] <= low else None
        if beside and beside.end() <= low + 1:
            return phrases.squeeze(beside.group(1))[:TOPIC]
    tree = phrases.tree_of(sentence)
    if tree is not None:
        return topic_in(tree, sentence, (max(low, sentence.passage.start), min(high, sentence.passage.end)))
    for hit in phrases.covering(sentence.hits, low, high)[:1]:
        return hit.text
    return ""


def topic_in(tree: Tree, sentence: Sentence, span: tuple[int, int]) -> str:
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
    words = phrases.squeeze(sentence.document.text[start:end]).strip(' ,“”"')
    return words if len(words) <= TOPIC else tree.words[best[1]]


def when(sentence: Sentence, mark: tuple[int, int] | None, quote: Quote | None) -> DateSpan | None:
    """The day beside the verb of saying ("said on Monday"), else the document's."""
    if mark is not None and sentence.passage.start <= mark[0] < sentence.passage.end:
        low, high = max(sentence.passage.start, mark[0] - 50), min(sentence.passage.end, mark[1] + 50)
        for a, b, span in phrases.dates_in(sentence, low, high):
            if quote is None and b > mark[1] + 20:
                continue
            if quote is None or b <= quote.start or a >= quote.end:
                return span
    return sentence.dates.fallback


def called(text: str, speaker: Entity) -> Entity:
    """A speaker named by an office with the person's name beside it ("the spokesman of …, Li Wei, said")."""
    if speaker.end is None or ("person" in speaker.how and speaker.name) or speaker.how in {"label", "name"}:
        return speaker
    beside = _BESIDE.match(text, speaker.end)
    person = lexis().person.fullmatch(re.sub(r"^[A-Z]\.\s+", "", beside["name"])) if beside else None
    if beside is None or person is None or any(word.lower() in lexis().questioners for word in beside["name"].split()):
        return speaker
    return msgspec.structs.replace(
        speaker, text=text[speaker.start : beside.end("name")], end=beside.end("name"), name=beside["name"]
    )


_BESIDE = re.compile(
    r"(?:\s+(?:for|of|at|to)\s+[^,;.“”]{2,60})?,\s+(?P<name>(?:[A-Z]\.\s+)?[A-Z][\w’'-]+(?:\s+(?:[A-Z][\w’'.-]*|de|van|von|bin|al|el|da)){0,4})(?=,|\s+[a-z])"
)


def statement(run: list[Sentence], quote: Quote, speaker: Entity, told: Told) -> Statement:
    """A statement that rests on a run of sentences; the quotation gives its id."""
    first, last = run[0].passage, run[-1].passage
    document = run[0].document
    low, high = first.start, max(last.end, min(quote.end, last.end))
    mark = told.trigger or (quote.start, min(quote.end, quote.start + 40))
    speaker = called(document.text, speaker)
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
        why=(Reason(step="coding", rule=f"{RULES} {told.rule}"[:160], detail=document.text[mark[0] : mark[1]][:120]),),
    )
