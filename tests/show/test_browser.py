"""The desk in a real browser: every page, charts, review by keyboard, adding; no error, no outside request."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from pathlib import Path

import pytest
import uvicorn

from dragoman import keep
from dragoman.reconcile import Reconciler
from dragoman.record import Store
from dragoman.show.web.app import create_app
from tests.made import StubCoder
from tests.show.conftest import british, hostile

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here: apt-get install chromium"),
    # Playwright's own threads and sockets outlive a test by a moment.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
AXE = Path(__file__).with_name("vendor") / "axe.js"
PAGES = [
    "/", "/GBR-RUS", "/GBR-to-RUS", "/GBR-RUS/positions", "/GBR-RUS/architecture", "/GBR-RUS/agreements",
    "/GBR-RUS/disputes", "/GBR-RUS/figures", "/GBR-RUS/documents", "/GBR-RUS/brief", "/documents",
    "/document/d-british",
    "/document/d-hostile", "/item/c1", "/item/c6", "/actor/GBR", "/actor/Theresa%20May", "/review",
    "/search?q=diplomats",
    "/map?of=GBR&month=2018-03", "/method", "/add", "/api", "/nothing",
]  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A desk on a port of its own, over the record made by hand."""
    patch = pytest.MonkeyPatch()
    patch.setattr(keep, "coder", lambda *_: StubCoder())
    store = Store(tmp_path_factory.mktemp("desk") / "record.sqlite", deriver=Reconciler())
    store.add(british())
    store.add(hostile())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(store), host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
    store.close()
    patch.undo()


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser, address):
    """A page whose console errors and outside requests fail the test."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900}, bypass_csp=False)
    opened = context.new_page()
    errors, outside = [], []
    opened.on("console", lambda one: errors.append(one.text) if one.type in ("error", "warning") else None)
    opened.on("pageerror", lambda one: errors.append(str(one)))
    opened.on(
        "request", lambda one: outside.append(one.url) if not one.url.startswith((address, "data:", "blob:")) else None
    )
    opened.errors = errors
    yield opened
    context.close()
    assert not outside
    real = [one for one in errors if "status of 404" not in one]
    assert not real


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_sound(page, path):
    answer = page.goto(path, wait_until="networkidle")
    assert answer.status == (404 if path == "/nothing" else 200)
    assert page.locator("h1").count() == 1
    # Axe is ours; evaluating it goes past the page's policy, as a tool of the browser.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    serious = [
        (one["id"], one["impact"], [node["html"][:120] for node in one["nodes"]][:3])
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]
    assert not serious
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, "nothing sticks out to the side"


@pytest.mark.parametrize("path", ["/", "/GBR-RUS", "/review", "/document/d-british", "/map?of=GBR&month=2018-03"])
def test_a_phone_is_wide_enough_and_dark_is_readable(browser, address, path):
    context = browser.new_context(
        base_url=address, viewport={"width": 360, "height": 740}, color_scheme="dark", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(path, wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {runOnly: ['color-contrast']})")
    assert not [node["html"] for one in found["violations"] for node in one["nodes"]]
    context.close()


def test_the_chart_is_drawn_and_its_table_has_its_numbers(page):
    page.goto("/GBR-RUS")
    page.wait_for_selector("figure[data-drawn]")
    assert page.get_attribute("figure[data-chart]", "data-drawn") == "yes", page.errors
    marks = page.locator("figure.chart .picture svg .mark-symbol path").count()
    page.click("details.numbers summary")
    rows = page.locator("details.numbers tbody tr").count()
    assert marks == rows == 2
    page.click("details.numbers tbody a >> nth=0")
    assert "since=2019-06-01" in page.url
    assert page.locator("ol.timeline li").count() == 1


def test_the_map_is_drawn(page):
    page.goto("/map?of=GBR&month=2018-03")
    page.wait_for_selector("#map[data-drawn]")
    assert page.locator("#map svg path").count() > 150
    assert page.locator('#map svg [data-code="GBR"]').first.get_attribute("class") == "t self"
    page.focus("#map-slide")
    page.keyboard.press("End")
    assert page.inner_text("#map-month") == "June 2019"


def test_a_claim_is_reviewed_by_keyboard(page):
    page.goto("/review")
    first = page.inner_text("article h2")
    page.keyboard.press("j")
    page.wait_for_url("**/review?at=1")
    assert page.inner_text("article h2") != first
    page.keyboard.press("k")
    page.wait_for_url("**/review?at=0")
    waiting = int(page.get_attribute("#review", "data-waiting"))
    with page.expect_navigation():
        page.keyboard.press("a")
    assert int(page.get_attribute("#review", "data-waiting")) == waiting - 1
    assert page.locator("#precision ~ div tbody tr").count() == 1
    with page.expect_navigation():
        page.keyboard.press("u")
    assert page.inner_text("article h2") == first
    page.goto("/review")
    page.keyboard.press("e")
    assert page.locator("#edit").get_attribute("open") is not None
    page.keyboard.press("Escape")
    with page.expect_navigation():
        page.keyboard.press("r")
    assert page.locator(".wrong").count() == 0


def test_files_are_sent_with_progress_and_told(page):
    page.goto("/add")
    sent = [
        {"name": "one.txt", "mimeType": "text/plain", "buffer": b"Britain met Russia in Oslo."},
        {"name": "empty.txt", "mimeType": "text/plain", "buffer": b""},
    ]
    page.set_input_files("#files", sent)
    page.click("#send button")
    page.wait_for_url("**/jobs/*")
    page.locator("#job .lead", has_text="Done.").wait_for()
    assert "1 document added" in page.inner_text("#job .lead")
    assert page.locator("#job tbody tr").count() == 2


def test_everything_is_read_without_javascript(browser, address):
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/GBR-RUS")
    assert page.locator("noscript img, .picture img").count() == 1
    page.goto("/map?of=GBR&month=2018-03")
    assert page.locator("#map-table tr").count() >= 1
    page.goto("/review")
    page.click("button[value=right]")
    assert page.locator("#precision").count() == 1
    context.close()


def test_the_first_view_is_small(page):
    sizes = []
    page.on("response", lambda one: sizes.append((one.url, len(one.body()))) if one.ok else None)
    page.goto("/GBR-RUS", wait_until="networkidle")
    own = sum(size for url, size in sizes if "/vendor/vega" not in url)
    assert own < 200_000, sizes
