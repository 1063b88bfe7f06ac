"""What language a text is in, trusted only where there is enough of it."""

from __future__ import annotations

import functools
import re
import unicodedata

from dragoman.errors import UnknownLanguage
from dragoman.knowledge import load
from dragoman.read.words import words

#: How much of a text is looked at.
SAMPLE = 3000
#: Below this many letters no guesser can tell a language written in Latin letters.
ENOUGH = 60
#: English prose has its common words at every second or third place; lists of names at fewer.
ENGLISH = 0.15
_WORD = re.compile(r"[^\W\d_]+")


@functools.lru_cache(maxsize=1)
def readable() -> tuple[str, ...]:
    """The languages that the coder knows: those with a folder of patterns."""
    return tuple(sorted({p.parent.name for p in load().files("patterns/*/*.yaml")}))


def language_of(text: str, *, given: str = "") -> str:
    """The language of a text as two letters; `given` is believed if it is one that is read.

    Raises UnknownLanguage for a language that no coder here reads.
    """
    known = readable()
    if given:
        code = given.lower().replace("_", "-").split("-")[0]
        if code in known:
            return code
        raise UnknownLanguage(f"language {given!r} is not read; known: {', '.join(known)}")
    code = _told(text)
    if code in known:
        return code
    raise UnknownLanguage(
        f"it seems to be in another language ({code}); read so far: {', '.join(known)}; "
        f"if that is wrong, say --language"
    )


def _told(text: str) -> str:
    sample = text[:SAMPLE]
    pieces = _WORD.findall(sample)
    letters = sum(map(len, pieces))
    if not letters:
        return "en"
    common = words("en").common_words
    share = sum(1 for piece in pieces if piece.lower() in common) / len(pieces)
    if share >= ENGLISH and len(pieces) > 3:
        return "en"
    foreign = sum(len(piece) for piece in pieces if not piece.isascii() and not _latin(piece))
    if foreign * 2 > letters:
        return _guess(sample)[0] if letters >= 20 else "und"
    if letters < ENOUGH or len(pieces) < 8:
        return "en"
    code, sure = _guess(sample)
    # A short text without any common English word may be a list of names: believe only a guess without doubt.
    trusted = sure > 0.9 and (letters > 4 * ENOUGH or (share == 0 and sure > 0.99))
    return code if trusted else "en"


def _latin(word: str) -> bool:
    return unicodedata.name(word[0], "").startswith("LATIN")


def _guess(text: str) -> tuple[str, float]:
    code, sure = _identifier().classify(text)
    return str(code), float(sure)


@functools.lru_cache(maxsize=1)
def _identifier():  # type: ignore[no-untyped-def]  # noqa: ANN202  # the library has no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  # a third of a second, seldom needed

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
