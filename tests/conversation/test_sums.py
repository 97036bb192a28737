"""Which messages ask for a sum and which do not, in the words owners use; and table buttons that mean nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.conversation.answers.instalments import repayment
from bot.conversation.answers.sums import worked_out
from bot.conversation.answers.table import table_button, table_pressed
from bot.conversation.facts import take
from bot.conversation.model import Dialogue, Understanding
from bot.conversation.world import Scene, World
from knowledge.firm import Firm
from nlu.mentions import extract_facts
from scoring.schedule import Method

TODAY = date(2026, 11, 21)


def scene(world: World, text: str, language: str = "zh", **known: Any) -> Scene:
    extraction = extract_facts(text, today=TODAY)
    before = Dialogue(firm=Firm.of(known, TODAY), language=language)
    taken = take(before, extraction, TODAY, asks=True)
    heard = Understanding(None, 0.9, extraction, (), language)
    return Scene(world, before.but(firm=taken.firm), TODAY, heard, taken, text)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("众筹30万，平台要抽多少", "prg-crowdfunding-presale"),
        ("产品预售想到手8万，目标定多少", "prg-crowdfunding-presale"),
        ("拉天使投资我现在算第几轮", "prg-equity-funding"),
        ("how much does a crowdfunding platform take of 200k", "prg-crowdfunding-presale"),
        ("政银担出了损失怎么分", "gua-4321-anhui"),
        ("who pays if the loan goes bad, bank or guarantor, how is it split", "gua-4321-anhui"),
        ("广州风险补偿200万的贷款能补多少", "gua-gz-risk-comp"),
        ("互保的另外两家各贷了20万和40万，我要担多少责任", "prd-joint-guarantee"),
        ("我给朋友厂子担保了两百万，他要是还不上我要赔多少", "prd-joint-guarantee"),
        ("科技贷的风险补偿政府兜多少", "gua-gz-risk-comp"),
        ("担保八成的话剩下两成谁来出", "gua-4321-anhui"),
        ("保兑仓进货80万，保证金三成，能提多少货", "prd-baoduicang"),
        ("120万的设备走融资租赁，首付三成，每月租金多少", "prd-leasing"),
        ("账款里50万是半年内的，30万是一年以上的，能融多少", "prd-bocom-factoring"),
    ],
)
def test_a_sum_is_recognised_by_its_words(world: World, text: str, source: str) -> None:
    answer = worked_out(scene(world, text), "ask_terms")
    assert answer is not None
    assert source in answer.sources


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("店里租金一个月3万，能贷多少", "ask_match"),
        ("应收账款60万，存货40万，能办哪些贷款", "ask_match"),
        ("我有应收账款两百多万，能不能变现成贷款", "ask_match"),
        ("众筹是什么", "ask_definition"),
        ("担保费多少", "ask_guarantee"),
        ("有担保公司吗", "ask_guarantee"),
        ("微捷贷利率多少", "ask_terms"),
        ("众筹平台说先收3000，是真的吗", "ask_scam_check"),
        ("众筹筹了50万", "state_facts"),
        ("who do you share my data with", "ask_privacy"),
        ("the lease on my shop is 30k a month, how much can I borrow", "ask_match"),
        ("等额本息是什么意思呢", "ask_definition"),
        ("先息后本呢", "ask_terms"),
        ("还款表在哪看", "ask_process"),
        ("创业担保贷款是谁出的钱", "ask_definition"),
        ("没替谁担保过，能贷多少", "state_facts"),
        ("with the start-up guaranteed loan who pays the interest", "ask_subsidy"),
        ("把我的数据表导出来", "export_data"),
        ("do you share my file with the guarantor?", "ask_process"),
    ],
)
def test_other_questions_are_left_alone(world: World, text: str, intent: str) -> None:
    assert worked_out(scene(world, text), intent) is None


@pytest.mark.parametrize(("text", "language"), [("先息后本呢", "zh"), ("换成等额本金呢？", "zh"), ("and interest only?", "en")])
def test_another_way_of_repaying_repeats_the_sum(world: World, text: str, language: str) -> None:
    answer = worked_out(scene(world, text, language, amount_sought=300000, max_rate=0.048), "ask_terms")
    assert answer is not None
    assert "4.8%" in answer.replies[0].text


@pytest.mark.parametrize(
    ("text", "language", "real"),
    [
        ("那保证金20%呢", "zh", "到手24万元"),
        ("加上担保费每年1%，真实成本多少", "zh", "到手29.7万元"),
        ("and with a 3% fee up front?", "en", "You receive CNY 291,000"),
        ("with a guarantee fee of 1% and a 10% deposit held back, what does it really cost", "en", "You receive CNY 267,000"),
    ],
)
def test_fees_and_deposits_are_put_on_top_of_the_last_sum(world: World, text: str, language: str, real: str) -> None:
    asked = scene(world, text, language, amount_sought=300000, term_months=12)
    assert worked_out(asked, "ask_guarantee") is None  # nothing was worked out before
    again = asked.with_dialogue(asked.dialogue.but(reckoned=("300000", "12", "0.05")))
    answer = worked_out(again, "ask_guarantee")
    assert answer is not None
    assert real in answer.replies[0].text


@pytest.mark.parametrize(("text", "language"), [("随借随还，用10万，10天利息多少", "zh"), ("revolving, 100k for 10 days", "en")])
def test_a_sum_used_for_days_answers_nothing_that_stands_open(world: World, text: str, language: str) -> None:
    extraction = extract_facts(text, today=TODAY, asking="receivables")
    before = Dialogue(firm=Firm.of({"amount_sought": 300000}, TODAY), language=language, asking="receivables")
    taken = take(before, extraction, TODAY)
    heard = Understanding("ask_repayment", 0.9, extraction, (), language)
    answer = repayment(Scene(world, before.but(firm=taken.firm, asking=None), TODAY, heard, taken, text))  # the turn took it for an answer
    assert ("10万元" if language == "zh" else "CNY 100,000") in answer.replies[0].text
    assert dict(answer.dialogue.firm) == {"amount_sought": 300000}


def test_a_figure_with_a_name_stays_told_of_the_firm(world: World) -> None:
    asked = scene(world, "customers owe me 100k, revolving for 10 days, what interest", "en", amount_sought=300000)
    assert repayment(asked).dialogue.firm["receivables"] == 100000


def test_a_case_supposed_changes_nothing_about_the_firm(world: World) -> None:
    answer = worked_out(scene(world, "贷款100万要是坏了，4321各担多少", amount_sought=300000), "ask_guarantee")
    assert answer is not None
    assert answer.dialogue.firm["amount_sought"] == 300000


@pytest.mark.parametrize(
    "rest", ["", "bullet", "nothing:1:0:1", "bullet:x:0:1", "bullet:1:0:0", "bullet:1:0:601", "bullet:1:9:1", "bullet:-1:0:1"]
)
def test_a_table_of_no_loan_is_no_table(rest: str) -> None:
    assert table_pressed(rest, "zh") is None


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_table_button_gives_its_table(method: Method, language: str) -> None:
    button = table_button(Decimal("9999999999.99"), Decimal("0.054750"), 600, method, language)
    assert len(button.id.encode()) <= 64
    reply = table_pressed(button.id.removeprefix("y:"), language)
    assert reply is not None
    assert len(reply.files[0].content.splitlines()) == 601


@pytest.mark.parametrize(("text", "language"), [("随借随还，用20万用15天要多少钱", "zh"), ("revolving, 200k for 15 days", "en")])
def test_a_sum_used_for_days_changes_nothing_that_was_told(world: World, text: str, language: str) -> None:
    answer = repayment(scene(world, text, language, amount_sought=2_000_000))
    assert "296.67" in answer.replies[0].text  # 200,000 x 3.56 % x 15 / 360
    assert answer.dialogue.firm["amount_sought"] == 2_000_000
