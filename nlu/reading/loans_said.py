"""Loans told in a few English words: two loans on the trucks, total 640k, 23k a month; the loan still has 210k open."""

from __future__ import annotations

import re

from nlu.cues.figures import cue_of
from nlu.numbers.quantity import Quantity
from nlu.reading.fitting import Hit
from nlu.reading.scope import Scope

#: Loans that are there: so many of them, or the one that is known.
_LOANS = re.compile(
    r"\b(?:two|three|four|five|six|several|some|a few|a couple of|both|our|my|your|the|one|a|got|have|\d{1,2})(?: [a-z'-]+){0,2} "
    r"(?:loans?|mortgages?|credits|lenders|debts?)\b|^(?:[a-z'-]+ ){0,2}(?:loans?|mortgages?|debts?)\b|\bloan (?:a/c|account|no\.?)"
)
#: All that is said before a sum: loans 9.5m.
_HEAD = re.compile(
    r"(?:(?:our|my|bank|total|existing|current|all) )*(?:loans|debts?|borrowings)(?: (?:are|about|total|altogether|around|now))*[ :=-]*"
)
#: A new one is spoken of, or somebody else's.
_WANTED = re.compile(
    r"\b(?:want|need|looking|apply|applying|new|borrow|would|could|can|like|top|plan\w*|offer\w*|quote\w*|hope|hoping|if|customers?"
    r"|clients?|buyers?|friend|brother|sister)\b"
)
#: Before a sum: it is what the loans come to.
_COME_TO = re.compile(
    r"\b(?:total(?:s|ling)?|in total|altogether|together|combined|all in|in all|balance|overall)(?: (?:of|is|about|around))*[ :]*$"
)
#: Behind one: so much is left to be paid.
_LEFT = re.compile(
    r" ?(?:in total|altogether|in all|combined|together|overall"
    r"|(?:is |are )?(?:still )?(?:left|open|outstanding|to go|unpaid|to pay))\b"
)
_EACH_MONTH = re.compile(
    r"\b(?:monthly(?: (?:debt )?(?:service|payments?|repayments?))?|each month|every month|per month|a month|instal\w+|repayment of)"
    r"(?: (?:is|of|about|around|for both))*[ :]*$"
)
#: Behind a sum: it is late, and no customer of whom it would be spoken.
_OVERDUE = re.compile(r",? ?(?:\w+ ){1,2}(?:months?|weeks?|days?) (?:overdue|behind|late|in arrears)\b")
_OF_OTHERS = re.compile(r"\b(?:customers?|clients?|buyers?|they|he|she|invoices?|rent|tax\w*|wages?|suppliers?)\b")
_BALANCE = re.compile(r" ?(?:loan |outstanding |remaining |the )*(?:balance|principal)(?: (?:is|of|due))*[ :]*")
_SENTENCE_END = re.compile(r"[.!?;](?= |$)")


def loans_said(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """What loans come to and what goes out for them each month, behind words that name them and nothing that is wanted."""
    for index, quantity in enumerate(found):
        if index in chosen and chosen[index].cue.fact not in ("amount_sought", ""):
            continue
        sentence = _before(scope, quantity)
        if _BALANCE.fullmatch(sentence):  # of the loan in the sentence before, as a bank's message has it
            sentence = scope.norm[: quantity.start]
        if quantity.kind == "money" and _OVERDUE.match(scope.norm, quantity.end) and not _OF_OTHERS.search(sentence):
            chosen[index] = Hit(cue_of("existing_loans"), quantity.start, quantity.end, "")
        if quantity.kind not in ("money", "number") or _LOANS.search(sentence) is None or _WANTED.search(sentence):
            continue
        if scope.asked(quantity.start) or not scope.states(quantity.start, quantity.end):
            continue
        each = quantity.period == "month" or _EACH_MONTH.search(sentence)
        if each and quantity.kind == "money":
            chosen[index] = Hit(cue_of("monthly_debt_service"), quantity.start, quantity.end, "")
        elif _HEAD.fullmatch(sentence) or _COME_TO.search(sentence) or _LEFT.match(scope.norm, quantity.end):
            chosen[index] = Hit(cue_of("existing_loans"), quantity.start, quantity.end, "")


def _before(scope: Scope, quantity: Quantity) -> str:
    """The words of the figure's sentence that stand before it."""
    ends = [end.end() for end in _SENTENCE_END.finditer(scope.norm, 0, quantity.start)]
    return scope.norm[ends[-1] if ends else 0 : quantity.start]
