"""Has intent classifiers trained and tested on given texts, in the environment they belong to; and the measures of both."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from nlu.model import child_environment
from tests.bench._lines import PROJECT, Missing, rounded

_PYTHON = PROJECT / ".venv-nlu" / "bin" / "python"
Labelled = list[tuple[str, str]]


@dataclass(frozen=True)
class Answers:
    """For each test text the label and how little it looks like any; seconds of fitting, median milliseconds of a parse."""

    labels: list[str]
    out_of_scope: list[float]
    fit_s: float
    parse_ms: float
    confidences: list[float] | None = None


def ask_ours(train: Labelled, test: Sequence[str], **changed: Any) -> Answers:
    """Train the project's classifier with the settings of config.yml, changed where said so. Raises Missing."""
    pipeline = yaml.safe_load((PROJECT / "config.yml").read_text("utf-8"))["pipeline"]
    component = next(part for part in pipeline if part["name"].endswith("NetworkIntentClassifier"))
    return _ask("_fit", {"train": train, "test": list(test), "settings": {**component, **changed}})


def ask_diet(train: Labelled, test: Sequence[str], epochs: int, keep: Path | None = None) -> Answers:
    """Train the stock pipeline, the yardstick, for so many epochs. `keep` is where its model is to stay. Raises Missing."""
    return _ask("_diet", {"train": train, "test": list(test), "epochs": epochs}, *([str(keep)] if keep else []))


def _ask(program: str, task: dict[str, Any], *more: str) -> Answers:
    if not _PYTHON.exists():
        raise Missing("the language server's environment (.venv-nlu) is missing; run `make setup`")
    with tempfile.TemporaryDirectory() as folder:
        asked, answered = Path(folder, "task.json"), Path(folder, "answer.json")
        asked.write_text(json.dumps(task), "utf-8")
        command = [str(_PYTHON), "-m", f"tests.bench.{program}", str(asked), str(answered), *more]
        # What Rasa prints while it trains belongs to no figure.
        subprocess.run(command, check=True, cwd=PROJECT, env=child_environment(), stdout=sys.stderr)
        return Answers(**json.loads(answered.read_text("utf-8")))


def accuracy(found: Sequence[str], expected: Sequence[str]) -> float:
    """Share of texts given their own label."""
    return rounded(sum(a == b for a, b in zip(found, expected, strict=True)) / len(expected))


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """How often a text from outside has the higher score than one from inside; ties count half."""
    ranked = sorted([(score, 0) for score in inside] + [(score, 1) for score in outside])
    below, won, start = 0, 0.0, 0
    while start < len(ranked):
        end = start
        while end < len(ranked) and ranked[end][0] == ranked[start][0]:
            end += 1
        tied_outside = sum(side for _, side in ranked[start:end])
        tied_inside = end - start - tied_outside
        won += tied_outside * (below + tied_inside / 2)
        below += tied_inside
        start = end
    return rounded(won / (len(inside) * len(outside)))


def recall_at(rejected: float, inside: Sequence[float], outside: Sequence[float]) -> float:
    """Share of the texts from outside that score above all but that share of the texts from inside."""
    threshold = sorted(inside, reverse=True)[int(rejected * len(inside))]
    return rounded(sum(score > threshold for score in outside) / len(outside))


def calibration_error(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Mean gap between confidence and hits over equal bins of confidence, weighted by their size."""
    gaps = [0.0] * bins
    for confidence, hit in zip(confidences, right, strict=True):
        gaps[min(int(confidence * bins), bins - 1)] += confidence - hit
    return rounded(sum(map(abs, gaps)) / len(right))
