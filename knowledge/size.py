"""Size class of a firm by the 2011 standard (工信部联企业〔2011〕300号), also from incomplete figures.

A class needs every indicator of its industry at or above the lower bound, so the class can only rise with an indicator. With some
indicators unknown the possible classes are therefore the run between the two extremes; often that run already settles a rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache
from importlib import resources

import yaml

from knowledge.firm import FactValue

CLASSES = ("micro", "small", "medium", "large")
_Bounds = Mapping[str, Mapping[str, int]]


@cache
def standard() -> Mapping[str, _Bounds]:
    """industry -> indicator (fact name) -> class -> lower bound (people or yuan)."""
    loaded: dict[str, _Bounds] = yaml.safe_load(resources.files("knowledge").joinpath("data/size_standard.yaml").read_text("utf-8"))
    return loaded


def size_class(facts: Mapping[str, FactValue]) -> str | None:
    """The size class, or None while the known facts leave more than one possible."""
    possible = possible_sizes(facts)
    return possible[0] if len(possible) == 1 else None


def possible_sizes(facts: Mapping[str, FactValue]) -> tuple[str, ...]:
    """Every class the known facts still allow, smallest first."""
    return _possible(tuple((name, facts[name]) for name in bearing_on_size() if name in facts))


@cache
def bearing_on_size() -> tuple[str, ...]:
    """The facts that bear on the size class: the industry and every indicator of any."""
    return ("industry", *dict.fromkeys(name for bounds in standard().values() for name in bounds))


def indicators(facts: Mapping[str, FactValue]) -> tuple[str, ...]:
    """What the size class of a firm goes by in its industry, which is known."""
    return tuple(standard()[str(facts["industry"])])


@lru_cache(maxsize=1024)  # a firm's size is asked for by most entries, and goes through every industry while that is unknown
def _possible(known: tuple[tuple[str, FactValue], ...]) -> tuple[str, ...]:
    facts = dict(known)
    industry = facts.get("industry")
    tables = [standard()[str(industry)]] if industry is not None else list(standard().values())
    possible = {name for bounds in tables for name in _between(bounds, facts)}
    return tuple(name for name in CLASSES if name in possible)


def size_missing(facts: Mapping[str, FactValue]) -> tuple[str, ...]:
    """The facts that would narrow the size class down, in the order worth asking."""
    if size_class(facts) is not None:
        return ()
    if "industry" not in facts:
        return ("industry", *(name for name in ("employees", "annual_revenue") if name not in facts))
    return tuple(name for name in standard()[str(facts["industry"])] if name not in facts)


def _between(bounds: _Bounds, facts: Mapping[str, FactValue]) -> tuple[str, ...]:
    lowest = min(_rank(limits, facts.get(name), unknown=0) for name, limits in bounds.items())
    highest = min(_rank(limits, facts.get(name), unknown=len(CLASSES) - 1) for name, limits in bounds.items())
    return CLASSES[lowest : highest + 1]


def _rank(limits: Mapping[str, int], value: FactValue | None, *, unknown: int) -> int:
    if value is None:
        return unknown
    assert isinstance(value, Decimal | int)
    return max((rank for rank, name in enumerate(CLASSES) if name != "micro" and value >= limits[name]), default=0)
