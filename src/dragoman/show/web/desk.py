"""The desk over one record: what all its pages share, from the record to the rendered page."""

from __future__ import annotations

import datetime
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup, escape

from dragoman import __version__
from dragoman.errors import UsageError
from dragoman.record import Glance, Mark, Store
from dragoman.show import words
from dragoman.show.atlas import Atlas, atlas
from dragoman.show.pages import environment
from dragoman.show.web import answers, views
from dragoman.show.web.adding import Adder
from dragoman.show.web.answers import as_json
from dragoman.show.web.memory import Memory
from dragoman.show.web.relations import Seen, seen
from dragoman.show.web.safety import Access

#: The name under which judgements of the desk are kept, where nobody gives another.
READER = "the desk"


class Desk:
    """A record with its memory, its writer and the rules on who may ask."""

    def __init__(self, store: Store, *, access: Access | None = None) -> None:
        self.store = store
        self.glance = Glance(store)
        self.memory = Memory()
        self.adder = Adder(store)
        self.access = access or Access()

    def version(self) -> tuple[Mark, str]:
        """What pages are right for: how far the record has come, and the day."""
        return self.glance.mark(), today()

    def seen(self, a: str, b: str, *, since: str = "", until: str = "", way: bool = False) -> Seen:
        """A relation, from memory where the record has not changed."""
        key = ("seen", a, b, since, until, way)
        return self.memory.get(key, self.version(), lambda: seen(self.store, a, b, since=since, until=until, way=way))

    def atlas(self, of: str) -> Atlas:
        """The relations of a side for the map, from memory where the record has not changed."""
        return self.memory.get(("atlas", of), self.version(), lambda: atlas(self.store, of, until=today()))

    def page(self, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401
        """A page from its template."""
        common = {
            "path_of": views.relation_path,
            "document_path": views.document_path,
            "actor_path": views.actor_path,
            "marked": snippet,
            "today": today(),
            "version": __version__,
            "form_token": self.access.form,
            "twin": "",
            "table_twin": "",
        }
        return HTMLResponse(environment().get_template(template).render(common | values), status_code=status)

    def check_form(self, given: str) -> None:
        """Raises UsageError where a form is not one of ours, or is older than the desk."""
        if not self.access.is_ours(given):
            raise UsageError(
                "this form is older than the desk, or from elsewhere: load its page again, and send it then"
            )

    def wrong(self, request: Request, error: Exception) -> Response:
        """An error as a page, or as JSON of one shape."""
        status, what, after = answers.told(error)
        path = request.url.path
        if path.startswith("/api/") or path.endswith((".json", ".csv")):
            return as_json({"error": {"status": status, "what": what, "next": after}}, status=status)
        return self.page("error.html", what=what, after=after, status=status)


def today() -> str:
    """The ISO day of today."""
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def snippet(text: str) -> Markup:
    """A snippet whose found words stand in brackets, as marked text."""
    return Markup(str(escape(text)).replace("[", "<mark>").replace("]", "</mark>"))  # noqa: S704  # escaped first


def a_side(text: str) -> str:
    """The side that a person typed: a code as it is, a name by its code; raises UsageError for an unknown one."""
    typed = text.strip()
    if typed.upper() in words.state_names():
        return typed.upper()
    by_name = {name.casefold(): code for code, name in words.state_names().items()}
    if typed.casefold() in by_name:
        return by_name[typed.casefold()]
    from dragoman.lines import side  # noqa: PLC0415  # loads the tables of names

    return side(typed)
