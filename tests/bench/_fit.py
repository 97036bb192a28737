"""Trains the project's intent classifier on given texts and tests it on others. Runs in the NLU environment.

    .venv-nlu/bin/python -m tests.bench._fit < {"train": [[text, label], ...], "test": [...], "settings": {...}}

Rasa itself is left out: these are the same tokens, the same fitting and the same prediction as in its pipeline.
"""

from __future__ import annotations

import json
import statistics
import sys
import time

from nlu.server.components.fitting import Example, Settings, fit
from nlu.server.components.linear import Prediction
from nlu.server.components.tokens import tokenize


def main() -> None:
    """Reads the task from standard input and writes what `_classifier.Tested` holds as one JSON object."""
    task = json.load(sys.stdin)
    start = time.perf_counter()
    model = fit([Example(text, _tokens(text), label) for text, label in task["train"]], Settings(**task["settings"]))
    fitted = time.perf_counter() - start
    right, took = 0, []
    for text, label in task["test"]:
        start = time.perf_counter()
        prediction: Prediction = model.predict(text, _tokens(text))
        took.append(time.perf_counter() - start)
        right += prediction.ranking[0][0] == label
    answer = {"right": right, "tested": len(took), "parse_ms": statistics.median(took) * 1000, "fit_s": fitted}
    json.dump(answer, sys.stdout)


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(span.text for span in tokenize(text))


if __name__ == "__main__":
    main()
