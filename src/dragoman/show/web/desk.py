"""The desk over one record: what all its pages share, from the record to the rendered page."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup, escape

from dragoman import __version__
from dragoman.errors import UsageError
from dragoman.record import Glance, Lead, Mark, Relation, Store, Touched
from dragoman.show import judging, words
from dragoman.show.atlas import Atlas, atlas, redrawn
from dragoman.show.brief import compose
from dragoman.show.look import Look
from dragoman.show.outline import Brief
from dragoman.show.pages import environment
from dragoman.show.people import Actor, actor
from dragoman.show.web import answers, views
from dragoman.show.web.adding import Adder
from dragoman.show.web.answers import as_json
from dragoman.show.web.held import held
from dragoman.show.web.memory import Memory
from dragoman.show.web.relations import RelationLine, Seen, relation_line, seen
from dragoman.show.web.safety import Access

Value = TypeVar("Value")
#: What pages are right for: how far the record has come, and the day.
Version = tuple[Mark, str]
#: So many answers on what changes touched are kept.
MOST_NOTES = 200

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
        self._notes: dict[tuple[int, int], Touched] = {}

    def version(self) -> Version:
        """What pages are right for: how far the record has come, and the day."""
        return self.glance.mark(), today()

    def kept(
        self,
        key: Hashable,
        make: Callable[[], Value],
        *,
        touches: Callable[[Touched, Value], bool] = lambda *_: True,
        mend: Callable[[Touched, Value], Value | None] | None = None,
        rows: Callable[[Value], int] = lambda _: 1,
        version: Version | None = None,
    ) -> Value:
        """What was worked out for a key, as long as no change of the record touches it.

        `mend` brings it up to date where one does; without it, it is made anew. Who asks for many things at once gives
        the `version` that it has asked for before.
        """
        now = version or self.version()

        def mended(old: Version, value: Value) -> Value | None:
            touched = self._touched(old[0].changes, now[0].changes)
            if touched.everything or old[1] != now[1]:
                return None
            if not touches(touched, value):
                return value
            return mend(touched, value) if mend else None

        return self.memory.get(key, now, make, rows=rows, mend=mended)

    def _touched(self, after: int, now: int) -> Touched:
        """What was touched between two changes or later; asked once for all that is kept since then."""
        found = self._notes.get((after, now))
        if found is None:
            found = self.glance.touched(after)
            if len(self._notes) >= MOST_NOTES:
                self._notes.clear()
            self._notes[after, now] = found
        return found

    def seen(self, a: str, b: str, *, since: str = "", until: str = "", way: bool = False) -> Seen:
        """A relation, from memory where nothing between the two has changed."""
        return self.kept(
            ("seen", a, b, since, until, way),
            lambda: seen(self.store, a, b, since=since, until=until, way=way),
            touches=lambda touched, one: _touches(touched, one.look),
            rows=_rows,
        )

    def brief(self, one: Seen) -> Brief:
        """The brief of a relation, from memory where nothing between the two has changed."""
        look = one.look
        return self.kept(
            ("brief", look.a, look.b, look.since, look.until),
            lambda: compose(held(self.store, look), look),
            touches=lambda touched, _: _touches(touched, look),
        )

    def relations(self, version: Version | None = None) -> list[Relation]:
        """The pairs of sides that the record knows, from memory where nothing of any pair has changed."""
        return self.kept(
            ("relations",),
            self.store.relations,
            touches=lambda touched, _: bool(touched.pairs),
            rows=lambda found: len(found) // 10,
            version=version,
        )

    def line(self, one: Relation, version: Version | None = None) -> RelationLine:
        """The line of a relation on the first page, from memory where nothing between the two has changed."""
        return self.kept(
            ("line", one.a, one.b),
            lambda: relation_line(self.store, one, today()),
            touches=lambda touched, _: (one.a, one.b) in touched.pairs,
            version=version,
        )

    def actor(self, key: str) -> Actor | None:
        """An actor, from memory where nothing that it takes part in has changed."""

        def touches(touched: Touched, found: Actor | None) -> bool:
            # A person has no side of its own in the notes: looked up anew, which is quick.
            if found is None or not found.is_side:
                return True
            return key in touched.parties or not touched.documents.isdisjoint(one.id for one in found.documents)

        return self.kept(
            ("actor", key),
            lambda: actor(self.store, key),
            touches=touches,
            rows=lambda found: len(found.events) + len(found.statements) if found else 1,
        )

    def atlas(self, of: str) -> Atlas:
        """The relations of a side for the map; where some have changed, only these are worked out again."""

        def others(touched: Touched) -> set[str]:
            return {b if a == of else a for a, b in touched.pairs if of in (a, b)}

        return self.kept(
            ("atlas", of),
            lambda: atlas(self.store, of, until=today()),
            touches=lambda touched, _: bool(others(touched)),
            mend=lambda touched, drawn: redrawn(self.store, drawn, others(touched), until=today()),
            rows=lambda drawn: sum(map(len, drawn.series.values())) // 10,
        )

    def queue(self, *, kind: str = "", a: str = "", b: str = "") -> list[Lead]:
        """What waits for a review; after a change, only the claims of the documents that it touched are put in anew."""

        def mend(touched: Touched, before: list[judging.Placed]) -> list[judging.Placed]:
            rest = [one for one in before if one[2].document not in touched.documents]
            return judging.ordered(self.glance.leads(documents=touched.documents), rest)

        version = self.version()
        placed = self.kept(
            ("queue",),
            lambda: judging.ordered(self.glance.leads()),
            touches=lambda touched, _: bool(touched.documents),
            mend=mend,
            rows=lambda found: len(found) // 20,
            version=version,
        )

        def chosen() -> list[Lead]:
            items = self.glance.between(a, b) if a and b else None
            return judging.waiting((one for _, _, one in placed), self.store.judgements(), kind=kind, items=items)

        return self.kept(
            ("waiting", kind, a, b), chosen, touches=lambda touched, _: bool(touched.documents), version=version
        )

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


def _rows(one: Seen) -> int:
    look = one.look
    return len(look.events) + len(look.statements) + len(look.documents)


def _touches(touched: Touched, look: Look) -> bool:
    """Whether a change concerns what the record holds between two sides.

    A statement of one of them counts by its document, which has something else of the two.
    """
    if (min(look.a, look.b), max(look.a, look.b)) in touched.pairs:
        return True
    if look.since or look.until:
        # Then the documents that have something else of the two are not all known here.
        return look.a in touched.parties or look.b in touched.parties
    return not touched.documents.isdisjoint(look.documents)


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
