"""Sums told one by one in English: orders: 2.6m from the metro company, 900k from two hospitals; business loan 1m, house loan 600k."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from nlu.cues.load import expression, table
from nlu.facts import Mention
from nlu.numbers.quantity import Quantity
from nlu.reading.chains import agrees, is_bare_sum, is_sum, summed
from nlu.reading.scope import Scope

_WITH, _NEXT_NAMED, _NEXT = (expression("adding", entry) for entry in ("with", "next_en", "and"))
_LENDER, _WANTED, _OWED_TAX = (expression("adding", entry) for entry in ("lender_en", "wanted_en", "owed_tax"))
#: What a chain is about; whether each sum must say whom it is with, and it must be a lender.
_ABOUT: tuple[tuple[str, re.Pattern[str], bool, bool], ...] = tuple(
    (about["fact"], re.compile("|".join(about["words"])), "named" in about, "lent" in about) for about in table("adding")["about_en"]
)
#: The words before and behind sums that are each called what they are.
_CALLED = (
    ("existing_loans", expression("adding", "a_loan_before"), re.compile(r"(?!)")),
    ("annual_tax_paid", expression("adding", "a_tax_before"), expression("adding", "a_tax_behind")),
)
#: How far around a chain its words stand, how far before and behind one sum.
_BEFORE, _BEHIND, _BESIDE = 40, 24, 32


def added_in_english(text: str, scope: Scope, found: Sequence[Quantity]) -> Mention | None:
    """The sum of sums that are each called so, or of a chain behind words that say what it is about."""
    sums = [quantity for quantity in found if is_sum(quantity) or is_bare_sum(quantity)]
    return _each_called(text, scope, sums) or _chained(text, scope, sums)


def _each_called(text: str, scope: Scope, sums: Sequence[Quantity]) -> Mention | None:
    """The total of sums of one fact that are each called so, told close together, where none is wanted."""
    for name, before, behind in _CALLED:
        told = [
            quantity
            for quantity in sums
            if before.search(scope.norm[max(0, quantity.start - _BESIDE) : quantity.start]) or behind.match(scope.norm, quantity.end)
        ]
        near = all(after.start - first.end < _BEFORE for first, after in pairwise(told))
        if len(told) < 2 or not near or any(quantity.period == "month" for quantity in told):
            continue
        start, end = told[0].start, told[-1].end
        around = scope.norm[max(0, start - _BEFORE) : end + _BEHIND]
        total = sum((quantity.value for quantity in told), Decimal(0))
        unsaid = _WANTED.search(around) or _OWED_TAX.search(around) or scope.asked(start) or not scope.states(start, end)
        whole = summed(text, name, told, total)
        if whole is not None and not unsaid and agrees(scope, sums, told, total):
            return whole
    return None


def _chained(text: str, scope: Scope, sums: Sequence[Quantity]) -> Mention | None:
    for first, quantity in enumerate(sums):
        lead = scope.norm[max(0, quantity.start - _BEFORE) : quantity.start]
        for name, words, named, lent in _ABOUT:
            if not words.search(lead) or scope.asked(quantity.start):
                continue
            run = [quantity]
            for other in sums[first + 1 :]:
                if not (_NEXT_NAMED if named else _NEXT).fullmatch(scope.norm, run[-1].end, other.start):
                    break
                run.append(other)
            behind = scope.norm[run[-1].end : run[-1].end + _BESIDE]
            told = scope.norm[quantity.start : run[-1].end] + behind
            fits = len(run) > 1 and (not named or _WITH.match(behind)) and (not lent or len(_LENDER.findall(told)) > 1)
            stated = scope.states(run[0].start, run[-1].end) and not _WANTED.search(lead + told)
            total = sum((item.value for item in run), Decimal(0))
            if fits and stated and agrees(scope, sums, run, total):
                return summed(text, name, run, total)
    return None
