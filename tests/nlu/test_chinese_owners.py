"""How Chinese owners put things, and what only looks like a statement: the rules alone, without what was learnt."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.cues.figures import CUES
from nlu.mentions import by_rules
from nlu.reading.fitting import Hit
from nlu.reading.pairing import Ordered

TODAY = date(2026, 11, 21)


def read(text: str, asking: str | None = None) -> dict[str, Any]:
    return dict(by_rules(text, today=TODAY, asking=asking)[0].facts)


STATED: list[tuple[str, dict[str, Any]]] = [
    # signs, dates, units
    ("净利润-28.6万元，营收1,904万元", {"net_profit": -286000, "annual_revenue": 19040000}),
    ("权益合计-9万", {"equity": -90000}),
    ("还款看哪一年的报表，一年不如一年", {"term_months": None, "age_months": None}),
    ("今年1到9月卖了三百万，去年全年是四百二十万，前年四百五十万", {"annual_revenue": 4200000, "previous_revenue": 4500000}),
    ("22年四月开的面馆", {"age_months": 55}),
    ("能借八十个吗，做建材批发", {"amount_sought": 800000}),
    ("去年三个店加一起流水二百四十万", {"monthly_inflow": 200000}),
    ("最大的客户占1/5", {"largest_customer_share": "0.2"}),
    # whose figure it is
    ("我同学说农行给他批了60万三年期的，这种利率多少", {"term_months": None, "amount_sought": None}),
    ("社员欠着种子款十八万", {"receivables": 180000, "existing_loans": None}),
    ("他们欠着36万没到期", {"receivables": 360000}),
    ("饲料商赊给我二十万", {"receivables": None}),
    ("银行那边月供八千一，能不能缓缓", {"monthly_debt_service": 8100}),
    ("甲方欠我八十多万一年了不给，我每月还银行九千", {"receivables": 800000, "monthly_debt_service": 9000}),
    ("欠工人工资还差六万没发", {"amount_sought": None}),
    ("还差一万八税没交", {"amount_sought": None}),
    ("看中一套婚房，首付差十五万", {"amount_sought": None}),
    ("十四岁跟师傅学裁缝", {"owner_age": None}),
    ("官司输了要赔二十万", {"net_profit": None}),
    ("挖机一台，开了五年", {"age_months": None}),
    ("我要的是30万，不是3万", {"amount_sought": 300000}),
    ("贷款从160万还到现在只剩90万", {"existing_loans": 900000}),
    # totals and parts
    ("出口去年380万，内销120万，合计500万", {"export_revenue": 3800000, "annual_revenue": 5000000}),
    ("车贷一个月四千，房贷三千五，加起来七千五", {"monthly_debt_service": 7500, "existing_loans": None}),
    ("应收三个月内的九十，半年以上的三十，合计一百二十万", {"receivables": 1200000}),
    ("逾期过两次，一次晚了三天一次晚了一天", {"overdue_12m": 2}),
    ("去年亏16万前年亏9万", {"net_profit": -160000}),
    ("手上两笔，一笔剩五万一笔剩十二万", {"existing_loans": 170000}),
    # people
    ("三个老师加一个煮饭的阿姨", {"employees": 4}),
    ("两个兽医三个助理，我自己也坐诊", {"employees": 6}),
    ("家里三口人加五个缝纫工", {"employees": 8}),
    ("爷俩带一个学徒", {"employees": 3}),
    ("夫妻档，加我丈母娘", {"employees": 3}),
    ("一共12个人，正式的8个，剩下4个暑期工", {"employees": 12}),
    ("下岗工人一个，收废品", {"employees": None}),
    ("近12个月新招用9人，其中高校毕业生4人", {"new_hires_12m": 9, "graduate_hires_12m": 4, "employees": None}),
    ("再招三个人是不是能多拿补贴", {"employees": None, "new_hires_12m": None}),
    ("没雇人，就我自己", {"employees": 1, "new_hires_12m": None}),
    # stock, orders, pledges
    ("存单二十五万可以质押", {"collateral_value": 250000, "amount_sought": None}),
    ("窖里存着老酒，估价两百来万", {"inventory": 2000000, "collateral_value": None}),
    ("仓里两百来万的酒卖不动", {"inventory": 2000000}),
    ("订单手上还有一百八十万", {"order_value": 1800000, "cash": None}),
    ("一套房可以拿来抵押，中介说能卖86万", {"collateral": ("real_estate",), "collateral_value": 860000}),
    ("账上挂着国家该给的九十万", {"cash": None}),
    ("没房没车，想借五万进货", {"collateral": ("none",)}),
    ("设备账面净值一百二十万", {"fixed_assets": 1200000}),
    ("报表上长期借款写的90万", {"long_term_debt": 900000, "existing_loans": None}),
    ("短期借款三百万，没有长期的", {"short_term_debt": 3000000, "long_term_debt": 0}),
    ("有软著八个", {"patents": None}),
    ("平均月入账十六万", {"monthly_inflow": 160000}),
    ("流水波动不大，系数0.21", {"monthly_inflow_cv": "0.21"}),
    ("最多能接受5.2的利息", {"max_rate": "0.052"}),
    ("我想贷20万周转一年", {"term_months": 12}),
    ("公司没满一年怎么贷", {"term_months": None}),
    ("为什么只能贷一年", {"term_months": None}),
    ("已经两期没还了，怎么办", {"term_months": None}),
    ("为什么额度就给三万", {"amount_sought": None}),
    ("中介要先收一万五的渠道费", {"amount_sought": None}),
    ("每个月还七千，倒着算能借多少", {"monthly_debt_service": None}),
    ("一个月房租人工要三万，营业额五万二", {"monthly_sales": 52000, "annual_revenue": None}),
    ("2024亏了30万，2025亏了18万", {"net_profit": -180000}),
    ("能押的就是一张存单十二万", {"collateral_value": 120000}),
    ("钻机贷款还有二十万，月月还六千五", {"existing_loans": 200000, "monthly_debt_service": 6500}),
    ("常年十四个，旺季三十个", {"employees": 14}),
    ("工程做完两年了，尾款还欠着六十万", {"age_months": None}),
]


@pytest.mark.parametrize(("text", "stated"), STATED)
def test_figures(text: str, stated: dict[str, Any]) -> None:
    got = read(text)
    values = {name: value if value is None or isinstance(value, tuple) else str(value) for name, value in stated.items()}
    assert {name: _plain(got.get(name)) for name in stated} == values


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, tuple) else format(value, "f") if hasattr(value, "as_tuple") else str(value)


SAID: list[tuple[str, str, Any]] = [
    ("owner_group", "保洁阿姨大部分是下岗的", None),
    ("owner_group", "招的都是留守妇女，我自己是农村户口", ("rural",)),
    ("owner_group", "带残疾员工三个", None),
    ("industry", "租赁叉车的，公司有八台叉车", "leasing_business_services"),
    ("industry", "丧葬用品，县医院对面", "retail"),
    ("industry", "做老人助浴的，上门洗澡", "other"),
    ("industry", "代理记账替客户问的", None),
    ("industry", "想贷20万买台激光切割机", None),
    ("industry", "做食品体系认证咨询的", "leasing_business_services"),
    ("industry", "开大货车跑长途的", "transport"),
    ("purpose", "要买管材缺八十万", "stock_purchase"),
    ("purpose", "账上的钱也就够发两个月工资", None),
    ("purpose", "差二十万付设备尾款", "equipment"),
    ("purpose", "想借十万把电梯装上", "equipment"),
    ("purpose", "布要先买，缺一百万", "stock_purchase"),
    ("existing_loans", "没得贷款", 0),
    ("existing_loans", "有合适的贷款没有", None),
    ("existing_loans", "收到律师函，说我欠款不还", None),
    ("receivables", "应收款收不回来", None),
    ("receivables", "人数：9\n抵押：无", None),
    ("export_revenue", "外贸类的消息不想收了", None),
    ("core_buyer", "客户就一家，格力", True),
    ("tax_arrears", "税没交清", True),
    ("tax_arrears", "税务那边还挂着滞纳金九万没缴清", True),
    ("guarantor", "上黑名单是因为帮我叔担保", None),
    ("fixed_premises", "有个小厂房", True),
    ("legal_form", "去年个体转成公司了", "company"),
    ("legal_form", "给合作社打药", None),
    ("tax_grade", "资质B级", None),
    ("region", "货压在港口出不去", None),
    ("overdue_12m", "开了六年没晚过一天", 0),
    ("specialised_level", "专精特新在申报", None),
    ("industry", "催收天天打电话", None),
    ("industry", "早点休息吧", None),
    ("purpose", "能贷五万周转吗", "working_capital"),
    ("purpose", "买车给老婆，给老婆买辆车", None),
    ("fixed_premises", "房子是自己盖的没有房产证", True),
    ("blacklisted", "被列为失信了 生意没法做", True),
    ("existing_loans", "续贷的时候能不能多贷二十万", None),
    ("existing_loans", "给朋友担保连带的，钱上个月已经还清", None),
    ("existing_loans", "信用卡到现在都没还完", None),
    ("industry", "在嵊泗跑张网船，两条船", "agriculture"),
    ("industry", "开发商欠我工程款，我做外墙保温", "construction"),
    ("industry", "专门给人存冻品，有两个冷库", "warehousing"),
    ("industry", "夫妻肺片店想盘隔壁门面", "catering"),
    ("purpose", "想把店里装一哈，五万够了", "premises"),
    ("purpose", "化肥种子要备，差不多缺40万", "stock_purchase"),
    ("purpose", "给工人买保险、垫运费，缺五万", None),
    ("fixed_premises", "摊位是跟市场签的5年", True),
    ("fixed_premises", "四个平米的档口", True),
    ("fixed_premises", "想要个大点的门店", None),
    ("core_buyer", "给美的海尔经销商存家电", None),
    ("blacklisted", "法院执行名单我没在上面", False),
    ("in_litigation", "房东还起诉我了", True),
    ("in_litigation", "怕房东起诉我怎么办", None),
    ("private_owned", "我们是民办幼儿园", True),
    ("region", "跟两个同学在三明沙县合伙开店", "350405"),
    ("region", "我同学在杭州开店", None),
    ("region", "柳州鱼峰万达边上一个档口", "450203"),
    ("platform", "虾皮价钱还可以，跑船的", None),
    ("collateral", "厂房是自己的，想拿去抵押借两百万买数控锯", ("real_estate",)),
    ("collateral", "没抵押但仓库里有基酒120吨，愿意押酒", ("inventory",)),
    ("firm_name", "崇阳县兰姐雷竹笋加工坊 92421223MA4C8KQ17M", "崇阳县兰姐雷竹笋加工坊"),
    ("firm_name", "我自己没有，用我名字贷行不行", None),
    ("industry", "我开修理厂的，四个师傅", "other"),
    ("core_buyer", "手上压着茅台和五粮液，值个一百多万", None),
    ("firm_name", "营业执照上的码是91410781MA47KD3Q7F", None),
    ("firm_name", "我们厂全称宣城市乡禾笋业有限公司，做清水笋罐头的", "宣城市乡禾笋业有限公司"),
    ("in_litigation", "冒打过官司", False),
    ("overdue_12m", "冒得逾期", 0),
    ("amount_sought", "开理发店贷10万行不", 100_000),
    ("existing_loans", "开理发店贷10万行不", None),
]


@pytest.mark.parametrize(("name", "text", "value"), SAID)
def test_words(name: str, text: str, value: Any) -> None:
    assert read(text).get(name) == value


ANSWERS: list[tuple[str, str, dict[str, Any]]] = [
    ("annual_revenue", "六百二十万，上年是五百八", {"annual_revenue": 6200000, "previous_revenue": 5800000}),
    ("legal_form", "是公司，不是个体", {"legal_form": "company"}),
    ("collateral", "想贷个五十万换设备 有个二手厂房不是自己的", {"amount_sought": 500_000, "purpose": "equipment", "collateral": None}),
    ("collateral", "那个设备更新的怎么弄", {"collateral": None}),
    ("collateral", "有套房，想贷50万买设备", {"collateral": ("real_estate",), "amount_sought": 500_000, "purpose": "equipment"}),
    ("collateral", "want 500k for new equipment", {"amount_sought": 500_000, "purpose": "equipment"}),
    ("collateral", "房子没有，贷款没有，车有一台", {"collateral": ("vehicle",), "existing_loans": 0}),
    ("guarantor", "没抵押", {"guarantor": None}),
    ("in_litigation", "没逾期，没上名单", {"in_litigation": None}),
    ("blacklisted", "没官司没欠税", {"blacklisted": None}),
    ("tax_arrears", "补上了", {"tax_arrears": False}),
    ("overdue_12m", "没有没有，从来没晚过一天", {"overdue_12m": 0}),
    ("existing_loans", "都清了，现在一分不欠", {"existing_loans": 0}),
    ("long_term_debt", "长期的没有", {"long_term_debt": 0}),
    ("guaranteed_share", "全额担保", {"guaranteed_share": 1}),
    ("purpose", "把缺的货补上", {"purpose": "stock_purchase"}),
]


@pytest.mark.parametrize(("asking", "text", "stated"), ANSWERS)
def test_answers(asking: str, text: str, stated: dict[str, Any]) -> None:
    got = read(text, asking)
    assert {name: got.get(name) for name in stated} == stated


SPANS = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 20)), max_size=40)


@given(SPANS, st.integers(0, 300), st.integers(0, 60))
def test_no_words_near_a_figure_are_passed_over(spans: list[tuple[int, int]], low: int, width: int) -> None:
    hits = [Hit(CUES[0], start, start + length, "") for start, length in spans]
    near = {rank for rank, hit in enumerate(hits) if hit.start <= low + width and low <= hit.end}
    assert near <= set(Ordered(hits).between(low, low + width))
