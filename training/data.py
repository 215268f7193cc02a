"""Reads the training and measuring sets, refuses held-out ones for training, and makes twins."""
import json
import lzma
import random
import re
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

HELD_OUT = (
    "bench/", "cmrc2018.dev", "drcd-simp.dev", "xquad", "ncp-covid.test", "antiterror-news.dev", "lawbench",
    "c3-mc.dev", "c3-mc.test", "HELDOUT", "gov-reports-2026", "news-questions.dev", "seeds",
)


def read(path: Path) -> list[dict]:
    """A JSON Lines file, xz-packed or not."""
    with (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_training(data: Path, name: str) -> list[dict]:
    if any(h in name for h in HELD_OUT) and "noxquad" not in name:
        raise ValueError(f"{name} is held out: it measures, it never trains")
    return read(data / name)


def load_tokenizer(path: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_str(tokenizer_json(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def tokenizer_json(path: Path) -> str:
    """The base's tokenizer, but folding to lower case (the vocabulary has no capitals) and keeping accents."""
    spec = json.loads(path.read_text(encoding="utf-8"))
    spec["normalizer"] |= {"lowercase": True, "strip_accents": False}
    return json.dumps(spec, ensure_ascii=False)


@dataclass
class Item:
    """One question over one passage; start < 0 when the passage does not hold the answer."""

    question: str
    passage: str
    start: int = -1
    end: int = -1
    title: str = ""
    group: str = ""


def crop(passage: str, start: int, end: int, size: int, rng: random.Random) -> tuple[str, int, int]:
    """A window of about `size` characters that holds [start, end), begun after a sentence end where there is one."""
    if len(passage) <= size:
        return passage, start, end
    low, high = max(0, end - size), min(start, len(passage) - size)
    begin = rng.randint(low, high) if low <= high else start
    stop = re.compile("[。！？；]").search(passage, begin, max(begin, start))
    if stop and begin:
        begin = stop.end()
    return passage[begin : begin + size], start - begin, end - begin


def reading_items(data: Path, name: str, size: int, seed: int, unanswerable_only: bool = False) -> list[Item]:
    """A reading set as items of at most `size` characters a passage."""
    rng, items = random.Random(f"{seed}{name}"), []
    for r in read_training(data, name):
        title = r.get("title") or ""
        if r["answers"] and not unanswerable_only:
            a = r["answers"][0]
            end = a["start"] + len(a["text"])
            if len(a["text"]) > min(size, 120) or r["context"][a["start"] : end] != a["text"]:
                continue
            passage, s, e = crop(r["context"], a["start"], end, rng.randint(size // 2, size), rng)
            items.append(Item(r["question"], passage, s, e, title))
        elif not r["answers"]:
            at = rng.randrange(len(r["context"]))
            items.append(Item(r["question"], crop(r["context"], at, at, size, rng)[0], title=title))
    return items


def news_items(data: Path, split: str = "train") -> list[Item]:
    """The hand-written news questions, over their whole passages. Only `train` trains."""
    texts = {p["id"]: p["text"] for p in read(data / "questions/corpus.jsonl")}
    items = []
    for r in read(data / f"questions/news-questions.{split}.jsonl"):
        item = Item(r["question"], texts[r["passage"]], group=r["passage"])
        if r["answers"]:
            item.start = r["start"]
            item.end = item.start + len(r["answers"][0])
            assert item.passage[item.start : item.end] == r["answers"][0]
        items.append(item)
    return items


PLACES = (
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 "
    "内蒙古 广西 西藏 宁夏 新疆 香港 澳门 台湾 沈阳 大连 长春 哈尔滨 南京 杭州 宁波 合肥 福州 厦门 南昌 济南 青岛 郑州 武汉 长沙 广州 深圳 "
    "南宁 海口 成都 贵阳 昆明 西安 兰州 西宁 银川 苏州 无锡 温州 佛山 东莞 珠海 洛阳 烟台 鞍山 美国 英国 法国 德国 日本 韩国 俄罗斯 印度 意大利"
).split()
MEASURES = [
    ("出口", "进口"), ("进口", "出口"), ("同比", "环比"), ("环比", "同比"), ("上半年", "下半年"), ("一季度", "三季度"), ("增长", "下降"),
    ("下降", "增长"), ("产量", "销量"), ("销量", "产量"), ("收入", "支出"), ("最高", "最低"), ("最多", "最少"), ("最大", "最小"), ("男", "女"),
    ("女", "男"), ("农村", "城镇"), ("城镇", "农村"), ("新增", "累计"), ("开始", "结束"), ("工业", "农业"), ("面积", "人口"), ("第一", "第三"),
]
YEAR = re.compile(r"(1[5-9]|20)\d\d(?=年)")


def twin(item: Item, rng: random.Random) -> Item | None:
    """The same question with another year, place or measure that its passage does not speak of: no answer there."""
    question, passage, ways = item.question, item.passage, []
    for year in sorted({m.group() for m in YEAR.finditer(question)}):
        other = str(int(year) + rng.choice([-3, -2, -1, 1, 2, 3]))
        if year in passage and other not in passage:
            ways.append((year, other))
    for place in PLACES:
        if place in question and place in passage:
            other = rng.choice(PLACES)
            if other not in passage and other not in question:
                ways.append((place, other))
    for a, b in MEASURES:
        if a in question and a in passage and b not in passage and b not in question:
            ways.append((a, b))
    if item.start < 0 or not ways:
        return None
    a, b = rng.choice(ways)
    return Item(question.replace(a, b), passage, title=item.title)


FILLERS = re.compile("请问|到底|究竟|一共|大概|[的了呢吗啊呀是在被把将有于]|[？?，,。]")


def as_keywords(question: str) -> str:
    """A question as it is typed into a search box: function words dropped."""
    short = FILLERS.sub(" ", question)
    return re.sub(r"\s+", " ", short).strip() or question
