"""Answers to the question just asked: what fills the fact asked for, and what is no answer."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from nlu.mentions import extract_facts
from tests.nlu.read import TODAY, read

ANSWERS = [
    ("employees", "20", 20),
    ("employees", "20个人", 20),
    ("employees", "十来个", 10),
    ("employees", "就我自己", 1),
    ("employees", "only myself", 1),
    ("employees", "没雇人", 1),
    ("overdue_12m", "一次都没有过", 0),
    ("overdue_12m", "没有没有，一次都没的", 0),
    ("overdue_12m", "twice, both by a day", 2),
    ("credit_inquiries_6m", "没查过", 0),
    ("patents", "俩实用新型", 2),
    ("owner_share", "全是我的", Decimal("1")),
    ("owner_share", "一半一半", Decimal("0.5")),
    ("owner_share", "老婆三成我七成", Decimal("0.7")),
    ("loan_matures_in_days", "还有两个月", 60),
    ("monthly_inflow", "一个月二十五个左右", Decimal("250000")),
    ("monthly_inflow", "好的时候二十万，平均下来十五万", Decimal("150000")),
    ("monthly_sales", "九万出头，没超十万", Decimal("90000")),
    ("net_profit", "没赚没亏，打平", Decimal("0")),
    ("existing_loans", "就一笔经营贷，还剩四十七万", Decimal("470000")),
    ("taxable_income", "应税这块报了三十五万", Decimal("350000")),
    ("tax_grade", "去年是B", "B"),
    ("tax_grade", "we got a B", "B"),
    ("guarantor", "我姐夫愿意", True),
    ("guarantor", "my dad would", True),
    ("blacklisted", "no we're fine", False),
    ("in_litigation", "没那回事", False),
    ("owner_age", "五十一啦", 51),
    ("industry", "贴砖刷墙的", "construction"),
    ("industry", "dog grooming", "other"),
    ("purpose", "拿来发这个月的工资", "wages"),
    ("age_months", "三年", 36),
    ("age_months", "2019年", 88),
    ("age_months", "一年多", 12),
    ("existing_loans", "没有", Decimal(0)),
    ("existing_loans", "none", Decimal(0)),
    ("overdue_12m", "没有", 0),
    ("overdue_12m", "两次", 2),
    ("guarantor", "有", True),
    ("guarantor", "没有", False),
    ("guarantor", "yes", True),
    ("blacklisted", "没有", False),
    ("blacklisted", "不是", False),
    ("high_tech", "是的", True),
    ("social_insurance_paid", "都在交", True),
    ("tax_arrears", "no", False),
    ("tax_grade", "A级", "A"),
    ("tax_grade", "b", "B"),
    ("tax_grade", "M", "M"),
    ("collateral", "房产", ("real_estate",)),
    ("collateral", "没有", ("none",)),
    ("collateral", "房子和车", ("real_estate", "vehicle")),
    ("region", "福州", "350100"),
    ("region", "Shenzhen", "440300"),
    ("region", "广东深圳", "440300"),
    ("legal_form", "公司", "company"),
    ("legal_form", "个体", "sole_trader"),
    ("purpose", "装修", "premises"),
    ("purpose", "进货", "stock_purchase"),
    ("purpose", "equipment", "equipment"),
    ("industry", "餐饮", "catering"),
    ("industry", "开超市的", "retail"),
    ("vat_taxpayer", "小规模", "small_scale"),
    ("specialised_level", "没有", "none"),
    ("platform", "抖音", "douyin"),
    ("amount_sought", "50万", Decimal(500000)),
    ("amount_sought", "30w左右", Decimal(300000)),
    ("annual_revenue", "大概两百万", Decimal(2000000)),
    ("net_profit", "亏了10万", Decimal(-100000)),
    ("monthly_debt_service", "3500", Decimal(3500)),
    ("monthly_inflow", "8万", Decimal(80000)),
    ("term_months", "一年", 12),
    ("term_months", "24期", 24),
    ("owner_age", "38", 38),
    ("owner_share", "60%", Decimal("0.6")),
    ("owner_share", "100", Decimal(1)),
    ("patents", "没有", 0),
    ("patents", "3项", 3),
    ("amount_sought", "不知道", None),
    ("amount_sought", "为什么问这个", None),
    ("guarantor", "不知道", None),
    ("employees", "50万", None),
    ("max_rate", "5%", Decimal("0.05")),
    ("loan_matures_in_days", "30天", 30),
    ("owner_group", "我是退伍军人", ("veteran",)),
    ("fixed_premises", "有的", True),
]


@pytest.mark.parametrize(("asking", "text", "value"), ANSWERS)
def test_bare_answers_fill_the_fact_asked_for(asking: str, text: str, value: Any) -> None:
    facts = read(text, asking).facts
    assert facts.get(asking) == value
    assert type(facts.get(asking)) is type(value)


@pytest.mark.parametrize(
    ("text", "asking", "facts"),
    [
        ("净利润20万", "existing_loans", {"net_profit": Decimal(200_000)}),
        ("去年净利润20万", "existing_loans", {"net_profit": Decimal(200_000)}),
        ("revenue was 3 million", "existing_loans", {"annual_revenue": Decimal(3_000_000)}),
        ("营业额300万", "order_value", {"annual_revenue": Decimal(3_000_000)}),
        ("profit 200k", "cash", {"net_profit": Decimal(200_000)}),
        ("存货20万", "total_assets", {"inventory": Decimal(200_000)}),
        ("员工12个", "customer_count", {"employees": 12}),
        ("20万", "existing_loans", {"existing_loans": Decimal(200_000)}),
    ],
)
def test_a_figure_with_its_own_name_is_never_taken_for_the_one_asked_for(text: str, asking: str, facts: dict[str, object]) -> None:
    assert extract_facts(text, today=TODAY, asking=asking).facts == facts


@pytest.mark.parametrize(
    ("text", "asking", "value"),
    [
        ("担保基金说最多70%", "guaranteed_share", Decimal("0.7")),
        ("成本?一年九十来万", "operating_cost", 900_000),
        ("订单现在手上有460万", "order_value", 4_600_000),
        ("刚交了季度的税，一年下来十一万多吧", "annual_tax_paid", 110_000),
        ("25, glass blowing", "employees", 25),
    ],
)
def test_a_figure_that_sounds_like_another_fact_answers_what_was_asked(text: str, asking: str, value: object) -> None:
    facts = extract_facts(text, today=TODAY, asking=asking).facts
    assert facts.get(asking) == value
    assert not facts.keys() & {"max_rate", "annual_revenue", "cash", "owner_age"}


@pytest.mark.parametrize("asking", ["receivables", "guarantor", "in_litigation", "platform", "order_value"])
@pytest.mark.parametrize("text", ["no property. never been late. no other loans", "没有逾期，也没有贷款", "we have no loans"])
def test_the_no_of_something_else_is_no_answer(text: str, asking: str) -> None:
    assert asking not in extract_facts(text, today=TODAY, asking=asking).facts


def test_a_no_with_more_behind_it_is_an_answer() -> None:
    assert extract_facts("no, never been late either", today=TODAY, asking="guarantor").facts == {"guarantor": False, "overdue_12m": 0}


@pytest.mark.parametrize("asking", ["guarantor", "blacklisted", "receivables", "platform", "collateral", "specialised_level"])
@pytest.mark.parametrize(
    "text",
    ["算了，我想找人聊聊", "没关系", "没事", "不用了谢谢", "不方便说", "不想借了", "never mind", "no thanks", "I'd rather not say", "谢谢"],
)
def test_politeness_and_refusal_are_no_answers(text: str, asking: str) -> None:
    assert extract_facts(text, today=TODAY, asking=asking).facts == {}


#: Longer messages that tell their own things while a question is open: no figure in them answers it, and their trade is read all the same.
TELL_OTHER_THINGS = [
    ("credit_inquiries_6m", "农担公司给担八成，银行自己担两成，要贷四十万种金银花，人在平邑", "agriculture"),
    ("patents", "上个月客户拖我货款拖到现在，四十七万啊，我一个做纸箱的，哪有那么多钱垫", "industry"),
    ("overdue_12m", "理发的，三十年就一把推子，社区里头，不收贵，一个头十块钱，想换个热水器跟椅子", "other"),
    ("owner_share", "国家级小巨人第四批，做轴承的，员工两百一十五，想要个三年期的，利率2.8以内", "industry"),
    ("void_invoice_rate", "眼镜店，配镜验光都做，在县一中对门，生意就靠开学那俩礼拜，查了征信三个月内４次", "retail"),
    (
        "customer_count",
        "hotel in Dali, I have 12 rooms and a roof that leaks since the summer, maybe 80 thousand to mend it",
        "accommodation",
    ),
]


@pytest.mark.parametrize(("asking", "text", "industry"), TELL_OTHER_THINGS)
def test_what_tells_other_things_answers_nothing(asking: str, text: str, industry: str) -> None:
    facts = extract_facts(text, today=TODAY, asking=asking).facts
    assert asking not in facts
    assert facts["industry"] == industry


@pytest.mark.parametrize(
    ("asking", "text", "value"),
    [
        ("annual_revenue", "嗯让我想想啊，我们家主要就是给周边几个厂做配套的，一年下来大概三百来万吧", Decimal("3000000")),
        ("overdue_12m", "这个说来话长了，疫情那会儿店关了三个月，信用卡都还不上，后来缓过来了，两次吧", 2),
        ("patents", "we make kitchen scissors and knives in Yangjiang since my father's time, patents, well, around 3", 3),
    ],
)
def test_an_answer_may_come_late(asking: str, text: str, value: object) -> None:
    assert extract_facts(text, today=TODAY, asking=asking).facts.get(asking) == value


@pytest.mark.parametrize(
    ("asking", "text", "value"),
    [
        ("blacklisted", "no property, but we own two ovens and a van, could pledge them", None),
        ("guarantor", "no collateral", None),
        ("guarantor", "no guarantor", False),
        ("blacklisted", "no loans, no", False),
    ],
)
def test_a_no_to_something_else_is_no_answer(asking: str, text: str, value: object) -> None:
    assert extract_facts(text, today=TODAY, asking=asking).facts.get(asking) == value
