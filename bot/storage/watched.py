"""The stored firms as monitoring counts them: in the month in which each came first, with what is known of it now."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Engine, select

from bot.storage.tables import facts, owners
from knowledge.firm import FactError, FactValue, vocabulary
from scoring.monitoring.observing import Observed


def watched_firms(engine: Engine) -> Iterator[Observed]:
    """Every stored firm of which anything is known, one after the other; what the vocabulary does not admit any more is left out."""
    known = facts.c.retired_at.is_(None) & (facts.c.owner_id == owners.c.id)
    statement = select(owners.c.id, owners.c.created_at, facts.c.name, facts.c.value).join(facts, known).order_by(owners.c.id)
    with engine.connect() as connection:
        rows = connection.execution_options(yield_per=10_000).execute(statement)
        for (_, came), firm in groupby(rows, key=lambda row: (row[0], row[1])):
            yield Observed(f"{came:%Y-%m}", dict(_admitted([(name, raw) for _, _, name, raw in firm])))


def _admitted(values: list[tuple[str, Any]]) -> Iterator[tuple[str, FactValue]]:
    specs = vocabulary()
    for name, raw in values:
        try:
            if name in specs:
                yield name, specs[name].parse(raw)
        except FactError:
            continue
