"""Trains the project's intent classifier on given texts and tests it on others. Runs in the NLU environment.

    .venv-nlu/bin/python -m tests.bench._fit TASK.json ANSWER.json

The task is {"train": [[text, label], ...], "test": [text, ...], "settings": {...}}; the answer holds what
`_classifier.Answers` does. Rasa itself is left out: these are the same tokens, the same fitting and the same prediction
as in its pipeline.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

from nlu.server.components.fitting import Example, Settings, fit
from nlu.server.components.tokens import tokenize


def main() -> None:
    """Reads the task, trains, and writes the answer."""
    task = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    start = time.perf_counter()
    model = fit([Example(text, _tokens(text), label) for text, label in task["train"]], Settings.of(task["settings"]))
    fitted = time.perf_counter() - start
    predictions, took = [], []
    for text in task["test"]:
        start = time.perf_counter()
        predictions.append(model.predict(text, _tokens(text)))
        took.append(time.perf_counter() - start)
    answer = {
        "labels": [prediction.ranking[0][0] for prediction in predictions],
        "confidences": [prediction.ranking[0][1] for prediction in predictions],
        "out_of_scope": [prediction.out_of_scope for prediction in predictions],
        "fit_s": fitted,
        "parse_ms": statistics.median(took) * 1000,
    }
    Path(sys.argv[2]).write_text(json.dumps(answer), "utf-8")


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(span.text for span in tokenize(text))


if __name__ == "__main__":
    main()
