"""General ways of saying a trade, a place, a flag or a choice, as the rules alone read them, with what only looks like them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nlu.mentions import by_rules

TODAY = date(2026, 11, 21)


def facts(text: str, asking: str | None = None) -> dict[str, Any]:
    return dict(by_rules(text, today=TODAY, asking=asking)[0].facts)


TRADES = [
    ("我们做粉笔头的", "industry"),
    ("俺家专做门墩石", "industry"),
    ("主产竹签", "industry"),
    ("在家编蒲团的", "industry"),
    ("做 bamboo fan 的，八个人", "industry"),
    ("热镀锌，六十来号人", "industry"),
    ("weaving basket lids in Fuyang, eleven women", "industry"),
    ("the firm spins hemp twine", "industry"),
    ("Bagpipe reeds. Two of us.", "industry"),
    ("养蓝孔雀蛋的", "agriculture"),
    ("Came home to raise bamboo rats", "agriculture"),
    ("修老座钟的", "other"),
    ("mending violins, just me", "other"),
    ("I sharpen knives and scissors", "other"),
    ("Wuhan pet clinic, two vets", "other"),
    ("seller of tractor parts to dealers", "wholesale"),
    ("Sixteen of us install sprinklers", "construction"),
    ("we do the books for 210 firms", "leasing_business_services"),
    ("Outsourced IT for notaries", "software_it"),
    ("my cousin makes puppets, weaving lids", None),
    ("we blend nothing", None),
    ("科小入库编号有的", None),
    ("这是一种生活的态度", None),
]


@pytest.mark.parametrize(("text", "value"), TRADES)
def test_trades_whose_goods_no_table_knows(text: str, value: str | None) -> None:
    assert facts(text).get("industry") == value


PLACES = [
    ("店在上海长宁，三个人", "310105"),
    ("位于深圳宝安石岩", "440306"),
    ("公司在台州路桥", "331004"),
    ("光山做羽绒服的", "411522"),
    ("came home to Zhoukou and opened a shop", "411600"),
    ("moved here from Xiamen, shop is in Quanzhou now", "350500"),
    ("Kaifeng's Lankao county", "410225"),
    ("six years in Zhangye", "620700"),
    ("六成都是他家的", None),
    ("开铝合金门窗店的", None),
    ("拉新会员要打广告", None),
    ("village station, came home from the Shenzhen factories", None),
    ("我表弟在株洲也做这个", None),
]


@pytest.mark.parametrize(("text", "code"), PLACES)
def test_places_and_what_only_looks_like_one(text: str, code: str | None) -> None:
    assert facts(text).get("region") == code


SAID = [
    ("我大舅哥在烟草局，他肯签字", "guarantor", True),
    ("担保人填我大哥", "guarantor", True),
    ("我给战友担保，他跑了", "guarantor", None),
    ("no one in my family would stand behind me", "guarantor", False),
    ("应收全是京东方的", "core_buyer", True),
    ("Chery is half our sales", "core_buyer", True),
    ("甲方是教体局", "government_contract", True),
    ("contract with the parks department", "government_contract", True),
    ("we are not government suppliers", "government_contract", False),
    ("a parent is suing us", "in_litigation", True),
    ("是我告人家，欠我十八万", "in_litigation", True),
    ("no court stuff, no blacklists", "in_litigation", False),
    ("欠过税，八月补齐了", "tax_arrears", False),
    ("欠着税，还没补齐", "tax_arrears", True),
    ("the building's ours", "fixed_premises", True),
    ("有门脸有作坊", "fixed_premises", True),
    ("厂房是 lease 的", "fixed_premises", True),
    ("A stall, not a shop", "fixed_premises", False),
    ("no shop on the internet", "fixed_premises", None),
    ("本人女，39岁", "owner_group", ("woman",)),
    ("I trade as Old Moon Books", "firm_name", "Old Moon Books"),
    ("we're called Little Bamboo Kids Studio, in Zigong", "firm_name", "Little Bamboo Kids Studio"),
    ("Glasses shop Anqing, 20 yrs same street", "age_months", 240),
    ("能押的就一台厢货", "collateral", ("vehicle",)),
    ("My tax grade fell to C since I filed late", "tax_grade", "C"),
]


@pytest.mark.parametrize(("text", "name", "value"), SAID)
def test_flags_choices_and_names(text: str, name: str, value: Any) -> None:
    assert facts(text).get(name) == value


ANSWERED = [
    ("guarantor", "My old headmaster has offered", True),
    ("guarantor", "前天又反悔了", False),
    ("guarantor", "had one, he backed out", False),
    ("guarantor", "I'd have to ask", None),
    ("government_contract", "had one, ended 2024", False),
    ("owner_group", "ex navy", ("veteran",)),
    ("legal_form", "俩人合伙", "partnership"),
    ("tax_grade", "以前B现在A", "A"),
    ("platform", "closed the JD shop, none now", "none"),
    ("platform", "以前有淘宝，关了", "none"),
    ("firm_name", "抬头写德昌源商贸行", "德昌源商贸行"),
    ("firm_name", "Shop name is 阿芳糖水", "阿芳糖水"),
    ("firm_name", "Name's Jinhua Star Sports Rehab Ltd", "Jinhua Star Sports Rehab Ltd"),
    ("firm_name", "Shop is called Auntie Sun's Pancakes", "Auntie Sun's Pancakes"),
    ("vat_taxpayer", "was small, general since July", "general"),
    ("private_owned", "state-owned until 2012, private since", True),
]


@pytest.mark.parametrize(("asking", "text", "value"), ANSWERED)
def test_short_answers(asking: str, text: str, value: Any) -> None:
    assert facts(text, asking).get(asking) == value
