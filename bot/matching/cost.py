"""What a loan really costs a firm a year: the rate for its grade, the fees of its kind, and the interest subsidy it is entitled to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.matching.match import Match
from knowledge.eligibility import Status
from knowledge.entries import Kind
from knowledge.firm import FactValue
from scoring.costs import MortgageCosts, fees_of, mortgage_costs
from scoring.price import Method, Subsidy, annual_cost
from scoring.schedule import fen

ZERO = Decimal(0)
_USUAL_TERM = 12
#: Lent against property, which has to be valued, registered and insured.
MORTGAGED = frozenset({"mortgage", "revolving_secured", "fast_secured"})
#: A subsidy on a loan of its own kind, which takes nothing off another loan.
_OWN_LOAN = "startup_guaranteed"
#: A difference worth a word: less is lost in the range a lender quotes.
WORTH_TELLING = Decimal("0.0005")


@dataclass(frozen=True)
class RealCost:
    """Annual cost by internal rate of return beside the quoted rate (fractions), and the yuan behind it.

    `gross` counts the fees, `net` takes off the subsidy of the entry `helped_by` as well. `costs` are by name, in yuan.
    """

    quoted: Decimal
    gross: Decimal
    net: Decimal
    principal: Decimal
    months: int
    costs: Mapping[str, Decimal]
    relief: Decimal = ZERO
    helped_by: str | None = None

    @property
    def fees_tell(self) -> bool:
        """Whether fees make the loan dearer than its rate says."""
        return abs(self.gross - self.quoted) >= WORTH_TELLING

    @property
    def subsidy_tells(self) -> bool:
        """Whether a subsidy makes it cheaper."""
        return self.gross - self.net >= WORTH_TELLING


def real_cost(match: Match, facts: Mapping[str, FactValue], grade: str | None, subsidies: Sequence[Match] = ()) -> RealCost | None:
    """The real annual cost of a loan for a firm; None where neither its rate nor its amount can be told.

    `subsidies` are matches of the firm: of the interest subsidies among them that fit, the one that saves most is taken off, where the loan
    is a bank's: subsidies are paid on loans of banks.
    """
    rate = match.rate.for_grade(grade) if match.rate is not None else None
    principal = _principal(match, facts)
    if rate is None or principal is None:
        return None
    months = _months(match, facts)
    method = Method.INTEREST_FIRST if months <= _USUAL_TERM else Method.EQUAL_INSTALMENT
    secured = _mortgage(match, facts, principal)
    guarantee = match.offer.guarantee_fee or ZERO
    fees = fees_of(secured, months, guarantee_rate=guarantee)
    if fees.upfront >= principal:  # a few thousand yuan against a house: nothing would be left to pay out
        return None
    gross = annual_cost(principal, rate, months, method, fees=fees)
    costs = dict(secured.parts) if secured else {}
    if guarantee:
        costs["guarantee"] = gross.fees - fees.upfront
    best = RealCost(rate, gross.nominal, gross.nominal, principal, months, costs)
    for scheme in subsidies if match.entry.provider and match.entry.provider.lender else ():
        subsidy = _subsidy(scheme, principal)
        if subsidy is None:
            continue
        helped = annual_cost(principal, rate, months, method, fees=fees, subsidy=subsidy)
        if helped.nominal < best.net:
            best = RealCost(rate, gross.nominal, helped.nominal, principal, months, costs, helped.subsidy, scheme.entry.id)
    return best


def guaranteed_cost(guarantee: Match, loan: Match, facts: Mapping[str, FactValue], grade: str | None) -> RealCost | None:
    """What a loan costs with a guarantee: the loan's rate, the guarantor's fee and amount."""
    return real_cost(replace(guarantee, rate=loan.rate), facts, grade) if guarantee.offer.guarantee_fee else None


def surcharge(match: Match, facts: Mapping[str, FactValue]) -> Decimal:
    """What fees add to the rate of a loan a year, as a fraction: nothing where it has none or nothing can be told."""
    if match.offer.mechanism not in MORTGAGED and not match.offer.guarantee_fee:
        return ZERO
    cost = real_cost(match, facts, None)
    return max(ZERO, cost.gross - cost.quoted) if cost is not None else ZERO


def _principal(match: Match, facts: Mapping[str, FactValue]) -> Decimal | None:
    """What would be borrowed: the likely amount, else what is sought as far as the product goes."""
    if match.limit is not None and match.limit.amount is not None:
        return match.limit.amount or None
    sought = facts.get("amount_sought")
    if not isinstance(sought, Decimal) or sought <= 0:
        return None
    return fen(min(sought, match.offer.cap) if match.offer.cap is not None else sought)


def _months(match: Match, facts: Mapping[str, FactValue]) -> int:
    wished = facts.get("term_months")
    months = wished if isinstance(wished, int) and wished >= 1 else _USUAL_TERM
    return min(months, match.offer.term_months) if match.offer.term_months else months


def _mortgage(match: Match, facts: Mapping[str, FactValue], principal: Decimal) -> MortgageCosts | None:
    """The costs of a mortgage, where property is what would be pledged."""
    value, pledged = facts.get("collateral_value"), facts.get("collateral")
    if match.offer.mechanism not in MORTGAGED or not isinstance(value, Decimal) or value <= 0:
        return None
    if isinstance(pledged, tuple) and "real_estate" not in pledged:
        return None
    return mortgage_costs(value, principal)


def _subsidy(scheme: Match, principal: Decimal) -> Subsidy | None:
    """The interest subsidy of an entry that fits, as the loan would get it."""
    stated = scheme.offer.subsidy
    if scheme.status is not Status.ELIGIBLE or scheme.entry.kind is not Kind.SUBSIDY or stated is None:
        return None
    if scheme.offer.mechanism == _OWN_LOAN:
        return None
    if stated.points is None and stated.share is None:
        return None
    cap = stated.principal_cap
    if stated.amount_cap is not None and stated.points:
        paid_on = stated.amount_cap / stated.points  # the principal at which a year's subsidy reaches its cap
        cap = min(cap, paid_on) if cap is not None else paid_on
    covered = None if cap is None else min(cap, principal)
    return Subsidy(stated.points or ZERO, ZERO if stated.points else stated.share or ZERO, covered, stated.months)
