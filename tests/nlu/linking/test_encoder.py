"""The network that reads messages: its pieces cover the text, its sums are what a transformer's are, and it hears figures and words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nlu.linking.encoder
from nlu.linking.encoder.hear import MODEL, PIECES, asked_as_text, encoder, pieces_of
from nlu.linking.encoder.network import softmax, unpacked
from nlu.linking.encoder.pieces import Cutter, Vocabulary
from nlu.linking.labels import digest
from nlu.mentions import by_rules

TODAY = date(2026, 11, 21)
#: Bytes; they travel with every copy of the project.
LARGEST = {PIECES: 18_000_000, MODEL: 11_000_000}
#: Three ends and six pieces: the blank, a, b, ab, 饭, 饭馆.
SMALL = Cutter(Vocabulary({"▁": 3, "a": 4, "b": 5, "ab": 6, "饭": 7, "饭馆": 8}, [0, 0, 0, -1.0, -2.0, -2.0, -3.0, -2.0, -5.0], 0, 1, 2))


def test_trained_on_the_messages_that_are_there() -> None:
    """`make encoder` after messages that the network learns from were changed; new ones may be set apart, which costs minutes."""
    assert encoder().trained_on == digest(apart=False)


@pytest.mark.parametrize("file", LARGEST)
def test_small_and_without_objects(file: str) -> None:
    path = Path(nlu.linking.encoder.__file__).parent / file
    assert path.stat().st_size < LARGEST[file]
    with np.load(path, allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays.files)


@pytest.mark.parametrize(
    ("text", "pieces", "spans"),
    [
        ("ab", (3, 6), ((0, 1), (0, 2))),
        ("a b", (3, 4, 3, 5), ((0, 1), (0, 1), (1, 2), (2, 3))),
        ("a  b", (3, 4, 3, 5), ((0, 1), (0, 1), (1, 2), (3, 4))),
        ("饭馆", (3, 8), ((0, 1), (0, 2))),
        ("饭x", (3, 7, 2), ((0, 1), (0, 1), (1, 2))),
        ("Ａb", (3, 2, 5), ((0, 1), (0, 1), (1, 2))),
        ("", (3,), ((0, 1),)),
    ],
)
def test_the_likeliest_pieces(text: str, pieces: tuple[int, ...], spans: tuple[tuple[int, int], ...]) -> None:
    cut = SMALL.cut(text)
    assert (cut.pieces, cut.spans) == (pieces, spans)


@given(st.text(alphabet="开了家饭馆借50万 loan owe　①ﬁ½é🙂\n", max_size=40))
def test_pieces_cover_every_character_that_is_no_blank(text: str) -> None:
    spans = encoder().cutter.cut(text).spans
    covered = {place for start, end in spans for place in range(start, end)}
    assert all(place in covered for place, character in enumerate(text) if not character.isspace())
    assert list(spans) == sorted(spans)


def test_numbers_are_unpacked_group_by_group() -> None:
    halves = np.zeros((1, 32), dtype=np.uint8)
    halves[0, 0], halves[0, 16] = 0x1F, 0xF8
    rows = unpacked(halves, np.array([[0.5, 2.0]], dtype=np.float16))
    assert rows.shape == (1, 64)
    assert rows[0, [0, 16, 32, 48]].tolist() == [3.5, -3.5, 0.0, 14.0]
    assert rows[0, 1] == -4.0


def test_a_layer_does_not_know_the_order_of_its_rows() -> None:
    """Attention gives each row the same, wherever it stands; places come in before the layers."""
    random = np.random.default_rng(1)
    rows = random.normal(size=(7, 384)).astype(np.float32)
    order = random.permutation(7)
    layer = encoder().network.layers[0]
    assert np.allclose(layer(rows)[order], layer(rows[order]), atol=1e-4)


def test_each_row_is_brought_to_its_norm() -> None:
    network = encoder().network
    rows = network((0, 40, 50, 1))
    norm = network.layers[-1].after_narrow
    plain = (rows - norm.shift) / norm.scale
    assert plain.mean(axis=1) == pytest.approx(0, abs=1e-2)
    assert plain.std(axis=1) == pytest.approx(1, abs=1e-2)


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=9))
def test_shares_add_up_to_one(scores: list[float]) -> None:
    shares = softmax(np.array(scores, dtype=np.float32))
    assert shares.sum() == pytest.approx(1, abs=1e-5)
    assert shares[np.array(scores).argmax()] == shares.max()


def test_every_figure_is_heard_with_probabilities() -> None:
    view = by_rules("员工12个，去年营业额350万，想借50万", today=TODAY)[1]
    heard = encoder().hear(view)
    assert [max(facts, key=lambda name: facts[name]) for facts in heard.figures] == ["employees", "annual_revenue", "amount_sought"]
    assert all(sum(facts.values()) == pytest.approx(1, abs=1e-4) for facts in heard.figures)
    assert all(0 <= probability <= 1 for probability in (*heard.statements.values(), *heard.given.values()))


@pytest.mark.parametrize(
    ("text", "given", "not_given"),
    [
        ("我们在宁波慈溪", "region=given", "firm_name=given"),
        ("征信没问题，从来没逾期过", "overdue_12m=0", "overdue_12m=given"),
        ("we have no loans at all", "existing_loans=0", "existing_loans=given"),
        ("等额本息和等额本金有什么区别", "", "region=given"),
    ],
)
def test_what_else_is_given_is_heard(text: str, given: str, not_given: str) -> None:
    heard = encoder().hear(by_rules(text, today=TODAY)[1]).given
    assert not given or heard[given] > 0.5
    assert heard[not_given] < 0.5


def test_the_question_asked_is_heard_with_the_answer() -> None:
    asked = [by_rules("12", today=TODAY, asking=name)[1] for name in ("employees", "term_months")]
    assert [max(facts, key=lambda name: facts[name]) for view in asked for facts in encoder().hear(view).figures] == [
        "employees",
        "term_months",
    ]
    assert asked_as_text("term_months") == "term months? "
    assert asked_as_text(None) == ""


def test_a_message_longer_than_the_network_reads_at_a_time_is_heard_to_its_end() -> None:
    view = by_rules("生意就这么个情况，" * 60 + "员工12个", today=TODAY)[1]
    heard = encoder().hear(view)
    [facts] = heard.figures
    assert max(facts, key=lambda name: facts[name]) == "employees"


def test_rows_of_a_part_begin_behind_its_start() -> None:
    cut = SMALL.cut("a b")
    assert pieces_of(cut, (2, 3), 0, 4) == [4]
    assert pieces_of(cut, (2, 3), 2, 4) == [2]
    assert pieces_of(cut, (2, 3), 0, 2) == []


def test_a_message_without_text_is_heard() -> None:
    view = by_rules("", today=TODAY)[1]
    assert encoder().hear(view).figures == ()
    assert encoder().hear(replace(view, asking="cash")).statements
