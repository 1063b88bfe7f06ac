"""Adding by paste, files and address: what became of each, and nothing private is ever fetched."""

from __future__ import annotations

import contextlib
import gzip
import http.server
import socket
import threading
import time

import pytest

from dragoman import keep
from dragoman.errors import InputError
from dragoman.show.web import fetching
from dragoman.show.web.fetching import fetch, is_public
from tests.made import StubCoder


@pytest.fixture
def desk(tmp_path, asking, monkeypatch):
    monkeypatch.setattr(keep, "coder", lambda *_: StubCoder())
    return asking(tmp_path / "new.sqlite")


def outcome(desk, answer):
    assert answer.status_code == 303, answer.text
    for _ in range(200):
        job = desk.get(f"{answer.headers['location']}.json").json()
        if job["state"] in ("done", "broken"):
            return job
        time.sleep(0.05)
    raise AssertionError(job)


def test_many_files_are_added_and_each_is_told(desk):
    files = [
        ("files", ("one.txt", b"Britain met Russia.", "text/plain")),
        ("files", ("../../two.txt", b"Britain met China in Paris.", "text/plain")),
        ("files", ("empty.txt", b"", "text/plain")),
        ("files", ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "image/png")),
        ("files", ("lines.jsonl", b'{"id": "a", "text": "Russia met China."}\nnot json\n', "text/plain")),
    ]
    job = outcome(desk, desk.post("/add/files", data={"form": desk.form, "date": "2020-01-01"}, files=files))
    assert (job["added"], job["total"], job["done"], job["state"]) == (3, 5, 5, "done")
    passed = [one for one in job["outcomes"] if one["became"] == "passed over"]
    assert len(passed) == 3
    assert all(one["why"] for one in passed)
    page = desk.get("/jobs/1").text
    assert "3 documents added" in page
    assert "hx-get" not in page, "what is over is not asked for again"
    again = outcome(desk, desk.post("/add/files", data={"form": desk.form, "date": "2020-01-01"}, files=files[:1]))
    assert (again["added"], again["there"]) == (0, 1)


def test_nothing_chosen_is_told(desk):
    assert "no file was chosen" in desk.post("/add/files", data={"form": desk.form}, files={"x": b""}).text
    assert desk.post("/add/files", data={"form": "wrong"}, files={"files": ("a.txt", b"x")}).status_code == 422


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0",  # noqa: S104
        "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1", "nonsense",
        "192.0.0.9", "198.18.0.1", "240.0.0.1", "192.0.2.1", "fe80::1%eth0", "fec0::1", "::127.0.0.1", "::7f00:1",
        "::ffff:0:7f00:1", "64:ff9b:1::7f00:1", "100::1", "5f00::1", "2001:db8::1", "2001:0:7f00:1::f5ff:fffe",
        "2002:a00:1::", "::ffff:169.254.169.254", "0:0:0:0:0:ffff:a00:1", "fd00:ec2::254", "",
    ],
)  # fmt: skip
def test_private_numbers_are_not_public(number):
    assert not is_public(number)


@pytest.mark.parametrize("number", ["8.8.8.8", "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_numbers_are(number):
    assert is_public(number)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://127.0.0.1/", "never fetched"),
        ("http://localhost/", "never fetched"),
        ("http://[::1]/", "never fetched"),
        ("http://2130706433/", "never fetched"),
        ("http://0x7f.1/", "never fetched"),
        ("http://127.0.0.1:8000/", "port 8000"),
        ("file:///etc/passwd", "only http"),
        ("ftp://example.org/", "only http"),
        ("gopher://example.org/", "only http"),
        ("http://user:secret@example.org/", "without a password"),
        ("http://user@example.org/", "without a password"),
        ("http://example.org@127.0.0.1/", "without a password"),
        ("http://127.0.0.1@example.org/", "without a password"),
        ("http://[::ffff:127.0.0.1]/", "never fetched"),
        ("http://[::127.0.0.1]/", "never fetched"),
        ("http://[fe80::1%25lo]/", "never fetched|no machine|no name"),
        ("http://localhost./", "never fetched|no machine"),
        ("http://0/", "never fetched"),
        ("http://0177.0.0.1/", "never fetched"),
        ("http://127.1/", "never fetched"),
        ("http://[::1/", "no address"),
        ("http://ex ample.org/", "no name|no machine|cannot"),
        ("http://example.org:22/", "port 22"),
        ("http:///nothing", "name"),
        ("http://example.org:99999/", "no address"),
        ("not an address", "only http"),
    ],
)
def test_what_is_no_public_page_is_refused_before_it_is_asked(url, why, monkeypatch):
    def never(*_):
        raise AssertionError("a connection was made")

    monkeypatch.setattr(socket, "create_connection", never)
    with pytest.raises(InputError, match=why):
        fetch(url)


