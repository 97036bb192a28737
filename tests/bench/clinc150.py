"""The intent classifier on CLINC150 (Larson and others, 2019): 150 intents, and questions that belong to none of them.

Learns from the `train` and `oos_train` parts with the settings of config.yml; `test` and `oos_test` are only measured.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.bench._classifier import Answers, accuracy, ask_diet, ask_ours, auroc, recall_at
from tests.bench._lines import Figure, Size, at_least, data_file, rounded

_DATA = "nlu/clinc150_full.json"
TARGET_ACCURACY, TARGET_AUROC, TARGET_RECALL, REJECTED = 0.935, 0.96, 0.82, 0.05


def run(size: Size) -> Iterator[Figure]:
    """Accuracy on questions in scope; how well those out of scope are told apart; at full size beside stock DIET."""
    data = json.loads(data_file(_DATA).read_text("utf-8"))
    train, inside, outside = data["train"] + data["oos_train"], data["test"], data["oos_test"]
    texts = [text for text, _ in inside + outside]
    ours = ask_ours(train, texts, out_of_scope_label="oos")
    yardstick: tuple[float | None, ...] = (None, None, None)
    if size.full:
        yardstick = _measure(ask_diet(train, texts, 100), inside)
    accurate, ranked, recall = _measure(ours, inside)
    versus = [None if value is None else f"stock DIET of 100 epochs in the same run, {value}" for value in yardstick]
    yield at_least("in_scope_accuracy", accurate, "share", TARGET_ACCURACY, versus[0])
    yield at_least("out_of_scope_auroc", ranked, "share", TARGET_AUROC, versus[1])
    yield at_least("out_of_scope_recall_at_5_percent", recall, "share", TARGET_RECALL, versus[2])
    yield Figure("fit", rounded(ours.fit_s), "s")


def _measure(answers: Answers, inside: list[tuple[str, str]]) -> tuple[float, float, float]:
    count = len(inside)
    known, unknown = answers.out_of_scope[:count], answers.out_of_scope[count:]
    found = accuracy(answers.labels[:count], [label for _, label in inside])
    return found, auroc(known, unknown), recall_at(REJECTED, known, unknown)
