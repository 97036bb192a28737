"""Flags and choices as Chinese owners say them in a whole clause, and clauses with the same words that say nothing of their firm."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nlu.mentions import by_rules, extract_facts

TODAY = date(2026, 11, 21)

SAID: list[tuple[str, str, Any]] = [
    # what it is
    ("我挂的照写的是个体户，做早点", "legal_form", "sole_trader"),
    ("上个月刚把个体转成公司了", "legal_form", "company"),
    ("后年打算注册一家公司", "legal_form", None),
    ("听说个体户年入120万以下免税", "legal_form", None),
    ("供货的那家是小规模，抵扣不了", "vat_taxpayer", None),
    ("我们是县属国企", "private_owned", False),
    ("股份都归村集体", "private_owned", False),
    ("民营企业那个贷款，找谁办？", "private_owned", None),
    # its tax grade
    ("年初从A掉到B了，就因为晚报一次", "tax_grade", "B"),
    ("早先评过D，如今是C了", "tax_grade", "C"),
    ("税务评级，拿的是A", "tax_grade", "A"),
    ("利息太高，想把那几张信用卡换成一笔低息的", "purpose", "refinance"),
    ("税款还没补上", "tax_arrears", True),
    ("厂里下岗以后摆摊卖水果", "industry", "retail"),
    ("对门那家厂是A级", "tax_grade", None),
    ("千万别掉到C", "tax_grade", None),
    # its titles
    ("磨了八年，终于评上了专精特新", "specialised_level", "specialised"),
    ("小巨人也好专精特新也好，我们统统没有", "specialised_level", "none"),
    ("园区里有六家专精特新，我们供其中一家", "specialised_level", None),
    ("申报小巨人要几个专利？", "specialised_level", None),
    ("开理发店的，哪来什么高新", "high_tech", False),
    ("从没报过科技型中小企业", "tech_sme", False),
    # its standing
    ("上了失信名单的人还能开店吗", "blacklisted", None),
    ("一桩未结的案子，跟房东", "in_litigation", None),
    ("还有一桩未结的案子，跟房东", "in_litigation", True),
    ("法院的门我都没进过", "in_litigation", False),
    ("增值税欠缴着，专管员来过两回", "tax_arrears", True),
    ("客户欠税被封，我的货款悬着", "tax_arrears", None),
    # whom it has behind it and whom it sells to
    ("亲戚都不肯签字", "guarantor", False),
    ("联系好了一家担保公司", "guarantor", True),
    ("没签过政府采购合同", "government_contract", False),
    ("听人说政府采购回款慢", "government_contract", None),
    ("大厂的单子一个都没有", "core_buyer", False),
    ("请的全是临时工，哪里买得起社保", "social_insurance_paid", False),
    ("给伙计们上了五险，没断过", "social_insurance_paid", True),
    ("没给伙计们上五险", "social_insurance_paid", False),
    ("不挂别人的牌子，自己琢磨的方子", "franchise", False),
    # where it sells
    ("卖布走档口，淘宝拼多多都没上过", "platform", "none"),
    ("在狗东开的店，卖电饭煲", "platform", "jd"),
    ("淘宝上买了台封口机", "platform", None),
    ("抖音上看见人家卖这个，挺火", "platform", None),
    ("没租办公室，各在自己家里干", "fixed_premises", False),
    ("以前没门面，去年租了一间", "fixed_premises", True),
    # who the owner is
    ("毕业两年内的高校毕业生，开了家打印店", "owner_group", ("graduate",)),
    ("手艺带回老家开了个鞋厂", "owner_group", ("returning_migrant",)),
    ("法定代表人性别：女", "owner_group", ("woman",)),
    ("客户都是女的", "owner_group", None),
    ("好多人返乡，镇上热闹了", "owner_group", None),
    ("我名字在法院黑名单上", "in_litigation", None),
    ("老婆失业了，没收入", "owner_group", None),
    ("有个同学的公司是科技型中小企业", "tech_sme", None),
    # what the money is for
    ("三笔旧债合成一笔", "purpose", "refinance"),
    ("无还本续贷怎么申请", "purpose", None),
    ("师傅们都等着领工钱，垫不动了", "purpose", "wages"),
    ("小试过了，想借点钱做样机", "purpose", "rd"),
    ("外贸单子收汇慢，借钱撑着", "purpose", "export"),
    ("烤箱坏了，想换台大的，两万", "purpose", "equipment"),
    ("买间商铺，首付不够", "purpose", "premises"),
    ("节前要把年货备足", "purpose", "stock_purchase"),
    ("合伙人的股份想买过来", "purpose", "other"),
    ("补缴社保对贷款有帮助吗", "purpose", None),
    ("执行网上搜得到，查一下就有我的名字", "blacklisted", True),
    ("周转得开，不用贷", "purpose", None),
    ("手头紧，想借点", "purpose", "working_capital"),
    # what could be pledged
    ("我家在县城有套三居室，抵给银行没问题", "collateral", ("real_estate",)),
    ("厂里两台织机可以质给你们", "collateral", ("equipment",)),
    ("除了那台半挂，真没别的能押", "collateral", ("vehicle",)),
    ("客户打的欠条拿来抵行不行", "collateral", ("receivables",)),
    ("仓库里两百吨玉米，就押这个", "collateral", ("inventory",)),
    ("抵押物一样没有", "collateral", ("none",)),
    ("已经把房子抵押给建行了", "collateral", None),
    ("保理和质押应收，哪个手续少", "collateral", None),
    ("贷款要不要押房子", "collateral", None),
    # its trade
    ("替客户存冻肉，一吨一天两块", "industry", "warehousing"),
    ("改造老厂房，做成公寓分割出售", "industry", "real_estate"),
    ("承包了两栋宿舍楼的管理", "industry", "property_management"),
    ("爬虫和数据清洗，客户是券商", "industry", "software_it"),
    ("给县城三十家理发店供洗发水", "industry", "wholesale"),
    ("药店，医保能刷", "industry", "retail"),
    ("修表的，在老街", "industry", "other"),
    ("自己酿的醋，缸两百口", "industry", "industry"),
    ("快递丢了，找谁赔", "industry", None),
    ("物业费又涨了", "industry", None),
    ("宽带一个月两百", "industry", None),
    ("请人写了个小程序，花了三万", "industry", None),
    ("中午下馆子花了八十", "industry", None),
]


@pytest.mark.parametrize(("text", "name", "value"), SAID)
def test_what_a_whole_clause_says(text: str, name: str, value: Any) -> None:
    assert extract_facts(text, today=TODAY).facts.get(name) == value


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("我姑父肯帮我作保", "guarantor", True),
        ("we are square with the tax office", "tax_arrears", False),
        ("减按1%征收的，票不多", "vat_taxpayer", "small_scale"),
        ("等级C，滞纳金拖了三个月才交", "tax_arrears", False),
    ],
)
def test_what_the_rules_read_and_what_was_learnt_finds_too_unlikely(text: str, name: str, value: object) -> None:
    """Said in these few words it is not noted but asked for: of what was as unlikely in strangers' words about half was wrong."""
    assert by_rules(text, today=TODAY)[0].facts.get(name) == value
    assert name not in extract_facts(text, today=TODAY).facts
