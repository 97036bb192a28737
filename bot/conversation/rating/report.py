"""The rating report as a value: gathered from the firm, its score and its matches, before anything is put into words."""

from __future__ import annotations

import hashlib
import json
import math
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.conversation.decision import Decision
from bot.matching.match import Match
from bot.matching.ranking import Ranking
from knowledge.eligibility import Status
from knowledge.entries import Kind
from knowledge.firm import Fact, Firm, to_json
from knowledge.pack import Pack
from knowledge.size import possible_sizes
from scoring.card import Card, Score
from scoring.cross_checks import Checked, cross_check
from scoring.questions import Question, questions
from scoring.ratio_bounds import Bound, bound_of
from scoring.ratios import Reading, readings

#: Figures a bank asks every firm for, in the order of its forms: shown even where they are not known.
CORE_FIGURES = (
    "annual_revenue", "previous_revenue", "operating_cost", "net_profit", "total_assets", "total_liabilities", "equity",
    "receivables", "inventory", "existing_loans", "monthly_debt_service", "monthly_inflow", "annual_tax_paid", "invoiced_sales",
)  # fmt: skip
#: Shown where they are known.
MORE_FIGURES = (
    "gross_profit", "operating_profit", "finance_cost", "cash", "current_assets", "fixed_assets", "current_liabilities",
    "short_term_debt", "long_term_debt", "order_value", "platform_sales", "export_revenue", "customer_count", "largest_customer_share",
    "monthly_inflow_cv", "void_invoice_rate", "purchase_amount", "taxable_income", "monthly_sales", "rd_spend", "collateral_value",
)  # fmt: skip
#: As many as leave both pages their room, without and with the plot of months.
MORE_AT_MOST, MORE_BESIDE_MONTHS = 14, 8
#: Money in and money out, each with what brings it to a month; the second of a pair is shown only where it is known.
_FLOWS_IN = (("monthly_inflow", 1, True), ("annual_revenue", 12, True), ("invoiced_sales", 12, True), ("platform_sales", 12, False))
_FLOWS_OUT = (
    ("operating_cost", 12, True), ("purchase_amount", 12, False), ("annual_tax_paid", 12, True), ("finance_cost", 12, False),
    ("monthly_debt_service", 1, True),
)  # fmt: skip
#: What an owner came for leads: so many at most of each group first, then whatever is next best.
_GROUPS = ((3, (Kind.PRODUCT,)), (1, (Kind.GUARANTEE,)), (1, (Kind.SUBSIDY, Kind.TAX)))
MATCHES = 5
#: The order in which the owner was shown the matches, so that the report has no other.
Order = Callable[[Sequence[Match]], Ranking]


@dataclass(frozen=True)
class Figure:
    """A figure of the report; without a fact it is not known."""

    name: str
    fact: Fact | None


@dataclass(frozen=True)
class Flow:
    """Money in or out in an average month, in yuan; None where not known. `spread` is the standard deviation from month to month.

    `yearly` says that the figure is a year's, divided by twelve.
    """

    name: str
    inward: bool
    monthly: Decimal | None
    yearly: bool
    spread: Decimal | None = None


@dataclass(frozen=True, slots=True)
class MonthInOut:
    """Money in and out in a month (its first day), in yuan, as the owner's confirmed accounts have it."""

    month: date
    inflow: Decimal
    outflow: Decimal


@dataclass(frozen=True)
class Compared:
    """A ratio with what it may be compared with; None where nothing with an origin is known, or where its figures are in doubt."""

    reading: Reading
    bound: Bound | None
    doubted: bool = False

    @property
    def sound(self) -> bool | None:
        """Whether it lies on the sound side of its bound; None where that cannot be told."""
        if self.reading.value is None or self.bound is None:
            return None
        return self.bound.holds(self.reading.value)


@dataclass(frozen=True)
class Rated:
    """A score with the best and the worst grade that its range allows, how sure that range is (a fraction), and who decided otherwise."""

    score: Score
    best: str
    worst: str
    confidence: float
    decision: Decision | None = None

    @property
    def grade(self) -> str:
        """A person's grade, else the card's."""
        return self.decision.grade if self.decision is not None else self.score.grade


@dataclass(frozen=True)
class RatingReport:
    """What is known of a firm on a day. `rated` is None while nothing is known that the score looks at.

    `doubts` are about figures that cannot be right and that the score therefore leaves out. `number` is the same for the same
    facts, knowledge, card, decision and day, so that two copies can be told to be of one report.
    """

    number: str
    on: date
    firm: Firm
    sizes: tuple[str, ...]
    rated: Rated | None
    grades: tuple[str, ...]
    card_version: str
    pack: Pack
    figures: tuple[Figure, ...]
    ratios: tuple[Compared, ...]
    flows: tuple[Flow, ...]
    checks: tuple[Checked, ...]
    doubts: tuple[Question, ...]
    matches: tuple[Match, ...]
    counts: Mapping[Status, int]
    months: tuple[MonthInOut, ...] = ()


