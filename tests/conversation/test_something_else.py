"""What is told of something else than the firm's facts: old loans, limits, pieces, several buyers, adverts; and what is taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.conversation.answers.heard_beside import told
from bot.conversation.facts import Taken
from bot.conversation.heard import Heard
from bot.conversation.model import Dialogue, Understanding
from bot.conversation.something_else import bare_sum_left_open, is_advert, is_notice, without_something_else
from bot.conversation.taken_back import without_jest
from bot.conversation.turn import turn
from bot.conversation.world import Scene, World
from knowledge.firm import Firm
from nlu.mentions import extract_facts

TODAY = date(2026, 11, 27)


def stated(text: str, asking: str | None = None) -> dict[str, Any]:
    plain = extract_facts(text, today=TODAY)
    heard = extract_facts(text, today=TODAY, asking=asking) if asking else plain
    return without_something_else(heard, plain, text, asking).facts


@pytest.mark.parametrize(
    ("asking", "text", "fact", "value"),
    [
        (None, "信用社贷的 三年期的 每个月都按时还的", "term_months", None), (None, "想贷20万，三年期", "term_months", 36),
        (None, "现在有招商的授信2000万", "amount_sought", None), (None, "有200万授信，还想再要100万", "amount_sought", 1_000_000),
        (None, "他说有50万", "amount_sought", None), (None, "最大的两个客户占六成", "largest_customer_share", None),
        (None, "我们有两个大客户，最大的占五成", "largest_customer_share", "0.5"), (None, "合作社社员能多贷点不", "legal_form", None),
        (None, "我们是合作社，社员50户", "legal_form", "cooperative"), (None, "还想再做个200万的设备更新", "annual_revenue", None),
        (None, "一笔是设备抵押的 一笔是我房子抵押的", "collateral", None), (None, "房子可以抵押", "collateral", ("real_estate",)),
        (None, "工人12个 干了七八年的", "age_months", None), (None, "店开了七八年，员工干得久的也有五年", "age_months", 90),
        (None, "货全泡了 三十多万的货啊", "inventory", None), (None, "有12个软著2个发明", "patents", None),
        (None, "我们有5个发明专利", "patents", 5), (None, "保险没买", "social_insurance_paid", None),
        (None, "社保没买", "social_insurance_paid", False), (None, "上年营收2350万", "annual_revenue", 23_500_000),
        (None, "我这8万 邮储和建行哪家好", "existing_loans", None), (None, "我这8万还没还", "existing_loans", 80_000),
        (None, "网贷七八笔，加起来二十多万", "existing_loans", 200_000), (None, "网贷七八笔，加起来二十多万", "amount_sought", None),
        (None, "想把网贷加起来20万换成银行的", "amount_sought", 200_000),
        ("annual_revenue", "设备原值有两百多万吧现在可能就值一百来万", "annual_revenue", None),
        ("amount_sought", "快餐店，一年一百二十万左右，员工6个", "amount_sought", None), ("amount_sought", "120万",
        "amount_sought", 1_200_000),
        ("annual_revenue", "想再买一百只母羊 得十五六万", "annual_revenue", None),
        ("annual_revenue", "去年亏了二十来万 前年赚了四十几万", "annual_revenue", None), ("annual_revenue", "二十来万",
        "annual_revenue", 200_000),
        ("monthly_inflow", "一天卖两百个 一个八块", "monthly_inflow", None), ("monthly_inflow", "八万", "monthly_inflow", 80_000),
        ("age_months", "去年做了70万 今年估计只有50", "age_months", None),
        ("employees", "网贷一共十三万吧 年化18的都有", "employees", None), ("employees", "18", "employees", 18),
    ],
)  # fmt: skip
def test_what_belongs_to_something_else_is_no_fact_of_the_firm(asking: str | None, text: str, fact: str, value: object) -> None:
    found = stated(text, asking).get(fact)
    assert (str(found) if isinstance(value, str) else found) == value


ADVERTS = [
    "【建设银行】尊敬的客户，您已获得预审批额度50万元，年利率低至3.45%，点击链接提款，回T退订",
    "恭喜您获得30万备用金额度，点击领取，拒收请回复R",
]


@pytest.mark.parametrize("text", ADVERTS)
def test_of_an_advert_nothing_is_noted_and_it_is_called_one(world: World, text: str) -> None:
    heard = Understanding(
        "unsubscribe", 0.9, without_something_else(extract_facts(text, today=TODAY), extract_facts(text, today=TODAY), text, None), (), "zh"
    )
    answer = turn(Dialogue(), Heard(text=text), heard, world, TODAY)
    assert answer.dialogue.firm == Firm()
    assert "推广短信" in answer.replies[0].text


@pytest.mark.parametrize(
    ("text", "advert", "notice"),
    [
        ("我有个额度50万，利率3.45%", False, False), ("【微众银行】您的贷款本期应还4,862.30元，将于12月3日自动扣款", False, True),
        ("建行说给我50万额度", False, False), (ADVERTS[0], True, False),
    ],
)  # fmt: skip
def test_an_advert_is_told_from_a_notice_and_from_words_of_the_owner(text: str, advert: bool, notice: bool) -> None:
    assert (is_advert(text), is_notice(text)) == (advert, notice)


@pytest.mark.parametrize(("recent", "left"), [(("amount_sought", "employees"), True), (("employees", "amount_sought"), False)])
def test_a_bare_sum_corrects_only_what_was_told_last(recent: tuple[str, ...], left: bool) -> None:
    dialogue = Dialogue(firm=Firm.of({"amount_sought": 150_000, "employees": 8}, TODAY), recent=recent, asking="industry")
    assert (bare_sum_left_open(extract_facts("40万", today=TODAY), "40万", dialogue, TODAY).facts == {}) is left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("哈哈开玩笑的", None),
        ("逗你玩的，其实我修鞋", None),
        ("just kidding", None),
        ("你是在开玩笑吗", 100_000_000),
        ("20万", 100_000_000),
    ],
)
def test_what_was_said_in_jest_is_taken_back(text: str, left: int | None) -> None:
    dialogue = Dialogue(firm=Firm.of({"amount_sought": 100_000_000}, TODAY), recent=("amount_sought",))
    assert without_jest(text, dialogue)[0].firm.get("amount_sought") == left


@pytest.mark.parametrize(
    ("text", "says", "buttons"),
    [
        ("年化18", "18%", ()), ("利息年化4.2", "不算高", ()), ("想找年化5以下的", None, ()), ("大两个大客户占六成", "六成", ()),
        ("前五大客户占比72%", "72%", ()), ("一天卖两百个 一个八块", "1,600元", ("a:annual_revenue:576000", "a:monthly_inflow:48000")),
        ("每天卖800块", "800元", ("a:annual_revenue:288000", "a:monthly_inflow:24000")), ("一天好的时候两千多差的时候一千", None, ()),
    ],
)  # fmt: skip
def test_figures_beside_the_facts_are_answered(world: World, text: str, says: str | None, buttons: tuple[str, ...]) -> None:
    heard = Understanding("state_facts", 0.9, extract_facts(text, today=TODAY), (), "zh")
    answer = told(Scene(world, Dialogue(), TODAY, heard, Taken(Firm(), (), False), text))
    assert (answer is None) is (says is None)
    if answer is not None:
        assert str(says) in answer.replies[0].text
        assert tuple(button.id for button in answer.replies[0].buttons) == buttons


@pytest.mark.parametrize(
    ("text", "kept", "asked"),
    [("网贷有点多七八笔 加起来二十多万", 600_000, True), ("不对，贷款一共20万", 200_000, False), ("贷款余额还有50万", 500_000, False)],
)
def test_small_loans_beside_a_loan_are_asked_about(world: World, text: str, kept: int, asked: bool) -> None:
    dialogue = Dialogue(firm=Firm.of({"existing_loans": 600_000}, TODAY), recent=("existing_loans",))
    heard = Understanding("state_facts", 0.95, extract_facts(text, today=TODAY), (), "zh")
    answer = turn(dialogue, Heard(text=text), heard, world, TODAY)
    assert answer.dialogue.firm.get("existing_loans") == kept
    assert ("a:existing_loans:800000" in {button.id for reply in answer.replies for button in reply.buttons}) is asked
