"""How long it takes to find the entries a question is about."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench._firms import shipped_world
from tests.bench._lines import Figure, Size, at_most, ms, owners_texts, percentile, timed

#: Milliseconds a query.
TARGET = 10.0


def run(size: Size) -> Iterator[Figure]:
    """Median and 99th percentile over Chinese and English questions."""
    index, texts = shipped_world().index, owners_texts()
    index.search(texts[0])
    took = timed(index.search, texts * size.pick(1, 10))
    yield at_most("p50", ms(percentile(took, 50)), "ms", TARGET)
    yield Figure("p99", ms(percentile(took, 99)), "ms")
