"""What must add up in a ledger: running balance, rows that cannot be read, doubles, days to come, months without a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from nlu.uploads.document import Check, Period
from nlu.uploads.flows import months
from nlu.uploads.flows.balances import Break, Read
from nlu.uploads.flows.entries import Ledger, Raw
from nlu.uploads.flows.flow import Flow, left_out
from nlu.uploads.flows.purposes import WORDS, Purpose
from nlu.uploads.flows.said import failed, full_months, money, passed, places

INCOME = ("monthly_inflow", "monthly_inflow_cv", "largest_customer_share")
FLOWS = (*INCOME, "monthly_debt_service")
ALL = (*FLOWS, "cash")
MONEY = ("monthly_inflow", "monthly_debt_service", "cash")
#: Equal rows without number or balance may be two real payments; together they must not weigh more than this.
_DOUBLES = Decimal("0.01")


def running_balance(reads: Sequence[Read]) -> Check | None:
    """Each balance follows from the one before."""
    breaks = [one for read in reads for one in read.breaks]
    links = sum(max(read.links - 1, 0) for read in reads)
    if not breaks:
        if not links:
            return None
        return passed(
            "running_balance", f"逐笔余额都对得上（{links} 处）。", f"The running balance adds up from row to row ({links} times)."
        )
    where = places(one.after.at("balance") for one in breaks)
    zh, en = _why(breaks)
    return failed(
        "running_balance",
        f"余额和上一笔对不上：{where.zh}，差 {money(breaks[0].difference)}。{zh}",
        f"The balance does not follow from the row before at {where.en}: {money(breaks[0].difference)} is missing. {en}",
        ALL,
    )


def _why(breaks: Sequence[Break]) -> tuple[str, str]:
    if len(breaks) == 2 and breaks[0].difference == -breaks[1].difference:
        return "很可能是这一笔的余额有误。", "Most likely the balance of that row is wrong."
    if any(one.before is not None and one.before.day != one.after.day for one in breaks):
        return "可能中间少了几笔，或者导出时做过筛选。请重新导出完整的明细。", (
            "Rows may be missing there, or the export was filtered. Please export the complete statement again."
        )
    return "可能是这一笔的金额有误，或者前面少了一笔。", "The amount of that row may be wrong, or the row before it is missing."


def closing_balance(reads: Sequence[Read], closing: Decimal | None) -> Check | None:
    """The last balance is the one that the statement says."""
    if closing is None or len(reads) != 1:
        return None
    last = next((one.raw.balance for one in reversed(reads[0].movements) if one.raw.balance is not None), None)
    opening, moved = reads[0].opening, sum((one.amount or Decimal(0) for one in reads[0].movements), Decimal(0))
    if last is None and opening is not None:
        last = opening + moved
    if last is None or last == closing:
        return None if last is None else passed("closing_balance", "期末余额对得上。", "The closing balance agrees.")
    return failed(
        "closing_balance",
        f"单子上写的期末余额是 {money(closing)}，明细算到 {money(last)}。可能少了几笔。",
        f"The statement says it closes at {money(closing)}, but its rows come to {money(last)}. Rows may be missing.",
        ALL,
    )


def readable(book: Ledger) -> Iterator[Check]:
    """Every row's amount, balance and day can be read."""
    spoilt = [raw for raw in book.raws if raw.spoilt]
    amounts = [raw for raw in spoilt if raw.spoilt != "balance"]
    if amounts:
        where = places(raw.at(raw.spoilt or "amount") for raw in amounts)
        yield failed("readable", f"这些金额读不出来：{where.zh}。", f"These amounts cannot be read: {where.en}.", ALL)
    balances = [raw for raw in spoilt if raw.spoilt == "balance"]
    if balances:
        where = places(raw.at("balance") for raw in balances)
        yield failed(
            "readable_balance",
            f"余额读不出来：{where.zh}，所以没法逐笔核对。请发一份没有遮挡的明细。",
            f"The balance cannot be read at {where.en}, so the rows could not be checked. Please send a statement without anything masked.",
            ALL,
        )
    undated = [raw for raw in book.raws if raw.day is None]
    if undated:
        where = places(raw.at("day") for raw in undated)
        yield failed("dates", f"这些日期读不出来：{where.zh}。", f"These dates cannot be read: {where.en}.", (*FLOWS, "cash"))
    elif book.ambiguous_days:
        yield failed(
            "dates",
            "日期写法看不出哪个是月、哪个是日。请告诉我，或发一份写明年月日的。",
            "The dates do not show which number is the month and which the day. Please tell me, or send a list with the month by name.",
            (*FLOWS, "cash"),
        )


def signs(reads: Sequence[Read]) -> Iterator[Check]:
    """Every amount is known to have come in or gone out."""
    unsigned = [one.raw for read in reads for one in read.movements if one.amount is None]
    if unsigned:
        where = places(raw.place for raw in unsigned)
        yield failed("direction", f"看不出这些是进账还是出账：{where.zh}。", f"I cannot tell money in from money out at {where.en}.", ALL)
    elif any(not read.sure for read in reads):
        yield failed(
            "direction",
            "这份明细看不出哪些是进账、哪些是出账。请发一份有收入、支出两列或有余额的。",
            "This list does not show which rows are money in and which are money out. Please send one with two columns or with a balance.",
            ALL,
        )


