"""Questions asked before: found in nearly the same words, never by other figures or in another language."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.asked import ALIKE, SAME, Asked, asked_before

BANK = {"zh": "综合服务台", "en": "the service desk"}


def asked(number: int, language: str, *questions: str, on: date = date(2026, 11, 1)) -> Asked:
    return Asked(number, language, questions, "……", BANK, on)


KNOWN = (
    asked(1, "zh", "提前还款要收违约金吗", "提前还贷有没有手续费"),
    asked(2, "zh", "换了法人贷款还能续吗"),
    asked(3, "en", "Does my wife have to sign?"),
    asked(4, "zh", "存30万能贷多少"),
)


@pytest.mark.parametrize(
    ("text", "language", "same", "alike"),
    [
        ("提前还款要收违约金吗？", "zh", 1, 1),
        ("请问提前还款收违约金吗", "zh", 1, 1),
        ("提前还贷有手续费吗", "zh", 1, 1),
        ("法人换了，贷款能续吗", "zh", None, 2),
        ("我想贷50万开店", "zh", None, None),
        ("does my wife need to sign", "en", 3, 3),
        ("Does my wife have to sign?", "zh", None, None),
        ("存30万能贷多少", "zh", 4, 4),
        ("存300万能贷多少", "zh", None, None),
        ("？！", "zh", None, None),
        ("", "zh", None, None),
    ],
)
def test_a_question_finds_what_was_asked_before(text: str, language: str, same: int | None, alike: int | None) -> None:
    for at_least, expected in ((SAME, same), (ALIKE, alike)):
        found = asked_before(KNOWN, text, language, at_least)
        assert (found.id if found else None) == expected


def test_of_two_answers_the_newer_one_is_told() -> None:
    both = (asked(1, "zh", "提前还款要收违约金吗"), asked(2, "zh", "提前还款要收违约金吗", on=date(2026, 11, 20)))
    for order in (both, both[::-1]):
        found = asked_before(order, "提前还款要收违约金吗", "zh")
        assert found is not None
        assert found.id == 2


@given(st.text(max_size=60))
def test_any_question_with_words_finds_itself(text: str) -> None:
    found = asked_before((asked(1, "zh", text),), text, "zh", SAME)
    assert found is None or found.id == 1
    assert asked_before((), text, "zh", 0.0) is None
