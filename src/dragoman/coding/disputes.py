"""Disputes: the named matters on which sides differ, and those that a demand and its refusal suggest."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dragoman.coding import phrases
from dragoman.coding.context import Sentence
from dragoman.model import AnyClaim, Dispute, Entity, Event, Reason, content_id

_RULES = "patterns/en/disputes.yaml"


#: The lists of words that may name a matter.
_NAMING = ("heads", "over", "kinds", "predicates", "claimed")


class _Words(NamedTuple):
    named: re.Pattern[str]
    over: re.Pattern[str]
    kinds: re.Pattern[str]
    extradition: re.Pattern[str]
    cues: re.Pattern[str]
    settled: re.Pattern[str]
    gate: re.Pattern[str]
    strong: frozenset[str]
    not_names: frozenset[str]
    predicates: re.Pattern[str]
    claimed: re.Pattern[str]
    ended: re.Pattern[str]


@functools.lru_cache(maxsize=1)
def _words() -> _Words:
    file = phrases.pattern_file("disputes")
    heads = phrases.either(file["heads"])
    places = phrases.either(file["places"])
    capital = r"[A-Z][\w’'-]+"
    links = phrases.either(file["over_links"])
    open_ended = [kind for kind in file["kinds"] if kind.endswith((" of", " over", " to"))]
    whole = [kind for kind in file["kinds"] if kind not in open_ended]
    return _Words(
        named=re.compile(
            rf"(?<![\w-])(?P<name>{capital}(?:\s+(?:{capital}|of|and|the|de)){{0,4}}?(?:\s+{places})?)\s+(?P<head>(?i:{heads}))\b"
        ),
        over=re.compile(
            rf"\b(?P<head>{phrases.either(file['over'])})\b(?P<between>[^.;]{{0,80}}?)\s+{links}\s+(?P<what>(?:the\s+)?[^.;,()“”\"]{{3,90}})",
            re.IGNORECASE,
        ),
        kinds=re.compile(
            rf"\b(?P<what>(?:the\s+)?{phrases.either(whole)})\b",
            re.IGNORECASE,
        ),
        extradition=re.compile(
            rf"\b(?P<what>{phrases.either(open_ended)}\s+(?:the\s+)?[^.;,()“”\"]{{3,80}})",
            re.IGNORECASE,
        ),
        cues=re.compile(rf"\b{phrases.either(file['cues'])}\b", re.IGNORECASE),
        settled=re.compile(rf"\b{phrases.either(file['settled'])}\b", re.IGNORECASE),
        gate=re.compile(
            rf"\b{phrases.either(word for part in _NAMING for word in file[part])}\b",
            re.IGNORECASE,
        ),
        predicates=re.compile(
            rf"(?:^|[,;]\s+|\bthat\s+)(?P<what>(?:The\s+|the\s+|[A-Z])[^.;,()“”\"]{{2,80}}?)\s+"
            rf"(?:is|are|was|were|remains?|remained|has\s+become|has\s+been|had\s+become|became|stays)\s+(?:still\s+)?"
            rf"(?:an?|the|one)\s+(?:[\w-]+\s+){{0,2}}(?P<head>{phrases.either(file['predicates'])})\b"
        ),
        claimed=re.compile(
            rf"\b(?P<head>{phrases.either(file['claimed'])})\s+(?P<what>(?:the\s+)?[A-Z][^.;,()“”\"]{{2,60}})"
        ),
        ended=re.compile(r"\b(?:settled|resolved|ended|buried|solved|closed)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE),
        strong=frozenset(file["strong"]),
        not_names=frozenset(str(word).lower() for word in file["not_names"]),
    )


def gate(text: str) -> bool:
    """Whether a text holds a word for a matter of dispute at all."""
    return _words().gate.search(text) is not None


def claims(sentence: Sentence) -> list[Dispute]:
    """The disputes that one sentence names; works with and without a parse."""
    return [claim for claim, sure in _candidates(sentence) if sure]


def document_claims(sentences: Sequence[Sentence], claims: Iterable[AnyClaim] = ()) -> list[Dispute]:
    """The disputes of a document: those named, and those that a REQUEST and a REJECT of its `claims` suggest."""
    candidates = [pair for sentence in sentences for pair in _candidates(sentence)]
    sure = {_key(claim.name) for claim, certain in candidates if certain}
    found = [claim for claim, certain in candidates if certain or _key(claim.name) in sure]
    known = {word for name in sure for word in name.split()}
    found.extend(made for made in _suggested(claims) if not set(_key(made.name).split()) & known)
    return found


def _key(name: str) -> str:
    """The name without its head: "Litvinenko affair" and "Litvinenko case" are one matter."""
    heads = set(phrases.pattern_file("disputes")["heads"])
    return " ".join(word for word in name.lower().split() if word not in heads)


def _candidates(sentence: Sentence) -> list[tuple[Dispute, bool]]:
    """What may be a dispute, with whether the sentence alone says that it is one."""
    text, low, high = sentence.document.text, sentence.passage.start, sentence.passage.end
    if not gate(text[low:high]):
        return []
    words = _words()
    found: list[tuple[Dispute, bool]] = []
    taken: list[tuple[int, int]] = []
    for match in words.named.finditer(text, low, high):
        name = _strip(match["name"])
        head = match["head"].lower()
        if (
            not name
            or head[0].isupper()
            or (_is_party(sentence, match.start("name"), match.end("name")) and head not in words.strong)
        ):
            continue
        cue = words.cues.search(text[low : match.start()]) or words.cues.search(text[match.end() : high])
        label = f"{name} {head}"
        made = _dispute(sentence, (match.start("name"), match.end()), label, (), "heads")
        if made is not None:
            taken.append(match.span())
            found.append((made, head in words.strong or cue is not None))
    for match in words.over.finditer(text, low, high):
        if phrases.overlapping(taken, match.start(), match.end("head")):
            continue
        what = _short(match["what"])
        parties = (
            phrases.named_between(sentence, max(low, match.start() - 60), match.end("between"))
            if match["between"]
            else ()
        )
        made = _dispute(sentence, match.span("head"), what, parties, "over") if what else None
        if made is not None:
            taken.append((match.start(), match.start("what") + len(what)))
            found.append((made, True))
    stretch = text[low:high]
    for rule, form in (("predicates", words.predicates), ("claimed", words.claimed)):
        for match in form.finditer(stretch):
            begin, end = low + match.start("what"), low + match.end()
            what = _short(match["what"])
            if phrases.overlapping(taken, begin, end) or not what:
                continue
            made = _dispute(sentence, (low + match.start("head"), low + match.end("head")), what, (), rule)
            if made is not None:
                taken.append((begin, end))
                found.append((made, True))
    for rule, form in (("kinds", words.extradition), ("kinds", words.kinds)):
        for match in form.finditer(text, low, high):
            if phrases.overlapping(taken, match.start(), match.end()):
                continue
            what = _short(match["what"])
            if re.search(r"\b(?:its|his|her|their|our|any|some|such|this|that)\b", match["what"], re.IGNORECASE):
                continue
            behind = match.start("what") + len(what)
            cue = words.cues.search(text[low : match.start()]) or words.cues.search(text[behind:high])
            made = _dispute(sentence, match.span(), what, (), rule) if what else None
            if made is not None and (cue is not None or form is words.kinds):
                taken.append(match.span())
                found.append((made, True))
    return found


def _is_party(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a name before "issue" or "crisis" is only a state ("the Russian issue", "the UK case")."""
    state = [hit for hit in phrases.covering(sentence.hits, start, end) if hit.start == start and hit.end == end]
    return bool(state) and not state[0].kinds & {"person", "surname"}


