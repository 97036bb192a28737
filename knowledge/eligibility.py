"""Does an entry fit a firm on a date? Eligible, not eligible because …, or cannot tell yet: needs …"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.conditions import Finding, Truth, try_on
from knowledge.entries import Entry, Standing
from knowledge.firm import FactValue


class Status(StrEnum):
    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    UNKNOWN = "unknown"


_STATUS = {Truth.TRUE: Status.ELIGIBLE, Truth.FALSE: Status.INELIGIBLE, Truth.UNKNOWN: Status.UNKNOWN}


@dataclass(frozen=True)
class Judgement:
    """An entry tried on a firm: the status, the findings that decided it and the facts still missing."""

    entry: Entry
    status: Status
    standing: Standing
    findings: tuple[Finding, ...] = ()
    missing: tuple[str, ...] = ()


def judge(entry: Entry, facts: Mapping[str, FactValue], on: date) -> Judgement:
    """Try one entry on the known facts of a firm, as of a date."""
    standing = entry.standing(on)
    if standing is not Standing.IN_FORCE:
        return Judgement(entry, Status.INELIGIBLE, standing)
    if entry.rule is None:
        return Judgement(entry, Status.ELIGIBLE, standing)
    outcome = try_on(entry.rule, facts)
    return Judgement(entry, _STATUS[outcome.truth], standing, outcome.findings, outcome.missing)
