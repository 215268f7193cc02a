"""BM25 over character bigrams and numbers (k1 .9, b .4), for hard negatives and for measuring."""
import re
from collections import Counter, defaultdict

import numpy as np

RUN = re.compile(r"[\u4e00-\u9fff]+|[a-z]+|[0-9]+(?:\.[0-9]+)?")


def terms(text: str) -> list[str]:
    out = []
    for run in RUN.findall(text.lower()):
        if run[0] >= "\u4e00":
            out += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
        else:
            out.append(run)
    return out


class Bm25:
    def __init__(self, texts: list[str], k1: float = 0.9, b: float = 0.4) -> None:
        counts = [Counter(terms(t)) for t in texts]
        sizes = np.array([sum(c.values()) for c in counts], dtype=np.float32)
        norm = k1 * (1 - b + b * sizes / sizes.mean())
        lists: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for i, c in enumerate(counts):
            for term, n in c.items():
                lists[term].append((i, n))
        self.size, self.postings = len(texts), {}
        for term, found in lists.items():
            ids = np.array([i for i, _ in found])
            tf = np.array([n for _, n in found], dtype=np.float32)
            idf = np.log(1 + (self.size - len(ids) + 0.5) / (len(ids) + 0.5))
            self.postings[term] = (ids, (idf * tf * (k1 + 1) / (tf + norm[ids])).astype(np.float32))

    def scores(self, query: str) -> np.ndarray:
        out = np.zeros(self.size, dtype=np.float32)
        for term in dict.fromkeys(terms(query)):
            if term in self.postings:
                ids, weights = self.postings[term]
                out[ids] += weights
        return out
