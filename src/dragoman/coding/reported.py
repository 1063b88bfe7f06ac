"""Statements told as a clause or an object: "X said that …", "X urged Y to …", "X condemned …"."""

from __future__ import annotations

import re

from dragoman.coding import phrases
from dragoman.coding.attribution import addressee, carry
from dragoman.coding.context import Sentence
from dragoman.coding.quotes import Quote
from dragoman.coding.roles import Roles
from dragoman.coding.speakers import not_the_hearer, speakers
from dragoman.coding.speech import State, Told, lexis, stance_of, statement, topic_in, when
from dragoman.coding.tree import Tree
from dragoman.model import Entity, Statement

_MARKS = frozenset({".", ",", ";", ":", "!", "?", "and", "but", "or", "while", "–", "—", "-", "”", "“", '"', ")", "("})
_MODALS = frozenset({"would", "could", "might", "may", "should", "must", "can", "will", "'d"})


def reported(  # noqa: PLR0915  # one verb after another, each step may give up
    sentence: Sentence, parsed: tuple[Tree, Roles] | None, quotes: list[Quote], state: State
) -> list[Statement]:
    """Statements told as a clause or an object: "X said that …", "X urged Y to …", "X condemned …"."""
    if parsed is None:
        return []
    tree, roles = parsed
    words, text = lexis(), sentence.document.text
    found = _that_were_said(sentence, parsed, state)
    ends = [sentence.passage.end for _ in found]
    for token in range(tree.n):
        if not tree.is_verb(token) or any(quote.start <= tree.starts[token] < quote.end for quote in quotes):
            continue
        base = phrases.verb_of(tree, token, words.verbs)
        particles = tree.particle(token)
        if _TURNED.match(text, tree.ends[token], sentence.passage.end) and text[: tree.starts[token]].rstrip().endswith(
            ","
        ):
            continue  # "Moscow, said its ambassador, would …": read beside the clause
        plain = _plain(tree, token, base)
        verb = next((f"{base} {p}" for p in sorted(particles) if f"{base} {p}" in words.verbs), base)
        if tree.lower[token] == "states" and token and tree.tags[token - 1][:2] in {"JJ", "NN"}:
            continue  # "the other member states made …"
        if token and tree.words[token][:1].isupper() and tree.words[token - 1] not in {"“", '"', ":"}:
            continue  # a name such as "Said"
        if plain:
            verb = "insist"
        if verb not in words.verbs or tree.passive(token) or tree.negated(token) or _unreal(tree, token):
            continue
        span = (tree.starts[plain], sentence.passage.end) if plain else _content(tree, token, verb)
        if span is None or (span[0] < tree.starts[token] < span[1]):
            continue
        if any(quote.start <= span[0] and span[1] <= quote.end + 1 for quote in quotes):
            continue  # the exact words speak for themselves
        if verb in words.receiving and _people(tree, roles, token):
            continue  # "welcomed the veterans": received them
        if words.anonymous.search(text, tree.starts[token], span[1]):
            continue
        everyone = speakers(sentence, (tree, roles), token, state)
        if not everyone:
            continue
        hearer = _hearer(sentence, parsed, token, verb)
        if len(everyone) == 1:
            everyone = [not_the_hearer(sentence, everyone[0], hearer)]
        speaker = everyone[0]
        span = _to_the_end(text, _to_semicolon(text, span, quotes, tree.ends[token]), quotes, sentence.passage.end)
        speaker = carry(sentence, (sentence.passage.start, tree.starts[token]), verb, speaker, state) or speaker
        content = phrases.squeeze(text[span[0] : span[1]]).strip(" ,:")
        if verb in words.with_hearer and text[span[1] : span[1] + 1] == ";" and len(content.split()) < _SAYS:
            continue  # "told the nation; …": whom, not what
        if re.fullmatch(r"[“”\"«][^“”\"«»]*[“”\"»]?", content):
            continue
        inside = [quote for quote in quotes if span[0] <= quote.start < span[1]]
        if len(inside) == 1 and content.strip('“”"«» .,…') == phrases.squeeze(
            text[inside[0].low : inside[0].high]
        ).strip(" .,…"):
            content = ""  # the exact words are all of it
        stance, seen = stance_of(verb, content or text[inside[0].low : inside[0].high])
        told = Told(
            quote=" … ".join(phrases.squeeze(text[quote.low : quote.high]) for quote in inside),
            content=content, stance=stance,
            topic=topic_in(tree, sentence, span), rule=f"{words.verbs[verb].rule}; {seen}",
            addressee=hearer or addressee(sentence, tree.ends[token], span[0]),
            trigger=(tree.starts[token], tree.ends[token]),
            date=when(sentence, (tree.starts[token], tree.ends[token]), None),
        )  # fmt: skip
        inner = any(
            _holds(one, speaker, tree.starts[token]) and tree.ends[token] <= one_end
            for one, one_end in zip(found, ends, strict=True)
        )
        if inner and (
            verb in words.clause_only or _pronoun(tree, token) or found[-1].speaker == speaker or verb in words.nominal
        ):
            continue  # "said that he hoped that …" is one statement
        state.last = speaker
        ends.append(span[1])
        whole = Quote(span[0], span[1], span[0], span[1], True)
        found.extend(statement([sentence], whole, one, told) for one in (speaker, *everyone[1:]))
        ends.extend(span[1] for _ in everyone[1:])
        if len(everyone) > 1:
            state.last = None
        state.several = tuple(everyone) if len(everyone) > 1 else ()
    return found


