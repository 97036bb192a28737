"""What a list says month by month, or by age or item: for pictures and for what is worked out from it later."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class MonthFlow:
    """Money in and out in a month (its first day). `full` when the list covers all of it."""

    month: date
    inflow: Decimal
    outflow: Decimal
    full: bool


@dataclass(frozen=True, slots=True)
class DayFlow:
    """Money in and out on a day, in yuan. `repaid` is what of the outflow repays loans, `balance` what was left at its end, if known."""

    day: date
    inflow: Decimal
    outflow: Decimal
    repaid: Decimal
    balance: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AccountMark:
    """By what an account is known again: the bank or payment app, and the last four digits of its number. None where not stated."""

    bank: str | None = None
    tail: str | None = None


@dataclass(frozen=True)
class FlowSeries:
    """Money by month in yuan, from a bank statement or a bill. `left_out` says what was not counted as income, by reason.

    `days` are those of the last half year on which money moved; `since` and `until` are the first and the last day they stand for.
    `opening` is what was on the account before the first movement, `last_balance` what was on it at the end of `until`.
    """

    months: tuple[MonthFlow, ...]
    left_out: dict[str, Decimal] = field(default_factory=dict)
    last_balance: Decimal | None = None
    days: tuple[DayFlow, ...] = ()
    since: date | None = None
    until: date | None = None
    opening: Decimal | None = None
    account: AccountMark = AccountMark()


@dataclass(frozen=True, slots=True)
class MonthSales:
    """Sales of a month in yuan net of refunds and red invoices, how many orders or invoices, and how many of them were void."""

    month: date
    amount: Decimal
    count: int
    void: int
    full: bool


@dataclass(frozen=True)
class SalesSeries:
    """Sales or purchases by month: `shop_orders`, `output_invoices` or `input_invoices`; and by customer over the months used.

    `orders` has by month the marks of the orders that count (`marks.order_mark`), for refunds that come in a file of their own.
    """

    what: str
    months: tuple[MonthSales, ...]
    partners: tuple[tuple[str, Decimal], ...] = ()
    orders: tuple[tuple[date, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class RefundSeries:
    """What was given back, in yuan, by the mark of its order: a list of refunds without the orders."""

    refunds: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True)
class AgeingSeries:
    """Open receivables in yuan by days past due: 0-30 (with those not yet due), 31-60, 61-90, 90+."""

    as_of: date | None
    buckets: tuple[tuple[str, Decimal], ...]
    partners: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True)
class StockSeries:
    """Stock in yuan by item, the largest first."""

    items: tuple[tuple[str, Decimal], ...]


Series = FlowSeries | SalesSeries | RefundSeries | AgeingSeries | StockSeries
