"""What of the sales is left, and how long money is tied up between paying suppliers and being paid."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scoring.facts import Facts, number
from scoring.ratios import RATIOS, read_ratio
from scoring.signals.series import CENT
from scoring.trade import Route, fitting_route

_BY_NAME = {ratio.name: ratio for ratio in RATIOS}
_DAY = Decimal("0.1")


@dataclass(frozen=True)
class Margin:
    """What is left of a yuan of sales after the cost of the goods (`gross`) and after everything (`net`), as fractions.

    None where not known; `missing` names the facts that would tell. `revenue` is the year's, in yuan.
    """

    gross: Decimal | None
    net: Decimal | None
    revenue: Decimal | None
    missing: tuple[str, ...]


def margin(facts: Facts) -> Margin:
    """The margins of the year. A year without sales has none."""
    gross, net = (read_ratio(_BY_NAME[name], facts) for name in ("gross_margin", "net_margin"))
    missing = tuple(dict.fromkeys((*gross.missing, *net.missing)))
    return Margin(gross.value, net.value, number(facts, "annual_revenue"), missing)


@dataclass(frozen=True)
class Cycle:
    """Days that money waits in receivables and in stock, days until suppliers are paid, and the gap between; None where not known.

    The gap needs all three. `route` is the financing that fits; `tied` what the gap ties up in yuan at the daily cost of the goods.
    """

    receivable: Decimal | None
    stock: Decimal | None
    payable: Decimal | None
    missing: tuple[str, ...]
    route: Route | None
    tied: Decimal | None

    @property
    def gap(self) -> Decimal | None:
        if self.receivable is None or self.stock is None or self.payable is None:
            return None
        return self.receivable + self.stock - self.payable


def cycle(facts: Facts) -> Cycle:
    """The cash cycle by the year's figures and the latest balances."""
    readings = [read_ratio(_BY_NAME[name], facts) for name in ("receivable_days", "stock_days", "payable_days")]
    received, stocked, paid = (None if one.value is None else one.value.quantize(_DAY) for one in readings)
    missing = tuple(dict.fromkeys(name for one in readings for name in one.missing))
    found = Cycle(received, stocked, paid, missing, None, None)
    cost, gap = number(facts, "operating_cost"), found.gap
    tied = (gap * cost / 365).quantize(CENT) if gap is not None and cost is not None and gap > 0 else None
    return Cycle(received, stocked, paid, missing, fitting_route(facts), tied)
