"""`advisor audience`: how many of the stored firms a rule fits, cannot tell of, and does not fit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bot.channels.commands import on_date
from bot.channels.lines import Answer, BadLine
from bot.storage.portfolio import FIRM_COLUMNS, Audience
from knowledge.pack import Pack
from knowledge.reading import ConditionError, allowed, read_condition
from knowledge.sql.columns import TruthExpression
from knowledge.sql.compiling import NoSqlForm, compile_condition, compile_entry

Count = Callable[[TruthExpression], Audience]
_KEYS = ("id", "condition", "entry", "on")
#: Within these both databases answer any condition; rules people write stay far below.
DEPTH_AT_MOST, COMPARISONS_AT_MOST, VALUES_AT_MOST = 60, 200, 2000


def audience(pack: Pack, count: Count, today: date, fives: bool = False) -> Answer:
    """{"id", "condition" | "entry", "on"?} -> how many stored firms are eligible, unknown and ineligible on that date.

    `fives`: counted in fives, as whoever may know nothing of a single firm is told.
    """

    async def answer(asked: Mapping[str, Any]) -> dict[str, Any]:
        found = await asyncio.to_thread(count, _truth(pack, today, asked))
        found = found.in_fives() if fives else found
        return {"id": asked["id"], "eligible": found.eligible, "unknown": found.unknown, "ineligible": found.ineligible}

    return answer


def _truth(pack: Pack, today: date, asked: Mapping[str, Any]) -> TruthExpression:
    strange = [key for key in asked if key not in _KEYS]
    if strange:
        raise BadLine(f"unknown key {strange[0]!r:.60}; allowed are {', '.join(_KEYS)}")
    if ("condition" in asked) == ("entry" in asked):
        raise BadLine('exactly one of "condition" and "entry" is needed')
    on = on_date(asked.get("on"), today)
    try:
        if "entry" in asked:
            return _entry_truth(pack, asked["entry"], on)
        _within_limits(asked["condition"])
        return compile_condition(read_condition(asked["condition"], "condition"), FIRM_COLUMNS, on)
    except (ConditionError, NoSqlForm) as error:
        raise BadLine(str(error)) from error


def _entry_truth(pack: Pack, name: Any, on: date) -> TruthExpression:
    entry = pack.get(name) if isinstance(name, str) else None
    if entry is None:
        raise BadLine(f'"entry": no entry {name!r:.60}; {allowed(name, pack.entries)}')
    return compile_entry(entry, on, FIRM_COLUMNS)


def _within_limits(raw: Any) -> None:
    """Raises BadLine for a condition too large for a database to take."""
    level, comparisons, values = [raw], 0, 0
    for _ in range(DEPTH_AT_MOST):
        comparisons += sum(isinstance(part, dict) and "fact" in part for part in level)
        values += len(level)
        if comparisons > COMPARISONS_AT_MOST or values > VALUES_AT_MOST:
            raise BadLine(f'"condition" may hold {COMPARISONS_AT_MOST} comparisons and {VALUES_AT_MOST} values at most')
        inner = [part.values() if isinstance(part, dict) else part for part in level if isinstance(part, dict | list)]
        level = [part for parts in inner for part in parts]
        if not level:
            return
    raise BadLine('"condition" is nested too deeply')
