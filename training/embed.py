"""Vectors of texts from an 8-bit (or fp32) ONNX embedder, one text a call, kept in an .npz by file content."""
import json
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from data import load_tokenizer


class OnnxEmbedder:
    def __init__(self, folder: Path, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(folder / "onnx/model_quantized.onnx"), options)
        self.tokenizer: Tokenizer = load_tokenizer(folder / "tokenizer.json")
        self.properties = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        self.tokenizer.enable_truncation(self.properties["maxTokens"])
        self.output = self.session.get_outputs()[0].name

    def __call__(self, texts: list[str], question: bool = False) -> np.ndarray:
        prefix = self.properties["questionPrefix" if question else "passagePrefix"]
        out = np.zeros((len(texts), self.properties["dim"]), dtype=np.float32)
        for i, text in enumerate(texts):
            ids = np.array([self.tokenizer.encode(prefix + text).ids])
            feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
            state = self.session.run([self.output], feed)[0]
            vector = state[0, 0] if state.ndim == 3 else state[0]
            out[i] = vector / np.linalg.norm(vector)
        return out