def rating_report(
    firm: Firm,
    score: Score,
    card: Card,
    matches: Sequence[Match],
    pack: Pack,
    on: date,
    order: Order,
    months: tuple[MonthInOut, ...] = (),
    decision: Decision | None = None,
) -> RatingReport:
    """Gather the report of a firm on a day.

    `matches` are all that were tried, in force on that day; `months` those of its accounts; `decision` is one that stands.
    """
    rough = {name for name, fact in firm.facts.items() if fact.approximate}
    doubts = questions(firm, {name: fact.as_of for name, fact in firm.facts.items()}, on)
    doubted = {name for one in doubts for name in one.facts}
    return RatingReport(
        number=_number(firm, card, pack, on, months, decision),
        on=on,
        firm=firm,
        sizes=possible_sizes(firm),
        rated=_rated(score, card, decision) if score.coverage > 0 else None,
        grades=tuple(name for name, _ in card.grades),
        card_version=card.version,
        pack=pack,
        figures=_figures(firm, MORE_BESIDE_MONTHS if months else MORE_AT_MOST),
        ratios=tuple(_compared(reading, doubted, pack, card, on) for reading in readings(firm)),
        flows=_flows(firm),
        checks=cross_check(firm, rough),
        doubts=doubts,
        matches=_best(matches, order),
        counts={status: sum(match.status is status for match in matches) for status in Status},
        months=months,
    )


def _compared(reading: Reading, doubted: Set[str], pack: Pack, card: Card, on: date) -> Compared:
    """A ratio beside its bound; one of figures that cannot be right is held against nothing."""
    if reading.value is not None and doubted & set(reading.ratio.formula.facts):
        return Compared(reading, None, doubted=True)
    return Compared(reading, bound_of(reading.ratio, pack, card, on))


def _number(firm: Firm, card: Card, pack: Pack, on: date, months: Sequence[MonthInOut], decision: Decision | None) -> str:
    facts = {name: [to_json(fact.value), fact.source.value, fact.as_of.isoformat(), fact.approximate] for name, fact in firm.facts.items()}
    flow = [[[one.month.isoformat(), str(one.inflow), str(one.outflow)] for one in months]] if months else []
    decided = [[decision.grade, decision.by, decision.on.isoformat()]] if decision is not None else []
    rests_on = json.dumps([facts, card.version, pack.digest, on.isoformat(), *flow, *decided], sort_keys=True, ensure_ascii=False)
    return f"LA-{on:%Y%m%d}-{hashlib.sha256(rests_on.encode()).hexdigest()[:8].upper()}"


def _rated(score: Score, card: Card, decision: Decision | None) -> Rated:
    ends = [below for _, below in card.grades]

    def grade_at(pd: Decimal) -> str:
        return card.grades[min(bisect_right(ends, float(pd)), len(ends) - 1)][0]

    low, high = score.interval
    confidence = math.erf(card.interval_z / math.sqrt(2))
    return Rated(score, grade_at(low), grade_at(high), confidence, decision)


def _figures(firm: Firm, at_most: int) -> tuple[Figure, ...]:
    more = [name for name in MORE_FIGURES if name in firm]
    shown = (*CORE_FIGURES, *more[:at_most])
    return tuple(Figure(name, firm.fact(name)) for name in shown)


def _flows(firm: Firm) -> tuple[Flow, ...]:
    return tuple(
        _flow(name, months, inward, firm)
        for inward, flows in ((True, _FLOWS_IN), (False, _FLOWS_OUT))
        for name, months, always in flows
        if always or name in firm
    )


def _flow(name: str, months: int, inward: bool, firm: Firm) -> Flow:
    amount, unevenness = firm.get(name), firm.get("monthly_inflow_cv") if name == "monthly_inflow" else None
    if not isinstance(amount, Decimal):
        return Flow(name, inward, None, months > 1)
    spread = amount * unevenness if isinstance(unevenness, Decimal) else None
    return Flow(name, inward, amount / months, months > 1, spread)


def _best(matches: Sequence[Match], order: Order) -> tuple[Match, ...]:
    """What fits, then what may fit; loans before guarantees before subsidies, and of each some."""
    open_ = [match for match in matches if match.status is not Status.INELIGIBLE]
    groups = [(most, order([match for match in open_ if match.entry.kind in kinds]).matches) for most, kinds in _GROUPS]
    first = [match for most, group in groups for match in group[:most]]
    rest = [match for most, group in groups for match in group[most:]]
    chosen = [*first, *rest][:MATCHES]
    return tuple(sorted(chosen, key=lambda match: match.status is not Status.ELIGIBLE))
