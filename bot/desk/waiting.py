"""How far the clocks of a case have run: what is to be said of it by now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from bot.desk.clocks import Hours, Targets, elapsed
from bot.desk.model import Case

#: The share of a target after which staff are warned, and the multiple of it after which a desk counts as stale.
_WARN, _STALE = 0.75, 2.0


class Step(StrEnum):
    """A point that a clock has passed, in order: of the word that waits for an answer, and of the whole case."""

    WARN = "warn"
    LATE = "late"
    STALE = "stale"
    WARN_END = "warn_end"
    LATE_END = "late_end"


ANSWER = (Step.WARN, Step.LATE, Step.STALE)
END = (Step.WARN_END, Step.LATE_END)


def passed(case: Case, hours: Hours, targets: Targets, now: datetime) -> tuple[tuple[Step, datetime], ...]:
    """Every point that the case has passed by now, each with the target it is measured against."""
    return (*_answer(case, hours, now), *_end(case, hours, targets, now))


def is_stale(case: Case, hours: Hours, now: datetime) -> bool:
    """Has the owner waited for an answer twice as long as promised?"""
    return Step.STALE in {step for step, _ in _answer(case, hours, now)}


def _answer(case: Case, hours: Hours, now: datetime) -> Iterator[tuple[Step, datetime]]:
    if case.status == "closed" or case.waiting_since is None or case.respond_by is None or now <= case.waiting_since:
        return
    target, waited = elapsed(hours, case.waiting_since, case.respond_by), elapsed(hours, case.waiting_since, now)
    for step, bound in zip(ANSWER, (target * _WARN, target, target * _STALE), strict=True):
        if waited >= bound and (step is Step.WARN or now >= case.respond_by):
            yield step, case.respond_by


def _end(case: Case, hours: Hours, targets: Targets, now: datetime) -> Iterator[tuple[Step, datetime]]:
    """By the time left, not the time gone: a case that was taken up again began long ago."""
    if case.status == "closed":
        return
    settles = timedelta(minutes=targets.resolution)
    if now >= case.resolve_by or elapsed(hours, now, case.resolve_by) <= settles * (1 - _WARN):
        yield Step.WARN_END, case.resolve_by
    if now >= case.resolve_by:
        yield Step.LATE_END, case.resolve_by
