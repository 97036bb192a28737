"""What banks look at first and would not like in a firm, as far as it has been told: its record and its figures, whatever the product."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from bot.conversation.texts import say
from knowledge.firm import Firm
from knowledge.formats import percent, plain
from scoring.questions import sound

#: Owed for what is owned, from which banks hesitate; looked up so often in half a year, too; months in business until they trust a firm.
_MUCH_OWED, _OFTEN, _YOUNG = Decimal("0.7"), 6, 12
_TENTH = Decimal("0.1")
_FLAGS = {"blacklisted": "weak_blacklisted", "in_litigation": "weak_in_litigation", "tax_arrears": "weak_tax_arrears"}
_WEAK_TAX = frozenset({"C", "D"})


def weak_points(firm: Firm, language: str) -> Iterator[str]:
    """The weak points, the gravest first, in a few words each. Figures in doubt are none."""
    facts = sound(firm)
    yield from _of_record(facts, language)
    yield from weak_figures(firm, language)
    grade, seen, age = (facts.get(name) for name in ("tax_grade", "credit_inquiries_6m", "age_months"))
    if grade in _WEAK_TAX:
        yield say("weak_tax_grade", language, grade=grade)
    if isinstance(seen, int) and seen >= _OFTEN:
        yield say("weak_credit_inquiries", language, count=seen)
    if isinstance(age, int) and age < _YOUNG:
        yield say("weak_age", language)


def weak_figures(firm: Firm, language: str) -> Iterator[str]:
    """Those of its weak points that lie in its figures: a loss, much debt, more asked for than it turns over in a year."""
    facts = sound(firm)
    profit, owed, owned = (facts.get(name) for name in ("net_profit", "total_liabilities", "total_assets"))
    if isinstance(profit, Decimal) and profit < 0:
        yield say("weak_net_profit", language)
    if isinstance(owed, Decimal) and isinstance(owned, Decimal) and owned > 0 and owed / owned > _MUCH_OWED:
        yield say("weak_debt", language, share=percent(owed / owned, 0))
    asked, revenue = facts.get("amount_sought"), facts.get("annual_revenue")
    if isinstance(asked, Decimal) and isinstance(revenue, Decimal) and 0 < revenue < asked:
        yield say("weak_asked", language, times=plain((asked / revenue).quantize(_TENTH, ROUND_HALF_UP)))


def _of_record(facts: Mapping[str, object], language: str) -> Iterator[str]:
    yield from (say(key, language) for flag, key in _FLAGS.items() if facts.get(flag) is True)
    late = facts.get("overdue_12m")
    if isinstance(late, int) and late > 0:
        yield say("weak_late", language, count=late)
