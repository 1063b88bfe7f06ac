"""Adding documents by paste, as files and by address; what became of each."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from dragoman.errors import DragomanError, UsageError
from dragoman.show.web import views
from dragoman.show.web.adding import hints_of
from dragoman.show.web.answers import MissingError, as_csv, as_json, formed
from dragoman.show.web.desk import Desk
from dragoman.show.web.jobs import MOST_JOBS, Job

#: Files in one sending; more are for the command line.
MOST_FILES = 500
EMPTY = {"text": "", "date": "", "source": "", "side": "", "url": ""}


def routes(desk: Desk) -> APIRouter:
    """The forms to add documents, and the pages of the jobs."""
    router = APIRouter()

    def refused(why: str, given: dict[str, str], status: int = 422) -> Response:
        return desk.page("add.html", why=why, given=EMPTY | given, jobs=desk.adder.jobs(), status=status)

    @router.get("/add")
    def forms() -> Response:
        """The forms to add documents."""
        return desk.page("add.html", why="", given=EMPTY, jobs=desk.adder.jobs())

    @router.post("/add")
    def paste(
        text: str = Form(""),
        date: str = Form(""),
        source: str = Form(""),
        side: str = Form(""),
        form: str = Form(""),
    ) -> Response:
        """Adds what was pasted and shows it, or says why it could not be read."""
        given = {"text": text, "date": date, "source": source, "side": side}
        try:
            desk.check_form(form)
            told = desk.adder.text(text, hints_of(date=date, source=source, side=side))
        except DragomanError as error:
            return refused(str(error), given)
        first = next((one for one in told if one.document), None)
        if first is None:
            return refused(told[0].why, given)
        return RedirectResponse(views.document_path(first.document), status_code=303)

    @router.post("/add/address")
    def address(
        url: str = Form(""), date: str = Form(""), source: str = Form(""), side: str = Form(""), form: str = Form("")
    ) -> Response:
        """Fetches a public page and adds it, as a job."""
        try:
            desk.check_form(form)
            if not url.strip():
                raise UsageError("no address was given")
            job = desk.adder.address(url.strip()[:2000], hints_of(date=date, source=source, side=side))
        except DragomanError as error:
            return refused(str(error), {"url": url})
        return RedirectResponse(f"/jobs/{job.id}", status_code=303)

    @router.post("/add/files")
    async def files(request: Request) -> Response:
        """Takes files in and adds them, as a job."""
        async with request.form(max_files=MOST_FILES, max_fields=20) as form:
            try:
                desk.check_form(str(form.get("form", "")))
                hints = hints_of(
                    date=str(form.get("date", "")), source=str(form.get("source", "")), side=str(form.get("side", ""))
                )
                sent = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
                if not sent:
                    raise UsageError("no file was chosen")
            except DragomanError as error:
                return await run_in_threadpool(refused, str(error), {})
            folder = Path(tempfile.mkdtemp(prefix="dragoman-"))
            names = await run_in_threadpool(keep_files, folder, sent)
        job = desk.adder.files(folder, names, hints)
        return RedirectResponse(f"/jobs/{job.id}", status_code=303)

    @router.get("/jobs/{name}")
    def one_job(name: str) -> Response:
        """What became of each document of a job, so far."""
        identity, form = formed(name)
        job = desk.adder.job(identity)
        if job is None:
            raise MissingError(f"job {identity} (the last {MOST_JOBS} are kept; what they added stays)")
        if form == ".json":
            return as_json(job_json(job))
        if form == ".csv":
            return as_csv([vars(one) for one in job.outcomes], f"job-{identity}")
        return desk.page("job.html", job=job, twin=f"/jobs/{identity}.json", table_twin=f"/jobs/{identity}.csv")

    return router


def keep_files(folder: Path, sent: list[UploadFile]) -> list[str]:
    """Writes what was sent into a folder, each file in a folder of its number; gives their names as they were sent."""
    names = []
    for number, one in enumerate(sent):
        name = Path((one.filename or "").replace("\\", "/").replace("\x00", "")).name or "file"
        place = folder / str(number)
        place.mkdir()
        # A name of 300 letters is none that a disk takes; its end says what kind of file it is.
        name = name.encode()[-120:].decode(errors="ignore") or "file"
        with (place / name).open("wb") as target:
            shutil.copyfileobj(one.file, target)
        names.append(name)
    return names


def job_json(job: Job) -> dict:  # type: ignore[type-arg]
    """A job for programs."""
    return vars(job) | {"outcomes": [vars(one) for one in job.outcomes]}
