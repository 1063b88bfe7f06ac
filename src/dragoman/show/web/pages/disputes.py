"""What a person says of a dispute on the pages of a relation."""

from __future__ import annotations

import re

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from dragoman.errors import RecordError, UsageError
from dragoman.show import disputing, judging
from dragoman.show.web import views
from dragoman.show.web.desk import READER, Desk


def routes(desk: Desk) -> APIRouter:
    """Where the forms of the disputes are sent."""
    router = APIRouter()

    @router.post("/disputes/say")
    def dispute(
        form: str = Form(""),
        word: str = Form(""),
        which: str = Form(""),
        name: str = Form(""),
        by: str = Form(""),
        a: str = Form(""),
        b: str = Form(""),
    ) -> Response:
        """Keeps what a person says of a dispute: confirmed, renamed, dismissed, or their last word taken back."""
        desk.check_form(form)
        who, why = by.strip()[:60] or READER, ""
        try:
            if word == "undo":
                if judging.undo(desk.store, by=who) is None:
                    raise UsageError(f"there is no judgement of {who} that could be taken back")  # noqa: TRY301
            else:
                disputing.say(desk.store, word, which[:200], by=who, a=a[:100], b=b[:100], name=name[:200])
        except (UsageError, RecordError) as error:
            why = str(error)[:300]
        answer = RedirectResponse(views.relation_path(a[:100], b[:100], tab="disputes", why=why), status_code=303)
        keep_name(answer, who)
        return answer

    return router


def keep_name(answer: Response, by: str) -> None:
    """Keeps the name of a reader for the next judgement."""
    name = re.sub(r"[^ -~]", "", by).strip()
    answer.set_cookie("dragoman_reader", name or READER, httponly=True, samesite="strict")
