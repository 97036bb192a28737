"""Totals without a name, as accounting programs print them below a section: an amount in the total's row and nothing beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from nlu.uploads.statements.labels import Label, label_of
from nlu.uploads.statements.line import Line
from nlu.uploads.statements.taxonomy import taxonomy


def with_named_totals(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, those without a label that add up all since a section's heading named as its total."""
    found: list[Line] = []
    heading: Label | None = None
    since: list[Line] = []
    for line in lines:
        if not line.amounts:
            if taxonomy().section(line.label) is not None:
                heading, since = line.label, []
        elif line.label.text or heading is None:
            since.append(line)
        elif since and _adds_up(line, since):
            found.append(replace(line, label=_total_of(heading)))
            heading = None
            continue
        found.append(line)
    return tuple(found)


def _adds_up(total: Line, parts: Iterable[Line]) -> bool:
    """Whether it does in any of its columns; where it does not in another, a figure there is wrong."""
    sums: dict[int, Decimal] = {}
    for part in parts:
        for column, (amount, _) in part.amounts.items():
            sums[column] = sums.get(column, Decimal(0)) + amount.value
    return any(amount.value and sums.get(column) == amount.value for column, (amount, _) in total.amounts.items())


def _total_of(heading: Label) -> Label:
    name = heading.names[0] if heading.names else ""
    return label_of(f"Total {name}" if name.isascii() else f"{name}合计")
