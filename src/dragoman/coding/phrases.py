"""What the coders of all kinds of claims share: words to patterns, numbers, parties of a stretch, evidence and ids."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator

from dragoman.coding.context import Sentence
from dragoman.coding.joined import joined
from dragoman.coding.lemmas import irregular, lemma
from dragoman.coding.parsed import roles_of, span_of, subject_of, token_at, tree_of, verb_of
from dragoman.coding.roles import Roles
from dragoman.coding.tree import Tree
from dragoman.coding.words import either, number_form, number_of, numbers, pattern_file, plural_of
from dragoman.model import DateSpan, Entity, Evidence, Mention, NameHit, Reason, Trigger, content_id

__all__ = [
    "BODIES",
    "REACH",
    "claim_id",
    "clause_bounds",
    "covering",
    "dates_in",
    "distinct",
    "document_pair",
    "either",
    "evidence",
    "group_form",
    "inflected",
    "is_body",
    "mention",
    "named_at",
    "named_between",
    "number_form",
    "number_of",
    "numbers",
    "overlapping",
    "paragraphs",
    "pattern_file",
    "plural_of",
    "roles_of",
    "same_party",
    "span_of",
    "squeeze",
    "subject_of",
    "token_at",
    "tree_of",
    "trigger",
    "trim_name",
    "verb_of",
    "why",
    "with_pair",
]

#: A stretch of text longer than this between two parts of one phrase is no phrase any more.
REACH = 160
#: So many phrases of that kind are asked about in one document.
_VOTES = 24
#: "The two countries" is looked for this far into a document; a page that speaks of a pair says so early.
_EARLY = 20_000


@functools.lru_cache(maxsize=1)
def group_form() -> re.Pattern[str]:
    """Matches "our countries", "the two sides", "both presidents"."""
    words = pattern_file("parties")
    heads = either(words["groups"])
    return re.compile(rf"\b{either(words['determiners'])}\s+(?:[a-z]+\s+)?{heads}\b|\bbetween\s+us\b", re.IGNORECASE)


@functools.lru_cache(maxsize=1)
def _locative() -> re.Pattern[str]:
    return re.compile(
        rf"\b{either(pattern_file('parties')['locative'])}\s+(?:the\s+)?(?:[A-Z][\w’'-]+\s+){{0,3}}$", re.IGNORECASE
    )


def evidence(sentence: Sentence) -> Evidence:
    """The passage itself as evidence."""
    passage = sentence.passage
    return Evidence(document=sentence.document.id, start=passage.start, end=passage.end, text=passage.text)


def trigger(sentence: Sentence, start: int, end: int) -> Trigger:
    """The words between two offsets of the document as a trigger."""
    return Trigger(text=sentence.document.text[start:end], start=start, end=end)


def claim_id(sentence: Sentence, kind: str, start: int, end: int, *content: str) -> str:
    """The id of a claim of one kind that rests on the words between two offsets."""
    return content_id(sentence.document.id, kind, str(start), str(end), *content)


def why(rule: str, seen: str, *more: tuple[str, str, str]) -> tuple[Reason, ...]:
    """The reasons of a claim: the rule that made it with what it saw, then further steps."""
    first = Reason(step="coding", rule=rule, detail=" ".join(seen.split())[:120])
    return (first, *(Reason(step=step, rule=name, detail=detail[:120]) for step, name, detail in more))


def squeeze(text: str) -> str:
    """Text with single spaces."""
    return " ".join(text.split())


def dates_in(sentence: Sentence, start: int | None = None, end: int | None = None) -> list[tuple[int, int, DateSpan]]:
    """The dates of a sentence, or between two offsets of it, in order."""
    low = sentence.passage.start if start is None else start
    high = sentence.passage.end if end is None else end
    return sorted(sentence.dates.dates(low, high), key=lambda found: found[0]) if low < high else []


def inflected(verb: str) -> set[str]:
    """The forms of a verb that the lemma table leads back to it; regular ones are made and tried."""
    head, _, tail = verb.partition(" ")
    tries = {head, head + "s", head + "es", head + "ed", head + "d", head + "ing", head[:-1] + "ing", head[:-1] + "ied",
             head[:-1] + "ies", head + head[-1] + "ed", head + head[-1] + "ing", *_irregular(head)}  # fmt: skip
    good = {
        form for form in tries if form == head or any(lemma(form, tag) == head for tag in ("VBD", "VBZ", "VBG", "VBN"))
    }
    return {f"{form} {tail}" if tail else form for form in good}


def _irregular(verb: str) -> set[str]:
    return {form for (form, kind), base in irregular().items() if base == verb and kind == "V"}


# -- parties ---------------------------------------------------------------------------------------------------------


def same_party(one: Entity, other: Entity) -> bool:
    """Whether two entities stand for one party: the same state, or without a state the same name."""
    if one.country or other.country:
        return one.country == other.country and (
            len(one.country) != 3 or one.country not in _SHARED or one.name == other.name
        )
    return (one.name or one.text).lower() == (other.name or other.text).lower()


#: Codes that many different actors share; two such actors are one only under one name.
_SHARED = frozenset({"IGO", "NGO", "IMG", "ISM", "MNC", "UNO"})
#: Codes of bodies that are no state.
BODIES = _SHARED | {"EUR"}


def distinct(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """The parties among some entities, each once, in order; those that are nobody are left out."""
    found: list[Entity] = []
    for entity in entities:
        if (entity.country or entity.sectors) and not any(same_party(entity, other) for other in found):
            found.append(entity)
    return tuple(found)


def covering(hits: Iterable[NameHit], start: int, end: int) -> list[NameHit]:
    """The names between two offsets, the longest where they overlap, in order."""
    chosen: list[NameHit] = []
    inside = [hit for hit in hits if start <= hit.start and hit.end <= end]
    for hit in sorted(inside, key=lambda hit: (-(hit.end - hit.start), hit.start)):
        if all(hit.end <= other.start or other.end <= hit.start for other in chosen):
            chosen.append(hit)
    return sorted(chosen, key=lambda hit: hit.start)


def mention(start: int, end: int) -> Mention:
    """A phrase whose head is all of it."""
    return Mention(start=start, end=end, head_start=start, head_end=end)


#: "The Minsk Package", "the Moscow Treaty": a town before a capital word names the thing, not a party.
_TOWNS = frozenset({"capital", "city", "place", "region"})


@functools.lru_cache(maxsize=1)
def _thing_form() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:[A-Z]|(?i:{either(pattern_file('parties')['things'], plural=True)})\b)")


def named_between(sentence: Sentence, start: int, end: int, *, places: bool = False) -> tuple[Entity, ...]:
    """The parties that names and words such as "both countries" mean between two offsets of the document.

    Names behind "in" or "at" are places and are left out, unless `places` asks for them.
    """
    text = sentence.document.text
    marks: list[tuple[int, int]] = []
    found: list[tuple[int, tuple[Entity, ...]]] = list(joined(text, start, end))
    done = [(at, at + len(both[0].text)) for at, both in found]
    for hit in covering(sentence.hits, start, end):
        if overlapping(done, hit.start, hit.end) or _thing(text, hit) or hit.kinds <= _NO_PARTY:
            continue
        before = text[max(sentence.passage.start, hit.start - 40) : hit.start]
        named_after = hit.kinds <= _TOWNS and _thing_form().match(text, hit.end) is not None
        if not named_after and (places or not _locative().search(before)):
            marks.append((hit.start, hit.end))
    for match in group_form().finditer(text, start, end):
        if not overlapping([*marks, *done], match.start(), match.end()):
            marks.append((match.start(), match.end()))
    for a, b in sorted(marks):
        named = sentence.actors.entities(mention(a, b), subject=True)
        if group_form().fullmatch(text, a, b):
            # "our" is the speaker's pair throughout a page, whoever was named last
            pair = document_pair(sentence)
            named = pair if pair and (text[a : a + 3].lower() == "our" or len(distinct(named)) < 2) else named
        found.append((a, named))
    return distinct(entity for _, several in sorted(found, key=lambda one: one[0]) for entity in several)


#: A newspaper or a university is no party to anything between states ("Foreign Policy").
_NO_PARTY = frozenset({"media", "university"})


def _thing(text: str, hit: NameHit) -> bool:
    """Whether a surname names no person here: "the Nile", "the Rhine"."""
    return hit.kinds <= _PERSONS and " " not in hit.text and text[max(0, hit.start - 4) : hit.start].lower() == "the "


_PERSONS = frozenset({"person", "surname"})


def document_pair(sentence: Sentence) -> tuple[Entity, ...]:
    """The two parties that a page means most often by "our countries", "both sides" and the like; else none."""
    document = sentence.document
    key = (document.id, len(document.text), hash(document.text))
    if key not in _pairs:
        if len(_pairs) > _KEPT:
            _pairs.clear()
        _pairs[key] = _most_meant(sentence)
    return _pairs[key]


_pairs: dict[tuple[str, int, int], tuple[Entity, ...]] = {}
_KEPT = 64


def _most_meant(sentence: Sentence) -> tuple[Entity, ...]:
    votes: dict[frozenset[str], list[tuple[Entity, ...]]] = {}
    matches = list(itertools.islice(group_form().finditer(sentence.document.text, 0, _EARLY), _VOTES))
    for match in matches:
        found = distinct(sentence.actors.entities(mention(match.start(), match.end()), subject=True))
        if len(found) == 2 and all(party.country for party in found):
            votes.setdefault(frozenset(party.country for party in found), []).append(found)
    if not votes or len(_THREE.findall(sentence.document.text[:_EARLY])) > 1:
        return ()  # on a page of three, "our countries" are not two
    most = max(votes.values(), key=len)
    # a page that speaks of one state after another ("letters of credence") has no pair of its own
    return most[0] if 2 * len(most) > sum(len(others) for others in votes.values()) else ()


_THREE = re.compile(
    r"\b(?:our|the|all|these)\s+(?:three|four)\s+(?:countries|states|nations|presidents|leaders|sides|parties)\b"
    r"|\btrilateral\s+(?:meeting|summit|talks|cooperation|format)\b",
    re.IGNORECASE,
)


def with_pair(sentence: Sentence, parties: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Parties completed from the page's pair, when there is fewer than two and what there is belongs to the pair."""
    if len(parties) > 1:
        return parties
    pair = document_pair(sentence)
    if pair and all(any(same_party(party, other) for other in pair) for party in parties):
        return pair
    return parties


