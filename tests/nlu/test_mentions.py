"""What owners' messages state about their firm, and what they do not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.firm import vocabulary
from tests.nlu.read import read, typed

STATED: list[tuple[str, dict[str, Any]]] = [
    # owners of every trade
    ("跑大车的，自己一台半挂，跑了八年了", {"industry": "transport", "age_months": 96}),
    ("舟山打渔的，船贷还剩六十万没还", {"region": "330900", "industry": "agriculture", "existing_loans": 600000}),
    ("我五十三了", {"owner_age": 53}),
    ("I own 51% and I'm 44", {"owner_share": 0.51, "owner_age": 44}),
    ("退伍回来搞了个洗车行，占八成股", {"owner_group": ["veteran"], "industry": "other", "owner_share": 0.8}),
    ("财务费用11万，研发投了63万", {"finance_cost": 110000, "rd_spend": 630000}),
    ("房贷每月四千二", {"monthly_debt_service": 4200}),
    ("Revenue was 3m in 2024 and 3.6m in 2025", {"previous_revenue": 3000000, "annual_revenue": 3600000}),
    ("we make injection moulds, 35 on the payroll", {"industry": "industry", "employees": 35}),
    ("interest不要超过5%，term两年", {"max_rate": 0.05, "term_months": 24}),
    ("厂房估价四百八十万，拿它抵押", {"collateral": ["real_estate"], "collateral_value": 4800000}),
    ("欠着税务局四万块的税", {"tax_arrears": True}),
    # need
    ("想借50万", {"amount_sought": 500000}),
    ("我要贷个三十万周转一下", {"amount_sought": 300000, "purpose": "working_capital"}),
    ("缺二十万进货", {"amount_sought": 200000, "purpose": "stock_purchase"}),
    ("急需15万发工资", {"amount_sought": 150000, "purpose": "wages"}),
    ("需要八十万买设备，用两年", {"amount_sought": 800000, "purpose": "equipment", "term_months": 24}),
    ("想申请一百万的贷款，分36期还", {"amount_sought": 1000000, "term_months": 36}),
    ("能贷50万吗", {"amount_sought": 500000}),
    ("可以借20万块钱用半年吗", {"amount_sought": 200000, "term_months": 6}),
    ("利率不超过6%", {"max_rate": 0.06}),
    ("年化最多能接受5.5%", {"max_rate": 0.055}),
    ("月息八厘以内都行", {"max_rate": 0.096}),
    ("I need 300k for 2 years", {"amount_sought": 300000, "term_months": 24}),
    ("looking to borrow half a million to renovate", {"amount_sought": 500000, "purpose": "premises"}),
    ("Could I get 200k for new machines?", {"amount_sought": 200000, "purpose": "equipment"}),
    ("we want to raise 2 million yuan over 3 years, rate below 5%", {"amount_sought": 2000000, "term_months": 36, "max_rate": 0.05}),
    ("15万三年，每个月要还多少", {"amount_sought": 150000, "term_months": 36}),
    # figures
    ("去年营业额三百来万", {"annual_revenue": 3000000}),
    ("一年做个两百万左右", {"annual_revenue": 2000000}),
    ("年销售额1200万元", {"annual_revenue": 12000000}),
    ("月营业额20万", {"monthly_sales": 200000}),
    ("每个月能卖15万", {"monthly_sales": 150000}),
    ("每个月流水8万", {"monthly_inflow": 80000}),
    ("一年流水120万", {"monthly_inflow": 100000}),
    ("微信加银行卡每月进账大概六万", {"monthly_inflow": 60000}),
    ("去年净赚三十万", {"net_profit": 300000}),
    ("去年亏了20万", {"net_profit": -200000}),
    ("利润一年四十多万", {"net_profit": 400000}),
    ("去年营业额300万，前年250万", {"annual_revenue": 3000000, "previous_revenue": 2500000}),
    ("2024年销售额400万，2025年500万", {"annual_revenue": 5000000, "previous_revenue": 4000000}),
    ("收入从600万降到了420万", {"previous_revenue": 6000000, "annual_revenue": 4200000}),
    ("欠银行30万，每月还6500", {"existing_loans": 300000, "monthly_debt_service": 6500}),
    ("目前还有45万贷款没还清", {"existing_loans": 450000}),
    ("房贷还剩80万，月供4200", {"existing_loans": 800000, "monthly_debt_service": 4200}),
    ("客户欠我们80万货款，库存40万", {"receivables": 800000, "inventory": 400000}),
    ("应收账款一百二十万", {"receivables": 1200000}),
    ("总资产500万，负债200万", {"total_assets": 5000000, "total_liabilities": 2000000}),
    ("去年交税12万", {"annual_tax_paid": 120000}),
    ("一年开票260万", {"invoiced_sales": 2600000}),
    ("手里有90万的订单", {"order_value": 900000}),
    ("研发投入去年60万", {"rd_spend": 600000}),
    ("出口一年大概三百万", {"export_revenue": 3000000}),
    ("账上现金15万", {"cash": 150000}),
    ("毛利润80万，财务费用3万", {"gross_profit": 800000, "finance_cost": 30000}),
    ("流动资产200万，流动负债150万，固定资产90万", {"current_assets": 2000000, "current_liabilities": 1500000, "fixed_assets": 900000}),
    ("应纳税所得额28万", {"taxable_income": 280000}),
    ("最大客户占四成", {"largest_customer_share": 0.4}),
    ("revenue about 2 million a year", {"annual_revenue": 2000000}),
    ("our turnover last year was 3.5m RMB", {"annual_revenue": 3500000}),
    ("sales of 150k a month", {"monthly_sales": 150000}),
    ("about 80k comes in every month", {"monthly_inflow": 80000}),
    ("We lost 200k last year", {"net_profit": -200000}),
    ("profit was 350,000 yuan", {"net_profit": 350000}),
    ("we owe the bank 300k and repay 6500 a month", {"existing_loans": 300000, "monthly_debt_service": 6500}),
    ("customers owe us 800k, stock is worth 400k", {"receivables": 800000, "inventory": 400000}),
    ("paid 120k in tax last year", {"annual_tax_paid": 120000}),
    ("total assets 5 million, liabilities 2 million", {"total_assets": 5000000, "total_liabilities": 2000000}),
    # identity
    ("开了三年", {"age_months": 36}),
    ("干这行八年了", {"age_months": 96}),
    ("2021年3月注册的公司", {"age_months": 68, "legal_form": "company"}),
    ("2021年开的", {"age_months": 64}),
    ("店开了一年半", {"age_months": 18}),
    ("还没开业", {"age_months": 0}),
    ("We've been open for 3 years", {"age_months": 36}),
    ("founded in 2019", {"age_months": 88}),
    ("in business for a year and a half", {"age_months": 18}),
    ("员工8个人", {"employees": 8}),
    ("连我一共12个人", {"employees": 12}),
    ("厂里二十几个工人", {"employees": 20}),
    ("就我一个人干", {"employees": 1}),
    ("12 employees", {"employees": 12}),
    ("a team of 15 people", {"employees": 15}),
    ("我是个体户", {"legal_form": "sole_trader"}),
    ("注册了有限公司", {"legal_form": "company"}),
    ("我们是种植合作社", {"legal_form": "cooperative", "industry": "agriculture"}),
    ("I'm a sole trader", {"legal_form": "sole_trader"}),
    ("在福州开面馆", {"region": "350100", "industry": "catering"}),
    ("厦门的民宿", {"region": "350200", "industry": "accommodation"}),
    ("东莞做模具的", {"region": "441900", "industry": "industry"}),
    ("义乌小商品批发", {"region": "330782", "industry": "wholesale"}),
    ("跑运输的，人在临沂", {"region": "371300", "industry": "transport"}),
    ("开服装店", {"industry": "retail"}),
    ("做小程序开发", {"industry": "software_it"}),
    ("承包果园", {"industry": "agriculture"}),
    ("我有个工程队", {"industry": "construction"}),
    ("开快递驿站", {"industry": "postal"}),
    ("做冷库仓储", {"industry": "warehousing"}),
    ("开理发店", {"industry": "other"}),
    ("做代理记账", {"industry": "leasing_business_services"}),
    ("物业公司", {"industry": "property_management"}),
    ("we run a guesthouse in Lijiang", {"industry": "accommodation", "region": "530700"}),
    ("I own a hair salon", {"industry": "other"}),
    ("we are a furniture factory", {"industry": "industry"}),
    ("I run a logistics fleet", {"industry": "transport"}),
    (
        "公司名称是福州市好味道餐饮有限公司",
        {"firm_name": "福州市好味道餐饮有限公司", "region": "350100", "industry": "catering", "legal_form": "company"},
    ),
    # standing
    ("没有逾期", {"overdue_12m": 0}),
    ("逾期过两次", {"overdue_12m": 2}),
    ("征信没有逾期记录，也没上黑名单", {"overdue_12m": 0, "blacklisted": False}),
    ("被列为失信被执行人了", {"blacklisted": True}),
    ("纳税信用A级，一般纳税人", {"tax_grade": "A", "vat_taxpayer": "general"}),
    ("我是小规模，纳税等级B", {"vat_taxpayer": "small_scale", "tax_grade": "B"}),
    ("没有欠税", {"tax_arrears": False}),
    ("还欠着税没交", {"tax_arrears": True}),
    ("近三个月征信查了4次", {"credit_inquiries_3m": 4}),
    ("最近半年被查了7次征信", {"credit_inquiries_6m": 7}),
    ("贷款还有45天到期", {"loan_matures_in_days": 45}),
    ("没贷款", {"existing_loans": 0}),
    ("名下没有任何贷款", {"existing_loans": 0}),
    ("正在打官司", {"in_litigation": True}),
    ("没有官司", {"in_litigation": False}),
    ("never late on payments, no debts", {"overdue_12m": 0, "existing_loans": 0}),
    ("tax grade B, small-scale taxpayer", {"tax_grade": "B", "vat_taxpayer": "small_scale"}),
    ("we missed 2 payments last year", {"overdue_12m": 2}),
    # backing
    ("没有抵押物", {"collateral": ["none"]}),
    ("没抵押，也没有担保人", {"collateral": ["none"], "guarantor": False}),
    ("有套房值300万可以抵押", {"collateral": ["real_estate"], "collateral_value": 3000000}),
    ("可以用设备和应收账款抵押", {"collateral": ["equipment", "receivables"]}),
    ("拿专利质押，一共6项专利", {"collateral": ["ip"], "patents": 6}),
    ("我哥可以给我担保", {"guarantor": True}),
    ("我们是高新技术企业，去年评上专精特新", {"high_tech": True, "specialised_level": "specialised"}),
    ("拿了小巨人", {"specialised_level": "little_giant"}),
    ("给华为供货", {"core_buyer": True}),
    ("手里有政府采购中标合同", {"government_contract": True}),
    ("淘宝店一年卖200万，开了两年", {"platform": "taobao_tmall", "industry": "retail", "platform_sales": 2000000, "platform_months": 24}),
    ("开的是加盟店", {"franchise": True}),
    ("没有专利", {"patents": 0}),
    ("no collateral and no guarantor", {"collateral": ["none"], "guarantor": False}),
    ("we can pledge our house, worth about 2 million", {"collateral": ["real_estate"], "collateral_value": 2000000}),
    # people
    ("我今年35岁，占股60%", {"owner_age": 35, "owner_share": 0.6}),
    ("今年新招了5个人，其中3个应届毕业生", {"new_hires_12m": 5, "graduate_hires_12m": 3}),
    ("我是退伍军人，返乡创业", {"owner_group": ["veteran", "returning_migrant"]}),
    ("员工社保都在交", {"social_insurance_paid": True}),
    ("没给员工交社保", {"social_insurance_paid": False}),
    ("I'm 42 years old and own 80% of the company", {"owner_age": 42, "owner_share": 0.8}),
    ("去年12月刚注册的公司", {"age_months": 11, "legal_form": "company"}),
    ("We turned over 5 million last year and 4 million the year before", {"annual_revenue": 5000000, "previous_revenue": 4000000}),
    ("想贷点款装修店面，三十万左右", {"amount_sought": 300000, "purpose": "premises"}),
    ("家里有一套商品房，价值150万", {"collateral": ["real_estate"], "collateral_value": 1500000}),
    ("我占51%，老婆占49%", {"owner_share": 0.51}),
    ("我想要50万，最少也要30万", {"amount_sought": 500000}),
    ("there are 8 of us", {"employees": 8}),
    ("can you lend me 50 grand", {"amount_sought": 50000}),
    # together
    (
        "我在福州开了三年火锅店，去年营业额两百来万，想借50万装修",
        {
            "region": "350100",
            "age_months": 36,
            "industry": "catering",
            "annual_revenue": 2000000,
            "amount_sought": 500000,
            "purpose": "premises",
        },
    ),
    (
        "We run a noodle shop in Fuzhou, open for 3 years, revenue about 2 million a year, need 500k for renovation",
        {
            "industry": "catering",
            "region": "350100",
            "age_months": 36,
            "annual_revenue": 2000000,
            "amount_sought": 500000,
            "purpose": "premises",
        },
    ),
    ("没有抵押能贷款吗", {"collateral": ["none"]}),
    ("开了一年能贷多少", {"age_months": 12}),
    ("我朋友贷了80万，我想借30万", {"amount_sought": 300000}),
]


@pytest.mark.parametrize(("text", "facts"), STATED)
def test_stated_facts(text: str, facts: dict[str, Any]) -> None:
    assert read(text).facts == typed(facts)


SILENT = [
    "最多能贷500万吗",
    "额度最高300万是真的吗",
    "利率4%高吗",
    "营业额要达到100万才能申请吗",
    "我朋友贷了80万",
    "我有个同学去年营业额500万",
    "听说隔壁店贷了30万",
    "邻居开了五年",
    "如果逾期3次怎么办",
    "如果我借100万",
    "什么是专精特新",
    "高新技术企业怎么认定",
    "小巨人有什么补贴",
    "什么叫一般纳税人",
    "必须是公司才能贷吗",
    "需要抵押吗",
    "要担保人吗",
    "抵押贷款利率多少",
    "要开满两年吗",
    "你们最低贷多少",
    "房租每月8000",
    "注册资本100万",
    "工资一个月3万",
    "手续费2000块正常吗",
    "保证金交了5万",
    "先交3000块手续费才放款，是真的吗",
    "电话13812345678",
    "你好",
    "谢谢",
    "征信没问题",
    "我下午3点过来",
    "2026年的政策有哪些",
    "5月1号能办吗",
    "借钱需要什么材料",
    "好几十万",
    "孩子5岁",
    "我干了十年厨师经验",
    "朝阳产业有补贴吗",
    "海南鸡饭",
    "今年前三季度营收210万",
    "月供压到5000以内就行",
    "we sell to supermarkets and hotels",
    "给饭店送菜的",
    "货都卖到上海",
    "刚开的店",
    "不需要借50万",
    "你们有没有黑名单",
    "逾期了会怎么样",
    "怎么查纳税信用等级",
    "hello",
    "what is factoring?",
    "how does a guarantee fund work?",
    "My friend borrowed 800k",
    "if I borrowed 500k would that be ok",
    "is 4% too high?",
    "what's the maximum you lend?",
    "do I need collateral?",
    "our rent is 8000 a month",
    "Is it true you lend up to 3 million?",
    "what does high-tech enterprise mean?",
    "call me at 3 pm",
    "send it to 13812345678",
    "one of the best",
    "How long does it take?",
    "can you tell me about subsidies",
    "we ship to Shanghai",
]


@pytest.mark.parametrize("text", SILENT)
def test_nothing_is_stated(text: str) -> None:
    assert read(text).facts == {}


_TEXT = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("零一二三十百千万亿个年月没有不是我想借贷款营业额流水抵押逾期员工开了吗如果朋友，。？0123456789wk%abc "),
    ),
    max_size=160,
)

_PHRASES = st.lists(st.sampled_from([text for text, _ in STATED] + SILENT), min_size=1, max_size=6).map("，".join)


@settings(max_examples=60, deadline=None)
@given(st.one_of(_TEXT, _PHRASES), st.sampled_from([None, *vocabulary()]))
def test_never_raises_and_every_mention_is_a_valid_fact_in_the_text(text: str, asking: str | None) -> None:
    result = read(text, asking)
    for mention in result.mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.text == text[mention.start : mention.end]
        raw = list(mention.value) if isinstance(mention.value, tuple) else mention.value
        assert vocabulary()[mention.name].parse(raw) == mention.value
    starts = [mention.start for mention in result.mentions]
    assert starts == sorted(starts)


@settings(max_examples=3, deadline=None)
@given(_PHRASES.map(lambda text: (text * 400)[:4096]))
def test_the_longest_message_does_not_raise(text: str) -> None:
    assert read(text) is not None


@given(st.integers(1, 9999))
def test_any_amount_borrowed_reads_back(value: int) -> None:
    for text in (f"想借{value}万", f"需要{value}万元周转", f"I want to borrow {value * 10}k"):
        expected = value * 10000
        assert read(text).facts["amount_sought"] == expected
