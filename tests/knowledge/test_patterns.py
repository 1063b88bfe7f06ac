"""Every line of the ontology and of the English patterns: legal fields, known types, modes, classes and codes."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

from dragoman.knowledge import load

FOLDER = "patterns/en/"
FILES = {"verb": "verbs.yaml", "noun": "nouns.yaml", "adjective": "adjectives.yaml"}
FIELDS = {
    "particle", "object", "object_not", "subject", "subject_not", "prep", "prep_not", "clause", "passive", "type",
    "mode", "contexts", "cameo", "actor", "recipient", "mutual", "light", "operator", "status", "need", "alone",
    "confidence", "hostile",
}  # fmt: skip
CONDITIONS = {"particle", "object", "object_not", "subject", "subject_not", "prep", "prep_not", "clause", "passive"}
TRANSPARENT = {"say", "aspect", "attempt", "fail", "cancel"}
OPERATORS = TRANSPARENT | {"commit", "refuse", "threaten", "demand", "order", "permit", "accuse", "deny"}
TESTS = {"$actor", "$state", "$person", "$none"}
PLACES = {
    "subject", "object", "iobject", "possessor", "modifier", "clause-subject", "clause-object", "content",
    "to", "with", "against", "on", "from", "for", "in", "over", "of", "by", "between", "among", "towards", "at", "into",
    "about", "across", "along", "through", "around", "behind", "inside", "near", "off", "out", "outside", "upon",
    "under", "before", "toward", "speaker",
}  # fmt: skip


def tree(name: str) -> Any:
    return load().tree(FOLDER + name)


def listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def frames() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for part, name in FILES.items():
        for number, frame in enumerate(tree(name), 1):
            yield part, f"{name}#{number} {frame.get(part)}", frame


def texts(value: object, where: str) -> Iterator[str]:
    """All keys and leaves of a tree; YAML reads a bare `on` or `no` as a truth value, which no list of words wants."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(key, where)
            yield from texts(inner, where)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, where)
    else:
        assert isinstance(value, str | int | float), where
        assert not isinstance(value, bool), f"{where}: {value!r} is no word; quote it"
        yield str(value)


def test_fields_are_known() -> None:
    for part, where, frame in frames():
        assert set(frame) <= FIELDS | {part}, where
        assert frame.get("operator", "say") in OPERATORS, where
        assert "type" in frame or frame.get("operator") in TRANSPARENT | {"commit", "refuse"}, where
        assert frame.get("clause", "any") in {"inf", "that", "gerund", "question", "any", "none"}, where
        assert frame.get("need", "actor") in {"actor", "recipient", "both", "state", "two"}, where
        assert 0 <= frame.get("confidence", 1) <= 1, where
        assert isinstance(frame.get("passive", True), bool), where
        assert isinstance(frame.get("alone", True), bool), where
        assert isinstance(frame.get("hostile", True), bool), where
        assert isinstance(frame.get("particle", ""), str), where


def test_types_modes_contexts_and_codes_exist() -> None:
    ontology = load().tree("ontology/plover.yaml")
    codes = {row["code"] for row in load().rows("ontology/cameo.csv")}
    for _, where, frame in frames():
        if "type" in frame:
            assert frame["type"] in ontology["types"], where
            assert frame.get("mode", "") in {"", *ontology["types"][frame["type"]]["modes"]}, where
        else:
            assert "mode" not in frame, where
        assert set(frame.get("contexts", ())) <= set(ontology["contexts"]), where
        assert "cameo" not in frame or frame["cameo"] in codes, where
        assert frame.get("status", "future") in ontology["statuses"], where


