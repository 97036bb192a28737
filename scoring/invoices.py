"""Facts of a firm from its list of value-added tax invoices.

An invoice counts by its amount without tax. A red invoice, with a negative amount, takes back an earlier sale. A voided
one never counted as a sale, but how many there are is telling.
"""

import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scoring.facts import FEN, FactValue

YEAR = 12  # months
SHARE = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Invoice:
    """One invoice: `amount` without tax in yuan, the other `party`, whether `void`, and whether the firm `issued` it."""

    on: date
    amount: Decimal
    tax: Decimal
    party: str
    void: bool
    issued: bool


@dataclass(frozen=True, slots=True)
class InvoiceSummary:
    """What a list says. Amounts in yuan; `sales`, `purchases` and `months_with_sales` over the last twelve months.

    `months` is how many calendar months the list spans; shares and counts are over all of it. None where nothing is sold.
    `trend` is the sales of the last twelve months over those of the twelve before.
    """

    months: int
    months_with_sales: int
    sales: Decimal
    purchases: Decimal
    customers: int
    suppliers: int
    largest_customer_share: Decimal | None
    void_rate: Decimal | None
    red_rate: Decimal | None
    unevenness: Decimal | None
    trend: Decimal | None
    later: int = 0

    def facts(self) -> dict[str, FactValue]:
        """The facts of the vocabulary that the list gives; what it cannot tell is absent."""
        if self.months < YEAR:  # a year's figures need a year; half of one would look like a firm half as large
            yearly: dict[str, FactValue] = {"monthly_sales": _money(self.sales / self.months)} if self.months else {}
        else:
            yearly = {"invoiced_sales": _money(self.sales), "purchase_amount": _money(self.purchases)}
        found: dict[str, FactValue | None] = {
            "customer_count": self.customers if self.void_rate is not None else None,
            "largest_customer_share": self.largest_customer_share,
            "void_invoice_rate": self.void_rate,
            "monthly_inflow_cv": self.unevenness,
        }
        return yearly | {name: value for name, value in found.items() if value is not None}


def summary(invoices: Iterable[Invoice], until: date | None = None) -> InvoiceSummary:
    """What the list says up to the month of `until`, by default that of its last invoice.

    Invoices dated after that month are not counted; `later` says how many there were.
    """
    every = list(invoices)
    last = _month(until or max((one.on for one in every), default=date.min))
    counted = [one for one in every if _month(one.on) <= last]
    issued = [one for one in counted if one.issued]
    sold = [one for one in issued if not one.void]
    bought = [one for one in counted if not one.issued and not one.void]
    months = last - min((_month(one.on) for one in counted), default=last + 1) + 1
    by_month = _by_month(sold, last, months)
    recent, before = by_month[-YEAR:], by_month[-2 * YEAR : -YEAR]
    return InvoiceSummary(
        months=months,
        months_with_sales=sum(amount > 0 for amount in recent),
        sales=sum(recent, Decimal(0)),
        purchases=sum(_by_month(bought, last, months)[-YEAR:], Decimal(0)),
        customers=len({one.party for one in sold}),
        suppliers=len({one.party for one in bought}),
        largest_customer_share=_largest_share(sold),
        void_rate=_rate(sum(one.void for one in issued), len(issued)),
        red_rate=_rate(sum(one.amount < 0 for one in sold), len(sold)),
        unevenness=_unevenness(by_month),
        trend=_rate(sum(recent, Decimal(0)), sum(before, Decimal(0))) if len(before) == YEAR else None,
        later=len(every) - len(counted),
    )


def _month(on: date) -> int:
    return on.year * 12 + on.month


def _by_month(invoices: Sequence[Invoice], last: int, months: int) -> list[Decimal]:
    """Net amounts of every month of the list, the last one last; a month without an invoice is zero."""
    amounts = [Decimal(0)] * months
    for one in invoices:
        amounts[_month(one.on) - last - 1] += one.amount
    return amounts


def _largest_share(sold: Sequence[Invoice]) -> Decimal | None:
    totals: defaultdict[str, Decimal] = defaultdict(Decimal)
    for one in sold:
        totals[one.party] += one.amount
    net = sum(totals.values(), Decimal(0))
    return _rate(min(max(totals.values()), net), net) if totals and net > 0 else None


def _unevenness(by_month: Sequence[Decimal]) -> Decimal | None:
    """Standard deviation over mean of the months, None when they bring in nothing or are fewer than three."""
    if len(by_month) < 3 or sum(by_month) <= 0:
        return None
    return (statistics.pstdev(by_month) / statistics.mean(by_month)).quantize(SHARE)


def _rate(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    return (Decimal(part) / Decimal(whole)).quantize(SHARE) if whole > 0 else None


def _money(amount: Decimal) -> Decimal:
    return amount.quantize(FEN)
