"""The parties of an instrument: those that stand with it, those behind "signed by", those who sign."""

from __future__ import annotations

import re

from dragoman.coding import phrases
from dragoman.coding.context import Sentence
from dragoman.coding.instruments import words_for
from dragoman.model import Entity


def states_of(parties: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Parties without towns and regions: "the Idlib zone" signs nothing."""
    return tuple(party for party in parties if not party.how.startswith(("region ", "town ")))


#: "… and expressed his readiness to work together with Y" is of another verb.
_WITH = re.compile(
    r"(?:(?!\band\s+\w+ed\b|\btogether\b|\brelations\b|\btalks\b|\bmeetings?\b|\bto\s+work\b)[^.;,]){0,90}?\bwith\s+"
)
_CAPITALS = r"[A-Z][\w’'-]*(?:\s+(?:of\s+(?:the\s+)?)?[A-Z][\w’'-]*){0,3}"
_OWNED = re.compile(rf"\s+of\s+(?:the\s+)?{_CAPITALS}(?:,\s+(?:the\s+)?{_CAPITALS})*,?\s+and\s+(?:the\s+)?{_CAPITALS}")


def own_parties(sentence: Sentence, start: int, end: int) -> tuple[bool, tuple[Entity, ...]]:
    """Parties that stand with the instrument itself, and whether they are named as such ("between X and Y")."""
    text, low, high = sentence.document.text, sentence.passage.start, sentence.passage.end
    tail = re.compile(
        r"(?:(?!\b(?:due|amid|after|over|gaps?|despite|relations|talks)\b)[^.;]){0,120}?\bbetween\s+(?:the\s+)?"
    ).match(text, end, high)
    if tail and not re.search(r"\bnot\s+between\s+(?:the\s+)?$", tail.group()):
        stop = re.compile(
            r"[;.](?:\s|$)|,\s+(?:which|who|as|but|after|signed|the\s+(?=[a-z]))\b|\s(?:was|were|is|has|will|on|to|in|that)\s"
        ).search(text, tail.end(), high)
        found = phrases.named_between(sentence, tail.end(), stop.start() if stop else high)
        if len(found) > 1:
            return True, found
    owned = _OWNED.match(text, end, high)
    if owned:
        # "the declaration of X and Y": what follows is what it is about
        found = phrases.named_between(sentence, owned.start(), owned.end())
        if len(found) > 1:
            return True, found
    clause = phrases.clause_bounds(text, low, high, start)[0]
    has = words_for().having.search(text, max(clause, start - 60), start)
    if has:
        found = phrases.named_between(sentence, max(clause, has.start() - phrases.REACH), has.start())
        if len(found) > 1:
            return True, found
    front = words_for().front.search(text, max(low, start - 70), start)
    owners = re.compile(
        r"[A-Z][\w’'.]+(?:\s+and\s+|,\s+)(?:the\s+)?[A-Z][\w.]+(?:[’']s?)\s+(?:[\w-]+\s+){0,4}$"
    ).search(text, max(low, start - 90), start)
    front = owners or front
    found = phrases.named_between(sentence, front.start() if front else start, end)
    with_whom = _WITH.match(text, end, high)
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


def made_by(sentence: Sentence, end: int) -> tuple[Entity, ...]:
    """Those behind "signed by" and the like; one alone is nobody that an instrument is between."""
    text, high = sentence.document.text, sentence.passage.end
    by = words_for().made_by.match(text, end, high)
    if by is None:
        return ()
    stop = re.compile(r"[;.](?:\s|$)|\s(?:in|on|at|during|after|following|which|who)\s").search(text, by.end(), high)
    found = phrases.named_between(sentence, by.end(), stop.start() if stop else high)
    return found if len(found) > 1 else ()


def signers_of(sentence: Sentence, acts: tuple[int, int], start: int, *, alone: bool = False) -> tuple[Entity, ...]:
    """Who signs, adopts or leaves: the subject by the parse, else the names of the clause before the verb."""
    tree = phrases.tree_of(sentence)
    if tree is not None:
        token = phrases.token_at(tree, acts[0])
        if token is not None and tree.is_verb(token):
            roles = phrases.roles_of(sentence, tree)
            found = phrases.distinct((*roles.fill(token, "subject"), *roles.fill(token, "with")))
            if len(found) == 1:
                # "X and his Belgian opposite number": the adjective names whom the phrase does not
                near = max(sentence.passage.start, acts[0] - phrases.REACH, found[0].start or 0)
                both = phrases.distinct((*found, *phrases.named_between(sentence, near, acts[0])))
                found = both if len(both) == 2 else found
            # one phrase, two readings ("the heads of state"): the one that has a name; "state" alone is nobody
            told = {(one.start, one.end) for one in found if one.name}
            found = tuple(one for one in found if one.name or (one.start, one.end) not in told)
            found = tuple(one for one in found if one.name or one.text.lower() not in words_for().nobody)
            if found:
                return found
    text = sentence.document.text
    low = phrases.clause_bounds(text, sentence.passage.start, sentence.passage.end, acts[0])[0]
    low = max(low, acts[0] - phrases.REACH)
    found = phrases.named_between(sentence, low, acts[0]) or phrases.named_between(sentence, acts[1], start)
    # "the signing of a memorandum in Paris": a party named somewhere before it need not be the one that signs
    noun = re.search(r"\b(?:of|on|from|to|in)$", text[acts[0] : acts[1]]) is not None
    return found if len(found) > 1 or not noun or (alone and len(found) == 1) else ()



def as_members(sentence: Sentence, start: int) -> Entity | None:
    """The organisation whose members, as such, make an instrument: named before it or behind "by" in its clause."""
    text, low, high = sentence.document.text, sentence.passage.start, sentence.passage.end
    low, high = phrases.clause_bounds(text, low, high, start)
    for hit in phrases.covering(sentence.hits, max(low, start - phrases.REACH), high):
        if not hit.kinds & _ORGANISATIONS:
            continue
        before = words_for().members_before.search(text, max(low, hit.start - 60), hit.start)
        after = words_for().members_after.match(text, hit.end, high)
        if (before or after) and (hit.start < start or re.search(r"\bby\b", text[start : hit.start])):
            found = sentence.actors.entities(phrases.mention(hit.start, hit.end), subject=True)
            return found[0] if found else None
    return None


_ORGANISATIONS = frozenset({"organisation", "states"})
