"""The pages render, say what the record holds, hold hostile text as text, and keep to this machine."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from dragoman.errors import UsageError
from dragoman.reconcile import Reconciler
from dragoman.record import Store
from dragoman.show.web import serve

PAGES = [
    "/",
    "/GBR-RUS",
    "/GBR-RUS?type=SANCTION&status=actual&deeds=deeds",
    "/GBR-to-RUS",
    "/relation?a=GBR&b=RUS",
    "/GBR-RUS/brief",
    "/documents",
    "/document/d-british",
    "/document/d-hostile",
    "/search?q=diplomats",
    "/search",
    "/method",
    "/add",
    "/GBR-RUS/positions",
    "/GBR-RUS/positions?on=dispute+over+the+apples",
    "/GBR-to-RUS/positions",
    "/GBR-RUS/architecture",
    "/GBR-RUS/agreements",
    "/GBR-RUS/disputes",
    "/GBR-RUS/figures",
    "/GBR-RUS/documents",
    "/relation/positions?a=GBR&b=RUS",
    "/actor/GBR",
    "/actor/Theresa%20May",
    "/review",
    "/review?claim=c1",
    "/map",
    "/map?of=GBR&month=2018-03",
    "/api",
]
TWINS = [
    "/index.json",
    "/GBR-RUS.json",
    "/GBR-to-RUS.json",
    "/relation.json?a=GBR&b=RUS",
    "/documents.json",
    "/document/d-hostile.json",
    "/search.json?q=diplomats",
    "/method.json",
    "/GBR-RUS/positions.json",
    "/GBR-RUS/architecture.json",
    "/GBR-RUS/agreements.json",
    "/GBR-RUS/disputes.json",
    "/GBR-RUS/figures.json",
    "/GBR-RUS/documents.json",
    "/GBR-RUS/brief.json",
    "/GBR-RUS/chart.json",
    "/actor/Theresa%20May.json",
    "/review.json",
    "/map.json",
    "/map-series.json?of=GBR",
    "/api/v1/openapi.json",
]
TABLES = [
    "/GBR-RUS.csv",
    "/GBR-RUS.csv?kind=months",
    "/GBR-RUS/positions.csv",
    "/GBR-RUS/architecture.csv",
    "/GBR-RUS/agreements.csv",
    "/GBR-RUS/disputes.csv",
    "/GBR-RUS/figures.csv",
    "/GBR-RUS/documents.csv",
    "/documents.csv",
    "/document/d-british.csv",
    "/actor/GBR.csv",
    "/map.csv?of=GBR&month=2018-03",
]


@pytest.fixture
def desk(record, asking):
    return asking(record)


@pytest.mark.parametrize("path", PAGES)
def test_pages_render_with_landmarks_and_strict_headers(desk, path):
    answer = desk.get(path)
    assert answer.status_code == 200
    page = answer.text
    assert page.count("<h1") == 1
    assert '<main id="main"' in page
    assert '<html lang="en">' in page
    for tag in re.findall(r"<script[^>]*>[^<]*", page):
        assert re.fullmatch(r'<script src="/static/[\w./-]+" defer>', tag), tag
    assert " style=" not in page
    assert " onerror=" not in re.sub(r"&lt;.*?&gt;", "", page)
    assert not re.search(r"""(?:href|src|action)=["']?(?:https?:|javascript:|//)""", page)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for identity in re.findall(r'<label for="([^"]+)"', page):
        assert f'id="{identity}"' in page


@pytest.mark.parametrize("path", TWINS)
def test_twins_are_json(desk, path):
    answer = desk.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert json.loads(answer.text)


@pytest.mark.parametrize("path", TABLES)
def test_tables_are_csv(desk, path):
    answer = desk.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/csv")
    assert len(answer.text.splitlines()) > 1


def test_a_relation_shows_its_events_chart_and_both_sides(desk):
    page = desk.get("/GBR-RUS").text
    assert "The United Kingdom expelled people or bodies of Russia." in page
    assert "2 documents" in page
    assert 'data-chart="/GBR-RUS/chart.json' in page
    assert '<noscript><img src="/GBR-RUS/chart.svg' in page
    assert "The numbers behind the chart" in page
    assert "planned" in page
    assert "There can be no normal relationship" in desk.get("/GBR-RUS/positions").text
    assert "Apple Commission" in desk.get("/GBR-RUS/architecture").text


