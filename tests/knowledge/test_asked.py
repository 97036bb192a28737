"""Questions asked before: found in nearly the same words, never by other figures or in another language."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.world import World
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


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("个体户能办纳税e贷吗", "我是个体工商户，可以申请纳税e贷不", True),
        ("个体户能办纳税e贷吗", "没有公司只有个体执照，能做纳税e贷吗", True),
        ("换了法人贷款还能续吗", "法人变更以后贷款能接着用吗", True),
        ("个体户能办纳税e贷吗", "纳税e贷要什么材料", False),
        ("换了法人贷款还能续吗", "换了银行卡贷款还能还吗", False),
        ("换了法人贷款还能续吗", "法人有逾期能贷款吗", False),
        ("征信上有一次逾期还能贷吗", "征信上有三次逾期还能贷吗", False),
        ("征信上有一次逾期还能贷吗", "征信怎么查", False),
        ("征信上有一次逾期还能贷吗", "没有征信记录能贷吗", False),
        ("Does my wife have to sign?", "Does my landlord have to pay tax?", False),
    ],
)
def test_what_is_asked_in_other_words_is_found_where_nothing_else_answers(world: World, question: str, text: str, found: bool) -> None:
    language = "zh" if question > "z" else "en"
    known = (asked(1, language, question),)
    assert asked_before(known, text, language, ALIKE) is None, "by its words alone it is not"
    assert (asked_before(known, text, language, ALIKE, world.index.likeness) is not None) == found
    assert asked_before(known, text, language, SAME) is None, "and it goes before no other answer"


def test_no_question_kept_for_measuring_finds_one_about_something_else(world: World) -> None:
    """Each is asked of all the others that entries answer, as if staff had answered them."""
    lines = [json.loads(line) for line in Path("tests/data/questions_valid.jsonl").read_text("utf-8").splitlines()]
    known = [asked(number, line["language"], line["text"]) for number, line in enumerate(lines) if line["covered"]]
    wrong = []
    for number, line in enumerate(lines):
        others = [one for one in known if one.id != number]
        found = asked_before(others, line["text"], line["language"], ALIKE, world.index.likeness)
        if found is not None and not set(lines[found.id]["entries"]) & set(line["entries"]):
            wrong.append((line["text"], found.questions))
    assert wrong == []


@given(st.text(max_size=60))
@settings(deadline=None)  # the first example loads what the others find loaded
def test_any_question_with_words_finds_itself(text: str) -> None:
    found = asked_before((asked(1, "zh", text),), text, "zh", SAME)
    assert found is None or found.id == 1
    assert asked_before((), text, "zh", 0.0) is None
