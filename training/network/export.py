"""Writes a trained network as ONNX with weights of eight bits, with its labels and its tokenizer.

python -m training.network.export out/network --to src/dragoman/knowledge/models/en/network
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.network.net import Labels, Network
from training.network.train import base_model


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--whole", action="store_true", help="keep weights of 32 bits")
    options = parser.parse_args()
    told = json.loads((options.trained / "labels.json").read_text(encoding="utf-8"))
    net = Network(base_model(), Labels(*(tuple(told[k]) for k in ("types", "modes", "statuses"))))
    net.load_state_dict(torch.load(options.trained / "network.pt", weights_only=True))
    net.eval()
    options.to.mkdir(parents=True, exist_ok=True)
    pieces = torch.randint(1000, 2000, (2, 12))
    inputs = (pieces, torch.ones_like(pieces), torch.tensor([[1, 2, 3, 5], [1, 2, 4, 6]]))
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            net,
            inputs,
            str(plain),
            input_names=["pieces", "mask", "first"],
            output_names=["types", "modes", "statuses", "whole", "roles"],
            dynamic_axes={
                "pieces": {0: "batch", 1: "pieces"},
                "mask": {0: "batch", 1: "pieces"},
                "first": {0: "batch", 1: "words"},
            },
            opset_version=17,
            dynamo=False,
        )
        if options.whole:
            shutil.copy(plain, options.to / "network.onnx")
        else:
            # Seven bits of eight: machines without VNNI add pairs in 16 bits, and must not overflow.
            quantize_dynamic(
                plain,
                options.to / "network.onnx",
                weight_type=QuantType.QInt8,
                per_channel=True,
                reduce_range=True,
                op_types_to_quantize=["MatMul", "Gather", "Gemm"],
            )
    shutil.copy(options.trained / "labels.json", options.to / "labels.json")
    tokenizer = json.loads((base_model() / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["padding"] = tokenizer["truncation"] = None
    (options.to / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
