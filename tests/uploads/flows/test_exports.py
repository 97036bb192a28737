"""One account as many banks and payment apps export it: other names and orders of columns, pages, units, signs, dates, digits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from nlu.uploads.flows.series import FlowSeries
from nlu.uploads.read import read
from tests.uploads.building import sheet_xml, xlsx

TODAY = date(2026, 11, 26)
HOLDER = "福州建安商贸有限公司"
_WIDE = str.maketrans("0123456789.-", "０１２３４５６７８９．－")


@dataclass(frozen=True)
class Move:
    """A movement (in is positive), the balance after it, the other side and the words."""

    day: date
    amount: Decimal
    balance: Decimal
    party: str
    words: str

    @property
    def size(self) -> Decimal:
        return abs(self.amount)

    def either(self, into: str, out: str) -> str:
        return into if self.amount > 0 else out

    @property
    def columns(self) -> str:
        """What came in and what went out, in a column each."""
        return f"{self.size if self.amount > 0 else ''},{self.size if self.amount < 0 else ''}"

    @property
    def turned(self) -> str:
        """The same with what went out first."""
        return ",".join(reversed(self.columns.split(",")))


_A_MONTH = (
    (3, "8000.50", "海蓝超市有限公司", "货款"),
    (5, "-18000.00", "榕城物业公司", "房租"),
    (12, "12000.00", "鼎盛餐饮有限公司", "货款"),
    (20, "-9600.00", "贷款户", "贷款还款"),
    (28, "30500.25", "闽江酒楼有限公司", "货款"),
)


def moves() -> Iterator[Move]:
    balance = Decimal("100000.00")
    for month in range(1, 7):
        for day, amount, party, words in _A_MONTH:
            moved = Decimal(amount) + (100 * month if amount[0] != "-" else 0)
            balance += moved
            yield Move(date(2026, month, day), moved, balance, party, words)


MOVES = tuple(moves())
IN, OUT = (sum((one.size for one in MOVES if (one.amount > 0) is came), Decimal(0)) for came in (True, False))
Lines = list[str]


def icbc() -> Lines:
    head = ["中国工商银行账户明细", f"账号:4000021234567890123,户名:{HOLDER}", "起始日期:20260101,截止日期:20260630"]
    rows = [
        f"0,{one.day:%Y%m%d}103000,{one.either('贷', '借')},{one.size},{one.balance},{one.party},62,{one.words},{one.words}"
        for one in MOVES
    ]
    return [*head, "凭证号,交易时间,借贷标志,发生额,余额,对方单位名称,对方账号,摘要,用途", *rows]


def cmb_newest_first() -> Lines:
    head = ["招商银行企业账户交易明细", f"账 号：591902345678901  户名：{HOLDER}", "查询期间：2026年01月01日 - 2026年06月30日"]
    rows = [f"{one.day:%Y/%m/%d},10:00:00,转账,{one.turned},{one.balance},{one.words},{one.party},1" for one in reversed(MOVES)]
    return [*head, "交易日,交易时间,交易类型,借方金额,贷方金额,余额,摘要,收(付)方名称,收(付)方账号", *rows, f"合计,,,{OUT},{IN},,,,"]


def boc_payer_and_payee() -> Lines:
    rows = [
        f"{one.either('来账', '往账')},{one.either(one.party, HOLDER)},{one.either(HOLDER, one.party)},{one.day:%Y%m%d},CNY,"
        f"{one.amount},{one.balance},{one.words}"
        for one in MOVES
    ]
    return [
        "中国银行对公账户交易明细",
        "交易类型[ Transaction Type ],付款人名称[ Payer's Name ],收款人名称[ Payee's Name ],交易日期[ Transaction Date ],"
        "交易货币[ Trade Currency ],交易金额[ Trade Amount ],交易后余额[ After-transaction balance ],摘要[ Reference ]",
        *rows,
    ]


def bocom_english_columns() -> Lines:
    rows = [f"{n},{m.day},transfer,{m.either('Cr', 'Dr')},{m.size},{m.balance},123,{m.party},{m.words}" for n, m in enumerate(MOVES)]
    names = "Serial Num,Trans Date,Trading Type,Dc Flg,Trans Amt,Balance,Payment Receipt Account,Payment Receipt Account Name,Abstract"
    return ["交通银行 Bank of Communications", "Query period 2026-01-01 to 2026-06-30", names, *rows]


def citic_heads_over_two_rows() -> Lines:
    rows = [f"{one.day},{one.words},{one.turned},{one.balance},{one.party}" for one in MOVES]
    return ["中信银行账户交易明细", f"户名,{HOLDER}", "交易日期,摘要,交易金额,,账户余额,交易对手", ",,支出,收入,,名称", *rows]


def hsbc() -> Lines:
    rows = [f"{one.day:%d %b %Y},{one.party},{one.columns},{one.balance},CNY" for one in MOVES]
    return ["HSBC Business Direct", "Account number,012-345678-001", "Date,Transaction details,Deposit,Withdrawal,Balance,Currency", *rows]


def full_width_digits_and_blanks() -> Lines:
    rows = [f"{one.day} ,{one.words} ,{one.columns},{one.balance}　,{one.party}".translate(_WIDE) for one in MOVES]
    return ["某某农村信用社流水", "交易日期,摘要,收入,支出,余额,对方户名", *(row.translate({ord("，"): ","}) for row in rows)]


def brackets_for_what_went_out() -> Lines:
    rows = [f'{m.day},{m.words},"{m.either(f"{m.size:,}", f"({m.size:,})")}","{m.balance:,}"' for m in MOVES]
    return ["Bank of Nowhere", "Currency: CNY", "Posting Date,Description,Amount,Running Balance", *rows]


def cr_and_dr_behind_amounts() -> Lines:
    rows = [f'{m.day:%d-%b-%y},{m.words},"{m.size:,} {m.either("CR", "DR")}","{m.balance:,} CR"' for m in MOVES]
    return ["Statement of account", "Currency: CNY", "Date,Narrative,Amount,Balance", *rows]


def ten_thousands() -> Lines:
    rows = [
        f"{m.day},{m.words},{m.either(str(m.size / 10_000), '')},{m.either('', str(m.size / 10_000))},{m.balance / 10_000},{m.party}"
        for m in MOVES
    ]
    return ["对公账户流水（单位：万元）", "日期,摘要,收入,支出,余额,对方", *rows]


def pages_with_subtotals() -> Lines:
    lines = ["某商业银行活期明细"]
    for first in range(0, len(MOVES), 10):
        page = MOVES[first : first + 10]
        came, went = (sum((one.size for one in page if (one.amount > 0) is into), Decimal(0)) for into in (True, False))
        lines.append("序号,记账日期,摘要,借方发生额,贷方发生额,余额,对方户名")
        lines += [f",,承前页,,,{MOVES[first - 1].balance},"] if first else []
        lines += [f"{n},{one.day:%Y.%m.%d},{one.words},{one.turned},{one.balance},{one.party}" for n, one in enumerate(page, first + 1)]
        lines += [f",,本页小计,{went},{came},,", f",,第{first // 10 + 1}页 共3页,,,,"]
    return [*lines, f",,累计,{OUT},{IN},,"]


def chinese_dates() -> Lines:
    rows = [f"{m.day.year}年{m.day.month}月{m.day.day}日,{m.either('收', '付')},{m.size},{m.balance},{m.party},{m.words}" for m in MOVES]
    return ["流水", "日期,收/付,金额,余额,对方,备注", *rows]


def _stated(mark: str) -> Lines:
    came = sum(one.amount > 0 for one in MOVES)
    return [f"共{len(MOVES)}笔记录", f"{mark}收入:{came}笔,{IN}元", f"{mark}支出:{len(MOVES) - came}笔,{OUT}元"]


def alipay_of_old() -> Lines:
    rows = [
        f"2026{n:020}\t ,T{n} ,{m.day} 10:00:00 ,{m.day} 10:00:05 ,即时到账交易 ,{m.party} ,{m.words} ,{m.size}   ,"
        f"{m.either('收入', '支出')}    ,交易成功 ,0.00 ,0.00 , ,{m.either('已收入', '已支出')} ,"
        for n, m in enumerate(MOVES)
    ]
    names = "交易号 ,商家订单号 ,交易创建时间 ,付款时间 ,类型 ,交易对方 ,商品名称 ,金额（元）,收/支 ,交易状态 ,服务费（元）,"
    names += "成功退款（元）,备注 ,资金状态 ,"
    head = [
        "支付宝交易记录明细查询",
        "账号:[138****1234]",
        "起始日期:[2026-01-01 00:00:00]    终止日期:[2026-06-30 23:59:59]",
        "-----交易记录明细列表-----",
    ]
    return [*head, names, *rows, "-" * 40, *_stated("已"), "待支出:0笔,0.00元", "导出时间:[2026-07-01 09:00:00]"]


def wechat() -> Lines:
    rows = [
        f'{m.day} 10:00:00,二维码收款,{m.party},"{m.words}",{m.either("收入", "支出")},¥{m.size},/,已存入零钱,"1{n:024}\t","/","/"'
        for n, m in enumerate(MOVES)
    ]
    head = ["微信支付账单明细,,,,", "微信昵称：[老林],,,,", "起始时间：[2026-01-01 00:00:00] 终止时间：[2026-06-30 23:59:59],,,,"]
    names = "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注"
    stated = [line.replace(",", " ") for line in _stated("")]
    return [
        *head,
        *stated,
        "中性交易：0笔 0.00元,,,,",
        "注：,,,,",
        "1. 充值/提现等交易，将计入中性交易,,,,",
        "-----账单明细列表-----,,,,",
        names,
        *rows,
    ]


LAYOUTS: Mapping[str, Callable[[], Lines]] = {
    made.__name__: made
    for made in (
        icbc, cmb_newest_first, boc_payer_and_payee, bocom_english_columns, citic_heads_over_two_rows, hsbc, full_width_digits_and_blanks,
        brackets_for_what_went_out, cr_and_dr_behind_amounts, ten_thousands, pages_with_subtotals, chinese_dates, alipay_of_old, wechat,
    )
}  # fmt: skip
#: Whose export says which account it is of: the bank or app, and the end of the number.
MARKS = {
    "icbc": ("工商银行", "0123"),
    "cmb_newest_first": ("招商银行", "8901"),
    "hsbc": ("汇丰银行", "8001"),
    "alipay_of_old": ("支付宝", "1234"),
    "wechat": ("微信支付", None),
    "ten_thousands": (None, None),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_one_account_reads_the_same_from_every_export(layout: str, encoding: str) -> None:
    found = read("\n".join(LAYOUTS[layout]()).encode(encoding), "x", TODAY)
    figures = {figure.fact: figure.value for figure in found.figures}
    assert [check.name for check in found.checks if not check.ok and check.name != "holder"] == []
    assert found.facts["monthly_inflow"] == (IN / 6).quantize(Decimal("0.01"))
    assert figures.get("cash", MOVES[-1].balance) == MOVES[-1].balance
    assert isinstance(found.series, FlowSeries)
    assert [one.month.month for one in found.series.months if one.full] == [1, 2, 3, 4, 5, 6]
    if layout in MARKS:
        assert (found.series.account.bank, found.series.account.tail) == MARKS[layout]


_SAME = ("41000201111", "41000201111")


@pytest.mark.parametrize(("numbers", "asked"), [(("41000201111", "35050162222"), False), (_SAME, True), ((None, None), True)])
def test_sheets_that_state_their_accounts_are_added_up_without_a_question(numbers: tuple[str | None, str | None], asked: bool) -> None:
    sheets = {}
    for name, number, times in zip(("工行", "建行"), numbers, (1, 2), strict=True):
        rows: list[list[object]] = [
            [f"户名：{HOLDER}", f"账号：{number}" if number else None],
            ["日期", "摘要", "金额", "余额", "对方户名"],
        ]
        rows += [[f"{one.day}", one.words, one.amount * times, one.balance * times, one.party] for one in MOVES]
        sheets[name] = sheet_xml(rows)
    found = read(xlsx(sheets), "x", TODAY)
    assert ([check.name for check in found.checks if not check.ok] == ["accounts"]) is asked
    assert {figure.fact: figure.value for figure in found.figures}["cash"] == 3 * MOVES[-1].balance
    assert isinstance(found.series, FlowSeries)
    assert found.series.account.tail is None
