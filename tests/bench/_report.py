"""Writes the model card of the intent model, docs/nlu-card.md, with its two pictures: `make nlu-report`.

    python -m tests.bench._report [--bench]

With --bench the public data sets and the server are measured anew (minutes; needs the benchmark data); without it the
figures of the last time are kept, from docs/nlu-bench.jsonl.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.conversation.outside import OUTSIDE
from nlu.client import NluClient
from nlu.model import NluPaths, ensure_model
from nlu.process import NluServer, server_command
from tests.bench._classifier import auroc, calibration_error, recall_at
from tests.bench._lines import PROJECT, percentile
from tests.bench._pictures import calibration, confusion

_DOCS, _DATA = PROJECT / "docs", PROJECT / "tests" / "data"
_KEPT = _DOCS / "nlu-bench.jsonl"
_BENCHES = ("banking77", "clinc150", "parse")
_OUTSIDE = "out_of_scope"
#: Name of a split, its files, and what it is for. The first that is there gives the tables and pictures by intent.
_SPLITS = (
    ("test", "intents_test.jsonl", "written apart from training, from other scenarios; measured only"),
    ("validation", "intents_valid.jsonl", "thresholds and settings are chosen on it"),
    ("owners", "understanding_valid.jsonl", "a fair sample of what owners of every trade write, with facts; measured only"),
)
_LANGUAGES = ("zh", "en", "mixed")


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


def main(arguments: Sequence[str]) -> None:
    """Writes the card and its pictures."""
    if "--bench" in arguments:
        _KEPT.write_text("".join(_bench(name) for name in _BENCHES), "utf-8")
    files = {name: sorted(_DATA.glob(pattern)) for name, pattern, _ in _SPLITS}
    splits = {name: list(_messages(found)) for name, found in files.items() if found}
    paths = NluPaths.of(PROJECT)
    model = ensure_model(paths, lambda line: print(line, file=sys.stderr))
    guessed = {name: asyncio.run(_ask(paths, model, messages)) for name, messages in splits.items()}
    shown, held = next(iter(guessed.items()))
    labels = sorted({one.intent for one in held} | {one.guess for one in held})
    counts = Counter((one.intent, one.guess) for one in held)
    table = [[counts[true, guess] for guess in labels] for true in labels]
    (_DOCS / "nlu-confusion.svg").write_text(confusion(labels, table), "utf-8")
    hits = [one.right for one in held]
    (_DOCS / "nlu-calibration.svg").write_text(calibration([one.confidence for one in held], hits), "utf-8")
    (_DOCS / "nlu-card.md").write_text("\n".join(_card(guessed, shown, paths, model)) + "\n", "utf-8")


def _bench(name: str) -> str:
    command = [sys.executable, "-m", "tests.bench", name]
    return subprocess.run(command, check=True, cwd=PROJECT, stdout=subprocess.PIPE, encoding="utf-8").stdout


def _messages(files: Iterable[Path]) -> Iterator[dict[str, Any]]:
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            row: dict[str, Any] = json.loads(line)
            if row["text"].strip() and row.get("intent"):
                yield row


async def _ask(paths: NluPaths, model: Path, messages: Sequence[dict[str, Any]]) -> list[Guessed]:
    log = paths.cache / "report.log"
    async with NluServer(server_command(paths, model, workers=1), paths.root, log) as server, NluClient(server.endpoint) as client:
        found = []
        for row in messages:
            guess = await client.parse(row["text"])
            found.append(Guessed(row["language"], row["intent"], guess.intent, guess.confidence, guess.oos or 0.0))
        return found


def _card(guessed: dict[str, list[Guessed]], shown: str, paths: NluPaths, model: Path) -> Iterator[str]:
    held = guessed[shown]
    yield from (_INTRODUCTION, "", "## Data", "", *_training(paths.data), "")
    yield from ("## Splits and results", "", *_results(guessed), "")
    yield from (f"By intent, on the {shown} split:", "", *_by_intent(held), "")
    yield from ("## What is taken for what", "", f"Rows are true intents, columns guesses, on the {shown} split.", "")
    yield from ("![confusion](nlu-confusion.svg)", "", *_worst(held), "")
    yield from ("## Confidence", "", f"Expected calibration error {_error(held):.2%} on the {shown} split, in ten bins.", "")
    yield from ("![calibration](nlu-calibration.svg)", "", "## Out of scope", "", *_outside(held), "")
    yield from ("## Public data and serving", "", *_public(), "", f"The model archive is {model.stat().st_size / 1e6:.1f} MB.", "")
    yield _LIMITS


def _training(folder: Path) -> Iterator[str]:
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


def _results(guessed: dict[str, list[Guessed]]) -> Iterator[str]:
    yield "| split | messages | accuracy | " + " | ".join(_LANGUAGES) + " | calibration error | what it is |"
    yield "|---" * (5 + len(_LANGUAGES)) + "|"
    about = {name: text for name, _, text in _SPLITS}
    for name, held in guessed.items():
        each = " | ".join(_share([one.right for one in held if one.language == language]) for language in _LANGUAGES)
        yield f"| {name} | {len(held)} | {_share([one.right for one in held])} | {each} | {_error(held):.2%} | {about[name]} |"


def _by_intent(held: Sequence[Guessed]) -> Iterator[str]:
    yield from ("| intent | messages | recall | precision |", "|---|---|---|---|")
    for intent in sorted({one.intent for one in held}):
        own, taken = [one for one in held if one.intent == intent], [one for one in held if one.guess == intent]
        yield f"| {intent} | {len(own)} | {_share([one.right for one in own])} | {_share([one.right for one in taken])} |"


def _worst(held: Sequence[Guessed]) -> Iterator[str]:
    wrong = Counter((one.intent, one.guess) for one in held if not one.right)
    yield "Most often: " + "; ".join(f"{true} taken for {guess} ({count})" for (true, guess), count in wrong.most_common(6)) + "."


def _outside(held: Sequence[Guessed]) -> Iterator[str]:
    inside = [one.outside for one in held if one.intent != _OUTSIDE]
    outside = [one.outside for one in held if one.intent == _OUTSIDE]
    found, rejected = ([score > OUTSIDE for score in scores] for scores in (outside, inside))
    yield (
        f"{len(outside)} messages belong to no intent, {len(inside)} do. `out_of_scope_score` ranks them with an AUROC of "
        f"{auroc(inside, outside):.2%}; with 5 % of the others rejected it finds {recall_at(0.05, inside, outside):.1%}. "
        f"At {OUTSIDE} it finds {_share(found)} and rejects {_share(rejected)} of the others, half of which score under "
        f"{percentile(inside, 50):.2f}."
    )


def _public() -> Iterator[str]:
    if not _KEPT.exists():
        yield "Not measured yet: `make nlu-report ARGS=--bench`."
        return
    yield from ("| benchmark | figure | value | target | beside |", "|---|---|---|---|---|")
    for line in map(json.loads, _KEPT.read_text("utf-8").splitlines()):
        target = "" if line["target"] is None else f"{line['target']:g} {'reached' if line['ok'] else 'missed'}"
        yield f"| {line['bench']} | {line['figure']} | {line['value']:g} {line['unit']} | {target} | {line['versus'] or ''} |"


def _error(held: Sequence[Guessed]) -> float:
    return calibration_error([one.confidence for one in held], [one.right for one in held])


def _share(hits: Sequence[bool]) -> str:
    return f"{sum(hits) / len(hits):.1%}" if hits else "none"


_INTRODUCTION = """# The intent model

<!-- Written by `make nlu-report`; change tests/bench/_report.py, not this file. -->

It names what an owner wants in one message: one of 31 intents, Chinese, English or mixed, with a confidence and a score for
"none of these". It reads no figures and no facts; plain code in `nlu/` does. A network of one hidden layer over token pairs,
runs of characters, kinds of figures and concepts that both languages share, trained on the project's own messages only: no
text or weights from elsewhere. `config.yml` holds its settings."""

_LIMITS = """## Limits

- It has never met the people it is for: every message was written for this project or for a public data set. The learning
  loop (`advisor nlu review`, `advisor nlu train`) is there to change that.
- One intent a message. Somebody who asks two things is answered one.
- Other languages than Chinese and English are out of scope by rule of thumb, dialect only as far as its words were written down.
- Words it has never seen are known by their characters only; a new product name says nothing to it.
- A confidence is calibrated on messages like those it learnt from; on quite other ones it is too high.
- Order beyond three pieces is not seen: "A instead of B" and "B instead of A" are much the same to it."""


if __name__ == "__main__":
    main(sys.argv[1:])
