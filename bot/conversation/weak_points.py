"""What banks look at first and would not like in a firm, as far as it has been told: its record and its figures, whatever the product."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bot.conversation.texts import say
from knowledge.firm import Firm
from knowledge.formats import percent
from scoring.questions import sound

#: Owed for what is owned, from which banks hesitate; looked up so often in half a year, too; months in business until they trust a firm.
_MUCH_OWED, _OFTEN, _YOUNG = Decimal("0.7"), 6, 12
_FLAGS = {"blacklisted": "weak_blacklisted", "in_litigation": "weak_in_litigation", "tax_arrears": "weak_tax_arrears"}
_WEAK_TAX = frozenset({"C", "D"})


def weak_points(firm: Firm, language: str) -> Iterator[str]:
    """The weak points, the gravest first, in a few words each. Figures in doubt are none."""
    facts = sound(firm)
    yield from (say(key, language) for flag, key in _FLAGS.items() if facts.get(flag) is True)
    late, seen, age = (facts.get(name) for name in ("overdue_12m", "credit_inquiries_6m", "age_months"))
    if isinstance(late, int) and late > 0:
        yield say("weak_late", language, count=late)
    profit, owed, owned = (facts.get(name) for name in ("net_profit", "total_liabilities", "total_assets"))
    if isinstance(profit, Decimal) and profit < 0:
        yield say("weak_net_profit", language)
    if isinstance(owed, Decimal) and isinstance(owned, Decimal) and owned > 0 and owed / owned > _MUCH_OWED:
        yield say("weak_debt", language, share=percent(owed / owned, 0))
    if facts.get("tax_grade") in _WEAK_TAX:
        yield say("weak_tax_grade", language, grade=facts["tax_grade"])
    if isinstance(seen, int) and seen >= _OFTEN:
        yield say("weak_credit_inquiries", language, count=seen)
    if isinstance(age, int) and age < _YOUNG:
        yield say("weak_age", language)
