"""Tells near copies among documents: syndicated reports, corrections, updates of one text.

MinHash over shingles of three words (Broder 1997), compared only where a band of four of the 64 values agrees; at the
threshold 99 of 100 pairs are found. Whether two documents are copies depends on the two alone.
"""

from __future__ import annotations

import functools
import re
import struct
from typing import Any

from dragoman.model import content_id

#: The share of shingles that two copies have in common, as estimated; an agency's report with a new head and two cut
#: sentences has about .75, two reports of one press conference by different hands .1 to .3.
ALIKE = 0.7
VALUES, ROWS, SEED = 64, 4, 20090
#: A text of fewer words says too little to be told a copy: short notices are alike by their form.
FEWEST_WORDS = 12
SHINGLE = 3

_WORD = re.compile(r"\w+")
_PACKED = struct.Struct(f"<{VALUES}I")


@functools.cache
def _minhash() -> Any:  # noqa: ANN401  # a class of an extension without types
    import rensa  # noqa: PLC0415  # only who adds documents needs it

    return rensa.RMinHash


def sign(text: str) -> bytes:
    """The signature of a text (256 bytes), or nothing where it has too few words."""
    words = _WORD.findall(text.casefold())
    if len(words) < FEWEST_WORDS:
        return b""
    made = _minhash()(num_perm=VALUES, seed=SEED)
    made.update(list({" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}))
    return _PACKED.pack(*made.digest())


def bands(signature: bytes) -> list[int]:
    """The keys under which documents that may be copies of one another meet."""
    width = 4 * ROWS
    return [
        int(content_id(str(at), signature[at : at + width].hex()), 16) >> 1 for at in range(0, len(signature), width)
    ]


def alike(one: bytes, two: bytes) -> bool:
    """Whether two signatures are those of near copies."""
    if not one or not two:
        return False
    same = sum(a == b for a, b in zip(_PACKED.unpack(one), _PACKED.unpack(two), strict=True))
    return bool(same >= ALIKE * VALUES)