def test_every_type_and_mode_has_frames() -> None:
    ontology = load().tree("ontology/plover.yaml")
    there = {(frame.get("type"), frame.get("mode", "")) for _, _, frame in frames()}
    by_deed = {"REQUEST", "REJECT", "THREATEN"}  # their modes come from the deed, see deeds.yaml
    for event_type, row in ontology["types"].items():
        assert event_type in {kind for kind, _ in there}
        for mode in row["modes"]:
            if event_type in by_deed:
                assert tree("deeds.yaml")[event_type.lower()][mode], (event_type, mode)
            elif (event_type, mode) not in {("SANCTION", "convict"), ("COERCE", "withhold")}:
                assert (event_type, mode) in there, (event_type, mode)


def test_conditions_name_known_classes() -> None:
    classes = {"$" + name for name in tree("classes.yaml")}
    for _, where, frame in frames():
        fields = ("object", "object_not", "subject", "subject_not")
        words = [w for field in fields for w in listed(frame.get(field, []))]
        words += [w for value in frame.get("prep", {}).values() for w in listed(value)]
        for word in words:
            assert not word.startswith("$") or word in classes | TESTS, f"{where}: {word}"


def test_places_are_known() -> None:
    for _, where, frame in frames():
        for field in ("actor", "recipient", "mutual"):
            for place in frame.get(field, ()):
                assert place.removeprefix("light-") in PLACES, f"{where}: {place}"


def test_no_line_stands_behind_one_that_always_holds() -> None:
    always: dict[tuple[str, str], str] = {}
    for part, where, frame in frames():
        for word in listed(frame[part]):
            assert (part, word) not in always, f"{where}: {word} is already settled by {always[part, word]}"
            if not CONDITIONS & set(frame) and "light" not in frame:
                always[part, word] = where


def test_lists_hold_words() -> None:
    for name in ("classes", "light", "speech", "status", "deeds", "contexts", "quiet", "verbs", "nouns", "adjectives"):
        for part in ("classes", "light", "deeds", "contexts"):
            if name == part:
                assert all(isinstance(v, list | dict) for v in tree(name + ".yaml").values())
        if name in {"classes", "light", "status", "deeds", "contexts"}:
            assert all(list(texts(tree(name + ".yaml"), name)))


def test_contexts_are_plovers() -> None:
    assert set(tree("contexts.yaml")) == set(load().tree("ontology/plover.yaml")["contexts"])
    assert len(tree("contexts.yaml")) == 37


def test_deeds_fit_the_ontology() -> None:
    ontology, deeds = load().tree("ontology/plover.yaml"), tree("deeds.yaml")
    for event_type in ("request", "reject", "threaten"):
        assert set(deeds[event_type]) == set(ontology["types"][event_type.upper()]["modes"])
    assert set(deeds["types"]["hostile"]) | set(deeds["types"]["friendly"]) < set(ontology["types"])


def test_ontology_holds_plover() -> None:
    ontology = load().tree("ontology/plover.yaml")
    assert len(ontology["types"]) == 16
    assert {row["quad"] for row in ontology["types"].values()} == {1, 2, 3, 4}
    for setting in ontology["settings"].values():
        chosen = setting[setting["default"]]
        assert ontology["types"][chosen["type"]][chosen["field"]] == chosen["value"]


def test_default_codes_exist() -> None:
    codes = {row["code"]: row for row in load().rows("ontology/cameo.csv")}
    assert all(re.fullmatch(r"\d{2,4}", code) and -10 <= float(row["goldstein"]) <= 10 for code, row in codes.items())
    ontology, default = load().tree("ontology/plover.yaml"), load().tree("ontology/cameo_default.yaml")
    for event_type, row in ontology["types"].items():
        assert set(default["by_mode"][event_type]) == {"", *row["modes"]}
    for section in default.values():
        for value in section.values():
            assert set(value.values()) <= set(codes)


@pytest.mark.parametrize("name", ["verbs.yaml", "nouns.yaml", "adjectives.yaml"])
def test_frames_load_fast(name: str) -> None:
    started = time.perf_counter()
    assert tree(name)
    assert time.perf_counter() - started < 2  # 0.17 s for verbs on two cores; the bound is for slow machines
