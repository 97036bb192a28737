"""A chain of sums, whatever the language: what counts as a sum, the fact that they make up, and a total told behind them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from nlu.cues.load import expression
from nlu.facts import Mention, fact_value
from nlu.numbers.quantity import Quantity
from nlu.reading.scope import Scope

_TOTAL = expression("adding", "total")
#: What is less is a price, not a debt or an order.
_LEAST = 1000


def is_sum(quantity: Quantity) -> bool:
    """Whether a figure is money without bounds."""
    plain = quantity.kind == "money" and quantity.currency in (None, "cny")
    return quantity.low is None and (plain or (quantity.kind == "number" and "千" in quantity.text)) and quantity.value >= _LEAST


def is_bare_sum(quantity: Quantity) -> bool:
    """Whether a number without a unit may be money."""
    return quantity.kind == "number" and quantity.low is None and quantity.value >= _LEAST


def summed(text: str, name: str, chain: Sequence[Quantity], total: Decimal) -> Mention | None:
    """The fact with the total of a chain, None where it cannot be that much."""
    value, start, end = fact_value(name, total), chain[0].start, chain[-1].end
    return None if value is None else Mention(name, value, start, end, text[start:end], True)


def agrees(scope: Scope, sums: Sequence[Quantity], chain: Sequence[Quantity], total: Decimal) -> bool:
    """Whether a total told behind the chain, if any, is the chain's."""
    behind = next((quantity for quantity in sums if quantity.start >= chain[-1].end), None)
    if behind is not None and behind.period == "month" and chain[-1].period is None:
        return True
    return behind is None or not _TOTAL.fullmatch(scope.norm, chain[-1].end, behind.start) or behind.value == total
