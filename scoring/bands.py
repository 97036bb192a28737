"""From points to a default probability and to the grade that stands for it."""

import math
from dataclasses import dataclass
from decimal import Decimal

from scoring.card_schema import Card

PD_STEP = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and the band of 12-month default probability it stands for, from `pd_from` up to below `pd_below`."""

    name: str
    pd_from: float
    pd_below: float


def probability(card: Card, points: float) -> float:
    """12-month default probability at `points`, strictly between 0 and 1."""
    log_odds = (points - card.points) / card.factor + math.log(card.odds)
    return 1 / (1 + math.exp(min(log_odds, 700.0)))


def rounded(pd: float) -> Decimal:
    """A probability as it is shown: to a millionth, and neither nought nor one."""
    return min(max(Decimal(repr(pd)).quantize(PD_STEP), PD_STEP), 1 - PD_STEP)


def band_of(card: Card, pd: float) -> Grade:
    """The grade whose band holds a probability."""
    lower = 0.0
    for name, below in card.grades:
        if pd < below:
            return Grade(name, lower, below)
        lower = below
    name, _ = card.grades[-1]
    return Grade(name, lower, 1.0)


def grade_at(card: Card, points: float) -> Grade:
    """The grade that a firm with these points, not rounded, is shown."""
    return band_of(card, float(rounded(probability(card, points))))
