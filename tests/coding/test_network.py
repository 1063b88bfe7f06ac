"""The network that ships: what it says of plain sentences, and that nothing breaks it or changes its mind."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dragoman.coding.network import WORD, Glance, Network, network
from dragoman.errors import KnowledgeError
from dragoman.knowledge import HERE
from tests.coding.test_events import HOSTILE

PLAIN = {
    "Denmark expelled two Iranian diplomats.": ("expelled", "SANCTION"),
    "The Kenyan foreign minister met her Somali counterpart in Nairobi.": ("met", "CONSULT"),
    "Serbia accused Kosovo of breaking the agreement.": ("accused", "ACCUSE"),
    "Peru sent blankets and tents to Ecuador.": ("sent", "AID"),
    "Police in Minsk arrested twelve protesters.": ("arrested", "COERCE"),
    "Japan urged North Korea to free the sailors.": ("urged", "REQUEST"),
}
QUIET = [
    "The museum reopened after two years of repairs.",
    "Heavy rain closed the road to the harbour.",
    "She has written three novels and a play.",
]


@pytest.fixture(scope="module")
def reads() -> Network:
    return network(HERE / "models" / "en" / "network")


def one(reads: Network, text: str) -> Glance:
    return next(reads.read([text]))


@pytest.mark.parametrize(("text", "told"), PLAIN.items())
def test_the_word_that_tells_the_event_is_seen(reads: Network, text: str, told: tuple[str, str]) -> None:
    glance = one(reads, text)
    word, event_type = told
    best = int(np.argmax(1 - glance.types[:, 0]))
    assert text[slice(*glance.spans[best])] == word
    assert glance.labels.types[int(glance.types[best].argmax())] == event_type
    assert glance.strongest() > 0.5


@pytest.mark.parametrize("text", QUIET)
def test_nothing_is_seen_where_nothing_is(reads: Network, text: str) -> None:
    assert one(reads, text).strongest() < 0.2


def test_actor_and_recipient_are_told_apart(reads: Network) -> None:
    text = "Denmark expelled two Iranian diplomats."
    glance = one(reads, text)
    words = [text[a:b] for a, b in glance.spans]
    trigger, actor, recipient = words.index("expelled"), words.index("Denmark"), words.index("diplomats")
    assert glance.roles[0, trigger, actor] > 0.5 > glance.roles[1, trigger, actor]
    assert glance.roles[1, trigger, recipient] > 0.5 > glance.roles[0, trigger, recipient]


def test_a_passage_is_read_the_same_in_any_company(reads: Network) -> None:
    texts = list(PLAIN)
    together = list(reads.read(texts))
    for text, glance in zip(texts, together, strict=True):
        assert np.array_equal(one(reads, text).types, glance.types)


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_breaks_it(reads: Network, name: str) -> None:
    glance = one(reads, HOSTILE[name])
    assert glance.types.shape[0] == len(glance.spans) > 0
    assert np.isfinite(glance.types).all()
    assert all(0 <= a < b <= len(HOSTILE[name]) for a, b in glance.spans)


def test_words_are_found_by_their_offsets(reads: Network) -> None:
    text = "Peru sent blankets and tents to Ecuador."
    glance = one(reads, text)
    start = text.index("blankets")
    assert [text[slice(*glance.spans[w])] for w in glance.words(start, start + len("blankets and"))] == [
        "blankets",
        "and",
    ]
    assert not glance.words(4, 4)
    assert [m.group() for m in WORD.finditer("U.S.-led talks")] == ["U", ".", "S", ".", "-", "led", "talks"]


def test_a_folder_without_a_network_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="make network"):
        Network(tmp_path)
