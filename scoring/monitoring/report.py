"""The report on a card at work: everything that is watched, put together, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from scoring.card_schema import Card
from scoring.monitoring.calibration import Drift, drifts
from scoring.monitoring.chance import Level
from scoring.monitoring.fairness import GroupRate, rates
from scoring.monitoring.observing import Observed, tally
from scoring.monitoring.overriding import Overridden, Override, overridden
from scoring.monitoring.stability import Shift, shifts

#: A firm passes with this grade or better, where the lender's decisions are not known.
PASSES = "D"


@dataclass(frozen=True, slots=True)
class Report:
    """What was watched of `firms` that came in `months`. `decided` says whether approvals are the lender's own."""

    card: str
    firms: int
    months: tuple[str, ...]
    passes: str
    decided: bool
    shifts: tuple[Shift, ...]
    drifts: tuple[Drift, ...]
    rates: tuple[GroupRate, ...]
    overridden: Overridden

    @property
    def alarms(self) -> int:
        """How many figures raise an alarm."""
        levels = [one.level for one in self.shifts] + [one.level for one in self.drifts] + [one.level for one in self.rates]
        return [*levels, self.overridden.level].count(Level.ALARM)

    def as_json(self) -> dict[str, Any]:
        """The report as a program reads it: shares and indices as fractions, levels by their names."""
        return {**asdict(self), "alarms": self.alarms}


def watch(card: Card, firms: Iterable[Observed], log: Sequence[Override] = (), passes: str = PASSES, by_month: bool = False) -> Report:
    """The report over `firms`, `by_month` as for `shifts`. Raises ValueError when the card has no such grade."""
    counted = tally(card, firms, passes)
    return Report(
        card.version,
        counted.firms,
        tuple(counted.months),
        passes,
        bool(counted.decisions),
        shifts(card, counted, by_month),
        drifts(card, counted),
        rates(counted),
        overridden(card, log, counted.firms),
    )
