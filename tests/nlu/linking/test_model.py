"""The model file: plain arrays, trained on the messages that are there, and the same answers as the library that fitted it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

import nlu.linking
from nlu.linking.labels import messages
from nlu.linking.model import MODEL, from_arrays, link_model, to_arrays
from nlu.linking.train import as_trees

#: Bytes; it travels with every copy of the project.
LARGEST = 1_500_000


def test_trained_on_the_messages_that_are_there() -> None:
    """`python -m nlu.linking.train` after a message was added or changed."""
    assert link_model().trained_on == messages()[1]


def test_small_and_without_objects() -> None:
    path = Path(nlu.linking.__file__).with_name(MODEL)
    assert path.stat().st_size < LARGEST
    with np.load(path, allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays.files)


def test_arrays_hold_the_whole_model() -> None:
    model = link_model()
    back = from_arrays(to_arrays(model))
    phrases = list(model.linear.rows)[::997]
    assert back.linear.scores(phrases) == model.linear.scores(phrases)
    assert back.usual.keys() == model.usual.keys()


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_trees_answer_as_the_library_does(seed: int) -> None:
    random = np.random.default_rng(seed)
    rows = random.normal(size=(400, 6)).astype(np.float32)
    right = (rows[:, 0] + rows[:, 1] * rows[:, 2] > 0.3).astype(int)
    fitted = HistGradientBoostingClassifier(max_iter=30, max_leaf_nodes=7, early_stopping=False, random_state=0).fit(rows, right)
    ours = as_trees(fitted).probabilities(rows.tolist())
    assert ours == pytest.approx(fitted.predict_proba(rows)[:, 1].tolist(), abs=1e-4)
