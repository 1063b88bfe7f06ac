"""Agreements: the instruments that a sentence names, signs, adopts, ratifies, suspends or ends."""

from __future__ import annotations

import functools
import itertools
import re
from typing import NamedTuple

from dragoman.coding import phrases
from dragoman.coding.context import Sentence
from dragoman.model import Agreement, DateSpan, Entity

_RULES = "patterns/en/agreements.yaml"
#: A verb of signing farther than this before its instrument belongs to something else.
_BEFORE, _AFTER = 170, 70
#: No honest sentence names more instruments of a kind; a hostile one must not cost a minute.
_MOST = 16
_PLURAL_REACH = 30
_MADE = frozenset({"signed", "adopted", "ratified", "in force"})
_NOT_MADE = frozenset({"would", "could", "might", "may", "can", "cannot", "should", "must", "not", "never", "if"})
_JOINT = frozenset({"joint statement", "communiqué"})
_LONG_AGO = re.compile(r"\bago\b|\bearlier\b|\bpreviously\b|\bhad (?:been )?\w+ed\b|\bin the past\b", re.IGNORECASE)


class _Kind(NamedTuple):
    kind: str
    need: str
    named: bool
    form: re.Pattern[str]
    rule: str


class _Status(NamedTuple):
    status: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    rule: str


class _Words(NamedTuple):
    kinds: tuple[_Kind, ...]
    statuses: tuple[_Status, ...]
    gate: re.Pattern[str]
    name: re.Pattern[str]
    subject: re.Pattern[str]
    front: re.Pattern[str]
    not_before: re.Pattern[str]
    not_after: re.Pattern[str]
    not_names: tuple[str, ...]
    shy: frozenset[str]
    preliminary: re.Pattern[str]
    small: re.Pattern[str]
    known: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    made_by: re.Pattern[str]
    not_ended: re.Pattern[str]


@functools.lru_cache(maxsize=1)
def _words() -> _Words:
    file = phrases.pattern_file("agreements")
    kinds = []
    for number, row in enumerate(file["kinds"], 1):
        form = phrases.either(row["words"], plural=not row.get("named"))
        kinds.append(
            _Kind(
                row["kind"],
                row["need"],
                bool(row.get("named")),
                re.compile(rf"\b{form}\b", re.IGNORECASE),
                f"kinds[{number}]",
            )
        )
    statuses = [_status(number, row) for number, row in enumerate(file["status"], 1)]
    words = [word for row in file["kinds"] for word in row["words"]]
    links = phrases.either(file["name_links"])
    capital = r"(?:[A-ZÀ-Þ][\w’'.&-]*|\d{4}|[IVX]+\b)"
    name = rf"{capital}(?:(?:,?\s+(?:{links}\s+){{0,3}}|-){capital}){{0,24}}"
    return _Words(
        kinds=tuple(kinds),
        statuses=tuple(statuses),
        gate=re.compile(rf"\b{phrases.either(words, plural=True)}\b", re.IGNORECASE),
        name=re.compile(name),
        subject=re.compile(
            rf"\s*(?:,\s*)?(?:{phrases.either(file['subject_links'])})\s+([^,;.()”\"]{{3,140}})", re.IGNORECASE
        ),
        front=re.compile(rf"(?:[A-Z][\w’'.]*(?:[-–—/][A-Z][\w’'.]*)*\s+|{phrases.either(file['adjectives'])}\s+)+$"),
        not_before=re.compile(rf"\b{phrases.either(file['not_before'])}[\s-]+$", re.IGNORECASE),
        not_after=re.compile(rf"\s*{phrases.either(file['not_after'])}\b", re.IGNORECASE),
        not_names=tuple(file["not_names"]),
        shy=frozenset(file["shy"]),
        preliminary=re.compile(rf"\b{phrases.either(file['preliminary'])}\b", re.IGNORECASE),
        not_ended=re.compile(rf"\b{phrases.either(file['not_ended'])}\s+(?:[\w-]+\s+){{0,3}}$", re.IGNORECASE),
        known=tuple(
            (name, tuple((code, state) for code, state in row["states"]))
            for row in file["known"]
            for name in row["names"]
        ),
        small=re.compile(rf"\s+{phrases.either(file['small'])}\b", re.IGNORECASE),
        made_by=re.compile(rf"[^.;]{{0,140}}?\b{phrases.either(file['made_by'])}\s+", re.IGNORECASE),
    )


