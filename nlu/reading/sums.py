"""What a sum says: the fact that its period belongs to, and what a sum without a unit may be."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from nlu.numbers.quantity import Quantity

_PARTIAL_YEAR = re.compile(
    r"那个月|前[一二三四两123]个?季度|[上下]半年|前[\d一二三四五六七八九十]+个?月|到现在|目前为止|至今|截[至止]|季度|so far"
    r"|这批|这一?单|每单"
    r"|first (?:half|quarter)|half[- ]year to|to (?:june|september|october|date)\b|(?:first|second|third|fourth|last|1st|2nd"
    r"|3rd|4th) (?:\w+ )?quarter|year to date"
    r"|\bh1\b|\bq[1-4]\b"
)

_PARTIAL_MONTH = re.compile(r"到今天|到目前|到现在|才过")
#: The takings of a few days of a sale.
_EVENT = re.compile(r"双(?:十一|11|十二|12)|618|六一八|年货节|大促|那[几两]?天")
_CEILING = re.compile(r"以内|以下|不超过|别超过|控制|压到|压在|能接受|承受|at most|no more than|under|below|afford")


def _partial(name: str, period: str | None, clause: str) -> bool:
    """Whether the clause makes a figure one of a part of its time, or a bound."""
    if name == "receivables":
        return period in ("month", "day") and any("一" <= char <= "鿿" for char in clause)
    bounds = {"monthly_sales": _PARTIAL_MONTH, "annual_revenue": _PARTIAL_YEAR, "platform_sales": _EVENT, "monthly_debt_service": _CEILING}
    return name in bounds and bounds[name].search(clause) is not None


def by_period(name: str, quantity: Quantity, clause: str) -> tuple[str, int] | None:
    """The fact a figure of this period belongs to, and what to divide it by."""
    period = quantity.period
    if _partial(name, period, clause):
        return None
    if name == "annual_revenue":
        if period == "month":
            return "monthly_sales", 1
        return (name, 1) if period in (None, "year") else None
    if name == "monthly_inflow":
        return (name, 12 if period == "year" else 1) if period in (None, "year", "month") else None
    if name == "cash" and period == "month":
        return "monthly_inflow", 1
    if name == "order_value" and period in ("month", "day"):
        return None
    if name == "amount_sought":
        return (name, 1) if period is None or period == "year" else None
    if name == "existing_loans" and period == "month":
        return ("monthly_debt_service", 1) if re.search(r"还|供|[房车]贷|pay|mortgage", clause) else None
    if period in ("day", "quarter"):
        return None
    return (name, 1) if period != "month" or name == "monthly_debt_service" or name == "monthly_sales" or name not in _FLOWS else None


#: Facts that speak of a year: a month's figure must not fill them.
_FLOWS = frozenset(
    [
        "net_profit",
        "gross_profit",
        "operating_profit",
        "operating_cost",
        "finance_cost",
        "export_revenue",
        "taxable_income",
        "annual_tax_paid",
        "invoiced_sales",
        "purchase_amount",
        "rd_spend",
        "platform_sales",
        "previous_revenue",
    ]
)


def bare_money(name: str, value: Decimal, norm: str) -> tuple[Decimal, ...]:
    """What a number without a unit may mean for a money fact, likeliest first. 3500 a month is yuan; 50 may be 万."""
    if value <= 0:
        return ()
    if value >= 10000 or (name == "monthly_debt_service" and value >= 100):
        return (value,)
    han = any("一" <= char <= "鿿" for char in norm)
    latin = any("a" <= char <= "z" for char in norm)
    return (value * (1000 if latin and not han else 10000), value)


def per_month(value: Decimal) -> tuple[Decimal, bool]:
    exact = value / 12
    fen = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return (fen, True) if fen * 12 == value else (exact.quantize(Decimal(1), ROUND_HALF_UP), False)
