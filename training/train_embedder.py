"""Tune bge-small-zh-v1.5 on question -> passage pairs: InfoNCE against the batch and a bank of remembered passages.

The bank holds the latest vector of every passage met, so each question meets thousands of negatives, its hardest
neighbours among them, at the price of the batch alone. Stopped (Ctrl-C, SIGTERM, --minutes), the same command
goes on where it was.
"""
import argparse
import random
import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from bert import Embedder, load_onnx
from checkpoint import Run, add_arguments, halved
from data import as_keywords, load_tokenizer, news_items, read, read_training
from modelfolder import EMBEDDER_PROPERTIES

READING = ["mrc/drcd-simp.test", "mrc/cmrc2018.trial", "mrc/cmrc2018.train-fragment", "mrc/squad11-zh.dev-noxquad", "mrc/antiterror-news.train"]
# share of the batches
SHARES = {"news": 0.22, "written": 0.45, "reading": 0.1, "cctv": 0.12, "covid": 0.07, "gov": 0.04}
PASSAGES_A_BATCH = {"news": 14, "written": 14, "reading": 14, "cctv": 14, "covid": 20, "gov": 14}
# sets whose batches are passages near one another
NEIGHBOURS = ("news", "written")
SENTENCE = re.compile("[^。！？；]*[。！？；]?")


@dataclass
class Group:
    """A passage and the questions it answers."""

    passage: str
    questions: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    """The sentence that answers each question; empty where that is not known."""

    def ask(self, question: str, sentence: str) -> None:
        self.questions.append(question)
        self.sentences.append(sentence)


def sentence_at(text: str, at: int) -> str:
    return next(m.group() for m in SENTENCE.finditer(text) if m.start() <= at < m.end())


def groups_of(data: Path, written: Path, rng: random.Random) -> dict[str, list[Group]]:
    out: dict[str, list[Group]] = defaultdict(list)
    by_passage: dict[str, Group] = {}
    for item in news_items(data):
        if item.start >= 0:
            by_passage.setdefault(item.passage, Group(item.passage)).ask(item.question, sentence_at(item.passage, item.start))
    out["news"] = list(by_passage.values())
    by_passage = {}
    for row in read(written):
        own = row["windows"][0]
        if own["start"] >= 0:
            by_passage.setdefault(row["whole"], Group(row["whole"])).ask(row["question"], sentence_at(own["text"], own["start"]))
    out["written"] = list(by_passage.values())
    for name in READING:
        found: dict[str, Group] = {}
        for r in read_training(data, f"{name}.jsonl.xz"):
            if r["answers"] and r["answers"][0]["start"] < 180:
                found.setdefault(r["context"], Group(r["context"][:200])).ask(r["question"], "")
        out["reading"] += found.values()
    pairs = {
        "cctv": ["pairs/cctv-title-laterpara.train"],
        "covid": ["pairs/ncp-covid-answers.train"],
        "gov": ["pairs/tpe-gov-faq.train", "pairs/gd-service-items", "pairs/taidi-gov.train"],
    }
    for name, files in pairs.items():
        for file in files:
            records = read_training(data, f"{file}.jsonl.xz")
            rng.shuffle(records)
            keep = [r for r in records if len(r["positive"]) > 15 and len(r["query"]) < 80]
            out[name] += [Group(r["positive"][:200], [r["query"]], [""]) for r in keep[:9000]]
        rng.shuffle(out[name])
    return out


