"""How many of the table's figures are read as meant, and how many texts a second are read for figures, and for facts of the firm."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from nlu.mentions import extract_facts
from nlu.quantities import quantities
from tests.bench._lines import TODAY, Figure, Size, at_least, at_most, owners_texts, percentile, rounded
from tests.nlu.quantity_table import Row, as_read, rows

#: Texts a second; share of the table's texts read as meant, and texts silently read as another figure.
TARGET, TARGET_RIGHT, TARGET_WRONG = 1000.0, 0.99, 0


def run(size: Size) -> Iterator[Figure]:
    """What is read of the table, then the median rate over rounds, each through all texts."""
    yield from _table(rows())
    texts, rounds = owners_texts(), size.pick(5, 30)
    figures = _rate(lambda text: quantities(text, today=TODAY), texts, rounds)
    yield at_least("figures", figures, "strings/s", TARGET)
    facts = _rate(lambda text: extract_facts(text, today=TODAY), texts, rounds)
    yield Figure("facts", facts, "strings/s", versus=f"figures alone, {figures} strings/s")


def _table(expected: list[Row]) -> Iterator[Figure]:
    """A text is silently wrong where one certain value is read and another was meant; to see none, or several, is to ask."""
    found = [(row, as_read(row["text"], year=row["kind"] == "year")) for row in expected]
    right = sum(row == seen for row, seen in found)
    wrong = sum(seen["value"] not in ("", row["value"]) and not seen["readings"] for row, seen in found)
    yield at_least("table_right", rounded(right / len(found)), "share", TARGET_RIGHT, versus=f"{len(found)} texts")
    yield at_most("table_silently_wrong", wrong, "texts", TARGET_WRONG)


def _rate(read: Callable[[str], object], texts: list[str], rounds: int) -> float:
    rates = []
    for _ in range(rounds):
        start = time.perf_counter()
        for text in texts:
            read(text)
        rates.append(len(texts) / (time.perf_counter() - start))
    return rounded(percentile(rates, 50))
