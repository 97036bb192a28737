"""A figure beside a fact it might fill, as numbers: how near the fact's words stand, what the rules chose, what was heard."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.firm import FactType, vocabulary
from nlu.linking.view import FRAMES, NUMERIC, Near, View
from nlu.numbers.quantity import Quantity

#: The kinds of figure that can become a value of each type. What a year says is the rules' alone: labels leave open what it makes.
KINDS_FOR: Mapping[FactType, tuple[str, ...]] = {
    FactType.MONEY: ("money", "number"),
    FactType.RATE: ("rate", "number", "count"),
    FactType.MONTHS: ("duration", "number", "count"),
    FactType.COUNT: ("count", "number", "duration"),
}
#: What a unit counts when nothing else is said.
BY_UNIT: Mapping[str, str] = {
    "person": "employees",
    "age": "owner_age",
    "term": "term_months",
    "patent": "patents",
    "graduate": "graduate_hires_12m",
    "customer": "customer_count",
}
_KINDS = ("money", "number", "duration", "year", "rate", "count")
_PERIODS = (None, "month", "year", "day", "quarter")
_TYPES = (FactType.MONEY, FactType.RATE, FactType.MONTHS, FactType.COUNT)
_NAMES = tuple(sorted(vocabulary()))
#: Distances beyond this are all far, in characters; no words at all is farther.
_FAR, _NONE = 60, 99


@dataclass(frozen=True)
class Scores:
    """What the linear model and the network say of one figure, by fact, the empty name for none; and the usual size of each fact."""

    by_fact: Mapping[str, float]
    heard: Mapping[str, float]
    usual: Mapping[str, tuple[float, float]]


def candidates(view: View, index: int, scores: Scores) -> tuple[str, ...]:
    """The facts that this figure might fill, in the order of their names."""
    quantity, ruled = view.quantities[index], view.ruled[index].removeprefix("?")
    likely = [*_first(scores.by_fact, 4), *(name for name in _first(scores.heard, 3) if scores.heard[name] > _HEARD)]
    named = {near.fact for near in view.near} | {view.asking or "", BY_UNIT.get(quantity.unit, ""), ruled, *likely}
    return tuple(sorted(name for name in named & NUMERIC if quantity.kind in KINDS_FOR[vocabulary()[name].type]))


def _first(scores: Mapping[str, float], count: int) -> list[str]:
    return sorted(scores, key=lambda name: -scores[name])[:count]


def place(view: View, index: int, fact: str, scores: Scores) -> list[float]:
    """The numbers of one pair of figure and fact. Their order is what the trees were trained on."""
    quantity = view.quantities[index]
    row = [*_side(view, index, fact, "left"), *_side(view, index, fact, "right"), *_side(view, index, fact, "over")]
    row += _choices(view, index, fact) + _scores(fact, scores) + _heard(fact, scores.heard) + _size(quantity, fact, scores)
    row += _position(view, index) + _frames(view, quantity) + [_rivals(view, index, fact)]
    return [*row, _NAMES.index(fact), _TYPES.index(vocabulary()[fact].type)]


def _side(view: View, index: int, fact: str, side: str) -> list[float]:
    """The nearest words of the fact on one side of the figure, and how they compare with the nearest of any fact."""
    quantity = view.quantities[index]
    found = [(gap, near) for near in view.near if near.suits(quantity) and (gap := _gap(near, quantity, side)) is not None]
    any_gap, any_near = min(found, key=lambda pair: pair[0], default=(_NONE, None))
    gap, near = min((pair for pair in found if pair[1].fact == fact), key=lambda pair: pair[0], default=(_NONE, None))
    if near is None:
        return [_FAR, -1, -1, -1, -1, 0, -1, 0, min(any_gap, _FAR), 0]
    low, high = view.scope.clause_span(quantity.start)
    span = (near.end, quantity.start) if side == "left" else (quantity.end, near.start)
    inside = near.start >= low if side == "left" else near.end <= high
    others = [other for at, other in enumerate(view.quantities) if at != index and span[0] <= other.start < span[1]]
    alike = sum(other.kind == quantity.kind for other in others)
    between = sum(span[0] <= other.start and other.end <= span[1] and other.fact != fact and other.suits(quantity) for other in view.near)
    clauses = abs(view.scope.clause(quantity.start) - view.scope.clause(near.start))
    return [
        min(gap, _FAR), inside, alike, len(others), clauses, between, quantity.period in near.cue.periods, near.end - near.start,
        min(any_gap, _FAR), near is any_near,
    ]  # fmt: skip


def _gap(near: Near, quantity: Quantity, side: str) -> int | None:
    if side == "left" and near.start < quantity.start and near.end <= quantity.start + 1:
        return quantity.start - near.end
    if side == "right" and near.end > quantity.end and near.start >= quantity.end - 1:
        return near.start - quantity.end
    return 0 if side == "over" and near.start < quantity.end and quantity.start < near.end else None


def _choices(view: View, index: int, fact: str) -> list[float]:
    ruled, asking = view.ruled[index], view.asking
    return [ruled == fact, ruled == "", ruled == f"?{fact}", ruled not in ("", fact), asking == fact, asking is not None, asking in NUMERIC]


def _scores(fact: str, scores: Scores) -> list[float]:
    ordered = sorted(scores.by_fact.values(), reverse=True)
    own = scores.by_fact.get(fact, _UNSEEN)
    lead = own - ordered[1] if own == ordered[0] else own - ordered[0]
    return [own, ordered[0] - own, lead, scores.by_fact.get("", _UNSEEN), sum(other > own for other in ordered)]


def _heard(fact: str, heard: Mapping[str, float]) -> list[float]:
    own = heard.get(fact, 0.0)
    rival = max((probability for name, probability in heard.items() if name != fact), default=0.0)
    ahead = sum(probability > own for probability in heard.values())
    return [log_odds(own), log_odds(heard.get("", 0.0)), log_odds(rival), ahead]


def log_odds(probability: float) -> float:
    """How much more likely than not, as a logarithm; certainty is cut at one in a million."""
    within = min(max(probability, _LEAST_LIKELY), 1 - _LEAST_LIKELY)
    return math.log(within / (1 - within))


_LEAST_LIKELY = 1e-6
#: A fact that no words suggest is still looked at from this probability of the network on.
_HEARD = 0.1
#: The score of a fact that the linear model never saw.
_UNSEEN = -3.0
#: Mean and spread of a fact never seen, in powers of ten.
_ANY_SIZE = (4.0, 2.0)


def _size(quantity: Quantity, fact: str, scores: Scores) -> list[float]:
    mean, spread = scores.usual.get(fact, _ANY_SIZE)
    size = magnitude(quantity)
    return [(size - mean) / spread, size]


def magnitude(quantity: Quantity) -> float:
    """The size of a figure in powers of ten."""
    return math.log10(float(abs(quantity.value)) + 1)


def _position(view: View, index: int) -> list[float]:
    quantity, norm = view.quantities[index], view.norm
    same = [at for at, other in enumerate(view.quantities) if other.kind == quantity.kind]
    low, high = view.scope.clause_span(quantity.start)
    return [
        _KINDS.index(quantity.kind), _PERIODS.index(quantity.period) if quantity.period in _PERIODS else -1, bool(quantity.unit),
        index, len(view.quantities), same.index(index), len(same), len(norm), quantity.start / max(len(norm), 1), high - low,
        view.scope.states(quantity.start, quantity.end), view.scope.asked(quantity.start),
        quantity.currency not in (None, "cny"), quantity.approximate, quantity.low is not None,
    ]  # fmt: skip


def _frames(view: View, quantity: Quantity) -> list[float]:
    """For each frame: 0 not there, 1 elsewhere in the message, 2 in the figure's clause."""
    low, high = view.scope.clause_span(quantity.start)
    there = dict.fromkeys(FRAMES, 0)
    for start, end, name in view.frames:
        there[name] = max(there[name], 2 if start >= low and end <= high else 1)
    return [float(value) for value in there.values()]


#: Words that end this near before a figure speak of it first, in characters.
_CLOSE = 15


def _rivals(view: View, index: int, fact: str) -> float:
    """How many other figures of the kind stand close behind words of the fact."""
    kind = view.quantities[index].kind
    others = [other for at, other in enumerate(view.quantities) if at != index and other.kind == kind]
    return sum(near.fact == fact and 0 <= other.start - near.end < _CLOSE for other in others for near in view.near)
