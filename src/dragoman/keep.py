"""Keeps a record up: reads, codes, stores and reconciles; what most people call from Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from dragoman.model import Coded, Document, Item, Skipped
from dragoman.reconcile import Reconciler, part_of
from dragoman.record import AddResult, Recoded, Store
from dragoman.settings import settings

if TYPE_CHECKING:
    from dragoman.exchange import Tally
    from dragoman.parallel import Codes
    from dragoman.read import Hints

#: So many rows of another data set are kept in one transaction.
TOGETHER = 200
#: The language of such rows, which are not coded again.
ROWS = "zxx"
#: A document that is stored, with what was stored of it.
Added = tuple[Document, AddResult]


def open_record(path: str | Path = "", *, write: bool = True) -> Store:
    """The record of that file or URL (else that of the settings), made when there is none; close it, or use `with`.

    Raises RecordError when it cannot be opened.
    """
    return Store.open(path or settings().record, deriver=Reconciler(), write=write)


def coder(knowledge: Iterable[str | Path] = (), jobs: int = 1) -> Codes:
    """A coder with the knowledge that ships and the folders of the settings or those given.

    With `jobs` other than 1 it codes on that many processes (0: one a core); the claims and their order are the same.
    """
    folders = tuple(Path(one) for one in knowledge) or settings().knowledge
    if jobs != 1:
        from dragoman.parallel import ParallelCoder  # noqa: PLC0415

        return ParallelCoder(folders, jobs=jobs)
    from dragoman.pipeline import Coder  # noqa: PLC0415  # loads the parser

    return Coder(folders, vote=settings().network)


def add(
    store: Store, source: str | Path | Document, *, hints: Hints | None = None, with_coder: Codes | None = None
) -> Iterator[Added | Skipped]:
    """Reads a file, folder or document, codes it and stores it; gives what was added and what was passed over.

    Lazy: nothing is done until it is asked for. Raises RecordError when the record cannot be written.
    """
    maker = with_coder or coder()
    # What needs no coding waits here until what was read before it has been given.
    ready: list[Added | Skipped] = []

    def documents() -> Iterator[Document]:
        for one in _read(source, hints):
            if isinstance(one, Skipped):
                store.skip(one)
                ready.append(one)
            elif store.holds(one.id):
                ready.append((one, AddResult(document=one.id, added=False, claims=0, items=0)))
            else:
                yield one

    for coded in maker.code(documents()):
        yield from _taken(ready)
        yield coded.document, store.add(coded)
        yield from coded.skipped
    yield from _taken(ready)


def _taken(ready: list[Added | Skipped]) -> Iterator[Added | Skipped]:
    while ready:
        yield ready.pop(0)


def recode(
    store: Store, documents: Iterable[str] = (), *, keep: bool = True, with_coder: Codes | None = None
) -> Iterator[tuple[Recoded, tuple[Skipped, ...]]]:
    """Codes documents of the record again (all, or those of some ids) and takes in what changed; see `Store.recode`."""
    maker = with_coder or coder()
    wanted = list(documents) or [line.id for line in store.documents()]

    def held() -> Iterator[Document]:
        for name in wanted:
            found = store.document(name)
            if found is not None and found.document.text and found.document.language != ROWS:
                yield found.document

    for coded in maker.code(held()):
        yield store.recode(coded, keep=keep), coded.skipped


def bring(store: Store, path: str | Path, *, form: str = "", tally: Tally | None = None) -> Iterator[Added | Skipped]:
    """Reads the events of another data set and stores them, some at a time; gives what was added and passed over.

    Raises UsageError when the format cannot be told, MissingPath when there is no such file.
    """
    from dragoman.exchange import read_events  # noqa: PLC0415

    waiting: list[Coded] = []
    for one in read_events(Path(path), form=form, tally=tally):
        if isinstance(one, Skipped):
            store.skip(one)
            yield one
            continue
        waiting.append(one)
        if len(waiting) == TOGETHER:
            yield from _kept(store, waiting)
            waiting = []
    yield from _kept(store, waiting)


def _kept(store: Store, some: list[Coded]) -> Iterator[Added]:
    if some:
        for coded, result in zip(some, store.add_all(some), strict=True):
            yield coded.document, result


def parts(store: Store, item: Item) -> list[tuple[str, Item, str]]:
    """The events linked to one but not merged with it: (`part` or `whole`, the event, a sentence of reason)."""
    found: list[tuple[str, Item, str]] = []
    for other in store.beside(item):
        for what, reason in (("part", part_of(other, item)), ("whole", part_of(item, other))):
            if reason:
                found.append((what, other, reason))
    return found


def add_samples(store: Store, *, with_coder: Codes | None = None) -> Iterator[Added | Skipped]:
    """Adds the sample documents that ship with Dragoman, each with its date and source; as `add` does."""
    from dragoman.read import Hints  # noqa: PLC0415
    from dragoman.samples import samples  # noqa: PLC0415

    maker = with_coder or coder()
    for sample in samples():
        for one in _read(sample.path, Hints(date=sample.date, source=sample.source.name, side=sample.source.side)):
            if isinstance(one, Skipped):
                yield one
                continue
            # Lines of the samples carry their own source.
            document = replace(one, source=sample.source) if sample.source.name else one
            yield from add(store, document, with_coder=maker)


def code(text: str, *, date: str = "", source: str = "", with_coder: Codes | None = None) -> Coded:
    """The claims of one text, nothing stored; `date` is the day on which it was published, in ISO form.

    Raises InputError when the text cannot be read.
    """
    from dragoman.read import from_text  # noqa: PLC0415

    maker = with_coder or coder()
    return next(iter(maker.code([from_text(text, date=date, source=source)])))


def _read(source: str | Path | Document, hints: Hints | None) -> Iterator[Document | Skipped]:
    if isinstance(source, Document):
        yield source
        return
    from dragoman.read import Hints, read  # noqa: PLC0415

    yield from read(source, hints=hints or Hints())
