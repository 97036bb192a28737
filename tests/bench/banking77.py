"""The intent classifier on BANKING77 (Casanueva and others, 2020): 77 intents of bank customers, the standard split.

Settings are those of config.yml, never chosen on this test split.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from tests.bench._classifier import Labelled, train_and_test
from tests.bench._lines import Figure, Size, data_file, rounded

_TRAIN, _TEST = "nlu/banking77_train.csv", "nlu/banking77_test.csv"


def run(_size: Size) -> Iterator[Figure]:
    """Accuracy of the first guess and the median time of a parse; the whole data set at either size."""
    train, test = read(data_file(_TRAIN)), read(data_file(_TEST))
    tested = train_and_test(train, test)
    yield Figure(
        "accuracy", rounded(tested.right / tested.tested), "share", versus=f"the labels of {tested.tested} test texts"
    )
    yield Figure("parse_p50", rounded(tested.parse_ms), "ms")
    yield Figure("fit", rounded(tested.fit_s), "s")


def read(file: Path) -> Labelled:
    """The texts of one split with their labels."""
    with file.open(encoding="utf-8", newline="") as rows:
        return [(row["text"], row["category"]) for row in csv.DictReader(rows)]
