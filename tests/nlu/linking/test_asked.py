"""Messages put after a question that they do not answer: which may be, and that nothing else of them changes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nlu.linking.labels import Labelled, read
from nlu.linking.training.__main__ import read as seen
from nlu.linking.training.asked import asked_by_chance

_QUESTION = {"text": "三次", "facts": {"overdue_12m": 3}, "asking": "overdue_12m"}


def _message(source: str = "owners_here", **given: Any) -> Labelled:
    line = {"id": str(given), "language": "zh", "facts": {}, "asking": None, **given}
    return next(read(json.dumps(line), source))


def _asked(*messages: Labelled, seed: int = 0) -> list[tuple[int, Labelled]]:
    return list(asked_by_chance([(message, seen(message)[1]) for message in messages], seed=seed))


TELLS = {"text": "我们在宁波慈溪做模具的，员工十二个人", "facts": {"industry": "industry", "employees": 12}}


@pytest.mark.parametrize(
    ("message", "may"),
    [
        (_message(**TELLS), True),
        (_message(text="员工十二个", facts={"employees": 12}), False),
        (_message(text="大概十二个吧，也可能十三个", facts={}), False),
        (_message(text="听说隔壁王姐借了五十万，三年还清，一天都没拖过，真的假的", facts={}), True),
        (_message(**TELLS, open=True), False),
        (_message(source="questions", **TELLS), False),
        (_message(**(TELLS | {"asking": "industry"})), False),
    ],
)
def test_which_messages_may_get_a_question(message: Labelled, may: bool) -> None:
    seeds = range(24)
    assert any(_asked(message, _message(**_QUESTION), seed=seed) for seed in seeds) == may


def test_only_the_question_is_new() -> None:
    message = _message(**TELLS)
    ((at, after),) = next(found for seed in range(24) if (found := _asked(message, _message(**_QUESTION), seed=seed)))
    assert (at, after.asking, after.text, after.facts) == (0, "overdue_12m", message.text, message.facts)


def test_the_same_seed_asks_the_same() -> None:
    messages = [_message(**TELLS) for _ in range(20)] + [_message(**_QUESTION)]
    assert _asked(*messages, seed=3) == _asked(*messages, seed=3)
    assert 0 < len(_asked(*messages, seed=3)) < 20
