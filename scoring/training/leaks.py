"""The alarm for inputs that know the outcome, and the inputs that are refused by name."""

from collections.abc import Iterable

import numpy as np

from scoring.training.metrics import auc
from scoring.training.spec import Column, Spec, Table, known

THRESHOLD = 0.80
# Features above the threshold that a person has looked at and found to be known beforehand. None needs it today.
REVIEWED: frozenset[str] = frozenset()
FORBIDDEN = {
    "term_months": "the records state the term as it turned out: alone it tells the outcome with an AUC of 0.85",
    "tax_grade": "a rating that somebody else gave may already know of the trouble",
    "region": "where a firm stands must not count against it",
    "overdue_12m": "late payments may be those of the very loan whose outcome is to be told",
    "loan_matures_in_days": "it belongs to a loan already granted",
    "owner_age": "a person's age must not count",
    "owner_group": "who the owner is must not count",
    "firm_name": "it identifies the firm",
    "uscc": "it identifies the firm",
}


class LeakError(ValueError):
    """A feature alone tells the outcome too well, or must not be used; the message names it."""


def refuse_forbidden(specs: Iterable[Spec]) -> None:
    """Raises `LeakError` naming the first feature that reads a forbidden fact, with the reason."""
    for spec in specs:
        for fact in spec.formula.facts:
            if fact in FORBIDDEN:
                raise LeakError(f"{spec.name} reads {fact}, which is forbidden: {FORBIDDEN[fact]}")


def alone(column: Column, bad: Column) -> float:
    """How well one feature alone tells the outcome: its AUC in the better direction, choices by default share."""
    here = known(column)
    values, outcomes = column[here], bad[here]
    if len(np.unique(outcomes)) < 2:
        return 0.5
    if column.dtype == float:
        risk = values
    else:
        shares = {name: float(outcomes[values == name].mean()) for name in set(values)}
        risk = np.array([shares[name] for name in values])
    area = auc(risk, outcomes)
    return max(area, 1 - area)


def check_leaks(table: Table, reviewed: frozenset[str] = REVIEWED, threshold: float = THRESHOLD) -> dict[str, float]:
    """The AUC of every feature alone. Raises `LeakError` naming those above `threshold` that nobody reviewed.

    An input that knows the outcome (a loan's final term, a later rating) gives itself away by being too good.
    """
    refuse_forbidden(table.specs)
    areas = {spec.name: round(alone(column, table.bad), 4) for spec, column in zip(table.specs, table.columns, strict=True)}
    leaks = [f"{name} ({area:.3f})" for name, area in areas.items() if area > threshold and name not in reviewed]
    if leaks:
        raise LeakError(
            f"too good to be known beforehand, AUC alone above {threshold}: {', '.join(leaks)}; "
            "find out when the value is written down, then drop it or add it to the reviewed list"
        )
    return areas
