"""A small record made by hand: two documents from two sides, one of them hostile."""

from __future__ import annotations

import anyio
import httpx
import pytest

from dragoman.model import (
    Agreement,
    AnyClaim,
    Coded,
    DateSpan,
    Deed,
    Dispute,
    Document,
    Entity,
    Event,
    Evidence,
    Figure,
    Mechanism,
    Reason,
    Source,
    Statement,
    Trigger,
)
from dragoman.reconcile import Reconciler
from dragoman.record import Store
from dragoman.show.web.app import create_app

BRITAIN = Entity(text="Britain", start=None, end=None, name="United Kingdom", country="GBR")
RUSSIA = Entity(text="Russia", start=None, end=None, name="Russia", country="RUS")
MAY = Entity(text="May", start=None, end=None, name="Theresa May", country="GBR", office="Prime Minister")

BRITISH = (
    "Britain expelled 23 Russian diplomats on 14 March 2018. "
    "Theresa May met Vladimir Putin in Osaka on 28 June 2019. "
    '"There can be no normal relationship," May told Russia. '
    "Britain will visit Russia in May 2099. "
    "Britain and Russia signed a treaty on apples in 2016. "
    "The dispute over the apples has been open since 2018. "
    "The Apple Commission of Britain and Russia meets every year. "
    "Trade between Britain and Russia rose to 12 billion dollars."
)
HOSTILE = (
    "Russia <script>alert('x')</script> accused Britain of \"onmouseover=alert(1)\" on 17 March 2018. "
    "Britain expelled 23 Russian diplomats on 14 March 2018. [link](javascript:alert(2)) {{ 7 * 7 }}"
)


def day(iso: str) -> DateSpan:
    return DateSpan(start=iso, end=iso)


def evidence(document: str, text: str, sentence: str) -> Evidence:
    start = text.index(sentence)
    return Evidence(document=document, start=start, end=start + len(sentence), text=sentence)


def trigger(text: str, word: str) -> Trigger:
    start = text.index(word)
    return Trigger(text=word, start=start, end=start + len(word))


def british() -> Coded:
    name = "d-british"

    def at(sentence: str) -> Evidence:
        return evidence(name, BRITISH, sentence)

    claims: list[AnyClaim] = [
        Event(
            id="c1",
            evidence=at("Britain expelled 23 Russian diplomats on 14 March 2018."),
            trigger=trigger(BRITISH, "expelled"),
            event_type="SANCTION",
            mode="expel",
            actors=(BRITAIN,),
            recipients=(RUSSIA,),
            date=day("2018-03-14"),
            quad_class=4,
            score=-5.5,
            why=(Reason(step="frame", rule="expel", detail="subject expelled object"),),
        ),
        Event(
            id="c2",
            evidence=at("Theresa May met Vladimir Putin in Osaka on 28 June 2019."),
            event_type="CONSULT",
            actors=(MAY, RUSSIA),
            date=day("2019-06-28"),
            quad_class=1,
            score=2.5,
        ),
        Statement(
            id="c3",
            evidence=at('"There can be no normal relationship," May told Russia.'),
            speaker=MAY,
            addressee=RUSSIA,
            quote="There can be no normal relationship",
            stance="opposes",
            date=day("2019-06-28"),
        ),
        Event(
            id="c4",
            evidence=at("Britain will visit Russia in May 2099."),
            event_type="AGREE",
            status="future",
            of=Deed(event_type="CONSULT", mode="visit"),
            actors=(BRITAIN,),
            recipients=(RUSSIA,),
            date=DateSpan(start="2099-05-01", end="2099-05-31", precision="month"),
            quad_class=1,
            score=2.5,
        ),
        Agreement(
            id="c5",
            evidence=at("Britain and Russia signed a treaty on apples in 2016."),
            name="treaty on apples",
            agreement_kind="treaty",
            parties=(BRITAIN, RUSSIA),
            status="signed",
            date=DateSpan(start="2016-01-01", end="2016-12-31", precision="year"),
        ),
        Dispute(
            id="c6",
            evidence=at("The dispute over the apples has been open since 2018."),
            name="dispute over the apples",
            parties=(BRITAIN, RUSSIA),
            since=DateSpan(start="2018-01-01", end="2018-12-31", precision="year"),
            unanswered_since=day("2018-03-14"),
        ),
        Mechanism(
            id="c7",
            evidence=at("The Apple Commission of Britain and Russia meets every year."),
            name="Apple Commission",
            mechanism_kind="commission",
            frequency="annual",
            parties=(BRITAIN, RUSSIA),
        ),
        Figure(
            id="c8",
            evidence=at("Trade between Britain and Russia rose to 12 billion dollars."),
            measure="trade",
            value=12e9,
            unit="USD",
            parties=(BRITAIN, RUSSIA),
        ),
    ]
    document = Document(
        id=name,
        text=BRITISH,
        title="A British account",
        published=day("2019-06-29"),
        source=Source(name="Test, British view", side="GBR", country="GBR"),
    )
    return Coded(document=document, claims=tuple(claims))


def hostile() -> Coded:
    name = "d-hostile"
    first = HOSTILE[: HOSTILE.index(" Britain expelled")]
    claims: list[AnyClaim] = [
        Event(
            id="c9",
            evidence=evidence(name, HOSTILE, first),
            event_type="ACCUSE",
            actors=(Entity(text="<b>Russia</b>", start=None, end=None, name="Russia", country="RUS"),),
            recipients=(Entity(text="x", start=None, end=None, name="<img src=x onerror=alert(3)>", country="GBR"),),
            date=day("2018-03-17"),
            quad_class=3,
            score=-3.0,
        ),
        Event(
            id="c10",
            evidence=evidence(name, HOSTILE, "Britain expelled 23 Russian diplomats on 14 March 2018."),
            event_type="SANCTION",
            mode="expel",
            actors=(BRITAIN,),
            recipients=(RUSSIA,),
            date=day("2018-03-14"),
            quad_class=4,
            score=-5.5,
        ),
    ]
    document = Document(
        id=name,
        text=HOSTILE,
        title="</title><script>alert('title')</script>",
        url="javascript:alert(4)",
        published=day("2018-03-18"),
        source=Source(name='"><script>alert(5)</script>', side="RUS"),
    )
    return Coded(document=document, claims=tuple(claims))


@pytest.fixture
def record(tmp_path):
    path = tmp_path / "record.sqlite"
    with Store(path, deriver=Reconciler()) as store:
        store.add(british())
        store.add(hostile())
    return path


@pytest.fixture
def store(record):
    with Store(record, deriver=Reconciler(), write=False) as opened:
        yield opened


class Client:
    """Asks an application without a socket, one request at a time."""

    def __init__(self, app, base_url):
        self.app = app
        self.base_url = base_url
        self.form = app.state.desk.access.form

    def request(self, method, path, **options):
        async def ask():
            transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
            cookies = options.pop("cookies", None)
            async with httpx.AsyncClient(transport=transport, base_url=self.base_url, cookies=cookies) as client:
                return await client.request(method, path, **options)

        return anyio.run(ask)

    def get(self, path, **options):
        return self.request("GET", path, **options)

    def post(self, path, **options):
        return self.request("POST", path, **options)


@pytest.fixture
def asking():
    opened = []

    def client(record, base_url="http://localhost", token=""):
        store = Store(record, deriver=Reconciler())
        opened.append(store)
        return Client(create_app(store, token=token), base_url)

    yield client
    for store in opened:
        store.close()
