"""A plain BERT of bge-small's shape, read from and written to ONNX weights; heads for both models."""
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from torch import Tensor, nn

LAYERS, HIDDEN, HEADS, INTER = 4, 512, 8, 2048


class Layer(nn.Module):
    def __init__(self, drop: float) -> None:
        super().__init__()
        self.drop = nn.Dropout(drop)
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INTER)
        self.down = nn.Linear(INTER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.drop(self.out(a.transpose(1, 2).reshape(b, t, HIDDEN))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Bert(nn.Module):
    def __init__(self, drop: float = 0) -> None:
        super().__init__()
        self.drop = nn.Dropout(drop)
        self.words = nn.Embedding(21128, HIDDEN)
        self.positions = nn.Embedding(512, HIDDEN)
        self.types = nn.Embedding(2, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(drop) for _ in range(LAYERS))

    def forward(self, ids: Tensor, types: Tensor, lengths: Tensor, added: Tensor | None = None) -> Tensor:
        """The last hidden state; `added` is added to the state after the first layer."""
        t = ids.shape[1]
        mask = (torch.arange(t, device=ids.device)[None] < lengths[:, None])[:, None, None, :]
        x = self.drop(self.norm(self.words(ids) + self.positions.weight[:t] + self.types(types)))
        for i, layer in enumerate(self.layers):
            x = layer(x, mask)
            if i == 0 and added is not None:
                x = x + added
        return x


def shared_run(ids: Tensor, types: Tensor) -> Tensor:
    """For every token the length, at most 3, of the longest run around it that stands on the other side as well."""
    content = ids > 102  # not [PAD], [CLS], [SEP]
    same = (ids[:, :, None] == ids[:, None, :]) & (types[:, :, None] != types[:, None, :]) & (content[:, :, None] & content[:, None, :])
    pairs = same[:, :-1, :-1] & same[:, 1:, 1:]  # a run of two begins here
    threes = pairs[:, :-1, :-1] & pairs[:, 1:, 1:]
    one, two, three = same.any(2).long(), pairs.any(2).long(), threes.any(2).long()
    two = torch.maximum(F.pad(two, (0, 1)), F.pad(two, (1, 0)))
    three = torch.maximum(torch.maximum(F.pad(three, (0, 2)), F.pad(three, (1, 1))), F.pad(three, (2, 0)))
    return one + two + three


class Embedder(nn.Module):
    """Text -> unit vector: the [CLS] state, normalised."""

    def __init__(self) -> None:
        super().__init__()
        self.bert = Bert()

    def forward(self, ids: Tensor, types: Tensor, lengths: Tensor) -> Tensor:
        return F.normalize(self.bert(ids, types, lengths)[:, 0], dim=-1)


class Reader(nn.Module):
    """(question, passage) -> start and end logits for every token, and one relevance logit from [CLS].

    After the first layer every token learns how long a run it shares with the other side (0 to 3 tokens): which words
    of the question the passage has, and which it lacks, need not be learned from few examples.
    """

    def __init__(self, drop: float = 0) -> None:
        super().__init__()
        self.bert = Bert(drop)
        self.match = nn.Embedding(8, HIDDEN)
        nn.init.zeros_(self.match.weight)
        self.span = nn.Linear(HIDDEN, 2)
        self.pool = nn.Linear(HIDDEN, HIDDEN)
        self.relevance = nn.Linear(HIDDEN, 1)
        for linear in (self.span, self.pool, self.relevance):
            nn.init.normal_(linear.weight, std=0.02)
            nn.init.zeros_(linear.bias)

    def forward(self, ids: Tensor, types: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        x = self.bert(ids, types, lengths, self.match(4 * types + shared_run(ids, types)))
        start, end = self.span(x).unbind(-1)
        return start, end, self.relevance(torch.tanh(self.pool(x[:, 0]))).squeeze(-1)


def load_onnx(path: Path) -> dict[str, Tensor]:
    """The weights of the published fp32 ONNX file, under the names of Bert's state dict."""
    graph = onnx.load(str(path)).graph
    tensors = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    by_node = {n.name: tensors[n.input[1]] for n in graph.node if n.op_type == "MatMul" and n.input[1] in tensors}

    def matrix(suffix: str) -> np.ndarray:
        (found,) = [w for name, w in by_node.items() if suffix in name]
        return found.T

    out = {
        "words.weight": tensors["embeddings.word_embeddings.weight"],
        "positions.weight": tensors["embeddings.position_embeddings.weight"],
        "types.weight": tensors["embeddings.token_type_embeddings.weight"],
        "norm.weight": tensors["embeddings.LayerNorm.weight"],
        "norm.bias": tensors["embeddings.LayerNorm.bias"],
    }
    for i in range(LAYERS):
        node, name = f"layer.{i}/", f"encoder.layer.{i}."
        parts = [f"{node}attention/self/{p}/MatMul" for p in ("query", "key", "value")]
        out[f"layers.{i}.qkv.weight"] = np.concatenate([matrix(p) for p in parts])
        out[f"layers.{i}.qkv.bias"] = np.concatenate([tensors[f"{name}attention.self.{p}.bias"] for p in ("query", "key", "value")])
        for ours, theirs in (("out", "attention.output.dense"), ("up", "intermediate.dense"), ("down", "output.dense")):
            suffix = f"{node}{theirs.replace('.', '/')}/MatMul"
            out[f"layers.{i}.{ours}.weight"] = matrix(suffix)
            out[f"layers.{i}.{ours}.bias"] = tensors[f"{name}{theirs}.bias"]
        for ours, theirs in (("norm1", "attention.output.LayerNorm"), ("norm2", "output.LayerNorm")):
            for part in ("weight", "bias"):
                out[f"layers.{i}.{ours}.{part}"] = tensors[f"{name}{theirs}.{part}"]
    return {k: torch.from_numpy(np.ascontiguousarray(v)) for k, v in out.items()}
