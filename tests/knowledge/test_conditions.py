"""Conditions: each comparison at and around its threshold, and Kleene's logic over them."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.conditions import OPERATORS, All, AnyOf, Check, Not, Truth, try_on
from knowledge.derived import DERIVED
from knowledge.firm import FactType, Text, spec_of, vocabulary
from knowledge.reading import read_condition
from tests.knowledge.truths import CHINA, DAY, FACTS, FUJIAN, FUZHOU, GUANGDONG, GULOU, OF, XIAMEN, F, T, U, firm, truth

#: Stands for a fact that the firm has not told.
MISSING = object()

COMPARISONS = [
    # fact, value, operator, threshold, expected, why
    ("annual_revenue", 499_999.99, "at_least", 500_000, F, "a cent short"),
    ("annual_revenue", 500_000, "at_least", 500_000, T, "at the bound"),
    ("annual_revenue", 500_000.01, "at_least", 500_000, T, "a cent over"),
    ("annual_revenue", 0, "at_least", 500_000, F, "a known zero is an answer"),
    ("annual_revenue", 0, "at_least", 0, T, "zero at a bound of zero"),
    ("annual_revenue", MISSING, "at_least", 0, U, "not told is not zero"),
    ("annual_revenue", 499_999.99, "at_most", 500_000, T, "a cent below"),
    ("annual_revenue", 500_000, "at_most", 500_000, T, "at the bound"),
    ("annual_revenue", 500_000.01, "at_most", 500_000, F, "a cent over"),
    ("annual_revenue", MISSING, "at_most", 500_000, U, "not told is not small"),
    ("net_profit", -0.01, "more_than", 0, F, "a loss"),
    ("net_profit", 0, "more_than", 0, F, "at the bound"),
    ("net_profit", 0.01, "more_than", 0, T, "a cent of profit"),
    ("net_profit", MISSING, "more_than", 0, U, "not told"),
    ("net_profit", -0.01, "less_than", 0, T, "a loss"),
    ("net_profit", 0, "less_than", 0, F, "at the bound"),
    ("net_profit", 0.01, "less_than", 0, F, "above"),
    ("net_profit", MISSING, "less_than", 0, U, "not told"),
    ("amount_sought", 99_999.99, "between", [100_000, 500_000], F, "below the lower end"),
    ("amount_sought", 100_000, "between", [100_000, 500_000], T, "the lower end belongs to it"),
    ("amount_sought", 500_000, "between", [100_000, 500_000], T, "the upper end belongs to it"),
    ("amount_sought", 500_000.01, "between", [100_000, 500_000], F, "above the upper end"),
    ("amount_sought", 100_000, "between", [100_000, 100_000], T, "a range of one amount"),
    ("amount_sought", MISSING, "between", [100_000, 500_000], U, "not told"),
    ("amount_sought", 500_000, "is", 500_000.0, T, "the same amount, written otherwise"),
    ("amount_sought", 500_000.01, "is", 500_000, F, "another amount"),
    ("amount_sought", 500_000, "in", [300_000, 500_000], T, "one of the amounts"),
    ("amount_sought", 400_000, "in", [300_000, 500_000], F, "between the amounts is not one of them"),
    ("age_months", 23, "at_least", 24, F, "a month short"),
    ("age_months", 24, "at_least", 24, T, "two years to the month"),
    ("age_months", 25, "at_least", 24, T, "a month over"),
    ("age_months", MISSING, "at_least", 24, U, "not told"),
    ("age_months", 24, "more_than", 24, F, "two years are not more than two years"),
    ("age_months", 25, "more_than", 24, T, "a month more"),
    ("age_months", 24, "less_than", 24, F, "at the bound"),
    ("age_months", 23, "less_than", 24, T, "below"),
    ("age_months", 24, "at_most", 24, T, "at the bound"),
    ("age_months", 25, "at_most", 24, F, "above"),
    ("owner_share", 0.4999, "at_least", 0.5, F, "just short of half"),
    ("owner_share", 0.5, "at_least", 0.5, T, "half"),
    ("owner_share", 0.5001, "at_least", 0.5, T, "just over half"),
    ("max_rate", 0.0435, "at_most", 0.0435, T, "an exact rate, whatever a float makes of it"),
    ("max_rate", 0.0436, "at_most", 0.0435, F, "a basis point over"),
    ("max_rate", MISSING, "between", [0.03, 0.05], U, "not told"),
    ("overdue_12m", 0, "at_most", 0, T, "never late"),
    ("overdue_12m", 1, "at_most", 0, F, "once late"),
    ("overdue_12m", MISSING, "at_most", 0, U, "not asked is not clean"),
    ("overdue_12m", 0, "is", 0, T, "zero as a number"),
    ("overdue_12m", 1, "is_not", 0, T, "another number"),
    ("overdue_12m", 2, "not_in", [0, 1], T, "outside the list"),
    ("overdue_12m", 1, "not_in", [0, 1], F, "in the list"),
    ("blacklisted", False, "is", False, T, "a known no"),
    ("blacklisted", True, "is", False, F, "a known yes"),
    ("blacklisted", MISSING, "is", False, U, "not asked is not no"),
    ("blacklisted", False, "is_not", True, T, "no is not yes"),
    ("blacklisted", True, "is_not", True, F, "yes is yes"),
    ("blacklisted", MISSING, "is_not", True, U, "not asked"),
    ("legal_form", "company", "is", "company", T, "the same choice"),
    ("legal_form", "sole_trader", "is", "company", F, "another choice"),
    ("legal_form", MISSING, "is", "company", U, "not told"),
    ("legal_form", "company", "is_not", "company", F, "the same choice"),
    ("legal_form", "sole_trader", "is_not", "company", T, "another choice"),
    ("legal_form", MISSING, "is_not", "company", U, "not told is not another"),
    ("tax_grade", "B", "in", ["A", "B"], T, "in the list"),
    ("tax_grade", "M", "in", ["A", "B"], F, "not in the list"),
    ("tax_grade", MISSING, "in", ["A", "B"], U, "not told"),
    ("tax_grade", "D", "not_in", ["D"], F, "in the list"),
    ("tax_grade", "C", "not_in", ["D"], T, "not in the list"),
    ("tax_grade", MISSING, "not_in", ["D"], U, "not told"),
    ("platform", "none", "is", "none", T, "`none` is an answer"),
    ("platform", MISSING, "is_not", "none", U, "not told"),
    ("firm_name", "榕城面馆", "is", "榕城面馆", T, "the same text"),
    ("firm_name", "榕城面馆", "is", "榕城饭馆", F, "another text"),
    ("firm_name", MISSING, "is", "榕城面馆", U, "not told"),
    ("collateral", ["real_estate"], "includes", ["real_estate"], T, "the one it has"),
    ("collateral", ["vehicle", "real_estate"], "includes", ["real_estate", "deposit"], T, "one of several is enough"),
    ("collateral", ["vehicle"], "includes", ["real_estate", "deposit"], F, "none of them"),
    ("collateral", ["none"], "includes", ["real_estate"], F, "has nothing"),
    ("collateral", MISSING, "includes", ["real_estate"], U, "not told is not nothing"),
    ("region", FUZHOU, "within", FUZHOU, T, "the city itself"),
    ("region", GULOU, "within", FUZHOU, T, "a district of the city"),
    ("region", GULOU, "within", FUJIAN, T, "a district of the province"),
    ("region", XIAMEN, "within", FUZHOU, F, "the neighbour city"),
    ("region", GUANGDONG, "within", FUJIAN, F, "the neighbour province"),
    ("region", GUANGDONG, "within", FUZHOU, F, "a province without that city"),
    ("region", FUJIAN, "within", FUZHOU, U, "the province is known, the city is needed"),
    ("region", FUZHOU, "within", GULOU, U, "the city is known, the district is needed"),
    ("region", CHINA, "within", FUJIAN, U, "China is known, the province is needed"),
    ("region", FUZHOU, "within", CHINA, T, "everywhere in the country"),
    ("region", MISSING, "within", CHINA, U, "not told"),
]  # fmt: skip


@pytest.mark.parametrize(("fact", "value", "operator", "threshold", "expected", "why"), COMPARISONS)
def test_comparison(fact: str, value: Any, operator: str, threshold: Any, expected: Truth, why: str) -> None:
    facts = {} if value is MISSING else firm(**{fact: value})
    assert truth({"fact": fact, operator: threshold}, facts) is expected, why


DERIVED_COMPARISONS = [
    # facts, fact, operator, threshold, expected, missing, why
    ({"total_liabilities": 699_999, "total_assets": 1_000_000}, "debt_ratio", "less_than", 0.7, T, (), "just below"),
    ({"total_liabilities": 700_000, "total_assets": 1_000_000}, "debt_ratio", "less_than", 0.7, F, (), "at the bound"),
    ({"total_liabilities": 700_000, "total_assets": 1_000_000}, "debt_ratio", "at_most", 0.7, T, (), "at the bound"),
    ({"total_liabilities": 700_001, "total_assets": 1_000_000}, "debt_ratio", "at_most", 0.7, F, (), "just above"),
    ({"total_liabilities": 0, "total_assets": 1}, "debt_ratio", "at_most", 0, T, (), "no debt"),
    ({"total_assets": 1_000_000}, "debt_ratio", "at_most", 0.7, U, ("total_liabilities",), "debt not told"),
    ({"total_liabilities": 0}, "debt_ratio", "at_most", 0.7, U, ("total_assets",), "assets not told"),
    ({}, "debt_ratio", "at_most", 0.7, U, ("total_liabilities", "total_assets"), "neither told"),
    ({"new_hires_12m": 2, "employees": 20}, "new_hire_share", "at_least", 0.1, T, (), "a tenth exactly"),
    ({"new_hires_12m": 2, "employees": 21}, "new_hire_share", "at_least", 0.1, F, (), "just under a tenth"),
    ({"new_hires_12m": 2, "employees": 19}, "new_hire_share", "at_least", 0.1, T, (), "just over a tenth"),
    ({"new_hires_12m": 0, "employees": 20}, "new_hire_share", "at_least", 0.1, F, (), "nobody hired"),
    ({"employees": 20}, "new_hire_share", "at_least", 0.1, U, ("new_hires_12m",), "hires not told"),
    ({"rd_spend": 30_000, "annual_revenue": 1_000_000}, "rd_ratio", "at_least", 0.03, T, (), "at the bound"),
    ({"rd_spend": 29_999, "annual_revenue": 1_000_000}, "rd_ratio", "at_least", 0.03, F, (), "just below"),
    ({"rd_spend": 30_000}, "rd_ratio", "at_least", 0.03, U, ("annual_revenue",), "revenue not told"),
    ({"loan_matures_in_days": 89}, "months_to_maturity", "at_most", 2, T, (), "not yet three months of thirty days"),
    ({"loan_matures_in_days": 90}, "months_to_maturity", "at_most", 2, F, (), "three months"),
    ({"loan_matures_in_days": 0}, "months_to_maturity", "between", [0, 1], T, (), "due today"),
    ({}, "months_to_maturity", "at_most", 2, U, ("loan_matures_in_days",), "the due date not told"),
    ({"age_months": 24}, "founded", "from", "2024-10-22", T, (), "every day of the month that is two years back"),
    ({"age_months": 24}, "founded", "from", "2024-10-23", U, (), "the first of those days is too early, and nobody told the day"),
    ({"age_months": 24}, "founded", "from", "2024-11-21", U, (), "only the last of those days will do"),
    ({"age_months": 24}, "founded", "from", "2024-11-22", F, (), "none of those days will do"),
    ({"age_months": 24}, "founded", "until", "2024-10-21", F, (), "a day too late, whichever it was"),
    ({"age_months": 24}, "founded", "until", "2024-10-22", U, (), "at the first of those days"),
    ({"age_months": 24}, "founded", "until", "2024-11-21", T, (), "at the last of those days"),
    ({"age_months": 24}, "founded", "between", ["2024-01-01", "2024-12-31"], T, (), "within the year"),
    ({"age_months": 24}, "founded", "between", ["2024-11-01", "2024-11-10"], U, (), "inside the days that may be"),
    ({"age_months": 24}, "founded", "between", ["2025-01-01", "2025-12-31"], F, (), "the year after"),
    ({"age_months": 0}, "founded", "from", "2026-11-22", F, (), "nobody is founded tomorrow"),
    ({"age_months": 0}, "founded", "until", "2026-11-21", T, (), "today at the latest"),
    ({"age_months": 999_999}, "founded", "until", "1949-01-01", T, (), "before any calendar"),
    ({}, "founded", "from", "2024-01-01", U, ("age_months",), "the age not told"),
    ({"loan_matures_in_days": 40}, "loan_due", "until", "2026-12-30", F, (), "a day late"),
    ({"loan_matures_in_days": 40}, "loan_due", "until", "2026-12-31", T, (), "due on the last day"),
    ({"loan_matures_in_days": 40}, "loan_due", "from", "2026-12-31", T, (), "due on the first day"),
    ({"loan_matures_in_days": 40}, "loan_due", "from", "2027-01-01", F, (), "a day early"),
    ({}, "loan_due", "from", "2027-01-01", U, ("loan_matures_in_days",), "the due date not told"),
    ({}, "today", "from", "2026-11-21", T, (), "from today on"),
    ({}, "today", "from", "2026-11-22", F, (), "from tomorrow on"),
    ({}, "today", "until", "2026-11-21", T, (), "the last day"),
    ({}, "today", "until", "2026-11-20", F, (), "the day after the last"),
    ({}, "today", "between", ["2026-11-21", "2026-11-21"], T, (), "one day only"),
    ({"industry": "retail", "employees": 9}, "size_class", "is", "micro", T, (), "one low figure settles micro"),
    ({"industry": "retail", "employees": 10}, "size_class", "is", "micro", U, ("annual_revenue",), "micro or small"),
    ({"industry": "retail", "employees": 10}, "size_class", "in", ["micro", "small"], T, (), "either way it fits"),
    ({"industry": "retail", "employees": 10}, "size_class", "is", "large", F, (), "either way it does not fit"),
    ({"industry": "retail", "employees": 10}, "size_class", "not_in", ["large"], T, (), "never large"),
    ({"industry": "retail", "employees": 10, "annual_revenue": 999_999}, "size_class", "is", "micro", T, (), "revenue just short"),
    ({"industry": "retail", "employees": 10, "annual_revenue": 1_000_000}, "size_class", "is", "small", T, (), "both at the bound"),
    ({}, "size_class", "is_not", "large", U, ("industry", "employees", "annual_revenue"), "nothing told"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "fact", "operator", "threshold", "expected", "missing", "why"), DERIVED_COMPARISONS)
def test_comparison_of_a_worked_out_fact(
    facts: dict[str, Any], fact: str, operator: str, threshold: Any, expected: Truth, missing: tuple[str, ...], why: str
) -> None:
    outcome = try_on(read_condition({"fact": fact, operator: threshold}), firm(**facts), DAY)
    assert (outcome.truth, outcome.missing) == (expected, missing), why


def test_a_ratio_to_nothing_is_unknown() -> None:
    facts = firm(total_liabilities=100, total_assets=0)
    assert truth({"fact": "debt_ratio", "at_most": 0.7}, facts) is U
    assert truth({"fact": "debt_ratio", "more_than": 0.7}, facts) is U


WITHOUT_XIAMEN = {"all": [{"fact": "region", "within": FUJIAN}, {"not": {"fact": "region", "within": XIAMEN}}]}


@pytest.mark.parametrize(
    ("region", "expected", "why"),
    [
        (FUZHOU, T, "another city of the province"),
        (GULOU, T, "a district of another city"),
        (XIAMEN, F, "the city left out"),
        ("350203", F, "a district of the city left out"),
        (GUANGDONG, F, "another province"),
        (FUJIAN, U, "the province is known, but it may be the city left out"),
        (None, U, "not told"),
    ],
)
def test_fujian_without_xiamen(region: str | None, expected: Truth, why: str) -> None:
    assert truth(WITHOUT_XIAMEN, firm(region=region) if region else {}) is expected, why


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (T, T, T, T), (T, F, F, T), (T, U, U, T),
        (F, T, F, T), (F, F, F, F), (F, U, F, U),
        (U, T, U, T), (U, F, F, U), (U, U, U, U),
    ],
)  # fmt: skip
def test_all_and_any(left: Truth, right: Truth, both: Truth, either: Truth) -> None:
    assert try_on(All((OF[left], OF[right])), FACTS, DAY).truth is both
    assert try_on(AnyOf((OF[left], OF[right])), FACTS, DAY).truth is either


@pytest.mark.parametrize(("inner", "expected"), [(T, F), (F, T), (U, U)])
def test_not(inner: Truth, expected: Truth) -> None:
    assert try_on(Not(OF[inner]), FACTS, DAY).truth is expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"check": {"zh": "查征信", "en": "credit file"}}, U),
        ({"not": {"check": {"zh": "查征信", "en": "credit file"}}}, U),
        ({"all": [{"check": {"zh": "查", "en": "look"}}, {"fact": "blacklisted", "is": True}]}, U),
        ({"all": [{"check": {"zh": "查", "en": "look"}}, {"fact": "blacklisted", "is": False}]}, F),
        ({"any": [{"check": {"zh": "查", "en": "look"}}, {"fact": "blacklisted", "is": True}]}, T),
        ({"any": [{"check": {"zh": "查", "en": "look"}}, {"fact": "blacklisted", "is": False}]}, U),
    ],
)
def test_a_check_stays_open_until_a_person_makes_it(condition: dict[str, Any], expected: Truth) -> None:
    assert truth(condition, FACTS) is expected


def test_a_check_asks_for_no_fact() -> None:
    outcome = try_on(Check(Text("查征信", "credit file")), {}, DAY)
    assert outcome.missing == ()
    assert [finding.leaf for finding in outcome.findings] == [Check(Text("查征信", "credit file"))]


def test_every_comparison_is_tried_above() -> None:
    """A new operator or fact type without rows in the tables is a gap in this file."""
    tried = {(row[2], spec_of(row[0]).type) for row in COMPARISONS}
    assert {operator for operator, _ in tried} | {row[2] for row in DERIVED_COMPARISONS} == set(OPERATORS)
    dated = {row[2] for row in DERIVED_COMPARISONS if DERIVED[row[1]] is FactType.DATE}
    assert dated == {name for name, operator in OPERATORS.items() if FactType.DATE in operator.types}
    assert {kind for _, kind in tried} == {spec.type for spec in vocabulary().values()}
    assert {row[1] for row in DERIVED_COMPARISONS} == set(DERIVED)
