"""What payment apps and shops give to merchants: fund bills with a balance, daily settlements, reports of platforms abroad."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nlu.uploads.document import Document, Findings
from nlu.uploads.flows.series import FlowSeries, SalesSeries
from nlu.uploads.read import read

TODAY = date(2026, 11, 26)
Lines = list[str]


def found(lines: Lines, encoding: str = "utf-8-sig") -> Findings:
    return read("\r\n".join(lines).encode(encoding), "x", TODAY)


def doubted(findings: Findings, fact: str) -> list[str]:
    return [check.name for check in findings.checks if fact in check.doubts]


def test_wechat_fund_bill_with_its_balance_and_a_second_header_below() -> None:
    names = "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号"
    balance, came, rows = Decimal(500), Decimal(0), []
    for month in range(1, 7):
        for day in range(2, 28, 4):
            for words, flag, amount in (("交易", "收入", Decimal(260 + month + day)), ("扣除交易手续费", "支出", Decimal("-1.60"))):
                balance, came = balance + amount, came + max(amount, Decimal(0))
                rows.append(
                    f"`2026-{month:02}-{day:02} 09:00:01,`42{month}{day},`10{month}{day}{flag},`{words},`{words},`{flag},"
                    f"`{abs(amount):.2f},`{balance:.2f},`API,`,`v"
                )
    half = len(rows) // 2
    total = f"`{len(rows)},`{half},`{came},`{half},`{Decimal('1.60') * half}"
    got = found([names, *rows, "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额", total])
    assert got.document is Document.PAYMENT_BILL
    assert got.facts["monthly_inflow"] == (came / 6).quantize(Decimal("0.01"))
    assert isinstance(got.series, FlowSeries)
    assert got.series.last_balance == balance


def test_daily_settlements_count_by_day() -> None:
    names = "门店名称,账单日期,结算金额(元),订单笔数,商家应收款(元),商品总价(元),佣金(元),打款状态"
    rows = [
        f"中山路店,2025-{month:02}-{day},{900 + month},40,{900 + month},1200,-60,已打款" for month in range(1, 13) for day in (5, 15, 28)
    ]
    got = found([names, *rows], "gb18030")
    assert got.document is Document.SHOP_ORDERS
    assert got.facts["platform_sales"] == sum(3 * (900 + month) for month in range(1, 13))
    assert isinstance(got.series, SalesSeries)
    assert [one.amount for one in got.series.months] == [3 * (900 + month) for month in range(1, 13)]


_AMAZON = '"date/time","settlement id","type","order id","sku","quantity","marketplace","product sales","selling fees","total"'
_SHOPEE = "Order ID,Order Status,Order Creation Date,Product Name,Quantity,Total Amount,Currency"


def _amazon() -> Lines:
    rows = [f'"{date(2025, m, d):%b} {d}, 2025 1:02:03 AM PST","1","Order","114-{m}{d}","S","1","amazon.com","25.99","-3.90","22.09"'
            for m in range(1, 13) for d in (3, 13, 25)]  # fmt: skip
    return ['"Includes Amazon Marketplace transactions"', '"All amounts in USD, unless specified"', _AMAZON, *rows]


def _shopee() -> Lines:
    days = [date(2025, month, day) for month in range(1, 13) for day in (3, 13, 25)]
    return [_SHOPEE, *(f"25{day:%m%d}A,Completed,{day} 10:00,Pineapple tart,2,20.49,SGD" for day in days)]


@pytest.mark.parametrize("lines", [_amazon(), _shopee()], ids=["Amazon by dates", "Shopee"])
def test_sales_abroad_are_read_and_never_taken_for_yuan(lines: Lines) -> None:
    got = found(lines)
    assert got.document is Document.SHOP_ORDERS
    assert any(figure.fact == "platform_sales" for figure in got.figures)
    assert doubted(got, "platform_sales") == ["currency"]


def test_a_bank_in_a_remark_did_not_write_the_bill() -> None:
    rows = [f"2026-{month:02}-05 10:00:00,某店,扫码收款,{900 + month}.00,交易成功,收入" for month in range(1, 7)]
    remarks = ["1.快捷支付等方式可能既产生平台交易也同步产生银行交易，请勿重复记账；", "2.实际到账以开户银行为准。"]
    got = found([*remarks, "交易时间,商户名称,交易说明,金额,交易状态,收/支", *rows])
    assert isinstance(got.series, FlowSeries)
    assert got.series.account.bank is None


def test_the_bank_that_an_account_is_said_to_be_at_goes_before_one_in_the_title() -> None:
    rows = [f"2026-{month:02}-{day:02},Transfer,,{amount}.00,{amount}.00" for month in range(1, 4) for day, amount in ((3, 100), (28, 200))]
    lines = [
        "Sample Bank Statement",
        "Bank Name: Harbour Trust Bank",
        "Currency: CNY",
        "Date,Description,Withdrawals,Deposits,Balance",
        *rows,
    ]
    got = found(lines)
    assert isinstance(got.series, FlowSeries)
    assert got.series.account.bank == "trust bank"


def test_a_holder_in_the_cell_beside_its_label() -> None:
    rows = [f"2026-{month:02}-{day:02},货款,,{amount},,{amount},某客户" for month in range(1, 4) for day, amount in ((3, 100), (28, 200))]
    names = "日期,摘要,借方发生额,贷方发生额,凭证号,余额,对方户名"
    got = found(["某某银行,对公账户对账单", "户名:,福州建安商贸有限公司,账号:,8114", names, *rows])
    assert got.holder == "福州建安商贸有限公司"


@pytest.mark.parametrize(("days", "full"), [((10, 11, 12), 12), ((1, 14, 30), 10)])
def test_a_month_is_whole_when_it_begins_and_ends_like_the_others(days: tuple[int, ...], full: int) -> None:
    names = "发票号码,开票日期,购方名称,金额,税额,价税合计,发票状态"
    every = [date(2025, month, min(day, 28)) for month in range(1, 13) for day in days]
    kept = every if full == 12 else [day for day in every if date(2025, 1, 10) <= day <= date(2025, 12, 20)]
    got = found([names, *(f"{n:08},{day},客户{n % 3},100.00,13.00,113.00,正常" for n, day in enumerate(kept))])
    assert isinstance(got.series, SalesSeries)
    assert sum(one.full for one in got.series.months) == full


def test_what_was_bought_on_an_apps_credit_is_not_spent_again_when_it_is_repaid() -> None:
    names = "交易创建时间,交易类型,订单标题,收/支,支付方式,实付金额,交易单号"
    rows = [f"2026-{month:02}-{day:02} 10:00:00,{said},{month}{day}" for month in range(1, 4) for day, said in (
        (3, "支付,面粉,支出,美团月付,¥100.00"), (12, "支付,黄油,支出,微信支付,¥30.00"),
        (25, "还款,【美团月付】主动还款,支出,储蓄卡,¥100.00"), (28, "收款,到店,收入,余额,¥500.00"))]  # fmt: skip
    got = found(["美团交易账单明细", names, *rows])
    assert isinstance(got.series, FlowSeries)
    assert [(one.inflow, one.outflow) for one in got.series.months] == [(500, 130)] * 3
