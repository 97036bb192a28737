"""How well owners are understood: intents by language and facts, on the messages nobody tuned on.

`understanding_test.jsonl` and `ordinary_test.jsonl` (an ordinary day by strangers, facts alone) are measured, never read to fix something;
on `understanding_valid.jsonl`, a later set by other hands, what to believe of the facts is chosen. Development and training happen on
`nlu/linking/messages`.
A fact counts as right when name and value are; what a message lists as `optional` counts neither way.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from nlu.client import NluClient
from nlu.linking.labels import read
from nlu.linking.measure import Count
from nlu.mentions import by_rules, extract_facts
from nlu.model import NluPaths, NluSetupError, ensure_model
from nlu.process import NluServer
from tests.bench._classifier import calibration_error
from tests.bench._lines import PROJECT, TODAY, Figure, Missing, Size, at_least, at_most

TARGET_INTENTS, TARGET_F1, TARGET_PRECISION, TARGET_ECE = 0.95, 0.97, 0.985, 0.03


@dataclass(frozen=True)
class Guess:
    """One message's guess: its language, whether the intent was right, and how sure the model was."""

    language: str
    right: bool
    confidence: float


def run(size: Size) -> Iterator[Figure]:
    """Figures of the test split. Raises Missing where the language server's environment is not there."""
    messages = _messages("understanding_test.jsonl")
    try:
        guesses = asyncio.run(_guess(messages))
    except NluSetupError as error:
        raise Missing(str(error)) from error
    yield at_least("intents", _share([guess.right for guess in guesses]), "share", TARGET_INTENTS)
    for language in ("zh", "en", "mixed"):
        yield Figure(f"intents_{language}", _share([guess.right for guess in guesses if guess.language == language]), "share")
    error = calibration_error([guess.confidence for guess in guesses], [guess.right for guess in guesses])
    yield at_most("intents_ece", error, "share", TARGET_ECE)
    yield from _facts("facts", messages)
    for name in ("ordinary_test", "understanding_valid"):
        others = _messages(f"{name}.jsonl")
        yield from _facts(f"{name}_facts", others)
        for language in ("zh", "en", "mixed"):
            yield from _facts(f"{name}_facts_{language}", [message for message in others if message["language"] == language])


def _messages(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (PROJECT / "tests" / "data" / name).read_text("utf-8").splitlines()]


async def _guess(messages: list[dict[str, Any]]) -> list[Guess]:
    paths = NluPaths.of(PROJECT)
    model = await asyncio.to_thread(ensure_model, paths, lambda line: print(line, file=sys.stderr))
    async with NluServer.for_model(paths, model) as server, NluClient(server.endpoint) as client:
        found = []
        for message in messages:
            guess = await client.parse(message["text"])
            found.append(Guess(message["language"], guess.intent == message["intent"], guess.confidence))
        return found


def _facts(name: str, messages: list[dict[str, Any]]) -> Iterator[Figure]:
    """Micro-averaged F1, precision and recall over all stated facts, the second look beside the rules alone."""
    labelled = list(read("\n".join(json.dumps(message) for message in messages)))
    count = sum((Count.of(item, extract_facts(item.text, today=TODAY, asking=item.asking).facts) for item in labelled), Count())
    rules = sum((Count.of(item, by_rules(item.text, today=TODAY, asking=item.asking)[0].facts) for item in labelled), Count())
    versus = f"the rules alone in the same run: {rules}"
    yield replace(at_least(f"{name}_f1", round(count.f1, 4), "share", TARGET_F1), versus=versus)
    yield at_least(f"{name}_precision", round(count.precision, 4), "share", TARGET_PRECISION)
    yield Figure(f"{name}_recall", round(count.recall, 4), "share")


def _share(answers: list[bool]) -> float:
    return round(sum(answers) / len(answers), 4)
