"""Train the reader from bge-small-zh-v1.5: spans, no-answers, and relevance against near misses.

Stopped (Ctrl-C, SIGTERM, --minutes), the same command goes on where it was.
"""
import argparse
import random
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from bert import Reader, load_onnx
from checkpoint import Run, add_arguments, halved
from data import Item, as_keywords, crop, load_tokenizer, news_items, read, reading_items, twin

MAX_QUESTION, MAX_TOKENS = 64, 384
DROPOUT = 0.1  # what has been seen several times is else learned by heart
FRESH = 10  # how often a question new to the start's weights is drawn for each time that another is
# (set, characters of passage at most)
READING = {
    "mrc/drcd-simp.test": 200,
    "mrc/cmrc2018.trial": 320,
    "mrc/cmrc2018.train-fragment": 320,
    "mrc/squad11-zh.dev-noxquad": 200,
    "mrc/antiterror-news.train": 220,
    "mrc/ncp-covid.train": 260,
}
# share of the drawn items
SHARES = {"reading": 0.24, "unanswerable": 0.03, "twins": 0.02, "random": 0.01, "cloze": 0.02, "pairs": 0.06, "written": 0.62}

Row = tuple[list[int], list[int], int, int, int]


def encode(tokenizer: Tokenizer, item: Item, rng: random.Random | None = None) -> Row:
    """Ids, types, and token positions of the span (0, 0 for none) and of the passage's first token."""
    question = item.question
    if rng and rng.random() < 0.12:
        question = as_keywords(question)
    elif rng and rng.random() < 0.15:
        question = question.rstrip("？?")
    head = tokenizer.encode(question, add_special_tokens=False).ids[:MAX_QUESTION]
    titled = bool(item.title) and bool(rng) and rng.random() < 0.3
    title = tokenizer.encode(item.title, add_special_tokens=False).ids if titled else []
    body = tokenizer.encode(item.passage, add_special_tokens=False)
    first = len(head) + 2
    ids = ([101, *head, 102, *title, *body.ids])[: MAX_TOKENS - 1] + [102]
    start = end = 0
    if item.start >= 0:
        at = [k for k, (a, b) in enumerate(body.offsets) if a < item.end and b > item.start]
        if at and first + len(title) + at[-1] < len(ids) - 1:
            start, end = first + len(title) + at[0], first + len(title) + at[-1]
    return ids, [0] * first + [1] * (len(ids) - first), start, end, first


class Windows:
    """Questions with the parts of passages to read, right ones and near misses: rows of bench/windows.ts, cloze.ts, written.ts."""

    def __init__(self, path: Path, fresh: int = 0) -> None:
        """The last `fresh` rows are new to the weights that a run starts from."""
        rows = read(path)
        self.fresh = {row["passage"] + row["question"] for row in rows[len(rows) - fresh :]}
        self.right: dict[str, list[Item]] = defaultdict(list)
        self.misses: dict[str, list[Item]] = defaultdict(list)
        for row in rows:
            for window in row["windows"]:
                item = Item(row["question"], window["text"], window["start"], window["end"], group=row["passage"])
                (self.misses if item.start < 0 else self.right)[row["passage"] + row["question"]].append(item)

    @property
    def items(self) -> list[Item]:
        """The first part of each question: a right one, else the near miss."""
        keys = list(dict.fromkeys([*self.right, *self.misses]))
        return [(self.right.get(key) or self.misses[key])[0] for key in keys]

    def draw(self, item: Item, rng: random.Random, with_miss: float) -> list[Item]:
        """A window that holds the answer (for an unanswerable question a near miss), often with a near miss beside it."""
        key = item.group + item.question
        right, misses = self.right[key], self.misses[key]
        if item.start < 0:
            return [self.miss(misses, rng)] if misses else [shorter(item, rng)]
        first = rng.choice(right) if right and rng.random() < 0.7 else shorter(item, rng)
        return [first, self.miss(misses, rng)] if misses and rng.random() < with_miss else [first]

    @staticmethod
    def miss(misses: list[Item], rng: random.Random) -> Item:
        """Mostly one of the best found: those are the ones that are read."""
        return rng.choice(misses[:3] if rng.random() < 0.7 else misses)


