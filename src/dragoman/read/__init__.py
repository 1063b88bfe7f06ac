"""Files and texts in, Documents out: text, HTML, JSON lines, folders, standard input; knows nothing of coding."""

from __future__ import annotations

from dragoman.read.files import Input, read
from dragoman.read.hints import Hints, InputKind
from dragoman.read.texts import from_text

__all__ = ["Hints", "Input", "InputKind", "from_text", "read"]
