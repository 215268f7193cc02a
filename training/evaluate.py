"""Measure the shipped ONNX files, or make vectors with them.

  evaluate.py vectors  --model models/bge-small-zh-v1.5 --data DATA --out base-vectors.npz
  evaluate.py embedder --vectors tuned.npz --data DATA [--model FOLDER --bench ncp-covid-gov]
  evaluate.py reader   --model models/chuchu-reader --data DATA [--vectors tuned.npz] [--sample 500]
"""
import argparse
import io
import json
import random
import tarfile
import unicodedata
from pathlib import Path

import numpy as np
import onnxruntime

from data import Item, load_tokenizer, news_items, read
from embed import OnnxEmbedder
from retrieval import Bm25
from train_reader import MAX_QUESTION, MAX_TOKENS

CUTS = (1, 3, 10, 50)


def fold(text: str) -> str:
    """For comparing answers: NFKC, lower case, no white space, no punctuation but % and the point."""
    text = unicodedata.normalize("NFKC", text).lower()
    return "".join(c for c in text if not c.isspace() and (c in "%." or unicodedata.category(c)[0] not in "PS"))


def f1(a: str, b: str) -> float:
    """Overlap by the longest common substring, as CMRC 2018 counts it."""
    x, y = fold(a), fold(b)
    best, row = 0, [0] * (len(y) + 1)
    for c in x:
        row = [0] + [row[j] + 1 if c == d else 0 for j, d in enumerate(y)]
        best = max(best, *row)
    return 2 * best / (len(x) + len(y)) if best else 0.0


def auc(yes: np.ndarray, no: np.ndarray) -> float:
    return float((yes[:, None] > no[None]).mean() + 0.5 * (yes[:, None] == no[None]).mean())


def refused_at(yes: np.ndarray, no: np.ndarray, kept: float = 0.9) -> float:
    return float((no < np.quantile(yes, 1 - kept)).mean())