def _status(number: int, row: dict[str, list[str]]) -> _Status:
    before = re.compile(rf"\b{phrases.either(row['before'])}\b", re.IGNORECASE) if row["before"] else None
    after = (
        re.compile(rf"^[^.;]{{0,{_AFTER}}}?\b{phrases.either(row['after'])}\b", re.IGNORECASE) if row["after"] else None
    )
    return _Status(str(row["status"]), before, after, f"status[{number}]")


def gate(text: str) -> bool:
    """Whether a text holds a word for an instrument at all."""
    return _words().gate.search(text) is not None


def claims(sentence: Sentence) -> list[Agreement]:
    """The agreements that one sentence tells of; works with and without a parse."""
    if not gate(sentence.passage.text):
        return []
    found: list[Agreement] = []
    taken: list[tuple[int, int]] = []
    for kind in _words().kinds:
        matches = kind.form.finditer(sentence.document.text, sentence.passage.start, sentence.passage.end)
        for match in itertools.islice(matches, _MOST):
            if phrases.overlapping(taken, match.start(), match.end()):
                continue
            made = _claim(sentence, kind, match.start(), match.end(), taken)
            if made is not None:
                found.append(made)
    return sorted(found, key=lambda claim: claim.trigger.start if claim.trigger else 0)


def _claim(sentence: Sentence, kind: _Kind, start: int, end: int, taken: list[tuple[int, int]]) -> Agreement | None:
    text, words = sentence.document.text, _words()
    low, high = sentence.passage.start, sentence.passage.end
    name_start, name_end, named = _name(sentence, start, end)
    if named and any(other in text[name_start:name_end] for other in words.not_names):
        taken.append((name_start, name_end))
        return None
    if phrases.is_body(sentence, start, end) or (
        kind.kind == "deal" and _TO_DEAL.search(text, max(low, start - 12), start)
    ):
        return None
    known = next((states for name, states in words.known if named and name in text[name_start:name_end]), None)
    if known is not None and not known and _find_status(sentence, name_start, name_end)[0] not in _MADE:
        taken.append((name_start, name_end))
        return None
    if not named and (words.not_before.search(text[max(low, start - 30) : start]) or words.not_after.match(text, end)):
        return None
    if kind.named and not named and not re.search(r"\b(?:a|joint|the)\s+$", text[max(low, start - 12) : start]):
        return None
    status, rule, acts = _find_status(sentence, name_start, name_end)
    if not named and kind.kind == "agreement" and (words.small.match(text, end) or _TO_DRAFT.match(text, end, high)):
        return None  # "reached an agreement to continue talks"
    if kind.named and status not in {"signed", "adopted", "announced"}:
        return None
    between, own = _own_parties(sentence, name_start, name_end)
    signers = _signers(sentence, acts, name_start, alone=bool(own)) if acts is not None else ()
    signers = _made_by(sentence, name_end) or signers
    if status == "signed" and words.preliminary.search(text, max(low, name_start - 30), min(high, name_end + 20)):
        status = "announced"
    parties = own if between else phrases.distinct((*signers, *own))
    date = _date(sentence, name_start, name_end, acts, status)
    now = sentence.dates.fallback
    if date is not None and now is not None and date.start > now.end and status in {"signed", "adopted"}:
        date, status = None, "announced"
    if not _enough(kind, named, between, status, parties, stated=date is not None and date.how != "document"):
        return None
    if len(parties) < 2 and status in _MADE and acts is None:
        # "Following the Russian-Bulgarian talks, an agreement was signed": the only two that the sentence names
        wide = _states(phrases.named_between(sentence, low, high))
        parties = (
            wide
            if len(wide) == 2 and all(any(phrases.same_party(one, other) for other in wide) for one in parties)
            else parties
        )
    if len(parties) < 2 and (named or status in {"signed", "adopted", "in force", "not yet in force", "ratified"}):
        wide = _states(phrases.named_between(sentence, low, high)) if named or kind.need == "little" else parties
        parties = wide if len(parties) < len(wide) <= 4 else parties
        if status or parties or kind.kind in _JOINT:
            parties = phrases.with_pair(sentence, parties)
    if not any(one.country for one in parties):
        return None  # banks, first ladies: nobody that a state stands behind
    dated = named and date is not None and date.how != "document"
    if not parties or (len(parties) < 2 and ((not status and not dated) or (status == "announced" and not named))):
        return None
    if (
        len(parties) < 2
        and not named
        and kind.need == "verb"
        and status in {"signed", "adopted", "announced", "in force"}
    ):
        return None
    if known:
        parties = tuple(
            next(
                (one for one in parties if one.country == code),
                Entity(text=name, start=None, end=None, name=name, country=code, how="known"),
            )
            for code, name in known
        )
    many = not named and kind.need == "verb" and text[start:end].lower().endswith("s")
    if many and (len(parties) < 2 or (acts is not None and start - acts[1] > _PLURAL_REACH and status == "announced")):
        return None
    taken.append((name_start, name_end))
    subject = _subject(text, start, end, name_end if named else end, high)
    return Agreement(
        evidence=phrases.evidence(sentence),
        trigger=phrases.trigger(sentence, start, end),
        id=phrases.claim_id(sentence, "agreement", start, end, kind.kind),
        name=phrases.squeeze(text[name_start:name_end]) if named else phrases.squeeze(text[start:end]),
        agreement_kind=kind.kind,
        parties=parties,
        date=date,
        status=status,
        subject=subject,
        confidence=0.9 if named or status else 0.7,
        why=phrases.why(
            f"{_RULES} {kind.rule}", text[start:end], *([("coding", f"{_RULES} {rule}", status)] if rule else [])
        ),
    )


