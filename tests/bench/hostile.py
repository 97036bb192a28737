"""Files made to hurt: whether each gets its sentence, how long the worst takes, and how much memory."""

from __future__ import annotations

import asyncio
import resource
import time
from collections.abc import Iterator

from nlu.uploads.document import UnreadableError
from nlu.uploads.isolation import Limits, read_isolated
from tests.bench._lines import TODAY, Figure, Size, at_least, at_most, percentile, rounded
from tests.uploads.hostile import HOSTILE, Hostile

#: Seconds that any file may take, and files there must be.
SLOWEST, FILES = 30.0, 40


def run(_size: Size) -> Iterator[Figure]:
    """Every hostile file, one after another, each in a process of its own as the bot reads it."""
    answered, took = asyncio.run(_read_all())
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield at_least("files", len(took), "files", FILES)
    yield at_least("answered", rounded(answered / len(took)), "share", 1.0)
    yield Figure("seconds_p50", rounded(percentile(took, 50)), "s")
    yield at_most("seconds_max", rounded(max(took)), "s", SLOWEST)
    yield at_most("memory_max", rounded(used), "MB", rounded(Limits().memory / 2**20 * 1.1))


async def _read_all() -> tuple[int, list[float]]:
    answered, took = 0, []
    for hostile in HOSTILE.values():
        content = hostile.make()
        start = time.perf_counter()
        answered += await _answered(hostile, content)
        took.append(time.perf_counter() - start)
    return answered, took


async def _answered(hostile: Hostile, content: bytes) -> bool:
    try:
        return not (await read_isolated(content, "x", TODAY)).facts and not hostile.said
    except UnreadableError as error:
        return error.sentence in hostile.said
