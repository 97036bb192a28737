"""Facts that words state: places, trades, purposes, security, names and flags, in words of many kinds, with what only looks like them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nlu.cues.patterns import Pattern
from nlu.mentions import extract_facts

TODAY = date(2026, 11, 21)


def facts(text: str, asking: str | None = None) -> dict[str, Any]:
    return dict(extract_facts(text, today=TODAY, asking=asking).facts)


PLACES = [
    ("We run a small tannery in Xinji, forty people", "130181"),
    ("noodle stall near Zhangqiu District", "370114"),
    ("Golmud, salt lake works, 20 men", "632801"),
    ("bamboo flooring, Anji county", "330523"),
    ("厂子在柯桥，客户都在上海", "330603"),
    ("我是灌云做渔具的", "320723"),
    ("从广州进货，店开在阳朔", "450321"),
    ("俺单县嘞，喝羊汤的地方", "371722"),
    ("我在汉口租了个档口", "420100"),
    ("上海客户欠我钱", None),
    ("Sichuan restaurant in Dalian", "210200"),
    ("my buyers are in Shenzhen", None),
    ("有五台车，九台设备", None),
    ("I have a village hukou", None),
    ("在兴业贷过款", None),
]


@pytest.mark.parametrize(("text", "code"), PLACES)
def test_places_by_any_usual_name(text: str, code: str | None) -> None:
    assert facts(text).get("region") == code


TRADES = [
    ("我在老家烧青砖的", "industry"),
    ("跟我爸一起做藤椅的", "industry"),
    ("厂里主要生产橡胶密封件", "industry"),
    ("We weld trailers for farmers", "industry"),
    ("we make kazoos and whistles", "industry"),
    ("gearbox castings, Wuxi, 80 people", "industry"),
    ("养鸵鸟的，一百多只", "agriculture"),
    ("种了三十亩莲藕", "agriculture"),
    ("we keep laying hens and a few geese", "agriculture"),
    ("给各个学校食堂供蔬菜的", "wholesale"),
    ("医疗耗材代理的", "wholesale"),
    ("we supply cleaning goods to hotels and schools", "wholesale"),
    ("steel trading, Tangshan", "wholesale"),
    ("在小区门口开了个炒货店", "retail"),
    ("I run a guitar shop", "retail"),
    ("kebab place with thirty seats", "catering"),
    ("做羊汤馆的", "catering"),
    ("有三台半挂跑长途的", "transport"),
    ("we haul gravel with six tippers", "transport"),
    ("the ZTO outlet in our town is mine", "postal"),
    ("库里的货都是客户的，我只收仓储费", "warehousing"),
    ("we store other people's wine", "warehousing"),
    ("带一帮人给人贴瓷砖的", "construction"),
    ("rewiring old houses, five of us", "construction"),
    ("旧小区没人管，我们接下来打理的", "property_management"),
    ("letting agency with four agents", "real_estate"),
    ("二手房中介", "real_estate"),
    ("we run an online job board", "information_transmission"),
    ("给医院写排班系统的", "software_it"),
    ("出租脚手架和扣件的", "leasing_business_services"),
    ("we mend clocks and watches", "other"),
    ("上门给人清洗地毯的", "other"),
    ("我是公司会计，老板让我来问", None),
    ("the supermarket pays late", None),
    ("还欠租赁公司八万", None),
    ("I left school at sixteen", None),
    ("my seal went by courier", None),
]


@pytest.mark.parametrize(("text", "value"), TRADES)
def test_trades_in_everyday_words(text: str, value: str | None) -> None:
    assert facts(text).get("industry") == value


PURPOSES = [
    ("想借八万把鸡舍重新搭一下", "premises"),
    ("need 90k to redo the kitchen floor", "premises"),
    ("要二十万换台新的烘干机", "equipment"),
    ("Want 300k for a second packing line", "equipment"),
    ("工人两个月没拿到工钱了，想先借五万", "wages"),
    ("looking for 60k, I have to pay the pickers before they go home", "wages"),
    ("I need 200k to swap three dear loans for one", "refinance"),
    ("借四十万开发新一代传感器", "rd"),
    ("need 100k to carry our export orders", "export"),
    ("借三万进一批年货", "stock_purchase"),
    ("I would like 20k to buy willow and cane", "stock_purchase"),
    ("想贷六千，交罚款用", "other"),
    ("还欠着装修贷七万", None),
    ("去年买设备花了三十万", None),
    ("库存一个月周转一次", None),
]


@pytest.mark.parametrize(("text", "value"), PURPOSES)
def test_what_the_money_is_for(text: str, value: str | None) -> None:
    assert facts(text).get("purpose") == value


SAID = [
    ("能拿我那台收割机抵押吗", "collateral", ("equipment",)),
    ("Security: none", "collateral", ("none",)),
    ("啥也拿不出来抵", "collateral", ("none",)),
    ("nothing to pledge but two pickups", "collateral", ("vehicle",)),
    ("房子已经抵押给银行了", "collateral", None),
    ("房子是租的，货车能抵押", "collateral", ("vehicle",)),
    ("推个三轮车卖水果，没店", "fixed_premises", False),
    ("国道边租的院子修车", "fixed_premises", True),
    ("房租每月六千", "fixed_premises", None),
    ("以前上过失信名单，去年移出来了", "blacklisted", False),
    ("I was on the court list, that is cleared", "blacklisted", False),
    ("高新证书到期没续", "high_tech", False),
    ("给海信做注塑件", "core_buyer", True),
    ("most goes to Midea", "core_buyer", True),
    ("帮果农存苹果", "core_buyer", None),
    ("我姐夫答应签字当担保人", "guarantor", True),
    ("nobody will sign for me", "guarantor", False),
    ("淘宝店关了，现在只做拼多多", "platform", "pinduoduo"),
    ("抖音和天猫都有店，主要是天猫", "platform", "taobao_tmall"),
    ("no internet sales", "platform", "none"),
    ("I served six years in the navy", "owner_group", ("veteran",)),
    ("招的工人都是村里妇女", "owner_group", None),
    ("Company: Beihai Coral Trading Co., Ltd.", "firm_name", "Beihai Coral Trading Co., Ltd."),
    ("宝鸡市恒远钛业有限公司，做钛棒", "firm_name", "宝鸡市恒远钛业有限公司"),
    ("欠宝鸡市恒远钛业有限公司货款", "firm_name", None),
    ("small-scale until we moved to general in May", "vat_taxpayer", "general"),
    ("the firm is entirely private, family money", "private_owned", True),
    ("眼下一张订单没有", "order_value", 0),
    ("银行一分没欠", "existing_loans", 0),
]


@pytest.mark.parametrize(("text", "name", "value"), SAID)
def test_flags_choices_and_names(text: str, name: str, value: Any) -> None:
    assert facts(text).get(name) == value


ANSWERED = [
    ("firm_name", "就叫老陈豆腐坊", "老陈豆腐坊"),
    ("firm_name", "不想说", None),
    ("collateral", "order by most", None),
    ("collateral", "our orders", ("orders",)),
    ("tax_grade", "去年B，今年升到A了", "A"),
    ("tax_grade", "they moved us down to C", "C"),
    ("high_tech", "lapsed two years ago, so no", False),
    ("social_insurance_paid", "月月都交", True),
    ("vat_taxpayer", "一般的，能抵扣", "general"),
    ("collateral", "nothing. the car is leased", ("none",)),
    ("cash", "就几台冰柜和一辆货车了", None),
    ("collateral", "we want to buy two more trucks, around 600k", None),
    ("collateral", "想再买两台车跑运输，大概要40万", None),
    ("collateral", "想买台车，家里那套房可以抵押", ("real_estate",)),
    ("age_months", "想贷30万，三年", None),
    ("receivables", "no, don't send", None),
    ("receivables", "no, don't have any", 0),
    ("receivables", "不用了，先别发", None),
    ("age_months", "想贷800万买五轴机床，三年期", None),
    ("age_months", "想贷30万，开了三年", 36),
]


@pytest.mark.parametrize(("asking", "text", "value"), ANSWERED)
def test_roundabout_answers(asking: str, text: str, value: Any) -> None:
    assert facts(text, asking).get(asking) == value


@pytest.mark.parametrize("text", ["ab cd", "xab", "ab", "cdab ab", "", "b ab"])
def test_a_shared_word_boundary_changes_no_match(text: str) -> None:
    """The split pattern finds what the plain alternation finds."""
    import re

    words = r"\bab\b|\bcd|b$"
    assert [match.span() for match in Pattern(words).finditer(text)] == [match.span() for match in re.finditer(words, text)]