def _that_were_said(sentence: Sentence, parsed: tuple[Tree, Roles], state: State) -> list[Statement]:
    """What "X's message was that …" says."""
    tree, roles = parsed
    for token in range(tree.n):
        if tree.lemmas[token] not in lexis().sayings or not tree.is_noun(token):
            continue
        near = range(token + 1, min(tree.n - 2, token + 12))
        is_at = next((at for at in near if tree.lemmas[at] == "be" or tree.words[at] in ",;"), None)
        if is_at is None or tree.words[is_at] in ",;" or tree.lower[is_at + 1] != "that":
            continue
        if any(tree.is_verb(at) for at in range(token + 1, is_at)):
            continue
        who = roles.fill(token, "possessor") or roles.fill(token, "of")
        speaker = next((one for one in who if one.country), None)
        if speaker is None or tree.n - is_at < 5:
            continue
        low, high = tree.starts[is_at + 2], sentence.passage.end
        content = phrases.squeeze(sentence.document.text[low:high]).strip(" .,")
        stance, seen = stance_of("", content)
        state.last = speaker
        mark = (tree.starts[token], tree.ends[token])
        told = Told(
            content=content, stance=stance, topic=topic_in(tree, sentence, (low, high)), rule=f"sayings; {seen}",
            trigger=mark, date=when(sentence, mark, None),
        )  # fmt: skip
        return [statement([sentence], Quote(low, high, low, high, True), speaker, told)]
    return []


_TURNED = re.compile(
    r"\s+[^,;.]{3,70},(?:\s+[A-Z][\w’' -]{2,40},)?\s+"
    r"(?:would|will|should|could|can|must|may|might|has|have|had|is|are|was|were)\b"
)


def _plain(tree: Tree, token: int, base: str) -> int | None:
    """Where the clause begins that is "made clear": behind the "that" of "made it clear that"; none if it is not so."""
    known = lexis().plain.get(base)
    if known is None:
        return None
    for index in range(token + 1, min(tree.n - 2, token + 7)):
        if tree.lower[index] in known:
            # "made it plain to his host that …"
            near = range(index + 1, min(tree.n - 1, index + 7))
            that = next((at for at in near if tree.lower[at] == "that"), None)
            return that + 1 if that is not None else None
    return None


