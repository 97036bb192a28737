"""One firm tried on every entry: the shipped pack, and the same entries repeated up to 1,000."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice

from bot.matching.match import match_all
from knowledge.firm import Firm
from knowledge.pack import Pack, load_pack
from tests.bench._firms import OPEN_BOOKS, TALKING
from tests.bench._lines import TODAY, Figure, Size, at_most, ms, percentile, timed

#: Milliseconds: an owner must not notice the matching beside the network's time.
TARGET_SHIPPED, TARGET_THOUSAND = 20.0, 100.0
GRADE = "B"


def run(size: Size) -> Iterator[Figure]:
    """Medians and 99th percentiles for one firm."""
    shipped = load_pack()
    thousand = repeated(shipped, 1000)
    small, large = _times(shipped, size.pick(300, 3000)), _times(thousand, size.pick(60, 600))
    median, count = ms(percentile(small, 50)), len(shipped.entries)
    yield at_most("shipped_p50", median, "ms", TARGET_SHIPPED)
    yield Figure("shipped_p99", ms(percentile(small, 99)), "ms")
    versus = f"the shipped pack of {count} entries, p50 {median} ms"
    yield at_most("thousand_p50", ms(percentile(large, 50)), "ms", TARGET_THOUSAND, versus)
    yield Figure("thousand_p99", ms(percentile(large, 99)), "ms", versus=versus)


def repeated(pack: Pack, count: int) -> Pack:
    """A pack of `count` entries: those of `pack` again and again under ids of their own."""
    copies = (entry.model_copy(update={"id": f"{entry.id}-{n}"}) for n, entry in enumerate(islice(cycle(pack), count)))
    return Pack({entry.id: entry for entry in copies}, f"{pack.digest}x{count}")


def _times(pack: Pack, rounds: int) -> list[float]:
    known = [Firm.of(facts, TODAY) for facts in (TALKING, OPEN_BOOKS)]
    match_all(pack, known[0], TODAY, GRADE)
    return timed(lambda firm: match_all(pack, firm, TODAY, GRADE), islice(cycle(known), rounds))
