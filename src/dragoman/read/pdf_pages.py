"""The text of each page of a PDF: a program of its own, which reads standard input and writes JSON lines.

It runs apart (see `pdf.py`), because a PDF can be made to take all time and memory: it may be ended at any moment, and
the system holds it to the memory and the time that it is given. It opens no file and asks no other machine.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any


def held(seconds: int, megabytes: int) -> None:
    """Has the system end this process when it takes more; where the system cannot, whoever started it still does."""
    try:
        import resource  # noqa: PLC0415  # not on every system
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, megabytes * 1_000_000)):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            continue
    # It has nothing to write but its answer, which goes through a pipe.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def tell(**said: Any) -> None:  # noqa: ANN401  # plain values
    """One line of the answer."""
    sys.stdout.write(json.dumps(said) + "\n")


def main(most_pages: int) -> None:
    """The pages of the PDF on standard input, after what it says of itself; or why there are none."""
    from pypdf import PdfReader  # noqa: PLC0415  # its absence is told like any other reason
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()))
        if reader.is_encrypted and not reader.decrypt(""):
            tell(why="locked")
            return
        number = len(reader.pages)
        if number > most_pages:
            tell(why="long", pages=number)
            return
        about: Any = reader.metadata or {}
        tell(title=str(about.get("/Title") or ""), created=str(about.get("/CreationDate") or ""), pages=number)
        for page in reader.pages:
            tell(text=page.extract_text() or "")
    except MemoryError:
        tell(why="memory")
    except RecursionError:
        tell(why="damaged", what="it refers to itself")
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, ArithmeticError, OSError) as error:
        tell(why="damaged", what=str(error)[:200])
    except (ImportError, NotImplementedError) as error:
        tell(why="locked" if "crypt" in str(error).casefold() else "damaged", what=str(error)[:200])
    tell(end=True)


if __name__ == "__main__":
    held(int(sys.argv[1]), int(sys.argv[2]))
    try:
        main(int(sys.argv[3]))
    except ImportError:
        tell(why="missing")
