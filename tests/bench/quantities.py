"""How many texts a second are read for figures, and for facts of the firm."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from nlu.mentions import extract_facts
from nlu.quantities import quantities
from tests.bench._lines import TODAY, Figure, Size, at_least, owners_texts, percentile, rounded

#: Texts a second.
TARGET = 1000.0


def run(size: Size) -> Iterator[Figure]:
    """The median over rounds, each through all texts."""
    texts, rounds = owners_texts(), size.pick(5, 30)
    figures = _rate(lambda text: quantities(text, today=TODAY), texts, rounds)
    yield at_least("figures", figures, "strings/s", TARGET)
    facts = _rate(lambda text: extract_facts(text, today=TODAY), texts, rounds)
    yield Figure("facts", facts, "strings/s", versus=f"figures alone, {figures} strings/s")


def _rate(read: Callable[[str], object], texts: list[str], rounds: int) -> float:
    rates = []
    for _ in range(rounds):
        start = time.perf_counter()
        for text in texts:
            read(text)
        rates.append(len(texts) / (time.perf_counter() - start))
    return rounded(percentile(rates, 50))
