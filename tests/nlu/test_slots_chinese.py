"""Chinese sentences that say by their shape which fact a figure fills, and near misses: the rules alone, without what was learnt."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nlu.mentions import by_rules

TODAY = date(2026, 11, 21)


#: What each sentence states; None: the fact must not be taken.
STATED: list[tuple[str, dict[str, Any]]] = [
    # what is wanted, and what is only beside it
    ("机器报价66万，自己出得起26万，剩下40万指望你们了", {"amount_sought": 400000, "existing_loans": None}),
    ("跟银行开口一百万", {"amount_sought": 1000000}),
    ("资金需求不超过300万元", {"amount_sought": 3000000}),
    ("想办个三年的长期贷款，八十万", {"amount_sought": 800000, "term_months": 36, "long_term_debt": None}),
    ("还款期限我想拉到四年", {"term_months": 48}),
    ("最好给我三年，短了压力大", {"term_months": 36}),
    ("网商批了二十万额度，一直没动", {"existing_loans": None, "amount_sought": None}),
    ("厂房按揭，首付我出四成", {"owner_share": None}),
    # the dearest that is borne
    ("月息八厘，再高就不做了", {"max_rate": "0.096"}),
    ("利息超过八个点我就不借了", {"max_rate": "0.08"}),
    ("违约金1%我也认", {"max_rate": None}),
    # loans that are there, long and short
    ("去年贷的30万，余额18万", {"existing_loans": 180000, "amount_sought": None}),
    ("之前抵押贷的二百万，现在余额一百四", {"existing_loans": 1400000, "cash": None}),
    ("贷款？早清了，一分不欠", {"existing_loans": 0}),
    ("外面还有80万贷款", {"existing_loans": 800000, "receivables": None}),
    ("网贷七八笔，加起来二十多万", {"existing_loans": 200000, "amount_sought": None}),
    ("外面还有80万没收回来", {"existing_loans": None, "receivables": 800000}),
    ("贷款嘛，每个月自动划走七千七", {"monthly_debt_service": 7700}),
    ("房租一个月五千，还贷四千，工资三万", {"monthly_debt_service": 4000, "fixed_premises": None}),
    ("还款11200/月，等额本息", {"monthly_debt_service": 11200, "amount_sought": None}),
    ("五年期的技改贷一百二，本金没动", {"long_term_debt": 1200000, "term_months": None}),
    ("短借科目余额3,000,000", {"short_term_debt": 3000000}),
    ("长期借款那格是空的", {"long_term_debt": 0}),
    # balance sheets without a unit
    ("资产一千二，负债四百", {"total_assets": 12000000, "total_liabilities": 4000000}),
    ("流动资产八百，流动负债三百五", {"current_assets": 8000000, "current_liabilities": 3500000}),
    ("俺一共该人家四十六万", {"total_liabilities": 460000, "existing_loans": None}),
    ("刨了外债，净剩一百二十万", {"equity": 1200000, "net_profit": None}),
    ("机器设备原值190万，折旧完还有112万", {"fixed_assets": 1120000}),
    # the year's sums
    ("年营收刚破千万", {"annual_revenue": 10000000}),
    ("24年我们卖了七百万，25年八百五", {"annual_revenue": 8500000, "previous_revenue": 7000000}),
    ("前年一整年六十二万，刚起步", {"previous_revenue": 620000}),
    ("应纳税所得额去年62万，前年71", {"previous_revenue": None}),
    ("出口去年卖了三百万", {"export_revenue": 3000000}),
    ("一年光利息就交给银行四万五", {"finance_cost": 45000, "existing_loans": None}),
    ("利息支出去年三万几", {"finance_cost": 30000}),
    ("刨掉货款，还没扣房租，一年有四十万赚头", {"gross_profit": 400000, "net_profit": None}),
    ("一件毛利五块钱", {"gross_profit": None}),
    ("去年总算扭亏了，微利2万8", {"net_profit": 28000}),
    ("负债加总456万，比前年少了三十万", {"total_liabilities": 4560000, "previous_revenue": None}),
    ("开两百张票作废六张", {"void_invoice_rate": "0.03"}),
    ("桌子十张废一张", {"void_invoice_rate": None}),
    # the month
    ("上个月卖了十五万", {"monthly_sales": 150000}),
    ("按月算嘛，营业额十七万左右", {"monthly_sales": 170000, "annual_revenue": None}),
    ("一天营业额三千，一个月九万", {"monthly_sales": 90000}),
    ("微信一个月能收四万", {"monthly_inflow": 40000, "monthly_sales": None}),
    ("月平均进项资金——打到卡里的——22万", {"monthly_inflow": 220000, "cash": None}),
    ("近一年京东销售额2,460,000", {"platform_sales": 2460000, "annual_revenue": None}),
    # goods, orders and those who pay
    ("白条攒了一抽屉，加起来六万多", {"receivables": 60000}),
    ("圣诞单压着36万，下周得发", {"order_value": 360000, "receivables": None}),
    ("去年接过一个三百万的单子，早交完了", {"order_value": None}),
    ("两百来万的红木全搁在库里", {"inventory": 2000000, "amount_sought": None}),
    ("一半生意都是比亚迪给的", {"largest_customer_share": "0.5"}),
    ("我给那家供货占他采购的一成", {"largest_customer_share": None}),
    # shares and people
    ("我哥四成我六成", {"owner_share": "0.6"}),
    ("从业人员一百零四名，含残疾职工6名", {"employees": 104}),
    ("社保增员表上，近一年添了12名，减员四名", {"new_hires_12m": 12, "employees": None}),
    ("本人37周岁，合伙人大我十岁", {"owner_age": 37}),
    ("跟物业的合同三十天后到期", {"loan_matures_in_days": None}),
    # what else stands near such figures
    ("手上缺口还有三十五万，想贷", {"amount_sought": 350000, "cash": None}),
    ("外面银行的钱还欠着八十万没还完", {"existing_loans": 800000, "receivables": None}),
    ("农商行贷了四十万，去年还了十五万，剩二十五万", {"existing_loans": 250000, "net_profit": None}),
    ("研发投入占营收5%，一百万", {"rd_spend": 1000000, "annual_revenue": None}),
    ("今年比去年多卖了30万", {"annual_revenue": None}),
    ("合伙人五十二岁", {"owner_age": None}),
    ("师傅六十了", {"employees": None}),
    ("师傅六个", {"employees": 6}),
    ("前年晚还过两次", {"overdue_12m": None}),
    ("信用卡额度五万", {"amount_sought": None}),
    ("保修期三年", {"age_months": None}),
    ("去年新进了六个工人", {"new_hires_12m": 6, "employees": None}),
    ("新进了二十台", {"new_hires_12m": None}),
    ("股权全在我一个人手里", {"owner_share": 1, "employees": None}),
    ("下个月底有笔一百万的贷款要还", {"existing_loans": 1000000, "amount_sought": None}),
    ("设备连厂房，账上记着三百八十万", {"fixed_assets": 3800000, "cash": None}),
    ("一年的人工材料加一起要四百万", {"operating_cost": 4000000, "amount_sought": None}),
    ("一年下来花销二百八十万", {"annual_revenue": None}),
    ("圈里的牛估四十万", {"inventory": 400000, "collateral_value": None}),
    ("今年跟银行失约过两回", {"overdue_12m": 2}),
    ("仨月工夫叫银行查了四回征信", {"credit_inquiries_3m": 4}),
    # Cantonese
    ("我哋手头有张单，成百万㗎", {"order_value": 1000000}),
    ("间舖头开咗成三年", {"age_months": 36}),
    # somebody else's, long ago, asked in general
    ("我对面那家店一年赚五十万", {"net_profit": None}),
    ("母公司的流动负债六千万", {"current_liabilities": None}),
    ("我爸那厂开了三十年，跟我没关系", {"age_months": None}),
    ("我弟欠了三百万高利贷", {"existing_loans": None}),
    ("我哥欠我二十万货款", {"receivables": 200000}),
    ("早年生意好的时候一年能做八百万，现在就两百万", {"annual_revenue": 2000000}),
    ("我们村老李家养猪一年赚五十万", {"net_profit": None, "industry": None}),
    ("疫情前一年能做五百万，现在三百万", {"annual_revenue": 3000000}),
    ("2015年那会儿营业额一千多万", {"annual_revenue": None}),
    ("作废比例超过10%会拒贷吗", {"void_invoice_rate": None}),
    ("资产总额五千万以下才算小微吗", {"total_assets": None}),
]


@pytest.mark.parametrize(("text", "stated"), STATED)
def test_what_a_sentence_states(text: str, stated: dict[str, Any]) -> None:
    got = {name: str(value) for name, value in by_rules(text, today=TODAY)[0].facts.items()}
    assert {name: got.get(name) for name in stated} == {name: None if value is None else str(value) for name, value in stated.items()}
