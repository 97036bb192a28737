"""What must add up in an ageing list: spans to totals, rows to the total row, open amounts within the invoices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from nlu.uploads.document import Check
from nlu.uploads.flows.cells import amount
from nlu.uploads.flows.said import failed, money, passed, places
from nlu.uploads.flows.table import Row, Table
from nlu.uploads.grid import At

DEBTS = ("receivables", "largest_customer_share")
#: Sheets in whole yuan or in 万元 are rounded row by row.
_CENTS = Decimal("0.05")
_NOTHING = Decimal(0)
#: Odd rows are told, but do not block the total when they are less than this part of it.
_UNNOTICED = Decimal("0.005")

Rows = Sequence[tuple[Row, str, dict[int, Decimal]]]


def unreadable(spoilt: Sequence[At]) -> list[Check]:
    if not spoilt:
        return []
    where = places(spoilt)
    return [failed("readable", f"这些金额读不出来：{where.zh}。", f"These amounts cannot be read: {where.en}.", DEBTS)]


def across(table: Table, rows: Rows) -> list[Check]:
    """Each customer's ages add up to his total."""
    if not table.has("total"):
        return []
    wrong = [
        table.at(row, "total")
        for row, _, values in rows
        if (total := amount(table.cell(row, "total"))) is not None and values and abs(sum(values.values(), _NOTHING) - total) > _CENTS
    ]
    if wrong:
        where = places(wrong)
        zh, en = f"各账龄段加起来不等于合计：{where.zh}。", f"The ages do not add up to the total at {where.en}."
        return [failed("ages", f"{zh}可能有数字改动过或抄错。", f"{en} A figure there may be changed or mistyped.", DEBTS)]
    return [passed("ages", "每一行的账龄段加起来都等于合计。", "The ages add up to the total in every row.")]


def down(table: Table, rows: Rows, totals: Sequence[Row]) -> list[Check]:
    """The last total row is the sum of the rows, age by age."""
    columns = [*table.columns["bucket"], *table.columns.get("total", ())]
    for row in reversed(totals):
        said = {column: value for column in columns if column < len(row.cells) and (value := amount(row.cells[column])) is not None}
        if not said:
            continue
        sums = {column: sum((_value(one, column) for one, _, _ in rows), _NOTHING) for column in said}
        wrong = [table.grid.at(row.index, column) for column in said if abs(sums[column] - said[column]) > _CENTS]
        if wrong:
            where = places(wrong)
            zh, en = f"合计行和上面各行加起来不一样：{where.zh}。", f"The total row is not the sum of the rows at {where.en}."
            return [
                failed("stated_total", f"{zh}可能少了几行，或有数字改动过。", f"{en} Rows may be missing, or a figure was changed.", DEBTS)
            ]
        return [passed("stated_total", "合计行和各行加起来一致。", "The total row is the sum of the rows.")]
    return []


def _value(row: Row, column: int) -> Decimal:
    return (amount(row.cells[column]) if column < len(row.cells) else None) or _NOTHING


def days_past_due(odd: int, fitting: int) -> list[Check]:
    """The days past due are counted from one day. They decide the ages only, no figure."""
    if odd <= fitting // 20:
        return []
    zh, en = (
        f"有 {odd} 行的逾期天数和到期日对不上，账龄按到期日重新算。",
        f"{odd} rows' days past due do not fit their due dates; ages follow the due dates.",
    )
    return [passed("days_past_due", zh, en)]


