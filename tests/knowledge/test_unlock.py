"""What would open an entry: the smallest change, only what an owner can honestly change, and never one that would not do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.calendar import add_months, later
from knowledge.conditions import OPERATORS
from knowledge.derived import DERIVED, known_value
from knowledge.eligibility import Status, judge
from knowledge.entries import Entry
from knowledge.firm import FactType, FactValue, Firm, spec_of, to_json, vocabulary
from knowledge.levers import levers
from knowledge.unlock import Unlock, unlock
from knowledge.unlock_words import unlock_text
from tests.made_entries import made_entry
from tests.shipped import shipped

TODAY = date(2026, 11, 21)
PACK = shipped()
#: Nobody can change these, or not honestly, whatever a rule asks for.
NEVER = ("region", "industry", "owner_age", "blacklisted", "private_owned", "owner_group", "owner_share", "size_class", "taxable_income")


def entry(when: Any, **changes: Any) -> Entry:
    return made_entry(when=when, **changes)


def typed(raw: Mapping[str, Any]) -> dict[str, FactValue]:
    return {name: spec_of(name).parse(value) for name, value in raw.items()}


def way(when: Any, facts: Mapping[str, Any], **changes: Any) -> Unlock | None:
    return unlock(entry(when, **changes), typed(facts), TODAY)


def changed(found: Unlock | None) -> dict[str, Any] | None:
    return None if found is None else {name: to_json(value) for name, value in found.changed.items()}


def leaf(fact: str, **comparison: Any) -> dict[str, Any]:
    return {"fact": fact, **comparison}


SHARE = leaf("new_hire_share", at_least=0.1)
TWO_YEARS = leaf("age_months", at_least=24)
#: Two years of business until the end of 2027; afterwards nobody asks.
OLD_OR_LATE = {"any": [leaf("today", **{"from": "2028-01-01"}), {"all": [leaf("today", until="2027-12-31"), TWO_YEARS]}]}
MARCH = leaf("today", **{"from": "2027-03-01"})


@pytest.mark.parametrize(
    ("when", "facts", "expected", "why"),
    [
        (SHARE, {"employees": 21, "new_hires_12m": 2}, {"new_hires_12m": 3, "employees": 22}, "3 of 22 is 13.6 %"),
        (SHARE, {"employees": 100, "new_hires_12m": 0}, {"new_hires_12m": 12, "employees": 112}, "11 of 111 is 9.9 %"),
        (SHARE, {"employees": 19, "new_hires_12m": 1}, {"new_hires_12m": 2, "employees": 20}, "2 of 20 is 10 % exactly"),
        (leaf("new_hire_share", more_than=0.1), {"employees": 19, "new_hires_12m": 1}, {"new_hires_12m": 3, "employees": 21}, "more than"),
        (SHARE, {"employees": 21}, None, "not known yet, so nothing to change"),
        (SHARE, {"employees": 20, "new_hires_12m": 2}, None, "fits already"),
        (leaf("new_hire_share", at_least=1), {"employees": 20, "new_hires_12m": 2}, None, "nobody could"),
        (leaf("graduate_hires_12m", at_least=1), {"graduate_hires_12m": 0, "new_hires_12m": 2, "employees": 9},
         {"graduate_hires_12m": 1, "new_hires_12m": 3, "employees": 10}, "a graduate is a new hire, too"),
        (leaf("employees", at_least=10), {"employees": 8}, {"employees": 10}, "two more"),
        (leaf("employees", at_most=10), {"employees": 12}, None, "nobody is let go for a subsidy"),
        (leaf("employees", more_than=100), {"employees": 12}, None, "eight times the staff is not a plan"),
        (leaf("debt_ratio", at_most=0.7), {"total_liabilities": 7_400_000, "total_assets": 10_000_000},
         {"total_liabilities": 7_000_000}, "0.7 of the assets"),
        (leaf("debt_ratio", less_than=0.7), {"total_liabilities": 7_400_000, "total_assets": 10_000_000},
         {"total_liabilities": 6_999_999}, "below, in whole yuan"),
        (leaf("debt_ratio", at_most=0.7), {"total_liabilities": 75, "total_assets": 101}, {"total_liabilities": 70}, "70.7 rounded down"),
        (leaf("debt_ratio", at_most=0.7), {"total_liabilities": 75, "total_assets": 0}, None, "no ratio without assets"),
        (leaf("existing_loans", at_most=5_000_000), {"existing_loans": 6_000_000}, {"existing_loans": 5_000_000}, "repay a million"),
        (leaf("existing_loans", at_most=0), {"existing_loans": 6_000_000}, None, "a first loan is not made by repaying one"),
        (leaf("existing_loans", more_than=0), {"existing_loans": 0}, None, "nobody borrows in order to renew"),
        (TWO_YEARS, {"age_months": 21}, {"age_months": 24}, "three months from now"),
        (leaf("age_months", more_than=24), {"age_months": 21}, {"age_months": 25}, "more than"),
        (leaf("age_months", at_most=24), {"age_months": 25}, None, "nobody grows younger"),
        ({"not": leaf("age_months", less_than=24)}, {"age_months": 21}, {"age_months": 24}, "not less than"),
        (leaf("age_months", between=[24, 60]), {"age_months": 21}, {"age_months": 24}, "the near end"),
        (leaf("age_months", between=[24, 60]), {"age_months": 61}, None, "past the far end"),
        (leaf("age_months", at_least=120), {"age_months": 12}, None, "nine years is too long to call it a way in"),
        (leaf("overdue_12m", less_than=6), {"overdue_12m": 7}, {"overdue_12m": 5}, "they fall out of the year"),
        (leaf("credit_inquiries_6m", at_most=6), {"credit_inquiries_6m": 9}, {"credit_inquiries_6m": 6}, "and out of the half year"),
        (leaf("tax_arrears", **{"is": False}), {"tax_arrears": True}, {"tax_arrears": False}, "paid up"),
        (leaf("tax_arrears", **{"is": True}), {"tax_arrears": False}, None, "nobody runs up arrears"),
        ({"not": leaf("tax_arrears", **{"is": True})}, {"tax_arrears": True}, {"tax_arrears": False}, "the same, turned round"),
        (leaf("social_insurance_paid", **{"is": True}), {"social_insurance_paid": False}, {"social_insurance_paid": True}, "pay it"),
        (leaf("social_insurance_paid", **{"is": False}), {"social_insurance_paid": True}, None, "never stop paying it"),
        (leaf("guarantor", **{"is": True}), {"guarantor": False}, {"guarantor": True}, "find one"),
        (leaf("tax_grade", **{"in": ["A", "B", "M"]}), {"tax_grade": "D"}, {"tax_grade": "B"}, "M is no rung one climbs to"),
        (leaf("tax_grade", **{"in": ["A", "B"]}), {"tax_grade": "M"}, {"tax_grade": "B"}, "one up from M"),
        (leaf("tax_grade", **{"is": "C"}), {"tax_grade": "B"}, None, "nobody lets a grade go down"),
        (leaf("specialised_level", **{"in": ["specialised", "little_giant"]}), {"specialised_level": "none"},
         {"specialised_level": "specialised"}, "the lowest that will do"),
        (leaf("specialised_level", **{"is": "none"}), {"specialised_level": "specialised"}, None, "a title is not given back"),
        (leaf("legal_form", not_in=["sole_trader"]), {"legal_form": "sole_trader"}, {"legal_form": "company"}, "with a word of care"),
        (leaf("legal_form", **{"is": "sole_trader"}), {"legal_form": "company"}, None, "no way back"),
        (leaf("amount_sought", at_most=10_000_000), {"amount_sought": 12_000_000}, {"amount_sought": 10_000_000}, "ask for less"),
        (leaf("amount_sought", at_least=100_000), {"amount_sought": 80_000}, {"amount_sought": 100_000}, "or for more"),
        (leaf("term_months", more_than=12), {"term_months": 12}, {"term_months": 13}, "a longer term"),
        (leaf("purpose", **{"in": ["equipment", "premises"]}), {"purpose": "wages"}, {"purpose": "equipment"}, "if it is true"),
        (leaf("collateral", includes=["real_estate", "deposit"]), {"collateral": ["none"]}, {"collateral": ["real_estate"]}, "one of them"),
        (leaf("collateral", includes=["real_estate", "receivables"]), {"collateral": ["vehicle"], "receivables": 200_000},
         {"collateral": ["vehicle", "receivables"]}, "what is there comes first"),
        (leaf("patents", at_least=1), {"patents": 0}, {"patents": 1}, "one patent"),
        (leaf("patents", at_least=10), {"patents": 0}, None, "ten are not a step"),
        (leaf("annual_revenue", at_least=2_000_000), {"annual_revenue": 1_500_000}, {"annual_revenue": 2_000_000}, "a third more"),
        (leaf("annual_revenue", at_least=2_000_000), {"annual_revenue": 1_000_000}, None, "twice is not a plan"),
        (leaf("annual_revenue", at_most=2_000_000), {"annual_revenue": 3_000_000}, None, "nobody earns less for it"),
        (leaf("annual_tax_paid", more_than=0), {"annual_tax_paid": 0}, None, "one yuan of tax is no advice"),
        (leaf("founded", **{"from": "2026-01-01"}), {"age_months": 24}, None, "nobody is founded anew for it"),
        (leaf("founded", until="2024-01-01"), {"age_months": 24}, None, "nor earlier"),
        (leaf("loan_due", until="2026-12-01"), {"loan_matures_in_days": 60}, None, "the due date stands in the contract"),
        (leaf("today", until="2026-11-20"), {}, None, "what is over is over"),
        (leaf("today", between=["2026-01-01", "2026-11-20"]), {}, None, "and so is a window"),
        (leaf("today", **{"from": "2032-01-01"}), {}, None, "too long to call it a way in"),
        (leaf("net_profit", at_least=0), {"net_profit": -50_000}, None, "a loss is not changed by wishing"),
    ],
)  # fmt: skip
def test_the_smallest_change(when: Any, facts: dict[str, Any], expected: dict[str, Any] | None, why: str) -> None:
    assert changed(way(when, facts)) == expected, why


HIRE, HOUSE = leaf("new_hires_12m", at_least=1), leaf("collateral", includes=["real_estate"])


@pytest.mark.parametrize(
    ("when", "facts", "expected", "why"),
    [
        ({"all": [TWO_YEARS, HIRE]}, {"age_months": 21, "new_hires_12m": 0}, {"age_months": 24, "new_hires_12m": 1}, "all need both"),
        ({"any": [TWO_YEARS, leaf("high_tech", **{"is": True})]}, {"age_months": 21, "high_tech": False}, {"age_months": 24}, "the easier"),
        ({"any": [{"all": [HIRE, HOUSE]}, leaf("patents", at_least=1)]},
         {"new_hires_12m": 0, "collateral": ["none"], "patents": 0}, {"patents": 1}, "one change before two"),
        ({"any": [TWO_YEARS, leaf("region", within="350000")]}, {"age_months": 21, "region": "440100"}, {"age_months": 24}, "the other"),
        ({"all": [TWO_YEARS, leaf("region", within="350000")]}, {"age_months": 21, "region": "440100"}, None, "the place stays"),
        ({"all": [TWO_YEARS, HIRE]}, {"age_months": 21}, {"age_months": 24}, "what is not known is not changed"),
        ({"any": [TWO_YEARS, HIRE]}, {"age_months": 21}, None, "may fit already: nothing to change, only to tell"),
        ({"not": {"any": [leaf("tax_arrears", **{"is": True}), leaf("in_litigation", **{"is": True})]}},
         {"tax_arrears": True, "in_litigation": True}, {"tax_arrears": False, "in_litigation": False}, "neither of the two"),
        ({"not": {"all": [leaf("tax_arrears", **{"is": True}), leaf("in_litigation", **{"is": True})]}},
         {"tax_arrears": True, "in_litigation": True}, {"tax_arrears": False}, "not both: the easier one"),
        ({"all": [SHARE, leaf("graduate_hires_12m", at_least=1)]},
         {"employees": 40, "new_hires_12m": 2, "graduate_hires_12m": 0},
         {"new_hires_12m": 5, "employees": 43, "graduate_hires_12m": 1}, "one of the three is the graduate"),
        ({"all": [SHARE, leaf("employees", at_most=21)]}, {"employees": 21, "new_hires_12m": 2}, None, "the hire breaks the other"),
        ({"all": [leaf("collateral", includes=["real_estate"]), leaf("collateral", includes=["deposit"])]},
         {"collateral": ["none"]}, {"collateral": ["real_estate", "deposit"]}, "both"),
        ({"all": [TWO_YEARS, leaf("age_months", at_least=36)]}, {"age_months": 21}, {"age_months": 36}, "the longer wait"),
        ({"all": [TWO_YEARS, leaf("platform_months", at_most=10)]}, {"age_months": 21, "platform_months": 9}, None, "the shop ages, too"),
        ({"all": [TWO_YEARS, leaf("owner_age", at_most=65)]}, {"age_months": 21, "owner_age": 65}, None, "the owner may have a birthday"),
        ({"all": [TWO_YEARS, leaf("owner_age", at_most=65)]}, {"age_months": 21, "owner_age": 60}, {"age_months": 24}, "young enough"),
        ({"all": [TWO_YEARS, leaf("loan_matures_in_days", at_least=1)]}, {"age_months": 21, "loan_matures_in_days": 30}, None, "due"),
    ],
)  # fmt: skip
def test_changes_together(when: Any, facts: dict[str, Any], expected: dict[str, Any] | None, why: str) -> None:
    assert changed(way(when, facts)) == expected, why


@pytest.mark.parametrize(
    ("when", "facts", "valid", "told", "expected"),
    [
        (TWO_YEARS, {"age_months": 21}, {}, {}, ("2027-02-21", None)),
        (MARCH, {}, {}, {}, ("2027-03-01", None)),
        (MARCH, {}, {"until": "2027-02-28"}, {}, ("2027-03-01", "2027-02-28")),
        (leaf("today", between=["2027-03-01", "2027-04-30"]), {}, {}, {}, ("2027-03-01", None)),
        ({"not": leaf("today", until="2027-03-01")}, {}, {}, {}, ("2027-03-02", None)),
        ({"all": [TWO_YEARS, MARCH]}, {"age_months": 21}, {}, {}, ("2027-03-01", None)),
        ({"all": [TWO_YEARS, MARCH, leaf("today", **{"from": "2027-06-01"})]}, {"age_months": 21}, {}, {}, ("2027-06-01", None)),
        (OLD_OR_LATE, {"age_months": 21}, {}, {}, ("2027-02-21", None)),
        (OLD_OR_LATE, {"age_months": 9}, {}, {}, ("2028-01-01", None)),
        (TWO_YEARS, {"age_months": 21}, {}, {"age_months": date(2026, 11, 1)}, ("2027-02-01", None)),
        (TWO_YEARS, {"age_months": 21}, {"until": "2027-02-21"}, {}, ("2027-02-21", None)),
        (TWO_YEARS, {"age_months": 21}, {"until": "2027-02-20"}, {}, ("2027-02-21", "2027-02-20")),
        (TWO_YEARS, {"age_months": 21}, {"from": "2027-06-01"}, {}, ("2027-06-01", None)),
        (TWO_YEARS, {"age_months": 36}, {"from": "2027-06-01"}, {}, ("2027-06-01", None)),
        (None, {}, {"from": "2027-06-01"}, {}, ("2027-06-01", None)),
        ({"all": [TWO_YEARS, leaf("overdue_12m", at_most=0)]}, {"age_months": 21, "overdue_12m": 1}, {}, {}, ("2027-11-21", None)),
        ({"all": [TWO_YEARS, leaf("tax_arrears", **{"is": False})]}, {"age_months": 21, "tax_arrears": True}, {}, {}, ("2027-02-21", None)),
        (leaf("tax_arrears", **{"is": False}), {"tax_arrears": True}, {}, {}, (None, None)),
    ],
)
def test_the_day(when: Any, facts: dict[str, Any], valid: dict[str, str], told: dict[str, date], expected: tuple[str | None, ...]) -> None:
    found = unlock(entry(when, valid=valid), typed(facts), TODAY, told)
    assert found is not None
    assert (found.on and found.on.isoformat(), found.too_late and found.too_late.isoformat()) == expected


@pytest.mark.parametrize("status", ["closed", "superseded"])
def test_what_has_ended_is_not_opened_by_anything(status: str) -> None:
    assert way(TWO_YEARS, {"age_months": 21}, status=status) is None
    assert way(TWO_YEARS, {"age_months": 21}, valid={"until": "2026-11-20"}) is None


def test_whether_it_would_then_fit() -> None:
    alone, with_more = way(TWO_YEARS, {"age_months": 21}), way({"all": [TWO_YEARS, HIRE]}, {"age_months": 21})
    assert alone is not None
    assert with_more is not None
    assert (alone.settles, with_more.settles) == (True, False)


@pytest.mark.parametrize(
    ("when", "facts", "zh", "en"),
    [
        (SHARE, {"employees": 21, "new_hires_12m": 2},
         "再招1人（现在21人里新招2人，占9.5%，要到10%；招完是22人里3人，占13.6%）",
         "hire 1 more (2 of 21 is 9.5%, 10% is needed; 3 of 22 would be 13.6%)"),
        (SHARE, {"employees": 1001, "new_hires_12m": 100},
         "再招1人（现在1001人里新招100人，占9.99%，要到10%；招完是1002人里101人，占10.08%）",
         "hire 1 more (100 of 1,001 is 9.99%, 10% is needed; 101 of 1,002 would be 10.08%)"),
        (leaf("debt_ratio", at_most=0.7), {"total_liabilities": 7_400_000, "total_assets": 10_000_000},
         "把负债从740万元降到700万元（少40万元），负债率就从74%降到70%（用手里的钱还，资产也跟着少，得还1,333,334元）",
         "bring what you owe from CNY 7.4 million down to CNY 7 million (CNY 400,000 less), which takes the debt ratio from 74% to 70% "
         "(paid out of what you hold it takes CNY 1,333,334, as your assets shrink with it)"),
        (leaf("debt_ratio", at_most=0.7), {"total_liabilities": 12_000_000, "total_assets": 10_000_000},
         "把负债从1200万元降到700万元（少500万元），负债率就从120%降到70%",
         "bring what you owe from CNY 12 million down to CNY 7 million (CNY 5 million less), which takes the debt ratio from 120% to 70%"),
        (MARCH, {}, "等到2027年3月1日", "from 1 March 2027"),
        ({"all": [MARCH, leaf("tax_arrears", **{"is": False})]}, {"tax_arrears": True},
         "等到2027年3月1日；把欠税补清", "from 1 March 2027; pay the tax that is owed"),
        (TWO_YEARS, {"age_months": 21}, "等到2027年2月21日，经营满2年", "from 21 February 2027, when the business is 2 years old"),
        (leaf("purpose", **{"in": ["equipment", "rd"]}), {"purpose": "wages"},
         "如果确实要把钱用在买设备或研发上，就按这个用途申请",
         "if the money really is for equipment or research and development, apply for that"),
        ({"all": [leaf("tax_arrears", **{"is": False}), leaf("existing_loans", at_most=500_000)]},
         {"tax_arrears": True, "existing_loans": 800_000},
         "把欠税补清；贷款余额还到50万元（再还30万元）", "pay the tax that is owed; pay your loans down to CNY 500,000 (CNY 300,000 more)"),
    ],
)  # fmt: skip
def test_it_is_told_in_one_line(when: Any, facts: dict[str, Any], zh: str, en: str) -> None:
    found = way(when, facts)
    assert found is not None
    assert (unlock_text(found, "zh"), unlock_text(found, "en")) == (zh, en)


def test_what_begins_later_is_told_with_its_first_day() -> None:
    found = way(TWO_YEARS, {"age_months": 36}, valid={"from": "2027-06-01"})
    assert found is not None
    assert (unlock_text(found, "zh"), unlock_text(found, "en")) == ("2027年6月1日起施行", "it begins on 1 June 2027")


def test_levers_move_facts_of_the_vocabulary_and_none_that_nobody_can_change() -> None:
    assert set(levers()) <= set(vocabulary()) | set(DERIVED)
    assert not set(levers()) & set(NEVER)
    for lever in levers().values():
        choices = spec_of(lever.fact).choices if lever.fact in vocabulary() else {}
        assert set(lever.ladder) <= set(choices)
        assert (lever.to is not None) == (lever.way == "do")
        assert 1 <= lever.effort <= 9


# -- properties over the shipped entries ---------------------------------------------------------------------------------------

_CHANCE: dict[FactType, st.SearchStrategy[Any]] = {
    FactType.MONEY: st.sampled_from([0, 1, 99_999, 100_000, 480_000, 500_001, 2_600_000, 9_999_999, 31_000_000, 250_000_000]),
    FactType.RATE: st.sampled_from([0.05, 0.1, 0.19, 0.2, 0.75, 1]),
    FactType.MONTHS: st.integers(0, 70),
    FactType.COUNT: st.integers(0, 130),
    FactType.FLAG: st.booleans(),
    FactType.CODE: st.sampled_from(["350000", "350100", "350200", "440100", "440300", "340100", "230600", "110000"]),
}


def _values(name: str) -> st.SearchStrategy[Any]:
    spec = spec_of(name)
    if spec.type is FactType.CHOICE:
        return st.sampled_from(list(spec.choices))
    if spec.type is FactType.CHOICES:
        return st.lists(st.sampled_from([item for item in spec.choices if item != "none"]), min_size=1, max_size=3, unique=True)
    return _CHANCE[spec.type]


_USED = sorted({name for name, spec in vocabulary().items() if spec.ask})
FIRMS = st.fixed_dictionaries({}, optional={name: _values(name) for name in _USED}).map(typed)


@settings(max_examples=60, deadline=None)
@given(FIRMS)
def test_every_unlock_holds_on_its_day_and_none_smaller_would(facts: dict[str, FactValue]) -> None:
    for item in PACK:
        found = unlock(item, facts, TODAY)
        before = judge(item, facts, TODAY)
        if found is None:
            continue
        assert before.status is Status.INELIGIBLE
        if found.too_late is not None:
            continue
        assert not set(found.changed) & set(NEVER), item.id
        assert found.steps or found.begins
        day = found.on or TODAY
        after = judge(item, {**later(facts, {}, TODAY, day), **found.changed}, day)
        assert after.status is not Status.INELIGIBLE, item.id
        assert found.settles == (after.status is Status.ELIGIBLE), item.id
        for language in ("zh", "en"):
            told = unlock_text(found, language)
            assert told
            assert "{" not in told
        _none_smaller(item, facts, found)


def _none_smaller(item: Entry, facts: Mapping[str, FactValue], found: Unlock) -> None:
    """One unit less of a single change to a number leaves the rule unmet."""
    if len(found.steps) != 1 or found.begins is not None:
        return
    (step,) = found.steps
    less: dict[str, FactValue] = {}
    for name, value in step.moves.items():
        start = facts[name]
        if isinstance(value, str | tuple | bool) or isinstance(start, str | tuple):
            return
        less[name] = value - 1 if value > start else value + 1
    known = known_value(step.leaf.fact, {**facts, **less}, TODAY).value
    assert known is not None
    assert OPERATORS[step.leaf.operator].test(known, step.leaf.needed) == OPERATORS[step.leaf.operator].test(
        known_value(step.leaf.fact, facts, TODAY).value, step.leaf.needed
    ), item.id


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 400), st.integers(0, 400), st.sampled_from(["0.05", "0.1", "0.15", "0.2"]))
def test_hires_are_the_fewest_that_do(employees: int, hired: int, share: str) -> None:
    hired = min(hired, employees)
    found = way(leaf("new_hire_share", at_least=float(share)), {"employees": employees, "new_hires_12m": hired})
    fewest = next(k for k in range(500) if Decimal(hired + k) / (employees + k) >= Decimal(share))
    if fewest == 0:
        assert found is None
    elif fewest <= employees or fewest <= 3:
        assert changed(found) == {"new_hires_12m": hired + fewest, "employees": employees + fewest}


@settings(max_examples=40, deadline=None)
@given(st.dates(date(2026, 1, 1), TODAY), st.integers(0, 23))
def test_waiting_ends_on_the_first_day_on_which_the_age_is_reached(told: date, age: int) -> None:
    firm = Firm.of({"age_months": age}, told)
    on = add_months(told, 24 - age)
    found = unlock(entry(TWO_YEARS), firm, TODAY, {"age_months": told})
    if on > TODAY:
        assert found is not None
        assert found.on == on
