"""Dictionary forms: the rules, the table, and every line of the table."""

from __future__ import annotations

from importlib.resources import files

import pytest

from dragoman.coding import lemmas
from dragoman.coding.lemmas import by_rule, irregular, lemma


@pytest.mark.parametrize(
    ("form", "tag", "base"),
    [
        ("condemned", "VBD", "condemn"),
        ("Condemned", "VBD", "condemn"),
        ("expelled", "VBD", "expel"),
        ("called", "VBN", "call"),
        ("recalled", "VBD", "recall"),
        ("withdrew", "VBD", "withdraw"),
        ("withdrawing", "VBG", "withdraw"),
        ("vetoes", "VBZ", "veto"),
        ("vetoed", "VBD", "veto"),
        ("denies", "VBZ", "deny"),
        ("denied", "VBD", "deny"),
        ("denying", "VBG", "deny"),
        ("imposed", "VBN", "impose"),
        ("imposing", "VBG", "impose"),
        ("urging", "VBG", "urge"),
        ("pledged", "VBD", "pledge"),
        ("bringing", "VBG", "bring"),
        ("arranging", "VBG", "arrange"),
        ("invaded", "VBD", "invade"),
        ("aided", "VBD", "aid"),
        ("negotiating", "VBG", "negotiate"),
        ("repeated", "VBD", "repeat"),
        ("created", "VBN", "create"),
        ("agreed", "VBD", "agree"),
        ("agreeing", "VBG", "agree"),
        ("agrees", "VBZ", "agree"),
        ("freed", "VBN", "free"),
        ("admitted", "VBD", "admit"),
        ("visited", "VBD", "visit"),
        ("banned", "VBD", "ban"),
        ("planning", "VBG", "plan"),
        ("declared", "VBD", "declare"),
        ("feared", "VBD", "fear"),
        ("offered", "VBD", "offer"),
        ("interfering", "VBG", "interfere"),
        ("monitored", "VBD", "monitor"),
        ("restored", "VBD", "restore"),
        ("sanctioned", "VBD", "sanction"),
        ("postponed", "VBN", "postpone"),
        ("pressed", "VBD", "press"),
        ("presses", "VBZ", "press"),
        ("clashes", "VBZ", "clash"),
        ("closes", "VBZ", "close"),
        ("issued", "VBD", "issue"),
        ("settled", "VBD", "settle"),
        ("struck", "VBD", "strike"),
        ("said", "VBD", "say"),
        ("says", "VBZ", "say"),
        ("was", "VBD", "be"),
        ("'s", "VBZ", "be"),
        ("’re", "VBP", "be"),
        ("has", "VBZ", "have"),
        ("found", "VBD", "find"),
        ("found", "VB", "found"),
        ("wo", "MD", "will"),
        ("must", "MD", "must"),
        ("n't", "RB", "not"),
        ("parties", "NNS", "party"),
        ("ties", "NNS", "tie"),
        ("talks", "NNS", "talk"),
        ("crises", "NNS", "crisis"),
        ("businesses", "NNS", "business"),
        ("men", "NNS", "man"),
        ("gunmen", "NNS", "gunman"),
        ("Iraqis", "NNPS", "iraqi"),
        ("Philippines", "NNPS", "philippines"),
        ("Russia", "NNP", "russia"),
        ("news", "NN", "news"),
        ("stronger", "JJR", "strong"),
        ("heaviest", "JJS", "heavy"),
        ("bigger", "JJR", "big"),
        ("better", "JJR", "good"),
        ("The", "DT", "the"),
    ],
)
def test_lemma(form: str, tag: str, base: str) -> None:
    assert lemma(form, tag) == base


@pytest.mark.parametrize("form", ["", "s", "'", "’", "-", "ing", "ed", "es", "ied", "est", "brrring", "ééd"])
def test_odd_words_come_back(form: str) -> None:
    for tag in ("VBD", "VBG", "VBZ", "VBN", "NNS", "JJR", "JJS", "", "XX"):
        assert isinstance(lemma(form, tag), str)
        assert bool(lemma(form, tag)) == bool(form)


def test_table_has_source_and_licence() -> None:
    text = files("dragoman.knowledge").joinpath("models", "en", "lemmas.tsv").read_text("utf-8")
    assert "Source:" in text
    assert "Licence: CC BY-SA 4.0" in text


def test_table_lines_are_well_formed_and_sorted() -> None:
    text = files("dragoman.knowledge").joinpath("models", "en", "lemmas.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    assert rows == sorted(rows)
    for form, kind, base in rows:
        assert form == form.lower()
        assert base
        assert kind in {"V", "B", "N", "A"}
    assert len(irregular()) == len(rows)


def test_rules_leave_irregular_forms_alone() -> None:
    assert by_rule("broken", "VBN") == "broken"
    assert lemma("broken", "VBN") == "break"


def test_answers_are_kept() -> None:
    lemmas.lemma.cache_clear()
    lemma("talks", "NNS")
    lemma("talks", "NNS")
    assert lemmas.lemma.cache_info().hits == 1
