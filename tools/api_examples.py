"""Writes the examples of the API: an answer for each address, from the record that `dragoman demo` makes.

`python tools/api_examples.py` writes `src/dragoman/show/web/api_examples.json`, from which the description at
/api/v1/openapi.json has its examples, and the answers in `docs/api.md` below each request. Long answers are cut: the
first of each list, the first words of each text.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import anyio
import httpx

from dragoman import keep
from dragoman.reconcile import Reconciler
from dragoman.record import Store
from dragoman.show.web.api import EXAMPLES
from dragoman.show.web.app import create_app

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "api.md"
#: What is asked of each address; `{item}` and the like are filled from the record.
ASKED = ROOT / "tools" / "api_examples.txt"
#: So much of a text, a list and a depth is shown.
LETTERS, MEMBERS, FIELDS = 120, 1, 60
#: A request in the page, and the answer below it.
BLOCK = re.compile(r"```http\n(?P<method>[A-Z]+) (?P<path>\S+)\n(?P<body>(?:.|\n)*?)```\n\n```json\n(?P<answer>(?:.|\n)*?)```")


def main() -> None:
    """Asks everything and writes both files."""
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "demo.sqlite"
        with keep.open_record(record) as store:
            for _ in keep.add_samples(store):
                pass
        asking = Asking(record)
        examples = {}
        for line in ASKED.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                address, path, *body = line.split(" | ")
                method = address.partition(" ")[0]
                sent = json.loads(asking.filled(body[0])) if body else None
                examples[address] = asking.example(method, asking.filled(path), sent)
        EXAMPLES.write_text(json.dumps(examples, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        PAGE.write_text(BLOCK.sub(asking.block, PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{len(examples)} examples\n")


class Asking:
    """A desk over a fresh copy of a record for each request, so that no example touches another."""

    def __init__(self, record: Path) -> None:
        self.record = record
        self.known = self._ids()

    def _ids(self) -> dict[str, str]:
        with Store(self.record, deriver=Reconciler(), write=False) as store:
            events = [one for one in store.events("GBR", "RUS", status="actual") if len(one.links) > 1]
            disputes = store.items("dispute", "GBR", "RUS")
            first, second = events[0], events[1]
            return {
                "item": first.id,
                "other": second.id,
                "claim": first.links[0].claim,
                "second": first.links[1].claim,
                "document": first.links[0].document,
                "dispute": (disputes or events)[0].id,
            }

    def filled(self, text: str) -> str:
        """A text with `{item}` and the like in it replaced by ids of the record."""
        for name, value in self.known.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def ask(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """What the desk answers, over a copy of the record."""
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "record.sqlite"
            shutil.copy(self.record, copy)
            with Store(copy, deriver=Reconciler()) as store:
                app = create_app(store)

                async def asked() -> httpx.Response:
                    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
                    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
                        return await client.request(method, path, json=body)

                return anyio.run(asked)

    def example(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """A request and its answer, cut."""
        answer = self.ask(method, path, body)
        if answer.status_code >= 400:
            raise SystemExit(f"{method} {path}: {answer.status_code} {answer.text[:500]}")
        media = answer.headers["content-type"].partition(";")[0]
        example: dict[str, Any] = {"request": f"{method} {path}", "media": media}
        if body is not None:
            example["body"] = body
        if media == "application/json":
            example["answer"] = cut(answer.json())
        else:
            example["answer"] = answer.text[:LETTERS] if media.startswith("text") or "json" in media else "(bytes)"
        return example

    def block(self, found: re.Match[str]) -> str:
        """A block of the page with its answer as it is now."""
        body = json.loads(found["body"]) if found["body"].strip() else None
        path = self.filled(current(found["path"], self.known))
        answer = self.ask(found["method"], path, body)
        if answer.status_code >= 500:
            raise SystemExit(f"{path}: {answer.text[:300]}")
        shown = json.dumps(cut(answer.json()), indent=2, ensure_ascii=False)
        sent = f"{json.dumps(body, indent=2, ensure_ascii=False)}\n" if body is not None else ""
        return f"```http\n{found['method']} {path}\n{sent}```\n\n```json\n{shown}\n```"


def current(path: str, known: dict[str, str]) -> str:
    """An address of the page with the ids of today's record in place of those that were written into it."""
    for kind, name in (("items", "item"), ("item", "item"), ("claims", "claim"), ("documents", "document")):
        path = re.sub(rf"(/api/v1/{kind}/)[0-9a-f]{{16,}}", rf"\g<1>{known[name]}", path)
    return path


def cut(value: Any) -> Any:
    """An answer as an example: the first of each list, the beginning of each text."""
    if isinstance(value, dict):
        return {name: cut(one) for name, one in list(value.items())[:FIELDS]}
    if isinstance(value, list):
        return [cut(one) for one in value[:MEMBERS]]
    if isinstance(value, str) and len(value) > LETTERS:
        return f"{value[: LETTERS - 2].rstrip()} …"
    return value


if __name__ == "__main__":
    main()
