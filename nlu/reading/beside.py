"""Figures that another figure beside them explains: the month's share of a loan, how many people there are now."""

from __future__ import annotations

import re
from itertools import pairwise

from nlu.cues.figures import cue_of
from nlu.cues.patterns import scripts_of
from nlu.numbers.quantity import Quantity
from nlu.reading.fitting import Hit
from nlu.reading.scope import Scope

#: Between a loan and what goes out for it each month.
_LOAN_TO_MONTH = re.compile(
    r"[ ,，。;；:：.(（]*(?:(?:left|to go|outstanding|remain(?:s|ing)?|existing|owed|owing|open|on|to run|to|the|combine|harvester"
    r"|digger|boat|tractor|house|shop|leased?|it|left|my|our|a|it|one|of|two|with"
    r"|bank|banks|loan"
    r"|it's|is|company|finance|leasing|lenders?|each|every|per|lessors?|truck|van|car|repay|machines?|and|at|i|we|pay(?:ing)?"
    r"|repay(?:ing|ment)?|them|back|still|drawn|in|full"
    r"|monthly|month|over|for|which"
    r"|costs?|costing|us|me|没还|未还|没还完|还|每个?月|一个?月|月供|的|了|要|得|还款|剩|余额|本金|大概|左右)[ ,，。;；:：.]*)*"
)


