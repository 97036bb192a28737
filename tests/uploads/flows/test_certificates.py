"""PDF certificates of payment apps and statements of banks: pages, with and without rules, seals, lines that wrap, repeated headers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

import pytest

from nlu.uploads.document import Document, Findings
from nlu.uploads.read import read
from tests.uploads.pages import Row, line, table, typeset

TODAY = date(2026, 11, 26)
FIRM = "福州建安商贸有限公司"
CENT = Decimal("0.01")
#: A seal across the table, and what programs print on top and at the foot of every page.
_SEAL = (
    "#place(top + right, dx: -60pt, dy: 120pt, rotate(-15deg, circle(radius: 55pt, stroke: 2pt + red)["
    "#align(center + horizon)[#text(red, size: 9pt)[某某银行股份有限公司 \\ 电子业务专用章 \\ 2026年07月01日]]]))\n"
)
_FRAME = (
    ", header: [#text(6pt)[电子流水 第 #context counter(page).display() 页]]"
    ", footer: [#text(6pt)[本证明仅供参考 #h(1fr) 打印时间：2026-07-01 10:00:00]]"
)
_BREAK = "#pagebreak()\n"


def broken(number: str) -> str:
    """A long number that may go on in the next line of its cell."""
    return "\u200b".join(number[place : place + 7] for place in range(0, len(number), 7))


def paged(head: Row, rows: Sequence[Row], columns: str, align: str, stroke: str, a_page: int, again: bool = True) -> str:
    """A list over several pages, its header on each of them or on the first only."""
    pages = [rows[first : first + a_page] for first in range(0, len(rows), a_page)]
    return _BREAK.join(table([head, *page] if again or page is pages[0] else page, columns, align, stroke) for page in pages)


# -- payment apps: what came in, payments, and transfers to the owner's own card

CAME = {(month, day): Decimal(560 + 13 * month + day) for month in range(1, 7) for day in (1, 4, 8, 12, 16, 20, 24, 28)}


def _times() -> Iterator[tuple[str, str, Decimal, int]]:
    for place, ((month, day), amount) in enumerate(CAME.items()):
        yield f"2026-{month:02}-{day:02} 11:0{place % 10}:22", "收入", amount, place
        if day == 24:
            yield f"2026-{month:02}-26 10:00:00", "支出", Decimal(1800 + month), place
            yield f"2026-{month:02}-27 10:00:00", "其他", Decimal(2000), place


def _wechat(wide: bool = True, **how: object) -> str:
    head = ("交易单号", "交易时间", "交易类型", "收/支/其他", "交易方式", "金额(元)", "交易对方", "商户单号")
    kinds = {
        "收入": ("二维码收款", "零钱", "顾客"),
        "支出": ("商户消费", "招商银行(1234)", "粮油批发部"),
        "其他": ("零钱提现", "招商银行(1234)", "/"),
    }
    rows = [
        (broken(f"100003{n:022}"), time, kinds[side][0], side, kinds[side][1], f"{amount:.2f}", f"{kinds[side][2]}{n}", "/")
        for time, side, amount, n in _times()
    ]
    top = "#align(center)[微信支付交易明细证明]\n" + line(
        "兹证明:林海(居民身份证:350203********1234)，在其微信号:lin88中的交易明细信息如下:"
    )
    top += line("交易明细对应时间段 2026-01-01 00:00:00 至 2026-06-30 23:59:59")
    columns = "1.5fr,1.3fr,1fr,0.9fr,1.1fr,0.9fr,1fr,1.1fr" if wide else "1fr,0.9fr,0.7fr,0.6fr,0.8fr,0.8fr,0.7fr,0.8fr"
    side = "+horizon" if how.get("middle") else ""
    align = ",".join(f"{where}{side}" for where in ("left",) * 5 + ("right", "left", "left"))
    return top + paged(head, rows, columns, align, str(how.get("stroke", "0.5pt")), 14, bool(how.get("again", True)))


def _alipay(**how: object) -> str:
    head = ("收/支", "交易对方", "商品说明", "收/付款方式", "金额", "交易订单号", "商家订单号", "交易时间")
    said = {"收入": ("收入", "经营码交易-现烤蛋挞六只装（原味）"), "支出": ("支出", "面粉采购"), "其他": ("不计收支", "余额提现到银行卡")}
    rows = [
        (
            said[side][0],
            f"顾客**{n}",
            said[side][1],
            "余额",
            f"{amount:.2f}",
            broken(f"2026{n:020}"),
            broken(f"T{n:014}") if n % 2 else "",
            time,
        )
        for time, side, amount, n in _times()
    ]
    top = "#align(center)[支付宝交易流水证明]\n" + line(
        "兹证明：林海（证件号码：350203********1234）在其支付宝账号138******88中明细信息如下："
    )
    top += line("币种：人民币/单位：元") + line("交易时间段：2026-01-01 00:00:00 至 2026-06-30 23:59:59")
    below = line(f"收入：{len(CAME)}笔，{sum(CAME.values())}元") if how.get("totals") else ""
    columns, align = "0.7fr,1fr,1.4fr,1.1fr,0.8fr,1.4fr,1.2fr,1.2fr", "left,left,left,left,right,left,left,left"
    return top + paged(head, rows, columns, align, str(how.get("stroke", "0.5pt")), 18, bool(how.get("again", True))) + below


APPS: dict[str, Callable[[], bytes]] = {
    "WeChat": lambda: typeset(_wechat(), 8),
    "WeChat, sealed, framed, without rules, one header": lambda: typeset(_SEAL + _wechat(stroke="none", again=False), 8, _FRAME),
    "WeChat, narrow": lambda: typeset(_wechat(wide=False), 8),
    "WeChat, narrow, without rules, set to the middle": lambda: typeset(_wechat(wide=False, stroke="none", middle=True), 8),
    "Alipay": lambda: typeset(_SEAL + _alipay(totals=True), 8, _FRAME),
    "Alipay, without rules, one header": lambda: typeset(_SEAL + _alipay(stroke="none", again=False), 8, _FRAME),
}


@pytest.mark.parametrize("layout", APPS)
def test_certificates_of_payment_apps(layout: str) -> None:
    found = read(APPS[layout](), "x.pdf", TODAY)
    assert found.document is Document.PAYMENT_BILL
    assert [check.name for check in found.checks if not check.ok] == []
    assert found.facts["monthly_inflow"] == (sum(CAME.values()) / 6).quantize(CENT)


# -- banks

_A_MONTH = (
    (2, "46200.00", "货款"),
    (9, "-31500.00", "采购款"),
    (20, "-8650.00", "贷款还本付息"),
    (21, "-125.50", "账户管理费"),
    (27, "18990.00", "货款"),
)


def _moves(times: int = 1) -> Iterator[tuple[date, Decimal, Decimal, str]]:
    balance = Decimal("86420.35") * times
    for month in range(1, 7):
        for day, said, words in _A_MONTH:
            amount = (Decimal(said) + (310 * month if said[0] != "-" else 0)) * times
            balance += amount
            yield date(2026, month, day), amount, balance, words


MOVES = tuple(_moves())
IN = sum((amount for _, amount, *_ in MOVES if amount > 0), Decimal(0))
_ZH = ("交易日期", "摘要", "支出", "收入", "余额", "对方户名")
_TOP = "#align(center)[单位活期账户交易明细]\n" + line(f"户名：{FIRM}　　账号：35050161234500000123") + line("币种：人民币")
_EN = line("STATEMENT OF ACCOUNT") + line("Account Name: Lucky Island Foods Limited") + line("Currency: CNY")


def sides(amount: Decimal) -> tuple[str, str]:
    return (f"{-amount:,.2f}", "") if amount < 0 else ("", f"{amount:,.2f}")


def _zh(more: str = "", moves: Sequence[tuple[date, Decimal, Decimal, str]] = MOVES) -> list[Row]:
    return [(f"{day}", words + more, *sides(amount), f"{balance:,.2f}", "某某有限公司") for day, amount, balance, words in moves]


def _totals_on_pages() -> str:
    pages = []
    for first in range(0, len(MOVES), 10):
        page = MOVES[first : first + 10]
        went, came = (sum((abs(amount) for _, amount, *_ in page if (amount > 0) is into), Decimal(0)) for into in (False, True))
        total = ("本页合计", "", f"{went:,.2f}", f"{came:,.2f}", "", "")
        pages.append(table([_ZH, *_zh(moves=page), total], "auto,1fr,auto,auto,auto,1fr", "left,left,right,right,right,left"))
    return _TOP + _BREAK.join(pages)


def _carried_forward() -> str:
    pages = []
    for first in range(0, len(MOVES), 10):
        page = MOVES[first : first + 10]
        rows = [
            (f"{day:%d-%b-%y}", "LOAN REPAYMENT" if "贷款" in words else "TRF", *sides(amount), f"{balance:,.2f}")
            for day, amount, balance, words in page
        ]
        begins = ("", "BROUGHT FORWARD", "", "", f"{page[0][2] - page[0][1]:,.2f}")
        ends = ("", "CARRIED FORWARD", "", "", f"{page[-1][2]:,.2f}")
        head = ("Date", "Description", "Debit", "Credit", "Balance")
        pages.append(table([head, begins, *rows, ends], "auto,1fr,auto,auto,auto", "left,left,right,right,right", "none"))
    return _EN + _BREAK.join(pages)


def _without_years() -> str:
    rows = [
        (f"{day:%d %b}", "LOAN REPAYMENT" if "贷款" in words else "TRF", f"{amount:,.2f}", f"{balance:,.2f}")
        for day, amount, balance, words in MOVES
    ]
    top = _EN + line("Statement Period: 01 Jan 2026 - 30 Jun 2026")
    return top + paged(("Date", "Description", "Amount", "Balance"), rows, "auto,1fr,auto,auto", "left,left,right,right", "none", 20)


_LONG = " 网上银行转账 附言：合同编号第三批次货物款项结算 经办人林海 用途：日常经营"
_WIDE, _NARROW = "auto,auto,auto,auto,auto,1fr", "auto,1.2fr,auto,auto,auto,0.8fr"
_ALIGN = "left,left,right,right,right,left"
_MIDDLE = ",".join(f"{one}+horizon" for one in _ALIGN.split(","))
BANKS: dict[str, Callable[[], bytes]] = {
    "header on each page": lambda: typeset(_SEAL + _TOP + paged(_ZH, _zh(), _WIDE, _ALIGN, "none", 16), 9, _FRAME),
    "header once, words that wrap": lambda: typeset(_TOP + paged(_ZH, _zh(_LONG), _NARROW, _ALIGN, "none", 8, again=False), 9),
    "words that wrap, set to the middle": lambda: typeset(_TOP + paged(_ZH, _zh(_LONG), _NARROW, _MIDDLE, "none", 8), 9),
    "totals of pages": lambda: typeset(_totals_on_pages(), 9),
    "carried forward": lambda: typeset(_carried_forward(), 9),
    "days without years": lambda: typeset(_without_years(), 9),
    "lying": lambda: typeset(_SEAL + _TOP + paged(_ZH, _zh(), _WIDE, _ALIGN, "0.5pt", 12), 9, ", flipped: true"),
}  # fmt: skip


@pytest.mark.parametrize("layout", BANKS)
def test_statements_of_banks(layout: str) -> None:
    found = read(BANKS[layout](), "x.pdf", TODAY)
    assert found.document is Document.BANK_STATEMENT
    assert [check.name for check in found.checks if not check.ok] == []
    assert found.facts["monthly_inflow"] == (IN / 6).quantize(CENT)
    assert found.facts["monthly_debt_service"] == 8650
    assert found.facts["cash"] == MOVES[-1][2]


def test_two_accounts_in_one_file_are_told_apart_and_asked_about() -> None:
    other = tuple(_moves(times=2))
    lists = (paged(_ZH, _zh(moves=moves), _WIDE, _ALIGN, "none", 16) for moves in (MOVES, other))
    found: Findings = read(typeset(_TOP + _BREAK.join(lists), 9), "x.pdf", TODAY)
    assert [check.name for check in found.checks if not check.ok] == ["accounts"]
    assert next(figure.value for figure in found.figures if figure.fact == "cash") == MOVES[-1][2] + other[-1][2]


def test_a_page_whose_columns_cannot_be_told_is_not_left_out_in_silence() -> None:
    rows = _zh()
    first, rest = table(rows[:12], _WIDE, _ALIGN, "none"), table([_ZH, *rows[12:]], _WIDE, _ALIGN, "none")
    found = read(typeset(_TOP + first + _BREAK + rest, 9), "x.pdf", TODAY)
    assert "pages" in [check.name for check in found.checks if not check.ok]
    assert not found.facts
