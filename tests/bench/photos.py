"""Photos of made-up statements: how many figures come back, how many are wrong and used all the same, and how long it takes.

A figure is used when no check doubts it; one that is doubted is asked about. Seconds are those of the machine as busy as it is, and a photo
that takes longer than the bot would wait for is counted apart; the processor's seconds by two are what two idle processors take at least.
"""

from __future__ import annotations

import asyncio
import resource
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from nlu.uploads.document import UnreadableError
from nlu.uploads.isolation import PHOTO_LIMITS, read_isolated
from nlu.uploads.photos import is_installed
from tests.bench._lines import Figure, Missing, Size, at_least, at_most, percentile, rounded
from tests.uploads.photos.cases import TODAY, Case, readable, unreadable

#: Shares that must be reached, and seconds.
FILLED, WRONG, REFUSED = 0.95, 0.005, 0.95
USUAL, SLOWEST = 8.0, 20.0
#: Photos that nothing was chosen by; whoever works on reading looks at those of other seeds.
_SEED = 20261126
#: A busy machine is to show in the seconds, not in what is read.
_LIMITS = replace(PHOTO_LIMITS, processor=100, seconds=120.0)


@dataclass(frozen=True)
class Outcome:
    """What became of a photo: its figures in all, those that came back and those that are wrong, or that it was refused."""

    figures: int
    right: int
    wrong: int
    refused: bool
    seconds: float
    processor: float


def run(size: Size) -> Iterator[Figure]:
    """Photos one after another, each in a process of its own as the bot reads it."""
    if not is_installed():
        raise Missing("photos need packages that are not installed; run: make photos")
    good = list(_read_all(readable(size.pick(22, 132), _SEED)))
    bad = list(_read_all(unreadable(size.pick(16, 40), _SEED)))
    figures = sum(outcome.figures for outcome in good)
    yield Figure("readable", len(good), "photos")
    yield at_least("filled", rounded(sum(outcome.right for outcome in good) / figures), "share", FILLED, f"{figures} figures")
    yield at_most("wrong_unflagged", rounded(sum(outcome.wrong for outcome in good) / figures), "share", WRONG)
    yield Figure("readable_refused", sum(outcome.refused for outcome in good), "photos")
    refused = rounded(sum(outcome.refused for outcome in bad) / len(bad))
    yield at_least("unreadable_refused", refused, "share", REFUSED, f"{len(bad)} photos")
    yield Figure("unreadable_wrong", sum(outcome.wrong for outcome in bad), "figures")
    seconds, processor = [outcome.seconds for outcome in good], [outcome.processor for outcome in good]
    for percent, target in ((50, USUAL), (95, SLOWEST)):
        at_best = f"{rounded(percentile(processor, percent) / 2)} s by the processor's seconds on two"
        yield at_most(f"seconds_p{percent}", rounded(percentile(seconds, percent)), "s", target, at_best)
        yield Figure(f"processor_p{percent}", rounded(percentile(processor, percent)), "s")
    yield Figure("over_limit", sum(taken > PHOTO_LIMITS.seconds for taken in seconds), "photos", versus=f"{PHOTO_LIMITS.seconds} s")


def _read_all(cases: Iterable[Case]) -> Iterator[Outcome]:
    for case in cases:
        start, before = time.perf_counter(), _processor()
        facts, refused = asyncio.run(_facts(case))
        took, used = time.perf_counter() - start, _processor() - before
        right = sum(facts.get(fact) == value for fact, value in case.truth.items())
        wrong = sum(fact in case.truth and case.truth[fact] != value for fact, value in facts.items())
        yield Outcome(len(case.truth), right, wrong, refused, took, used)


async def _facts(case: Case) -> tuple[dict[str, object], bool]:
    try:
        return dict((await read_isolated(case.content, "photo.jpg", TODAY, _LIMITS)).facts), False
    except UnreadableError:
        return {}, True


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
