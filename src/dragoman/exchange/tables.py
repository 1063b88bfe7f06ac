"""Lines of files, folders and zip archives, whatever their state: what cannot be read is told with file and line."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from dragoman.errors import MissingPath
from dragoman.model import Skipped

#: What is no data: descriptions that come beside it.
_NOT_DATA = frozenset({".md", ".pdf", ".html", ".docx", ".py", ".r"})


class Line(NamedTuple):
    """One line with where it stands."""

    text: str
    where: str


def lines(path: Path) -> Iterator[Line | Skipped]:
    """The lines of a file, of all files in a zip archive, or of all files below a folder, in order of their names.

    Raises MissingPath when there is nothing of that name.
    """
    if not path.exists():
        raise MissingPath("no such file or folder; check the path", where=str(path))
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_file() and file.suffix.lower() not in _NOT_DATA and not file.name.startswith("."):
                yield from lines(file)
        return
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for name in sorted(archive.namelist()):
                    if not name.endswith("/") and Path(name).suffix.lower() not in _NOT_DATA:
                        with archive.open(name) as stream:
                            yield from _lines(stream, f"{path}!{name}")
        elif path.suffix.lower() == ".gz":
            with gzip.open(path) as stream:
                yield from _lines(stream, str(path))
        else:
            with path.open("rb") as stream:
                yield from _lines(stream, str(path))
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        yield Skipped(id="", where=str(path), why=f"it cannot be read: {error}")


def _lines(stream: Iterable[bytes], where: str) -> Iterator[Line]:
    for number, raw in enumerate(stream, 1):
        line = raw.rstrip(b"\r\n")
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            # Older files of the field are in Latin-1; every byte is a character there.
            text = line.decode("latin-1")
        yield Line(text, f"{where}:{number}")
