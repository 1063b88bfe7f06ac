"""Keeps the desk to those who may ask it: strict headers, this machine or a token, no form from elsewhere, limits."""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import msgspec
from fastapi import Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.errors import UsageError

#: Names by which a browser on this machine asks; any other is another site's name made to point here.
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
#: A token that is shorter can be guessed.
LEAST_TOKEN = 16
#: Beyond so many bytes a form is refused; a pasted text of a million letters is below. Uploads may have more.
MOST_BYTES = 4_000_000
MOST_UPLOAD = 105_000_000
#: Where files are sent.
UPLOADS = frozenset({"/add/files", "/api/v1/uploads"})
#: Requests that change something, and wrong tokens, in a minute from one address.
MOST_CHANGES, MOST_WRONG = 240, 20
READING = frozenset({"GET", "HEAD", "OPTIONS"})
#: The cookie that holds the token of who may read from another machine.
COOKIE = "dragoman_token"

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not `no-referrer`: browsers then send our own forms with `Origin: null`, which cannot be told from another site.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",
}


class Access:
    """Who may ask: anyone on this machine, or with a `token` whoever has it, from any machine."""

    def __init__(self, token: str = "") -> None:
        if token and len(token) < LEAST_TOKEN:
            raise UsageError(
                f"the token has {len(token)} characters; give at least {LEAST_TOKEN}, or none to have one made"
            )
        self.token = token
        #: Stands in every form; a page of another site cannot read it.
        self.form = secrets.token_urlsafe(24)
        self.changes = Limit(MOST_CHANGES)
        self.wrong = Limit(MOST_WRONG)

    def has_token(self, given: str) -> bool:
        """Whether that is the token."""
        return hmac.compare_digest(given.encode(errors="replace"), self.token.encode())

    def is_ours(self, given: str) -> bool:
        """Whether that is what our forms hold."""
        return hmac.compare_digest(given.encode(errors="replace"), self.form.encode())


class Limit:
    """So many in a minute from one address, as a bucket that fills again."""

    def __init__(self, most: int, *, seconds: float = 60.0) -> None:
        self._most = most
        self._rate = most / seconds
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, who: str, *, now: float | None = None) -> bool:
        """Whether one more is allowed; counts it."""
        now = time.monotonic() if now is None else now
        with self._lock:
            left, at = self._buckets.pop(who, (float(self._most), now))
            left = min(float(self._most), left + (now - at) * self._rate)
            allowed = left >= 1
            self._buckets[who] = (left - 1 if allowed else left, now)
            while len(self._buckets) > 10_000:
                self._buckets.popitem(last=False)
        return allowed


def guard(
    access: Access, changed: Callable[[], None]
) -> Callable[[Request, Callable[[Request], Awaitable[Response]]], Awaitable[Response]]:
    """Middleware: answers only who may ask, refuses what is too large, too often or from another site.

    `changed` is called when a request that may change something is through.
    """

    async def guarded(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
        status, why = _refused(request, access)
        if not status:
            try:
                return await answer(request)
            finally:
                if request.method not in READING:
                    changed()
        if (
            status == 401
            and not request.url.path.startswith("/api/")
            and "text/html" in request.headers.get("accept", "")
        ):
            return HTMLResponse(_LOGIN, status_code=401)
        response: Response = PlainTextResponse(why, status_code=status)
        if request.url.path.startswith("/api/") or request.url.path.endswith(".json"):
            after = "See the method page of the desk on who may ask and how often."
            body = {"error": {"status": status, "what": why, "next": after}}
            response = Response(msgspec.json.encode(body), status_code=status, media_type="application/json")
        if status == 429:
            response.headers["Retry-After"] = "60"
        if status == 401:
            response.headers["WWW-Authenticate"] = "Bearer"
        return response

    return guarded


class Headers:
    """Puts the strict headers on every answer, also on files and on errors."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers, with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, sending)


def _refused(request: Request, access: Access) -> tuple[int, str]:
    """The status and the reason why a request is not answered; 0 where it is."""
    who = request.client.host if request.client else ""
    if access.token:
        given = request.headers.get("authorization", "").removeprefix("Bearer ").strip() or request.cookies.get(
            COOKIE, ""
        )
        is_open = request.url.path in ("/login", "/static/dragoman.css")
        if not is_open and not access.has_token(given):
            if given and not access.wrong.allows(who):
                return 429, "Too many wrong tokens; wait a minute."
            return 401, "This desk wants its token: send it as `Authorization: Bearer TOKEN`, or log in at /login."
    elif (request.url.hostname or "") not in LOCAL:
        return 403, "The desk answers on this machine only: ask for http://localhost or http://127.0.0.1."
    if request.method in READING:
        return 0, ""
    return _refused_change(request, access, who)


def _refused_change(request: Request, access: Access, who: str) -> tuple[int, str]:
    other = "This form came from another site; use the form of the desk itself."
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return 403, other
    origin = request.headers.get("origin")
    if origin and urlsplit(origin).netloc != request.url.netloc:
        return 403, other
    length = request.headers.get("content-length")
    most = MOST_UPLOAD if request.url.path in UPLOADS else MOST_BYTES
    if request.method != "DELETE" and length is None and request.headers.get("transfer-encoding"):
        return 411, "Say how long the request is (Content-Length)."
    if length is not None and (not length.isdigit() or int(length) > most):
        return 413, f"A request may hold {most:,} bytes here at most; add larger files with `dragoman add`."
    if not access.changes.allows(who):
        return 429, f"More than {MOST_CHANGES} changes in a minute; wait a little."
    return 0, ""


_LOGIN = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Dragoman: token</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/static/dragoman.css"></head>
<body><main id="main"><h1>Dragoman</h1><p class="lead">This desk is open to those who have its token.</p>
<form class="add" action="/login" method="post"><label for="token">Token</label>
<input id="token" name="token" type="password" autocomplete="current-password" required>
<button>Open</button></form></main></body></html>"""
