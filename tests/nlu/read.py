"""One message read as on the tests' day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from knowledge.firm import vocabulary
from nlu.mentions import Extraction, extract_facts

TODAY = date(2026, 11, 21)


def read(text: str, asking: str | None = None) -> Extraction:
    return extract_facts(text, today=TODAY, asking=asking)


def typed(facts: dict[str, Any]) -> dict[str, Any]:
    specs = vocabulary()
    return {name: specs[name].parse(Decimal(str(value)) if isinstance(value, float) else value) for name, value in facts.items()}
