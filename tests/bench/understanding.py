"""How well owners are understood: intents by language and facts, on the messages nobody tuned on.

`understanding_test.jsonl` is measured, never read to fix something; development happens against `understanding_dev.jsonl`.
A fact counts as right when name and value are; what a message lists as `optional` counts neither way.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from knowledge.firm import vocabulary
from nlu.client import NluClient
from nlu.mentions import extract_facts
from nlu.model import NluPaths, NluSetupError, ensure_model
from nlu.process import NluServer
from tests.bench._lines import PROJECT, TODAY, Figure, Missing, Size, at_least, at_most

TARGET_INTENTS, TARGET_F1, TARGET_PRECISION, TARGET_ECE = 0.95, 0.97, 0.985, 0.03
_BINS = 10


@dataclass(frozen=True)
class Guess:
    """One message's guess: its language, whether the intent was right, and how sure the model was."""

    language: str
    right: bool
    confidence: float


def run(size: Size) -> Iterator[Figure]:
    """Figures of the test split. Raises Missing where the language server's environment is not there."""
    messages = [json.loads(line) for line in (PROJECT / "tests/data/understanding_test.jsonl").read_text("utf-8").splitlines()]
    try:
        guesses = asyncio.run(_guess(messages))
    except NluSetupError as error:
        raise Missing(str(error)) from error
    yield at_least("intents", _share([guess.right for guess in guesses]), "share", TARGET_INTENTS)
    for language in ("zh", "en", "mixed"):
        yield Figure(f"intents_{language}", _share([guess.right for guess in guesses if guess.language == language]), "share")
    yield at_most("intents_ece", _calibration_error(guesses), "share", TARGET_ECE)
    precision, recall = _facts(messages)
    yield at_least("facts_f1", round(2 * precision * recall / (precision + recall), 4), "share", TARGET_F1)
    yield at_least("facts_precision", precision, "share", TARGET_PRECISION)
    yield Figure("facts_recall", recall, "share")


async def _guess(messages: list[dict[str, Any]]) -> list[Guess]:
    paths = NluPaths.of(PROJECT)
    model = await asyncio.to_thread(ensure_model, paths, lambda line: print(line, file=sys.stderr))
    async with NluServer.for_model(paths, model) as server, NluClient(server.endpoint) as client:
        found = []
        for message in messages:
            guess = await client.parse(message["text"])
            found.append(Guess(message["language"], guess.intent == message["intent"], guess.confidence))
        return found


def _facts(messages: list[dict[str, Any]]) -> tuple[float, float]:
    """Micro precision and recall over all stated facts."""
    right = wrong = missed = 0
    for message in messages:
        extraction = extract_facts(message["text"], today=TODAY, asking=message["asking"])
        found = {mention.name: mention.value for mention in extraction.mentions}
        expected = {name: vocabulary()[name].parse(value) for name, value in message["facts"].items()}
        tolerated = {name for key in ("optional", "range") for name in message.get(key, {})}
        tolerated |= {"age_months"} if message.get("dates") else set()
        for name, value in found.items():
            if name in expected:
                right += value == expected[name]
                wrong += value != expected[name]
            else:
                wrong += name not in tolerated
        missed += sum(name not in found for name in expected)
    return round(right / (right + wrong), 4), round(right / (right + wrong + missed), 4)


def _share(answers: list[bool]) -> float:
    return round(sum(answers) / len(answers), 4)


def _calibration_error(guesses: list[Guess]) -> float:
    """Mean gap between confidence and hits over ten equal bins, weighted by their size."""
    bins: dict[int, list[Guess]] = defaultdict(list)
    for guess in guesses:
        bins[min(int(guess.confidence * _BINS), _BINS - 1)].append(guess)
    gaps = (abs(sum(g.confidence for g in held) - sum(g.right for g in held)) for held in bins.values())
    return round(sum(gaps) / len(guesses), 4)