def _pronoun(tree: Tree, token: int) -> bool:
    """Whether the subject of a verb is a pronoun."""
    subject = phrases.subject_of(tree, token)
    return subject is not None and tree.tags[subject] == "PRP"


def _to_the_end(text: str, span: tuple[int, int], quotes: list[Quote], high: int) -> tuple[int, int]:
    """What is said up to the end of its clause where the parse stopped inside a quotation or just before its end."""
    start, end = span
    if text[end : end + 1] == ";":
        return span
    for quote in quotes:
        if start <= quote.start < end + 3 and end < quote.end <= high:
            stop = _CLAUSE_END.search(text, quote.end, high)
            return start, stop.start() if stop else min(high, quote.end)
    return span


def _to_semicolon(text: str, span: tuple[int, int], quotes: list[Quote], verb: int) -> tuple[int, int]:
    """What is said up to a semicolon outside of quotations, behind which somebody else may speak."""
    start, end = span
    for at in range(max(start, verb), end):
        if text[at] == ";" and not any(quote.start <= at < quote.end for quote in quotes) and at - start > _FEW:
            return start, at
    return span


_CLAUSE_END = re.compile(r"[,.;:!?](?:\s|$)|\s[–—-]\s|$")


def _people(tree: Tree, roles: Roles, token: int) -> bool:
    """Whether the object of a verb is a person or people, no deed or thing."""
    held = tree.child(token, "obj")
    if held is None:
        return False
    return any("agent " in one.how or "person" in one.how for one in roles.named(held))


def _hearer(sentence: Sentence, parsed: tuple[Tree, Roles], token: int, verb: str) -> Entity | None:
    """The object of "accused X of …", "thanked X for …"."""
    tree, roles = parsed
    held = tree.child(token, "obj") if verb in lexis().of_hearer else None
    if held is None or held < token:
        return None
    named = phrases.named_at(sentence, tree, roles, held)
    return named if named is not None and named.country else None


def _behind_preposition(tree: Tree, token: int, prepositions: tuple[str, ...]) -> tuple[int, int] | None:
    """The stretch behind the first of some prepositions that follows a verb within its clause."""
    reach = next(
        (
            index
            for index in range(token + 1, tree.n)
            if tree.words[index] in _MARKS - {"and", "or", "but", "while", "-"}
        ),
        tree.n,
    )
    at = next((index for index in range(token + 1, min(reach, token + 12)) if tree.lower[index] in prepositions), None)
    if at is None or at + 1 >= reach:
        return None
    return tree.starts[at + 1], tree.ends[reach - 1]


def _holds(claim: Statement, speaker: Entity, at: int) -> bool:
    """Whether a statement by the same speaker begins before an offset of the same sentence."""
    said = claim.speaker
    return (
        said is not None and said.country == speaker.country and claim.trigger is not None and claim.trigger.start < at
    )


def _unreal(tree: Tree, token: int) -> bool:
    """Whether the saying itself is asked, conditional or an order ("if X says", "would say", "to say the least")."""
    if any(
        tree.lower[kid] in {"if", "unless", "whether", "to"} for kid in tree.kids[token] if tree.deps[kid] == "mark"
    ):
        return True
    chain = [token]
    while tree.deps[chain[-1]] in {"conj", "xcomp"} and len(chain) < 6:
        chain.append(tree.heads[chain[-1]])
    if any(tree.lemmas[verb] == "fail" for verb in chain):
        return True
    if any(tree.lower[kid] in {"only", "merely"} for kid in (*tree.kids[token], token + 1) if kid < tree.n):
        return False  # "would only say that"
    return any(tree.lower[kid] in _MODALS for verb in chain for kid in tree.kids[verb] if tree.deps[kid] == "aux")


