"""Reading the firm's facts: money and shares as `Decimal`, unknown as `None`.

Facts arrive as a mapping from the vocabulary's names to values; a fact that is not known is absent. Nothing here turns
an absent fact into zero.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

FactValue = Decimal | int | bool | str | tuple[str, ...] | date
Facts = Mapping[str, FactValue]

FEN = Decimal("0.01")


def number(facts: Mapping[str, object], name: str) -> Decimal | None:
    """The fact `name` as a `Decimal` (yuan, fraction, months or count as the vocabulary says), or None when absent.

    Raises `TypeError` naming the fact when the value is not a number; a flag is not a number.
    """
    value = facts.get(name)
    if value is None:
        return None
    if isinstance(value, Decimal):
        result = value
    elif isinstance(value, int) and not isinstance(value, bool):
        result = Decimal(value)
    elif isinstance(value, float):  # outside the contract, but JSON readers produce it
        result = Decimal(repr(value))
    else:
        raise TypeError(f"fact {name!r} must be a number, not {type(value).__name__}")
    if not result.is_finite():
        raise TypeError(f"fact {name!r} must be a finite number")
    return result
