"""The intent classifier on BANKING77 (Casanueva and others, 2020): 77 intents of bank customers, the standard split.

Settings are those of config.yml, never chosen on this test split. Stock DIET learns the same messages in the same run.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from tests.bench._classifier import Labelled, accuracy, ask_diet, ask_ours, calibration_error
from tests.bench._lines import Figure, Size, at_least, data_file, rounded

_TRAIN, _TEST = "nlu/banking77_train.csv", "nlu/banking77_test.csv"
TARGET = 0.923


def run(size: Size) -> Iterator[Figure]:
    """Accuracy of the first guess beside that of stock DIET, which learns for fewer epochs at the short size."""
    train, test = read(data_file(_TRAIN)), read(data_file(_TEST))
    texts, labels = [text for text, _ in test], [label for _, label in test]
    # Its training texts are as hard as its test texts, unlike the project's.
    ours, epochs = ask_ours(train, texts, caution=1.0), size.pick(4, 100)
    diet = ask_diet(train, texts, epochs)
    yardstick = accuracy(diet.labels, labels)
    versus = f"stock DIET of {epochs} epochs in the same run, {yardstick}"
    yield at_least("accuracy", accuracy(ours.labels, labels), "share", TARGET, versus)
    right = [guess == label for guess, label in zip(ours.labels, labels, strict=True)]
    yield Figure("calibration_error", calibration_error(ours.confidences or [], right), "share")
    yield Figure("diet_accuracy", yardstick, "share", versus=f"{epochs} epochs")
    yield Figure("parse_p50", rounded(ours.parse_ms), "ms")
    yield Figure("fit", rounded(ours.fit_s), "s", versus=f"stock DIET of {epochs} epochs in the same run, {diet.fit_s:.0f} s")


def read(file: Path) -> Labelled:
    """The texts of one split with their labels."""
    with file.open(encoding="utf-8", newline="") as rows:
        return [(row["text"], row["category"]) for row in csv.DictReader(rows)]
