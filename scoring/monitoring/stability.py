"""Do firms still look like those the card was made from? The population stability index, by feature and month."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scoring.card_schema import Card, Feature
from scoring.monitoring.chance import ENOUGH, Level, chi_square_99
from scoring.monitoring.observing import UNANSWERED, Tally

#: The usual bounds: below the first nothing happened, from the second on the population is another one.
SOME, MUCH = 0.10, 0.25
#: An empty bin counts as this share, so that the index stays finite.
FLOOR = 0.0001
#: A rise of unanswered firms by this share is worth a look.
SILENT = 0.20
#: The name under which the mix of grades is watched like a feature.
GRADE = "grade"


@dataclass(frozen=True, slots=True)
class Shift:
    """How far one feature's answers in one month lie from the reference.

    `reference` is "card" for the firms the card was made from, or the first month with enough firms where the card does not
    tell. `chance` is what the index exceeds once in a hundred times although nothing changed. `moved` is the bin that adds
    most, with its share then and now. `unanswered` are shares of all firms, `unanswered_then` only known against a month.
    """

    feature: str
    month: str
    reference: str
    answered: int
    psi: float
    chance: float
    level: Level
    moved: int
    share_then: float
    share_now: float
    unanswered: float
    unanswered_then: float | None


def psi(expected: Sequence[float], actual: Sequence[float]) -> float:
    """Population stability index of two lists of shares: the sum of (actual - expected) * ln(actual / expected)."""
    return sum(_parts(expected, actual))


def shifts(card: Card, counted: Tally, by_month: bool = False) -> tuple[Shift, ...]:
    """Every feature and month with answers to compare, in the order of the card, the mix of grades first.

    `by_month` compares with the first month even where the card tells its training firms' shares: a lender whose firms are
    others from the start still wants to see when they change.
    """
    found = list(_by_month(GRADE, (), len(card.grades), {month: _graded(card, counted, month) for month in counted.months}))
    for block in card.blocks:
        for feature in block.features:
            size = len(feature.values) or len(feature.points)
            months = {month: counted.bins[feature.name, month] for month in counted.months}
            if size > 1:
                found.extend(_by_month(feature.name, () if by_month else feature.shares, size, months))
    return tuple(found)


def bin_label(feature: Feature, place: int) -> str:
    """A bin as the card writes it: a choice, or the range of the feature's number."""
    if feature.values:
        return list(feature.values)[place]
    low = _number(feature.cuts[place - 1]) if place else None
    high = _number(feature.cuts[place]) if place < len(feature.cuts) else None
    return f"< {high}" if low is None else f">= {low}" if high is None else f"{low} .. {high}"


def _number(cut: float) -> str:
    """Four digits are enough to know a bin by."""
    return f"{cut:,.0f}" if abs(cut) >= 1000 else f"{cut:.4f}".rstrip("0").rstrip(".") if abs(cut) < 1 else f"{cut:.4g}"


def _graded(card: Card, counted: Tally, month: str) -> Counter[int]:
    return Counter({place: counted.grades[month][name] for place, (name, _) in enumerate(card.grades)})


def _by_month(name: str, shares: Sequence[float], size: int, months: dict[str, Counter[int]]) -> Iterator[Shift]:
    reference, then, base = "card", list(shares), None
    if not shares:
        first = next((month for month in months if _answered(months[month]) >= ENOUGH), None)
        if first is None:
            return
        reference, base = first, months[first]
        then = _shares(base, size)
    for month, bins in months.items():
        if month != reference and _answered(bins):
            yield _shift(name, month, reference, then, bins, base)


def _shift(name: str, month: str, reference: str, then: Sequence[float], bins: Counter[int], base: Counter[int] | None) -> Shift:
    now, answered = _shares(bins, len(then)), _answered(bins)
    parts = _parts(then, now)
    most = max(range(len(then)), key=lambda place: parts[place])
    chance = chi_square_99(len(then) - 1) * (1 / answered + (1 / _answered(base) if base is not None else 0))
    silent_then = base[UNANSWERED] / base.total() if base is not None else None
    silent = bins[UNANSWERED] / bins.total()
    grown = silent - silent_then if silent_then is not None and bins.total() >= ENOUGH else 0.0
    level = _level(sum(parts), chance, answered, grown)
    return Shift(name, month, reference, answered, sum(parts), chance, level, most, then[most], now[most], silent, silent_then)


def _level(index: float, chance: float, answered: int, silence: float) -> Level:
    if index >= SOME and (index < chance or answered < ENOUGH):
        return Level.TOO_FEW
    if index >= MUCH:
        return Level.ALARM
    return Level.WATCH if index >= SOME or silence >= SILENT else Level.OK


def _parts(expected: Sequence[float], actual: Sequence[float]) -> list[float]:
    """What each bin adds to the index."""
    pairs = ((max(then, FLOOR), max(now, FLOOR)) for then, now in zip(expected, actual, strict=True))
    return [(now - then) * math.log(now / then) for then, now in pairs]


def _answered(bins: Counter[int]) -> int:
    return bins.total() - bins[UNANSWERED]


def _shares(bins: Counter[int], size: int) -> list[float]:
    return [bins[place] / _answered(bins) for place in range(size)]
