"""Figures that cannot be, as owners write them: asked about in one sentence, never taken, and never in the grade."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.conversation.answers.facts import with_doubts
from bot.conversation.answers.money import why
from bot.conversation.facts import take
from bot.conversation.heard import Heard
from bot.conversation.impossible import impossible_in
from bot.conversation.mending import mended
from bot.conversation.model import Answer, Dialogue, Reply, Understanding
from bot.conversation.turn import turn
from bot.conversation.world import World
from knowledge.firm import Firm
from nlu.mentions import extract_facts
from scoring.questions import sound
from tests.pictures.firms import scene_of

TODAY = date(2026, 11, 27)


def heard(text: str, asking: str | None = None) -> dict[str, Any]:
    extraction = mended(text, asking, extract_facts(text, today=TODAY), extract_facts(text, today=TODAY, asking=asking))
    return dict(impossible_in(text, extraction, TODAY)[0].facts)


def asked(text: str) -> list[str]:
    return [one.name for one in impossible_in(text, extract_facts(text, today=TODAY), TODAY)[1]]


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("员工-3人", "employees_negative"),
        ("员工负3人", "employees_negative"),
        ("员工 －3 人", "employees_negative"),
        ("-3 employees", "employees_negative"),
        ("we have minus 3 staff", "employees_negative"),
        ("营业额-100万", "annual_revenue_negative"),
        ("revenue -1 million", "annual_revenue_negative"),
        ("贷款余额 -20万", "existing_loans_negative"),
        ("成立于2031年", "date_in_the_future"),
        ("我们2031年3月注册的", "date_in_the_future"),
        ("founded in 2031", "date_in_the_future"),
        ("we opened in March 2031", "date_in_the_future"),
        ("2031年营业额100万", "date_in_the_future"),
        ("sales in 2031 were 1 million", "date_in_the_future"),
    ],
)
def test_what_cannot_be_is_asked_about_and_not_taken(text: str, doubt: str) -> None:
    assert asked(text) == [doubt]
    assert not {"employees", "annual_revenue", "existing_loans", "age_months"} & heard(text).keys()


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("员工5-10人", {"employees": 8}),
        ("借20-30万", {"amount_sought": Decimal(250_000)}),
        ("行业-餐饮，员工-3人，年收入-100万", {"employees": 3, "annual_revenue": Decimal(1_000_000)}),
        ("负债20万，员工3人", {"total_liabilities": Decimal(200_000), "employees": 3}),
        ("净利润-80万", {"net_profit": Decimal(-800_000)}),
        ("net profit -800k", {"net_profit": Decimal(-800_000)}),
        ("我们打算2027年成立公司", {}),
        ("our company is eight years old, 32 employees", {"age_months": 96, "employees": 32}),
        ("I'm 35 years old", {"owner_age": 35}),
    ],
)
def test_what_only_looks_like_it_is_taken(text: str, facts: dict[str, Any]) -> None:
    assert asked(text) == []
    assert facts.items() <= heard(text).items()


@pytest.mark.parametrize(
    ("text", "asking", "has", "has_not"),
    [
        ("要是我把逾期还清了呢", "guarantor", {}, "guarantor"),
        ("没有贷款能办吗，那我怎么办", "guarantor", {}, "existing_loans"),
        ("没有贷款能办吗，那我怎么办", "guarantor", {}, "guarantor"),
        ("没有贷款", None, {"existing_loans": 0}, "amount_sought"),
        ("我去建行申请50万被拒了，说综合评分不足", None, {}, "existing_loans"),
        ("存货120万，应收账款180万，净利润3万", "collateral", {"inventory": 1_200_000, "receivables": 1_800_000}, "collateral"),
        ("I have no statements and no turnover yet", "collateral", {}, "collateral"),
        ("我没有流水也没有报表", "collateral", {}, "collateral"),
        ("没有抵押", "collateral", {"collateral": ("none",)}, "inventory"),
        ("应收账款和存货", "collateral", {"collateral": ("receivables", "inventory")}, "inventory"),
        ("上周刚注册了一家奶茶店", None, {"age_months": 0}, "annual_revenue"),
        ("上个月才开的店", None, {"age_months": 1}, "annual_revenue"),
        ("registered a bubble tea shop last week", None, {"age_months": 0}, "annual_revenue"),
        ("今天开了发票", None, {}, "age_months"),
        ("本月开户", None, {}, "age_months"),
        ("昨天开了三单", None, {}, "age_months"),
        ("上个月又开了一家店", None, {}, "age_months"),
        ("we opened a second shop last month", None, {}, "age_months"),
        ("之前那个店开了3年，停了，执照注销了", "age_months", {}, "age_months"),
        ("my old shop ran for 3 years and closed", "age_months", {}, "age_months"),
        ("没逾期过！从来没有", "collateral", {"overdue_12m": 0}, "collateral"),
        ("土地是承包的，村里的", "collateral", {}, "collateral"),
        ("对", "guarantor", {}, "guarantor"),
        ("ok", "guarantor", {}, "guarantor"),
        ("装修", "annual_revenue", {}, "annual_revenue"),
        ("农商行要两个公务员担保", "amount_sought", {}, "amount_sought"),
        ("我俩一人出了2万", None, {}, "employees"),
        ("拖的那笔大概200万", None, {}, "existing_loans"),
        ("滴灌一套下来4万多", "annual_revenue", {}, "annual_revenue"),
        ("差个二十来万", "annual_revenue", {"amount_sought": 200_000}, "annual_revenue"),
        ("没有报过什么税，有没有问题", "collateral", {}, "collateral"),
    ],
)
def test_what_was_misread_is_mended(text: str, asking: str | None, has: dict[str, Any], has_not: str) -> None:
    facts = heard(text, asking)
    assert has.items() <= facts.items()
    assert has_not not in facts


@pytest.mark.parametrize(
    ("text", "asking", "has"),
    [
        ("没有，没逾期过", "collateral", {"collateral": ("none",), "overdue_12m": 0}),
        ("对，有", "guarantor", {"guarantor": True}),
        ("没错", "private_owned", {"private_owned": True}),
        ("要20个", "amount_sought", {"amount_sought": 200_000}),
        ("就我俩", "employees", {"employees": 2}),
    ],
)
def test_what_answers_is_left_an_answer(text: str, asking: str, has: dict[str, Any]) -> None:
    assert has.items() <= heard(text, asking).items()


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("不对，含税180，不含税175，按175吧", ("annual_revenue", 1_750_000)),
        ("不对，是180万", ("annual_revenue", 1_800_000)),
        ("不对，是300000000", None),
        ("不对，是175", None),
    ],
)
def test_a_bare_number_corrects_what_it_can_stand_for(text: str, changed: tuple[str, int] | None) -> None:
    before = Dialogue(firm=Firm.of({"annual_revenue": 1_800_000, "age_months": 8}, TODAY), recent=("annual_revenue", "age_months"))
    changes = take(before, extract_facts(text, today=TODAY), TODAY).changes
    assert [(one.fact.name, one.fact.value) for one in changes] == ([] if changed is None else [changed])


def said(world: World, language: str, *texts: str) -> list[str]:
    """The replies to messages in turn, each as one text; what a message wants is not guessed."""
    dialogue, replies = Dialogue(language=language, language_fixed=True), []
    for text in texts:
        understanding = Understanding("state_facts", 0.9, extract_facts(text, today=TODAY), (), language)
        answer = turn(dialogue, Heard(text=text), understanding, world, TODAY)
        dialogue = answer.dialogue
        replies.append("\n".join(reply.text for reply in answer.replies))
    return replies


@pytest.mark.parametrize(
    ("language", "text", "question"),
    [
        ("zh", "年营业额100万，净利润300万", "净赚的比营业额还多"),
        ("en", "revenue 1 million, net profit 3 million", "Net profit is more than revenue"),
        ("zh", "总资产10万，总负债200万", "欠款是全部资产的十倍以上"),
        ("en", "total assets 100k, total liabilities 2 million", "You owe over ten times what you own"),
        ("zh", "员工-3人", "员工人数不会是负数"),
        ("en", "founded in 2031", "2031 has not come yet"),
    ],
)
def test_the_chat_asks_in_one_sentence_and_grades_nothing(world: World, language: str, text: str, question: str) -> None:
    told, graded = said(world, language, text, {"zh": "我的等级是多少", "en": "what is my grade"}[language])
    assert told.count(question) == 1
    assert "这个我没听明白" not in told
    assert "I did not get that" not in told
    assert "预审等级是" not in graded
    assert "The pre-check grade is" not in graded


def test_figures_of_a_confirmed_file_are_asked_about_too(world: World) -> None:
    firm = Firm.of({"annual_revenue": 1_000_000, "net_profit": 3_000_000}, TODAY)
    answer = with_doubts(Answer((Reply("taken"), Reply("next?")), Dialogue(firm=firm, language="en")), Firm({}))
    assert [reply.text[:7] for reply in answer.replies] == ["taken", "⚠ Net p", "next?"]
    assert with_doubts(answer, firm) is answer
    assert sound(firm) == {}
    told = why(scene_of(world, {"annual_revenue": 1_000_000, "net_profit": 3_000_000}, "zh")).replies[0].text
    assert "净赚的比营业额还多" in told