def trim_name(sentence: Sentence, name: tuple[int, int], head: tuple[int, int]) -> tuple[int, int]:
    """A capital name around its head word, without the dates at its ends and without what stands before "the"."""
    text, (start, end) = sentence.document.text, name
    for a, b, _ in dates_in(sentence):
        if head[1] <= a < end:
            end = head[1] + len(
                re.sub(r"[\s,]+(?:(?:of|dated|from|on|in|signed)(?:\s+the)?)?\s*$", "", text[head[1] : a])
            )
        if start <= a and b <= head[0]:
            start = b
    for hit in sentence.hits:
        if "person" in hit.kinds and start <= hit.start and hit.end <= head[0]:
            start = hit.end
        if "person" in hit.kinds and head[1] <= hit.start < end:
            end = head[1] + len(re.sub(r"[\s,]+(?:and\s*)?$", "", text[head[1] : hit.start]))
    for match in re.compile(r"(?:\b[Tt]he|\b[Aa]n?|\b[Oo]ur|\b[Tt]heir|\b[Ii]ts|,)\s+").finditer(text, start, head[0]):
        start = max(start, match.end())
    links = re.compile(r"[\s,]*(?:(?:of|on|for|and|in|to|with|by|from|the|a|an)\s+)*").match(text, start, head[0])
    start = links.end() if links else start
    said = re.compile(rf",\s+{either(pattern_file('parties')['address'])}\b").search(text, head[1], end)
    end = said.start() if said else end
    end = max(head[1], start + len(text[start:end].rstrip(" \n.,'’\"”")))
    return start, end


