"""The counts and sums that a bank or an app prints on its own list, against the rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nlu.uploads.document import Check
from nlu.uploads.flows.balances import Movement
from nlu.uploads.flows.cells import amount
from nlu.uploads.flows.entries import Ledger, Raw
from nlu.uploads.flows.flow_checks import ALL, INCOME
from nlu.uploads.flows.preamble import Preamble
from nlu.uploads.flows.said import failed, money, passed

_COUNTED = re.compile(
    r"(?<!待)(收入|支出|不计收支|中性交易|其他|其它)(?:合计|总计)? ?: ?(?:共 ?)?(\d+) ?笔(?:\([^)]*\))?"
    r"[,， |]*(?:共|金额)? ?:? ?¥?-?([\d,]+(?:\.\d+)?) ?元?"
)
_ROWS = re.compile(r"(?:^|[#|,，;； ])(?:共|总计|合计) ?:? ?(\d+) ?(?:笔|条)")
_SIDES = {"收入": 1, "支出": -1}
_INCOME_SUM = (
    r"(?:总收入|收入|贷方|存入|转入|收方|进账)(?:总|累计)?(?:金额|发生额)?(?:合计|总额|总计|总和)(?:金额)?|总收入(?:金额)?|累计收入(?:金额)?|(?:收入|贷方)(?:累计|合计|总)(?:金额|发生额)"
    r"|total (?:credits?|deposits?|money in|paid in|receipts)(?: amount)?|total credit amount|total deposits? (?:and|&) (?:other )?credits"
)
_EXPENSE_SUM = (
    r"(?:总支出|支出|借方|支取|转出|付方|出账)(?:总|累计)?(?:金额|发生额)?(?:合计|总额|总计|总和)(?:金额)?|总支出(?:金额)?|累计支出(?:金额)?|(?:支出|借方)(?:累计|合计|总)(?:金额|发生额)"
    r"|total (?:debits?|withdrawals?|money out|paid out|payments)(?: amount)?"
    r"|total debit amount|total withdrawals? (?:and|&) (?:other )?debits"
)
_INCOME_COUNT = r"(?:收入|贷方|存入|收方)(?:交易)?(?:总)?笔数|(?:number|no\.?) of (?:credits?|deposits?)"
_EXPENSE_COUNT = r"(?:支出|借方|支取|付方)(?:交易)?(?:总)?笔数|(?:number|no\.?) of (?:debits?|withdrawals?)"
_COUNT = r"(?:交易)?总笔数|交易笔数|记录数|(?:total )?number of transactions|transaction count"


@dataclass(frozen=True, slots=True)
class _Side:
    """The rows of one side: how many, and what they come to with and without what was taken back."""

    count: int
    sums: frozenset[Decimal]


def _side(movements: Iterable[Movement], side: int) -> _Side:
    values = [abs(one.amount) * (1 if one.amount * side > 0 else -1) for one in movements if one.amount and one.side == side]
    net = sum(values, Decimal(0))
    crossed = sum((abs(one.amount) for one in movements if one.amount and one.amount * side > 0), Decimal(0))
    return _Side(len(values), frozenset({net, sum((value for value in values if value > 0), Decimal(0)), crossed}))


def of_bank(around: Preamble, book: Ledger, movements: Sequence[Movement]) -> Iterator[Check]:
    """Counts and sums above a bank's list, and its own total row. A firm's own books have what came in to the debit (借方)."""
    turned = -1 if _is_turned(movements) else 1
    for column, sums, counts in (
        (1, _INCOME_SUM, _INCOME_COUNT),
        (-1, _EXPENSE_SUM, _EXPENSE_COUNT),
    ):
        side = column * turned
        own = _side(movements, side)
        stated = around.stated(sums)
        total = next((abs(value) for raw in reversed(book.totals) if (value := raw.income if column > 0 else raw.expense)), None)
        said = abs(stated[0]) if stated else total
        if said is not None:
            yield _compared(side, said, own.sums, _partial(book, column) if not stated else frozenset())
        counted = around.stated(counts)
        if counted and counted[0] != own.count:
            yield _miscounted(int(counted[0]), own.count, side)
    counted = around.stated(_COUNT)
    if counted and counted[0] != (rows := sum(bool(one.amount) for one in movements)):
        yield _miscounted(int(counted[0]), rows, 0)


def _is_turned(movements: Sequence[Movement]) -> bool:
    """Whether what stands in the column of income went out."""
    booked = [one.amount < 0 for one in movements if one.amount and one.raw.income]
    return bool(booked) and sum(booked) * 2 > len(booked)


def _partial(book: Ledger, column: int) -> frozenset[Decimal]:
    """What the rows above the last total, since the one before it, come to: a page's or a month's own total."""
    if len(book.totals) < 2:
        return frozenset()
    sheets = list(dict.fromkeys(id(raw.table) for raw in book.raws))
    placed = [(sheets.index(id(raw.table)), raw.row.index) if id(raw.table) in sheets else (len(sheets), 0) for raw in book.totals[-2:]]
    values = [
        raw.income if column > 0 else raw.expense
        for raw in book.raws
        if placed[0] < (sheets.index(id(raw.table)), raw.row.index) < placed[1]
    ]
    return frozenset({sum((value for value in values if value), Decimal(0))})


def _compared(side: int, said: Decimal, sums: frozenset[Decimal], also: frozenset[Decimal]) -> Check:
    name = "stated_income" if side > 0 else "stated_expense"
    zh, en = ("收入", "money in") if side > 0 else ("支出", "money out")
    if said in {abs(value) for value in sums | also}:
        return passed(name, f"{zh}合计 {money(said)} 对得上。", f"The total of {en}, {money(said)}, agrees.")
    counted = max(sums)
    return failed(
        name,
        f"单子上的{zh}合计是 {money(said)}，各行加起来是 {money(counted)}，差 {money(said - counted)}。可能少了几行，或改动过。",
        f"The list says {en} comes to {money(said)}; its rows come to {money(counted)}, {money(said - counted)} apart. "
        "Rows may be missing or changed.",
        ALL if side > 0 else ("monthly_debt_service", "cash"),
    )


def _miscounted(said: int, rows: int, side: int) -> Check:
    zh, en = {1: ("收入", "rows of money in"), -1: ("支出", "rows of money out"), 0: ("", "rows")}[side]
    return failed(
        "stated_count",
        f"单子上写{zh}共 {said} 笔，我读到 {rows} 笔。可能没导全，或删过行。",
        f"The list says {said} {en}, but there are {rows}. The export may be incomplete, or rows were removed.",
        ("monthly_debt_service",) if side < 0 else (*INCOME, "cash") if side > 0 else ALL,
    )


def of_bill(around: Preamble, raws: Sequence[Raw], closed: frozenset[int]) -> Iterator[Check]:
    """The lines 收入：3笔 120.00元 of an app's bill. Apps count closed payments and refunds in or out; either is right."""
    for line in around.lines:
        for match in _COUNTED.finditer(line.text):
            side, count, said = _SIDES.get(match[1], 0), int(match[2]), amount(match[3]) or Decimal(0)
            if side:
                yield _bill_side(side, count, said, [raw for raw in raws if _stands(raw) == side], closed)
    rows = next((int(found[1]) for line in around.lines if (found := _ROWS.search(line.text))), None)
    if rows is not None and rows != len(raws):
        yield _miscounted(rows, len(raws), 0)