class Encoder:
    def __init__(self, tokenizer, model: Embedder, args: argparse.Namespace) -> None:
        self.tokenizer, self.model, self.args, self.device = tokenizer, model, args, args.device

    def __call__(self, texts: list[str], limit: int) -> Tensor:
        rows = [self.tokenizer.encode(t).ids for t in texts]
        rows = [r if len(r) <= limit else r[: limit - 1] + [102] for r in rows]
        order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
        half = len(order) // 2 if len(order) > 7 else 0
        parts = [p for p in (order[:half], order[half:]) if p]  # two lengths, less padding
        vectors = []
        for part in parts:
            lengths = torch.tensor([len(rows[i]) for i in part])
            ids = torch.zeros(len(part), int(lengths.max()), dtype=torch.long)
            for k, i in enumerate(part):
                ids[k, : len(rows[i])] = torch.tensor(rows[i])
            with halved(self.args):
                vector = self.model(ids.to(self.device), torch.zeros_like(ids).to(self.device), lengths.to(self.device))
            vectors.append(vector.float())
        back = torch.empty(len(order), dtype=torch.long)
        back[torch.tensor([i for p in parts for i in p])] = torch.arange(len(order))
        return torch.cat(vectors)[back.to(self.device)]


class Bank:
    """The latest vector of each passage of one set."""

    def __init__(self, size: int, device: str) -> None:
        self.vectors = torch.zeros(size, 512, device=device)
        self.filled = torch.zeros(size, dtype=torch.bool, device=device)

    def put(self, ids: Tensor, vectors: Tensor) -> None:
        self.vectors[ids], self.filled[ids] = vectors.detach(), True


