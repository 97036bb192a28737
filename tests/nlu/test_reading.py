"""How statements are read: what is denied, wished or partly so, whose affair it is, which trade the words make the firm's own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from knowledge.firm import vocabulary
from nlu.cues.homophones import mended
from nlu.mentions import extract_facts
from nlu.reading.identity import is_credit_code

TODAY = date(2026, 11, 21)


def facts(text: str, asking: str | None = None) -> dict[str, Any]:
    return dict(extract_facts(text, today=TODAY, asking=asking).facts)


FLAGS = [
    ("官司没有", "in_litigation", False),
    ("有个官司", "in_litigation", True),
    ("官司还没判", "in_litigation", True),
    ("官司去年就结案了", "in_litigation", None),
    ("怕被起诉", "in_litigation", None),
    ("there is a lawsuit against us", "in_litigation", True),
    ("no lawsuit whatsoever", "in_litigation", False),
    ("保证人找不到", "guarantor", False),
    ("亲戚肯做担保", "guarantor", True),
    ("担保费怎么收", "guarantor", None),
    ("担保人征信不好行不行", "guarantor", None),
    ("没有担保人行不行", "guarantor", False),
    ("who can guarantee my loan", "guarantor", None),
    ("高企申报材料清单", "high_tech", None),
    ("高新企业", "high_tech", True),
    ("高新没评上", "high_tech", False),
    ("准备申报高新", "high_tech", None),
    ("五险都在缴", "social_insurance_paid", True),
    ("社保一直没缴", "social_insurance_paid", False),
    ("社保只给一部分人交了", "social_insurance_paid", None),
    ("民营的，不是国企", "private_owned", True),
    ("加盟的", "franchise", True),
    ("不是加盟", "franchise", False),
    ("加盟费多少", "franchise", None),
    ("失信名单：无", "blacklisted", False),
    ("欠税？没有", "tax_arrears", False),
]


@pytest.mark.parametrize(("text", "name", "value"), FLAGS)
def test_flags_follow_what_the_clause_says(text: str, name: str, value: bool | None) -> None:
    assert facts(text).get(name) is value


TRADES = [
    ("我开了个陶瓷批发部", "wholesale"),
    ("做陶瓷的厂", "industry"),
    ("以前在钢厂上班，现在开面馆", "catering"),
    ("给酒店送布草", None),
    ("我们厂有三十个人", "industry"),
    ("厂房可以抵押", None),
    ("欠租赁公司三十万", None),
    ("不做餐饮", None),
    ("开餐馆需要什么证", None),
    ("used to work in a factory, now I run a cafe", "catering"),
    ("we deliver to restaurants", None),
    ("I repair phones", "other"),
    ("8 year old freight forwarder", "transport"),
]


@pytest.mark.parametrize(("text", "value"), TRADES)
def test_a_trade_is_the_firms_own(text: str, value: str | None) -> None:
    assert facts(text).get("industry") == value


NOT_STATED = [
    "想明年把营业额做到五百万",
    "hoping to hit 10 million next year",
    "房东说房租要涨到两万",
    "the landlord wants a 50k deposit",
    "我侄子的店一年卖八百万",
    "新闻说今年放了五千亿贷款",
    "设备报价一百二十八万",
    "买车花了三十万",
    "孩子上学一年要四万",
    "do I need 50 employees",
    "电费一年三十多万",
    "这个城市有一千万人口",
    "这批货能赚十五万",
]


@pytest.mark.parametrize("text", NOT_STATED)
def test_figures_of_others_plans_and_prices_fill_nothing(text: str) -> None:
    money = {name for name in facts(text) if vocabulary()[name].type in ("money", "count", "months")}
    assert money == set()


FIGURES = [
    ("从四十个人减到了二十五个", "employees", 25),
    ("员工说成80了，应该是18", "employees", 18),
    ("去年利润从三十万涨到四十五万", "net_profit", 450000),
    ("短期借款加长期借款合计三百万", "short_term_debt", None),
    ("建行50万，农行30万，两笔贷款合计80万", "existing_loans", 800000),
    ("专利合计九项，其中发明两项", "patents", 9),
    ("六年老店", "age_months", 72),
    ("we're 6 people, consulting, 2 yrs old", "age_months", 24),
    ("为什么没有贷款能办", "existing_loans", None),
    ("如果我有房子抵押呢", "collateral", None),
    ("有没有出口方面的补贴", "export_revenue", None),
    ("没有出口", "export_revenue", 0),
    ("what if I pledge my flat", "collateral", None),
    ("个体户三年", "age_months", 36),
    ("三十万，分两年", "term_months", 24),
    ("我1980年出生", "owner_age", 46),
    ("一人一半", "owner_share", Decimal("0.5")),
    ("夫妻店", "employees", 2),
    ("没有存货", "inventory", 0),
    ("专利一个没有", "patents", 0),
    ("征信三个月查过两次", "credit_inquiries_3m", 2),
    ("纳税等级从A降到了B", "tax_grade", "B"),
    ("房子没有，有辆车可以抵押", "collateral", ("vehicle",)),
    ("no property, only machines to pledge", "collateral", ("equipment",)),
]


@pytest.mark.parametrize(("text", "name", "value"), FIGURES)
def test_figures_and_choices(text: str, name: str, value: Any) -> None:
    found = facts(text).get(name)
    assert found == (vocabulary()[name].parse(value) if value is not None else None)


@pytest.mark.parametrize(
    ("asking", "text", "value"),
    [
        ("platform_months", "开了两年", 24),
        ("total_assets", "厂房设备加起来八百万", 8000000),
        ("loan_matures_in_days", "还有两个月", 60),
        ("largest_customer_share", "不到四成", Decimal("0.4")),
        ("guarantor", "可以找我姐", True),
        ("high_tech", "没有，还没去评", False),
        ("social_insurance_paid", "只交了几个人的", None),
        ("tech_sme", "还在申请", None),
    ],
)
def test_answers_mean_the_fact_asked_for(asking: str, text: str, value: Any) -> None:
    found = facts(text, asking).get(asking)
    assert found == (vocabulary()[asking].parse(value) if value is not None else None)


@pytest.mark.parametrize(
    ("code", "right"),
    [("91350100M000100Y43", True), ("91350100M000100Y44", False), ("91350100M000100Y4", False), ("91350100I000100Y43", False)],
)
def test_a_credit_code_has_its_check_digit(code: str, right: bool) -> None:
    assert is_credit_code(code) is right
    assert (facts(f"信用代码{code}").get("uscc") == code) is right


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("代款", "贷款"),
        ("例润", "利润"),
        ("今连", "今年"),
        ("带宽", "带宽"),
        ("对于其他", "对于其他"),
        ("清单保存", "清单保存"),
        ("带货", "带货"),
    ],
)
def test_slips_are_mended_and_words_left_alone(typed: str, meant: str) -> None:
    assert mended(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "帮我订个酒店",
        "write python code to sort a list",
        "send me every new farm subsidy",
        "delete everything about my company",
        "房子抵押和信用贷哪个划算",
        "which is better, leasing or a bank loan",
        "短信说给我批了三十万额度，可信不",
    ],
)
def test_requests_comparisons_and_doubts_state_nothing(text: str) -> None:
    assert facts(text) == {}
