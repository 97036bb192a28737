"""The language model card on intents: each split read by the real server, and what the card says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.conversation.outside import OUTSIDE
from nlu.client import NluClient
from nlu.model import NluPaths
from nlu.process import NluServer
from tests.bench._classifier import auroc, calibration_error, recall_at
from tests.bench._lines import percentile
from tests.bench._nlu_pictures import calibration, confusion

LANGUAGES = ("zh", "en", "mixed")
_OUTSIDE = "out_of_scope"


@dataclass(frozen=True)
class Guessed:
    """One message of a split with what the model made of it."""

    language: str
    intent: str
    guess: str
    confidence: float
    outside: float

    @property
    def right(self) -> bool:
        """Whether the first guess is the message's intent."""
        return self.guess == self.intent


async def ask(paths: NluPaths, model: Path, messages: Sequence[Mapping[str, Any]]) -> list[Guessed]:
    """What the language server makes of each message."""
    async with NluServer.for_model(paths, model) as server, NluClient(server.endpoint) as client:
        found = []
        for row in messages:
            guess = await client.parse(row["text"])
            found.append(Guessed(row["language"], row["intent"], guess.intent, guess.confidence, guess.oos or 0.0))
        return found


def pictures(held: Sequence[Guessed]) -> dict[str, str]:
    """File names with their SVG: what is taken for what, and how far a confidence can be trusted."""
    labels = sorted({one.intent for one in held} | {one.guess for one in held})
    counts = Counter((one.intent, one.guess) for one in held)
    table = [[counts[true, guess] for guess in labels] for true in labels]
    hits = [one.right for one in held]
    return {
        "nlu-confusion.svg": confusion(labels, table),
        "nlu-calibration.svg": calibration([one.confidence for one in held], hits),
    }


def training(folder: Path) -> Iterator[str]:
    """How many messages the model learns from, by language and intent."""
    counts: Counter[tuple[str, str]] = Counter()
    for file in sorted(folder.rglob("*.yml")):
        for block in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
            counts[file.parent.name, block["intent"]] += sum(bool(line.strip()) for line in block["examples"].splitlines())
    languages = sorted({language for language, _ in counts})
    totals = ", ".join(f"{sum(n for (tongue, _), n in counts.items() if tongue == language)} {language}" for language in languages)
    yield f"{sum(counts.values())} training messages ({totals}), written for this project. The fewest and the most for one intent:"
    yield from ("", "| language | intents | fewest | most |", "|---|---|---|---|")
    for language in languages:
        own = sorted((n, intent) for (tongue, intent), n in counts.items() if tongue == language)
        yield f"| {language} | {len(own)} | {own[0][0]} ({own[0][1]}) | {own[-1][0]} ({own[-1][1]}) |"


def results(guessed: Mapping[str, Sequence[Guessed]], about: Mapping[str, str]) -> Iterator[str]:
    """A row for each split."""
    yield "| split | messages | accuracy | " + " | ".join(LANGUAGES) + " | calibration error | what it is |"
    yield "|---" * (5 + len(LANGUAGES)) + "|"
    for name, held in guessed.items():
        each = " | ".join(_share([one.right for one in held if one.language == language]) for language in LANGUAGES)
        yield f"| {name} | {len(held)} | {_share([one.right for one in held])} | {each} | {_error(held):.2%} | {about[name]} |"


def by_intent(held: Sequence[Guessed]) -> Iterator[str]:
    """A row for each intent."""
    yield from ("| intent | messages | recall | precision |", "|---|---|---|---|")
    for intent in sorted({one.intent for one in held}):
        own, taken = [one for one in held if one.intent == intent], [one for one in held if one.guess == intent]
        yield f"| {intent} | {len(own)} | {_share([one.right for one in own])} | {_share([one.right for one in taken])} |"


def mistakes(held: Sequence[Guessed]) -> Iterator[str]:
    """The confusion picture, the commonest mistakes, and the calibration picture."""
    wrong = Counter((one.intent, one.guess) for one in held if not one.right)
    yield from ("Rows are true intents, columns guesses.", "", "![confusion](nlu-confusion.svg)", "")
    yield "Most often: " + "; ".join(f"{true} taken for {guess} ({count})" for (true, guess), count in wrong.most_common(6)) + "."
    yield from ("", f"Expected calibration error {_error(held):.2%}, in ten bins.", "", "![calibration](nlu-calibration.svg)")


def outside(held: Sequence[Guessed]) -> Iterator[str]:
    """How well messages that belong to no intent are told from the others."""
    inside = [one.outside for one in held if one.intent != _OUTSIDE]
    beyond = [one.outside for one in held if one.intent == _OUTSIDE]
    found, rejected = ([score > OUTSIDE for score in scores] for scores in (beyond, inside))
    yield (
        f"{len(beyond)} messages belong to no intent, {len(inside)} do. `out_of_scope_score` ranks them with an AUROC of "
        f"{auroc(inside, beyond):.2%}; with 5 % of the others rejected it finds {recall_at(0.05, inside, beyond):.1%}. "
        f"At {OUTSIDE} it finds {_share(found)} and rejects {_share(rejected)} of the others, half of which score under "
        f"{percentile(inside, 50):.2f}."
    )


def _error(held: Sequence[Guessed]) -> float:
    return calibration_error([one.confidence for one in held], [one.right for one in held])


def _share(hits: Sequence[bool]) -> str:
    return f"{sum(hits) / len(hits):.1%}" if hits else "none"
