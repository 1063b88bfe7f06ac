"""The API gives what its description says, whatever it is asked; and `connect` has the methods of a local record."""

from __future__ import annotations

import inspect
import io
import json
import socket
import threading
import time
import warnings

import pyarrow.parquet
import pytest
import uvicorn
from msgspec.structs import replace

import dragoman
from dragoman import keep
from dragoman.errors import RecordError, UsageError
from dragoman.model import Skipped
from dragoman.reconcile import Reconciler
from dragoman.record import Filters, Store
from dragoman.remote import RemoteRecord, _NotThereError
from dragoman.show import giving, tables
from dragoman.show.web.api import cursor, openapi, opened
from dragoman.show.web.app import create_app
from tests.made import StubCoder
from tests.show.conftest import british, hostile

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    patch = pytest.MonkeyPatch()
    patch.setattr(keep, "coder", lambda *_: StubCoder())
    store = Store(tmp_path_factory.mktemp("api") / "record.sqlite", deriver=Reconciler())
    store.add(british())
    store.add(hostile())
    made = create_app(store)
    made.state.desk.access.changes.allows = lambda *_, **__: True
    made.state.store = store
    yield made
    store.close()
    patch.undo()


@pytest.fixture(scope="module")
def address(app):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def test_the_description_has_every_address_and_examples(app):
    told = openapi(app)
    assert told["openapi"].startswith("3.1")
    assert all(path.startswith("/api/v1/") for path in told["paths"])
    assert len(told["paths"]) >= 24
    assert {"Item", "Coded", "Judgement", "Error"} <= set(told["components"]["schemas"])
    assert "examples" in json.dumps(told)


def test_a_cursor_goes_through_all_and_ends(record, asking):
    desk = asking(record)
    every = desk.get("/api/v1/items?limit=1000").json()
    assert every["next"] is None
    found, after = [], ""
    while True:
        page = desk.get(f"/api/v1/items?limit=2&cursor={after}").json()
        found += page["items"]
        after = page["next"]
        if not after:
            break
    assert [one["id"] for one in found] == [one["id"] for one in every["items"]]
    for path in ("documents", "claims", "relations", "judgements", "skipped"):
        assert desk.get(f"/api/v1/{path}?limit=1").json()["items"] is not None
    assert opened(cursor("a", "b"), (str, str)) == ("a", "b")
    for wrong in ("zzz", cursor(1), cursor(True, "x"), cursor("a"), "é"):
        assert desk.get(f"/api/v1/items?cursor={wrong}").status_code == 400


def test_errors_have_one_shape(record, asking):
    desk = asking(record)
    for method, path, status in [
        ("GET", "/api/v1/items/none", 404), ("GET", "/api/v1/nothing", 404), ("GET", "/api/v1/items?limit=0", 422),
        ("GET", "/api/v1/items?since=soon", 400), ("PUT", "/api/v1/items", 405), ("POST", "/api/v1/judgements", 422),
        ("GET", "/api/v1/relations/GBR/GBR", 400),
    ]:  # fmt: skip
        answer = desk.request(method, path)
        assert answer.status_code == status, path
        assert set(answer.json()["error"]) == {"status", "what", "next"}


def test_exports_stream_what_the_command_gives(record, asking):
    desk = asking(record)
    lines = desk.get("/api/v1/export/events").text.splitlines()
    assert {json.loads(line)["kind"] for line in lines} == {"event"}
    assert desk.get("/api/v1/export/events?format=csv").text.startswith("kind,")
    assert desk.get("/api/v1/export/events?format=parquet").content[:4] == b"PAR1"
    assert "expelled" not in desk.get("/api/v1/export/events?text=false").text