def monthly_for_loan(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """380k to go, 15,800 a month: a month's sum that nothing else names, directly behind what is still owed."""
    if any(hit.cue.fact == "monthly_debt_service" for hit in chosen.values()):
        return
    for index in range(1, len(found)):
        quantity = found[index]
        at = next((before for before in range(index - 1, -1, -1) if found[before].kind != "duration"), index)
        loan = found[at]
        free = quantity.period == "month" and (index not in chosen or chosen[index].cue.fact in ("", "amount_sought", "existing_loans"))
        owed = at in chosen and chosen[at].cue.fact == "existing_loans"
        between = "".join(scope.norm[low:high] for low, high in _gaps(found[at : index + 1]))
        if free and owed and quantity.value * 3 < loan.value and _LOAN_TO_MONTH.fullmatch(between):
            chosen[index] = Hit(cue_of("monthly_debt_service"), quantity.start, quantity.end, "")
            return


#: A bare number of more than this is hardly repaid in a month.
_MOST_A_MONTH = 20_000


def parts_of_month(found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """每月还4620，还有车贷1980: a bare number that a loan names directly behind what is repaid each month is repaid each month, too."""
    for index in range(1, len(found)):
        part, before = found[index], found[index - 1]
        month = index - 1 in chosen and chosen[index - 1].cue.fact == "monthly_debt_service" and before.value < _MOST_A_MONTH
        loan = index in chosen and chosen[index].cue.fact == "existing_loans" and part.kind == "number"
        if month and loan and part.value < _MOST_A_MONTH and part.start - before.end < _SHORT:
            chosen[index] = Hit(cue_of("monthly_debt_service"), part.start, part.end, "")


_SHORT = 12


def _gaps(figures: tuple[Quantity, ...]) -> list[tuple[int, int]]:
    """What stands between figures that follow one another."""
    return [(one.end, other.start) for one, other in pairwise(figures)]


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


#: In the clause of a month's sum: what it is instead of takings.
_NO_TAKINGS = re.compile(
    r"\b(?:rent\w*|wages?|salar\w*|pay\w*|paid|loans?|banks?|instal\w*|repay\w*|mortgage|lease|leasing|financ\w*|profit|earn\w*"
    r"|clear\w*|keeps?|kept|left|tax|insur\w*"
    r"|fees?|costs?|materials?|ingredients?|supplies|purchas\w*|goods|electric\w*|burn|spend\w*|owe[ds]?|owing|account|card|in-?flow|flows?|water|interest|pension|landlord|head"
    r"|friend|brother|cousin|neighbou?r|rivals?"
    r"|competitors?|could|would|goes|going|out|eaten|through|thru|net|gross|fuel|diesel|feed|limit|charges?|price|each of|per"
    r"|summer|winter|season|debts?|credit|to go|coming in"
    r"|comes in|money in|average|coefficient|service|took|until|budget|food|living|give|stipend|allowance|subsid\w*|grant|from|to"
    r"|before|used|saved|savings|he|she|they|his|her|their|leases?)\b|%"
)
_OF_LOANS = re.compile(r"\b(?:loans?|outstanding|to run|debts?|owed?|owing|mortgage|bank|to go|instal\w*|repay\w*|financed|left|salary)\b")
_LEAST_TAKINGS = 4000


def month_alone(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """Two looms, 41 thousand a month: a month's sum that nothing else names is what the firm takes."""
    taken = ("monthly_sales", "monthly_inflow", "monthly_debt_service")
    if scripts_of(scope.norm)[0] or any(hit.cue.fact in taken for hit in chosen.values()):
        return
    free = [index for index, quantity in enumerate(found) if quantity.period == "month" and quantity.kind == "money"]
    if len(free) != 1 or free[0] in chosen:
        return
    quantity = found[free[0]]
    low, high = scope.clause_span(quantity.start)
    clause = scope.norm[low : quantity.start] + "|" + scope.norm[quantity.end : high].removeprefix(" per month").removeprefix(" a month")
    behind_loan = _OF_LOANS.search(scope.norm, max(0, quantity.start - 60), quantity.start)
    if quantity.value >= _LEAST_TAKINGS and not behind_loan and not scope.asked(quantity.start) and not _NO_TAKINGS.search(clause):
        chosen[free[0]] = Hit(cue_of("monthly_sales"), quantity.start, quantity.end, "")


#: In the clause of a year's sum: what it is instead of sales.
_NO_SALES = re.compile(
    r"\b(?:interest|salary|premium|subscription|membership|members?|a head|each of|per (?:head|person|ton|room|mu|acre)"
    r"|dividend|bonus|invest\w*|depreciation"
    r"|research|develop\w*|r&d|inputs?|purchases?|buy|bought|stock|export\w*|invoic\w*|platform|online|taobao|tmall|amazon|limit|quota|target"
    r"|plan|hope|aim|other shop|competitor|wife's|husband's|grow\w*|more|less|feed cost|costs?|takes?|plus|head office)\b"
)
_LEAST_SALES, _LEAST_SAID = 20_000, 24


def year_alone(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """Brick kiln, 33 men, 7.7m a year: a year's sum that nothing else names is what the firm sells."""
    told = (found[index] for index, hit in chosen.items() if hit.cue.fact in _TOLD_SALES)
    if scripts_of(scope.norm)[0] or any(scope.states(quantity.start, quantity.end) for quantity in told):
        return
    free = [index for index, quantity in enumerate(found) if quantity.period == "year" and quantity.kind == "money" and index not in chosen]
    if len(free) != 1:
        return
    quantity = found[free[0]]
    low, high = scope.clause_span(quantity.start)
    low = max([low, *(other.end for other in found[: free[0]])])
    clause = scope.norm[low : quantity.start] + "|" + scope.norm[quantity.end : high]
    if len(scope.norm) - (quantity.end - quantity.start) < _LEAST_SAID:  # nothing but the sum: an answer to any question
        return
    if quantity.value >= _LEAST_SALES and not scope.asked(quantity.start) and not (_NO_TAKINGS.search(clause) or _NO_SALES.search(clause)):
        chosen[free[0]] = Hit(cue_of("annual_revenue"), quantity.start, quantity.end, "")


_TOLD_SALES = frozenset(("annual_revenue", "platform_sales", "previous_revenue"))


def each_month(scope: Scope, quantity: Quantity, beside: str) -> bool:
    """Whether the words beside a flow, or the clauses before it in English, speak of the month."""
    return bool(re.search("月|month", beside) or "monthly" in scope.norm[max(0, quantity.start - 60) : quantity.start])


def of_the_month(scope: Scope, found: tuple[Quantity, ...], index: int, name: str) -> bool:
    """Every month 150,000 sale but profit is 12,000: what is left of the month's sum before it is the month's, too."""
    if index == 0 or name != "net_profit" or found[index].period is not None:
        return False
    quantity, before = found[index], found[index - 1]
    between = scope.norm[before.end : quantity.start]
    less = before.kind == quantity.kind and quantity.value < before.value
    return before.period == "month" and less and bool(_SAME_BREATH.fullmatch(between))


#: Between a month's sum and its profit: nothing of a year.
_SAME_BREATH = re.compile(r"(?! (?:a|per) (?:year|annum))[^.;。；\d]{0,40}(?<!year )(?<!last year)")
