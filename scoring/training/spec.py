"""What a block is built from: one line for each feature, written by people; and the table of its values over firms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from scoring.card import choice_key
from scoring.card_schema import Wording
from scoring.formulas import Formula, parse_formula

Floats = NDArray[np.float64]
Column = NDArray[Any]  # floats with NaN where not answered, or texts with None


@dataclass(frozen=True, slots=True)
class Spec:
    """One feature to train.

    `cuts` fixes the bins' edges; otherwise they are found. `direction` is that of points. `groups` are choices that share
    a bin. `absence` says that a nearly complete set of answers without this one is telling, and may carry points.
    """

    name: str
    text: str
    direction: str
    lower: Wording
    higher: Wording
    improve: Wording | None = None
    kind: str = "number"
    cuts: tuple[float, ...] = ()
    max_bins: int = 6
    groups: tuple[tuple[str, ...], ...] = ()
    absence: bool = False
    note: str = ""
    formula: Formula = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "formula", parse_formula(self.text))

    def value(self, facts: Mapping[str, object]) -> float | str | None:
        """What the feature bins, None when not answered."""
        if self.kind == "number":
            return self.formula.value(facts)
        value = facts.get(self.text)
        return None if value is None else choice_key(value)


def wording(name: str, side: str, zh: str, en: str) -> Wording:
    """A reason's text under the key ``name.side``."""
    return Wording(f"{name}.{side}", zh, en)


class Observed(Protocol):
    """A firm whose outcome is known."""

    @property
    def facts(self) -> Mapping[str, Any]: ...

    @property
    def defaulted(self) -> bool: ...


@dataclass(frozen=True)
class Table:
    """A block's values over firms of known outcome, `bad` being 1.0 for those that failed."""

    specs: tuple[Spec, ...]
    columns: tuple[Column, ...]
    bad: Floats

    @classmethod
    def of(cls, specs: Sequence[Spec], firms: Sequence[Observed]) -> Table:
        """The table of `firms`."""
        columns = []
        for spec in specs:
            values = [spec.value(firm.facts) for firm in firms]
            columns.append(np.array(values, dtype=float if spec.kind == "number" else object))
        return cls(tuple(specs), tuple(columns), np.array([float(firm.defaulted) for firm in firms]))

    def __len__(self) -> int:
        return len(self.bad)

    def take(self, rows: NDArray[Any]) -> Table:
        """The firms at these positions."""
        return Table(self.specs, tuple(column[rows] for column in self.columns), self.bad[rows])

    def answered(self) -> NDArray[np.bool_]:
        """Which features are answered, a row for each firm."""
        return np.column_stack([known(column) for column in self.columns])

    def blanked(self, share: float, rng: np.random.Generator) -> Table:
        """The same firms with every fact forgotten at random, and with it each feature that reads it."""
        facts = sorted({fact for spec in self.specs for fact in spec.formula.facts})
        kept = {fact: rng.random(len(self)) >= share for fact in facts}
        columns = []
        for spec, column in zip(self.specs, self.columns, strict=True):
            keep = np.logical_and.reduce([kept[fact] for fact in spec.formula.facts])
            columns.append(_kept(column, keep))
        return Table(self.specs, tuple(columns), self.bad)

    def silenced(self, share: float, rng: np.random.Generator) -> Table:
        """The same firms with every feature's answer taken away at random."""
        columns = []
        for column in self.columns:
            columns.append(_kept(column, rng.random(len(self)) >= share))
        return Table(self.specs, tuple(columns), self.bad)

    def filled(self, rng: np.random.Generator) -> Table:
        """The same firms with a stranger's answer wherever one is absent, so that absence itself tells nothing."""
        columns = []
        for column in self.columns:
            here, whole = known(column), column.copy()
            if here.any():
                whole[~here] = rng.choice(column[here], int((~here).sum()))
            columns.append(whole)
        return Table(self.specs, tuple(columns), self.bad)


def known(column: Column) -> NDArray[np.bool_]:
    """Where a column is answered."""
    if column.dtype == float:
        return ~np.isnan(column)
    return np.array([value is not None for value in column], dtype=bool)


def _kept(column: Column, keep: NDArray[np.bool_]) -> Column:
    result = column.copy()
    result[~keep] = np.nan if column.dtype == float else None
    return result
