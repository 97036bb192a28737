"""What a figure's surroundings make of it: signs, hedges, and counts beside sums. Figures on their own are in test_quantity_table.py."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.nlu.figures import only, read


@pytest.mark.parametrize(("text", "sign"), [("-50万", -1), ("负50万", -1), ("50万", 1), ("10-20万", 1), ("亏了20万", 1)])
def test_only_a_written_minus_is_a_sign(text: str, sign: int) -> None:
    assert only(text).sign == sign


@pytest.mark.parametrize(
    "text", ["大概50万", "约50万", "50万左右", "差不多五十万", "快50万了", "about 500k", "roughly 500k", "500k or so", "50多万", "将近50万"]
)
def test_hedges_make_a_figure_approximate(text: str) -> None:
    assert only(text).approximate


@pytest.mark.parametrize("text", ["50万", "不超过50万", "想借50万", "500k"])
def test_no_hedge_no_approximation(text: str) -> None:
    assert not only(text).approximate


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_text_has_no_figure(text: str) -> None:
    assert read(text) == ()


def test_eleven_years_are_no_year() -> None:
    for text in ("卖米粉十一年了，想借二十万", "卖米粉十一年了,想借二十万"):
        assert [(item.kind, item.value, item.period) for item in read(text)] == [("duration", 132, None), ("money", 200_000, None)]
    assert [(item.value, item.period) for item in read("开了一年了，想借二十万")] == [(12, None), (200_000, None)]


def test_a_span_of_a_year_is_a_duration_where_it_is_no_period() -> None:
    assert [(item.kind, item.value) for item in read("借50万用一年")] == [("money", Decimal(500000)), ("duration", Decimal(12))]
    assert [(item.kind, item.value) for item in read("开了一年")] == [("duration", Decimal(12))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("贷40万3年", [("money", 400000), ("duration", 36)]),
        ("借50万36期", [("money", 500000), ("duration", 36)]),
        ("营业额300万12个人", [("money", 3000000), ("count", 12)]),
        ("一年120万5口人", [("money", 1200000), ("count", 5)]),
        ("利润50万3个点", [("money", 500000), ("rate", Decimal("0.03"))]),
        ("40万3", [("money", 403000)]),
        ("1亿2千万", [("money", 120000000)]),
        ("sales five million two staff", [("money", 5000000), ("count", 2)]),
        ("five million twenty people", [("money", 5000000), ("count", 20)]),
        ("five million two hundred thousand", [("money", 5200000)]),
    ],
)
def test_a_count_behind_a_sum_is_none_of_its_digits(text: str, expected: list[tuple[str, Decimal]]) -> None:
    assert [(item.kind, item.value) for item in read(text)] == expected
