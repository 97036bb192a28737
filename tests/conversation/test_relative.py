"""A figure supposed by how far it moves."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.conversation.relative import moved
from knowledge.firm import Firm

FIRM = Firm.of({"annual_revenue": 1_000_000, "employees": 10, "net_profit": 90_000}, date(2026, 11, 27))


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("what if revenue drops 20%", {"annual_revenue": 800_000}),
        ("what if turnover falls by a fifth", {"annual_revenue": 800_000}),
        ("what if sales were 10 percent higher", {"annual_revenue": 1_100_000}),
        ("what if sales double", {"annual_revenue": 2_000_000}),
        ("what if our profit halved", {"net_profit": 45_000}),
        ("what if revenue is cut in half", {"annual_revenue": 500_000}),
        ("what if I had half as many staff, 50% fewer", {"employees": 5}),
        ("要是营业额少两成呢", {"annual_revenue": 800_000}),
        ("营业额跌一半会怎样", {"annual_revenue": 500_000}),
        ("如果利润涨百分之十呢", {"net_profit": 99_000}),
        ("生意翻一番呢", {"annual_revenue": 2_000_000}),
        ("营收腰斩怎么办", {"annual_revenue": 500_000}),
        ("员工多两成呢", {"employees": 12}),
        ("营业额涨30%呢", {"annual_revenue": 1_300_000}),
        # Nothing moves, or it is not said how far, or not known from where.
        ("what if revenue drops", {}),
        ("what if revenue is 800k", {}),
        ("revenue drops 100%", {}),
        ("what if our bank flow drops 20%", {}),
        ("利率降两个点呢", {}),
        ("多少钱", {}),
    ],
)
def test_a_share_moves_what_is_known(text: str, then: dict[str, Any]) -> None:
    assert moved(text, FIRM) == then
