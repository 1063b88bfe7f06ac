"""Commitments: what a sentence says that somebody undertook, promised or scheduled to do, for whom and by when."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterable
from typing import NamedTuple

from dragoman.coding import phrases
from dragoman.coding.context import Sentence
from dragoman.coding.roles import Roles
from dragoman.coding.tree import Tree
from dragoman.model import Commitment, DateSpan, Entity, Statement

_RULES = "patterns/en/commitments.yaml"
_LONGEST = 220
#: Below this a word alone ("will", "plans to") does not make a commitment between states.
_SURE = 0.81
#: Whom something is promised stands within so many characters of the verb.
_NEAR = 60


class _Word(NamedTuple):
    """A word of undertaking; `now` says that its past tense tells of a plan that is over."""

    schedule: bool
    confidence: float
    rule: str
    now: bool = False


class _Words(NamedTuple):
    verbs: dict[str, _Word]
    adjectives: dict[str, _Word]
    nouns: dict[str, _Word]
    modals: dict[str, float]
    not_deeds: frozenset[str]
    say: frozenset[str]
    wishes: frozenset[str]
    deeds: frozenset[str]
    gate: re.Pattern[str]


@functools.lru_cache(maxsize=1)
def _words() -> _Words:
    file = phrases.pattern_file("commitments")

    def table(section: str, key: str) -> dict[str, _Word]:
        return {
            word: _Word(
                bool(row.get("schedule")), float(row["confidence"]), f"{section}[{number}]", bool(row.get("now"))
            )
            for number, row in enumerate(file[section], 1)
            if not row.get("skip")
            for word in row[key]
        }

    verbs, adjectives, nouns = table("verbs", "verb"), table("adjectives", "adjective"), table("nouns", "noun")
    forms = phrases.either(
        {form for word in verbs for form in phrases.inflected(word)} | {*nouns, *adjectives}, plural=True
    )
    return _Words(
        verbs=verbs,
        adjectives=adjectives,
        nouns=nouns,
        modals={word: float(value) for word, value in file["modals"].items()},
        not_deeds=frozenset(file["not_deeds"]),
        say=frozenset(file["say"]),
        wishes=frozenset(file["wishes"]),
        deeds=frozenset(file["deeds"]),
        gate=re.compile(
            rf"\b{forms}\s+(?:[\w’'-]+\s+){{0,4}}?to\b|\b(?:will|shall|would)\b|[’']ll\b|\b(?:is|are)\s+to\s|^[A-Z][^.]{{2,60}}\sto\s|\b{forms}\s+[^.;]{{0,60}}?(?:\bto\b|\d)",
            re.IGNORECASE,
        ),
    )


def gate(text: str) -> bool:
    """Whether a text holds a word of undertaking at all."""
    return _words().gate.search(text) is not None


def claims(sentence: Sentence, said: Iterable[Statement] = ()) -> list[Commitment]:
    """The commitments of one sentence; needs its parse, without one there are none.

    `said` are the statements of its paragraph: "we will …" in a quotation is promised by whoever is quoted.
    """
    tree = phrases.tree_of(sentence)
    if tree is None or not gate(sentence.passage.text) or sentence.passage.text.rstrip().endswith("?"):
        return []
    roles = phrases.roles_of(sentence, tree)
    found: list[Commitment] = []
    deeds: set[int] = set()
    quoted = [claim for claim in said if claim.speaker is not None and claim.speaker.country and claim.quote]
    for token in range(tree.n):
        for deed, word, carrier in _undertakings(tree, token):
            if deed in deeds:
                continue
            made = _claim(sentence, (tree, roles), (token, deed, carrier), word, quoted)
            if made is not None:
                deeds.add(deed)
                found.append(made)
    return found


def _undertakings(tree: Tree, token: int) -> list[tuple[int, _Word, int]]:
    """The deeds that a token undertakes: the deed's verb, the word's entry, the token whose subject undertakes."""
    words = _words()
    lemma = phrases.verb_of(tree, token, words.verbs)
    if (
        tree.lower[token] in {"is", "are"}
        and token + 2 < tree.n
        and tree.lower[token + 1] == "to"
        and tree.tags[token + 2] == "VB"
    ):
        return (
            []
            if _conditional(tree, token)
            else [(token + 2, _Word(False, _SURE, "fixed"), _carrier(tree, token, token + 2))]
        )
    if token and tree.lower[token] == "to" and _headline(tree, token):
        return [(token + 1, _Word(False, _SURE, "headline"), token)]
    if tree.is_verb(token) and lemma in words.verbs and not tree.negated(token) and not _conditional(tree, token):
        if tree.tags[token] == "VBG" and tree.deps[token].startswith("acl"):
            return []
        if words.verbs[lemma].now and (
            tree.tags[token] == "VBD" or "had" in {tree.lower[kid] for kid in tree.kids[token]}
        ):
            return []
        if tree.tags[token] == "VB" and any(
            tree.lower[kid] in {"would", "could", "might", "may", "to", "should", "must", "can"}
            for kid in tree.kids[token]
        ):
            return []
        deeds = _infinitives(tree, token) or _promised(tree, token, words.verbs[lemma])
        return [(kid, words.verbs[lemma], token) for kid in deeds]
    if tree.lower[token] in words.adjectives and not tree.negated(token) and not _conditional(tree, token):
        word = words.adjectives[tree.lower[token]]
        plain = token > 0 and tree.lemmas[token - 1] == "be"
        if plain or "be" in tree.aux(token):
            return [(kid, word, _carrier(tree, token, kid)) for kid in _infinitives(tree, token)]
        return []
    if tree.is_noun(token) and lemma in words.nouns:
        deeds = [kid for kid in tree.children(token, "acl", "xcomp", "ccomp") if kid > token and tree.tags[kid] == "VB"]
        return [(kid, words.nouns[lemma], token) for kid in deeds if any(tree.lower[k] == "to" for k in tree.kids[kid])]
    if tree.is_verb(token) and tree.tags[token] == "VB":
        return _modal(tree, token)
    return []


def _carrier(tree: Tree, token: int, deed: int) -> int:
    """The word whose subject undertakes, where the parse hung "due to start" or the like elsewhere."""
    chain = (token, deed, tree.heads[token], tree.heads[deed])
    return next((index for index in chain if phrases.subject_of(tree, index) is not None), token)


def _infinitives(tree: Tree, token: int) -> list[int]:
    """The verbs of the infinitives below a word; where the parse has none, the word behind a "to" right behind it."""
    found = [kid for kid, form in tree.clauses(token) if form == "inf" and kid > token and tree.is_verb(kid)]
    if not found and token + 2 < tree.n and tree.lower[token + 1] == "to" and tree.tags[token + 2][:2] in {"VB", "NN"}:
        return [token + 2]
    if not found:
        # "committed itself to building", "agreed in June to disable": a "to" with its verb a few words on
        for index in range(token + 1, min(tree.n - 1, token + _FEW)):
            if tree.is_verb(index) or tree.words[index] in {",", ";"}:
                break
            if tree.lower[index] == "to" and tree.tags[index + 1] in {"VB", "VBG"}:
                return [index + 1]
    return found


def _promised(tree: Tree, token: int, word: _Word) -> list[int]:
    """What a promise is of besides an infinitive: a clause with "will", or an amount ("pledged $20 million")."""
    if word.confidence <= _STRONG:
        return []
    for kid, form in tree.clauses(token):
        if form == "fin" and kid > token and {tree.lower[k] for k in tree.kids[kid]} & {"will", "would", "shall"}:
            return [kid]
    held = tree.child(token, "obj")
    if held is not None and held > token and any(tree.tags[index] in {"CD", "$"} for index in tree.subtree(held)):
        return [held]
    return []


def _headline(tree: Tree, token: int) -> bool:
    """Whether a "to" is that of a headline: "Norway to send tanks", names alone before it and no full stop behind."""
    return (
        token + 1 < tree.n
        and tree.tags[token + 1] == "VB"
        and tree.words[-1] not in {".", "!", "?", "”"}
        and all(tree.tags[index][:3] == "NNP" or tree.words[index] in {",", "and", "&"} for index in range(token))
        and tree.lemmas[token + 1] in _words().deeds
    )


#: A verb of promising is surer than this; so many words may stand between it and its "to".
_STRONG, _FEW = 0.9, 7


def _modal(tree: Tree, token: int) -> list[tuple[int, _Word, int]]:
    words = _words()
    for kid in tree.kids[token]:
        modal = tree.lower[kid]
        if tree.deps[kid] != "aux" or modal not in words.modals or tree.lemmas[token] in words.not_deeds:
            continue
        if tree.negated(token) or _conditional(tree, token) or tree.passive(token):
            return []
        if any(tree.lemmas[up] in words.wishes for up in tree.path_up(token)):
            return []
        said = any(
            tree.is_verb(up) and phrases.verb_of(tree, up, words.say) in words.say for up in tree.path_up(token)
        ) and tree.deps[token] in {"ccomp", "conj", "parataxis"}
        if modal == "would" and not said:
            return []
        if tree.deps[token] in {"advcl", "acl:relcl", "acl", "csubj"}:
            return []
        return [(token, _Word(False, words.modals[modal], f"modals {modal}"), token)]
    return []


def _conditional(tree: Tree, token: int) -> bool:
    """Whether a word hangs on a condition, a wish or a question about whether."""
    chain = [token, *tree.path_up(token)]
    for index in chain:
        if any(
            tree.lower[kid] in {"if", "unless", "whether", "until", "wether"}
            for kid in tree.kids[index]
            if tree.deps[kid] in {"mark", "advmod"}
        ):
            return True
        if tree.deps[index] in {"root", "ROOT"}:
            break
    return any(
        tree.deps[kid] == "advcl" and any(tree.lower[k] in {"if", "unless"} for k in tree.kids[kid])
        for kid in tree.kids[token]
    )


#: The subject of a further clause, taken for the end of the one before.
_NEXT_CLAUSE = re.compile(r",\s+(?:and|but|while)\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*$")


def _claim(
    sentence: Sentence, parsed: tuple[Tree, Roles], marks: tuple[int, int, int], word: _Word, quoted: list[Statement]
) -> Commitment | None:
    (tree, roles), (token, deed, carrier) = parsed, marks
    who = _quoted(sentence, tree, (token, carrier), quoted) or _who(sentence, tree, roles, token=token, carrier=carrier)
    if not who and word.schedule:
        subject = phrases.subject_of(tree, carrier)
        if subject is not None:
            low, high = phrases.span_of(tree, tree.subtree(subject))
            who = phrases.named_between(sentence, low, high)[:3]
    if not who and word.rule == "headline":
        who = phrases.named_between(sentence, sentence.passage.start, tree.starts[token])
    who = tuple(entity for entity in who if entity.country)
    if not who:
        return None
    low, high = _deed_span(tree, deed)
    text = sentence.document.text
    if re.match(r"\s+[a-z]", text[high:]):
        high = low + len(_NEXT_CLAUSE.sub("", text[low:high]))  # "to go there next month, and Egypt | demanded …"
    what = phrases.squeeze(text[low:high]).strip(" ,.")
    if re.search(r"\b(?:not|never)\s+to\s+$", text[max(sentence.passage.start, low - 12) : low]):
        what = f"not to {what}"
    if len(what) > _LONGEST:
        what = what[:_LONGEST].rsplit(" ", 1)[0]
    if len(what.split()) < 2:
        return None
    named = phrases.named_between(sentence, low, high)
    if 0 < tree.starts[deed] - tree.ends[token] < _NEAR:
        hearers = phrases.named_between(sentence, tree.ends[token], tree.starts[deed])  # "promised Malaysia to …"
        named = phrases.distinct((*hearers, *named))
    if word.schedule:
        subject = phrases.subject_of(tree, carrier)
        if subject is not None:
            span = phrases.span_of(tree, tree.subtree(subject))
            named = phrases.distinct((*phrases.named_between(sentence, *span), *named))
            what = f"{phrases.squeeze(text[span[0] : span[1]])} {what}"[:_LONGEST]
    to_whom = tuple(entity for entity in named if not any(phrases.same_party(entity, other) for other in who))
    if tree.lemmas[deed] == "be":
        return None
    if word.confidence < _SURE and not to_whom and len(who) < 2 and tree.lemmas[deed] not in _words().deeds:
        return None
    return Commitment(
        evidence=phrases.evidence(sentence),
        trigger=phrases.trigger(sentence, tree.starts[token], tree.ends[token]),
        id=phrases.claim_id(sentence, "commitment", tree.starts[token], tree.ends[deed], what),
        who=who,
        what=what,
        to_whom=to_whom[:3],
        due=_due(sentence, low, high),
        confidence=word.confidence,
        why=phrases.why(f"{_RULES} {word.rule}", text[tree.starts[token] : tree.ends[token]]),
    )


def _quoted(sentence: Sentence, tree: Tree, marks: tuple[int, int], quoted: list[Statement]) -> tuple[Entity, ...]:
    """Whoever is quoted with "I will …", "we promise to …", "our government will …"."""
    token, carrier = marks
    subject = phrases.subject_of(tree, carrier)
    if subject is None or not ({tree.lower[at] for at in (subject, *tree.kids[subject])} & {"i", "we", "our", "my"}):
        return ()
    low, high = sorted((tree.starts[subject], tree.ends[token]))
    words = phrases.squeeze(sentence.document.text[low:high])
    speakers = [claim.speaker for claim in quoted if words in claim.quote and _beside(sentence, claim)]
    return phrases.distinct(one for one in speakers if one is not None)


def _beside(sentence: Sentence, claim: Statement) -> bool:
    """Whether a statement rests on words of a sentence."""
    return claim.evidence.start < sentence.passage.end and sentence.passage.start < claim.evidence.end


def _who(sentence: Sentence, tree: Tree, roles: Roles, *, token: int, carrier: int) -> tuple[Entity, ...]:
    if tree.is_noun(token):
        found = roles.fill(token, "possessor") or roles.fill(token, "of") or roles.fill(token, "modifier")
        if found:
            return phrases.distinct(found)
        up = tree.heads[token]
        return phrases.distinct(roles.fill(up, "subject")) if tree.is_verb(up) and tree.deps[token] == "obj" else ()
    subject = phrases.subject_of(tree, carrier)
    if subject is None or tree.tags[subject] in {"WP", "WDT", "EX"}:
        return ()
    if tree.lower[subject] == "it" and tree.passive(carrier):
        return phrases.document_pair(sentence)  # "it was agreed to …": by both
    if tree.tags[subject] == "PRP":
        return phrases.distinct(roles.fill(carrier, "subject") or roles.parties([subject], subject=True))
    return phrases.distinct(roles.parties([subject], subject=True))


def _deed_span(tree: Tree, deed: int) -> tuple[int, int]:
    """The deed with what hangs on it, without its subject, its auxiliaries and later clauses."""
    kept = [deed]
    for kid in tree.kids[deed]:
        if kid < deed or (tree.deps[kid] in {"punct", "parataxis", "advcl", "cc"} and tree.lower[kid] != "to"):
            continue
        if tree.deps[kid] == "conj" and (
            tree.child(kid, "nsubj", "nsubj:pass", "aux") is not None or tree.tags[kid] in {"VBZ", "VBP", "VBD"}
        ):
            continue
        kept.extend(tree.subtree(kid))
    run = sorted(index for index in kept if index >= deed)
    if len(run) == 1:
        # the parse made nothing of it: the words up to the next mark
        stop = next(
            (index for index in range(deed + 1, tree.n) if tree.words[index] in {",", ";", ".", "!", ":", "but"}),
            tree.n,
        )
        run = list(range(deed, stop))
    return phrases.span_of(tree, run)


def _due(sentence: Sentence, low: int, high: int) -> DateSpan | None:
    """The first date of the deed, or of the sentence, that does not lie before the document's own."""
    now = sentence.dates.fallback
    inside = phrases.dates_in(sentence, low, high)
    if not inside:
        # a day outside of the deed is when it was promised, unless it is still to come
        inside = [one for one in phrases.dates_in(sentence) if now is None or one[2].end > now.end]
    for _, _, span in inside:
        if now is None or span.end >= now.start:
            return span
        if span.how == "relative" and span.precision == "day" and re.search(r"day\b", span.text, re.IGNORECASE):
            coming = _next_week(span)
            if coming.end >= now.start:
                return coming  # "is due to arrive on Saturday" means the coming one
    return None


def _next_week(span: DateSpan) -> DateSpan:
    """The same days a week later."""
    start, end = (datetime.date.fromisoformat(day) + datetime.timedelta(days=7) for day in (span.start, span.end))
    return DateSpan(
        start=start.isoformat(), end=end.isoformat(), precision=span.precision, text=span.text, how=span.how
    )