def test_a_demand_without_an_answer_is_told(desk, monkeypatch):
    from dragoman.measure.matters import Matter, Position  # noqa: PLC0415
    from dragoman.show import ledger  # noqa: PLC0415

    words = Position(side="GBR", day="2019-06-28", words="Give the apples back.", stance="demands", item="i")
    apples = Matter(
        item="", name="the apples", parties=("GBR", "RUS"), status="open", since="2018-01-01", days=9,
        positions=(words,), waiting="GBR", unanswered=7, settled_by="",
    )  # fmt: skip
    monkeypatch.setattr(ledger, "open_matters", lambda *_, **__: [apples])
    page = desk.get("/GBR-RUS/positions?on=the+apples").text
    assert "Has not answered the demand of 28 June 2019" in page
    assert "The United Kingdom has waited 7 days for an answer" in page
    both = desk.get("/GBR-RUS/positions.json?on=the+apples").json()["sides"]
    assert [one["not_answered_since"] for one in both] == [None, "2019-06-28"]
    all_of_it = desk.get("/GBR-RUS/positions.json").json()["sides"]
    assert [one["not_answered_since"] for one in all_of_it] == [None, None], "on everything nobody owes an answer"


@pytest.mark.parametrize(
    ("tab", "name", "command"),
    [
        ("disputes", "matters", "open_matters"),
        ("agreements", "instruments", "instruments"),
        ("agreements", "due", "due"),
        ("figures", "series", "figure_series"),
    ],
)
def test_pages_tell_what_the_commands_tell(desk, record, tab, name, command):
    from dragoman.show import ledger  # noqa: PLC0415
    from dragoman.show.web.views import built  # noqa: PLC0415

    with Store.open(record, deriver=Reconciler(), write=False) as store:
        told = json.loads(json.dumps([built(one) for one in getattr(ledger, command)(store, "GBR", "RUS")]))
    assert desk.get(f"/GBR-RUS/{tab}.json").json()[name] == told
    assert told or name == "due"


def test_channels_tell_what_the_command_tells(desk, record):
    from dragoman.show import ledger  # noqa: PLC0415
    from dragoman.show.web.views import built  # noqa: PLC0415

    with Store.open(record, deriver=Reconciler(), write=False) as store:
        told = json.loads(json.dumps([built(one) for one in ledger.kept_channels(store, "GBR", "RUS")]))
    levels = desk.get("/GBR-RUS/architecture.json").json()["levels"]
    assert [one["kept"] for level in levels for one in level["channels"]] == told