def test_a_token_opens_the_desk_and_nothing_else_does(record, asking):
    token = "a-token-long-enough"
    desk = asking(record, "http://desk.example", token)
    assert desk.get("/").status_code == 401
    assert desk.get("/", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert desk.get("/api/v1/relations").json()["error"]["status"] == 401
    assert desk.get("/api/v1/relations", headers={"authorization": f"Bearer {token}"}).status_code == 200
    assert desk.get("/static/vendor/vega.js").status_code == 401
    login = desk.post("/login", data={"token": token})
    assert "HttpOnly" in login.headers["set-cookie"]
    assert desk.get("/", cookies={"dragoman_token": token}).status_code == 200
    assert [desk.post("/login", data={"token": "guess"}).status_code for _ in range(25)][-1] == 429


def test_a_remote_record_has_the_methods_of_a_local_one(app, address):
    local: Store = app.state.store
    with dragoman.connect(address) as remote:
        assert remote.relations() == local.relations()
        assert remote.documents() == local.documents()
        assert remote.document("d-british") == local.document("d-british")
        assert remote.document("none") is None
        assert remote.holds("d-hostile")
        assert remote.events("GBR", "RUS") == local.events("GBR", "RUS")
        assert remote.events("GBR", "RUS", directed=True, last=1) == local.events("GBR", "RUS", directed=True, last=1)
        for kind in ("", "statement", "dispute"):
            assert remote.items(kind, "GBR", "RUS") == local.items(kind, "GBR", "RUS")
        assert remote.claims(kind="event") == local.claims(kind="event")
        assert remote.claim("c1") == local.claim("c1")
        assert remote.explain("c1") == local.explain("c1")
        assert remote.search("diplomats") == local.search("diplomats")
        some = local.events("GBR", "RUS")[0].id
        assert remote.whole_id(some[:8]) == local.whole_id(some[:8]) == some
        assert remote.whole_id("none") == "none"
        assert remote.find_document("d-brit").id == "d-british"
        assert remote.brief("GBR", "RUS").startswith(b"# The United Kingdom")
        with pytest.raises(RecordError, match="no claim"):
            remote.judge("none", "right", by="x")
        kept = remote.judge("c1", "right", by="A. Reader")
        assert kept in local.judgements() == remote.judgements()
        assert remote.skipped() == local.skipped()
        assert remote.removals() == local.removals()
        (added,) = remote.add_text("Britain met China.", date="2020-01-01")
        assert added.added
        assert remote.remove(added.document) == 1
        assert b'"kind":"event"' in b"".join(remote.export("events"))
    with pytest.raises(UsageError):
        dragoman.connect("relations.sqlite")
    with pytest.raises(RecordError, match="no desk answers"):
        dragoman.connect("http://127.0.0.1:9")


def test_a_remote_record_has_all_names_of_a_local_one():
    local = {name for name in dir(Store) if not name.startswith("_")}
    assert local - set(dir(RemoteRecord)) == set()
    for name in sorted(local):
        here, there = (inspect.signature(getattr(one, name)).parameters for one in (Store, RemoteRecord))
        # `open` and the deriver are how each is found; the rest is called alike.
        assert [one for one in here if one not in there and name != "open"] == [], name


def test_a_remote_record_is_written_checked_and_copied(tmp_path, app, address):
    local: Store = app.state.store
    remote = dragoman.connect(address)
    coded_ = british()
    new = replace(coded_, document=replace(coded_.document, id="d-remote"), claims=())
    claims = tuple(
        replace(one, id=f"r{one.id}", evidence=replace(one.evidence, document="d-remote")) for one in coded_.claims
    )
    assert [one.added for one in remote.add_all([replace(new, claims=claims[:2])])] == [True]
    assert not remote.add(replace(new, claims=claims[:2])).added
    told = remote.recode(replace(new, claims=claims[:3]), keep=False)
    assert (told.same, len(told.new)) == (2, 1)
    assert local.claim("rc3") is None
    remote.recode(replace(new, claims=claims[:3]))
    assert local.claim("rc3")
    wrong = replace(claims[0], evidence=replace(claims[0].evidence, text="Nobody said that"))
    for bad in (replace(new, claims=(wrong,)), replace(new, document=replace(new.document, text=""))):
        with pytest.raises(UsageError):
            remote.recode(bad)
    with pytest.raises(RecordError, match="document"):
        remote.recode(replace(new, document=replace(new.document, id="none")))
    remote.skip(Skipped(id="", where="elsewhere", why="it is empty"))
    assert ("", "elsewhere", "it is empty") in local.skipped()
    assert list(remote.check()) == []
    assert remote.rebuild() > 0
    copy = tmp_path / "copy.sqlite"
    assert remote.backup(copy) == copy.stat().st_size
    with Store(copy, deriver=Reconciler()) as opened_:
        assert opened_.documents() == local.documents()
    with pytest.raises(RecordError, match="there already"):
        remote.backup(copy)
    remote.remove("d-remote")


def test_a_remote_export_is_not_read_whole(address, monkeypatch):
    """A gigabyte that the desk gives piece by piece: the first piece is here before the last is made."""
    made = []

    def endless(*_, **__):
        for number in range(1000):
            made.append(number)
            yield b"x" * 100_000

    monkeypatch.setattr(giving, "given", endless)
    pieces = dragoman.connect(address).export("events")
    assert len(next(pieces)) <= 65_536
    assert len(made) < 900
    pieces.close()


@pytest.mark.parametrize("kind", giving.ALL_KINDS)
def test_every_export_of_the_command_is_an_export_of_the_api(kind, record, asking):
    desk = asking(record)
    for form in giving.formats_of(kind):
        answer = desk.get(f"/api/v1/export/{kind}", params={"format": form, "state": ["GBR", "RUS"]})
        assert answer.status_code == 200, (form, answer.text)
        assert answer.headers["content-type"] == giving.MEDIA[form][0]
        assert giving.MEDIA[form][1] in answer.headers["content-disposition"]
        with Store(record, deriver=Reconciler()) as store:
            expected = b"".join(giving.given(store, kind, form, states=("GBR", "RUS")))
        if form not in ("zip", "parquet"):
            assert answer.content == expected
    assert desk.get(f"/api/v1/export/{kind}?format=nothing").status_code == 422
    assert desk.get("/api/v1/export/claims?format=gdelt").status_code == 400


def test_tables_are_written_in_groups(monkeypatch):
    monkeypatch.setattr(tables, "GROUP", 3)
    rows = [{"a": number, "b": None if number % 2 else float(number), "c": "=x"} for number in range(10)]
    rows[4] = {"a": 4, "d": True}
    pieces = list(tables.written(lambda: iter(rows), "parquet"))
    assert len(pieces) > 3
    table = pyarrow.parquet.read_table(io.BytesIO(b"".join(pieces)))
    assert table.column_names == ["a", "b", "c", "d"]
    assert table.column("b").to_pylist()[:3] == [0.0, None, 2.0]
    assert table.column("d").to_pylist()[4] is True
    text = b"".join(tables.written(lambda: iter(rows), "csv")).decode()
    assert text.splitlines()[:2] == ["a,b,c,d", "0,0.0,'=x,"]
    assert list(tables.written(lambda: iter([]), "csv")) == []


def test_what_the_pages_show_is_in_the_api(record, asking):
    """Each twin of a page has an address below /api/v1 that gives the same."""
    desk = asking(record)
    dispute = desk.get("/api/v1/items?kind=dispute").json()["items"][0]["id"]
    for twin, path, parts in [
        ("/index.json", "/home", ["relations"]),
        ("/GBR-RUS.json", "/relations/GBR/RUS", None),
        ("/GBR-RUS.json?type=SANCTION&deeds=deeds", "/relations/GBR/RUS?type=SANCTION&deeds=deeds", None),
        ("/GBR-to-RUS.json", "/relations/GBR/RUS?directed=true", None),
        ("/GBR-RUS/positions.json", "/relations/GBR/RUS/positions", None),
        ("/GBR-RUS/architecture.json", "/relations/GBR/RUS/channels", None),
        ("/GBR-RUS/agreements.json", "/relations/GBR/RUS/agreements", None),
        ("/GBR-RUS/disputes.json", "/relations/GBR/RUS/disputes", None),
        ("/GBR-RUS/figures.json", "/relations/GBR/RUS/figures", None),
        ("/GBR-RUS/documents.json", "/relations/GBR/RUS/documents", None),
        ("/GBR-RUS/chart.json", "/chart/GBR/RUS", None),
        ("/GBR-RUS/brief.json", "/brief/GBR/RUS?format=json", None),
        ("/document/d-british.json", "/documents/d-british", None),
        ("/item/c1.json", "/items/c1", None),
        ("/actor/Theresa%20May.json", "/actors/Theresa%20May", None),
        ("/map.json?of=GBR", "/map/GBR", None),
        ("/map-series.json?of=GBR", "/map/GBR/series", None),
        ("/method.json", "/method", None),
        ("/review.json", "/review", ["waiting", "precision"]),
    ]:
        shown, given = desk.get(twin).json(), desk.get(f"/api/v1{path}")
        assert given.status_code == 200, path
        given = given.json()
        for name in parts or [""]:
            assert (given[name] if name else given) == (shown[name] if name else shown), path
    both = desk.get(f"/api/v1/items/{dispute}/positions").json()["sides"]
    assert both == desk.get(f"/item/{dispute}.json").json()["positions"]
    assert desk.get("/api/v1/jobs").json() == {"items": [], "next": None}
    for form in ("svg", "png"):
        assert desk.get(f"/api/v1/chart/GBR/RUS?format={form}").headers["content-type"].startswith("image/")


def test_every_list_has_a_cursor(app):
    for path, methods in openapi(app)["paths"].items():
        told = methods.get("get")
        schema = (told or {}).get("responses", {}).get("200", {}).get("content", {}).get("application/json", {})
        if "items" in schema.get("schema", {}).get("properties", {}):
            assert {"cursor", "limit"} <= {one["name"] for one in told["parameters"]}, path


def test_a_remote_record_is_judged_like_a_local_one(asking, record, monkeypatch):
    desk = asking(record)

    def ask(_, method, path, body=None, **query):
        given = [
            (name.rstrip("_"), str(one)) for name, value in query.items()
            for one in (value if isinstance(value, tuple) else (value,)) if one not in ("", None)
        ]  # fmt: skip
        answer = desk.request(method, f"/api/v1/{path}", params=given, json=body)
        if answer.status_code >= 400:
            raise (_NotThereError if answer.status_code == 404 else UsageError)(answer.json()["error"]["what"])
        return answer.content

    monkeypatch.setattr(RemoteRecord, "_ask", ask)
    remote = RemoteRecord("http://desk.example")
    (expelled,) = [one for one in remote.events("GBR", "RUS") if {link.claim for link in one.links} == {"c1", "c10"}]
    said = remote.split(expelled, ("c10",), by="A. Reader", why="another one")
    assert [(one.claim, one.other, one.verdict) for one in said] == [("c10", "c1", "not same")]
    parted = [remote.explain(one).item for one in ("c1", "c10")]
    assert parted[0].id != parted[1].id
    assert parted[1] in remote.beside(parted[0])
    assert [one.verdict for one in remote.join(*parted, by="A. Reader")] == ["same"]
    assert remote.explain("c1").item == remote.explain("c10").item
    claim = remote.claim("c2")
    kept = remote.add_claim(replace(claim, event_type="AGREE", score=99.0), by="A. Reader", why="it was agreed")
    assert kept.verdict == "added"
    added = remote.claim(kept.claim)
    assert (added.event_type, added.coder) == ("AGREE", "by hand: A. Reader")
    assert added.score < 10, "the numbers are those of the type"
    for wrong in (
        replace(claim, event_type="NOTHING"),
        replace(claim, date=replace(claim.date, start="soon")),
        replace(claim, evidence=replace(claim.evidence, text="Nobody said that")),
    ):
        with pytest.raises(UsageError):
            remote.add_claim(wrong, by="A. Reader")
    with pytest.raises(RecordError, match="document"):
        remote.add_claim(replace(claim, evidence=replace(claim.evidence, document="none")), by="A. Reader")
    assert remote.asked() == []
    with pytest.raises(UsageError, match="does not wait"):
        remote.answer("c1", take=True, by="A. Reader")
    with pytest.raises(RecordError, match="item"):
        remote.join(parted[0], replace(parted[1], id="none"), by="A. Reader")
    only = remote.search("diplomats", filters=Filters(kind="event", side="RUS"))
    assert {one.document for one in only} == {"d-hostile"}


def test_whatever_is_asked_is_answered_as_described(app, address):
    """Schemathesis over the whole description: no fault of ours, statuses and shapes as described."""
    import hypothesis  # noqa: PLC0415
    from schemathesis.specs.openapi.checks import response_schema_conformance as conformance  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        schema = schemathesis.openapi.from_dict(openapi(app))
        schema.config.update(base_url=address)
        asked = 0
        for result in schema.get_all_operations():
            operation = result.ok()

            @hypothesis.settings(
                max_examples=12, deadline=None, database=None, suppress_health_check=list(hypothesis.HealthCheck)
            )
            @hypothesis.given(case=operation.as_strategy())
            def ask(case):
                nonlocal asked
                asked += 1
                answer = case.call()
                assert answer.status_code < 500, (case.method, case.path, answer.text[:300])
                if answer.status_code >= 400:
                    assert set(answer.json()["error"]) == {"status", "what", "next"}
                elif answer.status_code in (200, 201, 202):
                    case.validate_response(answer, checks=[conformance])

            ask()
    assert asked > 200
