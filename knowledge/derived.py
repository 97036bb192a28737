"""Facts worked out from other facts, never asked for themselves: size class, debt ratio, share of new hires."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from knowledge.firm import FactType, FactValue, Text
from knowledge.size import possible_sizes, size_missing

DERIVED: Mapping[str, FactType] = {
    "size_class": FactType.CHOICE,
    "debt_ratio": FactType.RATE,
    "new_hire_share": FactType.RATE,
}
LABELS: Mapping[str, Text] = {
    "size_class": Text("企业规模", "size class"),
    "debt_ratio": Text("资产负债率", "debt ratio"),
    "new_hire_share": Text("新招用人数占比", "share of new hires"),
}
SIZE_LABELS: Mapping[str, Text] = {
    "micro": Text("微型企业", "micro firm"),
    "small": Text("小型企业", "small firm"),
    "medium": Text("中型企业", "medium firm"),
    "large": Text("大型企业", "large firm"),
}


@dataclass(frozen=True)
class Known:
    """What is known of a fact: its possible values (none = nothing known, one = certain) and what would settle it."""

    possible: tuple[FactValue, ...]
    missing: tuple[str, ...] = ()

    @property
    def value(self) -> FactValue | None:
        """The value if it is certain."""
        return self.possible[0] if len(self.possible) == 1 else None


def known_value(name: str, facts: Mapping[str, FactValue]) -> Known:
    """What is known of a fact of the vocabulary or of a derived one."""
    if name == "size_class":
        return Known(possible_sizes(facts), size_missing(facts))
    if name == "debt_ratio":
        return _ratio("total_liabilities", "total_assets", facts)
    if name == "new_hire_share":
        return _ratio("new_hires_12m", "employees", facts)
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
