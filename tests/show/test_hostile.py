# ruff: noqa: E501  # hostile words are long
"""Hostile requests and documents: told apart, never run, never a fault of ours."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.show import charts

ROOT = Path(__file__).resolve().parents[2]
WORDS = [
    "<script>alert(1)</script>", "'\"><img src=x onerror=alert(1)>", "{{7*7}}", "../../../etc/passwd", "%00", "\x00", "\u202eabc",
    "' OR 1=1 --", "a" * 3000, "🦆", "%c0%ae%c0%ae/", "javascript:alert(1)", "\r\nSet-Cookie: x=1", '"', "*", "AND OR NOT NEAR(",
]  # fmt: skip
DOCUMENTS = [
    "<html><body><script>alert(1)</script><p onclick=alert(2)>Britain expelled two Russian diplomats.</p></body></html>",
    "<!doctype html><svg onload=alert(1)><p>Britain met Russia.</p>",
    "Britain met Russia. " + "(" * 5000,
    "\u202eBritain met Russia.\u202c \ufeff\u200b",
    "<html>" + "<div>" * 3000 + "Britain met Russia." + "</div>" * 3000,
    "{{ config }} {% for x in range(10) %} Britain met Russia. {% endfor %}",
]


@pytest.fixture
def desk(record, asking):
    return asking(record)


@pytest.mark.parametrize("word", WORDS)
def test_no_word_in_an_address_is_run_or_breaks_a_page(desk, word):
    for path, name in [
        ("/search", "q"), ("/GBR-RUS", "since"), ("/GBR-RUS", "type"), ("/GBR-RUS/positions", "on"), ("/", "of"), ("/map", "of"),
        ("/review", "claim"), ("/review", "between"), ("/review", "kind"), ("/relation", "a"), ("/documents", "before"),
        ("/api/v1/items", "cursor"), ("/GBR-RUS/brief", "form"), ("/relation.csv", "b"),
    ]:  # fmt: skip
        answer = desk.get(path, params={name: word, **({"b": "RUS"} if (path, name) == ("/relation", "a") else {})})
        assert answer.status_code < 500, (path, name, answer.text[-300:])
        assert "set-cookie: x" not in str(answer.headers).lower()
        if "html" in answer.headers.get("content-type", ""):
            assert "<script>alert" not in answer.text
            assert not re.search(r"<img[^>]+onerror", answer.text)
            assert "49" not in re.findall(r"\{\{7\*7\}\}|>49<", answer.text)


@pytest.mark.parametrize(
    "path", ["/document/", "/item/", "/actor/", "/jobs/", "/GBR-RUS/", "/static/", "/api/v1/items/"]
)
def test_no_name_in_a_path_leads_out(desk, path):
    for word in ("..%2f..%2fetc%2fpasswd", "%00", "%ff", "..", "a" * 2000, "%2e%2e/%2e%2e/app.py"):
        answer = desk.get(path + word)
        assert 400 <= answer.status_code < 500 or "Relations" in answer.text, (path, word, answer.status_code)
        assert "root:" not in answer.text


@pytest.mark.parametrize("text", DOCUMENTS)
def test_hostile_documents_become_text(desk, text):
    answer = desk.post("/add", data={"text": text, "form": desk.form, "date": "2020-01-01"})
    assert answer.status_code in (303, 422)
    if answer.status_code == 303:
        page = desk.get(answer.headers["location"]).text
        assert "<script>alert" not in page
        assert not re.search(r"<(p|svg)[^>]* on\w+=", page)


def test_forms_from_elsewhere_are_refused(desk):
    for headers in ({"origin": "null"}, {"origin": "http://evil.example"}, {"sec-fetch-site": "same-site"}):
        assert desk.post("/api/v1/documents", json={"text": "x"}, headers=headers).status_code == 403
    assert desk.post("/api/v1/documents", content=b"text=x", headers={"content-type": "text/plain"}).status_code == 422


@pytest.mark.parametrize("word", ["\x00", "\x1b[0m", "\x0b", "\uffff", "\ud800", "x" * 200, "\U000e0001"])
def test_no_word_in_a_chart_ends_the_desk(word):
    """The library that draws aborts the whole process over a character that XML cannot hold."""
    assert charts.png(charts.chart((), title=f"a{word}b"))[:4] == b"\x89PNG"
    assert charts.svg(charts.chart((), title=f"a{word}b")).startswith("<svg")


def test_other_sites_do_not_put_the_desk_to_work(desk):
    for site, mode, path, status in [
        ("cross-site", "no-cors", "/api/v1/export/events", 403),
        ("same-site", "cors", "/api/v1/relations", 403),
        ("cross-site", "navigate", "/api/v1/relations", 200),
        ("cross-site", "navigate", "/", 200),
        ("same-origin", "cors", "/api/v1/relations", 200),
        ("none", "navigate", "/api/v1/relations", 200),
    ]:
        headers = {"sec-fetch-site": site, "sec-fetch-mode": mode}
        assert desk.get(path, headers=headers).status_code == status, (site, mode, path)
    assert "access-control-allow-origin" not in desk.get("/api/v1/relations", headers={"origin": "http://x"}).headers


def test_the_whole_is_not_copied_again_and_again(desk):
    statuses = [desk.get("/api/v1/backup").status_code for _ in range(22)]
    assert statuses[0] == 200
    assert statuses[-1] == 429


def test_sizes_are_bounded(desk):
    large = "x" * 4_100_000
    assert desk.post("/api/v1/documents", json={"text": large}).status_code == 413
    assert desk.post("/add", data={"text": large, "form": desk.form}).status_code == 413
    answer = desk.post("/api/v1/documents", content=b"{}", headers={"content-length": "x"})
    assert 400 <= answer.status_code < 500
    deep = b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    answer = desk.post("/api/v1/documents", content=deep, headers={"content-type": "application/json"})
    assert 400 <= answer.status_code < 500
    answer = desk.post("/api/v1/coded", content=deep, headers={"content-type": "application/json"})
    assert 400 <= answer.status_code < 500
    assert desk.get("/search", params={"q": "a* " * 5000}).status_code in (200, 414, 431)
    assert desk.get("/api/v1/search", params={"q": "a* " * 300}).status_code == 422


def test_too_many_changes_are_told_to_wait(desk):
    statuses = [desk.post("/review", data={"form": "x"}).status_code for _ in range(260)]
    assert statuses[0] == 400
    assert statuses[-1] == 429


def test_what_was_vendored_is_what_the_list_says():
    done = subprocess.run([sys.executable, "tools/vendor.py", "--check"], cwd=ROOT, check=False, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
