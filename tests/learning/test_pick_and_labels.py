"""Which messages a person is asked about, and how the answers are kept until their owner erases them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.learning.labels import Label, Labels, learnt_texts, training_file
from bot.learning.pick import Doubt, doubts
from bot.storage.heard import HeardMessage

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def heard(turn: int, text: str, intent: str | None = "greet", owner: str = "a") -> HeardMessage:
    return HeardMessage(turn, NOON + timedelta(minutes=turn), owner, text, intent)


def guessing(**confidences: float) -> Callable[[str], object]:
    async def guess(text: str) -> tuple[str, float] | None:
        return ("greet", confidences.get(text, 0.9)) if text != "down" else None

    return guess


async def found(messages: list[HeardMessage], labelled: tuple[str, ...] = (), **confidences: float) -> list[Doubt]:
    return await doubts(messages, guessing(**confidences), labelled)  # type: ignore[arg-type]


async def test_the_least_sure_comes_first_and_the_sure_not_at_all() -> None:
    picked = await found([heard(1, "one"), heard(2, "two"), heard(3, "three")], one=0.59, two=0.60, three=0.2)
    assert [(doubt.turn, doubt.confidence, doubt.why) for doubt in picked] == [(3, 0.2, "unsure"), (1, 0.59, "unsure")]


@pytest.mark.parametrize(
    ("after", "intent", "corrected"),
    [("不是这个意思", "greet", True), ("I meant the interest", "ask_terms", True), ("no", "deny", True), ("谢谢", "thank", False)],
)
async def test_what_its_owner_took_back_is_listed_however_sure_the_guess(after: str, intent: str, corrected: bool) -> None:
    between = heard(2, "somebody else", owner="b")
    picked = await found([heard(1, "one"), between, heard(3, after, intent)])
    assert [(doubt.turn, doubt.why) for doubt in picked] == ([(1, "corrected")] if corrected else [])


async def test_texts_are_masked_and_each_is_asked_about_once() -> None:
    low = {"我叫林小伟": 0.1, "我叫陈小明": 0.2, "贷5万": 0.3, "贷6万": 0.4}
    picked = await found([heard(n, text) for n, text in enumerate(low, 1)], labelled=("贷8万",), **low)
    assert [doubt.text for doubt in picked] == ["我叫某某"]


@pytest.mark.parametrize("text", ["/start", "down", "长" * 401])
async def test_commands_essays_and_what_cannot_be_asked_are_left_out(text: str) -> None:
    assert await found([heard(1, text)], **{text: 0.1}) == []


def label(turn: int, text: str = "x", intent: str = "greet") -> Label:
    return Label(turn, heard(turn, text).at.isoformat(), text, intent)


def test_a_later_label_of_a_turn_takes_the_place_of_the_earlier(tmp_path: Path) -> None:
    labels = Labels(tmp_path / "deep" / "labels.jsonl")
    assert labels.read() == []
    for one in (label(1), label(2), label(1, intent="thank")):
        labels.add(one)
    assert labels.read() == [label(2), label(1, intent="thank")]


def test_what_is_erased_is_forgotten_also_when_its_number_is_given_again(tmp_path: Path) -> None:
    labels = Labels(tmp_path / "labels.jsonl")
    for turn in (1, 2, 3):
        labels.add(label(turn))
    again = HeardMessage(2, NOON + timedelta(days=1), "c", "another", None)
    assert labels.forget_erased([heard(1, "x"), again]) == [label(1)]
    assert labels.read() == [label(1)]


@given(st.lists(st.tuples(st.text(min_size=1), st.sampled_from(["greet", "thank"])), max_size=5))
def test_a_training_file_has_one_line_for_each_message(messages: list[tuple[str, str]]) -> None:
    written = training_file([label(n, text, intent) for n, (text, intent) in enumerate(messages)])
    content = yaml.safe_load(written)
    assert len(learnt_texts(written)) == len({line for block in content["nlu"] for line in block["examples"].splitlines()})
    lines = [line for block in content["nlu"] for line in block["examples"].splitlines()]
    assert len(lines) == len(messages)
    assert all(line.startswith("- ") and "[" not in line for line in lines)
