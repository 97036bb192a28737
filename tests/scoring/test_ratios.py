"""Ratios of a firm, and the bounds that have an origin."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.entries import Entry
from scoring.card import Card, default_card
from scoring.formulas import parse_formula
from scoring.ratio_bounds import bound_of
from scoring.ratios import RATIOS, Ratio, Unit, missing_facts, read_ratio
from tests.made_entries import made_entry
from tests.shipped import shipped

ON = date(2026, 11, 21)
BY_NAME = {ratio.name: ratio for ratio in RATIOS}
NUMBERS = sorted({fact for ratio in RATIOS for fact in ratio.formula.facts})


@pytest.mark.parametrize(
    ("name", "facts", "value", "missing"),
    [
        ("debt_ratio", {"total_liabilities": 74, "total_assets": 100}, "0.74", ()),
        ("debt_ratio", {"total_liabilities": 230, "total_assets": 190}, "1.210526", ()),
        ("debt_ratio", {"total_assets": 100}, None, ("total_liabilities",)),
        ("debt_ratio", {"total_liabilities": 5, "total_assets": 0}, None, ()),
        ("current_ratio", {"current_assets": Decimal(300), "current_liabilities": Decimal(200)}, "1.5", ()),
        ("quick_ratio", {"current_assets": 300, "inventory": 100, "current_liabilities": 200}, "1", ()),
        ("quick_ratio", {"current_assets": 300}, None, ("inventory", "current_liabilities")),
        ("gross_margin", {"gross_profit": 20, "annual_revenue": 100}, "0.2", ()),
        ("gross_margin", {"operating_cost": 85, "annual_revenue": 100}, "0.15", ()),
        ("gross_margin", {"annual_revenue": 100}, None, ("gross_profit",)),
        ("net_margin", {"net_profit": -48, "annual_revenue": 420}, "-0.114286", ()),
        ("sales_growth", {"annual_revenue": 420, "previous_revenue": 560}, "0.75", ()),
        ("receivable_days", {"receivables": 100, "annual_revenue": 730}, "50", ()),
        ("stock_days", {"inventory": 100, "operating_cost": 365}, "100", ()),
        ("payable_days", {"current_liabilities": 150, "short_term_debt": 50, "operating_cost": 365}, "100", ()),
        ("debt_service_cover", {"operating_profit": 110, "finance_cost": 10, "monthly_debt_service": 5}, "2", ()),
        ("debt_service_cover", {"net_profit": 50, "finance_cost": 10, "monthly_debt_service": 5}, "1", ()),
        ("debt_service_cover", {"net_profit": 50, "finance_cost": 10, "monthly_debt_service": 0}, None, ()),
        ("debt_service_share", {"monthly_debt_service": 0, "monthly_inflow": 10}, "0", ()),
    ],
)
def test_what_a_ratio_comes_to(name: str, facts: dict[str, Any], value: str | None, missing: tuple[str, ...]) -> None:
    reading = read_ratio(BY_NAME[name], facts)
    assert reading.value == (None if value is None else Decimal(value))
    assert reading.missing == missing
    assert reading.applies is (value is not None or missing != ())


@given(st.dictionaries(st.sampled_from(NUMBERS), st.integers(-(10**9), 10**9)))
def test_a_ratio_has_a_value_or_lacks_facts_or_does_not_apply(facts: dict[str, int]) -> None:
    for ratio in RATIOS:
        reading = read_ratio(ratio, facts)
        assert not set(reading.missing) & set(facts)
        if reading.missing:
            given_too = facts | dict.fromkeys(reading.missing, 1)
            assert missing_facts(ratio.formula, given_too) == ()


@pytest.fixture(scope="module")
def card() -> Card:
    return default_card()


def entry(ident: str, when: Any, kind: str = "product", **more: Any) -> Entry:
    return made_entry(ident, kind, when=when, **more)


LOAN = entry("prd-a", {"fact": "debt_ratio", "at_most": 0.7})
WIDER = entry("prd-b", {"all": [{"fact": "age_months", "at_least": 12}, {"fact": "debt_ratio", "at_most": 0.8}]})
ENDED = entry("prd-c", {"fact": "debt_ratio", "at_most": 0.9}, valid={"until": date(2026, 1, 1)})
OTHER_WAY = entry("prd-d", {"any": [{"fact": "debt_ratio", "at_most": 0.95}, {"fact": "employees", "at_least": 5}]})
TITLE = entry("def-e", {"fact": "debt_ratio", "at_most": 0.85}, kind="definition")
MINIMUM = entry("prd-f", {"fact": "debt_ratio", "at_least": 0.1})
NO_LOSS = entry("prd-g", {"fact": "net_profit", "at_least": 0})
PROFIT = entry("prd-h", {"fact": "net_profit", "at_least": 300_000})


@pytest.mark.parametrize(
    ("ratio", "entries", "value", "basis", "named"),
    [
        ("debt_ratio", [LOAN], "0.7", "rule", ["prd-a"]),
        ("debt_ratio", [LOAN, WIDER, ENDED, OTHER_WAY, TITLE, MINIMUM], "0.8", "rule", ["prd-b"]),
        ("debt_ratio", [TITLE], "0.85", "rule", ["def-e"]),
        ("debt_ratio", [ENDED, OTHER_WAY, MINIMUM], "1", "definition", []),
        ("net_margin", [NO_LOSS, PROFIT], "0", "rule", ["prd-g"]),
        ("net_margin", [PROFIT], "0", "definition", []),
        ("debt_service_share", [], "0.30", "estimate", []),
    ],
)
def test_where_a_bound_comes_from(ratio: str, entries: list[Entry], value: str, basis: str, named: list[str], card: Card) -> None:
    bound = bound_of(BY_NAME[ratio], entries, card, ON)
    assert bound is not None
    assert (bound.value, bound.basis, [one.id for one in bound.entries]) == (Decimal(value), basis, named)


@pytest.mark.parametrize("name", ["receivable_days", "stock_days", "payable_days"])
def test_nothing_is_made_up_where_no_bound_has_an_origin(name: str, card: Card) -> None:
    assert bound_of(BY_NAME[name], shipped(), card, ON) is None


@pytest.mark.parametrize(
    ("better", "value", "sound"),
    [("low", "0.7", True), ("low", "0.701", False), ("low", "-1", True)],
)
def test_the_bound_itself_is_sound(better: str, value: str, sound: bool, card: Card) -> None:
    bound = bound_of(BY_NAME["debt_ratio"], [LOAN], card, ON)
    assert bound is not None
    assert bound.side == better
    assert bound.holds(Decimal(value)) is sound


def test_a_ratio_that_the_card_scores_is_held_against_its_dividing_line(card: Card) -> None:
    rising = (one for block in card.blocks for one in block.features if one.kind == "number" and one.direction == "rising")
    feature = next(one for one in rising if len(one.cuts) > 1 and one.points[0] < 0 <= one.points[-1])
    ratio = Ratio("any", parse_formula(feature.formula.text), Unit.TIMES, "high")
    bound = bound_of(ratio, [], card, ON)
    assert bound is not None
    assert bound.basis == "card"
    assert feature.points_of(float(bound.value)) >= 0
    assert feature.points_of(float(bound.value) - 1e-9) < 0
