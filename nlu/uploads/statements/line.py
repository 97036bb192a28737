"""One line of a statement, as it stands in its table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nlu.uploads.grid import At
from nlu.uploads.statements.amounts import Amount
from nlu.uploads.statements.labels import Label


@dataclass(frozen=True)
class Line:
    """One line of a statement: its label, its line number, its amounts by column.

    `level` is the column in which its amount stands where inner amounts are set to the left of the ones that add them up.
    """

    label: Label
    at: At
    number: int | None
    amounts: Mapping[int, tuple[Amount, At]]
    indent: int = 0
    level: int = 0
