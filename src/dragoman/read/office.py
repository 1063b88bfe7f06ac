"""The text of DOCX and RTF files, paragraph by paragraph; no macros, no references to the outside, nothing but text."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from lxml import etree

from dragoman.errors import BinaryInput, InputError

#: More than so many bytes of XML in a small archive is an attack, no document.
LARGEST_XML = 400_000_000
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT = "word/document.xml"


def is_docx(raw: bytes) -> bool:
    """Whether a file is a DOCX: a zip archive that holds a word document."""
    if not raw.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return _DOCUMENT in archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError):
        return False


def docx_text(raw: bytes) -> str:
    """The paragraphs of a DOCX, one line each. Raises BinaryInput when it is damaged, InputError when too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if archive.getinfo(_DOCUMENT).file_size > LARGEST_XML:
                raise InputError("its text is larger than 400 MB; cut it into documents")
            content = archive.read(_DOCUMENT)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        root = etree.fromstring(content, parser)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, zlib.error, RuntimeError, NotImplementedError) as error:
        raise BinaryInput(f"a damaged DOCX file: {error}; save it again, or give plain text") from error
    lines = []
    for paragraph in root.iter(f"{_WORD}p"):
        pieces = []
        for node in paragraph.iter(f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"):
            if node.tag == f"{_WORD}t":
                pieces.append(node.text or "")
            else:
                pieces.append("\t" if node.tag == f"{_WORD}tab" else "\n")
        lines.append("".join(pieces))
    return "\n".join(lines)


_TOKEN = re.compile(
    r"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.IGNORECASE
)
#: Groups that hold no text of the document.
_HIDDEN = frozenset(
    ("fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer", "headerl", "headerr", "headerf",
     "footerl", "footerr", "footerf", "footnote", "listtable", "listoverridetable", "rsidtbl", "generator", "themedata",
     "datastore", "latentstyles", "xmlnstbl", "fldinst")
)  # fmt: skip
_SIGNS = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "row": "\n", "cell": "\t", "tab": "\t", "emdash": "—",
    "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ",
    "enspace": " ",
}  # fmt: skip


def rtf_text(raw: bytes) -> str:
    """The text of an RTF file. Raises BinaryInput when there is none."""
    source = raw.decode("latin-1")
    if not source.lstrip().startswith("{\\rtf"):
        raise BinaryInput("it does not begin as RTF does; give plain text")
    code_page = re.search(r"\\ansicpg(\d+)", source[:2000])
    encoding = f"cp{code_page[1]}" if code_page else "cp1252"
    out: list[str] = []
    # One entry a group: whether its text is hidden, and how many signs stand for one Unicode sign.
    stack: list[tuple[bool, int]] = []
    hidden, skip, left = False, 1, 0
    for found in _TOKEN.finditer(source):
        word, number, byte, sign, brace, text = found.groups()
        if brace == "{":
            stack.append((hidden, skip))
        elif brace == "}":
            hidden, skip = stack.pop() if stack else (False, 1)
            left = 0
        elif word:
            name = word.lower()
            if name in _HIDDEN:
                hidden = True
            elif name == "uc":
                skip = int(number or 1)
            elif name == "u" and number and not hidden:
                out.append(chr(int(number) % 0x10000))
                left = skip
            elif not hidden and name in _SIGNS:
                out.append(_SIGNS[name])
        elif sign == "*":
            hidden = True
        elif left and (byte or text):
            # What stands there for programs that know no Unicode.
            text = text[left:] if text else ""
            left = 0 if text or (byte and left == 1) else left - 1
            if text and not hidden:
                out.append(text)
        elif not hidden:
            if byte:
                out.append(_byte(byte, encoding))
            elif sign:
                out.append({"~": "\u00a0", "_": "-", "-": ""}.get(sign, sign))
            elif text:
                out.append(text)
    joined = "".join(out)
    # Signs beyond the first 65,536 come as two halves.
    return joined.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _byte(code: str, encoding: str) -> str:
    try:
        return bytes.fromhex(code).decode(encoding, "replace")
    except LookupError:
        return bytes.fromhex(code).decode("cp1252", "replace")
