"""How well owners' questions find their entries, and how long that takes.

The questions were written from the owner's side by somebody who never saw the index. Everything was chosen on
`questions_valid.jsonl`; `questions_test.jsonl` is measured, never read to fix something. A question that no entry
answers (`covered: false`) is answered falsely when it gets any hit. Beside every share stands plain TF-IDF in the same
run, with a floor of its own that the validation questions let it have.
"""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.understanding import topics_of
from knowledge.pack import load_pack
from knowledge.search import SearchIndex
from nlu.mentions import extract_facts
from tests.bench._lines import PROJECT, TODAY, Figure, Size, at_least, at_most, ms, owners_texts, percentile, rounded, timed
from tests.bench._tfidf import PlainIndex

#: Milliseconds a query; shares of questions.
TARGET_P50, TARGET_HIT1, TARGET_HIT3, TARGET_FALSE = 5.0, 0.85, 0.95, 0.05
Question = dict[str, Any]
#: Entry ids that answer a question, best first; none when there is nothing on it.
Finder = Callable[[Question], Sequence[str]]


@dataclass(frozen=True)
class Shares:
    """Of the covered questions, how many find an acceptable entry first and among three; of the others, how many get an answer."""

    hit1: float
    hit3: float
    false: float


def run(size: Size) -> Iterator[Figure]:
    """Shares on the test split with the yardstick beside, by language; topics by the same measure; time and memory."""
    pack = load_pack()
    tracemalloc.start()
    index = SearchIndex(pack, TODAY)
    memory = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    valid, test = questions("valid"), questions("test")
    plain = _plain(PlainIndex(pack), valid)
    ours: Finder = lambda asked: [hit.entry for hit in index.search(asked["text"], region=asked["region"])]  # noqa: E731
    yield from _figures("", measure(ours, test), measure(plain, test))
    for language in ("zh", "en", "mixed"):
        own = [asked for asked in test if asked["language"] == language]
        yield from _figures(f"_{language}", measure(ours, own), measure(plain, own))
    yield from _figures("_valid", measure(ours, valid), measure(plain, valid))
    yield from _topics(index, test)
    took = timed(index.search, owners_texts() * size.pick(1, 10))
    yield at_most("p50", ms(percentile(took, 50)), "ms", TARGET_P50)
    yield Figure("p99", ms(percentile(took, 99)), "ms")
    yield Figure("memory", rounded(memory / 1e6), "MB", versus=f"{len(pack.entries)} entries")


def questions(split: str) -> list[Question]:
    """The questions of a split."""
    lines = (PROJECT / "tests" / "data" / f"questions_{split}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def measure(find: Finder, asked: Sequence[Question]) -> Shares:
    """How a finder does on questions, of which some must be covered and some not."""
    found = [(question, find(question)) for question in asked]
    covered = [(question["entries"], hits) for question, hits in found if question["covered"]]
    others = [hits for question, hits in found if not question["covered"]]
    return Shares(
        sum(bool(set(right) & set(hits[:1])) for right, hits in covered) / len(covered),
        sum(bool(set(right) & set(hits[:3])) for right, hits in covered) / len(covered),
        sum(bool(hits) for hits in others) / len(others),
    )


def _figures(suffix: str, ours: Shares, plain: Shares) -> Iterator[Figure]:
    beside = "plain TF-IDF in the same run: "
    yield at_least(f"hit1{suffix}", round(ours.hit1, 4), "share", TARGET_HIT1, f"{beside}{plain.hit1:.4f}")
    yield at_least(f"hit3{suffix}", round(ours.hit3, 4), "share", TARGET_HIT3, f"{beside}{plain.hit3:.4f}")
    yield at_most(f"false{suffix}", round(ours.false, 4), "share", TARGET_FALSE, f"{beside}{plain.false:.4f}")


def _topics(index: SearchIndex, asked: Sequence[Question]) -> Iterator[Figure]:
    """What a message is about, as the advisor takes it: the region comes from its own words or from what is known of the firm."""

    def find(question: Question) -> Sequence[str]:
        return topics_of(index, question["text"], extract_facts(question["text"], today=TODAY), question["region"])

    shares = measure(find, asked)
    yield at_least("topics_hit1", round(shares.hit1, 4), "share", TARGET_HIT1)
    yield at_most("topics_false", round(shares.false, 4), "share", TARGET_FALSE)


def _plain(index: PlainIndex, valid: Sequence[Question]) -> Finder:
    """The yardstick with the lowest floor that keeps its false answers on the validation questions within the target."""
    tops = [index.search(asked["text"], asked["region"])[:1] for asked in valid if not asked["covered"]]
    scores = sorted((top[0][1] if top else 0.0 for top in tops), reverse=True)
    floor = scores[int(len(scores) * TARGET_FALSE)]

    def find(asked: Question) -> Sequence[str]:
        hits = index.search(asked["text"], asked["region"])
        return [entry for entry, _ in hits] if hits and hits[0][1] > floor else []

    return find
