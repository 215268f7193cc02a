"""Take the weights of a shipped model out of its 8-bit file again, to go on training from them (`--start`).

Exported without further training they give the same file: the largest weight of a channel is always the largest integer.
"""
import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from bert import Embedder, Reader

TABLES = ("bert.words", "bert.positions")


def weights_of(path: Path, names: list[str]) -> dict[str, Tensor]:
    """The weights under `names` of a state dict, read from a file that export.py wrote."""
    held = {i.name: numpy_helper.to_array(i) for i in onnx.load(str(path)).graph.initializer}

    def find(name: str) -> np.ndarray:
        part = name.removesuffix(".weight")
        if part in TABLES:
            return held[f"{name}_q"] * held[f"{name}_s"]
        if f"{part}_q" in held:
            return (held[f"{part}_q"] * held[f"{part}_s"]).T
        if name in held:
            return held[name].T if part in ("span", "relevance") else held[name]
        return held[{"bert.types": "types", "match": "match"}[part]]

    return {name: torch.from_numpy(np.array(find(name), dtype=np.float32)) for name in names}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=["embedder", "reader"])
    parser.add_argument("--model", type=Path, required=True, help="a folder of models/")
    parser.add_argument("--out", type=Path, required=True, help="weights, a .pt file")
    args = parser.parse_args()
    model = Reader() if args.kind == "reader" else Embedder()
    model.load_state_dict(weights_of(args.model / "onnx/model_quantized.onnx", list(model.state_dict())))
    torch.save((model if args.kind == "reader" else model.bert).state_dict(), args.out)


if __name__ == "__main__":
    main()