class OnnxReader:
    def __init__(self, folder: Path, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(folder / "onnx/model_quantized.onnx"), options)
        self.tokenizer = load_tokenizer(folder / "tokenizer.json")

    def __call__(self, question: str, passage: str, longest: int = 40) -> tuple[str, float, float]:
        """Best span's text, its margin over "no answer", and the relevance logit; windows over long passages."""
        head = self.tokenizer.encode(question, add_special_tokens=False).ids[:MAX_QUESTION]
        body = self.tokenizer.encode(passage, add_special_tokens=False)
        room = MAX_TOKENS - len(head) - 3
        best, relevance = ("", -1e9), -1e9
        at = 0
        while True:
            part = body.ids[at : at + room]
            ids = np.array([[101, *head, 102, *part, 102]])
            types = np.array([[0] * (len(head) + 2) + [1] * (len(part) + 1)])
            start, end, rel = self.session.run(
                ["start_logits", "end_logits", "relevance"],
                {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": types},
            )
            first = len(head) + 2
            s, e = start[0, first:-1], end[0, first:-1]
            both = s[:, None] + e[None]
            span = np.triu(np.ones_like(both, dtype=bool)) & ~np.triu(np.ones_like(both, dtype=bool), longest)
            a, b = divmod(int(np.where(span, both, -1e9).argmax()), len(part))
            margin = float(both[a, b] - start[0, 0] - end[0, 0])
            if margin > best[1]:
                best = (passage[body.offsets[at + a][0] : body.offsets[at + b][1]], margin)
            relevance = max(relevance, float(rel[0]))
            if at + room >= len(body.ids):
                return best[0], best[1], relevance
            at += room // 2


def ranks_table(ranks: np.ndarray) -> str:
    return " ".join(f"{np.mean(ranks < c):.3f}" for c in CUTS)


def make_vectors(args: argparse.Namespace) -> None:
    embed = OnnxEmbedder(args.model, args.threads)
    passages = embed([p["text"] for p in read(args.data / "questions/corpus.jsonl")])
    splits = ["train", "dev"] if args.train_questions else ["dev"]
    asked = {s: embed([r["question"] for r in read(args.data / f"questions/news-questions.{s}.jsonl")], True) for s in splits}
    np.savez(args.out, passages=passages, questions=asked.get("train", np.zeros((0, passages.shape[1]))), dev=asked["dev"])


def load_bench(data: Path, name: str) -> tuple[list[dict], list[dict], dict[str, set[str]]]:
    files = {}
    with tarfile.open(data / f"bench/{name}.tar.xz") as tar:
        for member in tar:
            if member.isfile():
                files[Path(member.name).name] = io.TextIOWrapper(tar.extractfile(member), encoding="utf-8").read()
    corpus, queries = ([json.loads(line) for line in files[f"{n}.jsonl"].splitlines()] for n in ("corpus", "queries"))
    gold: dict[str, set[str]] = {}
    for line in files["qrels.tsv"].splitlines()[1:]:
        query, document, score = line.split("\t")
        if int(score) > 0:
            gold.setdefault(query, set()).add(document)
    return corpus, queries, gold


def show_unions(title: str, rows: list[tuple[np.ndarray, np.ndarray, list[int]]]) -> None:
    """rows: BM25 scores, cosines, gold positions of each query."""
    ways = {"words": lambda w, c: w, "embedder": lambda w, c: c} | {f"union {x}": (lambda w, c, x=x: w + x * c) for x in (1, 2, 4, 8, 12)}
    for name, way in ways.items():
        ranks = []
        for words, cosine, gold in rows:
            score = way(words / max(words.max(), 1e-6), cosine)
            ranks.append((score > score[gold].max()).sum())
        print(f"{title:24} {name:10} {ranks_table(np.array(ranks))}", flush=True)


def measure_embedder(args: argparse.Namespace) -> None:
    if args.vectors:
        store, corpus = np.load(args.vectors), read(args.data / "questions/corpus.jsonl")
        place, bm25 = {p["id"]: i for i, p in enumerate(corpus)}, Bm25([p["text"] for p in corpus])
        dev = read(args.data / "questions/news-questions.dev.jsonl")
        for kind, title in ((1, "news dev natural"), (2, "news dev paraphrased")):
            rows = [
                (bm25.scores(r["question"]), store["passages"] @ store["dev"][n], [place[r["passage"]]])
                for n, r in enumerate(dev)
                if r["paraphrase"] == kind
            ]
            show_unions(title, rows)
    for name in args.bench:
        corpus, queries, gold = load_bench(args.data, name)
        rng = random.Random(0)
        if args.sample and len(queries) > args.sample:
            queries = rng.sample(queries, args.sample)
        if args.documents and len(corpus) > args.documents:  # a fixed part of a large corpus: figures are then easier than the full bench's
            needed = {d for q in queries for d in gold[q["_id"]]}
            others = [d for d in corpus if d["_id"] not in needed]
            corpus = [d for d in corpus if d["_id"] in needed] + rng.sample(others, max(0, args.documents - len(needed)))
        texts = [f"{d.get('title', '')}\n{d['text']}".strip() for d in corpus]
        place, embed, bm25 = {d["_id"]: i for i, d in enumerate(corpus)}, OnnxEmbedder(args.model, args.threads), Bm25(texts)
        passages, asked = embed([t[:600] for t in texts]), embed([q["text"] for q in queries], True)
        golds = [[place[d] for d in gold[q["_id"]]] for q in queries]
        rows = [(bm25.scores(q["text"]), passages @ v, g) for q, v, g in zip(queries, asked, golds, strict=True)]
        show_unions(f"{name} {len(corpus)}", rows)


def measure_reader(args: argparse.Namespace) -> None:
    read_span, rng = OnnxReader(args.model, args.threads), random.Random(0)
    news: list[Item] = news_items(args.data, "dev")
    results = [read_span(i.question, i.passage) for i in news]
    right = [(r, i) for r, i in zip(results, news, strict=True) if i.start >= 0]
    exact = np.mean([fold(r[0]) == fold(i.passage[i.start : i.end]) for r, i in right])
    score = np.mean([f1(r[0], i.passage[i.start : i.end]) for r, i in right])
    print(f"news dev, gold passage given ({len(right)}): exact {exact:.3f} F1 {score:.3f}", flush=True)
    yes, no = (np.array([r[1:] for r, i in zip(results, news, strict=True) if (i.start >= 0) == holds]) for holds in (True, False))
    for name, way in {"margin": (1, 0), "relevance": (0, 1), "margin + relevance": (1, 1), "margin + 2 relevance": (1, 2)}.items():
        a, b = yes @ np.array(way), no @ np.array(way)
        print(f"  no answer by {name:20}: AUC {auc(a, b):.3f}, refused at 90 % kept {refused_at(a, b):.3f}", flush=True)
    if args.vectors:
        rerank(args, read_span)
    cmrc = read(args.data / "mrc/cmrc2018.dev.jsonl.xz")
    cmrc = rng.sample(cmrc, args.sample) if args.sample else cmrc
    spans = [read_span(r["question"], r["context"])[0] for r in cmrc]
    exact = np.mean([any(fold(s) == fold(a["text"]) for a in r["answers"]) for s, r in zip(spans, cmrc, strict=True)])
    score = np.mean([max(f1(s, a["text"]) for a in r["answers"]) for s, r in zip(spans, cmrc, strict=True)])
    print(f"CMRC 2018 dev ({len(cmrc)}): exact {exact:.3f} F1 {score:.3f}", flush=True)


def rerank(args: argparse.Namespace, read_span: OnnxReader) -> None:
    """Retrieval's best twelve of the news corpus read and ranked again: gold first / third, and refusal over them."""
    store, corpus = np.load(args.vectors), read(args.data / "questions/corpus.jsonl")
    place, bm25 = {p["id"]: i for i, p in enumerate(corpus)}, Bm25([p["text"] for p in corpus])
    dev = read(args.data / "questions/news-questions.dev.jsonl")
    chosen = random.Random(1).sample(range(len(dev)), min(args.rerank, len(dev)))
    rows = []
    for n in chosen:
        words = bm25.scores(dev[n]["question"])
        score = words / max(words.max(), 1e-6) + args.weight * (store["passages"] @ store["dev"][n])
        top = np.argsort(-score)[:12]
        found = [read_span(dev[n]["question"], corpus[i]["text"]) for i in top]
        rows.append((dev[n], top, score[top], np.array([f[1] for f in found]), np.array([f[2] for f in found]), [f[0] for f in found]))
    for m, r in ((0, 0), (0.05, 0), (0.1, 0), (0, 0.1), (0, 0.2), (0, 0.4), (0.05, 0.2), (0.1, 0.1), (0.1, 0.4)):
        line = f"  margin x {m:4} relevance x {r:3}:"
        for kind in (1, 2):
            ranks = []
            for q, top, score, margin, relevance, _ in rows:
                if q["paraphrase"] == kind:
                    total, gold = score + m * margin + r * relevance, np.where(top == place[q["passage"]])[0]
                    ranks.append((total > total[gold[0]]).sum() if len(gold) else 99)
            line += f"  p{kind} ({len(ranks)}) {ranks_table(np.array(ranks))}"
        best = []  # answer's text right, sure of it, of the passage put first
        for q, _, score, margin, relevance, spans in rows:
            k = int(np.argmax(score + m * margin + r * relevance))
            best.append((q["answers"], spans[k], margin[k] + 2 * relevance[k]))
        ok = np.mean([fold(span) == fold(answers[0]) for answers, span, _ in best if answers])
        yes, no = (np.array([sure for answers, _, sure in best if bool(answers) == holds]) for holds in (True, False))
        print(f"{line}  exact {ok:.3f}  refused at 90 % kept {refused_at(yes, no):.3f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["vectors", "embedder", "reader"])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="a folder in models/")
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--bench", nargs="*", default=[])
    parser.add_argument("--documents", type=int, default=0, help="cut a bench's corpus to this many documents")
    parser.add_argument("--sample", type=int, default=0, help="questions of CMRC dev or a bench, 0 = all")
    parser.add_argument("--rerank", type=int, default=150, help="dev questions to rerank")
    parser.add_argument("--weight", type=float, default=8, help="of the cosine in the union")
    parser.add_argument("--train-questions", action="store_true", help="vectors of the train questions too")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    {"vectors": make_vectors, "embedder": measure_embedder, "reader": measure_reader}[args.what](args)


if __name__ == "__main__":
    main()
