"""Does the card still foretell? Expected against observed defaults, by grade and by month, where outcomes are known."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.card_schema import Card
from scoring.monitoring.chance import ENOUGH, Z99, Level, wilson
from scoring.monitoring.observing import Outcomes, Tally


@dataclass(frozen=True, slots=True)
class Drift:
    """Firms of one grade, of one month or all of them (`by` grade, month or all). Shares of defaults expected and observed;
    `low` and `high` are where the true share lies, unless chance was a hundred to one."""

    by: str
    name: str
    firms: int
    defaults: int
    expected: float
    observed: float
    low: float
    high: float
    level: Level


def drifts(card: Card, counted: Tally) -> tuple[Drift, ...]:
    """All firms first, then each grade in the card's order, then each month. Empty while no outcome is known."""
    by_grade = {name: counted.outcomes[key] for name, _ in card.grades if (key := ("grade", name)) in counted.outcomes}
    by_month = {name: counted.outcomes["month", name] for name in counted.months if ("month", name) in counted.outcomes}
    if not by_grade:
        return ()
    everyone = Outcomes(
        sum(one.firms for one in by_grade.values()),
        sum(one.expected for one in by_grade.values()),
        sum(one.defaults for one in by_grade.values()),
    )
    return (
        _drift("all", "all", everyone),
        *(_drift("grade", name, one) for name, one in by_grade.items()),
        *(_drift("month", name, one) for name, one in by_month.items()),
    )


def _drift(by: str, name: str, known: Outcomes) -> Drift:
    expected, observed = known.expected / known.firms, known.defaults / known.firms
    low, high = wilson(known.defaults, known.firms, Z99)
    outside = not low <= expected <= high
    level = (Level.ALARM if known.firms >= ENOUGH else Level.TOO_FEW) if outside else Level.OK
    return Drift(by, name, known.firms, known.defaults, expected, observed, low, high, level)
