"""The measures and pictures of the intent benchmarks, on answers small enough to work out by hand."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench._classifier import accuracy, auroc, calibration_error, recall_at
from tests.bench._nlu_pictures import bars, calibration, confusion

scores = st.lists(st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]), min_size=1, max_size=12)


def test_accuracy_counts_the_texts_given_their_own_label() -> None:
    assert accuracy(["a", "b", "b", "a"], ["a", "b", "a", "a"]) == 0.75


@given(scores, scores)
def test_auroc_is_the_share_of_pairs_in_order(inside: list[float], outside: list[float]) -> None:
    pairs = [1.0 if low < high else 0.5 if low == high else 0.0 for low in inside for high in outside]
    assert auroc(inside, outside) == pytest.approx(sum(pairs) / len(pairs), abs=1e-3)


@pytest.mark.parametrize(
    ("outside", "recall"),
    [([0.96], 1.0), ([0.94], 0.0), ([0.96, 0.5], 0.5)],
)
def test_recall_where_five_of_a_hundred_are_rejected(outside: list[float], recall: float) -> None:
    inside = [number / 100 for number in range(100)]
    assert recall_at(0.05, inside, outside) == recall


@pytest.mark.parametrize(
    ("confidences", "right", "error"),
    [
        ([1.0, 1.0], [True, True], 0.0),
        ([0.5, 0.5], [True, False], 0.0),
        ([0.9, 0.9], [False, False], 0.9),
        ([0.95, 0.15], [True, False], 0.1),
    ],
)
def test_calibration_error_weighs_each_bin_by_its_size(confidences: list[float], right: list[bool], error: float) -> None:
    assert calibration_error(confidences, right) == pytest.approx(error)


def test_pictures_are_sound_and_show_every_count() -> None:
    matrix = ET.fromstring(confusion(["a<b", "c"], [[7, 1], [0, 3]]))
    texts = [element.text for element in matrix.iter() if element.tag.endswith("text")]
    assert texts.count("a<b") == texts.count("c") == 2
    assert {"7", "1", "3"} <= set(texts)
    assert "0" not in texts
    bars = ET.fromstring(calibration([0.05, 0.95, 0.97], [False, True, True]))
    heights = [float(element.get("height", 0)) for element in bars.iter() if element.get("fill-opacity")]
    assert heights == [0.0, 300.0]


def test_bars_are_cut_in_proportion_and_leave_out_nothing() -> None:
    drawn = ET.fromstring(bars([("region<", 30, 10, 0), ("profit", 10, 0, 5)], ("right", "missed", "wrong")))
    widths = [float(element.get("width", 0)) for element in drawn.iter() if element.get("height") == "15"]
    assert widths == [315.0, 105.0, 105.0, 52.5]
    texts = [element.text for element in drawn.iter() if element.tag.endswith("text")]
    assert texts == ["right", "missed", "wrong", "region<", "30", "10", "profit", "10", "5"]