def _strip(name: str) -> str:
    words = name.split()
    while words and words[0].lower().rstrip("’'s") in _words().not_names | {"the"}:
        words = words[1:]
    return re.sub(r"[’']s?$", "", " ".join(words))


def _short(what: str) -> str:
    """The shortest stable noun phrase of what a dispute is over."""
    cut = re.split(
        r"(?<!\bof)\s+(?:that|which|who|as|and\s+the|after|before|since|when|while|with|was|were|is|are|has|have|had|would|will|could|in\s+\d|between|by|because|during|on\s+[A-Z]\w+day|following|despite|including|continues?|remains?|erupted|broke|and\s+an?|\w+s\s+that)\b|\s[–—-]\s",
        phrases.squeeze(what),
    )[0]
    words = re.sub(
        r"^(?:the|a|an|its|his|her|their|our|alleged)\s+", "", cut.strip(" ,'’"), flags=re.IGNORECASE
    ).split()
    if not words or len(words) > 9:
        return " ".join(words[:7])
    return " ".join(words)


def _dispute(
    sentence: Sentence, span: tuple[int, int], name: str, parties: tuple[Entity, ...], rule: str
) -> Dispute | None:
    text = sentence.document.text
    if len(parties) < 2:
        wide = phrases.named_between(sentence, sentence.passage.start, sentence.passage.end)
        parties = phrases.with_pair(sentence, wide if len(wide) <= 3 else phrases.distinct((*parties,)))
    if len(parties) < 2:
        return None
    settled = _words().settled.search(text[span[1] : min(sentence.passage.end, span[1] + 60)])
    settled = settled or _words().ended.search(text[max(sentence.passage.start, span[0] - 50) : span[0]])
    return Dispute(
        evidence=phrases.evidence(sentence),
        trigger=phrases.trigger(sentence, *span),
        id=phrases.claim_id(sentence, "dispute", *span, name),
        name=name,
        parties=parties,
        status="settled" if settled else "open",
        confidence=0.8,
        why=phrases.why(f"{_RULES} {rule}", text[span[0] : span[1]]),
    )


