"""Statements of transcripts: what a labelled speaker says in a paragraph, where it concerns another state."""

from __future__ import annotations

import re

import msgspec

from dragoman.coding import phrases
from dragoman.coding.context import Sentence
from dragoman.coding.quotes import Quote
from dragoman.coding.speech import State, Told, called, lexis, stance_of, statement, topic_of
from dragoman.model import Entity, Statement


def transcript(paragraph: list[Sentence], state: State) -> list[Statement]:
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


def _spoken(run: list[Sentence], state: State) -> Statement | None:
    first, text = run[0], run[0].document.text
    label = first.passage.speaker_label.strip()
    start, end = first.passage.start, run[-1].passage.end
    lower = label.lower().rstrip(".:")
    at = text.find(label, start, start + len(label) + 4)
    if lower in lexis().questioners:
        return None
    if at < 0 and label not in state.labels:
        at = text.find(label)  # a turn that goes on: the label stands above
    if label not in state.labels:
        state.labels[label] = _labelled(first, label, at if at >= 0 else None, state)
    speaker = state.labels[label]
    if start <= at < start + len(label) + 4:
        start = at + len(label)
        start += len(re.compile(r"\s*(?:\([^()]{0,60}\)\s*)?[:.]?\s*(?:[–—-]\s)?").match(text, start).group())  # type: ignore[union-attr]
    words = text[start:end].strip()
    if words.startswith("(") and words.endswith(")"):
        return None  # a note of the page
    if speaker is None or len(words.split()) < 6:
        return None
    stance, rule = stance_of("", words)
    seats = {one.country for one in state.labels.values() if one is not None} - {""}
    if not _abroad(run, speaker, own=len(seats) > 1):
        return None
    state.last = speaker
    return statement(
        run, Quote(start, end, start, end, True), speaker,
        Told(
            quote=words, stance=stance, topic=topic_of(run, start, end), rule=f"transcript label; {rule}",
            date=first.dates.fallback,
        ),
    )  # fmt: skip


def _abroad(run: list[Sentence], speaker: Entity, *, own: bool = False) -> bool:
    """Whether somebody's turn names a party other than the speaker's own state; the rest is his country's affair.

    Where several states speak (`own`), what one says of itself by name is said to the others.
    """
    for sentence in run:
        low, high = sentence.passage.start, sentence.passage.end
        if phrases.group_form().search(sentence.document.text, low, high):
            return True
        for hit in phrases.covering(sentence.hits, low, high):
            if own and hit.kinds <= _STATES:
                return True
            for party in sentence.actors.entities(phrases.mention(hit.start, hit.end)):
                if (
                    party.country
                    and party.country != speaker.country
                    and (speaker.country or hit.text not in speaker.text)
                ):
                    return True
    return False


def _by_own_name(sentence: Sentence, label: str, speaker: Entity) -> Entity:
    """A speaker whose label ends with a name of his own that is not the holder's whom knowledge has for his office."""
    place = sentence.document.text.find(label)
    if place < 0 or "holder" not in speaker.how or not speaker.name:
        return speaker
    inside = [hit for hit in sentence.hits if place <= hit.start and hit.end <= place + len(label)]
    after = max((hit.end - place for hit in inside if not hit.kinds & _NAMES), default=0)
    own = _LAST_NAMES.search(label, after)
    words = {word.lower() for word in re.findall(r"[\w’-]+", speaker.name)}
    if own is None or words & {word.lower() for word in own["name"].split()}:
        return speaker
    return msgspec.structs.replace(speaker, name=own["name"])


#: Two words with capitals or more at the end of a label, behind the name of what he heads.
_LAST_NAMES = re.compile(r"(?:^|\s)(?P<name>[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)+)$")
_NAMES = frozenset({"person", "surname", "name"})
_STATES = frozenset({"state"})