def doubles(raws: Iterable[Raw], income: Decimal) -> Check | None:
    """No row stands there twice. Without a number or a balance two equal rows may be two payments, if they are small."""
    seen: dict[tuple[object, ...], Raw] = {}
    twice: list[Raw] = []
    sure = False
    for raw in raws:
        key = (
            raw.day,
            raw.table.text(raw.row, "day"),
            raw.income,
            raw.expense,
            raw.amount,
            raw.flag,
            raw.balance,
            raw.party,
            raw.words,
            _number(raw),
        )
        if key in seen and (raw.income or raw.expense or raw.amount):
            twice.append(raw)
            sure = sure or bool(_number(raw)) or raw.balance is not None
        seen[key] = raw
    weight = sum((abs(raw.income or raw.amount or Decimal(0)) for raw in twice), Decimal(0))
    if not twice or (not sure and weight <= income * _DOUBLES):
        return None
    where = places(raw.place for raw in twice)
    return failed(
        "doubles",
        f"有几行一模一样：{where.zh}，合计 {money(weight)}。可能是重复粘贴。",
        f"Some rows stand there twice: {where.en}, {money(weight)} in all. They may have been pasted twice.",
        ALL,
    )


def _number(raw: Raw) -> str:
    return raw.table.text(raw.row, "number")


def times(raws: Iterable[Raw], stated: Period | None, today: date, continuous: bool) -> Iterator[Check]:
    """No day lies ahead, none lies outside of the stated period, and no month between is empty."""
    dated = [(raw.day, raw) for raw in raws if raw.day is not None]
    ahead = [raw for when, raw in dated if when > today]
    if ahead:
        where = places(raw.at("day") for raw in ahead)
        yield failed("future", f"这些日期还没到：{where.zh}。", f"These dates lie in the future: {where.en}.", ALL)
    outside = [raw for when, raw in dated if stated and not stated.first <= when <= stated.last and when <= today]
    if outside and stated:
        where = places(raw.at("day") for raw in outside)
        yield failed(
            "period",
            f"单子写的期间是 {stated.first} 至 {stated.last}，可这些日期不在里面：{where.zh}。",
            f"The list says it covers {stated.first} to {stated.last}, but these days lie outside of it: {where.en}.",
            FLOWS,
        )
    present = {months.month_of(when) for when, _ in dated}
    if not present:
        return
    missing = [month for month in months.months_between(min(present), max(present)) if month not in present]
    if missing and not continuous:
        named = [f"{month:%Y-%m}" for month in missing]
        yield failed(
            "gap",
            f"中间有月份一笔都没有：{'、'.join(named[:6])}{'……' if len(named) > 6 else ''}。可能没导全。",
            f"There are months without a single row: {', '.join(named[:6])}{' …' if len(named) > 6 else ''}. The export may be incomplete.",
            FLOWS,
        )


def coverage(book: Flow) -> Check:
    """How many full months there are to take the mean of."""
    days = f"{book.period.first} 至 {book.period.last}", f"{book.period.first} to {book.period.last}"
    if not book.full:
        return failed(
            "coverage",
            f"这份明细只有 {days[0]}，不满一个整月，算不出月均。请发最近六到十二个月的。",
            f"This list covers {days[1]}, less than one full month, so there is no monthly average. "
            "Please send the last six to twelve months.",
            FLOWS,
        )
    count = len(book.full)
    return passed(
        "coverage",
        f"期间 {days[0]}，按 {count} 个整月（{book.full[0]:%Y-%m} 至 {book.full[-1]:%Y-%m}）算月均；波动是标准差（总体）除以平均数。",
        f"It covers {days[1]}; averages are over {full_months(count)} ({book.full[0]:%Y-%m} to {book.full[-1]:%Y-%m}), "
        "unevenness is the population's standard deviation over the mean.",
    )


def not_counted(book: Flow) -> Check | None:
    """What came in and is no income, said."""
    parts = left_out(book)
    if not parts:
        return None
    zh = "、".join(f"{WORDS[Purpose(name)].zh} {money(value)}" for name, value in parts.items())
    en = ", ".join(f"{WORDS[Purpose(name)].en} {money(value)}" for name, value in parts.items())
    return passed("not_counted", f"没有算作进账的：{zh}。", f"Not counted as money in: {en}.")


def foreign(code: str) -> Check:
    known = {"$": ("美元或其他“$”货币", "dollars")}.get(code, (code, code))
    return failed(
        "currency",
        f"金额是{known[0]}，不是人民币，还不能当作人民币用。请告诉我折合多少。",
        f"The amounts are in {known[1]}, not in yuan, and are not used as yuan. Please tell me what they come to.",
        MONEY,
    )
