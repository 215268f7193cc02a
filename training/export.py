"""Write a trained model as an 8-bit ONNX file (IR 8, opset 17) and lay out its folder in models/.

The graph is built by hand: 8-bit word embeddings with a scale a row, 8-bit weights with a scale an output channel,
activations quantised per call (DynamicQuantizeLinear + MatMulInteger), layer norms, softmax and the heads in fp32.
Weights take 7 bits (-64..63) by default: processors without VNNI add pairs of products in 16 bits, which 8-bit
weights overflow, silently; with 7 bits every processor gives the same sums.
"""
import argparse
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from bert import HEADS, HIDDEN, LAYERS
from data import tokenizer_json
from modelfolder import EMBEDDER_PROPERTIES, write_model_folder

READER_PROPERTIES = {
    "kind": "reader",
    "maxTokens": 384,
    "maxQuestionTokens": 64,
    "outputs": ["start_logits", "end_logits", "relevance"],
}


class Graph:
    """Collects nodes and constants; every method returns the name of its output."""

    def __init__(self, weights: dict[str, np.ndarray], bits: int) -> None:
        self.weights, self.bits = weights, bits
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, value: np.ndarray) -> str:
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def integers(self, *values: int) -> str:
        return self.constant("i_" + "_".join(str(v).replace("-", "m") for v in values), np.array(values, dtype=np.int64))

    def op(self, kind: str, *inputs: str, outputs: int = 1, name: str = "", **attributes) -> str | list[str]:
        base = name or f"{kind}_{len(self.nodes)}"
        names = [base] if outputs == 1 else [f"{base}_{k}" for k in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, name=f"n{len(self.nodes)}", **attributes))
        return names[0] if outputs == 1 else names

    def table(self, name: str, ids: str) -> str:
        """Rows of an embedding table kept as int8 with one scale a row."""
        rows = self.weights[name]
        scale = np.maximum(np.abs(rows).max(1, keepdims=True), 1e-8) / 127
        q = self.constant(f"{name}_q", np.round(rows / scale).astype(np.int8))
        s = self.constant(f"{name}_s", scale.astype(np.float32))
        cast = self.op("Cast", self.op("Gather", q, ids), to=TensorProto.FLOAT)
        return self.op("Mul", cast, self.op("Gather", s, ids))

    def norm(self, name: str, x: str) -> str:
        w = [self.constant(f"{name}.{p}", self.weights[f"{name}.{p}"]) for p in ("weight", "bias")]
        return self.op("LayerNormalization", x, *w, axis=-1, epsilon=1e-12)

    def exact(self, name: str, x: str) -> str:
        w = self.constant(f"{name}.weight", self.weights[f"{name}.weight"].T)
        return self.op("Add", self.op("MatMul", x, w), self.constant(f"{name}.bias", self.weights[f"{name}.bias"]))

    def quantised(self, x: str) -> list[str]:
        return self.op("DynamicQuantizeLinear", x, outputs=3)

    def linear(self, name: str, quantised: list[str]) -> str:
        if self.bits == 32:
            return self.exact(name, quantised[0])
        w, top = self.weights[f"{name}.weight"].T, 2 ** (self.bits - 1) - 1
        scale = np.maximum(np.abs(w).max(0), 1e-8) / top
        q = self.constant(f"{name}_q", np.round(w / scale).astype(np.int8))
        zero = self.constant("zero", np.zeros((), dtype=np.int8))
        s = self.constant(f"{name}_s", scale.astype(np.float32))
        product = self.op("MatMulInteger", quantised[0], q, quantised[2], zero)
        scaled = self.op("Mul", self.op("Cast", product, to=TensorProto.FLOAT), self.op("Mul", quantised[1], s))
        return self.op("Add", scaled, self.constant(f"{name}.bias", self.weights[f"{name}.bias"]))

    def prepare(self, x: str) -> list[str]:
        return [x] if self.bits == 32 else self.quantised(x)


