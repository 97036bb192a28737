"""What an owner is likely to answer to a question, with how likely it is. Estimates; see data/answers.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import yaml

from knowledge.firm import FactType, FactValue, spec_of

Answers = tuple[tuple[FactValue, float], ...]

#: How likely an owner can answer at all, by how easy the question is (1: must look it up, 5: knows by heart). Estimates, too.
ANSWERED = {5: 0.98, 4: 0.93, 3: 0.85, 2: 0.65, 1: 0.4}


@cache
def table() -> Mapping[str, Any]:
    """The estimates as written."""
    loaded: dict[str, Any] = yaml.safe_load(resources.files("knowledge").joinpath("data/answers.yaml").read_text("utf-8"))
    return loaded


def plausible(name: str, facts: Mapping[str, FactValue]) -> Answers:
    """Answers with their probabilities, which add up to 1 at most: where they do not, no answer fits. Empty for facts never asked for."""
    body = table().get(name)
    if body is None:
        return ()
    base = facts.get(body["of"]) if isinstance(body, dict) and "of" in body else None
    return _answers(name, Decimal(base) if isinstance(base, Decimal | int) else None)


@lru_cache(maxsize=1024)
def _answers(name: str, base: Decimal | None) -> Answers:
    body, spec = table()[name], spec_of(name)
    if isinstance(body, list):
        return _evenly(name, body)
    if "of" in body:
        return _evenly(name, [Decimal(str(share)) * base for share in body["shares"]] if base is not None else body["else"])
    if "each" in body:
        weights = {(item,): weight for item, weight in body["each"].items()} | ({("none",): body["none"]} if "none" in body else {})
        # Whoever has none of what the list names passes on a question whose choices have no "none".
        total = sum(weights.values()) if "none" in body else 100
        return tuple((chosen, weight / total) for chosen, weight in weights.items())
    total = sum(body.values())
    return tuple((spec.parse(value), weight / total) for value, weight in body.items())


def _evenly(name: str, numbers: list[Any]) -> Answers:
    spec = spec_of(name)
    whole = spec.type in (FactType.COUNT, FactType.MONTHS)
    parsed = [spec.parse(int(number) if whole else Decimal(str(number))) for number in numbers]
    return tuple((value, parsed.count(value) / len(parsed)) for value in dict.fromkeys(parsed))
