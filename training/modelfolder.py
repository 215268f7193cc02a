"""The layout of a folder in models/: what @xenova/transformers 2.17 wants, our model.json, SHA256SUMS."""
import hashlib
import json
import shutil
from pathlib import Path

CONFIG = {
    "architectures": ["BertModel"],
    "model_type": "bert",
    "attention_probs_dropout_prob": 0.1,
    "classifier_dropout": None,
    "hidden_act": "gelu",
    "hidden_dropout_prob": 0.1,
    "hidden_size": 512,
    "initializer_range": 0.02,
    "intermediate_size": 2048,
    "layer_norm_eps": 1e-12,
    "max_position_embeddings": 512,
    "num_attention_heads": 8,
    "num_hidden_layers": 4,
    "pad_token_id": 0,
    "position_embedding_type": "absolute",
    "type_vocab_size": 2,
    "use_cache": True,
    "vocab_size": 21128,
}
TOKENIZER_CONFIG = {
    "tokenizer_class": "BertTokenizer",
    "model_max_length": 512,
    "do_lower_case": True,
    "do_basic_tokenize": True,
    "never_split": None,
    "strip_accents": None,
    "tokenize_chinese_chars": True,
    "clean_up_tokenization_spaces": True,
    "pad_token": "[PAD]",
    "unk_token": "[UNK]",
    "cls_token": "[CLS]",
    "sep_token": "[SEP]",
    "mask_token": "[MASK]",
}
EMBEDDER_PROPERTIES = {
    "kind": "embedder",
    "pooling": "cls",
    "normalize": True,
    "dim": 512,
    "maxTokens": 512,
    "questionPrefix": "为这个句子生成表示以用于检索相关文章：",
    "passagePrefix": "",
}


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def write_sums(folder: Path) -> None:
    """SHA256SUMS in the format of sha256sum: every file but MODEL.md and itself."""
    lines = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        if name not in ("MODEL.md", "SHA256SUMS"):
            lines.append(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n")
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def write_model_folder(target: Path, *, onnx: Path, tokenizer: Path, properties: dict, model_md: str, building: Path) -> None:
    """Build the folder beside its place, then swap it in by renames, so that a reader sees the old or the new one."""
    (building / "onnx").mkdir(parents=True)
    shutil.copyfile(onnx, building / "onnx" / "model_quantized.onnx")
    shutil.copyfile(tokenizer, building / "tokenizer.json")
    write_json(building / "config.json", CONFIG)
    write_json(building / "tokenizer_config.json", TOKENIZER_CONFIG)
    write_json(building / "model.json", properties)
    (building / "MODEL.md").write_text(model_md, encoding="utf-8")
    write_sums(building)
    old = building.with_name(building.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        target.rename(old)
    building.rename(target)
    shutil.rmtree(old, ignore_errors=True)
