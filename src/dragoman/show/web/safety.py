"""Keeps the desk to the machine that it runs on: strict headers, local names only, no form from elsewhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import PlainTextResponse, Response

#: Names by which a browser on this machine asks; any other is another site's name made to point here.
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})

#: Beyond so many bytes a form is refused; a pasted text of a million letters is below.
MOST_BYTES = 4_000_000

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",
}


def _refused(request: Request) -> str:
    """Why a request is not answered; empty where it is."""
    if (request.url.hostname or "") not in LOCAL:
        return "The desk answers on this machine only: ask for http://localhost or http://127.0.0.1."
    if request.method in {"GET", "HEAD"}:
        return ""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return "This form came from another site; use the form of the desk itself."
    origin = request.headers.get("origin")
    if origin and urlsplit(origin).netloc != request.url.netloc:
        return "This form came from another site; use the form of the desk itself."
    return ""


async def guard(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
    """Middleware: refuses what is not from this machine or is too large, and puts the headers on every answer."""
    response: Response
    length = request.headers.get("content-length", "0")
    if why := _refused(request):
        response = PlainTextResponse(why, status_code=403)
    elif request.method == "POST" and (
        not length.isdigit() or int(length) > MOST_BYTES or "content-length" not in request.headers
    ):
        response = PlainTextResponse(
            f"A form may hold {MOST_BYTES:,} bytes at most; add larger files with `dragoman add`.", status_code=413
        )
    else:
        response = await answer(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
