"""The next question: never what is known, passed or not asked, and the one that settles most."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.information import Ignorance, Settled, bearing, focused
from bot.matching.question import Question, next_question, open_questions
from knowledge.eligibility import Judgement, Status, judge
from knowledge.entries import Entry
from knowledge.firm import FactValue, spec_of, to_json, vocabulary
from knowledge.plausible import plausible, table
from tests.made_entries import made_entry
from tests.shipped import shipped

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
    return made_entry(name, kind, name, name, when=when)


GRADE, TAX = {"fact": "tax_grade", "in": ["A", "B"]}, {"fact": "tax_arrears", "is": False}
GUARANTOR = {"fact": "guarantor", "is": True}
CHECK = {"check": {"zh": "征信", "en": "credit file"}}
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
    return next_question(judged(entries, **known), typed(**known), DAY, passed)


def test_the_fact_that_settles_most_is_asked_first() -> None:
    # Open: prd-tax (grade, arrears), prd-grade (grade), prd-house (collateral), tax-title (title). The grade bears on two, and settles
    # one whatever it is; the other only when it is bad.
    assert ask(SMALL, **BASICS) == Question("tax_grade", 1, 4, bears_on=2, sure=True)


@pytest.mark.parametrize(
    ("known", "expected", "why"),
    [
        ({"tax_grade": "A"}, Question("tax_arrears", 1, 3, 1, sure=True), "few owe tax, so prd-tax is likelier to fit than prd-house"),
        ({"tax_grade": "C"}, Question("collateral", 1, 2, 1, sure=True), "both tax loans are out, so arrears no longer matter"),
        ({"tax_grade": "A", "tax_arrears": False}, Question("collateral", 1, 2, 1, sure=True), "a loan weighs more than a tax relief"),
        ({"tax_grade": "C", "collateral": ["none"]}, Question("high_tech", 1, 1, 1, sure=True), "one entry left"),
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


def test_with_nothing_known_the_basics_come_first_unless_something_settles_more() -> None:
    assert ask([SMALL[3], SMALL[4]], amount_sought=500_000) == Question("high_tech", 1, 1, 1, sure=True)
    asked: list[str] = []
    while question := ask([entry("prd-check", "product", CHECK)], tuple(asked)):
        asked.append(question.fact)
    assert asked == list(BASICS)


def test_what_is_worth_more_is_settled_first() -> None:
    def asked(**worth: int) -> str:
        stakes = {name.replace("_", "-"): Decimal(value) for name, value in worth.items()}
        question = next_question(judged([SMALL[2], SMALL[3]], **BASICS), typed(**BASICS), DAY, (), stakes)
        assert question is not None
        return question.fact

    assert asked(prd_house=20_000, tax_title=1_500) == "collateral"
    assert asked(prd_house=1_500, tax_title=100_000) == "high_tech"


def test_what_is_easy_to_answer_comes_before_what_must_be_looked_up() -> None:
    # Alike but for the ease: security is known by heart, what was invoiced has to be added up.
    both = [entry("prd-a", "product", {"fact": "total_assets", "at_least": 1_000_000}), entry("prd-b", "product", GUARANTOR)]
    question = ask(both, **BASICS)
    assert question is not None
    assert spec_of("guarantor").ease > spec_of("total_assets").ease
    assert question.fact == "guarantor"


@pytest.mark.parametrize(
    ("entries", "known", "expected", "why"),
    [
        ([GUARANTOR] * 3, {}, Question("guarantor", 3, 3, 3, sure=True), "yes or no settles all three"),
        ([{"any": [GUARANTOR, GRADE]}] * 4, {}, Question("guarantor", 2, 4, 4), "a yes settles all four, a no none: two on the average"),
        ([{"not": GUARANTOR}, TITLE], {}, Question("guarantor", 1, 2, 1, sure=True), "not turns it round"),
        ([{"all": [GUARANTOR, CHECK]}], {}, Question("guarantor", 1, 1, 1, sure=True), "a person's check is left"),
    ],
)
def test_how_much_a_question_says_it_settles(entries: list[Any], known: dict[str, Any], expected: Question, why: str) -> None:
    made = [entry(f"prd-{number}", "product", when) for number, when in enumerate(entries)]
    asked = [q for q in open_questions(judged(made, **BASICS), typed(**BASICS, **known), DAY) if q.fact == expected.fact]
    assert asked == [expected], why


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
    assert ask([entry("prd-equity", "product", both)], **BASICS) == Question("high_tech", 1, 1, 1)


def test_what_only_a_person_can_check_is_not_asked() -> None:
    assert ask([entry("prd-check", "product", CHECK)], **BASICS) is None


def test_the_size_of_a_firm_is_asked_by_its_figures() -> None:
    micro = entry("prd-micro", "product", {"fact": "size_class", "is": "micro"})
    known = {name: value for name, value in BASICS.items() if name not in ("annual_revenue", "employees")}
    question = ask([micro], **known, employees=10)
    assert question == Question("annual_revenue", 1, 1, 1, sure=True)
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
PACK = list(shipped())


@given(st.fixed_dictionaries({}, optional=dict(ANSWERS)), st.sets(st.sampled_from(sorted(vocabulary())), max_size=12))
def test_whatever_is_known_or_passed_is_not_asked(known: dict[str, Any], passed: set[str]) -> None:
    question = ask(PACK, tuple(sorted(passed)), **known)
    if question is None:
        return
    assert question.fact not in known
    assert question.fact not in passed
    assert spec_of(question.fact).ask is not None
    judgements = judged(PACK, **known)
    bears_on = sum(question.fact in judgement.missing for judgement in judgements if judgement.status == "unknown")
    assert question.bears_on == bears_on
    assert 0 <= question.settles <= bears_on <= question.of


@given(st.fixed_dictionaries({}, optional=dict(ANSWERS)), st.data())
def test_what_an_answer_settles_is_what_judging_again_finds(known: dict[str, Any], data: st.DataObject) -> None:
    """Trying an answer on the reduced rules gives what trying it on the rules themselves gives."""
    facts = typed(**known)
    ignorance = Ignorance(facts, DAY)
    fact = data.draw(st.sampled_from(sorted(name for name in table() if name not in known)))
    answers = ignorance.answers(fact)
    number = data.draw(st.integers(0, len(answers) - 1))
    value = answers[number][0]
    for item in PACK:
        rule = ignorance.reduce(item)
        before = judge(item, facts, DAY)
        if before.standing != "in_force":
            continue
        assert set(bearing(rule)) == set(before.missing), item.id
        after = judge(item, {**facts, fact: value}, DAY)
        settled = after.status is not Status.UNKNOWN or not after.missing
        for form in (rule, focused(rule, fact) if fact in bearing(rule) else rule):
            assert (ignorance.after(form, fact, value) is not Settled.OPEN) == settled, item.id
        assert (ignorance.outcomes(rule, fact)[number] is not Settled.OPEN) == settled, item.id


@pytest.mark.parametrize("name", [name for name, spec in vocabulary().items() if spec.ask])
def test_everything_that_is_asked_has_likely_answers(name: str) -> None:
    for facts in ({}, typed(annual_revenue=2_000_000, total_assets=900_000, employees=8, existing_loans=100_000, new_hires_12m=2)):
        answers = plausible(name, facts)
        assert answers
        assert 0 < sum(weight for _, weight in answers) <= 1 + 1e-9
        assert all(weight > 0 and spec_of(name).parse(to_json(value)) == value for value, weight in answers)


def test_answering_every_question_comes_to_an_end() -> None:
    """An owner who passes on everything is asked each thing once."""
    asked: list[str] = []
    judgements = judged(PACK)
    while question := next_question(judgements, {}, DAY, asked):
        asked.append(question.fact)
        assert len(asked) <= len(vocabulary())
    assert set(BASICS) <= set(asked)


@pytest.mark.parametrize(
    ("known", "fact", "why"),
    [
        ({}, "age_months", "the age says in which month the firm was founded"),
        ({"age_months": 24}, None, "the month is told, and no question asks for the day: a person looks at the licence"),
        ({"age_months": 23}, None, "settled"),
    ],
)
def test_a_date_that_an_age_leaves_open_is_left_to_a_person(known: dict[str, Any], fact: str | None, why: str) -> None:
    dated = [entry("sub-dated", "subsidy", {"fact": "founded", "from": "2024-11-01"})]
    question = ask(dated, **{name: value for name, value in BASICS.items() if name != "age_months"}, **known)
    assert (question.fact if question else None) == fact, why
    if fact:
        assert question is not None
        assert (question.settles, question.of) == (1, 1)
