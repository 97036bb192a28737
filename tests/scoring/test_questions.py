"""Impossible figures are asked about and not scored; unusual ones are left alone."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.commands import score_firm
from bot.channels.lines import BadLine
from knowledge.firm import FactType, vocabulary
from scoring.card import default_card, score
from scoring.questions import questions, sound

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("facts", "doubted"),
    [
        ({"gross_profit": 101, "annual_revenue": 100}, {"gross_profit", "annual_revenue"}),
        ({"gross_profit": 100, "annual_revenue": 100}, set()),
        ({"net_profit": 100.5, "annual_revenue": 100}, {"net_profit", "annual_revenue"}),
        ({"net_profit": -500, "annual_revenue": 100}, set()),
        ({"operating_profit": 101, "annual_revenue": 100}, {"operating_profit", "annual_revenue"}),
        ({"total_liabilities": 1001, "total_assets": 100}, {"total_liabilities", "total_assets"}),
        ({"total_liabilities": 1000, "total_assets": 100}, set()),
        ({"employees": -1}, {"employees"}),
        ({"employees": 0}, set()),
        ({"annual_revenue": -1}, {"annual_revenue"}),
        ({"equity": -1, "net_profit": -1, "finance_cost": -1, "taxable_income": -1}, set()),
        ({"inventory": 106, "current_assets": 100}, {"inventory", "current_assets"}),
        ({"inventory": 104, "current_assets": 100}, set()),
        ({"cash": 200, "current_assets": 100}, {"cash", "current_assets"}),
        ({"receivables": 200, "current_assets": 100}, {"receivables", "current_assets"}),
        ({"current_assets": 200, "total_assets": 100}, {"current_assets", "total_assets"}),
        ({"fixed_assets": 200, "total_assets": 100}, {"fixed_assets", "total_assets"}),
        ({"equity": 200, "total_assets": 100}, {"equity", "total_assets"}),
        ({"current_liabilities": 200, "total_liabilities": 100}, {"current_liabilities", "total_liabilities"}),
        ({"export_revenue": 200, "annual_revenue": 100}, {"export_revenue", "annual_revenue"}),
        ({"graduate_hires_12m": 5, "new_hires_12m": 2}, {"graduate_hires_12m", "new_hires_12m"}),
        ({"void_invoice_rate": 1.2}, {"void_invoice_rate"}),
        ({"void_invoice_rate": 1}, set()),
        ({"largest_customer_share": -0.1}, {"largest_customer_share"}),
        ({"age_months": 2401}, {"age_months"}),
        ({"age_months": 2400}, set()),
        ({"owner_age": 13}, {"owner_age"}),
        ({"owner_age": 111}, {"owner_age"}),
        ({"owner_age": 14}, set()),
        ({"gross_profit": 101}, set()),
        ({"gross_profit": "many", "annual_revenue": 100}, set()),
        ({}, set()),
    ],
    ids=str,
)
def test_what_is_asked(facts: dict[str, Any], doubted: set[str]) -> None:
    assert {fact for one in questions(facts) for fact in one.facts} == doubted
    assert set(sound(facts)) == set(facts) - doubted


def test_a_day_to_come_is_asked_about_where_today_is_known() -> None:
    days = {"annual_revenue": date(2027, 1, 1), "employees": TODAY, "cash": date(2027, 1, 1)}
    facts = {"annual_revenue": 1, "employees": 2}
    (asked,) = questions(facts, days, TODAY)
    assert asked.facts == ("annual_revenue",)
    assert "2027-01-01" in asked.zh
    assert "2027-01-01" in asked.en
    assert questions(facts, days) == ()


FACTS = st.dictionaries(
    st.sampled_from(sorted(vocabulary())), st.decimals(-(10**9), 10**9, places=2) | st.booleans() | st.sampled_from(["", "many"])
)


@given(FACTS)
def test_what_is_left_raises_no_further_question(facts: dict[str, Any]) -> None:
    asked = questions(facts)
    assert all(set(one.facts) <= set(facts) and one.zh and one.en for one in asked)
    assert questions(sound(facts)) == ()


async def _scored(**asked: Any) -> dict[str, Any]:
    return await score_firm(default_card(), TODAY, {"id": 1, **asked})


async def test_the_command_asks_and_scores_the_rest() -> None:
    facts = {"industry": "catering", "employees": -4, "amount_sought": 300_000}
    answer = await _scored(facts=facts)
    assert [one["facts"] for one in answer["questions"]] == [["employees"]]
    rest = score({"industry": "catering", "amount_sought": 300_000})
    assert (answer["pd"], answer["coverage"]) == (float(rest.pd), rest.coverage)
    assert json.loads(json.dumps(answer, ensure_ascii=False)) == answer


async def test_the_command_keeps_its_promised_keys() -> None:
    answer = await _scored(facts={"industry": "catering", "amount_sought": 90_000, "customer_count": 2})
    assert {"id", "pd", "grade", "points", "reasons", "coverage"} <= set(answer)
    assert all({"fact", "points", "text"} <= set(reason) for reason in answer["reasons"])
    assert answer["interval"][0] < answer["pd"] < answer["interval"][1]
    assert answer["band"][0] <= answer["pd"] < answer["band"][1]
    assert answer["questions"] == []


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        ({"as_of": "2026-11-27"}, [["industry", "amount_sought"]]),
        ({"as_of": "2026-11-27", "on": "2026-11-27"}, []),
        ({"as_of": {"amount_sought": "2026-12-31"}}, [["amount_sought"]]),
        ({"as_of": "2026-11-26"}, []),
    ],
)
async def test_the_command_asks_about_days_to_come(more: dict[str, Any], asked: list[list[str]]) -> None:
    answer = await _scored(facts={"industry": "catering", "amount_sought": 90_000}, **more)
    assert [one["facts"] for one in answer["questions"]] == asked


@pytest.mark.parametrize(
    "asked",
    [
        {"facts": []},
        {},
        {"facts": {}, "as_of": "soon"},
        {"facts": {}, "as_of": 3},
        {"facts": {"employees": "five"}},
        {"facts": {"nonsense": 1}},
    ],
    ids=str,
)
async def test_unusable_lines_are_told(asked: dict[str, Any]) -> None:
    with pytest.raises(BadLine):
        await _scored(**asked)


@pytest.mark.parametrize("fact", [name for name, spec in vocabulary().items() if spec.type is FactType.CHOICE])
async def test_the_command_asks_about_a_category_nobody_knows_and_counts_it_as_not_answered(fact: str) -> None:
    strange, silent = await _scored(facts={"employees": 3, fact: "space_mining"}), await _scored(facts={"employees": 3})
    assert [one["facts"] for one in strange["questions"]] == [[fact]]
    assert "space_mining" in strange["questions"][0]["zh"]
    assert "space_mining" in strange["questions"][0]["en"]
    assert strange | {"questions": []} == silent
    (choice, *_) = vocabulary()[fact].choices
    assert (await _scored(facts={fact: choice}))["questions"] == []


async def test_unseen_categories_and_silence_show_in_coverage() -> None:
    known, unseen = (score({"industry": name, "employees": 3}) for name in ("catering", "space_mining"))
    assert unseen.coverage < known.coverage
    assert score({}).coverage == 0
