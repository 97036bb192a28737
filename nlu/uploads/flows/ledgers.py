"""From the lists of a bank statement or a bill to findings: signs, period, facts and what does not add up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from nlu.uploads.document import Check, Document, Figure, Findings, Period
from nlu.uploads.flows import flow, flow_checks, stated
from nlu.uploads.flows.accounts import accounts, opening_of, without_copies
from nlu.uploads.flows.balances import Read
from nlu.uploads.flows.cells import text
from nlu.uploads.flows.entries import Ledger, Raw, ledger
from nlu.uploads.flows.marks import account_mark, are_of_different_accounts
from nlu.uploads.flows.preamble import Preamble, currency_of, footers, is_firm, preamble, unit_of
from nlu.uploads.flows.said import failed, passed
from nlu.uploads.flows.series import AccountMark
from nlu.uploads.flows.table import Table
from nlu.uploads.flows.unread import unread_pages
from nlu.uploads.grid import Opened

_OPENING = (
    r"(?:期初|上期|年初|起始|承前)(?:账户)?余额|opening balance|beginning balance|starting balance|previous balance|balance brought forward"
)
_CLOSING = r"(?:期末|本期|截止)(?:账户)?余额|closing balance|ending balance|new balance"


def findings(document: Document, opened: Opened, lists: Sequence[Table], today: date) -> Findings:
    """What the lists say. In a bill, payments that were closed and neutral rows are no movements."""
    kept, copies = without_copies(lists)
    around = preamble(opened, kept, copies)
    period = around.period()
    book = ledger(kept, period)
    around = Preamble((*around.lines, *footers(kept, book.remarks)))
    holder = around.holder() or _own_name(kept)
    raws, dropped = _alive(book) if document is Document.PAYMENT_BILL else (book.raws, frozenset())
    if not any(raw.moved for raw in raws):
        return Findings(document, (), (_nothing(),), period, holder)
    code = currency_of(around, (kept[0].name(role) for role in ("income", "amount", "balance")), _money_cells(kept))
    opening, closing = around.stated(_OPENING), around.stated(_CLOSING)
    moving = tuple(raw for raw in raws if raw.flag != 0 or document is not Document.PAYMENT_BILL)
    several = accounts(
        Ledger(moving, book.totals, book.openings, book.remarks, book.ambiguous_days, book.sided),
        None if code == "CNY" else code,
        opening[0] if opening else None,
        closing[0] if closing else None,
    )
    unit = unit_of(around, kept[0].name("amount") or kept[0].name("income"))
    found = flow.items(several.reads, holder, unit)
    checks = [*flow_checks.readable(book), *flow_checks.signs(several.reads)]
    if several.foreign:
        checks.append(flow_checks.foreign(several.foreign))
    if len(several.reads) > 1:
        lists_of = [list({id(one.raw.table): one.raw.table for one in read.movements}.values()) for read in several.reads]
        checks.append(_several(len(several.reads), several.named or are_of_different_accounts(around, lists_of)))
    if several.foreign_rows:
        checks.append(_other_currencies(several.foreign_rows))
    if copies:
        checks.append(_copied(copies))
    checks += unread_pages(opened, kept, copies)
    if document is Document.PAYMENT_BILL:
        checks += stated.of_bill(around, [raw for raw in book.raws if raw.moved], dropped)
    else:
        checks += stated.of_bank(around, book, [one for read in several.reads for one in read.movements])
    # Several accounts are none that another statement could go on with.
    mark = account_mark(around, kept) if len(several.reads) == 1 else AccountMark()
    return _with_flow(document, holder, found, several.reads, checks, today, period, unit, book, closing[0] if closing else None, mark)


def _with_flow(
    document: Document,
    holder: str | None,
    found: list[flow.Item],
    reads: Sequence[Read],
    checks: list[Check],
    today: date,
    period: Period | None,
    unit: int,
    book: Ledger,
    closing: Decimal | None,
    mark: AccountMark,
) -> Findings:
    checks += [check for check in (flow_checks.running_balance(reads), flow_checks.closing_balance(reads, closing)) if check]
    if not found:
        return Findings(document, (), tuple(checks), period, holder)
    whole = flow.flow(found, period, today, unit)
    balance = _cash(reads, unit)
    agreed = any(check.name == "stated_income" and check.ok for check in checks)
    continuous = agreed or (any(read.links > 1 for read in reads) and not any(read.breaks for read in reads))
    checks += flow_checks.times(book.raws, period, today, continuous)
    income = sum((item.income for item in found), Decimal(0))
    checks += [
        check for check in (flow_checks.doubles(book.raws, income), flow_checks.not_counted(whole), flow_checks.coverage(whole)) if check
    ]
    if document is Document.PAYMENT_BILL and not any(item.income for item in found):
        checks.append(_no_income())
    made = flow.figures(whole)
    if balance is not None:
        made.append(balance)
        checks += _whose(holder, document)
    last = balance.value if balance and isinstance(balance.value, Decimal) else None
    opening = opening_of(reads[0]) if len(reads) == 1 else None
    shown = flow.series(whole, last, None if opening is None else opening * unit, mark)
    return Findings(document, tuple(made), tuple(checks), whole.period, holder, shown)


def _cash(reads: Sequence[Read], unit: int) -> Figure | None:
    """The last balance of each account, added up."""
    last: list[Raw] = []
    for read in reads:
        balances = [one.raw for one in read.movements if one.raw.balance is not None]
        if not balances:
            return None
        last.append(balances[-1])
    days = [raw.day for raw in last if raw.day]
    if not days:
        return None
    value = sum((raw.balance or Decimal(0) for raw in last), Decimal(0)) * unit
    period = Period(min(days), max(days)) if len(days) > 1 else Period(days[0], days[0])
    return Figure("cash", value, last[0].table.name("balance"), tuple(raw.at("balance") for raw in last), period, unit)


def _whose(holder: str | None, document: Document) -> list[Check]:
    """A firm's cash is what stands on a firm's account."""
    if is_firm(holder) and document is Document.BANK_STATEMENT:
        return []
    return [
        failed(
            "holder",
            "看不出这是企业的账户，余额先不当作企业的货币资金。如果这就是经营用的账户，请告诉我。",
            "This does not look like a firm's account, so its balance is not used as the firm's cash. "
            "If the business runs on it, please tell me.",
            ("cash",),
        )
    ]


def _several(count: int, named: bool) -> Check:
    if named:
        return passed(
            "accounts", f"文件里有 {count} 个账户，余额已相加。", f"There are {count} accounts in the file; their balances are added up."
        )
    return failed(
        "accounts",
        f"文件里有 {count} 份明细，余额接不上。如果是不同的账户，请告诉我；如果是同一个账户，中间可能少了几笔。",
        f"There are {count} lists in the file whose balances do not go on from one to the next. They may be different accounts, "
        "or rows may be missing between them. Please tell me.",
        flow_checks.ALL,
    )


def _other_currencies(rows: int) -> Check:
    return passed("other_currencies", f"有 {rows} 笔是外币，没有算进来。", f"{rows} rows are in another currency and are not counted.")


def _copied(copies: Sequence[Table]) -> Check:
    names = "、".join(table.grid.name or "" for table in copies), ", ".join(table.grid.name or "" for table in copies)
    return passed(
        "copies", f"这张表和前面的重复，没有再算：{names[0]}。", f"This sheet repeats another and is not counted again: {names[1]}."
    )


def _no_income() -> Check:
    return failed(
        "no_income",
        "这份账单里没有经营进账，看起来是买东西的账单。请发收款用的那个账户的账单。",
        "There is no business income in this bill; it looks like one of purchases. Please send that of the account you are paid on.",
        flow_checks.INCOME,
    )


def _nothing() -> Check:
    return failed(
        "empty",
        "这份明细里没有可读的收支记录。",
        "There is no row with an amount in this list.",
        flow_checks.ALL,
    )


_DEAD = ("关闭", "失败", "已撤销", "已取消", "未支付", "待付款", "等待付款", "closed", "failed", "cancel", "pending", "declined", "void")


def _alive(book: Ledger) -> tuple[tuple[Raw, ...], frozenset[int]]:
    """The rows of payments that took place, and which did not."""
    dead = [raw for raw in book.raws if any(word in raw.table.text(raw.row, "status").lower() for word in _DEAD)]
    gone = frozenset(id(raw) for raw in dead)
    return tuple(raw for raw in book.raws if id(raw) not in gone), gone


def _own_name(lists: Sequence[Table]) -> str | None:
    names = {table.text(row, "own_name") for table in lists for row in table.rows if table.has("own_name")} - {""}
    return names.pop() if len(names) == 1 else None


def _money_cells(lists: Sequence[Table]) -> list[str]:
    """What may show a currency: the currency column, and amounts that carry a sign."""
    found: list[str] = []
    for table in lists:
        for row in table.rows[:200]:
            found.append(
                table.text(row, "currency") or " ".join(text(table.cell(row, role)) for role in ("income", "expense", "amount", "balance"))
            )
    return found