def shorter(item: Item, rng: random.Random) -> Item:
    """A window of the size that the program reads, around the answer."""
    at = rng.randrange(len(item.passage))
    start, end = (item.start, item.end) if item.start >= 0 else (at, at)
    passage, a, b = crop(item.passage, start, end, rng.randint(80, 230), rng)
    return replace(item, passage=passage, start=a if item.start >= 0 else -1, end=b)


class Draw:
    """Endless draws: each set is gone through, then shuffled again; near misses come with more pairs the further it is."""

    def __init__(self, data: Path, windows: Path, cloze: Path, written: Windows, rng: random.Random, seed: int) -> None:
        self.rng = rng
        reading = [i for name, size in READING.items() for i in reading_items(data, f"{name}.jsonl.xz", size, seed)]
        news = news_items(data)
        self.windows, self.cloze, self.written = Windows(windows), Windows(cloze), written
        self.sets = {
            "reading": reading,
            "unanswerable": reading_items(data, "mrc/squad20-zh.dev-noxquad.jsonl.xz", 160, seed, True),
            "twins": [i for i in reading + news if twin(i, random.Random(seed))],
            "random": [i for i in reading if i.start >= 0],
            "cloze": self.cloze.items,
            "written": self.written.items,
            "pairs": news,
        }
        self.rest: dict[str, list[int]] = defaultdict(list)
        print({k: len(v) for k, v in self.sets.items()}, "with near misses", len(self.windows.misses), flush=True)

    def shuffled(self, items: list[Item]) -> list[int]:
        """Places of all items, those of fresh questions FRESH times."""
        fresh = self.written.fresh
        places = [k for k, i in enumerate(items) for _ in range(FRESH if i.group + i.question in fresh else 1)]
        return self.rng.sample(places, len(places))

    def next(self, done: float) -> list[Item]:
        """One question with one or two passages (the right one first)."""
        names = list(SHARES)
        name = self.rng.choices(names, list(SHARES.values()))[0]
        if not self.rest[name]:
            self.rest[name] = self.shuffled(self.sets[name])
        item = self.sets[name][self.rest[name].pop()]
        if name == "twins":
            return [twin(item, self.rng) or item]
        if name == "random":
            return [replace(item, passage=self.rng.choice(self.sets["random"]).passage, start=-1, title="")]
        if name == "cloze":
            return self.cloze.draw(item, self.rng, 0.6)
        if name == "written":
            return self.written.draw(item, self.rng, 0.4)
        return self.windows.draw(item, self.rng, 0.4 + 0.4 * done) if name == "pairs" else [item]


def draw_batches(draw: Draw, tokenizer: Tokenizer, tokens: int, done: float, rng: random.Random) -> list[list[list[Row]]]:
    """Eight batches of about `tokens` tokens, alike in length within a batch, a question's passages together."""
    drawn: list[list[Row]] = []
    total = 0
    while total < 8 * tokens:
        drawn.append([encode(tokenizer, i, rng) for i in draw.next(done)])
        total += sum(len(r[0]) for r in drawn[-1])
    drawn.sort(key=lambda g: max(len(r[0]) for r in g))
    out: list[list[list[Row]]] = [[]]
    for g in drawn:
        if sum(len(r[0]) for x in out[-1] for r in x) >= tokens:
            out.append([])
        out[-1].append(g)
    rng.shuffle(out)
    return out


def collate(rows: list[Row], device: str) -> tuple[Tensor, ...]:
    longest = max(len(r[0]) for r in rows)
    ids, types = torch.zeros(2, len(rows), longest, dtype=torch.long)
    allowed = torch.zeros(len(rows), longest, dtype=torch.bool)
    for k, (i, t, _, _, first) in enumerate(rows):
        ids[k, : len(i)], types[k, : len(t)] = torch.tensor(i), torch.tensor(t)
        allowed[k, first : len(i) - 1] = True
    allowed[:, 0] = True
    lengths, starts, ends = (torch.tensor([f(r) for r in rows]) for f in (lambda r: len(r[0]), lambda r: r[2], lambda r: r[3]))
    return tuple(x.to(device) for x in (ids, types, lengths, allowed, starts, ends))