def shared_run(g: Graph) -> str:
    """bert.shared_run: 0 to 3 for every token."""

    def across(x: str, kind: str, y: str = "") -> str:
        """x[i] against y[j] for all i, j."""
        return g.op(kind, g.op("Unsqueeze", x, g.integers(2)), g.op("Unsqueeze", y or x, g.integers(1)))

    def cut(x: str, low: int, high: int) -> str:
        """x[:, low:high, low:high], ends counted from the back when negative."""
        return g.op("Slice", x, g.integers(low, low), g.integers(high, high), g.integers(1, 2))

    def runs(x: str, length: int) -> str:
        """Which tokens lie in a run of `length` that begins at the marks x."""
        begins = g.op("ReduceMax", g.op("Cast", x, to=TensorProto.FLOAT), axes=[2], keepdims=0)
        padded = [g.op("Pad", begins, g.integers(0, k, 0, length - 1 - k)) for k in range(length)]
        return g.op("Max", *padded) if length > 1 else begins

    far = 2**31
    content = g.op("Greater", "input_ids", g.constant("last_special", np.int64(102).reshape(())))
    same = g.op("And", across("input_ids", "Equal"), g.op("Not", across("token_type_ids", "Equal")))
    same = g.op("And", same, across(content, "And"))
    pairs = g.op("And", cut(same, 0, -1), cut(same, 1, far))
    threes = g.op("And", cut(pairs, 0, -1), cut(pairs, 1, far))
    total = g.op("Add", g.op("Add", runs(same, 1), runs(pairs, 2)), runs(threes, 3))
    return g.op("Cast", total, to=TensorProto.INT64)


