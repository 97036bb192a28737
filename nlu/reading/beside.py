"""Figures that another figure beside them explains: the month's share of a loan, how many people there are now."""

from __future__ import annotations

import re

from nlu.cues.figures import cue_of
from nlu.numbers.quantity import Quantity
from nlu.reading.fitting import Hit
from nlu.reading.scope import Scope

#: Between a loan and what goes out for it each month.
_LOAN_TO_MONTH = re.compile(
    r"[ ,，。;；:：.(（]*(?:(?:left|to go|outstanding|remain(?:s|ing)?|existing|owed|owing|open|on|to|the|my|our|a|it|one|of|two|with"
    r"|bank|banks|loan"
    r"|lessors?|truck|van|car|repay|machines?|and|at|i|we|pay(?:ing)?|repay(?:ing|ment)?|them|back|still|drawn|in|full"
    r"|monthly|month|over|for|which"
    r"|costs?|costing|us|me|没还|未还|没还完|还|每个?月|一个?月|月供|的|了|要|得|还款|剩|余额|本金|大概|左右)[ ,，。;；:：.]*)*"
)


def monthly_for_loan(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """380k to go, 15,800 a month: a month's sum that nothing else names, directly behind what is still owed."""
    if any(hit.cue.fact == "monthly_debt_service" for hit in chosen.values()):
        return
    for index in range(1, len(found)):
        quantity, loan = found[index], found[index - 1]
        free = quantity.period == "month" and (index not in chosen or chosen[index].cue.fact in ("", "amount_sought", "existing_loans"))
        owed = index - 1 in chosen and chosen[index - 1].cue.fact == "existing_loans"
        if free and owed and quantity.value * 3 < loan.value and _LOAN_TO_MONTH.fullmatch(scope.norm, loan.end, quantity.start):
            chosen[index] = Hit(cue_of("monthly_debt_service"), quantity.start, quantity.end, "")
            return


#: How many people there are now, told behind or before the number.
_NOW = re.compile(r" ?(?:now|today|these days|left|remain\w*|at present|目前|现在|如今)(?![a-z])")
_NOW_BEFORE = re.compile(
    r"(?:\b(?:now|today|these days|currently|only|just)(?: (?:it's|we're|we are|more like|only|just|about|um|uh))* ?"
    r"|现在|如今|目前|剩下?了?)[^，。,;；\d]{0,4}$"
)
_ONCE_BEFORE = re.compile(
    r"\b(?:had|were|was|used to (?:be|have)|at the peak|from)\b[^.;]{0,24}$|(?:原来|以前|之前|高峰|最多时?|从)[^，。]{0,6}$"
)


def as_of_now(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """Had 20 people, only 11 now: of two numbers of people the present one counts."""
    for index in range(1, len(found)):
        was, now = found[index - 1], found[index]
        if was.unit != "person" or now.unit not in ("person", "") or now.kind not in ("count", "number") or now.value > 5000:
            continue
        present = _NOW.match(scope.norm, now.end) or _NOW_BEFORE.search(scope.norm[was.end : now.start])
        if present and _ONCE_BEFORE.search(scope.norm[: was.start]) and now.start - was.end < 40:
            chosen.pop(index - 1, None)
            chosen[index] = Hit(cue_of("employees"), now.start, now.end, "")
