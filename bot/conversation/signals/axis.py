"""An upright axis: what amounts are counted in, and round figures beside it. For drawing, so amounts become floats here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from bot.conversation.texts import say
from knowledge.formats import plain

#: From what largest amount on the unit is used, how many yuan it has, and what it is called.
_UNITS = {
    "zh": ((10**8, 10**8, "plot_unit_large"), (10**4, 10**4, "plot_unit_middle"), (0, 1, "plot_unit_small")),
    "en": ((2 * 10**6, 10**6, "plot_unit_large"), (10**4, 10**3, "plot_unit_middle"), (0, 1, "plot_unit_small")),
}
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
#: So many spaces between the ticks, more or less.
_SPACES = 5


@dataclass(frozen=True)
class Axis:
    """The unit's name, its size in yuan (or 1), and the ticks as places in that unit with their names."""

    unit: str
    size: int
    ticks: tuple[tuple[float, str], ...]

    def at(self, amount: Decimal) -> float:
        return float(amount / self.size)


def money_axis(amounts: Iterable[Decimal], language: str) -> Axis:
    """An axis for amounts in yuan."""
    known = list(amounts)
    largest = max((abs(amount) for amount in known), default=Decimal(0))
    _, size, key = next(unit for unit in _UNITS[language] if largest >= unit[0])
    return Axis(say(key, language), size, _ticks([amount / size for amount in known]))


def plain_axis(values: Iterable[Decimal], unit: str) -> Axis:
    """An axis for whole numbers: a count, or parts of a hundred."""
    return Axis(unit, 1, _ticks(list(values), Decimal(1)))


def _ticks(values: list[Decimal], least: Decimal = Decimal(0)) -> tuple[tuple[float, str], ...]:
    """Round figures from the lowest to the highest, nought among them."""
    low, high = min([*values, Decimal(0)]), max([*values, Decimal(0)])
    rough = (high - low) / _SPACES or Decimal(1)
    unit = Decimal(1).scaleb(rough.adjusted())
    step = max(next(unit * part for part in _STEPS if unit * part >= rough), least)
    first, last = ((end / step).to_integral_value(way) for end, way in ((low, ROUND_FLOOR), (high, ROUND_CEILING)))
    places = [step * number for number in range(int(first), int(max(last, first + 1)) + 1)]
    return tuple((float(place), plain(place)) for place in places)