def _suggested(claims: Iterable[AnyClaim]) -> list[Dispute]:
    """Disputes from a demand by one side and a refusal by the other that name the same thing."""
    events = [claim for claim in claims if isinstance(claim, Event) and claim.status not in {"negated", "hypothetical"}]
    demands = [event for event in events if event.event_type == "REQUEST"]
    refusals = [event for event in events if event.event_type == "REJECT"]
    found: list[Dispute] = []
    for demand in demands:
        for refusal in refusals:
            if not (
                _meet(demand.actors, refusal.recipients) and _meet(refusal.actors, demand.recipients or refusal.actors)
            ):
                continue
            name = _common(demand, refusal)
            parties = phrases.distinct((*demand.actors, *refusal.actors))
            if not name or len(parties) < 2:
                continue
            found.append(
                Dispute(
                    evidence=refusal.evidence,
                    trigger=refusal.trigger,
                    id=content_id(refusal.evidence.document, "dispute", demand.id, refusal.id, name),
                    name=name,
                    parties=parties,
                    since=demand.date,
                    status="suggested",
                    confidence=0.5,
                    why=(Reason(step="coding", rule="a demand and its refusal", detail=f"{demand.id} {refusal.id}"),),
                )
            )
            break
    return found


def _meet(one: Iterable[Entity], other: Iterable[Entity]) -> bool:
    listed = tuple(other)
    return any(phrases.same_party(a, b) for a in one for b in listed)


def _addressed(event: Event) -> list[Entity]:
    """To whom a demand or a refusal goes; one of the actor's own side is what it is about ("to hand over X")."""
    return [entity for entity in event.recipients if not _meet([entity], event.actors)]


def _common(demand: Event, refusal: Event) -> str:
    """The longest words that demand and refusal share: a capital name first, else a noun of their own."""
    first, second = demand.evidence.text, refusal.evidence.text
    held_by = [
        entity
        for event in (demand, refusal)
        for entity in (*event.actors, *_addressed(event), *((event.speaker,) if event.speaker is not None else ()))
    ]
    names = {entity.name.lower() for entity in held_by}
    texts = {entity.text.lower() for entity in held_by}
    capital = re.findall(r"(?<![.?!]\s)(?<!^)\b[A-Z][\w’-]{3,}(?:\s+[A-Z][\w’-]+)*", first)
    shared = [
        name
        for name in capital
        if name in second and not any(name.lower() in held or held in name.lower() for held in names | texts if held)
    ]
    if shared:
        return str(max(shared, key=len))
    words: set[str] = set(re.findall(r"\b[a-z]{7,}\b", second))
    both = [
        word
        for word in re.findall(r"\b[a-z]{7,}\b", first)
        if word in words and word.endswith(("tion", "ment", "sion", "ance", "ship", "wal", "ure", "ty"))
    ]
    return str(both[0]) if both else ""