def is_body(sentence: Sentence, start: int, end: int) -> bool:
    """Whether words belong to the name of a body, party or organisation that knowledge has ("the Security Council")."""
    return any(hit.start <= start and end <= hit.end and hit.kinds & _BODIES for hit in sentence.hits)


_BODIES = frozenset({"body", "party", "organisation", "organization", "group", "company", "person", "media"})


def named_at(sentence: Sentence, tree: Tree, roles: Roles, token: int) -> Entity | None:
    """Whom a token's phrase names first: by the parse, else by the known name that the token belongs to."""
    named = roles.named(token, subject=True)
    best = next((entity for entity in named if entity.country), None)
    if best is not None:
        return best
    for hit in covering(sentence.hits, sentence.passage.start, sentence.passage.end):
        if hit.start <= tree.starts[token] < hit.end:
            found = sentence.actors.entities(mention(hit.start, hit.end), subject=True)
            if found and found[0].country:
                return found[0]
    return named[0] if named else None


def clause_bounds(text: str, start: int, end: int, at: int) -> tuple[int, int]:
    """The stretch between the semicolons, dashes and sentence ends around an offset, within two bounds."""
    low, high = start, end
    for match in _BREAKS.finditer(text, start, end):
        if match.end() <= at:
            low = match.end()
        elif match.start() >= at:
            high = match.start()
            break
    return low, high


_BREAKS = re.compile(r";|\s[–—-]\s|(?<=[a-z”\"])[.?!]\s+(?=[A-Z“\"])")


def overlapping(spans: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a stretch shares a character with any of some spans."""
    return any(a < end and start < b for a, b in spans)


def paragraphs(sentences: list[Sentence]) -> Iterator[list[Sentence]]:
    """The sentences by the paragraphs that they stand in."""
    held: list[Sentence] = []
    for sentence in sentences:
        if held and (held[-1].passage.paragraph, held[-1].passage.part) != (
            sentence.passage.paragraph,
            sentence.passage.part,
        ):
            yield held
            held = []
        held.append(sentence)
    if held:
        yield held
