"""The model files: plain arrays, trained on the messages that are there, and the same answers as the library that fitted them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

import nlu.linking
from nlu.linking.labels import digest
from nlu.linking.model import (
    MODEL,
    Judge,
    LinkModel,
    figure_model,
    from_arrays,
    judge_from_arrays,
    judge_to_arrays,
    rest_model,
    to_arrays,
    word_model,
)
from nlu.linking.training.fitting import as_trees

#: Bytes; they travel with every copy of the project.
LARGEST = 1_500_000
LINKS = [(figure_model, "figures"), (word_model, "words")]
EACH = pytest.mark.parametrize(("model", "room"), [*LINKS, (rest_model, "rest")], ids=["figures", "words", "rest"])


@EACH
def test_trained_on_the_messages_that_are_there(model: Callable[[], LinkModel | Judge], room: str) -> None:
    """`python -m nlu.linking.training` after a message or a trade was added or changed."""
    assert model().trained_on == digest(apart=True)


@EACH
def test_small_and_without_objects(model: Callable[[], LinkModel | Judge], room: str) -> None:
    path = Path(nlu.linking.__file__).parent / room / MODEL
    assert path.stat().st_size < LARGEST
    with np.load(path, allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays.files)


@pytest.mark.parametrize(("model", "room"), LINKS, ids=["figures", "words"])
def test_arrays_hold_the_whole_model(model: Callable[[], LinkModel], room: str) -> None:
    whole = model()
    back = from_arrays(to_arrays(whole))
    phrases = list(whole.linear.rows)[::997]
    assert back.linear.scores(phrases) == whole.linear.scores(phrases)
    assert back.usual.keys() == whole.usual.keys()


def test_arrays_hold_all_trees() -> None:
    judge = rest_model()
    rows = np.random.default_rng(0).normal(size=(20, int(judge.trees.feature.max()) + 1)).tolist()
    assert judge_from_arrays(judge_to_arrays(judge)).trees.probabilities(rows) == judge.trees.probabilities(rows)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_trees_answer_as_the_library_does(seed: int) -> None:
    random = np.random.default_rng(seed)
    rows = random.normal(size=(400, 6)).astype(np.float32)
    right = (rows[:, 0] + rows[:, 1] * rows[:, 2] > 0.3).astype(int)
    fitted = HistGradientBoostingClassifier(max_iter=30, max_leaf_nodes=7, early_stopping=False, random_state=0).fit(rows, right)
    ours = as_trees(fitted).probabilities(rows.tolist())
    assert ours == pytest.approx(fitted.predict_proba(rows)[:, 1].tolist(), abs=1e-4)
