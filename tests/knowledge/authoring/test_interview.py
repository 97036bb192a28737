"""A new entry by questions: what is typed becomes an entry, what cannot be read is asked for again, and an end writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from knowledge.authoring.check import check_text
from knowledge.authoring.interview import Interview
from knowledge.authoring.questions import Questions, Stopped
from knowledge.authoring.writing import entry_text

TODAY = date(2026, 11, 21)
#: question of the step -> answer; several answers are given one after the other.
ANSWERS = """3|sub-try|1|试办贴息|Try subsidy|福州市财政局|Fuzhou Finance Bureau|||||2026-01-01|2026-12-31||福州市||1.5%||1年|50万||||
行业|3|餐饮；住宿|第一条|clause one|从业人员|6|300人||人工|由谁经营|who runs it||
每年贴{points}。|{points} a year.|找财政局。|Ask the bureau.||营业执照|business licence||贴息|subsidy|
350100|餐饮|20|是|是|350100|制造|是|否""".replace("\n", "").split("|")


def interview(answers: list[str], language: str = "zh") -> tuple[dict[str, Any], list[str]]:
    given: Iterator[str] = iter(answers)
    said: list[str] = []
    questions = Questions(lambda _: next(given, None), said.append, language)
    return Interview(questions, ["sub-taken"], TODAY).run(), said


def at(answer: str, *instead: str) -> list[str]:
    """The answers with one replaced by others."""
    place = ANSWERS.index(answer)
    return [*ANSWERS[:place], *instead, *ANSWERS[place + 1 :]]


ALL = at("制造", "工业制造", "")


def test_the_answers_make_an_entry_that_is_right_and_can_be_written() -> None:
    raw, _ = interview(ALL)
    entry, found = check_text("cn/subsidy/sub-try.yaml", entry_text(raw))
    assert [item.line("en") for item in found] == []
    assert entry is not None
    assert raw["checked"] == TODAY
    assert raw["region"] == {"within": "350100"}
    assert raw["offer"] == {"subsidy": {"points": 0.015, "months": 12, "principal_cap": 500_000}}
    assert raw["when"]["all"] == [
        {"fact": "industry", "in": ["catering", "accommodation"], "clause": {"zh": "第一条", "en": "clause one"}},
        {"fact": "employees", "at_most": 300},
        {"check": {"zh": "由谁经营", "en": "who runs it"}},
    ]
    assert raw["cases"] == [
        {"facts": {"region": "350100", "industry": "catering", "employees": 20}, "status": "unknown"},
        {"facts": {"region": "350100", "industry": "industry"}, "status": "ineligible"},
    ]


AGAIN = [
    # the right answer, a wrong one before it, words of what is said
    ("3", "9", "不在可选的里面"),
    ("sub-try", "sub-taken", "已经有了"),
    ("sub-try", "prd-try", "sub- 开头"),
    ("2026-12-31", "年底", "不是日期"),
    ("福州市", "某地", "不是地区代码"),
    ("1.5%", "很多", "不是比例"),
    ("从业人员", "年", "可能是"),
    ("从业人员", "鞋码", "没有叫"),
    ("餐饮；住宿", "餐饮；洗脚", "不在可选的里面"),
    ("每年贴{points}。", "每年贴1.5%。", "直接写了数字"),
    ("每年贴{points}。", "最多{cap}。", "没有数字"),
    ("找财政局。", "两年内去办。", "直接写了数字"),
    ("餐饮", "开饭馆", "不在可选的里面"),
]


@pytest.mark.parametrize(("right", "wrong", "words"), AGAIN, ids=[row[1] for row in AGAIN])
def test_what_cannot_be_read_is_asked_for_again(right: str, wrong: str, words: str) -> None:
    place = ALL.index(right)
    raw, said = interview([*ALL[:place], wrong, *ALL[place:]])
    assert raw == interview(ALL)[0]
    assert any(words in line for line in said), said


PAIRS = [
    # the right pair, a wrong one before it, words of what is said
    (("由谁经营", "who runs it"), ("由谁经营满 3 年", "who runs it for 2 years"), "数字不一样"),
    (("第一条", "clause one"), ("不到三年", "young"), "数字只写在比较里"),
    (("营业执照", "business licence"), ("近 6 个月流水", "statements"), "直接写了数字"),
    (("每年贴{points}。", "{points} a year."), ("每年贴{points}。", "up to {principal_cap}."), "数字不一样"),
]


@pytest.mark.parametrize(("right", "wrong", "words"), PAIRS, ids=[row[1][0] for row in PAIRS])
def test_a_text_whose_figures_hang_in_the_air_is_asked_for_again(right: tuple[str, str], wrong: tuple[str, str], words: str) -> None:
    place = ALL.index(right[0])
    raw, said = interview([*ALL[:place], *wrong, *ALL[place:]])
    assert raw == interview(ALL)[0]
    assert any(words in line for line in said), said


def test_a_condition_on_a_date() -> None:
    place = ALL.index("人工")
    answers = [*ALL[:place], "成立日期", "2", "2025-02-30", "2025年1月1日", "", *ALL[place:]]
    # The examples then ask for the age, too.
    raw, said = interview([*answers[: answers.index("350100")], "350100", "餐饮", "20", "12", "是", "否"])
    assert {"fact": "founded", "from": date(2025, 1, 1)} in raw["when"]["all"]
    assert any("不是日期" in line for line in said)
    assert raw["cases"] == [{"facts": {"region": "350100", "industry": "catering", "employees": 20, "age_months": 12}, "status": "unknown"}]


def test_an_example_that_comes_out_wrong_is_not_kept() -> None:
    place = len(ALL) - ALL[::-1].index("350100") - 1
    answers = [*ALL[:place], "440100", "餐饮", "20", "否", *ALL[place - 5 :]]
    raw, _ = interview(answers)
    assert all(case["facts"]["region"] == "350100" for case in raw["cases"])


@pytest.mark.parametrize("after", [0, 1, 7, 20, 30, len(ALL) - 1])
def test_without_more_answers_it_stops(after: int) -> None:
    with pytest.raises(Stopped):
        interview(ALL[:after])


def test_the_questions_are_in_the_language_asked_for() -> None:
    said: list[str] = []
    with pytest.raises(Stopped):
        Interview(Questions(lambda prompt: said.append(prompt), said.append, "en"), (), TODAY).run()
    assert said[0].strip() == "1. What it is"
    assert not any("\u4e00" <= letter <= "\u9fff" for line in said for letter in line)
