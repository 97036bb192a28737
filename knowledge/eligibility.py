"""Does an entry fit a firm on a date? Eligible, not eligible because …, or cannot tell yet: needs …"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from knowledge.conditions import Finding, Outcome, Truth, try_on
from knowledge.entries import Entry, Standing
from knowledge.firm import FactValue


class Status(StrEnum):
    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    UNKNOWN = "unknown"


_STATUS = {Truth.TRUE: Status.ELIGIBLE, Truth.FALSE: Status.INELIGIBLE, Truth.UNKNOWN: Status.UNKNOWN}


class Judgement(NamedTuple):
    """An entry tried on a firm: the status, and the outcome of its rule, with what decided it and the facts still missing."""

    entry: Entry
    status: Status
    standing: Standing
    outcome: Outcome | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that decided the status; none where the entry has no rule or is not in force."""
        return self.outcome.findings if self.outcome is not None else ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts that would settle an unknown status."""
        return self.outcome.missing if self.outcome is not None else ()


def judge(entry: Entry, facts: Mapping[str, FactValue], on: date) -> Judgement:
    """Try one entry on the known facts of a firm, as of a date."""
    standing = entry.standing(on)
    if standing is not Standing.IN_FORCE:
        return Judgement(entry, Status.INELIGIBLE, standing)
    if entry.rule is None:
        return Judgement(entry, Status.ELIGIBLE, standing)
    outcome = try_on(entry.rule, facts, on)
    return Judgement(entry, _STATUS[outcome.truth], standing, outcome)
