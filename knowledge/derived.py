"""Facts worked out from other facts, never asked for themselves: size class, ratios, months to maturity, dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from knowledge.calendar import days_later, days_of_age
from knowledge.firm import FactType, FactValue, Firm, Text
from knowledge.size import bearing_on_size, indicators, possible_sizes, size_missing

DERIVED: Mapping[str, FactType] = {
    "size_class": FactType.CHOICE,
    "debt_ratio": FactType.RATE,
    "new_hire_share": FactType.RATE,
    "rd_ratio": FactType.RATE,
    "months_to_maturity": FactType.MONTHS,
    "founded": FactType.DATE,
    "loan_due": FactType.DATE,
    "today": FactType.DATE,
}
#: A ratio's facts: what is above the line, and what is below it.
RATIOS: Mapping[str, tuple[str, str]] = {
    "debt_ratio": ("total_liabilities", "total_assets"),
    "new_hire_share": ("new_hires_12m", "employees"),
    "rd_ratio": ("rd_spend", "annual_revenue"),
}
#: What comes from a duration that was told; today comes from nothing but the day.
_TIMES: Mapping[str, tuple[str, ...]] = {
    "months_to_maturity": ("loan_matures_in_days",),
    "founded": ("age_months",),
    "loan_due": ("loan_matures_in_days",),
    "today": (),
}
#: Whole months are counted as thirty days each, as lenders count days to a due date.
DAYS_A_MONTH = 30
LABELS: Mapping[str, Text] = {
    "size_class": Text("企业规模", "size class"),
    "debt_ratio": Text("资产负债率", "debt ratio"),
    "new_hire_share": Text("新招用人数占比", "share of new hires"),
    "rd_ratio": Text("研发费用占营业收入的比例", "research spending to revenue"),
    "months_to_maturity": Text("距贷款到期", "time until the loan falls due"),
    "founded": Text("成立日期", "founding date"),
    "loan_due": Text("贷款到期日", "due date of the loan"),
    "today": Text("今天", "today"),
}
SIZE_LABELS: Mapping[str, Text] = {
    "micro": Text("微型企业", "micro firm"),
    "small": Text("小型企业", "small firm"),
    "medium": Text("中型企业", "medium firm"),
    "large": Text("大型企业", "large firm"),
}


#: A fact of the vocabulary, or a date that was worked out.
KnownValue = FactValue | date


class Known(NamedTuple):
    """What is known of a fact: its possible values (none = nothing known, one = certain) and what would settle it."""

    possible: tuple[KnownValue, ...]
    missing: tuple[str, ...] = ()

    @property
    def value(self) -> KnownValue | None:
        """The value if it is certain."""
        return self.possible[0] if len(self.possible) == 1 else None


def known_value(name: str, facts: Mapping[str, FactValue], on: date) -> Known:
    """What is known on a day of a fact of the vocabulary or of a derived one."""
    return known_of(facts, on)[name]


def known_of(facts: Mapping[str, FactValue], on: date) -> Mapping[str, Known]:
    """What is known on a day of each fact by its name, worked out when it is first asked for.

    A firm keeps what was worked out for the last day asked for: its facts never change.
    """
    if type(facts) is not Firm:
        return _Knowledge(facts, on)
    kept = facts.kept
    if not isinstance(kept, _Knowledge) or kept.on != on:
        kept = facts.kept = _Knowledge(dict(facts), on)
    return kept


class _Knowledge(dict[str, Known]):
    """A dictionary that works out what it lacks: reading what is there already takes no Python code."""

    def __init__(self, facts: Mapping[str, FactValue], on: date) -> None:
        super().__init__()
        self._facts, self.on = facts, on

    def __missing__(self, name: str) -> Known:
        known = self[name] = _work_out(name, self._facts, self.on)
        return known


def _work_out(name: str, facts: Mapping[str, FactValue], on: date) -> Known:
    if name == "size_class":
        return Known(possible_sizes(facts), size_missing(facts))
    if name in RATIOS:
        return ratio_of(name, facts)
    if name in _TIMES:
        return _time(name, facts, on)
    return Known((facts[name],)) if name in facts else Known((), (name,))


def worked_out_from(name: str, facts: Mapping[str, FactValue]) -> tuple[str, ...]:
    """The facts of the vocabulary that a fact comes from: itself, or what it is worked out from as far as a firm is known."""
    if name == "size_class":
        return tuple(one for one in bearing_on_size() if one in facts) if "industry" not in facts else ("industry", *indicators(facts))
    return RATIOS.get(name) or _TIMES.get(name, (name,))


def ratio_of(name: str, facts: Mapping[str, FactValue]) -> Known:
    """What is known of a ratio: one fact over another."""
    above, below = RATIOS[name]
    missing = tuple(name for name in (above, below) if name not in facts)
    if missing:
        return Known((), missing)
    numerator, denominator = facts[above], facts[below]
    assert isinstance(numerator, Decimal | int)
    assert isinstance(denominator, Decimal | int)
    if denominator <= 0:
        return Known((), (below,))
    return Known((Decimal(numerator) / Decimal(denominator),))


def _time(name: str, facts: Mapping[str, FactValue], on: date) -> Known:
    """What comes from a duration, by the day. An age in months leaves every day of one month possible, and nothing told settles which."""
    missing = tuple(source for source in _TIMES[name] if source not in facts)
    if missing:
        return Known((), missing)
    counts = [int(str(facts[source])) for source in _TIMES[name]]
    match name:
        case "months_to_maturity":
            return Known((counts[0] // DAYS_A_MONTH,))
        case "founded":
            return Known(days_of_age(counts[0], on))
        case "loan_due":
            return Known((days_later(on, counts[0]),))
    return Known((on,))


def sources_of(name: str) -> tuple[str, ...]:
    """The facts of the vocabulary that a worked-out fact comes from."""
    return bearing_on_size() if name == "size_class" else RATIOS.get(name) or _TIMES[name]
