"""The values that the extractor hands on, and how a figure becomes a value of a fact."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from knowledge.firm import FactError, FactType, FactValue, vocabulary


@dataclass(frozen=True)
class Mention:
    """A fact stated in a text, parsed by the vocabulary; `low` and `high` bound it when the owner named a range.

    `told`: a whole sentence says it, so what was learnt from other sentences does not drop it.
    """

    name: str
    value: FactValue
    start: int
    end: int
    text: str
    approximate: bool = False
    low: Decimal | None = None
    high: Decimal | None = None
    told: bool = False


@dataclass(frozen=True)
class Ambiguity:
    """A figure that must be asked back: the facts it may fill and the values it may have (none when only a currency is in doubt)."""

    names: tuple[str, ...]
    readings: tuple[Decimal, ...]
    start: int
    end: int
    text: str

    @property
    def name(self) -> str:
        """The likeliest fact."""
        return self.names[0]


def fact_value(name: str, value: Decimal) -> FactValue | None:
    """A figure as the vocabulary holds it: counts and months are rounded half up. None where the vocabulary refuses it
    or it is a share of more than the whole.
    """
    spec = vocabulary()[name]
    if spec.type is FactType.RATE and value > 1 and name != "monthly_inflow_cv":
        return None
    if spec.type in (FactType.COUNT, FactType.MONTHS):
        value = value.quantize(Decimal(1), ROUND_HALF_UP)
    elif value == value.to_integral_value():
        value = value.quantize(Decimal(1))
    else:
        value = value.normalize()
    try:
        return spec.parse(value)
    except FactError:
        return None
