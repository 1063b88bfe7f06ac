"""Every example of the API, in its description and in `docs/api.md`, runs on the samples and answers as it says."""

from __future__ import annotations

import json
import re

import pytest
from tools import api_examples
from tools.api_examples import ASKED, BLOCK, PAGE, Asking, current, cut

from dragoman import keep
from dragoman.show import giving
from dragoman.show.web.api import EXAMPLES, openapi
from dragoman.show.web.app import create_app


@pytest.fixture(scope="module")
def asking(tmp_path_factory) -> Asking:
    record = tmp_path_factory.mktemp("api") / "demo.sqlite"
    with keep.open_record(record) as store:
        for _ in keep.add_samples(store):
            pass
    return Asking(record)


def shape(value: object) -> object:
    """What an answer is made of, without what it says: names and kinds, lists by their first member."""
    if isinstance(value, dict):
        return {name: shape(one) for name, one in value.items()}
    if isinstance(value, list):
        return [shape(one) for one in value[:1]]
    return type(value).__name__


def alike(one: object, other: object) -> bool:
    """Whether two shapes fit: the same names; what is empty or null on one side may be anything on the other."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return not one or not other or alike(one[0], other[0])
    return one == other or "NoneType" in (one, other) or {str(one), str(other)} <= {"int", "float"}


def test_every_example_of_the_page_runs(asking: Asking) -> None:
    blocks = list(BLOCK.finditer(PAGE.read_text(encoding="utf-8")))
    assert len(blocks) >= 9
    for found in blocks:
        body = json.loads(found["body"]) if found["body"].strip() else None
        answer = asking.ask(found["method"], current(found["path"], asking.known), body)
        assert answer.status_code < 500
        given, told = shape(cut(answer.json())), shape(json.loads(found["answer"]))
        # What kind of claim comes first may change as the coder learns; the frame around it does not.
        assert isinstance(given, dict)
        assert isinstance(told, dict)
        assert given.keys() == told.keys(), found["path"]
        if "items" in given and "error" not in given:
            assert given["items"], found["path"]
        else:
            assert alike(given, told), found["path"]


def test_every_example_of_the_description_runs(asking: Asking) -> None:
    examples = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    asked = [line for line in ASKED.read_text(encoding="utf-8").splitlines() if line.strip() and line[0] != "#"]
    assert list(examples) == [line.split(" | ")[0] for line in asked], "run tools/api_examples.py"
    for line in asked:
        address, path, *body = line.split(" | ")
        method = address.partition(" ")[0]
        made = asking.example(method, asking.filled(path), json.loads(asking.filled(body[0])) if body else None)
        assert made["media"] == examples[address]["media"]
        given, told = shape(made["answer"]), shape(examples[address]["answer"])
        assert type(given) is type(told), address
        if isinstance(given, dict) and isinstance(told, dict):
            assert given.keys() == told.keys(), address


def test_every_address_has_an_example_and_stands_in_the_page(asking: Asking) -> None:
    with keep.open_record(asking.record) as store:
        described = openapi(create_app(store))["paths"]
    page = PAGE.read_text(encoding="utf-8")
    without = {"/api/v1/uploads", "/api/v1/addresses", "/api/v1/backup", "/api/v1/jobs/{name}", "/api/v1/coded"}
    for path, methods in described.items():
        first = re.sub(r"^/api/v1", "", path).split("{")[0].rstrip("/")
        assert first in page, path
        for method, told in methods.items():
            content = [one for answer in told["responses"].values() for one in answer.get("content", {}).values()]
            known = path in without or path in ("/api/v1/claims", "/api/v1/asked/{name}", "/api/v1/judgements/undo")
            known = known or path == "/api/v1/judgements/dispute"  # wants a dispute that somebody suggested
            assert known or any("example" in one for one in content), f"{method} {path}: tools/api_examples.txt"


def test_the_page_names_every_export() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for kind in giving.ALL_KINDS:
        (line,) = [one for one in page.splitlines() if one.startswith("|") and f"`{kind}`" in one]
        assert line.rstrip(" |").endswith(", ".join(giving.formats_of(kind))), kind


def test_what_is_cut_is_short() -> None:
    assert cut({"a": ["x" * 500, 2]}) == {"a": ["x" * (api_examples.LETTERS - 2) + " …"]}
