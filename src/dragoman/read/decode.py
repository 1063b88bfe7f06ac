"""Bytes into text: what encoding they are in, or why they are not text."""

from __future__ import annotations

import codecs
import re

from dragoman.errors import BinaryInput, EmptyInput, EncodingError

#: Enough to tell text from binary, and one encoding from another, without reading all of a large file twice.
SAMPLE = 65_536
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x1f\x8b": "compressed data",
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"GIF8": "a picture (GIF)",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"SQLite format 3": "an SQLite database",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"{\\rtf": "a rich text document",
    b"PAR1": "a Parquet file",
}
# Control characters that no text has; tab, line feeds, form feed and escape may stand in old ones.
_CONTROL = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27}) + b"\x7f"
_META = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def decode(raw: bytes, *, markup: bool = False) -> str:
    """The text of some bytes, a byte order mark left out; for `markup` the encoding that the page declares counts.

    Raises EmptyInput, BinaryInput or EncodingError.
    """
    if not raw.strip(b" \t\r\n\x0b\x0c\xef\xbb\xbf"):
        raise EmptyInput("there is no text in it; give a file that holds some")
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _filled(_strictly(raw[len(mark) :], encoding))
    _refuse_binary(raw)
    if b"\x00" in raw[:SAMPLE]:
        return _filled(_strictly(raw, _wide(raw)))
    if markup and (declared := _META.search(raw[:2048])) and (text := _declared(raw, declared[1])) is not None:
        return _filled(text)
    try:
        return _filled(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        if len(_MULTIBYTE.findall(raw[:SAMPLE])) > 3 * _broken(raw[:SAMPLE]):
            raise EncodingError(_say(raw, error)) from error
        return _guessed(raw, error)


def decode_line(raw: bytes) -> str:
    """One line of JSON, which is UTF-8 by definition. Raises EncodingError."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = raw[error.start]
        raise EncodingError(
            f"not UTF-8: byte 0x{byte:02x} at column {error.start + 1}; write JSON lines in UTF-8"
        ) from error


def _filled(text: str) -> str:
    if not text.strip():
        raise EmptyInput("there is no text in it; give a file that holds some")
    return text


def _strictly(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise EncodingError(
            f"it begins as {encoding.upper()} but byte {error.start + 1} is not; save it as UTF-8"
        ) from error


def _refuse_binary(raw: bytes) -> None:
    for magic, what in _MAGIC.items():
        if raw.startswith(magic):
            raise BinaryInput(f"it is {what}, not text; turn it into text first")
    sample = raw[:SAMPLE]
    if b"\x00" in sample and not _wide(sample):
        raise BinaryInput("it is binary (it holds zero bytes), not text; give text, HTML or JSON lines")
    control = len(sample) - len(sample.translate(None, _CONTROL)) - sample.count(0)
    # One in fifty is far above what broken scans have, and far below what any compressed or compiled file has.
    if control > max(2, len(sample) // 50):
        raise BinaryInput("it is binary (too many control characters), not text; give text, HTML or JSON lines")


def _wide(raw: bytes) -> str:
    """UTF-16 without a mark shows zero bytes in nearly every other place; returns its name or an empty text."""
    sample = raw[:4096]
    half = len(sample) // 2
    if half < 4:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.05 * half else ""


def _declared(raw: bytes, name: bytes) -> str | None:
    encoding = name.decode("ascii", "ignore").lower()
    if encoding in {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"}:
        encoding = "windows-1252"  # what browsers take them for
    try:
        return raw.decode(encoding)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def _broken(raw: bytes) -> int:
    return raw.decode("utf-8", "replace").count("\ufffd")


def _guessed(raw: bytes, error: UnicodeDecodeError) -> str:
    sample = raw[:SAMPLE]
    high = sum(1 for byte in sample if byte >= 128)
    if high <= max(8, len(sample) // 10):  # mostly ASCII: the western code page of most old pages
        try:
            return raw.decode("windows-1252")
        except UnicodeDecodeError:
            pass
    from charset_normalizer import from_bytes  # noqa: PLC0415  # a tenth of a second that most runs never need

    best = from_bytes(sample).best()
    if best is not None:
        try:
            return raw.decode(best.encoding)
        except UnicodeDecodeError:
            pass
    raise EncodingError(_say(raw, error)) from error


def _say(raw: bytes, error: UnicodeDecodeError) -> str:
    line = raw.count(b"\n", 0, error.start) + 1
    byte = raw[error.start]
    return f"line {line}: byte 0x{byte:02x} is not UTF-8, nor is the text in another encoding; save it as UTF-8"
