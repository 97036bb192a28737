"""The rate a lender is likely to quote: the product's own where it states one, otherwise built from its costs.

Rates and probabilities are annual fractions. The assumptions sit in one place, `ASSUMPTIONS`, and are estimates.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from scoring.reach import CLOSED, Bound, OpenEnds

RATE_STEP = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Cost parts of a price built from below, with the origin of each. All fractions; `margin` is a year's."""

    funding: Decimal
    operating: Decimal
    lgd: Decimal
    margin: Decimal
    sources: tuple[tuple[str, str], ...]
    estimate: bool = True


ASSUMPTIONS = Assumptions(
    funding=Decimal("0.05"),
    operating=Decimal("0.03"),
    lgd=Decimal("0.45"),
    margin=Decimal(0),
    sources=(
        (
            "funding",
            "e-commerce microloans: 5% funding + 3% operating + 2% credit; research on Ali small loans, 2020",
        ),
        ("operating", "the same split"),
        ("lgd", "45% for senior unsecured claims, foundation approach; Basel Committee, Basel II (2006), para. 287"),
        ("margin", "not known, so none is added: the figure is the lender's cost, the quote may be higher"),
    ),
)


@dataclass(frozen=True, slots=True)
class PricePart:
    """One part of a price built from costs: its name, its range (fractions a year) and where the figure is from.

    An open end is as far as the data tell; the part itself may lie beyond it.
    """

    name: str
    low: Decimal
    high: Decimal
    source: str
    open_ends: OpenEnds = CLOSED


@dataclass(frozen=True, slots=True)
class QuotedRange:
    """Annual rate range. `basis` says whether the product states it, states one end only, or it is estimated.

    An end is open where it is built from a default probability at which the data stop; what a product states is never open.
    """

    low: Decimal
    high: Decimal
    basis: Literal["stated", "partly_stated", "estimated"]
    parts: tuple[PricePart, ...] = ()
    open_ends: OpenEnds = CLOSED


def ends_of(bound: Bound | None) -> OpenEnds:
    """The open end of a single figure that is built from a probability with this bound."""
    return bound == "at_most", bound == "at_least"


def cost_parts(
    pd_low: Decimal,
    pd_high: Decimal,
    assumptions: Assumptions = ASSUMPTIONS,
    lgd: Decimal | None = None,
    open_ends: OpenEnds = CLOSED,
) -> tuple[PricePart, ...]:
    """Funding, operating, credit (default probability times loss given default) and margin, each as a range.

    `lgd` replaces the default loss given default, for instance for a loan against property. `open_ends` are those of the probability:
    the credit cost has them, too.
    """
    if not 0 <= pd_low <= pd_high <= 1:
        raise ValueError(f"default probabilities must satisfy 0 <= low <= high <= 1: {pd_low}, {pd_high}")
    loss = assumptions.lgd if lgd is None else lgd
    if not 0 <= loss <= 1:
        raise ValueError(f"loss given default must lie between 0 and 1: {loss}")
    source = dict(assumptions.sources)
    return (
        PricePart("funding", assumptions.funding, assumptions.funding, source["funding"]),
        PricePart("operating", assumptions.operating, assumptions.operating, source["operating"]),
        PricePart("credit", pd_low * loss, pd_high * loss, source["lgd"], open_ends),
        PricePart("margin", assumptions.margin, assumptions.margin, source["margin"]),
    )


def quoted_range(
    rate_low: Decimal | None,
    rate_high: Decimal | None,
    pd: Decimal,
    *,
    interval: tuple[Decimal, Decimal] | None = None,
    open_ends: OpenEnds = CLOSED,
    assumptions: Assumptions = ASSUMPTIONS,
    lgd: Decimal | None = None,
) -> QuotedRange:
    """The likely annual rate for a firm with 12-month default probability `pd`, widened by its `interval` with its `open_ends`.

    A product's stated rates are taken as they are. With one end stated, the other is the estimate if it lies beyond
    it. Raises `ValueError` when the stated low exceeds the high.
    """
    if rate_low is not None and rate_high is not None:
        if rate_low > rate_high:
            raise ValueError(f"stated rates are in the wrong order: {rate_low} > {rate_high}")
        return QuotedRange(rate_low, rate_high, "stated")
    pd_low, pd_high = interval if interval is not None else (pd, pd)
    parts = cost_parts(pd_low, pd_high, assumptions, lgd, open_ends)
    low = sum((part.low for part in parts), Decimal(0)).quantize(RATE_STEP)
    high = sum((part.high for part in parts), Decimal(0)).quantize(RATE_STEP)
    if rate_low is not None:
        return QuotedRange(rate_low, max(rate_low, high), "partly_stated", parts, (False, open_ends[1]))
    if rate_high is not None:
        return QuotedRange(min(low, rate_high), rate_high, "partly_stated", parts, (open_ends[0] and low < rate_high, False))
    return QuotedRange(low, high, "estimated", parts, open_ends)