def _labelled(sentence: Sentence, label: str, at: int | None, state: State) -> Entity | None:
    if label.lower().rstrip(".:") in lexis().answers:
        if state.last is None:
            state.last = _interviewed(sentence)
        return state.last
    for known, speaker in state.labels.items():
        # "Vladimir Putin:" after "President of Russia Vladimir Putin:"
        if speaker is not None and (known.lower().endswith(label.lower()) or label.lower().endswith(known.lower())):
            return speaker
    if at is not None:
        found = sentence.actors.entities(phrases.mention(at, at + len(label)), subject=True)
        known_one = next((entity for entity in found if entity.country and _is_meant(sentence, label, entity)), None)
        if known_one is not None:
            return _by_own_name(sentence, label, known_one)
    side = _official(sentence, label) or _seat(sentence, at + len(label) if at is not None else None)
    return Entity(
        text=label,
        start=at,
        end=at + len(label) if at is not None else None,
        name=label.title() if label.isupper() else label,
        country=side,
        sectors=("GOV",) if side else (),
        how=f"label, at a briefing of the source's own government, {side}" if side else "label",
    )


def _interviewed(sentence: Sentence) -> Entity | None:
    """Whom a page says that it interviews, in its first lines."""
    text = sentence.document.text
    match = lexis().interviews.search(text, 0, min(len(text), _HEAD))
    if match is None:
        return None
    found = sentence.actors.entities(phrases.mention(*match.span("who")), subject=True)
    return called(text, found[0]) if found else None


def _seat(sentence: Sentence, after: int | None) -> str:
    """The state in parentheses behind a name, as in records of debates: "Li Baodong (China):"."""
    seat = _SEAT.match(sentence.document.text, after) if after is not None else None
    if seat is None:
        return ""
    hits = phrases.covering(sentence.hits, *seat.span("state"))
    codes = {code for hit in hits if "state" in hit.kinds for code in hit.codes}
    return codes.pop() if len(codes) == 1 else ""


_SEAT = re.compile(r"\s?\((?P<state>[A-Z][^()\n]{2,59})\)\s?:")
#: An interview says within so many characters who is asked.
_HEAD = 600


def _official(sentence: Sentence, label: str) -> str:
    """The state of an unknown "MS. SMITH" or "SENIOR OFFICIAL" who speaks at a briefing of a government's own."""
    words = phrases.pattern_file("parties")
    first, last = label.split(maxsplit=1)[0].rstrip("."), label.rsplit(maxsplit=1)[-1]
    titled = (
        first in words["address"] or first.lower() in words["briefers"] or last.lower() in {"official", "officials"}
    )
    return _briefing(sentence, label) if titled else ""


def _briefing(sentence: Sentence, label: str) -> str:
    """The state whose own briefing a page is, as labels in capitals and its source show; empty for others."""
    source = sentence.document.source
    if source.kind != "government" or not label.isupper() or " " not in label:
        return ""
    return source.side or source.country


def _is_meant(sentence: Sentence, label: str, entity: Entity) -> bool:
    """Whether a label can mean a person that knowledge found for it: no namesake with another first name or state.

    A label with a surname alone ("MR. CARNEY") means whoever the page names in full, or somebody of its own state.
    """
    side = _briefing(sentence, label)
    if side and entity.country != side:
        # at a government's own briefing a "SECRETARY DUNCAN" is its own, unless the page names the other in full
        page = f"{sentence.document.title}\n{sentence.document.text}".lower()
        return bool(entity.name) and entity.name.lower() in page
    if "person" not in entity.how or not entity.name or entity.office.lower() in label.lower().rstrip(".:"):
        return True
    own = {word.lower() for word in re.findall(r"[\w’-]+", entity.name)}
    words = [word.lower() for word in re.findall(r"[\w’-]+", label) if word[0].isupper()]
    if words and words[-1] not in own:
        return True  # an office or a body names the speaker, not the surname
    first = words[-2] if len(words) > 1 else ""
    if first in own or f"'{label.strip().rstrip('.:').lower()}'" in entity.how.lower():
        return True  # knowledge knows the person by just these words, however the first name is spelled there
    titles = phrases.pattern_file("parties")
    titled = not first or first in {str(word).lower() for word in [*titles["address"], *titles["titles"]]}
    if not titled:
        return False  # "Anna Popova" is not Margarita Popova
    document = sentence.document
    home = document.source.country or document.source.side
    return entity.country == home or entity.name.lower() in f"{document.title}\n{document.text}".lower()
