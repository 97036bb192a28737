"""Ways of saying figures in Chinese and in mixed messages: the rules alone, without what was learnt."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nlu.mentions import by_rules

TODAY = date(2026, 11, 21)


def read(text: str, asking: str | None = None) -> dict[str, str]:
    return {name: str(value) for name, value in by_rules(text, today=TODAY, asking=asking)[0].facts.items()}


STATED: list[tuple[str, dict[str, Any]]] = [
    # a minus behind a word for is
    ("昨天漏了一个数，营业利润是-23.7万", {"operating_profit": -237000}),
    ("净利润为-12万", {"net_profit": -120000}),
    # what a place, a loan or a crew is not
    ("北京时间下午六点给我回电话", {"region": None}),
    ("装修公司，西安的有限公司，19号人", {"firm_name": None, "region": "610100", "employees": 19}),
    ("想拿没贷款那台车头抵押", {"existing_loans": None, "collateral": ("vehicle",)}),
    # hundreds without a unit
    ("我做灯具的，去年开票一百八", {"invoiced_sales": 1800000}),
    ("去年营收从前年的一千一百六掉到六百四十", {"previous_revenue": 11600000, "annual_revenue": 6400000}),
    ("应收一直有二百六", {"receivables": 2600000}),
    ("去年卖了一百四十多只羊", {"annual_revenue": None}),
    # digits without a unit, where yuan cannot be meant
    ("抖店一年成交530多万，想借80分两年还", {"amount_sought": 800000, "term_months": 24}),
    ("短期借款账上210，长期的135，财务费用一年19万6", {"short_term_debt": 2100000, "long_term_debt": 1350000}),
    (
        "总资产1.3亿，净资产7800，流动资产6100流动负债3300",
        {"equity": 78000000, "current_liabilities": 33000000},
    ),
    ("员工21，一年营收大概580", {"annual_revenue": 5800000}),
    ("想贷300个当流动资金", {"amount_sought": 3000000}),
    ("想贷个十来个添四台电脑车", {"amount_sought": 100000}),
    ("能拿订单做押贷个一百不？手上订单一百五十六万", {"amount_sought": 1000000, "order_value": 1560000}),
    ("去年卖了500箱，营业额80万", {"annual_revenue": 800000}),
    ("你说能贷五十 银行只给八万", {"amount_sought": None}),
    ("想借30，没流水", {"amount_sought": None}),
    ("去年收入418万，前年452", {"annual_revenue": 4180000, "previous_revenue": 4520000}),
    ("应纳税所得额去年62万，前年71", {"taxable_income": 620000, "previous_revenue": None}),
    ("总投资500，自有300，缺200，都是万", {"amount_sought": 2000000}),
    ("微粒贷5万、网商20万、邮储经营贷还剩33", {"existing_loans": 580000}),
    ("想借五十六十万进货", {"amount_sought": 550000}),
    ("网商贷30、微业贷45，哪个利息低", {"amount_sought": None}),
    ("营收2100万, 缺 cash flow 大概 150w", {"amount_sought": 1500000, "cash": None}),
    ("三个大客户占了八成，最大的占45%", {"largest_customer_share": 0.45}),
    ("没有逾期，征信查了有七八次", {"overdue_12m": 0}),
    ("欠面料厂80来万想贷150周转半年", {"amount_sought": 1500000, "term_months": 6}),
    ("一个月能做万把块生意", {"monthly_sales": 10000}),
    # what does not belong to a sum
    ("等本等息三十万二十四期", {"term_months": 24}),
    ("贷款五百万九月份刚续的", {"existing_loans": 5000000}),
    ("应收有成百六万", {"receivables": 1600000}),
    ("去年卖苗八十八万 员工固定五个", {"annual_revenue": 880000, "employees": 5}),
    # years side by side
    ("去年80万，前年95万", {"annual_revenue": 800000, "previous_revenue": 950000}),
    ("去年营收4,860万，上年5,210万", {"annual_revenue": 48600000, "previous_revenue": 52100000}),
    ("去年合计七百六十万，比大前年还少", {"annual_revenue": 7600000}),
    # the month and its average
    ("流水淡旺季差得大，月均还是有78万的", {"monthly_inflow": 780000, "monthly_debt_service": None}),
    ("去年房费加早餐收了418万", {"annual_revenue": 4180000}),
    ("旺季一个月能做40万淡季不到10万，平均下来20万左右吧", {"monthly_sales": 200000}),
    ("月营业额从五万掉到一万八", {"monthly_sales": 18000}),
    ("抖音一年二十几万，线下单位多，总共一百七十万", {"platform_sales": 200000, "annual_revenue": 1700000}),
    ("每月10号必须发工资想借300万", {"amount_sought": 3000000}),
    ("手上定单到明年3月还有760万没交", {"order_value": 7600000, "monthly_debt_service": None}),
    ("双十一淘宝走了四十多万", {"platform_sales": None}),
    # accountants' lists
    ("营业收入2086万，成本1714万，毛利372万", {"operating_cost": 17140000}),
    ("存货余额78万", {"inventory": 780000, "existing_loans": None}),
    ("短期借款余额24.5万", {"short_term_debt": 245000}),
    ("进项一年560万、销项690万", {"purchase_amount": 5600000, "invoiced_sales": 6900000}),
    ("营业利润四十六万，交完税三十九万", {"net_profit": 390000, "annual_tax_paid": None}),
    ("会计叫我报给你：资产总额1268万，负债总额702万", {"total_assets": 12680000, "total_liabilities": 7020000}),
    # who owes whom
    ("业主欠费大概96万", {"receivables": 960000, "existing_loans": None}),
    ("欠批发商十四万，欠农商行八万", {"existing_loans": 80000}),
    ("饲料欠着人家二十来万", {"existing_loans": None}),
    ("银行那边欠一百八十万，一个月光还就是两万三", {"existing_loans": 1800000, "monthly_debt_service": 23000}),
    ("现在的贷款是抵押贷120万，每个月就还利息3850", {"existing_loans": 1200000, "amount_sought": None}),
    ("余额剩680万，三年期，月供约21万", {"existing_loans": 6800000, "term_months": None}),
    ("环保设备贷了三百万，已经还掉一百二十万，还差一百八十万", {"amount_sought": None}),
    ("业主欠我们物业费累计一百九十多万了都", {"receivables": 1900000}),
    ("他们挂账我九百二十万，有对账单", {"receivables": 9200000}),
    ("厂里固定资产账面890万，外头负债520万", {"total_liabilities": 5200000, "receivables": None}),
    ("欠税有一笔，去年三季度的增值税没补上，1万8", {"annual_tax_paid": None}),
    ("应纳税所得额去年62万，交了所得税三万一", {"annual_tax_paid": 31000, "net_profit": None}),
    ("设备抵押借240万，之前融资租赁还剩95万", {"existing_loans": 950000, "amount_sought": 2400000}),
    # kept and stored
    ("今年秋茶收了一百六十多万的货压在冷库里", {"inventory": 1600000, "annual_revenue": None}),
    ("账上房产土地值1.2亿，长期贷款还有4800万", {"fixed_assets": 120000000, "collateral_value": None}),
    ("净落到手里头可能就二十多万", {"net_profit": 200000, "cash": None}),
    ("手里攒了四万，还想借四万买机器", {"cash": 40000, "amount_sought": 40000}),
    ("玉料存货我自己估三百万", {"inventory": 3000000, "collateral_value": None}),
    ("粮仓里稻谷价值850万可质押", {"collateral_value": 8500000}),
    # sums told one by one
    ("农行欠55万，微业贷欠21万，还有个网商9万", {"existing_loans": 850000}),
    ("银行贷款一笔剩八万六一笔剩二十二万", {"existing_loans": 306000}),
    ("手里有两座庙的合同，一座88万一座45万", {"order_value": 1330000}),
    ("每个月要还三笔，建行四千二，车贷三千一，网贷五千六，合计一万两千九", {"monthly_debt_service": 12900}),
    ("短借：工行80万，台州银行45万；长借：无", {"short_term_debt": 1250000, "long_term_debt": 0}),
    ("建行贷了50万，还剩30万", {"existing_loans": 300000}),
    ("发明3件+实用新型14件", {"patents": 17}),
    ("专利9个，有一条是发明", {"patents": 9}),
    # customers told by what is done for them
    ("给一百八十多家小公司报税", {"customer_count": 180}),
    ("有六十七家固定拿货", {"customer_count": 67}),
    ("给3家银行打过电话", {"customer_count": None}),
    # people
    ("技术团队三十一个，全员七十八", {"employees": 78}),
    ("高峰三十八个工人现在剩十五个", {"employees": 15}),
    ("员工143现在117", {"employees": 117}),
    ("我给人安暖气的带俩徒弟，三个人", {"employees": 3}),
    ("俩大夫一个护士", {"employees": 3}),
    ("专利一共15个", {"employees": None, "patents": 15}),
    # what is wanted, and for how long
    ("就报那个吧，十八万，两年，我这边材料齐的", {"amount_sought": 180000, "term_months": 24, "age_months": None}),
    ("那就申请吧，邮储那个，40万，三年", {"amount_sought": 400000, "term_months": 36, "existing_loans": None}),
    ("中！就二十万，俺是民权嘞", {"amount_sought": 200000}),
    ("两百万，找哪家银行", {"amount_sought": 2000000}),
    ("要五十万，买铲车，三年，有厂房抵押", {"amount_sought": 500000, "term_months": 36}),
    ("想给我那个文印店贷10万", {"amount_sought": 100000, "existing_loans": None}),
    ("批给别人一百来万", {"amount_sought": None}),
    # no age of the business
    ("暑假两个月卖二十几万", {"age_months": None}),
    ("农忙两个月干完", {"age_months": None}),
    ("承包期还剩六年", {"age_months": None}),
    ("现金470万够烧八个月", {"age_months": None}),
    ("开票一年作废的有点多", {"age_months": None}),
    ("办公室11个人，工厂押两个月工资款", {"age_months": None}),
    # shares
    ("我占股70 另外一个哥们30", {"owner_share": 0.7}),
    ("做眼镜盒的，给陌森代工占五成", {"largest_customer_share": 0.5}),
    ("省再担保那边谈好了，保80%", {"guaranteed_share": 0.8}),
    ("如果我贷 80 万 5 years, monthly 还多少", {"amount_sought": 800000, "term_months": 60}),
    ("3年营收分别 2023年 610万 2024年 590万 2025年 702万", {"annual_revenue": 7020000, "previous_revenue": 5900000}),
    ("老贷款85万7.8的利息", {"existing_loans": 850000}),
    ("隔壁用设备抵押贷了60，我那两台织机不抵", {"existing_loans": None}),
    ("房子是租的，机器可以押", {"collateral": "('equipment',)"}),
    ("房子在我妈名下，车可以押", {"collateral": "('vehicle',)"}),
    ("夫妻二人加一个阿姨", {"employees": 3}),
    ("小规模转一般纳税人已经", {"vat_taxpayer": "general"}),
    ("厂名泾县墨云斋文房用品有限公司", {"firm_name": "泾县墨云斋文房用品有限公司"}),
    ("三台县蜀麦香面坊，信用代码92510723MA6B3JT94U", {"firm_name": "三台县蜀麦香面坊"}),
    ("招牌叫 叶记玫瑰, 个体户", {"firm_name": "叶记玫瑰"}),
    ("搬到滁州天长去了，原来厂在昆山", {"region": "341181"}),
]


@pytest.mark.parametrize(("text", "stated"), STATED)
def test_what_a_message_states(text: str, stated: dict[str, Any]) -> None:
    got = read(text)
    assert {name: got.get(name) for name in stated} == {name: None if value is None else str(value) for name, value in stated.items()}


ANSWERS = [
    ("largest_customer_share", "六成都是他家的", "0.6"),
    ("largest_customer_share", "全卖给一家", "1"),
    ("largest_customer_share", "最大那家原来占七成，现在压到三成五", "0.35"),
    ("owner_share", "我65，我妹35", "0.65"),
    ("order_value", "接了四个订单", None),
    ("order_value", "意向的有三百万，正儿八经签了的一百四", "1400000"),
    ("cash", "一分没有", "0"),
    ("cash", "刚给工人发完，就剩一万八了", "18000"),
    ("existing_loans", "还清了", "0"),
    ("existing_loans", "没有借过银行的钱，就欠我姐五万", "0"),
    ("receivables", "三个工地都没结，一个二十六万 一个十九万 还有一个五万的尾款", "500000"),
    ("void_invoice_rate", "一百张作废三张", "0.03"),
    ("monthly_sales", "一礼拜卖两万", None),
    ("monthly_sales", "好的时候十三四万，差的时候七八万，你写十万得了", "100000"),
    ("monthly_inflow_cv", "每月波动15%左右", "0.15"),
    ("annual_revenue", "每个月流水六万", None),
    ("annual_revenue", "去年九百八，单位是万", "9800000"),
    ("annual_revenue", "今年到现在卖了两百七十万，去年的得问会计", None),
    ("annual_tax_paid", "前年交了四万二，去年因为免税只交了九千多", "9000"),
    ("credit_inquiries_6m", "三个月2次，半年5次", "5"),
    ("operating_cost", "房租一年六万", None),
    ("collateral_value", "没评估过", None),
    ("new_hires_12m", "想招还没招到", "0"),
    ("patents", "申请了三个，一个都没下来", "0"),
    ("overdue_12m", "那都是2022年的事了，这一年多一回没有", "0"),
    ("owner_age", "四十挂零", "40"),
    ("short_term_debt", "没有短期的，全是五年期", "0"),
    ("tax_grade", "以前B现在A", "A"),
    ("monthly_debt_service", "每月还4620，还有车贷1980，加起来6600", "6600"),
    ("monthly_debt_service", "每月还4620，房贷还欠50万", "4620"),
    ("employees", "没雇人，就两口子", "2"),
    ("employees", "没雇人", "1"),
    ("finance_cost", "一年利息手续费啥的要出七万八", "78000"),
    ("current_assets", "流动的资产九十万左右", "900000"),
    ("graduate_hires_12m", "9 new since Feb, nobody from uni", "0"),
    ("graduate_hires_12m", "大学生一个都没有", "0"),
    ("new_hires_12m", "四个吧，都是送件的小伙子，大学生一个都没招到", "4"),
]


@pytest.mark.parametrize(("asking", "text", "value"), ANSWERS)
def test_answers_in_words(asking: str, text: str, value: str | None) -> None:
    assert read(text, asking).get(asking) == value