def test_a_relation_is_opened_by_the_names_of_its_sides(desk):
    answer = desk.get("/relation?a=Britain&b=Russia", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/GBR-RUS")
    assert desk.get("/relation?a=Atlantis&b=Russia", follow_redirects=False).status_code in (200, 303, 404)


def test_charts_are_pictures_without_javascript(desk):
    picture = desk.get("/GBR-RUS/chart.svg")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert "<script" not in picture.text
    assert "prefers-color-scheme: dark" in picture.text
    assert desk.get("/GBR-RUS/chart.png").content[:8] == b"\x89PNG\r\n\x1a\n"


def test_the_numbers_of_the_chart_are_those_of_the_events(desk):
    told = desk.get("/GBR-RUS.json").json()
    drawn = desk.get("/GBR-RUS/chart.json").json()["datasets"]["months"]
    actual = [one for one in told["events"] if one["claim"]["status"] == "actual"]
    assert sum(one["events"] for one in drawn) == len(actual)
    assert sum(len(one["ids"]) for one in told["months"]) == len(actual)


@pytest.mark.parametrize(
    ("form", "start"), [("md", b"# The United"), ("html", b"<!DOCTYPE"), ("docx", b"PK"), ("pdf", b"%PDF")]
)
def test_a_brief_is_taken_away_as_a_file(desk, form, start):
    answer = desk.get(f"/GBR-RUS/brief?form={form}")
    assert answer.status_code == 200
    assert answer.content.lstrip().startswith(start)
    assert f'filename="brief-GBR-RUS.{form}"' in answer.headers["content-disposition"]


def test_what_came_in_since_the_last_visit_comes_first(desk):
    first = desk.get("/")
    assert "since your last visit" not in first.text
    cookies = {"dragoman_seen": "1"}
    again = desk.get("/", cookies=cookies)
    assert "1 document came in since your last visit" in again.text
    assert 'class="new">2 new' in again.text


def test_filters_narrow_and_directions_differ(desk):
    assert len(desk.get("/GBR-RUS.json?type=SANCTION").json()["events"]) == 1
    assert len(desk.get("/GBR-RUS.json?since=2019-01-01&until=2020-01-01").json()["events"]) == 1
    forth = {event["text"] for event in desk.get("/GBR-to-RUS.json").json()["events"]}
    back = {event["text"] for event in desk.get("/RUS-to-GBR.json").json()["events"]}
    assert any("expelled" in text for text in forth - back)
    assert any("criticised" in text for text in back - forth)


def test_tables_come_as_csv_without_formulas(desk):
    rows = list(csv.DictReader(io.StringIO(desk.get("/GBR-RUS.csv").text)))
    assert {"2018-03-14", "2019-06-28"} <= {row["start"] for row in rows}
    assert list(csv.DictReader(io.StringIO(desk.get("/GBR-RUS.csv?kind=months").text)))
    assert list(csv.DictReader(io.StringIO(desk.get("/GBR-RUS.csv?kind=dispute").text)))
    assert desk.get("/GBR-RUS.csv?kind=nonsense").status_code == 400
    assert all(not value.startswith(("=", "+", "@")) for row in rows for value in row.values())


def test_hostile_documents_are_shown_as_text(desk):
    page = desk.get("/document/d-hostile").text
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" in page
    assert "{{ 7 * 7 }}" in page
    assert 'href="javascript' not in page


def test_a_document_has_its_claims_in_place(desk):
    page = desk.get("/document/d-british").text
    assert page.count('class="chip k-event" href="#claim-') == 3
    assert 'id="claim-8"' in page
    assert re.search(r'class="in k-event trigger">expelled<', page)
    assert "subject expelled object" in page


def test_an_event_leads_to_all_its_sentences(desk):
    events = desk.get("/GBR-RUS.json?type=SANCTION").json()["events"]
    page = desk.get(f"/item/{events[0]['id']}")
    assert page.status_code == 200
    assert "/document/d-british#at-0" in page.text
    assert "/document/d-hostile#at-" in page.text
    assert "Put together because" in page.text
    assert 'href="/actor/GBR"' in page.text
    assert desk.get("/item/c1").status_code == 200


@pytest.mark.parametrize("path", ["/nothing", "/item/none", "/document/none", "/gbr-rus", "/GBR-RUS.xml", "/relationx"])
def test_what_is_not_there_is_told(desk, path):
    answer = desk.get(path)
    assert answer.status_code == 404
    assert "<h1>That did not work</h1>" in answer.text


def test_errors_have_one_shape(desk):
    for path, status in [("/document/none.json", 404), ("/GBR-GBR.json", 400), ("/GBR-RUS.json?since=soon", 400)]:
        answer = desk.get(path)
        assert answer.status_code == status
        assert set(answer.json()["error"]) == {"status", "what", "next"}


def test_only_this_machine_is_answered(record, asking):
    assert asking(record, "http://evil.example").get("/").status_code == 403
    desk = asking(record, "http://127.0.0.1:8000")
    assert desk.get("/").status_code == 200
    assert desk.post("/add", data={"text": "x"}, headers={"origin": "http://evil.example"}).status_code == 403
    assert desk.post("/add", data={"text": "x"}, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert desk.post("/add", data={"text": "x" * 5_000_000}).status_code == 413
    assert "older than the desk" in desk.post("/add", data={"text": "x"}).text, "a form without our token"
    assert desk.post("/review", data={"verdict": "right", "claim": "c1"}).status_code == 400


def test_the_desk_listens_elsewhere_only_with_a_token(store):
    with pytest.raises(UsageError, match="this machine only"):
        serve(store, host="0.0.0.0")  # noqa: S104
    with pytest.raises(UsageError, match="at least 16"):
        serve(store, host="0.0.0.0", token="short")  # noqa: S104, S106


def test_an_empty_record_says_what_to_do(tmp_path, asking):
    desk = asking(tmp_path / "new.sqlite")
    assert "This record is empty" in desk.get("/").text
    assert desk.get("/GBR-RUS").status_code == 404
    assert desk.get("/method").status_code == 200


def test_an_empty_paste_is_refused_with_a_reason(desk):
    answer = desk.post("/add", data={"text": "   ", "form": desk.form})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_what_is_pasted_is_read_and_shown(tmp_path, asking):
    desk = asking(tmp_path / "new.sqlite")
    given = {
        "text": "France expelled two Belarusian diplomats on 3 May 2020.",
        "date": "2020-05-04",
        "side": "FRA",
        "form": desk.form,
    }
    answer = desk.post("/add", data=given)
    assert answer.status_code == 303
    assert desk.get(answer.headers["location"].partition("#")[0]).status_code == 200
    assert "BLR-FRA" in desk.get("/").text
