"""Dictionary forms of English words, from a table of irregular forms and spelling rules."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

_VOWELS = frozenset("aeiouy")

# What is left when "-ed" or "-ing" is cut off says by its ending whether English
# had dropped an e ("invad", "reduc") or not ("spread", "monitor"). The longest
# ending that fits decides; none means no e. The table holds what they get wrong.
_WITH = """
    ad am an ap ar as at av az ag ak
    bl cl dl fl gl kl pl sl tl zl
    c dg lg rg v z u
    eng ung rang chang fring cring
    ced pred plet delet conven interven contraven
    eg ib ob ub ig og ug ik ok uk
    id od ud im um om in un ip yp op up
    il ul yl ol
    adher terfer persever rever ir plor gnor stor dor ador ur yr creat
    as es is os us ns rs ps ls ws ys
    cit vit nit pedit quit vot not mot ot ut
    phon pon thron scor
"""
_WITHOUT = """
    ead oad aid oid aud oud ood eed
    eam oam aim oom
    ain ean ein oan oin een uin oon soon
    eap oap eep oop oup elop
    ear oar air eer oor our eur eir itor utor ector actor uthor
    eal oal ail eil oil eel ool aul oul nal tal ual val ial encil
    eak oak ook eek
    eat oat ait eet oot out oit uit licit format combat pilot riot pivot debut
    sit rit mit dit fit bit lit
    ias ocus vas
"""
_WITH_E = frozenset(_WITH.split())
_WITHOUT_E = frozenset(_WITHOUT.split())
_LONGEST_ENDING = max(map(len, _WITH_E | _WITHOUT_E))

# Consonants that are doubled before "-ed" and "-ing"; l only after an unstressed
# vowel ("controlled", but "called"), s, f and z belong to the word ("pressed").
_DOUBLED = frozenset("bdgmnprtv")

# Nouns that end so are no plurals, whatever the tagger says.
_SINGULAR_IN_S = ("ss", "us", "sis", "'s")


@cache
def irregular() -> dict[tuple[str, str], str]:
    """Return the table of irregular forms: (form, class V, N or A) to dictionary form."""
    text = files("dragoman.knowledge").joinpath("models", "en", "lemmas.tsv").read_text("utf-8")
    table: dict[tuple[str, str], str] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            form, kind, base = line.split("\t")
            table[form, kind] = base
    return table


def word_class(tag: str) -> str:
    """Return the class of a Penn Treebank tag: V, N, A, B for a base verb, or nothing.

    Args:
        tag: A Penn Treebank tag such as "VBD".
    """
    if tag in ("VB", "VBP"):
        return "B"
    if tag[:2] in ("VB", "MD"):
        return "V"
    if tag[:1] == "N" and tag != "NFP":
        return "N"
    return "A" if tag[:2] in ("JJ", "RB") else ""


def _syllables(stem: str) -> int:
    groups = 0
    before = False
    for letter in stem:
        vowel = letter in _VOWELS
        groups += vowel and not before
        before = vowel
    return groups


def _stem(stem: str) -> str:
    """Restore what "-ed", "-ing", "-er" or "-est" had changed at a word's end."""
    last = stem[-1]
    if len(stem) > 3 and last == stem[-2]:
        if last in _DOUBLED and stem[-3] in _VOWELS:
            return stem[:-1]
        if last == "l" and _syllables(stem) > 1 and stem[-3] in _VOWELS:
            return stem[:-1]
        return stem
    if _syllables(stem) == 0:
        return stem + "e"
    for length in range(min(_LONGEST_ENDING, len(stem)), 0, -1):
        ending = stem[-length:]
        if ending in _WITHOUT_E:
            return stem
        if ending in _WITH_E:
            return stem + "e"
    return stem


def _third_person(form: str) -> str:
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")) and len(form) > 4:
        return form[:-2]
    return form[:-1] if len(form) > 1 and form.endswith("s") and not form.endswith("ss") else form


def _verb(form: str, tag: str) -> str:
    if tag == "VBZ":
        return _third_person(form)
    if form.endswith("ing") and tag not in ("VBD", "VBN") and _syllables(form[:-3]):
        return _stem(form[:-3])
    if form.endswith("ied") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith("eed"):
        return form[:-1]
    if form.endswith("ed") and len(form) > 3 and tag != "VBG":
        return _stem(form[:-2])
    return form


def _noun(form: str, tag: str) -> str:
    if tag not in ("NNS", "NNPS"):
        return form
    if form.endswith("men"):
        return form[:-2] + "an"
    if not form.endswith("s") or form.endswith(_SINGULAR_IN_S):
        return form
    return _third_person(form)


def _adjective(form: str, tag: str) -> str:
    cut = {"JJR": "er", "RBR": "er", "JJS": "est", "RBS": "est"}.get(tag)
    if cut is None or not form.endswith(cut):
        return form
    stem = form[: -len(cut)]
    if stem.endswith("i") and len(stem) > 2:
        return stem[:-1] + "y"
    return _stem(stem) if len(stem) > 2 else form


def by_rule(form: str, tag: str) -> str:
    """Return the dictionary form that the spelling rules alone give.

    Args:
        form: The word in lower case.
        tag: Its Penn Treebank tag.
    """
    kind = word_class(tag)
    if kind == "V" and tag != "MD":
        return _verb(form, tag)
    if kind == "N":
        return _noun(form, tag)
    if kind == "A":
        return _adjective(form, tag)
    return form


@lru_cache(maxsize=65536)
def lemma(form: str, tag: str) -> str:
    """Return the dictionary form of a word, in lower case.

    Args:
        form: The word as printed.
        tag: Its Penn Treebank tag; words other than verbs, nouns, adjectives
            and adverbs come back in lower case, otherwise as they are.
    """
    form = form.lower().replace("’", "'")
    base = irregular().get((form, word_class(tag)))
    return by_rule(form, tag) if base is None else base