class Site(http.server.BaseHTTPRequestHandler):
    """Pages for the tests below; the address of the next step is in the path."""

    def do_GET(self):
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
            return
        if self.path == "/drip":
            self.send_response(200)
            self.end_headers()
            with contextlib.suppress(OSError):
                while True:
                    self.wfile.write(b"x")
                    time.sleep(0.05)
        if self.path == "/continues":
            with contextlib.suppress(OSError):
                while True:
                    self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
                    time.sleep(0.02)
        if self.path.startswith("/packed/"):
            self.send_response(200)
            self.send_header("Content-Encoding", self.path.removeprefix("/packed/"))
            self.end_headers()
            self.wfile.write(gzip.compress(b"<p>Britain met Russia.</p>" + b" " * 50_000_000, 9))
            return
        if self.path in ("/drip", "/continues"):
            return
        kind = "image/png" if self.path == "/picture" else "text/html"
        body = (
            b"x" * 2_000_000
            if self.path == "/large"
            else b"<html><body><p>Britain met Russia in Oslo.</p></body></html>"
        )
        self.send_response(404 if self.path == "/gone" else 200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def site(monkeypatch):
    """A site that is taken for public under the name of `news.example`; all else is looked up as it is."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    connect, look_up = socket.create_connection, socket.getaddrinfo

    def connected(address, *more, **named):
        assert address[0] == "203.0.113.7", f"{address} was asked"
        return connect(("127.0.0.1", server.server_port), *more, **named)

    def looked_up(host, port, *more, **named):
        if host == "news.example":
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("203.0.113.7", port))]
        if host == "inside.example":
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in ("203.0.113.7", "10.0.0.5")]
        return look_up(host, port, *more, **named)

    public = fetching.is_public
    monkeypatch.setattr(socket, "create_connection", connected)
    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    monkeypatch.setattr(fetching, "is_public", lambda number: number == "203.0.113.7" or public(number))
    yield server
    server.shutdown()
    server.server_close()


@pytest.mark.usefixtures("site")
def test_a_public_page_is_fetched():
    found = fetch("http://news.example/page")
    assert b"Britain met Russia" in found.content
    assert fetch("http://news.example/to//page").url == "http://news.example/page"


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/to/http://127.0.0.1/", "never fetched"),
        ("/to/http://169.254.169.254/latest/meta-data", "never fetched"),
        ("/to/http://inside.example/", "never fetched"),
        ("/to/file:///etc/passwd", "only http"),
        ("/to//to//to//to//to//to//to//page", "more than 5 times"),
        ("/picture", "image/png"),
        ("/gone", "404"),
    ],
)
@pytest.mark.usefixtures("site")
def test_what_a_page_sends_on_to_is_looked_at_again(path, why):
    with pytest.raises(InputError, match=why):
        fetch(f"http://news.example{path}")


@pytest.mark.usefixtures("site")
@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("path", ["/drip", "/continues"])
def test_nobody_keeps_us_waiting(path, monkeypatch):
    """A byte now and then is never a step that takes too long; all of them together are."""
    monkeypatch.setattr(fetching, "SECONDS_IN_ALL", 0.4)
    start = time.monotonic()
    with pytest.raises(InputError, match="took more than"):
        fetch(f"http://news.example{path}")
    assert time.monotonic() - start < 5


@pytest.mark.usefixtures("site")
def test_what_is_packed_is_unpacked_up_to_a_bound():
    with pytest.raises(InputError, match="more than 10 MB"):
        fetch("http://news.example/packed/gzip")
    with pytest.raises(InputError, match="packed as br"):
        fetch("http://news.example/packed/br")
    assert fetching._plain(gzip.compress(b"Britain"), "gzip", 100, "x") == b"Britain"
    with pytest.raises(InputError, match="cannot be unpacked"):
        fetching._plain(b"no gzip at all", "gzip", 100, "x")


@pytest.mark.usefixtures("site")
def test_a_page_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(fetching, "MOST_BYTES", 1_000_000)
    with pytest.raises(InputError, match="more than"):
        fetch("http://news.example/large")


@pytest.mark.usefixtures("site")
def test_an_address_becomes_a_document_or_a_reason(desk):
    form = {"form": desk.form, "date": "2020-01-01"}
    job = outcome(desk, desk.post("/add/address", data={**form, "url": "http://news.example/page"}))
    assert job["added"] == 1
    lost = outcome(desk, desk.post("/add/address", data={**form, "url": "http://127.0.0.1/secret"}))
    assert (lost["added"], lost["passed"]) == (0, 1)
    assert "never fetched" in lost["outcomes"][0]["why"]
