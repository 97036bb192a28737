"""The likely credit limit of a product for one firm.

A product states a cap and one or more *bases*: a share or multiple of one known figure of the firm. The formulas live
here; the factors are the product's own. Money is yuan; factors are fractions or multiples; durations are months.

Where each formula comes from: a share of revenue or invoices and a multiple of inflow or tax are how Chinese banks state their
inclusive products (a tenth of yearly sales: 邮储 小微易贷); collateral by loan-to-value, goods by a haircut, orders and receivables by an
advance rate are asset-based lending; free cash over debt service bounds whatever is repaid out of the business as a whole.

The rule, in order:

1. each basis gives ``factor x fact``; an unsecured basis is also multiplied by the grade's factor; receivables count by their age
   and by how much one buyer owes (scoring.ageing), invoiced sales without those voided;
2. a basis repaid out of the firm's general cash flow cannot exceed the debt-service capacity, when that is known;
3. the ceiling is the best basis known (the worst when the product says that all must hold), at most the cap,
   or the room left for one borrower under a guarantor's cap, rounded down to a step;
4. the amount is the ceiling, at most what the owner asked for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from scoring.ageing import receivable_quality
from scoring.facts import Facts, number

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Formula:
    """Which fact a basis multiplies, and how the loan is secured and repaid."""

    fact: str
    unsecured: bool
    self_liquidating: bool = False  # repaid by the very order, invoice or stock it is lent against
    quality: Callable[[Facts], Decimal] | None = None  # the share (0 to 1) of the fact that a lender counts


def _not_voided(facts: Facts) -> Decimal:
    """Invoices that were voided are no sales."""
    voided = number(facts, "void_invoice_rate")
    return Decimal(1) if voided is None else Decimal(1) - min(max(voided, ZERO), Decimal(1))


FORMULAS: Mapping[str, Formula] = MappingProxyType(
    {
        "revenue_share": Formula("annual_revenue", unsecured=True),
        "invoiced_share": Formula("invoiced_sales", unsecured=True, quality=_not_voided),
        "inflow_multiple": Formula("monthly_inflow", unsecured=True),
        "tax_multiple": Formula("annual_tax_paid", unsecured=True),
        "platform_share": Formula("platform_sales", unsecured=True),
        "export_share": Formula("export_revenue", unsecured=True),
        "collateral_ltv": Formula("collateral_value", unsecured=False),
        "order_advance": Formula("order_value", unsecured=False, self_liquidating=True),
        "receivable_advance": Formula("receivables", unsecured=False, self_liquidating=True, quality=receivable_quality),
        "inventory_haircut": Formula("inventory", unsecured=False, self_liquidating=True),
        # the old loan is paid by the new one, so what the firm could repay besides does not bound it
        "loan_renewed": Formula("existing_loans", unsecured=False, self_liquidating=True),
    }
)

# An estimate, not a market figure: how much of an unsecured basis a lender leaves a firm of each grade.
GRADE_FACTORS: Mapping[str, Decimal] = MappingProxyType(
    {"A": Decimal("1.00"), "B": Decimal("0.90"), "C": Decimal("0.75"), "D": Decimal("0.50"), "E": Decimal("0.25")}
)
# An estimate: the part of monthly inflow that may go to loan payments of every kind.
DEBT_SERVICE_SHARE = Decimal("0.30")
# The term used for the debt-service capacity when neither the firm nor the product states one, in months.
DEFAULT_TERM = 12


@dataclass(frozen=True, slots=True)
class Basis:
    """One way a product arrives at its limit: a formula of `FORMULAS` and its factor."""

    formula: str
    factor: Decimal

    def __post_init__(self) -> None:
        if self.formula not in FORMULAS:
            raise ValueError(f"unknown limit formula {self.formula!r}; known: {', '.join(sorted(FORMULAS))}")
        if self.factor < 0:
            raise ValueError(f"factor of {self.formula} must not be negative: {self.factor}")


@dataclass(frozen=True, slots=True)
class LimitSpec:
    """How one product sets its limit. `term_months` and `annual_rate` serve the debt-service capacity only.

    `cap_name` says whose cap it is: the product's own, or ``guarantee_cap``, the most a guarantor stands for one borrower.
    """

    cap: Decimal | None = None
    bases: tuple[Basis, ...] = ()
    all_must_hold: bool = False
    debt_service: bool = True
    term_months: int | None = None
    annual_rate: Decimal | None = None
    cap_name: Literal["cap", "guarantee_cap"] = "cap"

    def __post_init__(self) -> None:
        if self.cap is not None and self.cap < 0:
            raise ValueError(f"cap must not be negative: {self.cap}")


@dataclass(frozen=True, slots=True)
class LimitPart:
    """One figure the limit was made from: yuan, the fact behind it and the factor applied (grade included)."""

    name: str
    amount: Decimal
    fact: str | None = None
    factor: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A likely limit in yuan.

    `ceiling` is what the product would give, `amount` that or what was asked for if less; both None when nothing is
    known to work it out from. `binding` names the part that decides `amount` (``amount_sought`` when the wish does),
    `ceiling_binding` the part that decides the ceiling. `missing` names the facts of bases that could not be tried;
    `refines` names facts that could still lower the figure.
    """

    amount: Decimal | None
    ceiling: Decimal | None
    binding: str | None
    ceiling_binding: str | None
    parts: tuple[LimitPart, ...]
    missing: tuple[str, ...]
    refines: tuple[str, ...] = ()
    #: whether the amount is all that the owner asked for
    covers: bool = False


