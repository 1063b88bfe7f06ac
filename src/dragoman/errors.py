"""Every exception that Dragoman raises; each message says what, which, and what to do next.

DragomanError
├── InputError            a document that cannot be read: it is passed over and said, the run goes on
│   ├── EmptyInput
│   ├── BinaryInput
│   ├── EncodingError
│   ├── BrokenLine
│   ├── MissingPath
│   └── UnknownLanguage
├── UsageError            a wrong call: nothing is done (exit status 2)
├── KnowledgeError        a line of a knowledge file that does not hold to its shape
├── RecordError           the record cannot be opened, read or written
└── WorkerError           a process that codes beside others cannot start
"""

from __future__ import annotations


class DragomanError(Exception):
    """The root of all errors that Dragoman raises on purpose."""


class InputError(DragomanError):
    """A document, file or line that cannot be read; `where` names the file and, where it has one, the line."""

    def __init__(self, message: str, *, where: str = "") -> None:
        super().__init__(f"{where}: {message}" if where else message)
        self.where = where
        self.reason = message


class EmptyInput(InputError):
    """There is no text in it."""


class BinaryInput(InputError):
    """It is not text."""


class EncodingError(InputError):
    """Its bytes are text in no encoding that was tried."""


class BrokenLine(InputError):
    """A line of JSON lines that is not one JSON object with a text."""


class MissingPath(InputError):
    """There is no such file or folder."""


class UnknownLanguage(InputError):
    """It is in a language that no coder here reads."""


class UsageError(DragomanError):
    """The call itself is wrong; nothing was done."""


class KnowledgeError(DragomanError):
    """A knowledge file breaks its shape; the message names file and line."""


class RecordError(DragomanError):
    """The record cannot be opened, read or written; the message names the file and the way out."""


class WorkerError(DragomanError):
    """A process that codes beside others cannot start or fails as a whole."""
