"""Many firms routed at once: whom each lender would take, and a placement that keeps every lender's room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from bot.matching.lenders import Lender, lender_of
from bot.matching.match import Match, match_all
from bot.matching.ranking import ranked
from knowledge.eligibility import Status
from knowledge.entries import Kind
from knowledge.firm import FactValue
from knowledge.pack import Pack
from scoring.assignment import Applicant, Choice
from scoring.card import Card, score

_NO_SECTOR = "unknown"


def applicant_of(firm: str, facts: Mapping[str, FactValue], pack: Pack, card: Card, on: date, wish: str = "balanced") -> Applicant:
    """A firm with the bank loans that fit it: for each bank its best, worth what the ranking says.

    A loan whose amount cannot be told counts as what is sought; a firm that seeks nothing told of has no choices.
    """
    scored = score(facts, card)
    loans = [match for match in match_all(pack, facts, on, scored.grade, risk=scored) if match.entry.kind is Kind.PRODUCT]
    fitting = [match for match in loans if match.status is Status.ELIGIBLE]
    lenders = {match.entry.id: lender for match in fitting if (lender := lender_of(pack, match.entry, facts, on)) is not None}
    order = ranked(fitting, facts, wish, lenders) if fitting else None
    choices: dict[str, Choice] = {}
    for match in order.matches if order else ():
        choice = _choice(match, lenders.get(match.entry.id), facts, order.utilities[match.entry.id] if order else Decimal(0))
        if choice is not None:
            choices.setdefault(choice.lender, choice)
    return Applicant(firm, str(facts.get("industry", _NO_SECTOR)), tuple(choices.values()))


def _choice(match: Match, lender: Lender | None, facts: Mapping[str, FactValue], worth: Decimal) -> Choice | None:
    sought = facts.get("amount_sought")
    amount = match.limit.amount if match.limit is not None and match.limit.amount is not None else sought
    if lender is None or lender.against or not isinstance(amount, Decimal) or amount <= 0:
        return None
    return Choice(lender.entry.id, match.entry.id, amount, worth)
