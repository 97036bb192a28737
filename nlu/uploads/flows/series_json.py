"""Series as plain JSON and back, for the way out of the process that read a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from nlu.uploads.flows.marks import MARK
from nlu.uploads.flows.series import (
    AccountMark,
    AgeingSeries,
    DayFlow,
    FlowSeries,
    MonthFlow,
    MonthSales,
    RefundSeries,
    SalesSeries,
    Series,
    StockSeries,
)


def to_json(series: Series) -> dict[str, Any]:
    """The series as plain JSON: amounts as text, days in ISO 8601."""
    match series:
        case FlowSeries():
            months = [[str(one.month), str(one.inflow), str(one.outflow), one.full] for one in series.months]
            return {
                "flow": months,
                "left_out": [[name, str(value)] for name, value in series.left_out.items()],
                "balance": _plain(series.last_balance),
                "opening": _plain(series.opening),
                "days": [[str(one.day), str(one.inflow), str(one.outflow), str(one.repaid), _plain(one.balance)] for one in series.days],
                "span": [str(series.since), str(series.until)] if series.since and series.until else None,
                "account": [series.account.bank, series.account.tail],
            }
        case SalesSeries():
            sales = [[str(one.month), str(one.amount), one.count, one.void, one.full] for one in series.months]
            orders = [[str(month), "".join(marks)] for month, marks in series.orders]
            return {"sales": sales, "what": series.what, "partners": _named(series.partners), "orders": orders}
        case RefundSeries():
            return {"refunds": _named(series.refunds)}
        case AgeingSeries():
            as_of = None if series.as_of is None else str(series.as_of)
            return {"ageing": _named(series.buckets), "as_of": as_of, "partners": _named(series.partners)}
        case StockSeries():
            return {"stock": _named(series.items)}


def from_json(plain: Mapping[str, Any]) -> Series:
    """The series that was written. Raises ValueError, TypeError, KeyError or ArithmeticError for anything else."""
    if "flow" in plain:
        flows = tuple(MonthFlow(date.fromisoformat(a), Decimal(b), Decimal(c), bool(d)) for a, b, c, d in plain["flow"])
        # What was kept before days, their balances and accounts' marks were has none.
        days = tuple(_day(*one) for one in plain.get("days", ()))
        since, until = (date.fromisoformat(day) for day in plain["span"]) if plain.get("span") else (None, None)
        bank, tail = plain.get("account") or (None, None)
        mark = AccountMark(None if bank is None else str(bank), None if tail is None else str(tail))
        left_out = dict(_pairs(plain["left_out"]))
        return FlowSeries(flows, left_out, _amount(plain["balance"]), days, since, until, _amount(plain.get("opening")), mark)
    if "sales" in plain:
        sales = tuple(MonthSales(date.fromisoformat(a), Decimal(b), int(c), int(d), bool(e)) for a, b, c, d, e in plain["sales"])
        orders = tuple((date.fromisoformat(month), _marks(marks)) for month, marks in plain.get("orders", ()))
        return SalesSeries(str(plain["what"]), sales, _pairs(plain["partners"]), orders)
    if "refunds" in plain:
        return RefundSeries(_pairs(plain["refunds"]))
    if "ageing" in plain:
        as_of = plain["as_of"]
        return AgeingSeries(None if as_of is None else date.fromisoformat(as_of), _pairs(plain["ageing"]), _pairs(plain["partners"]))
    return StockSeries(_pairs(plain["stock"]))


def _day(day: str, inflow: str, outflow: str, repaid: str, balance: str | None = None) -> DayFlow:
    return DayFlow(date.fromisoformat(day), Decimal(inflow), Decimal(outflow), Decimal(repaid), _amount(balance))


def _marks(joined: str) -> tuple[str, ...]:
    return tuple(joined[place : place + MARK] for place in range(0, len(joined), MARK))


def _plain(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def _amount(plain: str | None) -> Decimal | None:
    return None if plain is None else Decimal(plain)


def _named(pairs: tuple[tuple[str, Decimal], ...]) -> list[list[str]]:
    return [[name, str(value)] for name, value in pairs]


def _pairs(plain: Any) -> tuple[tuple[str, Decimal], ...]:
    return tuple((str(name), Decimal(value)) for name, value in plain)