def encoder(g: Graph) -> str:
    """input_ids, attention_mask, token_type_ids -> the last hidden state."""
    length = g.op("Slice", g.op("Shape", "input_ids"), g.integers(1), g.integers(2))
    steps = g.op("Range", g.constant("i0", np.int64(0).reshape(())), g.op("Squeeze", length), g.constant("i1", np.int64(1).reshape(())))
    positions = g.table("bert.positions.weight", steps)
    types = g.op("Gather", g.constant("types", g.weights["bert.types.weight"]), "token_type_ids")
    x = g.norm("bert.norm", g.op("Add", g.op("Add", g.table("bert.words.weight", "input_ids"), types), positions))
    mask = g.op("Unsqueeze", g.op("Cast", "attention_mask", to=TensorProto.FLOAT), g.integers(1, 2))
    bias = g.op("Mul", g.op("Sub", g.constant("one", np.float32(1).reshape(())), mask), g.constant("far", np.float32(-10000).reshape(())))
    shape = g.integers(0, 0, HEADS, HIDDEN // HEADS)
    for i in range(LAYERS):
        name = f"bert.layers.{i}"
        qkv = g.op("Split", g.linear(f"{name}.qkv", g.prepare(x)), outputs=3, axis=-1)
        q, k, v = (
            g.op("Transpose", g.op("Reshape", part, shape), perm=perm)
            for part, perm in zip(qkv, ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]), strict=True)
        )
        root = g.constant("root", np.float32((HIDDEN // HEADS) ** -0.5).reshape(()))
        scores = g.op("Add", g.op("MatMul", g.op("Mul", q, root), k), bias)
        mixed = g.op("MatMul", g.op("Softmax", scores, axis=-1), v)
        flat = g.op("Reshape", g.op("Transpose", mixed, perm=[0, 2, 1, 3]), g.integers(0, 0, HIDDEN))
        x = g.norm(f"{name}.norm1", g.op("Add", g.linear(f"{name}.out", g.prepare(flat)), x))
        up = g.linear(f"{name}.up", g.prepare(x))
        erf = g.op("Erf", g.op("Div", up, g.constant("sqrt2", np.float32(2**0.5).reshape(()))))
        half = g.op("Mul", up, g.op("Add", erf, "one"))
        gelu = g.op("Mul", half, g.constant("half", np.float32(0.5).reshape(())))
        x = g.norm(f"{name}.norm2", g.op("Add", g.linear(f"{name}.down", g.prepare(gelu)), x))
        if i == 0 and "match.weight" in g.weights:
            row = g.op("Add", g.op("Mul", "token_type_ids", g.constant("i4", np.int64(4).reshape(()))), shared_run(g))
            x = g.op("Add", x, g.op("Gather", g.constant("match", g.weights["match.weight"]), row))
    return x


def first(g: Graph, x: str) -> str:
    return g.op("Squeeze", g.op("Slice", x, g.integers(0), g.integers(1), g.integers(1)), g.integers(1))


def embedder_graph(g: Graph) -> list[tuple[str, list]]:
    vector = first(g, encoder(g))
    g.op("LpNormalization", vector, axis=-1, p=2, name="embedding")
    return [("embedding", ["batch", HIDDEN])]


def reader_graph(g: Graph) -> list[tuple[str, list]]:
    x = encoder(g)
    start, end = g.op("Split", g.exact("span", x), outputs=2, axis=-1)
    g.op("Squeeze", start, g.integers(2), name="start_logits")
    g.op("Squeeze", end, g.integers(2), name="end_logits")
    pooled = g.op("Tanh", g.linear("pool", g.prepare(first(g, x))))
    g.op("Squeeze", g.exact("relevance", pooled), g.integers(1), name="relevance")
    return [("start_logits", ["batch", "length"]), ("end_logits", ["batch", "length"]), ("relevance", ["batch"])]


def build(kind: str, weights: dict[str, np.ndarray], bits: int) -> onnx.ModelProto:
    g = Graph(weights, bits)
    outputs = (embedder_graph if kind == "embedder" else reader_graph)(g)
    graph = helper.make_graph(
        g.nodes,
        f"chuchu-{kind}",
        [helper.make_tensor_value_info(n, TensorProto.INT64, ["batch", "length"]) for n in ("input_ids", "attention_mask", "token_type_ids")],
        [helper.make_tensor_value_info(n, TensorProto.FLOAT, shape) for n, shape in outputs],
        list(g.constants.values()),
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="chuchu")
    onnx.checker.check_model(model)
    return model


def load_weights(kind: str, path: Path) -> dict[str, np.ndarray]:
    state = torch.load(path, map_location="cpu")
    named = {k if kind == "reader" else f"bert.{k}": v for k, v in state.items()}
    return {k: v.float().numpy() for k, v in named.items()}


def main() -> None:
    root = Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=["embedder", "reader"])
    parser.add_argument("--weights", type=Path, required=True, nargs="+", help="one .pt file, or several to average")
    parser.add_argument("--base", type=Path, help="the fp32 ONNX file to average the embedder with ...")
    parser.add_argument("--base-share", type=float, default=0.0, help="... at this share")
    parser.add_argument("--bits", type=int, default=7, choices=[7, 8, 32])
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--model-md", type=Path, help="the MODEL.md to put in (default: the one that is there)")
    parser.add_argument("--name", help="folder name (default chuchu-<kind>)")
    parser.add_argument("--models", type=Path, default=root / "models")
    parser.add_argument("--cache", type=Path, default=root / ".work")
    args = parser.parse_args()
    several = [load_weights(args.kind, p) for p in args.weights]
    weights = {k: np.mean([w[k] for w in several], axis=0) for k in several[0]}
    if args.base_share:
        from bert import load_onnx

        base = {f"bert.{k}": v.numpy() for k, v in load_onnx(args.base).items()}
        weights = {k: (1 - args.base_share) * w + args.base_share * base[k] if k in base else w for k, w in weights.items()}
    name = args.name or f"chuchu-{args.kind}"
    folder, scratch = args.models / name, args.cache / f"{name}.new"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.parent.mkdir(parents=True, exist_ok=True)
    file, tokenizer = args.cache / f"{name}.onnx", args.cache / f"{name}-tokenizer.json"
    onnx.save(build(args.kind, weights, args.bits), str(file))
    tokenizer.write_text(tokenizer_json(args.tokenizer), encoding="utf-8")
    card = args.model_md or folder / "MODEL.md"
    write_model_folder(
        folder,
        onnx=file,
        tokenizer=tokenizer,
        properties=EMBEDDER_PROPERTIES if args.kind == "embedder" else READER_PROPERTIES,
        model_md=card.read_text(encoding="utf-8") if card.exists() else f"# {name}\n",
        building=scratch,
    )
    print(folder, f"{(folder / 'onnx/model_quantized.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
