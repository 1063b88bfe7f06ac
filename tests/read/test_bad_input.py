"""Every kind of input that cannot be read: it is said with place and reason, and the rest goes on."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from dragoman.errors import BinaryInput, EmptyInput, InputError, UnknownLanguage
from dragoman.model import Document, Skipped
from dragoman.read import Hints, from_text, read
from dragoman.read import files as reading
from dragoman.read.decode import decode

GERMAN = (
    "Der Bundesminister hat am Montag in Berlin seinen Kollegen aus dem Nachbarland empfangen und mit ihm über die "
    "Lage an der Grenze gesprochen. Beide Seiten wollen die Gespräche im kommenden Monat in der Hauptstadt fortsetzen. "
    "Nach dem Treffen sagte der Minister, man habe sich über die meisten Fragen verständigt, aber noch nicht über alle."
)
RUSSIAN = "Министр встретился с послом и обсудил с ним вопросы торговли между двумя странами."
GOOD = b'{"id": "good", "text": "Norway praised Sweden."}\n'


@pytest.mark.parametrize(
    ("name", "raw", "where", "why"),
    [
        ("empty.txt", b"", "empty.txt", "there is no text in it"),
        ("blank.txt", b" \n\t\n", "blank.txt", "there is no text in it"),
        ("bom.txt", b"\xef\xbb\xbf\n", "bom.txt", "there is no text in it"),
        ("empty.jsonl", b"", "empty.jsonl", "no line in it"),
        ("empty.html", b"<html><body></body></html>", "empty.html", "no text found on the page"),
        ("script.html", b"<html><script>x()</script></html>", "script.html", "no text found on the page"),
        ("a.pdf", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3", "a.pdf", "a PDF file"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "a.txt", "a picture (PNG)"),
        ("a.bin", bytes(range(256)) * 20, "a.bin", "it is binary"),
        ("ctl.txt", b"\x01\x02\x03\x04\x05\x06abc", "ctl.txt", "control characters"),
        ("utf16.txt", b"\xff\xfea\x00b", "utf16.txt", "begins as UTF-16-LE"),
        ("mixed.txt", "é ü ö ä ß\nñ".encode() + b" \xff\xfe", "mixed.txt", "line 2: byte 0xff is not UTF-8"),
        ("de.txt", GERMAN.encode(), "de.txt", "another language (de)"),
        ("ru.txt", RUSSIAN.encode("utf-8"), "ru.txt", "another language (ru)"),
        ("ru1251.txt", (RUSSIAN * 4).encode("windows-1251"), "ru1251.txt", "another language"),
        ("l.jsonl", b"{not json}\n" + GOOD, "l.jsonl:1", "not JSON: "),
        ("l.jsonl", GOOD + b'{"id": "x", "text": "cut off', "l.jsonl:2", "not JSON: "),
        ("l.jsonl", GOOD + b"[1, 2]\n", "l.jsonl:2", "holds a list, not an object"),
        ("l.jsonl", GOOD + b"\n\nnull\n", "l.jsonl:4", "holds null, not an object"),
        ("l.jsonl", b'{"id": "x"}\n' + GOOD, "l.jsonl:1", "has no text"),
        ("l.jsonl", b'{"id": "x", "text": 5}\n' + GOOD, "l.jsonl:1", "a text that is no string"),
        ("l.jsonl", b'{"id": "x", "text": "  "}\n' + GOOD, "l.jsonl:1", "its text is empty"),
        ("l.jsonl", b'{"id": "x", "text": "caf\xe9"}\n' + GOOD, "l.jsonl:1", "not UTF-8: byte 0xe9 at column 25"),
        ("l.jsonl", b'{"id": ["x"], "text": "Yes."}\n' + GOOD, "l.jsonl:1", "its id is a list, not a string"),
        ("l.jsonl", b'{"id": "x", "text": "Yes.", "date": "soon"}\n', "l.jsonl:1", "'soon' is no date"),
        ("l.jsonl", b'{"id": "x", "text": "Yes.", "date": "2009-13-02"}\n', "l.jsonl:1", "is no date"),
        ("l.jsonl", b'{"id": "x", "text": "Yes.", "language": "xx"}\n', "l.jsonl:1", "language 'xx' is not read"),
        ("l.jsonl", b'{"id": "x", "text": ' + b"[" * 100_000 + b"\n", "l.jsonl:1", "not JSON: "),
        ("l.json", b'[{"text": "Norway praised Sweden."}, 7]', "l.json:2", "not an object"),
    ],
)
def test_what_cannot_be_read_is_said(name: str, raw: bytes, where: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    found = list(read(path))
    skipped = [item for item in found if isinstance(item, Skipped)]
    assert [item.where for item in skipped] == [str(tmp_path / where)]
    assert why in skipped[0].why
    if GOOD in raw:
        assert [item.id for item in found if isinstance(item, Document)] == ["good"]


def test_the_id_of_a_line_is_kept_when_it_is_passed_over() -> None:
    (skipped,) = read((b'{"id": "x7", "text": ""}\n', "lines.jsonl"))
    assert isinstance(skipped, Skipped)
    assert skipped.id == "x7"


def test_a_missing_path_and_an_empty_folder(tmp_path: Path) -> None:
    (missing,) = read(tmp_path / "nowhere.txt")
    (empty,) = read(tmp_path)
    (zero,) = read("a\x00b")
    assert isinstance(missing, Skipped)
    assert isinstance(empty, Skipped)
    assert isinstance(zero, Skipped)
    assert "no such file or folder" in missing.why
    assert "holds no files" in empty.why


def test_too_large_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST", 1000)
    path = tmp_path / "large.txt"
    path.write_text("Norway praised Sweden. " * 100)
    (skipped,) = read(path)
    assert isinstance(skipped, Skipped)
    assert "larger than 100 MB" in skipped.why


def test_a_broken_archive_is_said(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl.gz"
    path.write_bytes(b"\x1f\x8b\x08\x00broken")
    (skipped,) = read(path)
    assert isinstance(skipped, Skipped)
    assert "cannot be opened or read" in skipped.why


def test_one_bad_file_in_a_folder_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.txt").write_text("Norway praised Sweden.")
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "deep" / "c.txt").write_text("Sweden thanked Norway.")
    (tmp_path / ".hidden").write_text("Not read.")
    found = list(read(tmp_path))
    assert [type(item) for item in found] == [Document, Skipped, Document]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BufferedReader(io.BytesIO(GOOD + b"{\n"))  # type: ignore[arg-type]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(raw))
    good, bad = read("-")
    assert isinstance(good, Document)
    assert isinstance(bad, Skipped)
    assert bad.where == "standard input:2"


@pytest.mark.parametrize(
    ("text", "error"),
    [("", EmptyInput), ("\u00a0\n", EmptyInput), ("\x00\x00\x00a", BinaryInput), (GERMAN, UnknownLanguage)],
)
def test_from_text_raises(text: str, error: type[InputError]) -> None:
    with pytest.raises(error):
        from_text(text)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"\xef\xbb\xbfA caf\xc3\xa9.", "A café."),
        ("A café.".encode("utf-16"), "A café."),
        ("A café is here.".encode("utf-16-le"), "A café is here."),
        (b"He said \x93yes\x94 \x96 then left the caf\xe9.", "He said “yes” – then left the café."),
        (b"one\r\ntwo\rthree\n", "one\r\ntwo\rthree\n"),
    ],
)
def test_encodings(raw: bytes, text: str) -> None:
    assert decode(raw) == text


def test_a_language_given_is_believed() -> None:
    assert from_text(GERMAN, hints=Hints(language="en")).language == "en"
    assert from_text("Putin, Merkel, Hollande, Poroschenko: Minsk.").language == "en"