def _content(tree: Tree, token: int, verb: str) -> tuple[int, int] | None:
    """The offsets of what is said: a complement clause, an infinitive or, for some verbs, the object."""
    words = lexis()
    for kid, form in tree.clauses(token):
        if kid < token and tree.deps[kid] != "ccomp":
            continue
        if (
            verb in words.not_clause
            or tree.deps[kid] == "parataxis"
            or (form == "inf" and verb not in words.infinitive)
            or (form == "gerund" and not tree.aux(kid))
        ):
            continue
        if tree.deps[kid] not in {"ccomp", "xcomp"} and not (form == "inf" and tree.deps[kid] in {"advcl", "xcomp"}):
            continue
        below = [index for index in tree.subtree(kid) if kid < token or index > token]
        if below and token < below[0] and tree.tags[below[0]] == "IN" and tree.lower[below[0]] != "that":
            # "said sanctions without a mandate were …": the parse lost what stands before the preposition
            lost = list(range(token + 1, below[0]))
            below = (
                [*lost, *below] if all(tree.tags[index][:2] in {"NN", "DT", "JJ", "PR"} for index in lost) else below
            )
        while below and (tree.lower[below[0]] in {"that", ","} or tree.tags[below[0]] in {",", "``"}):
            below = below[1:]
        if len(below) > 2:
            return phrases.span_of(tree, [*below, *_tail(tree, below[-1], token)])
    follows = next((index for index in range(token + 1, min(tree.n, token + 10)) if tree.lower[index] == "that"), None)
    if (
        follows is not None
        and verb not in words.not_clause
        and (follows == token + 1 or verb in words.with_hearer or _aside(tree, token + 1, follows))
        and tree.n - follows > 3
    ):
        last = next(
            (index for index in range(tree.n - 1, follows, -1) if tree.tags[index] not in {".", "''"}), tree.n - 1
        )
        return tree.starts[follows + 1], tree.ends[last]
    held_by = verb in words.of_hearer and (tree.child(token, "obj") is not None or verb not in words.nominal)
    if held_by and (behind := _behind_preposition(tree, token, words.of_hearer[verb])) is not None:
        return behind
    far = verb in words.close_prep and tree.lower[min(token + 1, tree.n - 1)] not in words.with_prep[verb]
    if (
        verb in words.with_prep
        and not far
        and (behind := _behind_preposition(tree, token, words.with_prep[verb])) is not None
    ):
        return behind
    if verb in words.nominal or verb in words.of_hearer or verb in words.naming:
        held = tree.child(token, "obj")
        if held is not None and held > token:
            below = tree.subtree(held)
            below = below[: next((at for at, index in enumerate(below) if tree.words[index] == ":"), len(below))]
            more = _tail(tree, below[-1], token)
            if verb in words.naming and not more:
                return None  # "described the visit", "called a meeting"
            return phrases.span_of(tree, [*below, *more])
    if verb in words.infinitive:
        to = next((index for index in range(token + 1, min(tree.n - 1, token + 8)) if tree.lower[index] == "to"), None)
        if (
            to is not None
            and tree.tags[to + 1] == "VB"
            and not any(
                tree.is_verb(index) or tree.tags[index] in {"WDT", "WP", "WRB", ","} for index in range(token + 1, to)
            )
        ):
            return phrases.span_of(tree, [to, *_tail(tree, to, token)])
    return None


#: Before a semicolon fewer words than this are whom it was said to.
_SAYS = 3
#: So few words may stand between a verb of saying and its "that".
_FEW = 6


def _aside(tree: Tree, low: int, high: int) -> bool:
    """Whether only an aside stands between a verb and its "that": "in a statement", "days before", "— once more —"."""
    if high - low < _FEW and all(tree.lower[index] in lexis().beside_that for index in range(low, high)):
        return True
    return tree.tags[low] in {"IN", "TO", ",", ":"} and not any(tree.is_verb(index) for index in range(low, high))


def _tail(tree: Tree, last: int, verb: int) -> list[int]:
    """What follows a clause without a mark between: words that the parse hung elsewhere."""
    if last < verb:
        return []
    stop = last + 1
    while stop < tree.n and tree.words[stop] not in _MARKS:
        stop += 1
    return list(range(last + 1, stop))
