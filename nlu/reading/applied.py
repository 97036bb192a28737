"""Sums of the loan that is applied for in so many words: 就报那个吧，十八万，两年; 申请吧，邮储那个，40万，三年."""

from __future__ import annotations

import re

from nlu.cues.figures import cue_of
from nlu.numbers.quantity import Quantity
from nlu.reading.fitting import Hit
from nlu.reading.scope import Scope

#: The owner has chosen and wants it handed in.
_APPLIES = re.compile(
    r"(?:申请|递|报|办|定|提交|选)(?:那个|这个|那家|这家|一下|上去|上|了)?(?:吧|上去|好了|得了)|帮我(?:递|报|提交|申请)|就(?:报|选|要|定|办)(?:那|这)(?:个|家)"
    r"|(?:那个|这个|那家|这家|[行社银储])(?:就)?可以(?:的)?[，,]|\bapply\b"
)
#: What may stand between the clause's beginning and the sum.
_LEAD = re.compile(r"(?:那|就|那就|金额|按|大概|先|我|要|选|报|借|贷|[ ，,])*")
_BEHIND = re.compile(r"(?:块|元)?(?:吧|左右|就行|的|先|分|做|用)?(?:$|[ ，。,;；.!！]|[一二两三四五\d])")
_SPAN_LEAD = re.compile(r"[ ，,、]*(?:分|做|用|期限|借|贷|先|按)?[ ]*")
#: Words that a sum may be taken from: banks' names, and what says nothing definite.
_WEAK = frozenset(("", "existing_loans", "annual_revenue", "age_months"))


#: A short yes to what was offered, before 就二十万; a sum that opens a question for a bank.
_YES = re.compile(r"(?:中|行|好的?|可以|嗯+|成|ok|okay|要得)[!！，,。 ~]+(?:就|那就|先)")
_ASKS = re.compile(r"[，,。 ]*(?:找|去|问)?(?:哪家|哪个|谁家)[^，。]{0,4}(?:银行|行|贷|好|合适|便宜|快)")


def _asks_for(scope: Scope, quantity: Quantity, found: tuple[Quantity, ...]) -> bool:
    """两百万，找哪家银行: whether the only sum opens the message and what follows asks who lends it."""
    return quantity.start == 0 and sum(other.kind == "money" for other in found) == 1 and bool(_ASKS.match(scope.norm, quantity.end))


def applied(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """The first sum alone in its clause beside an application is what is wanted, and the span behind it the term."""
    opens = bool(found) and found[0].kind == "money" and _asks_for(scope, found[0], found)
    if not (_APPLIES.search(scope.norm) or _YES.match(scope.norm) or opens) or any(
        hit.cue.fact == "amount_sought" for hit in chosen.values()
    ):
        return
    for index, quantity in enumerate(found):
        low = scope.clause_span(quantity.start)[0]
        lead = scope.norm[low : quantity.start]
        blank = lead.rfind(" ") + 1
        free = index not in chosen or (chosen[index].cue.fact in _WEAK and not re.search("欠|剩|还|卖|营|收", chosen[index].text))
        alone = _LEAD.fullmatch(lead, blank) and _BEHIND.match(scope.norm, quantity.end)
        if quantity.kind != "money" or quantity.value < 1000 or not free or not alone or quantity.period == "month":
            continue
        chosen[index] = Hit(cue_of("amount_sought"), quantity.start, quantity.end, "")
        if index + 1 < len(found):
            span = found[index + 1]
            near = _SPAN_LEAD.fullmatch(scope.norm, quantity.end, span.start)
            if span.kind == "duration" and near and (index + 1 not in chosen or chosen[index + 1].cue.fact in ("", "age_months")):
                chosen[index + 1] = Hit(cue_of("term_months"), span.start, span.end, "")
        return