def of_invoices(table: Table, kept: Sequence[Row], settled: Sequence[Row], totals: Sequence[Row]) -> list[Check]:
    """Open amounts are no larger than the invoices, settled ones are nothing any more, and the total row agrees."""
    checks: list[Check] = []
    every = sum((amount(table.only(row, "open")) or _NOTHING for row in kept), _NOTHING)
    over: list[tuple[At, Decimal]] = []
    for row in kept:
        first, left = amount(table.cell(row, "original")), amount(table.only(row, "open"))
        if table.has("original") and first is not None and left is not None and first >= 0 and left > first:
            over.append((table.at(row, "open"), left - first))
    if over:
        where = places(at for at, _ in over)
        zh, en = f"未收金额比发票金额还大：{where.zh}。", f"More is open than was invoiced at {where.en}."
        checks.append(failed("open_amounts", zh, en, _weighty(over, every)))
    owing = [(table.at(row, "open"), value) for row in settled if (value := amount(table.only(row, "open")))]
    if owing:
        where = places(at for at, _ in owing)
        zh, en = f"写着已结清，却还有余额：{where.zh}。", f"Marked as settled but with an open amount: {where.en}."
        checks.append(failed("settled", f"{zh}这几笔先没算。", f"{en} They are not counted for now.", _weighty(owing, every)))
    elif settled:
        checks.append(passed("settled", f"已结清的 {len(settled)} 行没有算。", f"{len(settled)} settled rows are not counted."))
    said = next((value for row in reversed(totals) if (value := amount(table.only(row, "open"))) is not None), None)
    counted = sum((amount(table.only(row, "open")) or _NOTHING for row in kept), _NOTHING)
    if said is not None and abs(said - counted) > _CENTS:
        zh = f"合计行写的是 {money(said)}，各行加起来是 {money(counted)}。可能少了几行，或改动过。"
        en = f"The total row says {money(said)}, but the rows come to {money(counted)}. Rows may be missing or changed."
        checks.append(failed("stated_total", zh, en, DEBTS))
    return [*checks, *_doubles(table, kept)]


def _weighty(odd: Sequence[tuple[At, Decimal]], every: Decimal) -> tuple[str, ...]:
    """The facts in doubt: none when all that is odd would change the total by less than what a reader would notice."""
    return DEBTS if sum((abs(value) for _, value in odd), _NOTHING) > abs(every) * _UNNOTICED else ()


def one_name(ids: Mapping[str, set[str]]) -> list[Check]:
    """Customers of one name with several numbers may be one customer or several."""
    several = sorted(name for name, numbers in ids.items() if len(numbers) > 1)
    if not several:
        return []
    named = ", ".join(several[:3])
    return [
        failed(
            "customers",
            f"同名客户有不同的编号（如 {named}），最大客户占比先按同一家算，请确认。",
            f"Customers of one name have several numbers (such as {named}); they are taken as one for the largest share. Please confirm.",
            ("largest_customer_share",),
        )
    ]


def _doubles(table: Table, kept: Sequence[Row]) -> list[Check]:
    seen: set[tuple[str, ...]] = set()
    twice = []
    for row in kept:
        key = tuple(table.text(row, role) for role in ("number", "customer", "customer_id", "day", "due", "open"))
        if key[0] and key in seen:
            twice.append(table.at(row, "number"))
        seen.add(key)
    if not twice:
        return []
    where = places(twice)
    return [failed("doubles", f"同一张单子出现了两次：{where.zh}。", f"The same invoice stands there twice: {where.en}.", DEBTS)]


def of_pages(checks: Sequence[Check]) -> list[Check]:
    """A list over several pages has its total on the last one: page by page it is not the sum of the rows."""
    return [check for check in checks if check.name != "stated_total"]


def ahead(as_of: date) -> Check:
    return failed("future", f"单子的日期 {as_of} 还没到。", f"The day of the list, {as_of}, lies in the future.", DEBTS)


def nothing() -> Check:
    return failed("empty", "这份清单里没有还没收回的款。", "There is nothing open in this list.", DEBTS)


def several(sums: Sequence[Decimal]) -> list[Check]:
    """Several lists in a file are of the same receivables only if they come to the same."""
    if len(set(sums)) <= 1:
        return [
            passed("lists", "文件里有几张表，合计一致，只算一次。", "There are several lists with the same total; they are counted once.")
        ]
    said = ", ".join(money(value) for value in sums)
    return [
        failed(
            "lists",
            f"文件里有几张应收表，合计不一样：{said}。请告诉我用哪一张。",
            f"There are several lists of receivables with different totals: {said}. Please tell me which one counts.",
            DEBTS,
        )
    ]