def round_down(amount: Decimal) -> Decimal:
    """A sensible step: 10,000 yuan from 100,000 up, 1,000 below; never up, never below zero."""
    step = Decimal(10_000) if amount >= 100_000 else Decimal(1_000)
    return max(ZERO, amount // step * step)


def debt_service_capacity(facts: Facts, spec: LimitSpec, share: Decimal = DEBT_SERVICE_SHARE) -> Decimal | None:
    """What the firm's free monthly cash repays over the term, in yuan; None unless inflow and payments are known.

    Free cash is ``share x monthly_inflow - monthly_debt_service``, at least zero. Over n months at the product's rate
    it repays ``free x (1 - (1 + r)^-n) / r``, r a twelfth of the annual rate; without a rate, ``free x n``. The term is
    the owner's `term_months`, else the product's, else twelve months.
    """
    inflow, service = number(facts, "monthly_inflow"), number(facts, "monthly_debt_service")
    if inflow is None or service is None:
        return None
    free = max(ZERO, share * inflow - service)
    wished = number(facts, "term_months")
    months = int(wished) if wished is not None and wished >= 1 else spec.term_months or DEFAULT_TERM
    if not spec.annual_rate:
        return free * months
    monthly = spec.annual_rate / 12
    return free * (1 - (1 + monthly) ** -months) / monthly


def _part(basis: Basis, facts: Facts, grade: str | None, grade_factors: Mapping[str, Decimal]) -> LimitPart | None:
    formula = FORMULAS[basis.formula]
    value = number(facts, formula.fact)
    if value is None:
        return None
    factor = basis.factor
    if formula.unsecured and grade is not None:
        factor *= grade_factors[grade]
    if formula.quality is not None:
        factor *= formula.quality(facts)
    return LimitPart(basis.formula, max(ZERO, value * factor), formula.fact, factor)


def _capped(part: LimitPart, capacity: LimitPart | None) -> LimitPart:
    if capacity is None or FORMULAS[part.name].self_liquidating or capacity.amount >= part.amount:
        return part
    return capacity


def _decide(spec: LimitSpec, known: list[LimitPart], capacity: LimitPart | None) -> LimitPart | None:
    """The part that sets the ceiling, or None when what is known does not settle it."""
    cap = LimitPart(spec.cap_name, spec.cap) if spec.cap is not None else None
    if not spec.bases:
        if cap is None:
            return None  # with nothing stated, what the firm could repay is not what the product would lend
        return capacity if capacity is not None and capacity.amount < cap.amount else cap
    if not known or (spec.all_must_hold and len(known) < len(spec.bases)):
        return None
    candidates = [_capped(part, capacity) for part in known]
    choose = min if spec.all_must_hold else max
    best = choose(candidates, key=lambda part: part.amount)
    return cap if cap is not None and cap.amount < best.amount else best


def likely_limit(
    spec: LimitSpec,
    facts: Facts,
    grade: str | None = None,
    *,
    grade_factors: Mapping[str, Decimal] = GRADE_FACTORS,
    debt_service_share: Decimal = DEBT_SERVICE_SHARE,
) -> Limit:
    """The likely limit of a product for a firm (rule in the module's text). A grade of None applies no grade factor.

    Raises `ValueError` for a grade without a factor and `TypeError` for a fact that is not a number.
    """
    if grade is not None and grade not in grade_factors:
        raise ValueError(f"unknown grade {grade!r}; known: {', '.join(grade_factors)}")
    tried = [(basis, _part(basis, facts, grade, grade_factors)) for basis in spec.bases]
    known = [part for _, part in tried if part is not None]
    missing = tuple(dict.fromkeys(FORMULAS[basis.formula].fact for basis, part in tried if part is None))
    parts = list(known)
    capacity: LimitPart | None = None
    refines: tuple[str, ...] = ()
    if spec.debt_service and not (spec.bases and all(FORMULAS[b.formula].self_liquidating for b in spec.bases)):
        free = debt_service_capacity(facts, spec, debt_service_share)
        if free is not None:
            capacity = LimitPart("debt_service", free, "monthly_debt_service", debt_service_share)
            parts.append(capacity)
        refines = tuple(n for n in ("monthly_inflow", "monthly_debt_service") if n not in facts and n not in missing)
    if spec.cap is not None:
        parts.append(LimitPart(spec.cap_name, spec.cap))
    decided = _decide(spec, known, capacity)
    if decided is None:
        return Limit(None, None, None, None, tuple(parts), missing, refines)
    ceiling = round_down(decided.amount)
    asked = number(facts, "amount_sought")
    if asked is not None and asked <= ceiling:
        binding = "amount_sought" if asked < ceiling else decided.name
        return Limit(max(ZERO, asked), ceiling, binding, decided.name, tuple(parts), missing, refines, covers=True)
    return Limit(ceiling, ceiling, decided.name, decided.name, tuple(parts), missing, refines)
