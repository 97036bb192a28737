"""A feature as fitted: bins and what each is worth; and a table of firms turned into those worths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from scoring.training.bins import Bins, NumberBins, choice_bins, number_bins, woe
from scoring.training.spec import Column, Floats, Spec, Table, known


@dataclass(frozen=True, slots=True)
class Line:
    """One feature as fitted: its bins, and what an absent answer is worth, both in log-odds of default."""

    bins: Bins
    absent: float = 0.0

    def worth_of(self, column: Column) -> Floats:
        """The worth of every value; `absent` where there is none, zero for a choice never seen."""
        if isinstance(self.bins, dict):
            bins = self.bins
            return np.array([self.absent if value is None else bins.get(value, 0.0) for value in column])
        worths = np.asarray(self.bins.woe)
        which = np.searchsorted(np.asarray(self.bins.cuts), np.nan_to_num(column), side="right")
        return np.where(np.isnan(column), self.absent, worths[which])

    def times(self, weight: float) -> Line:
        """The line with everything multiplied."""
        if isinstance(self.bins, dict):
            return Line({name: one * weight for name, one in self.bins.items()}, self.absent * weight)
        return Line(replace(self.bins, woe=tuple(one * weight for one in self.bins.woe)), self.absent * weight)


def evidence_line(spec: Spec, column: Column, bad: Floats) -> Line:
    """The feature's bins with their weights of evidence."""
    here = known(column)
    if not here.any():
        return Line(NumberBins((), (0.0,)) if spec.kind == "number" else {})
    if spec.kind != "number":
        return Line(choice_bins([str(value) for value in column[here]], bad[here], spec.groups))
    bins = number_bins(column[here].astype(float), bad[here], spec.direction, spec.max_bins, spec.cuts)
    if not spec.absence or here.all():
        return Line(bins)
    return Line(bins, capped(woe(float(bad[~here].sum()), float((~here).sum()), float(bad.mean())), bins.woe))


def capped(absent: float, worths: Sequence[float]) -> float:
    """Silence pays nothing, and costs no more than the worst answer."""
    return min(max(absent, 0.0), max(*worths, 0.0))


def worths(table: Table, lines: Sequence[Line], absence_from: int) -> Floats:
    """What every answer is worth, a row for each firm; absent answers count only where enough others are given."""
    matrix = np.column_stack([line.worth_of(column) for line, column in zip(lines, table.columns, strict=True)])
    answered = table.answered()
    return np.asarray(np.where(answered | enough(table, absence_from)[:, None], matrix, 0.0), dtype=float)


def enough(table: Table, absence_from: int) -> Column:
    """Which firms answered so much that what they leave out counts."""
    return np.asarray(table.answered().sum(axis=1) >= absence_from)
