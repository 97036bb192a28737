"""Figures that are nought in so many words: 长期借款：无, short-term zero, nil overdue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from knowledge.firm import FactType, vocabulary
from nlu.cues.figures import CUES
from nlu.facts import Mention
from nlu.reading.scope import Scope

_MAY_HOLD = re.compile(r"无|零|没有|[:：] ?没|(?<![\d.,])0(?![\d.,%])|\b(?:nil|none|zero|nothing|nought|no)\b")
_BEHIND = re.compile(
    r" ?(?:余额|金额|次数|记录|部分|这块|方面|目前|现在)?[ :：=是为\-]{0,3}(?:无|零|没有|没|0(?:次|元|个|笔|万|件|项)?)"
    r"(?=$|[ ，。,;；.!！/|、)）\n])"
    r"|(?: is| are|:|=| -)? ?(?:nil|none|zero|nothing|nought|0)(?=$|[ ,;.!/|)\n])(?! point| [a-z]+ (?:tax|growth))"
)
_BEFORE = re.compile(r"\b(?:nil|zero|nought)(?: \w+)? ?$")
#: Facts of which owners say that there is none.
_FACTS = frozenset(
    "existing_loans short_term_debt long_term_debt monthly_debt_service receivables inventory order_value export_revenue rd_spend"
    " platform_sales annual_tax_paid taxable_income finance_cost overdue_12m credit_inquiries_3m credit_inquiries_6m patents"
    " new_hires_12m graduate_hires_12m void_invoice_rate total_liabilities current_liabilities".split()
)
_CUES = tuple(cue for cue in CUES if cue.fact in _FACTS)


def _longest_at_end(norm: str) -> dict[int, int]:
    """By the end of words that name a fact where the longest of them begin: 流动负债 hides 负债."""
    begins: dict[int, int] = {}
    for cue in _CUES:
        for match in cue.words.finditer(norm):
            begins[match.end()] = min(begins.get(match.end(), match.start()), match.start())
    return begins


def noughts(text: str, scope: Scope) -> Iterator[Mention]:
    """Facts whose words stand directly beside a word for nothing."""
    if not _MAY_HOLD.search(scope.norm):
        return
    seen: set[str] = set()
    longest = _longest_at_end(scope.norm)
    for cue in _CUES:
        for match in cue.words.finditer(scope.norm):
            if match[0] and match[0][0] > "一" and match.start() > longest[match.end()]:
                continue
            behind = _BEHIND.match(scope.norm, match.end())
            nought = behind or _BEFORE.search(scope.norm[max(0, match.start() - 16) : match.start()])
            end = behind.end() if behind else match.end()
            if not nought or cue.fact in seen or match.end() == match.start() or not scope.states(match.start(), end):
                continue
            if scope.asked(match.start()):
                continue
            fact = "existing_loans" if cue.fact == "total_liabilities" and match[0].startswith("debt") else cue.fact
            if fact in seen:
                continue
            seen.add(fact)
            zero: Decimal | int = 0 if vocabulary()[fact].type is FactType.COUNT else Decimal(0)
            yield Mention(fact, zero, match.start(), end, text[match.start() : end])
