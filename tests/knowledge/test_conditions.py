"""Conditions: each comparison at and around its threshold, Kleene's logic, what is kept and missing, strict reading."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.conditions import OPERATORS, All, AnyOf, Check, Condition, Leaf, Not, Outcome, Truth, leaves, try_on
from knowledge.derived import DERIVED
from knowledge.firm import FactType, FactValue, Text, spec_of, vocabulary
from knowledge.reading import ConditionError, read_condition

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
#: A day in the middle of a month, on which firms are tried.
DAY = date(2026, 11, 21)
#: Stands for a fact that the firm has not told.
MISSING = object()
XIAMEN, FUZHOU, GULOU, FUJIAN, GUANGDONG, CHINA = "350200", "350100", "350102", "350000", "440000", "100000"


def firm(**raw: Any) -> dict[str, FactValue]:
    return {name: spec_of(name).parse(value) for name, value in raw.items()}


def truth(raw: Mapping[str, Any], facts: Mapping[str, FactValue]) -> Truth:
    return try_on(read_condition(raw), facts, DAY).truth


# -- one comparison ----------------------------------------------------------------------------------------------------------

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


# -- Kleene ------------------------------------------------------------------------------------------------------------------

FACTS = firm(blacklisted=True, tax_arrears=False)
OF: Mapping[Truth, Condition] = {
    T: Leaf("blacklisted", "is", True),
    F: Leaf("tax_arrears", "is", True),
    U: Leaf("guarantor", "is", True),
}


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


# -- findings ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "kept"),
    [
        (All((OF[T], OF[F], OF[U])), [OF[F]]),
        (All((OF[T], OF[U])), [OF[U]]),
        (All((OF[T], OF[T])), [OF[T], OF[T]]),
        (AnyOf((OF[T], OF[F], OF[U])), [OF[T]]),
        (AnyOf((OF[F], OF[U])), [OF[U]]),
        (AnyOf((OF[F], OF[F])), [OF[F], OF[F]]),
        (All((OF[T], AnyOf((OF[F], OF[U])), Not(OF[U]))), [OF[U], OF[U]]),
        (Not(All((OF[T], OF[F]))), [OF[F]]),
    ],
)
def test_only_the_findings_that_decided_are_kept(condition: Condition, kept: list[Condition]) -> None:
    outcome = try_on(condition, FACTS, DAY)
    assert [finding.leaf for finding in outcome.findings] == kept
    assert {finding.truth for finding in outcome.findings} == {outcome.truth}


def test_a_negated_finding_says_so() -> None:
    (finding,) = try_on(Not(OF[T]), FACTS, DAY).findings
    assert (finding.truth, finding.negated, finding.known.value) == (F, True, True)


def test_missing_names_each_fact_once_in_the_order_met() -> None:
    condition = read_condition(
        {
            "all": [
                {"fact": "tax_grade", "is": "A"},
                {"any": [{"fact": "patents", "at_least": 1}, {"fact": "tax_grade", "is": "B"}]},
                {"fact": "legal_form", "is": "company"},
                {"fact": "debt_ratio", "at_most": 0.7},
            ]
        }
    )
    facts = firm(legal_form="company", total_assets=100)
    assert try_on(condition, facts, DAY).missing == ("tax_grade", "patents", "total_liabilities")


def test_a_settled_outcome_misses_nothing() -> None:
    assert try_on(All((OF[F], OF[U])), FACTS, DAY).missing == ()
    assert try_on(AnyOf((OF[T], OF[U])), FACTS, DAY).missing == ()


def test_leaves_reach_every_depth() -> None:
    condition = All((OF[T], Not(AnyOf((OF[F], Check(Text("查", "look")), Not(OF[U]))))))
    assert list(leaves(condition)) == [OF[T], OF[F], OF[U]]


# -- reading -----------------------------------------------------------------------------------------------------------------


def test_reading_keeps_the_clause_and_the_exact_figures() -> None:
    raw = {"fact": "max_rate", "at_most": 0.0435, "clause": {"zh": "第三条", "en": "article 3"}}
    assert read_condition(raw) == Leaf("max_rate", "at_most", Decimal("0.0435"), Text("第三条", "article 3"))
    assert read_condition({"fact": "founded", "from": date(2026, 3, 1)}) == read_condition({"fact": "founded", "from": "2026-03-01"})
    assert read_condition({"fact": "debt_ratio", "between": [0.1, 0.7]}) == Leaf("debt_ratio", "between", (Decimal("0.1"), Decimal("0.7")))


REFUSED = [
    # condition, words the message must hold: the place first, then what is allowed
    ("employees", ["when:", "`fact`", "`all`", "`any`", "`not`"]),
    (None, ["when:", "mapping"]),
    ({}, ["when:", "nothing"]),
    ({"every": []}, ["when:", "every", "`all`", "`check`"]),
    ({"all": [], "any": []}, ["when:", "exactly one"]),
    ({"all": []}, ["when.all:", "not empty"]),
    ({"any": {"fact": "patents", "at_least": 1}}, ["when.any:", "list"]),
    ({"not": []}, ["when.not:", "mapping"]),
    ({"all": [{"fact": "patents", "at_least": 1}, {"any": [{"fact": "wealth", "is": 1}]}]}, ["when.all[1].any[0].fact:", "wealth"]),
    ({"fact": ["patents"], "at_least": 1}, ["when.fact:", "patents"]),
    ({"fact": {"name": "patents"}, "at_least": 1}, ["when.fact:", "patents"]),
    ({"fact": None, "at_least": 1}, ["when.fact:", "None"]),
    ({"fact": "patents"}, ["when:", "exactly one", "at_least", "none"]),
    ({"fact": "patents", "at_least": 1, "at_most": 2}, ["when:", "exactly one", "at_least, at_most"]),
    ({"fact": "patents", "at_laest": 1}, ["when:", "at_least", "at_laest"]),
    ({"fact": "patents", "at_least": 1, "note": "x"}, ["when:", "note"]),
    ({"fact": "legal_form", "at_least": "company"}, ["when:", "legal_form takes exactly one of in, is, is_not, not_in"]),
    ({"fact": "blacklisted", "more_than": 0}, ["when:", "is_not"]),
    ({"fact": "collateral", "is": "real_estate"}, ["when:", "collateral takes exactly one of includes"]),
    ({"fact": "region", "is": "350100"}, ["when:", "region takes exactly one of within"]),
    ({"fact": "size_class", "at_most": "small"}, ["when:", "size_class takes exactly one of"]),
    ({"fact": "employees", "within": "350100"}, ["when:", "employees takes exactly one of"]),
    ({"fact": "tax_grade", "is": "E"}, ["when.is:", "A, B, M, C, D", "'E'"]),
    ({"fact": "tax_grade", "in": ["A", "E"]}, ["when.in:", "A, B, M, C, D", "'E'"]),
    ({"fact": "tax_grade", "in": []}, ["when.in:", "not empty"]),
    ({"fact": "tax_grade", "in": "A"}, ["when.in:", "list"]),
    ({"fact": "tax_grade", "is": ["A"]}, ["when.is:", "A, B, M, C, D"]),
    ({"fact": "collateral", "includes": []}, ["when.includes:", "not empty"]),
    ({"fact": "collateral", "includes": ["house"]}, ["when.includes:", "real_estate", "house"]),
    ({"fact": "size_class", "is": "tiny"}, ["when.is:", "micro, small, medium, large", "tiny"]),
    ({"fact": "size_class", "in": ["micro", ["small"]]}, ["when.in:", "micro, small, medium, large"]),
    ({"fact": "blacklisted", "is": "no"}, ["when.is:", "true or false"]),
    ({"fact": "blacklisted", "is": 0}, ["when.is:", "true or false"]),
    ({"fact": "annual_revenue", "at_least": "50万"}, ["when.at_least:", "amount in yuan", "50万"]),
    ({"fact": "annual_revenue", "at_least": None}, ["when.at_least:", "amount in yuan"]),
    ({"fact": "annual_revenue", "at_least": True}, ["when.at_least:", "amount in yuan"]),
    ({"fact": "annual_revenue", "at_least": float("nan")}, ["when.at_least:", "amount in yuan"]),
    ({"fact": "debt_ratio", "at_most": "70%"}, ["when.at_most:", "fraction", "70%"]),
    ({"fact": "debt_ratio", "at_most": True}, ["when.at_most:", "fraction"]),
    ({"fact": "months_to_maturity", "at_most": 1.5}, ["when.at_most:", "whole months", "1.5"]),
    ({"fact": "months_to_maturity", "at_most": True}, ["when.at_most:", "whole months"]),
    ({"fact": "debt_ratio", "at_most": float("nan")}, ["when.at_most:", "fraction"]),
    ({"fact": "debt_ratio", "at_most": float("inf")}, ["when.at_most:", "fraction"]),
    ({"fact": "age_months", "at_least": 24.5}, ["when.at_least:", "whole number of months"]),
    ({"fact": "age_months", "at_least": -1}, ["when.at_least:", "0 or more"]),
    ({"fact": "region", "within": "35"}, ["when.within:", "six-digit"]),
    ({"fact": "region", "within": 350100}, ["when.within:", "six-digit"]),
    ({"fact": "age_months", "between": [24]}, ["when.between:", "two values"]),
    ({"fact": "age_months", "between": [12, 24, 36]}, ["when.between:", "two values"]),
    ({"fact": "age_months", "between": 24}, ["when.between:", "two values"]),
    ({"fact": "age_months", "between": [36, 24]}, ["when.between:", "first value is above the second"]),
    ({"fact": "debt_ratio", "between": [0.7, 0.1]}, ["when.between:", "first value is above the second"]),
    ({"fact": "founded", "from": "2026-13-01"}, ["when.from:", "a date such as 2026-03-01", "2026-13-01"]),
    ({"fact": "founded", "from": 2026}, ["when.from:", "a date such as 2026-03-01", "2026"]),
    ({"fact": "founded", "from": date(206, 3, 1)}, ["when.from:", "1949 to 2099"]),
    ({"fact": "founded", "at_least": 24}, ["when:", "founded takes exactly one of between, from, until"]),
    ({"fact": "today", "is": "2026-03-01"}, ["when:", "today takes exactly one of between, from, until"]),
    ({"fact": "loan_due", "between": [date(2026, 3, 1), "2026-02-28"]}, ["when.between:", "first value is above the second"]),
    ({"fact": "age_months", "from": "2026-03-01"}, ["when:", "age_months takes exactly one of"]),
    ({"fact": "patents", "at_least": 1, "clause": "article 3"}, ["when.clause:", "`zh`", "`en`"]),
    ({"fact": "patents", "at_least": 1, "clause": {"zh": "第三条"}}, ["when.clause:", "`en`"]),
    ({"check": "ask the bank"}, ["when.check:", "`zh`", "`en`"]),
    ({"check": {"zh": "问", "en": "ask", "fr": "demander"}}, ["when.check:"]),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "words"), REFUSED, ids=[str(raw) for raw, _ in REFUSED])
def test_a_refusal_names_the_place_and_what_is_allowed(raw: Any, words: list[str]) -> None:
    with pytest.raises(ConditionError) as error:
        read_condition(raw)
    assert str(error.value).startswith(words[0])
    assert all(word in str(error.value) for word in words), str(error.value)


def test_every_comparison_is_tried_above() -> None:
    """A new operator or fact type without rows in the tables is a gap in this file."""
    tried = {(row[2], spec_of(row[0]).type) for row in COMPARISONS}
    assert {operator for operator, _ in tried} | {row[2] for row in DERIVED_COMPARISONS} == set(OPERATORS)
    dated = {row[2] for row in DERIVED_COMPARISONS if DERIVED[row[1]] is FactType.DATE}
    assert dated == {name for name, operator in OPERATORS.items() if FactType.DATE in operator.types}
    assert {kind for _, kind in tried} == {spec.type for spec in vocabulary().values()}
    assert {row[1] for row in DERIVED_COMPARISONS} == set(DERIVED)


# -- what must hold for any condition and any firm -----------------------------------------------------------------------------

#: Few values, close to each other, so that bounds are met exactly.
VALUES: Mapping[str, st.SearchStrategy[Any]] = {
    "annual_revenue": st.sampled_from([0, 500_000, 999_999, 1_000_000, 5_000_000, 20_000_000, 400_000_000]),
    "employees": st.sampled_from([0, 5, 9, 10, 20, 100, 300, 1000]),
    "new_hires_12m": st.sampled_from([0, 1, 2, 10]),
    "total_assets": st.sampled_from([0, 1_000_000, 3_000_000, 50_000_000, 1_200_000_000]),
    "total_liabilities": st.sampled_from([0, 500_000, 700_000, 1_000_000]),
    "age_months": st.sampled_from([0, 11, 12, 24]),
    "owner_share": st.sampled_from([0, 0.25, 0.5, 1]),
    "blacklisted": st.booleans(),
    "rd_spend": st.sampled_from([0, 100, 1_000_000]),
    "loan_matures_in_days": st.sampled_from([0, 29, 30, 365]),
    "legal_form": st.sampled_from(["company", "sole_trader", "partnership"]),
    "industry": st.sampled_from(["retail", "industry", "agriculture", "construction", "real_estate", "other"]),
    "collateral": st.lists(st.sampled_from(["none", "real_estate", "vehicle", "deposit"]), min_size=1, max_size=3),
    "region": st.sampled_from([CHINA, FUJIAN, FUZHOU, GULOU, XIAMEN, GUANGDONG]),
}
SIZES = st.sampled_from(["micro", "small", "medium", "large"])
RATIOS = st.sampled_from([0, 0.05, 0.1, 0.5, 0.7, 1])
#: Around the days that the ages and due dates above mean on that day.
DAYS = st.sampled_from(
    [date(2024, 10, 22), date(2024, 11, 5), date(2024, 11, 21), date(2025, 12, 1), DAY, date(2026, 12, 21), date(2027, 11, 21)]
)
INPUTS = {
    "size_class": {"industry", "employees", "annual_revenue", "total_assets"},
    "debt_ratio": {"total_liabilities", "total_assets"},
    "new_hire_share": {"new_hires_12m", "employees"},
    "rd_ratio": {"rd_spend", "annual_revenue"},
    "months_to_maturity": {"loan_matures_in_days"},
    "loan_due": {"loan_matures_in_days"},
    "founded": {"age_months"},
    "today": set[str](),
}


def _with_one(fact: str, operators: list[str], values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(lambda operator, value: {"fact": fact, operator: value}, st.sampled_from(operators), values)


def _with_list(fact: str, operators: list[str], values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return _with_one(fact, operators, st.lists(values, min_size=1, max_size=3))


def _number(fact: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    pair = st.lists(values, min_size=2, max_size=2).map(sorted)
    plain = _with_one(fact, ["at_least", "at_most", "more_than", "less_than", "is", "is_not"], values)
    return plain | _with_one(fact, ["between"], pair) | _with_list(fact, ["in", "not_in"], values)


def _dated(fact: str) -> st.SearchStrategy[dict[str, Any]]:
    pair = st.lists(DAYS, min_size=2, max_size=2).map(sorted)
    return _with_one(fact, ["from", "until"], DAYS) | _with_one(fact, ["between"], pair)


def _choice(fact: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return _with_one(fact, ["is", "is_not"], values) | _with_list(fact, ["in", "not_in"], values)


SINGLE = st.one_of(
    *(_number(name, VALUES[name]) for name in ("annual_revenue", "employees", "age_months", "owner_share")),
    *(_number(name, RATIOS) for name in ("debt_ratio", "new_hire_share", "rd_ratio")),
    _number("months_to_maturity", st.integers(0, 13)),
    *(_choice(name, VALUES[name]) for name in ("blacklisted", "legal_form", "industry")),
    *(_dated(name) for name in ("founded", "loan_due", "today")),
    _choice("size_class", SIZES),
    _with_one("collateral", ["includes"], VALUES["collateral"]),
    _with_one("region", ["within"], VALUES["region"]),
)
#: What a firm that has told everything can settle: an age in months says no day.
SETTLED = SINGLE.filter(lambda raw: raw["fact"] != "founded")
CHECK = st.just({"check": {"zh": "人工核对", "en": "checked by a person"}})


def _compound(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    parts = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(parts.map(lambda p: {"all": p}), parts.map(lambda p: {"any": p}), inner.map(lambda p: {"not": p}))


def conditions(leaf: st.SearchStrategy[Any] = SINGLE | CHECK) -> st.SearchStrategy[Condition]:
    return st.recursive(leaf, _compound, max_leaves=8).map(read_condition)


FIRMS = st.fixed_dictionaries({}, optional=dict(VALUES)).map(lambda raw: firm(**raw))
WHOLE_FIRMS = st.fixed_dictionaries(dict(VALUES)).map(lambda raw: firm(**raw))


@given(conditions(), FIRMS, st.data())
def test_learning_more_never_overturns_an_answer(condition: Condition, facts: dict[str, FactValue], data: st.DataObject) -> None:
    known = data.draw(st.sets(st.sampled_from(sorted(facts)))) if facts else set()
    before = try_on(condition, {name: facts[name] for name in known}, DAY).truth
    after = try_on(condition, facts, DAY).truth
    assert before is U or after is before


@given(conditions(), FIRMS)
def test_a_more_exact_place_never_overturns_an_answer(condition: Condition, facts: dict[str, FactValue]) -> None:
    coarse = try_on(condition, {**facts, "region": FUJIAN}, DAY).truth
    for exact in (FUZHOU, GULOU, XIAMEN):
        assert coarse is U or try_on(condition, {**facts, "region": exact}, DAY).truth is coarse


@given(conditions(SETTLED), WHOLE_FIRMS)
def test_a_firm_that_told_all_leaves_nothing_open(condition: Condition, facts: dict[str, FactValue]) -> None:
    """But for a place that is too coarse, a ratio to nothing, and the day within the month of its founding."""
    exact = {**facts, "region": GULOU, "total_assets": Decimal(1_000_000), "employees": 10, "annual_revenue": Decimal(1_000_000)}
    outcome = try_on(condition, exact, DAY)
    assert outcome.truth is not U
    assert outcome.missing == ()


@given(conditions(), FIRMS)
def test_not_not_is_the_same(condition: Condition, facts: dict[str, FactValue]) -> None:
    assert try_on(Not(Not(condition)), facts, DAY) == try_on(condition, facts, DAY)


@given(st.lists(conditions(), min_size=1, max_size=3), FIRMS)
def test_de_morgan(parts: list[Condition], facts: dict[str, FactValue]) -> None:
    negated = tuple(Not(part) for part in parts)
    assert try_on(Not(All(tuple(parts))), facts, DAY) == try_on(AnyOf(negated), facts, DAY)
    assert try_on(Not(AnyOf(tuple(parts))), facts, DAY) == try_on(All(negated), facts, DAY)


def _summary(outcome: Outcome) -> tuple[Truth, frozenset[str]]:
    return outcome.truth, frozenset(outcome.missing)


@given(st.lists(conditions(), min_size=2, max_size=4), FIRMS, st.randoms(use_true_random=False))
def test_the_order_of_parts_does_not_matter(parts: list[Condition], facts: dict[str, FactValue], random: Any) -> None:
    shuffled = random.sample(parts, len(parts))
    for combine in (All, AnyOf):
        assert _summary(try_on(combine(tuple(parts)), facts, DAY)) == _summary(try_on(combine(tuple(shuffled)), facts, DAY))


@given(conditions(), FIRMS)
def test_the_findings_kept_are_enough_for_the_answer(condition: Condition, facts: dict[str, FactValue]) -> None:
    """A settled answer follows from the facts its findings name and nothing else."""
    outcome = try_on(condition, facts, DAY)
    if outcome.truth is U:
        return
    named = {finding.leaf.fact for finding in outcome.findings if isinstance(finding.leaf, Leaf)}
    inputs = set().union(*(INPUTS.get(name, {name}) for name in named))
    assert try_on(condition, {name: value for name, value in facts.items() if name in inputs}, DAY).truth is outcome.truth


def test_the_tables_of_three_agree_with_two_and_two() -> None:
    """`all` and `any` of three parts are the same as two of two."""
    for a, b, c in product((T, F, U), repeat=3):
        assert try_on(All((OF[a], OF[b], OF[c])), FACTS, DAY).truth is try_on(All((OF[a], All((OF[b], OF[c])))), FACTS, DAY).truth
        assert try_on(AnyOf((OF[a], OF[b], OF[c])), FACTS, DAY).truth is try_on(AnyOf((OF[a], AnyOf((OF[b], OF[c])))), FACTS, DAY).truth
