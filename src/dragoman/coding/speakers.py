"""Who says something by the parse of a sentence: alone, together with others, for somebody, by an office alone."""

from __future__ import annotations

import re

import msgspec

from dragoman.coding import phrases
from dragoman.coding.context import Sentence
from dragoman.coding.roles import Roles
from dragoman.coding.speech import State, lexis
from dragoman.coding.tree import Tree
from dragoman.model import Entity, Statement


def speakers(sentence: Sentence, parsed: tuple[Tree, Roles], token: int, state: State) -> list[Entity]:
    """Everyone who says something together: "X and Y said", "both sides said", "they" for two; else the one subject."""
    tree, roles = parsed
    subject = phrases.subject_of(tree, token)
    if subject is not None and any(tree.lower[at] in {"neither", "nobody", "none"} for at in range(subject + 1)):
        return []  # "Neither X nor Y has said"
    if subject is not None and tree.lower[subject] == "they" and state.several:
        return list(state.several)  # those who just spoke together
    if subject is not None and tree.tags[subject] not in {"WP", "WDT", "EX"} and subject != token:
        joint = [kid for kid in tree.kids[subject] if tree.deps[kid] == "conj"]
        low, high = tree.phrase(subject)
        group = phrases.group_form().search(sentence.document.text, tree.starts[low], tree.ends[high])
        if joint or group or tree.lower[subject] in {"they", "both", "sides"}:
            whole = phrases.mention(tree.starts[low], tree.ends[high])
            pointed = sentence.actors.entities(whole, subject=True) if not joint else ()
            several = [
                one
                for one in _distinct(pointed, [])
                or _distinct(roles.named(subject, subject=True), [roles.named(k, subject=True) for k in joint])
                if one.country
            ]
            if len(several) < 2 and group:
                several = list(phrases.named_between(sentence, group.start(), group.end()))
            bodies = [one for one in several if one.country in {"IGO", "UNO", "EUR", "NGO"}]
            if tree.lower[subject] == "they" and bodies:
                return bodies[:1]  # "NATO met in Brussels. They said …"
            if 1 < len(several) < _MOST_SPEAKERS:
                return several
            if group or (tree.lower[subject] in {"they", "both", "sides"} and len(several) != 1):
                return []  # two of whom the page does not tell which
    one = _subject_speaker(sentence, parsed, token, state)
    return [one] if one is not None else []


def _distinct(first: tuple[Entity, ...], more: list[tuple[Entity, ...]]) -> list[Entity]:
    """Entities of different states or names, in order."""
    found: list[Entity] = []
    for entity in [*first, *(one for several in more for one in several)]:
        if not any(entity.country == other.country and entity.name == other.name for other in found):
            found.append(entity)
    return found


#: More than so many do not speak with one mouth in an honest sentence.
_MOST_SPEAKERS = 6


def _subject_speaker(sentence: Sentence, parsed: tuple[Tree, Roles], token: int, state: State) -> Entity | None:
    tree, roles = parsed
    text = sentence.document.text
    subject = phrases.subject_of(tree, token)
    if subject is None or subject == token or tree.tags[subject] in {"WP", "WDT", "EX"}:
        return None
    if tree.lower[subject] in {"i", "we", "you"}:
        return None  # whoever is quoted or speaks in the transcript, and that is coded as such
    if tree.tags[subject] == "PRP" and tree.lower[subject] in {"he", "she", "it"}:
        # "X said it was late and warned …": whoever speaks above
        for up in tree.path_up(token):
            if up != token and tree.is_verb(up) and tree.lemmas[up] in lexis().verbs:
                above = phrases.subject_of(tree, up)
                if above is not None and tree.tags[above] != "PRP":
                    return phrases.named_at(sentence, tree, roles, above)
    if tree.tags[subject] == "PRP" and tree.lower[subject] in {"he", "she"} and state.last is not None:
        pointed = phrases.named_at(sentence, tree, roles, subject)
        if pointed is None or not pointed.country:
            return state.last  # a place that bears a name was taken for him
    named = at_home(sentence, phrases.named_at(sentence, tree, roles, subject))
    own = belonging(sentence, parsed, subject) if named is None or "person" not in named.how else None
    if own is not None:
        return own
    if named is not None and (
        named.country or (_is_name(named.name) and not _is_place(sentence, tree.starts[subject]))
    ):
        return named
    if tree.tags[subject] == "PRP":
        return state.last if tree.lower[subject] in {"he", "she"} else None
    a, b = tree.phrase(subject)
    phrase = text[tree.starts[a] : tree.ends[b]]
    if (
        lexis().carriers.fullmatch(tree.words[subject])
        and state.sender is not None
        and (state.issued or tree.lemmas[subject] in {"message", "telegram", "letter"})
    ):
        return state.sender
    if b - a >= 1 and _is_name(phrase):
        return Entity(text=phrase, start=tree.starts[a], end=tree.ends[b], name=phrase, how="name")
    return None


