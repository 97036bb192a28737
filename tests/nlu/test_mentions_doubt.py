"""What is left open in a message: figures in doubt, corrections, ranges, and what is only about so much."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.nlu.read import read

AMBIGUOUS = [
    ("50", "amount_sought", "amount_sought", ("500000", "50")),
    ("五六十", "amount_sought", "amount_sought", ("550000", "55")),
    ("想借50", None, "amount_sought", ("500000", "50")),
    ("3", "age_months", "age_months", ("36", "3")),
    ("利率四厘五以内", None, "max_rate", ("0.054", "0.045")),
    ("想借百八十万", None, "amount_sought", ("1000000", "1800000")),
    ("流水80万", None, "monthly_inflow", ("800000", "66667")),
    ("想借5万美元", None, "amount_sought", ()),
    ("we need $50k", None, "amount_sought", ()),
    ("200", "annual_revenue", "annual_revenue", ("2000000", "200")),
]


@pytest.mark.parametrize(("text", "asking", "name", "readings"), AMBIGUOUS)
def test_ambiguous_figures_are_asked_back_not_guessed(text: str, asking: str | None, name: str, readings: tuple[str, ...]) -> None:
    result = read(text, asking)
    assert name not in result.facts
    assert [(item.name, item.readings) for item in result.ambiguous] == [(name, tuple(map(Decimal, readings)))]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("不对，是30万", "30万"),
        ("说错了，应该是20万", "20万"),
        ("actually it's 300k", "300k"),
        ("no, it's 25", "25"),
        ("我打错了，80万", "80万"),
        ("sorry, I meant 200k", "200k"),
    ],
)
def test_corrections_leave_the_new_figure_loose(text: str, figure: str) -> None:
    result = read(text)
    assert result.correction
    assert [item.text for item in result.loose] == [figure]


def test_what_a_correction_takes_back_is_not_stated() -> None:
    result = read("营业额不是300万，是200万")
    assert result.correction
    assert result.facts.get("annual_revenue") in (None, Decimal(2000000))


@pytest.mark.parametrize("text", ["好的，谢谢", "想借50万", "是的", "不是个体户", "revenue is 2 million", "不需要"])
def test_no_correction(text: str) -> None:
    assert not read(text).correction


@pytest.mark.parametrize(
    ("text", "name", "low", "high"),
    [
        ("想借10-20万", "amount_sought", "100000", "200000"),
        ("去年亏了10到20万", "net_profit", "-200000", "-100000"),
        ("员工七八个", "employees", "7", "8"),
        ("营业额三百多万", "annual_revenue", "3000000", "4000000"),
        ("borrow 300 to 500 thousand", "amount_sought", "300000", "500000"),
    ],
)
def test_ranges_keep_their_bounds(text: str, name: str, low: str, high: str) -> None:
    mention = next(item for item in read(text).mentions if item.name == name)
    assert mention.approximate
    assert (mention.low, mention.high) == (Decimal(low), Decimal(high))
    assert isinstance(mention.value, Decimal | int)
    assert Decimal(low) <= mention.value <= Decimal(high)


@pytest.mark.parametrize(
    ("text", "approximate"),
    [
        ("去年营业额300万", False),
        ("去年营业额300万左右", True),
        ("2021年开的", True),
        ("2021年3月开的", False),
        ("一年流水100万", True),
        ("一年流水120万", False),
        ("开了一年多", True),
    ],
)
def test_approximate(text: str, approximate: bool) -> None:
    assert [item.approximate for item in read(text).mentions] == [approximate]


@pytest.mark.parametrize(
    ("text", "name", "readings"),
    [
        ("房贷60万，车贷10万", "existing_loans", ("700000", "600000", "100000")),
        ("员工20人，哦还有员工30人", "employees", ("20", "30")),
    ],
)
def test_two_figures_for_one_fact_are_in_doubt(text: str, name: str, readings: tuple[str, ...]) -> None:
    result = read(text)
    assert name not in result.facts
    assert [(item.name, item.readings) for item in result.ambiguous] == [(name, tuple(map(Decimal, readings)))]


def test_unclaimed_figures_are_loose() -> None:
    assert [item.text for item in read("房租每月8000，工资3万").loose] == ["8000", "3万"]
