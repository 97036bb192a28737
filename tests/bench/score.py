"""How long the scorecard takes for one firm."""

from __future__ import annotations

import time
from collections.abc import Iterator

from scoring.card import default_card, score
from tests.bench._firms import firms
from tests.bench._lines import Figure, Size, at_most, percentile, rounded

#: Microseconds a firm; what fitted library objects need is counted in tens of milliseconds.
TARGET = 100.0


def run(size: Size) -> Iterator[Figure]:
    """The median over batches of the mean time for a firm."""
    card, some = default_card(), firms()
    took = []
    for _ in range(size.pick(50, 500)):
        start = time.perf_counter()
        for _ in range(100):
            for firm in some:
                score(firm, card)
        took.append((time.perf_counter() - start) / (100 * len(some)))
    yield at_most("firm_p50", rounded(percentile(took, 50) * 1e6), "us", TARGET)
