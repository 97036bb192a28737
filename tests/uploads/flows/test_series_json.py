"""Series go out of the reading process as JSON and come back the same."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from nlu.uploads.flows.series import AgeingSeries, DayFlow, FlowSeries, MonthFlow, MonthSales, SalesSeries, Series, StockSeries
from nlu.uploads.flows.series_json import from_json, to_json

MAY = date(2025, 5, 1)
CENTS = Decimal("12.30")


@pytest.mark.parametrize(
    "series",
    [
        FlowSeries((MonthFlow(MAY, CENTS, Decimal(0), True),), {"refund": CENTS}, CENTS),
        FlowSeries((), {}, None),
        FlowSeries((), {}, CENTS, (DayFlow(MAY, CENTS, Decimal(5), Decimal(2)),), MAY, date(2025, 5, 31)),
        SalesSeries("shop_orders", (MonthSales(MAY, -CENTS, 3, 1, False),), (("甲公司", CENTS),)),
        AgeingSeries(MAY, (("0-30", CENTS),), (("甲公司", CENTS),)),
        AgeingSeries(None, ()),
        StockSeries((("螺丝", CENTS),)),
    ],
)
def test_there_and_back(series: Series) -> None:
    assert from_json(json.loads(json.dumps(to_json(series)))) == series


@pytest.mark.parametrize("plain", [{}, {"flow": [[1]]}, {"sales": [], "what": "x"}, {"stock": [["a", "b"]]}, {"ageing": 5, "as_of": None}])
def test_anything_else_is_an_error(plain: dict[str, object]) -> None:
    with pytest.raises((ValueError, TypeError, KeyError, ArithmeticError)):
        from_json(plain)


def test_what_was_kept_before_there_were_days_is_still_read() -> None:
    plain = {"flow": [["2025-05-01", "12.30", "0", True]], "left_out": [], "balance": None}
    assert from_json(plain) == FlowSeries((MonthFlow(MAY, CENTS, Decimal(0), True),))