def _is_place(sentence: Sentence, at: int) -> bool:
    """Whether the name at an offset is only that of a place."""
    return any(hit.start <= at < hit.end and hit.kinds <= _PLACES for hit in sentence.hits)


_PLACES = frozenset({"place", "region", "city"})


def _is_name(words: str) -> bool:
    """Whether somebody unknown is at least called by a name ("Ms Kuznetsova", not "The Governor")."""
    return not words.startswith(("The ", "the ")) and lexis().person.fullmatch(words) is not None


def belonging(sentence: Sentence, parsed: tuple[Tree, Roles], subject: int) -> Entity | None:
    """A person that knowledge does not have, as one of the body or state that he belongs to ("the Pentagon's X")."""
    tree, roles = parsed
    owner = tree.child(subject, "nmod:poss")
    if owner is None or not tree.tags[subject].startswith("NNP"):
        return None
    held = next((one for one in roles.named(owner, subject=True) if one.country), None)
    if held is None:
        return None
    low, high = tree.starts[owner], tree.ends[tree.phrase(subject)[1]]
    name = re.sub(r"^[’']?s?\s+", "", sentence.document.text[tree.ends[owner] : high])
    if not _is_name(name) or " " not in name:
        return None
    phrase = sentence.document.text[low:high]
    return msgspec.structs.replace(held, text=phrase, start=low, end=high, name=name, office="")


def known_again(speaker: Entity | None, last: Entity | None, sentence: Sentence | None = None) -> Entity | None:
    """Whoever spoke last, where an office alone ("the British minister") goes on for a person of the same state."""
    if speaker is not None and last is not None and (seen := _AT_PLACE.search(speaker.how)) and sentence is not None:
        at = int(seen.group(1))
        if _LOCATIVE.search(sentence.document.text[max(0, at - 6) : at]):
            return last  # a town that bears a surname ("the base at Kant") was taken for who was named before
    if (
        speaker is None
        or last is None
        or "holder" in speaker.how
        or "person" in speaker.how
        or not last.name
        or speaker.country != last.country
        or not _OFFICE_ALONE.fullmatch(speaker.text)
    ):
        return speaker
    return last


_AT_PLACE = re.compile(r"named before: '[A-Z][a-z]+' at (\d+)")
_LOCATIVE = re.compile(r"\b(?:at|in|near)\s$")
#: "The minister", "the British president": one known person, not "the foreign ministry" or "a minister".
_OFFICE_ALONE = re.compile(
    r"[Tt]he (?:[A-Z][\w-]+ )?(?:[a-z]+ ){0,2}"
    r"(?:minister|president|chancellor|premier|leader|diplomat|ambassador|envoy|secretary|spokes(?:man|woman|person)|king)"
)


def remember_sender(sentence: Sentence, parsed: tuple[Tree, Roles] | None, state: State) -> None:
    """Who acted last, alone or together, for "the message reads", "the statement said"."""
    low, high = sentence.passage.start, sentence.passage.end
    for hit in phrases.covering(sentence.hits, low, high)[:1]:
        found = sentence.actors.entities(phrases.mention(hit.start, hit.end), subject=True)
        if found and (parsed is None or hit.start - low < _EARLY):
            state.sender, state.senders = found[0], (found[0],)
            state.issued = bool(lexis().forms.search(sentence.passage.text)) or bool(
                lexis().carriers.search(sentence.passage.text)
            )
    if parsed is None or state.sender is None:
        return
    tree, roles = parsed
    for token in range(tree.n):
        subject = tree.child(token, "nsubj") if tree.is_verb(token) else None
        if subject is not None and tree.deps[token].lower() == "root":
            joint = [kid for kid in tree.kids[subject] if tree.deps[kid] == "conj"]
            if not joint:
                continue  # a phrase that is asked about is remembered, and "he" would mean it
            several = _distinct(roles.named(subject, subject=True), [roles.named(kid, subject=True) for kid in joint])
            several = [one for one in several if one.country]
            if 1 < len(several) < _MOST_SPEAKERS:
                state.senders = tuple(several)


