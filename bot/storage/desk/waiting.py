"""Cases whose clocks run, and which of their points were said already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from bot.desk.model import Case, Event
from bot.desk.waiting import Step
from bot.storage.desk.cases import cases_where, note_event
from bot.storage.desk.tables import case_events, cases

#: A point of a clock as it is remembered: which, and against which target; another target is another point.
Mark = tuple[Step, str]
_WARNINGS = (Step.WARN, Step.WARN_END)


def running(connection: Connection) -> list[Case]:
    """Every case that is not closed, the oldest first."""
    return cases_where(connection, cases.c.status != "closed")


def marks_of(connection: Connection, ids: Sequence[int]) -> dict[int, set[Mark]]:
    """What was said of the clocks of cases already; none of a case that nothing was said of."""
    events = (Event.WARNED.value, Event.ESCALATED.value)
    query = select(case_events.c.case_id, case_events.c.detail).where(case_events.c.case_id.in_(ids), case_events.c.event.in_(events))
    found: dict[int, set[Mark]] = {}
    for row in connection.execute(query):
        if "step" in row.detail:
            found.setdefault(row.case_id, set()).add((Step(row.detail["step"]), row.detail["by"]))
    return found


def mark(connection: Connection, case_id: int, step: Step, target: datetime, now: datetime) -> None:
    """Remember that a point was said."""
    event = Event.WARNED if step in _WARNINGS else Event.ESCALATED
    note_event(connection, case_id, event, now, detail={"step": step.value, "by": target.isoformat()})
