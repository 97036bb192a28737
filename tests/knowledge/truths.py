"""The three truths, a firm, and three conditions of which one is true of it, one false and one unknown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from knowledge.conditions import Condition, Leaf, Truth, try_on
from knowledge.firm import FactValue, spec_of
from knowledge.reading import read_condition

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN

#: A day in the middle of a month, on which firms are tried.
DAY = date(2026, 11, 21)

XIAMEN, FUZHOU, GULOU, FUJIAN, GUANGDONG, CHINA = "350200", "350100", "350102", "350000", "440000", "100000"


def firm(**raw: Any) -> dict[str, FactValue]:
    return {name: spec_of(name).parse(value) for name, value in raw.items()}


def truth(raw: Mapping[str, Any], facts: Mapping[str, FactValue]) -> Truth:
    return try_on(read_condition(raw), facts, DAY).truth


FACTS = firm(blacklisted=True, tax_arrears=False)

OF: Mapping[Truth, Condition] = {
    T: Leaf("blacklisted", "is", True),
    F: Leaf("tax_arrears", "is", True),
    U: Leaf("guarantor", "is", True),
}
