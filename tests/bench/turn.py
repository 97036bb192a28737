"""One turn of a conversation.

First without the language server: reading the text, searching, matching, answering; bare, and again through the advisor with its SQLite
database on disk. Then all of it, update in to reply out, at 50 messages a second with Rasa in the loop, beside a Rasa-only bot (`_loaded`).
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bot.conversation import world as conversation
from bot.conversation.model import Dialogue
from bot.conversation.turn import turn
from bot.conversation.world import World
from bot.service import Advisor
from bot.storage.database import open_database
from bot.storage.store import Store
from nlu.client import Endpoint, IntentGuess, NluClient
from tests.bench._firms import shipped_world
from tests.bench._lines import TODAY, Figure, Size, at_most, ms, percentile, rounded
from tests.bench._loaded import loaded
from tests.bench._scenario import STEPS

#: Milliseconds; with the network and the language server a reply is to feel immediate.
TARGET_P50, TARGET_P99 = 50.0, 200.0
NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
_MATCHING = ("match_all", "match_one", "open_questions")


class Scripted(NluClient):
    """Gives each text of the scenario the intent written beside it, at once."""

    def __init__(self) -> None:
        super().__init__(_nowhere)
        self._intents = {heard.text: intent for heard, intent in STEPS if heard.text is not None}

    async def parse(self, text: str) -> IntentGuess:
        intent = self._intents[text] or ""
        return IntentGuess(intent, 0.9, ((intent, 0.9),), 0.0)


def _nowhere() -> Endpoint | None:
    return None


def run(size: Size) -> Iterator[Figure]:
    """Bare turns, the share of matching in them, turns with their storage, and the whole bot under load."""
    world, rounds = shipped_world(), size.pick(10, 100)
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{Path(folder, 'bench.db')}")
        advisor = Advisor(Store(engine), world, Scripted(), now=lambda: NOON)
        asyncio.run(_bare(advisor, world))  # warms up what is read once
        bare = [took for _ in range(rounds) for took in asyncio.run(_bare(advisor, world))]
        yield at_most("p50", ms(percentile(bare, 50)), "ms", TARGET_P50)
        yield at_most("p99", ms(percentile(bare, 99)), "ms", TARGET_P99)
        share = _share_in_matching(advisor, world, size.pick(3, 30))
        yield Figure("matching_share", share, "share", versus="time of the whole turns in the same pass")
        stored = [took for n in range(rounds) for took in asyncio.run(_stored(advisor, f"bench:{n}"))]
        engine.dispose()
    versus = f"the bare turn, p50 {ms(percentile(bare, 50))} ms, p99 {ms(percentile(bare, 99))} ms"
    yield Figure("stored_p50", ms(percentile(stored, 50)), "ms", versus=versus)
    yield Figure("stored_p99", ms(percentile(stored, 99)), "ms", versus=versus)
    yield from loaded(size)


async def _bare(advisor: Advisor, world: World) -> list[float]:
    """Seconds of each turn of one conversation, nothing stored."""
    dialogue, took = Dialogue(), []
    for heard, _ in STEPS:
        start = time.perf_counter()
        understood = await advisor.understand(heard.text, dialogue.language, dialogue.asking) if heard.text else None
        answer = turn(dialogue, heard, understood, world, TODAY)
        took.append(time.perf_counter() - start)
        dialogue = answer.dialogue
    return took


async def _stored(advisor: Advisor, owner: str) -> list[float]:
    """Seconds of each turn of one conversation, remembered and committed as a channel has it."""
    took = []
    for heard, _ in STEPS:
        start = time.perf_counter()
        await advisor.hear(owner, heard)
        took.append(time.perf_counter() - start)
    return took


def _share_in_matching(advisor: Advisor, world: World, rounds: int) -> float:
    """Time in matching over time in turns, from a pass of its own so that the stopwatch is not in the other figures."""
    spent = [0.0]
    with ExitStack() as stack:
        for name in _MATCHING:
            stack.enter_context(patch.object(conversation, name, _watched(getattr(conversation, name), spent)))
        whole = sum(took for _ in range(rounds) for took in asyncio.run(_bare(advisor, world)))
    return rounded(spent[0] / whole)


def _watched(work: Callable[..., Any], spent: list[float]) -> Callable[..., Any]:
    @wraps(work)
    def watch(*args: Any, **named: Any) -> Any:
        start = time.perf_counter()
        try:
            return work(*args, **named)
        finally:
            spent[0] += time.perf_counter() - start

    return watch
