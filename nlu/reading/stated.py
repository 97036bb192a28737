"""Whether a figure is stated of the owner's firm: not asked about, planned, somebody else's, or gone by."""

from __future__ import annotations

import re

from nlu.cues import frames
from nlu.cues.patterns import scripts_of
from nlu.numbers.quantity import Quantity
from nlu.reading.assign import WISHES, Hit
from nlu.reading.patents import not_granted
from nlu.reading.scope import Scope

_LIMIT = re.compile(r"最少|至少|起码|at least|最高|上限|封顶|起步|最低|maximum|\bmax\b|minimum|up to")
#: Tax that is owed, and what is left of a lease, fill no fact.
_TAX_OWED = re.compile(r"欠|没[交缴补]|未[交缴]|拖着|\b(?:owe|owing|arrears|behind|unpaid|overdue|outstanding|late)\b")
_YEAR_BEFORE = re.compile(r"前年|上上年|the year before|two years ago")
_LEASE = re.compile(r"租约|租期|合同期|\blease\b")
_NEXT = re.compile(r"\bnext year\b|\bby (?:next|the end of)\b")
#: Behind 一件: not even one.
_NOT_ONE = re.compile(r"[^，。]{0,3}(?:也|都)?(?:没|不)")
#: Before one or once: not even that.
_NOT_EVEN = re.compile(r"\b(?:not|never|n't)(?: even)?(?: for)? $")
#: Before a sum called cash: it is not there yet; before a number of people: they are gone.
_CASH_NEEDED = re.compile(r"\b(?:needs?|wants?|require[sd]?|costs?|pay|paid) (?:about |around |over )?$")
_LET_GO = re.compile(r"\b(?:let|fired|sacked|laid off|lost|dismissed) (?:about |around )?$")
_HIRES = ("new_hires_12m", "graduate_hires_12m")
_BY_YEAR = ("annual_revenue", "previous_revenue")
#: Behind 从四十个: it was so once.
_MOVES_ON = re.compile(r"[^，。]{0,2}(?:减|降|涨|升|增|缩|跌|掉|加|变|裁|扩)[^，。]{0,3}(?:到|成|至)")
#: Words in the figure's clause that mean something else than the fact.
_EXCLUDED = {"annual_tax_paid": _TAX_OWED, "net_profit": _YEAR_BEFORE, "term_months": _LEASE, "amount_sought": _LIMIT}


def says(scope: Scope, quantity: Quantity, hit: Hit) -> bool:
    """Whether the figure is stated of the owner's firm here."""
    if not scope.states(quantity.start, quantity.end) and hit.cue.fact != "guaranteed_share":
        return False
    if hit.cue.fact not in _BY_YEAR and _was_once(scope, quantity):
        return False
    if quantity.value == 1 and (_NOT_ONE.match(scope.norm, quantity.end) or _NOT_EVEN.search(scope.norm[: quantity.start])):
        return False
    if hit.cue.fact not in WISHES and (_asked(scope, quantity) or _planned(scope, quantity, hit)):
        return False
    if hit.cue.fact == "cash" and _CASH_NEEDED.search(scope.norm[: quantity.start]):
        return False
    if hit.cue.fact == "employees" and _LET_GO.search(scope.norm[: quantity.start]):
        return False
    if hit.cue.fact in _HIRES and frames.PLANNED.search(scope.norm[scope.clause_span(quantity.start)[0] : quantity.start]):
        return False
    if hit.cue.fact == "patents" and not_granted(scope, quantity):
        return False
    clause = scope.clause_text(quantity.start)
    excluded = _EXCLUDED.get(hit.cue.fact)
    if excluded is not None and excluded.search(clause):
        return False
    lead = scope.norm[scope.clause_span(quantity.start)[0] : quantity.start]
    return hit.cue.fact != "amount_sought" or not frames.NO_NEED.search(lead)


def _was_once(scope: Scope, quantity: Quantity) -> bool:
    """Whether the figure is what it was before: 从四十个减到二十五个, from 300k to 420k."""
    lead = scope.norm[: quantity.start]
    if lead.endswith("从"):
        return bool(_MOVES_ON.match(scope.norm, quantity.end))
    return lead.endswith("from ") and scope.norm.startswith(" to ", quantity.end)


def _asked(scope: Scope, quantity: Quantity) -> bool:
    """Whether the figure is part of a question about others' terms: do I need 50 staff; 需要50个员工吗."""
    return scope.asked(quantity.start, plain=scripts_of(scope.clause_text(quantity.start))[0])


#: Facts of the past and the present, which a plan does not state.
_TO_COME = WISHES | {"max_rate", "order_value", "loan_matures_in_days", "collateral_value", "guaranteed_share", "owner_age"}


def _planned(scope: Scope, quantity: Quantity, hit: Hit) -> bool:
    """Whether the figure is a plan or a hope: 想明年把营业额做到五百万."""
    if hit.cue.fact in _TO_COME:
        return False
    low = scope.clause_span(quantity.start)[0]
    first = min(quantity.start, max(hit.start, low)) if hit.text else quantity.start
    behind = scope.norm[quantity.end : scope.clause_span(quantity.start)[1]]
    return bool(frames.PLANNED.search(scope.norm[low:first])) or bool(_NEXT.search(behind))
