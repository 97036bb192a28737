"""The profit that the tax office takes for granted in a trade: the one range by industry that has an official source.

Where a firm's books cannot be relied on, taxable profit is presumed as a share of revenue: 《企业所得税核定征收办法（试行）》,
国税发〔2008〕30号, article 8. The shares are no averages; they are what officials hold for usual. Developers of real estate are
assessed by other rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

SOURCE = "国税发〔2008〕30号"
Place = Literal["below", "within", "above"]


@dataclass(frozen=True, slots=True)
class ProfitRange:
    """Taxable profit as a share of revenue, from `low` to `high`, both included."""

    low: Decimal
    high: Decimal

    def place(self, margin: Decimal) -> Place:
        """Where a firm's margin lies."""
        return "below" if margin < self.low else "above" if margin > self.high else "within"


def _range(low: int, high: int) -> ProfitRange:
    return ProfitRange(Decimal(low) / 100, Decimal(high) / 100)


_OTHER = _range(10, 30)
#: By the industries of the 2011 standard; those that the document does not name are its "other trades".
PRESUMED: Mapping[str, ProfitRange] = MappingProxyType(
    {
        "agriculture": _range(3, 10),
        "industry": _range(5, 15),
        "construction": _range(8, 20),
        "wholesale": _range(4, 15),
        "retail": _range(4, 15),
        "transport": _range(7, 15),
        "catering": _range(8, 25),
        "warehousing": _OTHER,
        "postal": _OTHER,
        "accommodation": _OTHER,
        "information_transmission": _OTHER,
        "software_it": _OTHER,
        "property_management": _OTHER,
        "leasing_business_services": _OTHER,
        "other": _OTHER,
    }
)