def loss_of(model: Reader, groups: list[list[Row]], args: argparse.Namespace) -> tuple[Tensor, list[float]]:
    """Span (position 0 = no answer), relevance, and that a right passage is more relevant than its near miss."""
    ids, types, lengths, allowed, starts, ends = collate([r for g in groups for r in g], args.device)
    with halved(args):
        start, end, relevance = (logits.float() for logits in model(ids, types, lengths))
    span = (F.cross_entropy(start.masked_fill(~allowed, -1e4), starts) + F.cross_entropy(end.masked_fill(~allowed, -1e4), ends)) / 2
    said = F.binary_cross_entropy_with_logits(relevance, (starts > 0).float())
    loss, at, margins = span + 0.5 * said, 0, []
    for g in groups:
        if len(g) == 2 and g[0][2] > 0:
            margins.append(relevance[at + 1] - relevance[at])
        at += len(g)
    if margins:
        loss = loss + 0.25 * F.softplus(torch.stack(margins)).mean()
    return loss, [span.item(), said.item()]


def mean(runs: list[Path]) -> dict[str, Tensor]:
    loaded = [torch.load(run, map_location="cpu", weights_only=True) for run in runs]
    return {name: torch.stack([weights[name] for weights in loaded]).mean(0) for name in loaded[0]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser, steps=6000, rate=1.3e-4)
    parser.add_argument("--windows", type=Path, required=True, help="what bench/windows.ts printed")
    parser.add_argument("--cloze", type=Path, required=True, help="what bench/cloze.ts printed")
    parser.add_argument("--written", type=Path, required=True, help="what bench/written.ts printed")
    parser.add_argument("--fresh", type=int, default=0, help="how many of its rows, the last, are new to the weights of --start")
    parser.add_argument("--start", type=Path, nargs="*", default=[], help="weights of earlier runs to go on from, their mean")
    parser.add_argument("--tokens", type=int, default=1600, help="a batch, about")
    parser.add_argument("--frozen", type=int, default=1, help="lowest layers left as they are (embeddings always)")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    tokenizer = load_tokenizer(args.tokenizer)
    model = Reader(DROPOUT)
    model.bert.load_state_dict(load_onnx(args.base))
    if args.start:
        model.load_state_dict(mean(args.start))
    model.to(args.device)
    for part in (model.bert.words, model.bert.positions, model.bert.types, model.bert.norm, *model.bert.layers[: args.frozen]):
        part.requires_grad_(False)
    head = [p for n, p in model.named_parameters() if not n.startswith("bert")]
    body = [p for n, p in model.named_parameters() if n.startswith("bert") and p.requires_grad]
    groups = [{"params": body, "scale": 1.0}, {"params": head, "scale": 4.0}]
    optimizer = torch.optim.AdamW(groups, args.rate, weight_decay=0.01, fused=True)
    draw = Draw(args.data, args.windows, args.cloze, Windows(args.written, args.fresh), rng, args.seed)
    run = Run(args, model, optimizer, rng, {k: len(v) for k, v in draw.sets.items()})
    draw.rest.update(run.state.get("rest", {}))
    pool: list[list[list[Row]]] = []
    log, seen, begun = [], 0, time.time()
    while not run.over({"rest": dict(draw.rest)}, safe=not pool):
        pool = pool or draw_batches(draw, tokenizer, args.tokens, run.done, rng)
        batch = pool.pop()
        run.set_rate(warm_up=100)
        loss, parts = loss_of(model, batch, args)
        run.advance(loss)
        log.append(parts)
        seen += sum(len(r[0]) for g in batch for r in g)
        if run.step % 25 == 0:
            span, said = np.mean(log[-25:], axis=0)
            print(f"{run.step}/{args.steps} span {span:.3f} relevance {said:.3f} {seen / (time.time() - begun):.0f} tokens/s", flush=True)
    if run.done == 1:
        torch.save(model.state_dict(), args.out)
    print(f"step {run.step} of {args.steps}, {seen} tokens in {time.time() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    main()
