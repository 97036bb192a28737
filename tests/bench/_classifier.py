"""Has the project's classifier trained and tested on a public data set, in the environment it belongs to."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import Any

import yaml

from nlu.model import child_environment
from tests.bench._lines import PROJECT, Missing

_PYTHON = PROJECT / ".venv-nlu" / "bin" / "python"
_NAMED = {"penalty": "penalty", "min_documents": "min_documents", "random_seed": "seed"}
Labelled = list[tuple[str, str]]


@dataclass(frozen=True)
class Tested:
    """Test texts given their own label first, all test texts, median milliseconds of a parse, seconds of fitting."""

    right: int
    tested: int
    parse_ms: float
    fit_s: float


def train_and_test(train: Labelled, test: Labelled) -> Tested:
    """Train on one part and test on the other, with the settings of config.yml. Raises Missing."""
    if not _PYTHON.exists():
        raise Missing("the language server's environment (.venv-nlu) is missing; run `make setup`")
    task = json.dumps({"train": train, "test": test, "settings": _settings()})
    program = [str(_PYTHON), "-m", "tests.bench._fit"]
    pipes: dict[str, Any] = {"input": task, "stdout": subprocess.PIPE, "encoding": "utf-8"}
    done = subprocess.run(program, check=True, cwd=PROJECT, env=child_environment(), **pipes)
    return Tested(**json.loads(done.stdout))


def _settings() -> dict[str, Any]:
    pipeline = yaml.safe_load((PROJECT / "config.yml").read_text("utf-8"))["pipeline"]
    component = next(part for part in pipeline if part["name"].endswith("LinearIntentClassifier"))
    return {name: component[key] for key, name in _NAMED.items() if key in component}
