"""The ratios a bank reads first, worked out from the firm's facts.

Formulas are written as the card writes them, so that a ratio which the card scores is found there by its formula. What is
not known stays unknown, and a ratio whose divisor is zero does not apply.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from scoring.formulas import Constant, FactNode, First, Formula, Node, Operation, parse_formula

#: Decimal places that a ratio keeps: far more than is shown, far fewer than a float pretends to have.
_PLACES = Decimal("0.000001")


class Unit(StrEnum):
    """How a ratio is read: a share, a multiple, days, or a growth factor told as the change from one."""

    SHARE = "share"
    TIMES = "times"
    DAYS = "days"
    GROWTH = "growth"


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio with the side on which it is sound.

    `turning` is the value at which its meaning turns by its very definition, such as a current ratio of one; `rules` are
    the facts of entries' rules that set bounds for it.
    """

    name: str
    formula: Formula
    unit: Unit
    better: Literal["high", "low", "neither"]
    turning: Decimal | None = None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A ratio of one firm. Without a value either facts are `missing`, or it does not apply, since its divisor is zero."""

    ratio: Ratio
    value: Decimal | None
    missing: tuple[str, ...] = ()

    @property
    def applies(self) -> bool:
        return self.value is not None or bool(self.missing)


_ONE, _ZERO = Decimal(1), Decimal(0)


def _ratio(
    name: str,
    formula: str,
    unit: Unit,
    better: Literal["high", "low", "neither"],
    turning: Decimal | None = None,
    rules: tuple[str, ...] = (),
) -> Ratio:
    return Ratio(name, parse_formula(formula), unit, better, turning, rules)


RATIOS: tuple[Ratio, ...] = (
    _ratio("debt_ratio", "total_liabilities / total_assets", Unit.SHARE, "low", _ONE, ("debt_ratio",)),
    _ratio("current_ratio", "current_assets / current_liabilities", Unit.TIMES, "high", _ONE),
    _ratio("quick_ratio", "(current_assets - inventory) / current_liabilities", Unit.TIMES, "high", _ONE),
    _ratio("gross_margin", "first(gross_profit, annual_revenue - operating_cost) / annual_revenue", Unit.SHARE, "high", _ZERO),
    _ratio("net_margin", "net_profit / annual_revenue", Unit.SHARE, "high", _ZERO, ("net_profit",)),
    _ratio("sales_growth", "annual_revenue / previous_revenue", Unit.GROWTH, "high", _ONE),
    _ratio("receivable_days", "receivables * 365 / annual_revenue", Unit.DAYS, "neither"),
    _ratio("stock_days", "inventory * 365 / operating_cost", Unit.DAYS, "neither"),
    _ratio("payable_days", "(current_liabilities - short_term_debt) * 365 / operating_cost", Unit.DAYS, "neither"),
    # what is earned before interest pays for principal and interest; depreciation is not known, so cover is on the careful side
    _ratio(
        "debt_service_cover",
        "(first(operating_profit, net_profit) + finance_cost) / (monthly_debt_service * 12)",
        Unit.TIMES,
        "high",
        _ONE,
    ),
    _ratio("debt_service_share", "monthly_debt_service / monthly_inflow", Unit.SHARE, "low", _ONE),
    _ratio("largest_customer_share", "largest_customer_share", Unit.SHARE, "low"),
)


def readings(facts: Mapping[str, object]) -> tuple[Reading, ...]:
    """Every ratio of a firm, in the order of RATIOS. Raises `TypeError` naming a fact that is not a number."""
    return tuple(read_ratio(ratio, facts) for ratio in RATIOS)


def read_ratio(ratio: Ratio, facts: Mapping[str, object]) -> Reading:
    """One ratio of a firm."""
    value = ratio.formula.value(facts)
    if value is None:
        return Reading(ratio, None, missing_facts(ratio.formula, facts))
    return Reading(ratio, Decimal(repr(value)).quantize(_PLACES))


def missing_facts(formula: Formula, facts: Mapping[str, object]) -> tuple[str, ...]:
    """The facts that a formula still lacks; of several ways to the same figure those of the way that lacks least."""
    return tuple(dict.fromkeys(_missing(formula.tree, facts)))


def _missing(node: Node, facts: Mapping[str, object]) -> list[str]:
    match node:
        case Constant():
            return []
        case FactNode(name):
            return [] if facts.get(name) is not None else [name]
        case Operation(_, left, right):
            return _missing(left, facts) + _missing(right, facts)
        case First(options):
            return min((_missing(option, facts) for option in options), key=len)
