"""What a lender advances on receivables by their age: the older an invoice, the less is lent on it, and a year late nothing.

Money is yuan, ages are days since the invoice. The rates are estimates of common practice, relative to what a lender advances on fresh
invoices; a lender's own rate for those is the product's factor (scoring.limits).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from scoring.facts import Facts, number

ZERO, ONE = Decimal(0), Decimal(1)
#: Days up to which a rate holds, and the rate. Older than the last: nothing.
STEPS: tuple[tuple[int, Decimal], ...] = ((90, ONE), (180, Decimal("0.75")), (365, Decimal("0.50")))
#: Where nothing tells the age, as if all were half a year old.
UNKNOWN_AGE = Decimal("0.75")
#: What one buyer owes beyond this share of all is not lent on, unless the buyer is an anchor company that confirms it.
ONE_BUYER_AT_MOST = Decimal("0.50")


@dataclass(frozen=True, slots=True)
class Bucket:
    """Receivables that are at most `days` old; None for what is older than a year."""

    amount: Decimal
    days: int | None


def rate_at(days: int | None) -> Decimal:
    """The share of its worth at which an invoice of this age counts."""
    if days is None:
        return ZERO
    return next((rate for up_to, rate in STEPS if days <= up_to), ZERO)


def counted(buckets: Sequence[Bucket]) -> Decimal:
    """Yuan of receivables that count, from their ages. Raises `ValueError` for a negative amount."""
    if any(bucket.amount < 0 for bucket in buckets):
        raise ValueError("receivables are not negative")
    return sum((bucket.amount * rate_at(bucket.days) for bucket in buckets), ZERO)


def likely_buckets(receivables: Decimal, yearly_revenue: Decimal) -> tuple[Bucket, ...]:
    """Ages worked out from sales: ninety days of sales can be at most ninety days old, so whatever is owed beyond them is older.

    Sales are taken as even and on credit, so this is the youngest the receivables can be.
    """
    left, begin, buckets = receivables, 0, []
    for up_to, _ in STEPS:
        part = min(left, max(ZERO, yearly_revenue) * (up_to - begin) / 365)
        buckets.append(Bucket(part, up_to))
        left, begin = left - part, up_to
    return (*buckets, Bucket(left, None))


def receivable_quality(facts: Facts) -> Decimal:
    """The share (0 to 1) of a firm's receivables that counts, by their likely age and by how much of them one buyer owes."""
    receivables, revenue = number(facts, "receivables"), number(facts, "annual_revenue")
    if not receivables or receivables < 0:
        return ONE
    by_age = UNKNOWN_AGE if revenue is None else counted(likely_buckets(receivables, revenue)) / receivables
    return by_age * _spread(facts)


def _spread(facts: Facts) -> Decimal:
    """Less than one where a single buyer that is no anchor company owes most; the buyer's share of sales stands for its share of debts."""
    share = number(facts, "largest_customer_share")
    if share is None or facts.get("core_buyer") is True:
        return ONE
    return ONE - max(ZERO, min(share, ONE) - ONE_BUYER_AT_MOST)
