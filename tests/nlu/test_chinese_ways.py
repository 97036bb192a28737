"""Further ways in which Chinese owners tell figures and facts, by kind of saying; None is what must not be read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nlu.mentions import by_rules
from nlu.quantities import quantities
from nlu.text import normalise

TODAY = date(2026, 11, 21)

WAYS: list[tuple[str, dict[str, Any]]] = [
    # what a trade calls its takings
    ("一年学费收六十八万", {"annual_revenue": 680000}),
    ("五个律师三个助理，创收五百二十万", {"annual_revenue": 5200000, "employees": 8}),
    ("一个月有二十来万的营业额", {"monthly_sales": 200000, "annual_revenue": None}),
    ("上半年做了两百万，去年全年三百九十万", {"annual_revenue": 3900000}),
    # goods by the place where they lie
    ("货架上的东西加一块儿二十来万", {"inventory": 200000}),
    ("院子里堆的木头大概六十万", {"inventory": 600000}),
    ("收来的二手车压着一百六十万本钱", {"inventory": 1600000, "receivables": None}),
    ("厨房里摆的货值三万块", {"inventory": 30000, "collateral_value": None}),
    # who owes the firm, and what the firm owes for goods
    ("外面客户还差我十几万没给", {"receivables": 100000, "inventory": None}),
    ("打白条的有二十八万", {"receivables": 280000}),
    ("欠条一大摞，算下来五十六万", {"receivables": 560000}),
    ("饲料厂那边赊了三十几万", {"receivables": None, "existing_loans": None}),
    # loans by their lender
    ("我贷着九十万", {"existing_loans": 900000, "amount_sought": None}),
    ("总资产五百二十万，欠湖北银行一百六十万", {"existing_loans": 1600000, "total_liabilities": None}),
    ("是不是欠的那二百一十万就好续了", {"existing_loans": 2100000}),
    ("卡车按揭，每月三千二", {"monthly_debt_service": 3200}),
    ("借五十万还民间的，那边一个月两分五", {"amount_sought": 500000, "term_months": None}),
    ("借二十万，就使一年", {"amount_sought": 200000, "term_months": 12}),
    # the worth of what is pledged
    ("评估公司给了四百五十万，拿专利做质押", {"collateral_value": 4500000}),
    ("存单六十万可以押", {"collateral_value": 600000, "existing_loans": None}),
    # people, post by post
    ("请了九个人，开车的六个，装卸三个", {"employees": 9}),
    ("技术五个人运营两个", {"employees": 7}),
    ("裁缝八个，哦还有烫工三个", {"employees": 11}),
    ("护士医生加起来11个", {"employees": 11}),
    ("工人从三十多个减到十八个", {"employees": 18}),
    ("员工从五十个走得剩七个", {"employees": 7}),
    ("船员七个连我", {"employees": 7}),
    ("住了三十一个老人，护工八个", {"employees": 8}),
    ("工人九个，我五十八了", {"employees": 9, "owner_age": 58}),
    # customers by number and share
    ("供着三十八家酒吧，单家最多占百分之九", {"customer_count": 38, "largest_customer_share": "0.09", "max_rate": None}),
    ("给二十六所学校送餐", {"customer_count": 26}),
    ("客户二十来家，最大那家占了快一半", {"customer_count": 20, "largest_customer_share": "0.5"}),
    # time
    ("十月份刚办的营业执照", {"age_months": 1}),
    ("十二月刚开的店", {"age_months": 11}),
    ("刚满两年", {"age_months": 24}),
    ("小超市开了有十五六年了嘛", {"age_months": 186}),
    ("干了二十七八年", {"age_months": 330}),
    ("想贷二十万五年", {"amount_sought": 200_000, "term_months": 60}),
    ("零九年到现在一直做豆腐", {"age_months": 208}),
    ("天猫五年了，卖渔具", {"platform_months": 60, "age_months": None}),
    ("去年列过经营异常，今年三月移出来了", {"age_months": None}),
    # papers and rates
    ("去年作废发票多了点，占3%的样子", {"void_invoice_rate": "0.03"}),
    ("听说农业贷款有三个点的，利息真有这么低", {"max_rate": None}),
    ("我手里有四十八万的电子商票", {"cash": None}),
    ("去年研发新配方花了六万八", {"rd_spend": 68000}),
    ("小規模納稅人，一年交稅四千多", {"vat_taxpayer": "small_scale", "annual_tax_paid": 4000}),
    # customers that are large or public
    ("我们的甲方是中国电信", {"core_buyer": True}),
    ("大单都是建行的", {"core_buyer": True}),
    ("给瑞幸的供应商供杯盖", {"core_buyer": None}),
    ("跟县中医院签了三年的保洁合同", {"government_contract": True, "age_months": None}),
    ("承包了镇政府的绿化养护", {"government_contract": True}),
    ("甲方是中铁二局", {"government_contract": None}),
    # what the money buys
    ("想添三台平缝", {"purpose": "equipment"}),
    ("借八万再来一台大的", {"purpose": "equipment", "amount_sought": 80000}),
    ("打算再开三间门店，要八十万", {"purpose": "premises"}),
    ("要八十万，付新厂房的首付", {"purpose": "premises"}),
    ("借五十万收花生", {"purpose": "stock_purchase"}),
    ("得先收两百吨红枣，缺口一百五十万", {"purpose": "stock_purchase"}),
    ("贷三十万收两分利息贵不贵", {"purpose": None}),
    ("这钱我想借来进货的", {"purpose": "stock_purchase"}),
    # places, names, platforms, troubles
    ("楼是跟镇里租的", {"fixed_premises": True}),
    ("档口，一个月租一万一", {"fixed_premises": True}),
    ("名字佛山市南海区顺和五金加工店", {"firm_name": "佛山市南海区顺和五金加工店"}),
    ("执照上写的有限公司", {"firm_name": None}),
    ("替淘宝卖家发货的", {"platform": None}),
    ("给京东物流做配送的", {"platform": None}),
    ("没跟谁打过官司，也没被谁告过", {"in_litigation": False}),
    ("老公失信了，我能不能自己贷", {"blacklisted": None}),
    ("做不锈钢水槽出口的", {"export_revenue": None}),
    # trades
    ("做椰子鸡的，四家直营店", {"industry": "catering"}),
    ("冷库出租，五千吨", {"industry": "warehousing"}),
    ("给学校做厕所改造的", {"industry": "construction"}),
    ("滑雪场边上租雪具的", {"industry": "leasing_business_services"}),
    ("开在高速服务区的超市", {"industry": "retail"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "stated"), WAYS)
def test_ways_of_saying(text: str, stated: dict[str, Any]) -> None:
    got = by_rules(text, today=TODAY)[0].facts
    read = {name: got.get(name) for name in stated}
    assert {name: str(value) for name, value in read.items()} == {name: str(value) for name, value in stated.items()}


@pytest.mark.parametrize(("text", "values"), [
    ("百把万", ["1000000"]), ("百把个人", ["100"]), ("二百零几万", ["2000000"]), ("十万块三年", ["100000", "36"]),
    ("三块五", ["3.5"]), ("三一重工的活", []), ("三一的单子", []),
])  # fmt: skip
def test_numbers_as_they_are_said(text: str, values: list[str]) -> None:
    assert [str(quantity.value) for quantity in quantities(text, today=TODAY)] == values


def test_traditional_characters_are_read_as_their_simple_forms() -> None:
    assert normalise("鋪頭裝修，廚師兩個，銷售額") == "铺头装修，厨师两个，销售额"
