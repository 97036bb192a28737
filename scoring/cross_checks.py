"""Figures of one firm held against each other: sums that must come out, parts that cannot exceed their whole.

A check that fails does not say which figure is wrong, only that they cannot all be right or need a word of explanation. The
tolerance allows for rounding; figures that were given as rough get a wider one.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from scoring.formulas import Formula, parse_formula
from scoring.ratios import missing_facts

#: How far apart two figures may be when one of them was only about right, as a share of the larger.
_ROUGH = 0.10
_FEN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """`left` against `right`: equal, or at most, within `tolerance`, a share of the larger of the two."""

    name: str
    left: Formula
    right: Formula
    equal: bool = False
    tolerance: float = 0.01

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.left.facts, *self.right.facts)))


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, in yuan: `holds` is None while facts are `missing`."""

    check: CrossCheck
    holds: bool | None
    left: Decimal | None = None
    right: Decimal | None = None
    missing: tuple[str, ...] = ()


def _equal(name: str, left: str, right: str, tolerance: float = 0.01) -> CrossCheck:
    return CrossCheck(name, parse_formula(left), parse_formula(right), equal=True, tolerance=tolerance)


def _at_most(name: str, left: str, right: str, tolerance: float = 0.01) -> CrossCheck:
    return CrossCheck(name, parse_formula(left), parse_formula(right), tolerance=tolerance)


CHECKS: tuple[CrossCheck, ...] = (
    _equal("balance", "total_liabilities + equity", "total_assets"),
    _at_most("solvent", "total_liabilities", "total_assets", tolerance=0.0),
    _equal("gross", "gross_profit + operating_cost", "annual_revenue", tolerance=0.02),
    _at_most("profit", "net_profit", "annual_revenue", tolerance=0.0),
    # invoices may be told with the tax on top, at most thirteen in a hundred
    _at_most("invoices", "invoiced_sales", "annual_revenue * 1.13", tolerance=0.02),
    # a quarter of the sales is beyond what value-added and income tax come to in a small firm
    _at_most("tax", "annual_tax_paid", "annual_revenue * 0.25", tolerance=0.0),
    _at_most("flow_low", "annual_revenue * 0.5", "monthly_inflow * 12"),
    _at_most("flow_high", "monthly_inflow * 12", "annual_revenue * 2"),
    _at_most("current_parts", "cash + receivables + inventory", "current_assets"),
    _at_most("asset_parts", "current_assets + fixed_assets", "total_assets"),
    _at_most("liability_parts", "current_liabilities", "total_liabilities"),
    _at_most("debts", "short_term_debt + long_term_debt", "total_liabilities"),
    _at_most("loans", "existing_loans", "total_liabilities"),
    # a month repays no more than the balance and its interest
    _at_most("repayment", "monthly_debt_service", "existing_loans * 1.05"),
    _at_most("platform", "platform_sales", "annual_revenue * 1.05"),
    _at_most("export", "export_revenue", "annual_revenue"),
)


def cross_check(facts: Mapping[str, object], rough: Collection[str] = ()) -> tuple[Checked, ...]:
    """Every check tried on a firm, in the order of CHECKS. `rough` names the facts that were given as about right.

    Raises `TypeError` naming a fact that is not a number.
    """
    return tuple(_tried(check, facts, rough) for check in CHECKS)


def _tried(check: CrossCheck, facts: Mapping[str, object], rough: Collection[str]) -> Checked:
    left, right = check.left.value(facts), check.right.value(facts)
    if left is None or right is None:
        missing = (*missing_facts(check.left, facts), *missing_facts(check.right, facts))
        return Checked(check, None, missing=tuple(dict.fromkeys(missing)))
    tolerance = max(check.tolerance, _ROUGH) if any(name in rough for name in check.facts) else check.tolerance
    room = tolerance * max(abs(left), abs(right))
    over = left - right
    holds = abs(over) <= room if check.equal else over <= room
    return Checked(check, holds, _yuan(left), _yuan(right))


def _yuan(amount: float) -> Decimal:
    return Decimal(repr(amount)).quantize(_FEN)
