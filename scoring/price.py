"""What a loan really costs a year, and the rate a lender is likely to quote.

Rates are annual fractions (0.0435), money is `Decimal` yuan rounded to the fen, durations are whole months. Two annual
figures are given: `nominal`, twelve times the monthly internal rate of return, which is the figure quoted to owners
(the annualised rate by IRR that lenders in China must show, 年化利率（单利）); and `effective`, the same with monthly
compounding.
"""

from dataclasses import dataclass
from decimal import Decimal

from scoring.quote import ASSUMPTIONS, Assumptions, PricePart, QuotedRange, quoted_range
from scoring.schedule import Instalment, Method, fen, schedule

__all__ = [
    "ASSUMPTIONS",
    "AnnualCost",
    "Assumptions",
    "Fees",
    "Instalment",
    "Method",
    "PricePart",
    "QuotedRange",
    "Subsidy",
    "annual_cost",
    "monthly_irr",
    "quoted_range",
    "schedule",
]

RATE_STEP = Decimal("0.000001")
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Subsidy:
    """A public interest subsidy: percentage points a year (`points`, a fraction) or a `share` of the interest.

    It covers at most `principal_cap` yuan of the balance and the first `months_cap` months, and never more than the
    interest itself. It is taken off when the interest falls due; a subsidy refunded later is worth slightly less.
    """

    points: Decimal = ZERO
    share: Decimal = ZERO
    principal_cap: Decimal | None = None
    months_cap: int | None = None

    def __post_init__(self) -> None:
        if self.points < 0 or not 0 <= self.share <= 1:
            raise ValueError("a subsidy needs points >= 0 and a share between 0 and 1")
        if self.points and self.share:
            raise ValueError("a subsidy is stated in points or as a share of the interest, not both")

    def of_month(self, month: int, balance: Decimal, interest: Decimal) -> Decimal:
        """Yuan taken off the `interest` that accrued in `month` on `balance`."""
        if balance <= 0 or (self.months_cap is not None and month > self.months_cap):
            return ZERO
        covered = balance if self.principal_cap is None else min(balance, self.principal_cap)
        relief = covered * self.points / 12 + self.share * interest * covered / balance
        return min(interest, relief)


@dataclass(frozen=True, slots=True)
class Fees:
    """Costs beside the interest.

    `upfront_share` (fraction of the principal) and `upfront` (yuan) are paid on the first day. `guarantee_rate` is a
    yearly fee on the balance at the start of each loan year, a last part-year by its months. `deposit_share` of the
    principal is held back on the first day and returned without interest at maturity.
    """

    upfront_share: Decimal = ZERO
    upfront: Decimal = ZERO
    guarantee_rate: Decimal = ZERO
    deposit_share: Decimal = ZERO

    def __post_init__(self) -> None:
        for name in ("upfront_share", "upfront", "guarantee_rate", "deposit_share"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} must not be negative")


@dataclass(frozen=True, slots=True)
class AnnualCost:
    """`nominal` and `effective` annual cost (fractions) and the yuan behind them over the whole term."""

    nominal: Decimal
    effective: Decimal
    interest: Decimal
    fees: Decimal
    subsidy: Decimal
    flows: tuple[Decimal, ...]  # month 0 is what reaches the owner, later months what the owner pays


def monthly_irr(flows: tuple[Decimal, ...]) -> Decimal:
    """The monthly rate at which later payments are worth `flows[0]`; payments positive, a refund negative.

    The cost of a loan is never below zero here, so the search starts there. Raises `ValueError` when nothing reaches
    the owner or when less is paid back than was received.
    """
    received, payments = float(flows[0]), [float(flow) for flow in flows[1:]]
    if received <= 0:
        raise ValueError("fees and deposit leave nothing of the loan to pay out")

    def gap(rate: float) -> float:
        value, discount = received, 1.0
        for payment in payments:
            discount /= 1 + rate
            value -= payment * discount
        return value

    start = gap(0.0)
    if start > 0.005 * len(flows):
        raise ValueError("less is paid back than was received")
    if start >= 0:
        return ZERO
    low, high = 0.0, 0.01
    while gap(high) < 0:
        low, high = high, high * 2
    for _ in range(100):
        middle = (low + high) / 2
        if gap(middle) < 0:
            low = middle
        else:
            high = middle
        if high - low < 1e-13:
            break
    return Decimal((low + high) / 2)


def annual_cost(
    principal: Decimal,
    annual_rate: Decimal,
    months: int,
    method: Method = Method.EQUAL_INSTALMENT,
    *,
    fees: Fees | None = None,
    subsidy: Subsidy | None = None,
) -> AnnualCost:
    """The real annual cost of a loan with its fees, deposit and subsidy (principal in yuan, rate a fraction).

    With payment of all interest at maturity, nominal interest does not compound, so `nominal` falls below the
    contract rate; compare `effective` there. Raises `ValueError` for terms that make no loan.
    """
    fees = fees or Fees()
    plan = schedule(principal, annual_rate, months, method)
    monthly = annual_rate / 12
    deposit = principal * fees.deposit_share
    upfront = principal * fees.upfront_share + fees.upfront
    flows = [principal - deposit - upfront] + [item.payment for item in plan]
    guarantee = relief = accrued = ZERO
    balance = principal
    for item in plan:
        elapsed = item.month - 1
        if elapsed % 12 == 0 and fees.guarantee_rate:
            fee = balance * fees.guarantee_rate * min(12, months - elapsed) / 12
            guarantee += fee
            # the first year's fee lowers what reaches the owner, later ones raise a payment
            flows[elapsed] += -fee if elapsed == 0 else fee
        if subsidy is not None:
            interest = balance * monthly if method is Method.BULLET else item.interest
            accrued += subsidy.of_month(item.month, balance, interest)
            if item.interest:
                taken = min(fen(accrued), item.interest)
                relief, accrued = relief + taken, ZERO
                flows[item.month] -= taken
        balance = item.balance
    flows[-1] -= deposit
    rate = monthly_irr(tuple(flows))
    total_interest = sum((item.interest for item in plan), ZERO)
    return AnnualCost(
        nominal=(12 * rate).quantize(RATE_STEP),
        effective=((1 + rate) ** 12 - 1).quantize(RATE_STEP),
        interest=total_interest,
        fees=upfront + guarantee,
        subsidy=relief,
        flows=tuple(flows),
    )
