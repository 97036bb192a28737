"""The cash cycle: how long money is tied up in stock and receivables, which financing fits the gap, and goods against a deposit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from scoring.facts import Facts, number
from scoring.schedule import Instalment, fen, schedule

YEAR = 365
Route = Literal["receivables", "stock", "prepayment"]


@dataclass(frozen=True, slots=True)
class CashCycle:
    """Days money waits in receivables and in stock; None where figures are missing. `missing` names them."""

    receivable_days: Decimal | None
    stock_days: Decimal | None
    missing: tuple[str, ...]


def cash_cycle(facts: Facts) -> CashCycle:
    """Receivables over daily revenue, stock over daily cost of goods."""
    received, missing_received = _days("receivables", "annual_revenue", facts)
    stocked, missing_stocked = _days("inventory", "operating_cost", facts)
    return CashCycle(received, stocked, tuple(dict.fromkeys(missing_received + missing_stocked)))


def _days(held: str, per_year: str, facts: Facts) -> tuple[Decimal | None, tuple[str, ...]]:
    amount, yearly = number(facts, held), number(facts, per_year)
    missing = tuple(name for name, value in ((held, amount), (per_year, yearly)) if value is None)
    if amount is None or yearly is None or yearly <= 0:
        return None, missing or (per_year,)
    return (amount * YEAR / yearly).quantize(Decimal("0.1")), ()


def fitting_route(facts: Facts) -> Route | None:
    """Which of the three fits: what customers owe, the stock, or the goods to be paid ahead; None while it cannot be told.

    The longer wait decides. Goods to be paid ahead are meant when neither ties money up and the money is for stock.
    """
    cycle = cash_cycle(facts)
    if cycle.receivable_days is None or cycle.stock_days is None:
        return None
    if not cycle.receivable_days and not cycle.stock_days:
        return "prepayment" if facts.get("purpose") == "stock_purchase" else None
    return "receivables" if cycle.receivable_days >= cycle.stock_days else "stock"


@dataclass(frozen=True, slots=True)
class GoodsDraft:
    """A draft to the maker against a deposit, in yuan: goods that may be collected now, and what is still to be paid in.

    At maturity the maker buys back goods of the value `open`, or the firm pays it.
    """

    deposit: Decimal
    collectable: Decimal
    open: Decimal


def goods_draft(goods: Decimal, deposit_share: Decimal, paid_in: Decimal = Decimal(0)) -> GoodsDraft:
    """Confirmed-warehouse financing: goods are released for what has been paid in, the first deposit included.

    `deposit_share` is the bank's own (a fraction); `paid_in` is what sales have brought in since.
    """
    if goods <= 0 or not 0 < deposit_share <= 1 or paid_in < 0:
        raise ValueError("goods and deposit are positive, and the deposit is at most the whole price")
    deposit = fen(goods * deposit_share)
    collectable = min(goods, deposit + paid_in)
    return GoodsDraft(deposit, collectable, goods - collectable)


def lease(price: Decimal, first_share: Decimal, annual_rate: Decimal, months: int) -> tuple[Decimal, tuple[Instalment, ...]]:
    """A lease that pays for the thing in full: the first payment in yuan, and the rents on the rest.

    `first_share` and `annual_rate` are the leasing company's own, as fractions.
    """
    if not 0 <= first_share < 1:
        raise ValueError("the first payment is a fraction below one")
    first = fen(price * first_share)
    return first, schedule(price - first, annual_rate, months)
