"""The next question: never what is known, passed or not asked, and the one that settles most."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.question import Question, next_question
from knowledge.eligibility import Judgement, judge
from knowledge.entries import Entry
from knowledge.firm import FactValue, spec_of, vocabulary
from knowledge.pack import load_pack

DAY = date(2026, 11, 21)
#: What the score and the limit need in any case; with these told, the rules alone decide.
BASICS: Mapping[str, Any] = {
    "amount_sought": 500_000,
    "industry": "catering",
    "region": "350100",
    "age_months": 36,
    "annual_revenue": 2_000_000,
    "employees": 8,
    "purpose": "working_capital",
}


def typed(**raw: Any) -> dict[str, FactValue]:
    return {name: spec_of(name).parse(value) for name, value in raw.items()}


def entry(name: str, kind: str, when: Any) -> Entry:
    return Entry.model_validate(
        {
            "id": name,
            "kind": kind,
            "status": "in_force",
            "confidence": "high",
            "name": {"zh": name, "en": name},
            "summary": {"zh": name, "en": name},
            "provider": {"id": "bank", "name": {"zh": "银行", "en": "Bank"}},
            "source": {"issuer": {"zh": "银行", "en": "Bank"}},
            "checked": DAY,
            "when": when,
        }
    )


GRADE, TAX = {"fact": "tax_grade", "in": ["A", "B"]}, {"fact": "tax_arrears", "is": False}
HOUSE, TITLE = {"fact": "collateral", "includes": ["real_estate"]}, {"fact": "high_tech", "is": True}
SMALL = [
    entry("prd-tax", "product", {"all": [GRADE, TAX]}),
    entry("prd-grade", "product", GRADE),
    entry("prd-house", "product", HOUSE),
    entry("tax-title", "tax", TITLE),
    entry("tax-open", "tax", None),
]


def judged(entries: list[Entry], **known: Any) -> list[Judgement]:
    return [judge(item, typed(**known), DAY) for item in entries]


def ask(entries: list[Entry], passed: tuple[str, ...] = (), **known: Any) -> Question | None:
    return next_question(judged(entries, **known), typed(**known), passed)


def test_the_fact_that_settles_most_is_asked_first() -> None:
    # Open: prd-tax (grade, arrears), prd-grade (grade), prd-house (collateral), tax-title (title). The grade bears on two.
    assert ask(SMALL, **BASICS) == Question("tax_grade", 2, 4)


@pytest.mark.parametrize(
    ("known", "expected", "why"),
    [
        ({"tax_grade": "A"}, Question("collateral", 1, 3), "prd-grade fits; security is easier to tell than arrears"),
        ({"tax_grade": "C"}, Question("collateral", 1, 2), "both tax loans are out, so arrears no longer matter"),
        ({"tax_grade": "A", "collateral": ["none"]}, Question("tax_arrears", 1, 2), "a loan weighs more than a tax relief"),
        ({"tax_grade": "C", "collateral": ["none"]}, Question("high_tech", 1, 1), "one entry left"),
        ({"tax_grade": "C", "collateral": ["none"], "high_tech": False}, None, "nothing left open"),
        ({"tax_grade": "A", "tax_arrears": False, "collateral": ["none"], "high_tech": True}, None, "all settled"),
    ],
)
def test_each_answer_changes_what_is_open(known: dict[str, Any], expected: Question | None, why: str) -> None:
    assert ask(SMALL, **BASICS, **known) == expected, why


def test_what_the_owner_passed_is_not_asked_again() -> None:
    first = ask(SMALL, **BASICS)
    assert first is not None
    asked = []
    while question := ask(SMALL, tuple(asked), **BASICS):
        assert question.fact not in asked
        asked.append(question.fact)
    assert asked[0] == first.fact
    assert set(asked) == {"tax_grade", "collateral", "tax_arrears", "high_tech"}


def test_with_nothing_known_the_basics_come_first() -> None:
    question = ask(SMALL)
    assert question == Question("amount_sought", 0, 4)


def test_the_basics_are_asked_even_when_no_entry_is_open() -> None:
    asked: list[str] = []
    while question := ask([], tuple(asked)):
        assert (question.settles, question.of) == (0, 0)
        asked.append(question.fact)
    assert set(asked) == set(BASICS)


def test_nothing_open_and_the_basics_known_means_no_question() -> None:
    assert ask([], **BASICS) is None
    assert ask([entry("tax-open", "tax", None)], **BASICS) is None


def test_a_fact_without_a_question_is_not_asked() -> None:
    assert spec_of("equity").ask is None
    assert ask([entry("prd-equity", "product", {"fact": "equity", "more_than": 0})], **BASICS) is None


def test_a_fact_without_a_question_gives_way_to_one_that_has() -> None:
    both = {"all": [{"fact": "equity", "more_than": 0}, TITLE]}
    assert ask([entry("prd-equity", "product", both)], **BASICS) == Question("high_tech", 1, 1)


def test_what_only_a_person_can_check_is_not_asked() -> None:
    assert ask([entry("prd-check", "product", {"check": {"zh": "征信", "en": "credit file"}})], **BASICS) is None


def test_the_size_of_a_firm_is_asked_by_its_figures() -> None:
    micro = entry("prd-micro", "product", {"fact": "size_class", "is": "micro"})
    known = {name: value for name, value in BASICS.items() if name not in ("annual_revenue", "employees")}
    question = ask([micro], **known, employees=10)
    assert question == Question("annual_revenue", 1, 1)
    assert ask([micro], ("annual_revenue",), **known, employees=9) is None


@given(st.permutations(SMALL))
def test_the_order_of_entries_does_not_matter(entries: list[Entry]) -> None:
    assert ask(entries, **BASICS) == ask(SMALL, **BASICS)
    assert ask(entries) == ask(SMALL)


ANSWERS: Mapping[str, st.SearchStrategy[Any]] = {
    **{name: st.just(value) for name, value in BASICS.items()},
    "tax_grade": st.sampled_from(["A", "C", "M"]),
    "legal_form": st.sampled_from(["company", "sole_trader"]),
    "collateral": st.sampled_from([["none"], ["real_estate"]]),
    "overdue_12m": st.integers(0, 7),
    "blacklisted": st.booleans(),
    "total_liabilities": st.just(100_000),
    "total_assets": st.sampled_from([0, 1_000_000]),
}
PACK = list(load_pack())


@given(st.fixed_dictionaries({}, optional=dict(ANSWERS)), st.sets(st.sampled_from(sorted(vocabulary())), max_size=12))
def test_whatever_is_known_or_passed_is_not_asked(known: dict[str, Any], passed: set[str]) -> None:
    question = ask(PACK, tuple(sorted(passed)), **known)
    if question is None:
        return
    assert question.fact not in known
    assert question.fact not in passed
    assert spec_of(question.fact).ask is not None
    judgements = judged(PACK, **known)
    assert question.settles == sum(question.fact in judgement.missing for judgement in judgements if judgement.status == "unknown")
    assert 0 <= question.settles <= question.of


def test_answering_every_question_comes_to_an_end() -> None:
    """An owner who passes on everything is asked each thing once."""
    asked: list[str] = []
    judgements = judged(PACK)
    while question := next_question(judgements, {}, asked):
        asked.append(question.fact)
        assert len(asked) <= len(vocabulary())
    assert set(BASICS) <= set(asked)