def clustered(groups: list[Group], bank: Bank, size: int, rng: random.Random) -> list[int]:
    """Batch members: a few at random, the rest their nearest remembered neighbours."""
    seeds = rng.sample(range(len(groups)), max(2, size // 3))
    chosen = list(seeds)
    for s in seeds:
        if bank.filled[s]:
            near = (bank.vectors @ bank.vectors[s]).topk(min(12, len(groups))).indices.tolist()
            chosen += [i for i in near[1:] if i not in chosen][:2]
    while len(chosen) < size:
        i = rng.randrange(len(groups))
        if i not in chosen:
            chosen.append(i)
    return chosen[:size]


def loss_of(q: Tensor, p: Tensor, gold: Tensor, ids: Tensor, bank: Bank, temperature: float) -> Tensor:
    """InfoNCE of questions to passages (batch + bank) and of passages to questions (batch)."""
    inside = q @ p.T
    others = bank.filled.clone()
    others[ids] = False
    outside = q @ bank.vectors[others].T if others.any() else q.new_zeros(len(q), 0)
    positive = inside[torch.arange(len(q)), gold]
    with torch.no_grad():  # a remembered passage far nearer than the gold one is likely another right one
        outside_mask = outside > positive[:, None] + 0.12
    logits = torch.cat([inside, outside.masked_fill(outside_mask, -9)], 1) / temperature
    forward = F.cross_entropy(logits, gold)
    same = gold[:, None] == gold[None]
    back = (inside.T[gold] / temperature).masked_fill(same & ~torch.eye(len(q), dtype=torch.bool, device=q.device), -1e4)
    return forward + 0.3 * F.cross_entropy(back, torch.arange(len(q), device=q.device))


def sentence_loss(q: Tensor, sentences: Tensor, said: list[str], temperature: float) -> Tensor:
    """InfoNCE of questions to the sentences that answer them, against those that answer the batch's other questions."""
    same = torch.tensor([[a == b for b in said] for a in said], device=q.device)
    apart = ~same | torch.eye(len(said), dtype=torch.bool, device=q.device)
    return F.cross_entropy((q @ sentences.T / temperature).masked_fill(~apart, -1e4), torch.arange(len(q), device=q.device))


class Draw:
    """A set by its share, then a batch of it: the news in neighbourhoods, the others gone through without repeats."""

    def __init__(self, groups: dict[str, list[Group]], banks: dict[str, Bank], rng: random.Random) -> None:
        self.groups, self.banks, self.rng = groups, banks, rng
        self.rest: dict[str, list[int]] = defaultdict(list)

    def next(self) -> tuple[str, list[int], list[tuple[str, int, str]]]:
        """The set's name, its chosen passages, and questions with the place of their passage among those and their sentence."""
        name = self.rng.choices(list(SHARES), list(SHARES.values()))[0]
        groups, size = self.groups[name], PASSAGES_A_BATCH[name]
        if name in NEIGHBOURS:
            chosen = clustered(groups, self.banks[name], size, self.rng)
        else:
            if len(self.rest[name]) < size:
                self.rest[name] = self.rng.sample(range(len(groups)), len(groups))
            chosen, self.rest[name] = self.rest[name][:size], self.rest[name][size:]
        asked = [(q, k, s) for k, i in enumerate(chosen) for q, s in self.two(groups[i])]
        return name, chosen, [(self.worn(q), k, s) for q, k, s in asked]

    def two(self, group: Group) -> list[tuple[str, str]]:
        return self.rng.sample(list(zip(group.questions, group.sentences, strict=True)), min(2, len(group.questions)))

    def worn(self, question: str) -> str:
        chance = self.rng.random()
        return as_keywords(question) if chance < 0.1 else question.rstrip("？?") if chance < 0.3 else question


def fill(bank: Bank, passages: list[str], encode: Encoder) -> None:
    """Remember every passage as the model reads it now: neighbours and negatives from the first batch on."""
    order = sorted(range(len(passages)), key=lambda i: len(passages[i]))
    with torch.no_grad():
        for k in range(0, len(order), 32):
            ids = order[k : k + 32]
            bank.put(torch.tensor(ids, device=encode.device), encode([passages[i] for i in ids], 288))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser, steps=400, rate=5e-5)
    parser.add_argument("--written", type=Path, required=True, help="what bench/written.ts printed")
    parser.add_argument("--start", type=Path, help="weights of an earlier run to begin with, a .pt file")
    parser.add_argument("--sentences", type=float, default=0.5, help="weight of the answering sentences' loss")
    parser.add_argument("--temperature", type=float, default=0.03)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    groups = groups_of(args.data, args.written, rng)
    print({k: (len(v), sum(len(g.questions) for g in v)) for k, v in groups.items()}, flush=True)
    model = Embedder()
    model.bert.load_state_dict(torch.load(args.start, weights_only=True) if args.start else load_onnx(args.base))
    for table in (model.bert.words, model.bert.positions, model.bert.types):
        table.requires_grad_(False)
    model.to(args.device)
    encode = Encoder(load_tokenizer(args.tokenizer), model, args)
    banks = {k: Bank(len(v), args.device) for k, v in groups.items()}
    optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], args.rate, weight_decay=0.01, fused=True)
    draw = Draw(groups, banks, rng)
    run = Run(args, model, optimizer, rng, {k: len(v) for k, v in groups.items()})
    draw.rest.update(run.state.get("rest", {}))
    for name, (vectors, filled) in run.state.get("banks", {}).items():
        banks[name].vectors, banks[name].filled = vectors.to(args.device), filled.to(args.device)
    if run.step == 0:
        for name in NEIGHBOURS:
            fill(banks[name], [g.passage for g in groups[name]], encode)
    prefix, begun, spent = EMBEDDER_PROPERTIES["questionPrefix"], time.time(), defaultdict(list)
    while not run.over({"rest": dict(draw.rest), "banks": {k: (b.vectors, b.filled) for k, b in banks.items()}}):
        name, chosen, asked = draw.next()
        run.set_rate(warm_up=20)
        q = encode([prefix + text for text, _, _ in asked], 96)
        p = encode([groups[name][i].passage for i in chosen], 288)
        ids, gold = (torch.tensor(x, device=args.device) for x in (chosen, [k for _, k, _ in asked]))
        loss = loss_of(q, p, gold, ids, banks[name], args.temperature)
        said = [s for _, _, s in asked]
        if all(said):
            loss = loss + args.sentences * sentence_loss(q, encode(said, 96), said, args.temperature)
        run.advance(loss)
        banks[name].put(ids, p)
        spent[name].append(loss.item())
        if run.step % 10 == 0:
            print(f"{run.step}/{args.steps}", {k: f"{np.mean(v[-12:]):.3f}" for k, v in spent.items()}, f"{time.time() - begun:.0f} s", flush=True)
    if run.done == 1:
        torch.save(model.bert.state_dict(), args.out)
    print(f"step {run.step} of {args.steps}, {time.time() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    main()
