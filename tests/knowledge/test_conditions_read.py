"""Conditions: what is found, kept and missing, and strict reading."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from knowledge.conditions import All, AnyOf, Check, Condition, Leaf, Not, leaves, try_on
from knowledge.firm import Text
from knowledge.reading import ConditionError, read_condition
from tests.knowledge.truths import DAY, FACTS, OF, F, T, U, firm


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
