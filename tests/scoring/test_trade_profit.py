"""The profit taken for granted in a trade: every industry but one has a range, and a margin lies in, below or above it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from knowledge.firm import vocabulary
from scoring.trade_profit import PRESUMED, Place


def test_every_industry_has_a_range_but_the_one_that_is_assessed_otherwise() -> None:
    assert set(PRESUMED) == set(vocabulary()["industry"].choices) - {"real_estate"}
    assert all(0 < one.low < one.high < 1 for one in PRESUMED.values())


@pytest.mark.parametrize(
    ("industry", "margin", "place"),
    [
        ("catering", "0.0799", "below"),
        ("catering", "0.08", "within"),
        ("catering", "0.25", "within"),
        ("catering", "0.2501", "above"),
        ("wholesale", "0.04", "within"),
        ("wholesale", "-0.3", "below"),
        ("software_it", "0.09", "below"),
    ],
)
def test_where_a_margin_lies(industry: str, margin: str, place: Place) -> None:
    assert PRESUMED[industry].place(Decimal(margin)) == place
