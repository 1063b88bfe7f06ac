"""A search finds what a look at every claim finds, ranked and with its words marked, whatever narrows it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from msgspec.structs import replace

from dragoman.record import Filters, Hit, Store
from dragoman.record.rows import actor_rows, kind_of, type_of
from tests.made import coded, day, entity, event, statement
from tests.record.test_store import opened, reports

WORDS = ("visit", "talks", "minister", "Zürich", "gas", "grain")
SIDES = ("GBR", "RUS", "CHN", "NATO", "")


def test_search_finds_documents_and_claims(path: Path | str) -> None:
    with opened(path) as store:
        for one in reports():
            store.add(one)
        assert {hit.kind for hit in store.search("visited moscow")} == {"document", "event"}
        assert {hit.document for hit in store.search('"held talks"')} == {"three"}
        assert {hit.document for hit in store.search("tal*", kind="event", parties=("CHN",))} == {"three"}
        assert store.search("talks", parties=("GBR",)) == []
        assert "[talks]" in store.search("talks", kind="event")[0].snippet
        assert store.search("moscow", since="2010-01-01") == []


def test_search_is_narrowed_by_all_that_a_claim_has(path: Path | str) -> None:
    with opened(path) as store:
        for one in reports():
            store.add(one)

        def found(query: str, **more: str | tuple[str, ...]) -> set[tuple[str, str]]:
            return {(hit.kind, hit.document) for hit in store.search(query, filters=Filters(**more))}

        assert found("visited", side="RUS") == {("document", "two"), ("event", "two")}
        assert found("visited", source="source of one") == {("document", "one"), ("event", "one")}
        assert found("visit*", status="hypothetical") == {("event", "four")}
        assert found("talks", event_type="CONSULT", parties=("CHN", "RUS")) == {("event", "three")}
        assert found("talks", event_type="ASSAULT") == set()
        assert found("visited", kind="document", since="2010-01-01") == set()
        best = store.search("minister", limit=2)
        assert [hit.rank for hit in best] == sorted(hit.rank for hit in best)


@pytest.mark.parametrize(
    "query", ["", '"', "(", "a AND", "NEAR(", "*", "- - -", "x:y", "\x00", "'; DROP TABLE claims", '""']
)
def test_no_query_breaks_the_search(path: Path | str, query: str) -> None:
    with opened(path) as store:
        assert isinstance(store.search(query), list)


def some(number: int, chance: random.Random) -> object:
    """A document of three claims with words, sides, days, statuses and a publisher drawn by chance."""
    name = f"d{number:03}"
    claims = []
    for point in range(3):
        text = f"{' '.join(chance.choices(WORDS, k=3))} {number} {point}."
        start = f"{chance.choice((1848, 1999, 2009, 2010, 2021, 2130))}-{chance.randint(1, 12):02}-05"
        end = f"{int(start[:4]) + chance.choice((0, 0, 1, 45))}{start[4:8]}28"
        sides = chance.sample(SIDES, 2)
        if chance.random() < 0.2:
            claims.append(statement(sides[0] or "FRA", text, document=name, on=start))
            continue
        status, kind = chance.choice(("actual", "future")), chance.choice(("CONSULT", "AID"))
        when = {"date": day(start, end)} if chance.random() < 0.9 else {"date": None}
        claims.append(event(*sides, text=text, document=name, status=status, event_type=kind, **when))
    publisher = chance.choice(("The Times", "Тасс", "a & b"))
    return coded(name, *claims, source=publisher, side=chance.choice(SIDES), published=f"20{number % 30:02}-02-03")


def narrowed(chance: random.Random) -> Filters:
    """Filters drawn by chance, most of them empty."""

    def one_of(*values: str) -> str:
        return chance.choice(values) if chance.random() < 0.3 else ""

    return Filters(
        parties=tuple(one for one in (one_of(*SIDES), one_of(*SIDES)) if one),
        kind=one_of("event", "statement", "document"),
        event_type=one_of("CONSULT", "AID"),
        status=one_of("actual", "future"),
        since=one_of("1848-06-01", "2009-03-06", "2010", "2140-01-01"),
        until=one_of("1850-01-01", "2009-11-30", "2021-06-01", "2129-12-31"),
        source=one_of("The Times", "Тасс"),
        side=one_of(*SIDES),
    )


def by_hand(store: Store, word: str, filters: Filters) -> set[str]:
    """The ids of what a look at every document and claim finds."""
    found = set()
    for line in store.documents():
        claims = store.claims(document=line.id)
        text = store.document(line.id).document.text
        days = (line.published.start, line.published.end)
        of_claims = {claim.id: {row[3] for row in actor_rows(claim)} for claim in claims}
        here = (not filters.source or line.source == filters.source) and (not filters.side or line.side == filters.side)
        named = set().union(*of_claims.values()) >= set(filters.parties)
        if filters.documents and here and named and word in text.lower() and meets(days, filters):
            found.add(line.id)
        for claim in claims:
            kind, (type_, _, status) = kind_of(claim), type_of(claim)
            fits = all(
                not asked or asked == is_
                for asked, is_ in ((filters.kind, kind), (filters.event_type, type_), (filters.status, status))
            )
            days = (claim.date.start, claim.date.end) if claim.date else ("", "")
            if fits and here and of_claims[claim.id] >= set(filters.parties) and word in claim.evidence.text.lower():
                found |= {claim.id} if meets(days, filters) else set()
    return found


def meets(days: tuple[str, str], filters: Filters) -> bool:
    if not days[0]:
        return not (filters.since or filters.until)
    return days[1] >= filters.since and (not filters.until or days[0] <= filters.until)


@pytest.mark.parametrize("seed", range(4))
def test_what_a_narrowed_search_finds_is_what_a_look_at_everything_finds(path: Path | str, seed: int) -> None:
    chance = random.Random(seed)
    with opened(path) as store:
        for number in range(30):
            store.add(some(number, chance))
        store.remove("d007")
        visits = [one for one in store.claims(kind="event") if "visit" in one.evidence.text]
        by = replace(visits[0], id="", actors=(entity("FRA"),), date=day("2009-05-05"))
        store.add_claim(by, by="ann")
        asked = [Filters(parties=("FRA",)), Filters(status="actual", since="2009-01-01")]
        told = 0
        for filters in [*asked, *(narrowed(chance) for _ in range(60))]:
            word = chance.choice(("visit", "talks", "zurich"))
            hits = store.search(word, filters=filters, limit=1000)
            assert {hit.id for hit in hits} == by_hand(store, word.replace("zurich", "zürich"), filters), filters
            assert len(hits) == len({hit.id for hit in hits})
            assert [hit.rank for hit in hits] == sorted(hit.rank for hit in hits)
            told += len(hits)
        assert told > 300


def test_the_words_of_every_hit_are_marked(path: Path | str) -> None:
    with opened(path) as store:
        for number in range(20):
            store.add(some(number, random.Random(number)))
        for query in ("visit", "vis*", "gas grain", "talks gr*"):
            for filters in (Filters(), Filters(status="actual"), Filters(kind="document", side="GBR")):
                assert all(marked(hit, query) for hit in store.search(query, filters=filters)), (query, filters)


def marked(hit: Hit, query: str) -> bool:
    return all(f"[{word.rstrip('*')}" in hit.snippet.lower() for word in query.split())


def test_what_a_document_is_found_by_follows_its_claims(path: Path | str) -> None:
    with opened(path) as store:
        old = event("GBR", "RUS", text="They met.", document="d")
        store.add(coded("d", old))

        def found() -> set[str]:
            return {
                one for one in ("GBR", "RUS", "CHN", "FRA")
                if store.search("met", filters=Filters(kind="document", parties=(one,)))
            }  # fmt: skip

        assert found() == {"GBR", "RUS"}
        store.recode(coded("d", event("GBR", "CHN", text="They met.", document="d")))
        assert found() == {"GBR", "CHN"}
        (claim,) = store.claims()
        store.judge(claim.id, "right", by="ann")
        store.recode(coded("d", event("GBR", "FRA", text="They met.", document="d")))
        (waiting,) = store.asked()
        assert found() == {"GBR", "CHN"}
        store.answer(waiting.new.id, take=True, by="ann")
        assert found() == {"GBR", "FRA"}
        assert list(store.check()) == []


def test_one_letter_begins_no_word(path: Path | str) -> None:
    with opened(path) as store:
        for one in reports():
            store.add(one)
        assert store.search("v*") == []
        assert {hit.document for hit in store.search("vi*")} == {"one", "two", "four"}
