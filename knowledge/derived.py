"""Facts worked out from other facts, never asked for themselves: size class, ratios, months to maturity."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from knowledge.firm import FactType, FactValue, Firm, Text
from knowledge.size import possible_sizes, size_missing

DERIVED: Mapping[str, FactType] = {
    "size_class": FactType.CHOICE,
    "debt_ratio": FactType.RATE,
    "new_hire_share": FactType.RATE,
    "rd_ratio": FactType.RATE,
    "months_to_maturity": FactType.MONTHS,
}
#: A ratio's facts: what is above the line, and what is below it.
RATIOS: Mapping[str, tuple[str, str]] = {
    "debt_ratio": ("total_liabilities", "total_assets"),
    "new_hire_share": ("new_hires_12m", "employees"),
    "rd_ratio": ("rd_spend", "annual_revenue"),
}
#: Whole months are counted as thirty days each, as lenders count days to a due date.
DAYS_A_MONTH = 30
LABELS: Mapping[str, Text] = {
    "size_class": Text("企业规模", "size class"),
    "debt_ratio": Text("资产负债率", "debt ratio"),
    "new_hire_share": Text("新招用人数占比", "share of new hires"),
    "rd_ratio": Text("研发费用占营业收入的比例", "research spending to revenue"),
    "months_to_maturity": Text("距贷款到期", "time until the loan falls due"),
}
SIZE_LABELS: Mapping[str, Text] = {
    "micro": Text("微型企业", "micro firm"),
    "small": Text("小型企业", "small firm"),
    "medium": Text("中型企业", "medium firm"),
    "large": Text("大型企业", "large firm"),
}


class Known(NamedTuple):
    """What is known of a fact: its possible values (none = nothing known, one = certain) and what would settle it."""

    possible: tuple[FactValue, ...]
    missing: tuple[str, ...] = ()

    @property
    def value(self) -> FactValue | None:
        """The value if it is certain."""
        return self.possible[0] if len(self.possible) == 1 else None


def known_value(name: str, facts: Mapping[str, FactValue]) -> Known:
    """What is known of a fact of the vocabulary or of a derived one."""
    return known_of(facts)[name]


def known_of(facts: Mapping[str, FactValue]) -> Mapping[str, Known]:
    """What is known of each fact by its name, worked out when it is first asked for. A firm keeps it, for its facts never change."""
    if type(facts) is not Firm:
        return _Knowledge(facts)
    if facts.kept is None:
        facts.kept = _Knowledge(dict(facts))
    assert isinstance(facts.kept, _Knowledge)
    return facts.kept


class _Knowledge(dict[str, Known]):
    """A dictionary that works out what it lacks: reading what is there already takes no Python code."""

    def __init__(self, facts: Mapping[str, FactValue]) -> None:
        super().__init__()
        self._facts = facts

    def __missing__(self, name: str) -> Known:
        known = self[name] = _work_out(name, self._facts)
        return known


def _work_out(name: str, facts: Mapping[str, FactValue]) -> Known:
    if name == "size_class":
        return Known(possible_sizes(facts), size_missing(facts))
    if name in RATIOS:
        return _ratio(*RATIOS[name], facts)
    if name == "months_to_maturity":
        days = facts.get("loan_matures_in_days")
        return Known((), ("loan_matures_in_days",)) if days is None else Known((int(str(days)) // DAYS_A_MONTH,))
    return Known((facts[name],)) if name in facts else Known((), (name,))


def _ratio(above: str, below: str, facts: Mapping[str, FactValue]) -> Known:
    missing = tuple(name for name in (above, below) if name not in facts)
    if missing:
        return Known((), missing)
    numerator, denominator = facts[above], facts[below]
    assert isinstance(numerator, Decimal | int)
    assert isinstance(denominator, Decimal | int)
    if denominator <= 0:
        return Known((), (below,))
    return Known((Decimal(numerator) / Decimal(denominator),))
