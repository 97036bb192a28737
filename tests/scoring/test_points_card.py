"""Small hand-made cards: what a score promises."""

import math
from decimal import Decimal
from typing import Any

import pytest

from scoring.card import parse_card, score, with_base_rate
from tests.scoring.made_card import CARD, made_block, made_card, made_number


@pytest.mark.parametrize(
    ("facts", "points", "coverage", "why"),
    [
        ({}, 0, 0.0, "nothing known is the base rate"),
        ({"age_months": 23}, -20, 0.25, "just below the edge"),
        ({"age_months": 24}, 10, 0.25, "the edge belongs to the upper bin"),
        ({"age_months": 0}, -20, 0.25, "zero months is an answer"),
        ({"amount_sought": Decimal(5000)}, 0, 0.0, "a ratio needs both of its facts"),
        ({"amount_sought": Decimal(5000), "employees": 0}, 0, 0.0, "nobody to divide by is not an answer"),
        ({"amount_sought": Decimal("999.99"), "employees": 1}, 15, 0.75, "below the edge"),
        ({"amount_sought": Decimal(1000), "employees": 1, "age_months": 60}, 5, 1.0, "points add up"),
    ],
)
def test_points_follow_the_bins(facts: dict[str, Any], points: float, coverage: float, why: str) -> None:
    result = score(facts, CARD)
    assert result.points == round(CARD.base_points + points), why
    assert result.coverage == coverage, why


def test_the_scale_is_as_stated() -> None:
    assert score({}, with_base_rate(CARD, 1 / 51)).points == 600  # odds of 50 to 1
    assert score({}, with_base_rate(CARD, 1 / 101)).points == 620  # twice the odds
    assert score({}, CARD).pd == Decimal("0.05")


@pytest.mark.parametrize(("pd", "grade"), [(0.001, "A"), (0.029999, "A"), (0.03, "B"), (0.059999, "B"), (0.06, "C"), (0.9, "C")])
def test_grades_are_half_open_bands(pd: float, grade: str) -> None:
    result = score({}, with_base_rate(CARD, pd))
    assert result.grade == grade
    assert result.band.pd_from <= pd < result.band.pd_below


def test_reasons_name_the_fact_and_what_would_help() -> None:
    result = score({"age_months": 3, "amount_sought": Decimal(10), "employees": 1}, CARD)
    assert [(reason.fact, reason.points) for reason in result.reasons] == [
        ("age_months", -20.0),
        ("amount_sought", 15.0),
    ]
    assert result.reasons[0].text("en") == "age.lower in English"
    assert result.reasons[0].advice("zh") == "age.improve（中文）"
    assert result.reasons[1].advice() is None
    assert result.as_json("en")["reasons"] == [
        {"fact": "age_months", "points": -20.0, "text": "age.lower in English", "improve": "age.improve in English"},
        {"fact": "amount_sought", "points": 15.0, "text": "load.higher in English", "improve": None},
    ]


@pytest.mark.parametrize(
    ("absence_from", "facts", "points", "why"),
    [
        (1, {"amount_sought": 1, "employees": 1}, 15 - 5, "one answer is enough for what is left out to count"),
        (2, {"amount_sought": 1, "employees": 1}, 15, "too little is known yet"),
        (1, {}, 0, "whoever was asked nothing has left nothing out"),
        (2, {"age_months": 60, "amount_sought": 1, "employees": 1}, 25, "nothing is left out"),
    ],
)
def test_what_is_left_out_counts_only_beside_enough_answers(absence_from: int, facts: dict[str, Any], points: float, why: str) -> None:
    raw = made_card()
    raw["blocks"][0]["absence_from"] = absence_from
    raw["blocks"][0]["features"][0]["missing_points"] = -5.0
    card = parse_card(raw)
    assert score(facts, card).points == round(card.base_points + points), why
    assert all(reason.feature != "age" or "age_months" in facts for reason in score(facts, card).reasons)


def test_one_reason_for_each_fact() -> None:
    raw = made_card()
    ratios = [made_number(f"r{i}", ["net_profit", f"d{i}"], [-10.0 - i, 10.0], [0.0]) for i in range(3)]
    raw["blocks"].append(made_block("statements", [*ratios, made_number("cash", ["cash"], [-2.0, 2.0], [0.0])]))
    facts = {"net_profit": -1, "d0": 1, "d1": 1, "d2": 1, "cash": -1}
    assert [(reason.fact, reason.points) for reason in score(facts, parse_card(raw)).reasons] == [("net_profit", -12.0), ("cash", -2.0)]


@pytest.mark.parametrize(("profit", "points"), [(-1, -25.0), (1, 25.0)])
def test_a_block_moves_a_firm_by_no_more_than_its_limit(profit: int, points: float) -> None:
    raw = made_card()
    both = [made_number("a", ["net_profit"], [-20.0, 20.0], [0.0]), made_number("b", ["net_profit"], [-20.0, 20.0], [0.0])]
    raw["blocks"].append(made_block("statements", both, limit=25.0))
    card = parse_card(raw)
    assert score({"net_profit": profit}, card).points == round(card.base_points + points)


def test_what_two_blocks_may_both_tell_widens_the_range() -> None:
    raw = made_card()
    raw["blocks"].append(made_block("statements", [made_number("profit", ["net_profit"], [-30.0, 30.0], [0.0], importance=0.0)]))
    facts = {"net_profit": 1, "age_months": 60, "amount_sought": 1, "employees": 1}

    def width(overlap: float) -> float:
        raw["interval"]["overlap"] = overlap
        low, high = (math.log(float(pd) / (1 - float(pd))) for pd in score(facts, parse_card(raw)).interval)
        return high - low

    assert width(0.0) < width(0.5) < width(1.0)


def test_at_most_four_reasons_largest_first() -> None:
    raw = made_card()
    features = [made_number(f"f{i}", [f"f{i}"], [-float(i), 1.0], [0.0]) for i in range(1, 6)]
    features.append(made_number("f6", ["f6"], [-1.0, 6.0], [-2.0]))
    raw["blocks"].append(made_block("statements", features))
    facts = {f"f{i}": -1 for i in range(1, 7)}
    assert [reason.fact for reason in score(facts, parse_card(raw)).reasons] == ["f6", "f5", "f4", "f3"]


def test_blocks_add_up() -> None:
    raw = made_card()
    raw["blocks"].append(made_block("statements", [made_number("profit", ["net_profit"], [-7.0, 7.0], [0.0])]))
    both = parse_card(raw)
    facts = {"age_months": 60, "net_profit": Decimal(-1)}
    assert score(facts, both).points == round(both.base_points + 10 - 7)


def test_the_interval_widens_with_every_missing_answer() -> None:
    full = {"age_months": 24, "amount_sought": Decimal(1000), "employees": 1}
    widths = []
    for facts in (full, {"age_months": 24}, {}):
        result = score(facts, CARD)
        low, high = (math.log(float(pd) / (1 - float(pd))) for pd in result.interval)
        assert result.interval[0] < result.pd < result.interval[1]
        widths.append(high - low)
    assert widths == sorted(widths)
    assert len(set(widths)) == 3
