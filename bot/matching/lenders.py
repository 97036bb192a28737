"""Whom a product is to be had from: the bank's own entry, and whether the bank as a whole takes a firm like this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from knowledge.conditions import Finding
from knowledge.eligibility import Judgement, Status, judge
from knowledge.entries import Entry
from knowledge.firm import FactValue
from knowledge.pack import Pack
from scoring.offers import Appetite

#: Days within which a bank answers once the papers are complete, as a rule: what the coordination mechanism for small firms asks of banks
#: (prg-coordination-2024). It stands in where a bank states no time of its own.
ANSWER_WITHIN_DAYS = 30
_APPETITES: Mapping[Status, Appetite] = {Status.ELIGIBLE: "wants", Status.UNKNOWN: "open", Status.INELIGIBLE: "declines"}


@dataclass(frozen=True)
class Lender:
    """A bank of which a product is to be had, and its own conditions tried on the firm."""

    entry: Entry
    judgement: Judgement

    @property
    def appetite(self) -> Appetite:
        """Whether the bank as a whole lends to firms like this one, whatever the product."""
        return _APPETITES[self.judgement.status]

    @property
    def against(self) -> tuple[Finding, ...]:
        """The bank's own conditions that the firm does not meet."""
        return self.judgement.findings if self.judgement.status is Status.INELIGIBLE else ()

    @property
    def days(self) -> int:
        """Days to an answer: the bank's own word, else what is asked of every bank."""
        return self.entry.response.days if self.entry.response else ANSWER_WITHIN_DAYS


def lender_of(pack: Pack, product: Entry, facts: Mapping[str, FactValue], on: date) -> Lender | None:
    """The bank behind a product; None where several offer it or the bank has no entry of its own."""
    entry = pack.get(product.provider.lender or "") if product.provider else None
    return Lender(entry, judge(entry, facts, on)) if entry is not None else None
