"""What a ratio may be compared with: only what has a named origin, never an average nobody can point to.

Four origins, the firmest first: a condition of an entry in force, an estimate that the limits use, a dividing line of the
points card, and the point at which a ratio's meaning turns by definition.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from knowledge.conditions import All, Condition, Leaf
from knowledge.entries import Entry, Kind, Standing
from scoring.card_schema import Card, Feature
from scoring.limits import DEBT_SERVICE_SHARE
from scoring.ratios import Ratio

#: Which comparisons of a rule bound a ratio that is better on this side.
_OPERATORS = {"low": ("at_most", "less_than"), "high": ("at_least", "more_than"), "neither": ()}
_ESTIMATES = {"debt_service_share": DEBT_SERVICE_SHARE}


@dataclass(frozen=True, slots=True)
class Bound:
    """The sound side of a ratio begins (`side` low: ends) at `value`. `entries` are those whose rules say so."""

    value: Decimal
    side: Literal["high", "low"]
    basis: Literal["rule", "estimate", "card", "definition"]
    entries: tuple[Entry, ...] = ()

    def holds(self, value: Decimal) -> bool:
        """Whether a ratio lies on the sound side; the bound itself does."""
        return value <= self.value if self.side == "low" else value >= self.value


def bound_of(ratio: Ratio, entries: Iterable[Entry], card: Card, on: date) -> Bound | None:
    """The bound with the firmest origin; None where nothing with an origin is known."""
    if ratio.better == "neither":
        return None
    ruled = _ruled(ratio, entries, on)
    if ruled is not None:
        return ruled
    if ratio.name in _ESTIMATES:
        return Bound(_ESTIMATES[ratio.name], ratio.better, "estimate")
    line = _dividing_line(ratio, card)
    if line is not None:
        return Bound(line, ratio.better, "card")
    return Bound(ratio.turning, ratio.better, "definition") if ratio.turning is not None else None


def _ruled(ratio: Ratio, entries: Iterable[Entry], on: date) -> Bound | None:
    """The widest bound that entries in force demand; loans' before those of titles and programmes."""
    if ratio.better == "neither":
        return None
    found = [
        (entry, Decimal(str(leaf.needed)))
        for entry in entries
        if ratio.rules and entry.rule is not None and entry.standing(on) is Standing.IN_FORCE
        for leaf in _demanded(entry.rule)
        if leaf.fact in ratio.rules
        and leaf.operator in _OPERATORS[ratio.better]
        # of the figure above the line only nought says something about the ratio
        and (leaf.fact == ratio.name or leaf.needed == 0)
    ]
    loans = [item for item in found if item[0].kind is Kind.PRODUCT] or found
    if not loans:
        return None
    values = [value for _, value in loans]
    widest = max(values) if ratio.better == "low" else min(values)
    return Bound(widest, ratio.better, "rule", tuple(entry for entry, value in loans if value == widest))


def _demanded(condition: Condition) -> Iterator[Leaf]:
    """The comparisons that a rule demands of everybody: not those of one way among several, nor those that must fail."""
    match condition:
        case Leaf():
            yield condition
        case All(parts):
            for part in parts:
                yield from _demanded(part)


def _dividing_line(ratio: Ratio, card: Card) -> Decimal | None:
    """Where the card's points of the same formula stop or begin to count against a firm; None where they never do, or go up and down."""
    features = (feature for block in card.blocks for feature in block.features)
    feature = next((one for one in features if one.kind == "number" and one.formula.tree == ratio.formula.tree), None)
    if feature is None or feature.direction != {"high": "rising", "low": "falling"}.get(ratio.better):
        return None
    cut = _crossing(feature)
    return Decimal(repr(cut)) if cut is not None else None


def _crossing(feature: Feature) -> float | None:
    harmless = [points >= 0 for points in feature.points]
    return next((cut for cut, (before, after) in zip(feature.cuts, pairwise(harmless), strict=True) if before != after), None)