def _stands(raw: Raw) -> int:
    """The side on which a row of a bill stands: by its flag, or by its column."""
    if raw.flag is not None:
        return raw.flag
    return 1 if raw.income else -1 if raw.expense else 0


def _size(raw: Raw) -> Decimal:
    return abs(raw.amount or raw.income or raw.expense or Decimal(0))


def _bill_side(side: int, count: int, said: Decimal, raws: list[Raw], closed: frozenset[int]) -> Check:
    name = "stated_income" if side > 0 else "stated_expense"
    zh, en = ("收入", "money in") if side > 0 else ("支出", "money out")
    open_rows = [raw for raw in raws if id(raw) not in closed]
    # Some apps count what repays their own credit, but leave it out of the sum.
    unrepaid = [raw for raw in raws if "还款" not in raw.words]
    for counted, rows in ((raws, raws), (open_rows, open_rows), (raws, unrepaid), (raws, open_rows)):
        gross = sum((_size(raw) for raw in rows), Decimal(0))
        net = gross - sum((raw.refunded for raw in rows), Decimal(0))
        if len(counted) == count and said in (gross, net):
            return passed(
                name, f"{zh} {count} 笔、{money(said)} 元，和账单上写的一致。", f"{count} rows of {en}, {money(said)}, as the bill says."
            )
    total = sum((_size(raw) - raw.refunded for raw in open_rows), Decimal(0))
    return failed(
        name,
        f"账单上写{zh} {count} 笔 {money(said)} 元，我读到 {len(raws)} 笔 {money(total)} 元。可能删过行，或没导全。",
        f"The bill says {count} rows of {en}, {money(said)}; there are {len(raws)}, {money(total)}. Rows may be missing or changed.",
        (*INCOME, "cash") if side > 0 else ("monthly_debt_service", "cash"),
    )
