"""Whether a span of time can be the term of a loan that is wanted: not the past, not how long the business has run."""

from __future__ import annotations

import re

from nlu.numbers.quantity import Quantity
from nlu.reading.fitting import Hit
from nlu.reading.scope import Scope

#: A figure alone in its clause.
ALONE_IN_CLAUSE = re.compile(
    r" ?(?:大概|大约|差不多|约|就|也就|是|要|有|一共|总共|about|around|roughly|maybe|say|some|probably|approximately|like|¥|rmb"
    r"|[ ,])*"
)

_AGE_WORDS = re.compile(r"been|running|open|business|operating|trading|established|old\b|founded|start|开|干|经营|成立|做")

_LOAN_WORDS = re.compile(r"borrow|need|loan|term|repay|pay|financ|want|look|fund|credit|money|get\b|rmb|yuan|¥|\d ?k\b|million")

_PAST_SPAN = re.compile(r"(?:过去|最近|近|past|last) ?$")

_LATER = re.compile(r"^ ?(?:后|之后|以后|前(?!年)|内|以内|ago|later|before|from now|early)")

#: Two months' wages; how customers pay; credit checks over six months.
_NO_TERM = re.compile(
    r"[一二两三四五\d](?:分|厘)|(?:的)?(?:工资|房租|租金|社保|电费|利息)| (?:of )?(?:wages|rent|salar|bank statements|statements|accounts)"
)
_PAID_IN = re.compile(r"(?:回款|结算|付款|收款|结款|生产|交货)的?$")
_CHECKS = re.compile(r"\b(?:inquir|enquir|checks?\b|pulls?\b|quer)")
_WITHIN = re.compile(r"(?:以|之)?内(?:就|能|可以|要|得)?(?:还|归还|结清)")
_SPAN_OF_LOAN = re.compile(r"[^，。]{0,4}(?:期|借|贷|还|用|分|给|最|over|for|pay|term|within)")
_NOT_PAID = re.compile(r"(?:都|也)?(?:没|未|还不)")
_STILL = re.compile(r"(?:不满|没满|未满|没?[开干做办注册立]+满|才够|不够|多久够|还[要得]还|还?剩|还有|还差|最后)[^，。]{0,2}$")


#: Before a span: it has run already, or is what a lender allows. Behind one: it is over.
_LOOKS_BACK = 80
_RUN = re.compile(r"(?:还了|只能贷|再用|延后[^，。,;；]{0,4}|推迟[^，。,;；]{0,4}|往后放|接着用|头)$")
_OVER = re.compile(r"(?:就|都|快|又)?到(?:期)?了")
_PAPERS = re.compile(r"流水|明细|账单")


def _granted_span(scope: Scope, quantity: Quantity) -> bool:
    """还了一年, 只能贷一年, 半年的流水: no span for which the owner wants money."""
    clause = scope.clause_text(quantity.start)
    each = quantity.value == 1 and quantity.unit == "month" and re.search("多少|几", clause)
    past = _RUN.search(scope.norm, max(0, quantity.start - _LOOKS_BACK), quantity.start) or _OVER.match(scope.norm, quantity.end)
    return bool(each or past or _PAPERS.search(clause))


def term_fits(scope: Scope, quantity: Quantity, hit: Hit) -> bool:
    """Whether a span of time beside these words can be a loan's term: not the past, not how long the business has run."""
    if _NOT_PAID.match(scope.norm, quantity.end):
        return False
    if _STILL.search(scope.norm[: quantity.start]):
        return False
    low = scope.clause_span(quantity.start)[0]
    if _granted_span(scope, quantity):
        return False
    if hit.end <= low and not ALONE_IN_CLAUSE.fullmatch(scope.norm, low, quantity.start) and not _SPAN_OF_LOAN.match(scope.norm, low):
        return False
    if (
        quantity.unit != "term"
        and (_PAST_SPAN.search(scope.norm[: quantity.start]) or _LATER.match(scope.norm[quantity.end :]))
        and not _WITHIN.match(scope.norm, quantity.end)
    ):
        return False
    paid_in = hit.text in ("周期", "账期") and _PAID_IN.search(scope.norm[: hit.start])
    if paid_in or _NO_TERM.match(scope.norm, quantity.end):
        return False
    if hit.text in ("for", "over", "within") and _CHECKS.search(scope.clause_text(quantity.start)):
        return False
    if hit.text in ("for", "over", "within"):
        return bool(_LOAN_WORDS.search(scope.norm)) and not _AGE_WORDS.search(scope.clause_text(quantity.start))
    return True
