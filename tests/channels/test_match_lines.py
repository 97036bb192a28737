"""`advisor match`: what would open an entry, as programs read it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.channels.commands import match
from bot.conversation.world import World
from knowledge.firm import spec_of

TODAY = date(2026, 11, 21)


async def unlocks(world: World, **facts: Any) -> dict[str, list[dict[str, Any]]]:
    answer = await match(world, TODAY, {"id": 1, "facts": facts})
    assert all(set(change) == {"fact", "from", "to", "text_zh", "text_en", "on"} for m in answer["matches"] for change in m["unlock"])
    assert all(not m["unlock"] for m in answer["matches"] if m["status"] != "ineligible")
    return {m["entry"]: m["unlock"] for m in answer["matches"]}


async def test_a_hire_moves_both_sides_of_the_share(world: World) -> None:
    found = await unlocks(world, employees=21, new_hires_12m=2, region="350100", industry="catering", annual_revenue=3_000_000)
    hire, staff = found["sub-startup-loan-sme"]
    assert (hire["fact"], hire["from"], hire["to"], hire["on"]) == ("new_hires_12m", 2, 3, None)
    assert hire["text_en"] == "hire 1 more (2 of 21 is 9.5%, 10% is needed; 3 of 22 would be 13.6%)"
    assert (staff["fact"], staff["from"], staff["to"]) == ("employees", 21, 22)
    assert (staff["text_zh"], staff["text_en"]) == ("从业人员从21人到22人", "staff from 21 people to 22 people")


async def test_a_wait_names_its_day(world: World) -> None:
    (wait,) = (await unlocks(world, age_months=21))["prd-webank-weiye"]
    assert (wait["fact"], wait["from"], wait["to"], wait["on"]) == ("age_months", 21, 24, "2027-02-21")
    assert wait["text_zh"] == "等到2027年2月21日，经营满2年"


@pytest.mark.parametrize(
    ("facts", "day"),
    [
        ({"industry": "industry", "employees": 30, "annual_revenue": 8_000_000, "age_months": 21, "total_assets": 5_000_000,
          "total_liabilities": 4_500_000, "tax_grade": "C", "collateral": ["none"], "region": "350100", "amount_sought": 900_000}, TODAY),
        ({"industry": "retail", "employees": 12, "new_hires_12m": 0, "graduate_hires_12m": 0, "social_insurance_paid": False,
          "tax_arrears": True, "legal_form": "company", "purpose": "wages", "guarantor": False, "region": "440100"}, TODAY),
    ],
)  # fmt: skip
async def test_a_program_that_makes_the_changes_finds_the_entry_open(world: World, facts: dict[str, Any], day: date) -> None:
    found = {entry: changes for entry, changes in (await unlocks(world, **facts)).items() if changes}
    assert len(found) > 5
    for entry, changes in found.items():
        after = facts | {change["fact"]: change["to"] for change in changes if change["fact"]}
        on = max([change["on"] for change in changes if change["on"]], default=day.isoformat())
        assert all(spec_of(change["fact"]).parse(change["to"]) is not None for change in changes if change["fact"])
        again = await match(world, day, {"id": 1, "facts": after, "on": on})
        assert next(m["status"] for m in again["matches"] if m["entry"] == entry) != "ineligible", entry


async def test_nothing_is_unlocked_where_only_the_place_or_the_trade_is_wrong(world: World) -> None:
    found = await unlocks(world, region="110000", industry="real_estate")
    assert found["sub-gd-startup-loan"] == []
