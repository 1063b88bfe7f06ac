"""Puts the desk together: pages, API, files, and who may ask."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Form, Request
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from dragoman import __version__, keep
from dragoman.errors import DragomanError, UsageError
from dragoman.record import Store
from dragoman.show.pages import HERE
from dragoman.show.web import api
from dragoman.show.web.answers import MissingError
from dragoman.show.web.desk import Desk
from dragoman.show.web.pages import adding, disputes, documents, home, people, relation, review
from dragoman.show.web.safety import COOKIE, Access, Headers, guard

#: The pages; relations come last, because any three letters may begin one.
PAGES = (home, documents, people, review, disputes, adding, relation)


def create_app(record: Store | str | Path, *, token: str = "") -> FastAPI:
    """The desk over a record (open, or the path of its file, made when there is none).

    With a `token` it answers whoever has it, from any machine; without, only this machine.
    """
    store = record if isinstance(record, Store) else keep.open_record(record)
    access = Access(token)
    desk = Desk(store, access=access)
    app = FastAPI(
        title="Dragoman",
        version=__version__,
        description=api.DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.desk = desk
    app.middleware("http")(guard(access, desk.memory.changed))
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Headers)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    for kind in (DragomanError, HTTPException, MissingError, RequestValidationError, Exception):
        app.add_exception_handler(kind, desk.wrong)
    app.include_router(api.routes(desk, app))

    @app.post("/login", include_in_schema=False)
    def login(request: Request, token: str = Form("")) -> Response:
        """Keeps the token of a reader in a cookie that no script can read."""
        who = request.client.host if request.client else ""
        if not access.token or not access.has_token(token):
            if access.token and not access.wrong.allows(who):
                return desk.wrong(request, HTTPException(429, "Too many wrong tokens; wait a minute."))
            raise UsageError("that is not the token of this desk")
        answer = RedirectResponse("/", status_code=303)
        secure = request.url.scheme == "https"
        answer.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=secure, max_age=30 * 24 * 3600)
        return answer

    for page in PAGES:
        app.include_router(page.routes(desk), include_in_schema=False)
    return app