#: Who acts stands so near to the head of a sentence.
_EARLY = 60


def together(
    speaker: Entity, parsed: tuple[Tree, Roles] | None, saying: tuple[Sentence, int], state: State
) -> list[Entity]:
    """Everyone who says a quotation with one mouth: the subject's others ("X and Y said"), who issued it with him."""
    sentence, at = saying
    text = sentence.document.text
    if speaker == state.sender and len(state.senders) > 1:
        near = text[max(sentence.passage.start, at - _EARLY) : at]
        return list(state.senders) if lexis().carriers.search(near) else [speaker]
    token = phrases.token_at(parsed[0], at) if parsed is not None else None
    if parsed is None or token is None or not parsed[0].is_verb(token) or parsed[0].passive(token):
        return [speaker]
    everyone = speakers(sentence, parsed, token, state)
    same = any(one.country == speaker.country for one in everyone)
    return everyone if same and len(everyone) > 1 else [speaker]


def at_home(sentence: Sentence, speaker: Entity | None) -> Entity | None:
    """An office or body of no named state as that of the document's source: "The Prime Minister" in a British paper."""
    if speaker is None or speaker.country or not _BODY & set(speaker.sectors) or "agent " not in speaker.how:
        return speaker
    source = sentence.document.source
    home = source.side or source.country
    if not home or not (speaker.text.startswith(("The ", "the ")) or (source.side and speaker.text[:1].isupper())):
        return speaker
    told = "the side" if source.side else "the country"
    return msgspec.structs.replace(speaker, country=home, how=f"{speaker.how} + {told} of the source, {home}")


_BODY = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY"})


def not_the_hearer(sentence: Sentence, speaker: Entity, hearer: Entity | None) -> Entity:
    """The speaker, where an office alone was taken for the very person whom he congratulates or thanks.

    "The President congratulated Mr Assad": on a page with a side it is the side's own.
    """
    source = sentence.document.source
    home = source.side or source.country
    same = hearer is not None and bool(hearer.name) and hearer.name == speaker.name
    if not same or not home or home == speaker.country or "agent " not in speaker.how:
        return speaker
    how = f"{speaker.how}; not whom he speaks to + the source, {home}"
    return msgspec.structs.replace(speaker, country=home, name="", how=how)


def guessed(text: str, claim: Statement) -> bool:
    """Whether an office has its state only from what it says itself: whoever speaks of Moscow need not be of Moscow."""
    speaker = claim.speaker
    seen = _GUESS.search(speaker.how) if speaker is not None else None
    if speaker is None or seen is None or speaker.start is None:
        return False
    name, said = seen.group(1), f"{claim.quote} {claim.content}"
    before = text[: claim.evidence.start]
    return name in said and name not in speaker.text and name not in before


#: How the resolver says that only a state named somewhere gave an office its state.
_GUESS = re.compile(r"(?:the only state (?:named|of the sentence)|was named before), '([^']+)'")


def settled(paragraph: list[Sentence], claim: Statement) -> Statement | None:
    """A statement with a speaker who is known; none where press or unnamed sources alone speak.

    An office that has its state only from what it says itself is of the source's state, else of none, and falls.
    """
    speaker = claim.speaker
    if speaker is not None and guessed(paragraph[0].document.text, claim):
        source = paragraph[0].document.source
        home = source.side or source.country
        if not home or not speaker.text.startswith(("The ", "the ")):
            return None
        how = f"{speaker.how}; not the state it speaks of + the source, {home}"
        claim = msgspec.structs.replace(claim, speaker=msgspec.structs.replace(speaker, country=home, name="", how=how))
    return None if _unnamed(paragraph, claim) else claim


def _unnamed(paragraph: list[Sentence], claim: Statement) -> bool:
    """Whether press or unnamed sources speak ("Israel Radio reported", "two diplomats said")."""
    speaker = claim.speaker
    if speaker is None or speaker.start is None or speaker.end is None or "person" in speaker.how:
        return False
    if lexis().press.search(speaker.text):
        return True
    named = any(phrases.covering(one.hits, speaker.start, speaker.end) for one in paragraph)
    return not named and lexis().several.match(speaker.text) is not None
