"""Figures of years gone by: in 2013 we sold six million, late twice back in 2016, before the road was closed we'd sell 50k."""

from __future__ import annotations

import re
from datetime import date

from nlu.cues.patterns import scripts_of
from nlu.numbers.quantity import Quantity
from nlu.reading.headcount import Headcount
from nlu.reading.scope import Scope

#: What is told of a year, a month or a day; what was bought, founded or granted long ago is there still.
_OF_ITS_TIME = frozenset(
    "annual_revenue previous_revenue net_profit gross_profit operating_profit operating_cost finance_cost annual_tax_paid taxable_income"
    " monthly_sales monthly_inflow invoiced_sales purchase_amount export_revenue platform_sales rd_spend receivables inventory cash"
    " order_value employees customer_count overdue_12m credit_inquiries_3m credit_inquiries_6m new_hires_12m graduate_hires_12m".split()
)
#: So many years back a year's figure is neither last year's nor the one's before.
_LONG_AGO = 3
_IN = re.compile(
    r"(?:^|[.;!?] ?)(?:but |and |well, )?(?:(?:way )?back )?(?:in|during|for) (?P<year>20[0-4]\d|19\d\d),? (?P<then>[^.;!?]*)$"
)
_IN_BEHIND = re.compile(
    r"(?P<then>[^.;!?,\d]{0,40}?),? (?:(?:way )?back )?in (?:the [a-z]+ (?:of|in) )?(?P<year>20[0-4]\d|19\d\d)(?= ?(?:$|[.,;!?]))"
)
#: Between the year and the figure: it is the founding's or a purchase's, and the figure is of today.
_SINCE = re.compile(
    r"\b(?:now|today|currently|these days|since|ago|open\w*|start\w*|found\w*|set up|began|begun|built|bought|rented|registered|granted"
    r"|moved|took over|licen[cs]ed?|established|incorporated|launched|from|last year)\b|,? but "
)
#: Before covid we took 80k a month: a time that is over.
_ONCE = re.compile(
    r"(?:^|[.;!?] ?)(?:before|until) (?!tax|interest|costs?|rent|wages|vat|deduct|depreciation|expenses|then|now)[^.;!?]{3,60}?,? "
    r"(?:(?:we|i)(?:'d| would| used to)|(?:we|i|it|sales|turnover|takings) (?:took|sold|made|did|turned|was|were|had)) [^.;!?,]{0,30}$"
    r"|\bin (?:the|our) (?:good|best|golden|early|boom) (?:years|days|times)\b[^.;!?]{0,40}$"
    r"|\bwhen (?:we|i) (?:started|opened|began)[^.;!?\d]{0,20},? (?:we|i|it|there) (?:were|was|had|sold|took|made)\b[^.;!?,]{0,20}$"
    r"|\b(?:in the old days|back in the day|in those days|once upon a time),? [^.;!?,]{0,40}$|\b(?:we|i) used to [^.;!?,]{0,30}$"
)

_WHEN_BEGUN = re.compile(r"[^.;!?,\d]{0,16} (?:back )?when (?:we|i) (?:started|opened|began|founded|set up|took over)\b")


def long_ago(scope: Scope, said: Quantity | Headcount, fact: str, today: date) -> bool:
    """Whether the figure is told of a time that is over."""
    if fact not in _OF_ITS_TIME or not scripts_of(scope.norm)[1]:
        return False
    lead = scope.norm[: said.start]
    told = _IN.search(lead) or _IN_BEHIND.match(scope.norm, said.end)
    if told and int(told["year"]) <= today.year - _LONG_AGO and not _SINCE.search(told["then"]):
        return True
    if _WHEN_BEGUN.match(scope.norm, said.end):
        return True
    once = _ONCE.search(lead)
    return once is not None and (once[0].startswith("when") or not _SINCE.search(once[0]))
