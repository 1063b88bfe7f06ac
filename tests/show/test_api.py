"""The API gives what its description says, whatever it is asked; and `connect` has the methods of a local record."""

from __future__ import annotations

import json
import socket
import threading
import time
import warnings

import pytest
import uvicorn
from msgspec.structs import replace

import dragoman
from dragoman import keep
from dragoman.errors import RecordError, UsageError
from dragoman.reconcile import Reconciler
from dragoman.record import Filters, Store
from dragoman.remote import RemoteRecord, _NotThereError
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
        missing = {name for name in dir(Store) if not name.startswith("_")} - set(dir(remote))
        # What remains is for the machine that holds the record: files, copies, coding again.
        assert missing <= {
            *("add", "add_all", "open", "skip", "check", "backup"),
            *("recode", "rebuild", "rebuild_inside"),
            "whole_id",  # for who types the beginning of an id in a terminal
        }
    with pytest.raises(UsageError):
        dragoman.connect("relations.sqlite")
    with pytest.raises(RecordError, match="no desk answers"):
        dragoman.connect("http://127.0.0.1:9")


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