_TO_DRAFT = re.compile(r"\s+(?:had|has|have|was|were)\s+(?:been\s+)?reached[^.;,]{0,70}?\bto\s+\w+")
#: "to deal with", "must deal": a verb.
_TO_DEAL = re.compile(r"\b(?:to|will|must|can|could|should|would|not)\s+$", re.IGNORECASE)


def _states(parties: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Parties without towns and regions: "the Idlib zone" signs nothing."""
    return tuple(party for party in parties if not party.how.startswith(("region ", "town ")))


def _enough(kind: _Kind, named: bool, between: bool, status: str, parties: tuple[Entity, ...], *, stated: bool) -> bool:
    if kind.need == "little":
        return bool(status or parties or stated or named)
    if kind.kind in _words().shy:
        return between or (bool(parties) and (bool(status) or (named and stated)))
    return named or between or (bool(status) and bool(parties))


def _name(sentence: Sentence, start: int, end: int) -> tuple[int, int, bool]:
    """The stretch of the instrument's capital name around its word; (start, end, False) when it has none."""
    text, low, high = sentence.document.text, sentence.passage.start, sentence.passage.end
    if not text[start].isupper():
        return start, end, False
    for match in _words().name.finditer(text, low, high):
        if match.start() <= start and end <= match.end():
            name_start, name_end = match.start(), match.end()
            first = re.compile(
                r"(?:The|This|That|A|An|In|Under|Our|Their|Its|His|On|And|But|Both|Today|If|As|At|By)\s+"
            ).match(text, name_start)
            if first and first.end() <= start:
                name_start = first.end()
            # a name ends before the parties ("between X and Y") and before its date
            cut = re.compile(r"\s+(?:between|with|signed|in\s+\d)\b").search(text, end, name_end)
            if cut:
                name_end = cut.start()
            for status in _words_of_signing():
                # "Indonesia, Singapore to Sign Extradition Treaty": a headline's verb is no part of the name
                for verb in status.finditer(text, name_start, start):
                    name_start = verb.end() + len(text[verb.end() : start]) - len(text[verb.end() : start].lstrip())
            name_start, name_end = phrases.trim_name(sentence, (name_start, name_end), (start, end))
            whole = text[name_start:name_end]
            return name_start, name_end, " " in whole.strip() or "\n" in whole.strip()
    return start, end, False


def _words_of_signing() -> list[re.Pattern[str]]:
    """What is done with an instrument, as patterns of the words before it."""
    return [status.before for status in _words().statuses if status.before is not None]


def _find_status(sentence: Sentence, start: int, end: int) -> tuple[str, str, tuple[int, int] | None]:
    """The status that the words around an instrument give it, its rule, and where the verb before it stands."""
    text = sentence.document.text
    low, high = phrases.clause_bounds(text, sentence.passage.start, sentence.passage.end, start)
    before, after = max(low, start - _BEFORE, text.rfind(", that ", low, start)), min(high, end + 200)
    best: tuple[int, str, str, tuple[int, int]] | None = None
    for status in _words().statuses:
        if status.after is not None and status.after.match(text[end:after]):
            return status.status, status.rule, _verb_before(text, before, start, status)
        if status.before is None:
            continue
        last = None
        for match in status.before.finditer(text, before, start):
            last = match
        # the verb nearest to the instrument says what was done with it; of two that overlap the longer one
        if last is not None and (
            best is None or last.end() > best[0] or (last.end() == best[0] and last.start() < best[3][0])
        ):
            best = (last.end(), status.status, status.rule, last.span())
    if best is not None:
        return _as_meant(text, before, best)
    following = text[sentence.passage.end : sentence.passage.end + 120].lstrip()
    if re.match(
        r"(?:It|They|This|These|The (?:agreement|treaty|document|documents|deal|pact|protocol|convention))\b", following
    ):
        for status in _words().statuses:
            if status.after is not None and status.after.match(re.split(r"(?<=[a-z])\.\s", following)[0]):
                return status.status, status.rule, None
    return "", "", None


def _as_meant(
    text: str, low: int, best: tuple[int, str, str, tuple[int, int]]
) -> tuple[str, str, tuple[int, int] | None]:
    """A status as its verb is meant: "to sign" and "will sign" are announced, "could sign" and "did not sign" nothing."""  # noqa: E501
    _, status, rule, span = best
    if status in {"ended", "suspended"} and _words().not_ended.search(text, max(low, span[0] - 60), span[0]):
        return "", "", None
    if status in _MADE:
        noun = re.search(
            r"\b(?:the|its|their|after|following|since|upon|on|by|recent)\s+$", text[low : span[0]], re.IGNORECASE
        )
        if text[span[0] : span[1]].endswith("ing") and noun is None:
            return "", "", None  # "the important job of ratifying the treaty", but "the signing in May of …"
        if re.search(r"\b(?:to|will|shall)\s+\w+\s+and\s+$", text[low : span[0]]):
            return "announced", rule, span  # "to draft and sign"
        ahead = re.search(r"([\w’']+)\s+$", text[low : span[0]])
        word = ahead.group(1).lower() if ahead else ""
        if word in {"to", "will", "shall"}:
            return "announced", rule, span
        if word.endswith(("n't", "n’t")) or word in _NOT_MADE:
            return "", "", None
    return status, rule, span


def _verb_before(text: str, low: int, start: int, status: _Status) -> tuple[int, int] | None:
    match = status.before.search(text, low, start) if status.before else None
    return match.span() if match else None


def _own_parties(sentence: Sentence, start: int, end: int) -> tuple[bool, tuple[Entity, ...]]:
    """Parties that stand with the instrument itself, and whether they are named as such ("between X and Y")."""
    text, low, high = sentence.document.text, sentence.passage.start, sentence.passage.end
    tail = re.compile(
        r"(?:(?!\b(?:due|amid|after|over|gaps?|despite|relations|talks)\b)[^.;]){0,120}?\bbetween\s+(?:the\s+)?"
    ).match(text, end, high)
    if tail:
        stop = re.compile(
            r"[;.](?:\s|$)|,\s+(?:which|who|as|but|after|signed|the)\b|\s(?:was|were|is|has|will|on|to|in|that)\s"
        ).search(text, tail.end(), high)
        found = phrases.named_between(sentence, tail.end(), stop.start() if stop else high)
        if len(found) > 1:
            return True, found
    front = _words().front.search(text, max(low, start - 70), start)
    owners = re.compile(
        r"[A-Z][\w’'.]+(?:\s+and\s+|,\s+)(?:the\s+)?[A-Z][\w.]+(?:[’']s?)\s+(?:[\w-]+\s+){0,4}$"
    ).search(text, max(low, start - 90), start)
    front = owners or front
    found = phrases.named_between(sentence, front.start() if front else start, end)
    with_whom = re.compile(r"[^.;,]{0,90}?\bwith\s+").match(text, end, high)
    if with_whom:
        stop = re.compile(r"[;,.](?:\s|$)|\s(?:on|to|in|that|which|for|over)\s").search(text, with_whom.end(), high)
        found = phrases.distinct(
            (*found, *phrases.named_between(sentence, with_whom.end(), stop.start() if stop else high))
        )
        if len(found) == 1:
            # "X did not renew its contract with Y": the only other party of the clause is the first
            clause = phrases.clause_bounds(text, low, high, start)[0]
            before = phrases.named_between(sentence, max(clause, start - phrases.REACH), start)
            found = phrases.distinct((*before, *found)) if len(before) == 1 else found
    return len(found) > 1, found


def _made_by(sentence: Sentence, end: int) -> tuple[Entity, ...]:
    """Those behind "signed by" and the like; one alone is nobody that an instrument is between."""
    text, high = sentence.document.text, sentence.passage.end
    by = _words().made_by.match(text, end, high)
    if by is None:
        return ()
    stop = re.compile(r"[;.](?:\s|$)|\s(?:in|on|at|during|after|following|which|who)\s").search(text, by.end(), high)
    found = phrases.named_between(sentence, by.end(), stop.start() if stop else high)
    return found if len(found) > 1 else ()


def _signers(sentence: Sentence, acts: tuple[int, int], start: int, *, alone: bool = False) -> tuple[Entity, ...]:
    """Who signs, adopts or leaves: the subject by the parse, else the names of the clause before the verb."""
    tree = phrases.tree_of(sentence)
    if tree is not None:
        token = phrases.token_at(tree, acts[0])
        if token is not None and tree.is_verb(token):
            roles = phrases.roles_of(sentence, tree)
            found = phrases.distinct((*roles.fill(token, "subject"), *roles.fill(token, "with")))
            if len(found) == 1:
                # "X and his Belgian opposite number": the adjective names whom the phrase does not
                near = max(sentence.passage.start, acts[0] - phrases.REACH)
                both = phrases.distinct((*found, *phrases.named_between(sentence, near, acts[0])))
                found = both if len(both) == 2 else found
            if found:
                return found
    text = sentence.document.text
    low = phrases.clause_bounds(text, sentence.passage.start, sentence.passage.end, acts[0])[0]
    low = max(low, acts[0] - phrases.REACH)
    found = phrases.named_between(sentence, low, acts[0]) or phrases.named_between(sentence, acts[1], start)
    # "the signing of a memorandum in Paris": a party named somewhere before it need not be the one that signs
    noun = re.search(r"\b(?:of|on|from|to|in)$", text[acts[0] : acts[1]]) is not None
    return found if len(found) > 1 or not noun or (alone and len(found) == 1) else ()


def _date(sentence: Sentence, start: int, end: int, acts: tuple[int, int] | None, status: str) -> DateSpan | None:
    """The date of the instrument: in its name's tail, beside its verb, else the document's when it is being made."""
    text, high = sentence.document.text, sentence.passage.end
    dates = phrases.dates_in(sentence)
    tail = [
        span
        for a, _, span in dates
        if a >= end
        and a - end < _AFTER
        and re.search(
            r"\b(?:of|dated|signed(?:\s+(?:in|on))?|adopted(?:\s+(?:in|on))?|concluded(?:\s+(?:in|on))?|from|in|on)\s+(?:the\s+)?$",
            text[end:a],
        )
    ]
    if tail and not re.search(r"[;]", text[end:high][:_AFTER]):
        return tail[0]
    inside = [span for a, b, span in dates if start <= a and b <= end]
    if inside:
        return inside[0]
    if status in {"signed", "adopted", "ratified", "ended", "suspended", "not yet in force", "in force"}:
        if acts is not None:
            near = [span for a, b, span in dates if acts[0] - phrases.REACH <= a <= start]
            if near:
                return near[-1]
        if (
            status in {"signed", "adopted", "ratified", "ended", "suspended"}
            and acts is not None
            and not _LONG_AGO.search(sentence.passage.text)
        ):
            return sentence.dates.fallback
    return None


def _subject(text: str, start: int, end: int, name_end: int, high: int) -> str:
    """What an instrument is on: the words behind "on" in its name or after it."""
    match = _words().subject.match(text, end, high) or _words().subject.match(text, name_end, high)
    if match is None:
        return ""
    subject = re.split(
        r"\s+(?:between|was|were|has|have|had|must|would|will|should|is|are|provides?|and\s+(?:both|the\s+two|they)|which|that|signed|with|following|after|during|in\s+(?:the\s+)?[A-Z])\b",
        match.group(1),
    )[0]
    return phrases.squeeze(subject) if start < high else ""
