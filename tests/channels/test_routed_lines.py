"""`advisor match` says whom to ask first; `advisor assign` places many firms at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.channels.assigning import assigned
from bot.channels.commands import match
from bot.channels.lines import BadLine
from bot.conversation.world import World

TODAY = date(2026, 11, 21)
SHOP = {
    "industry": "retail", "region": "350100", "employees": 8, "age_months": 40, "amount_sought": 300_000, "annual_revenue": 3_000_000,
    "collateral": ["real_estate"], "collateral_value": 1_000_000,
}  # fmt: skip


async def route(world: World, **more: Any) -> dict[str, Any]:
    answer = await match(world, TODAY, {"id": 1, "facts": SHOP} | more)
    found: dict[str, Any] = answer["route"]
    return found


async def test_offers_come_with_bank_money_time_papers_and_reason(world: World) -> None:
    found = await route(world)
    offers = found["offers"]
    assert found["next_ways"] == []
    assert [one["status"] for one in offers] == sorted((one["status"] for one in offers), key=["eligible", "unknown"].index)
    fits = [one for one in offers if one["status"] == "eligible" and one["lender"]]
    assert len(fits) > 2
    for one in fits:
        assert one["lender"].startswith("len-")
        assert one["days"] > 0
        assert one["documents"]
        assert one["why_zh"]
        assert one["why_en"]
    house = next(one for one in offers if one["entry"] == "prd-icbc-wangdaitong")
    assert house["annual_cost"] > house["quoted_rate"] > 0
    assert house["binding"] == "amount_sought"


async def test_a_built_price_has_parts_and_a_range_as_wide_as_that_of_the_score(world: World) -> None:
    found = await match(world, TODAY, {"id": 1, "facts": SHOP})
    loan = next(one for one in found["matches"] if one["entry"] == "prd-order-loan")
    low, high = loan["annual_rate_range"]
    assert low < loan["annual_rate"] < high
    for end, total in enumerate((low, high)):
        assert sum(ends[end] for ends in loan["price"].values()) == pytest.approx(total, abs=1e-4)
        assert loan["price"]["credit"][end] == pytest.approx(0.45 * found["score"]["interval"][end], abs=1e-6)
    stated = next(one for one in found["matches"] if one["kind"] == "product" and one["annual_rate"] is not None and one["price"] is None)
    assert stated["annual_rate_range"] is not None


async def test_the_owners_wish_changes_the_order(world: World) -> None:
    orders = {wish: [one["entry"] for one in (await route(world, wish=wish))["offers"]] for wish in ("cheapest", "fastest", "most")}
    assert len({tuple(order) for order in orders.values()}) > 1
    with pytest.raises(BadLine, match="wish"):
        await route(world, wish="prettiest")


async def test_the_first_says_why_it_is_first_and_equals_name_each_other(world: World) -> None:
    found = await route(world)
    first, *others = found["offers"]
    assert found["why_first"]["zh"].startswith(first["why_zh"])
    assert found["why_first"]["en"].startswith(first["why_en"])
    ties = {one["entry"]: set(one["tied_with"]) for one in (first, *others)}
    assert all(entry in ties.get(other, {entry}) for entry, equals in ties.items() for other in equals)


async def test_a_firm_that_most_lenders_decline_hears_of_ways_on(world: World) -> None:
    """Some loans can never be ruled out, since only a person can check what they ask; a way on must not wait for them."""
    marred = {"blacklisted": True, "overdue_12m": 7, "tax_arrears": True, "tax_grade": "D", "in_litigation": True}
    found = await route(world, facts={"industry": "catering", "employees": 3, "age_months": 2, "collateral": ["none"]} | marred)
    assert found["why_first"] is None
    assert found["offers"]
    assert [one["way"] for one in found["next_ways"]][-2:] == ["repair", "person"]


async def test_many_firms_share_what_the_banks_take(world: World) -> None:
    firms = [{"id": str(n), "facts": SHOP} for n in range(4)] + [{"id": "silent", "facts": {}}]
    rooms = {lender: {"firms": 1} for lender in ("len-icbc", "len-abc")} | {
        lender: {"firms": 0}
        for lender in ("len-boc", "len-bocom", "len-ccb", "len-cmb", "len-harbin", "len-kunlun", "len-psbc", "len-webank")
    }
    answer = await assigned(world, TODAY, {"id": 7, "firms": firms, "rooms": rooms})
    assert sorted(one["lender"] for one in answer["placed"]) == ["len-abc", "len-icbc"]
    assert {one["firm"]: one["why"] for one in answer["left_over"]}["silent"] == "no_offer"
    assert [one["why"] for one in answer["left_over"]].count("no_room") == 2
    assert answer["worth"] >= answer["versus_first_come"] > 0


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({}, "list of objects"),
        ({"firms": [{"id": 1}]}, "list of objects"),
        ({"firms": [{"id": 1, "facts": {}}, {"id": 1, "facts": {}}]}, "comes twice"),
        ({"firms": [{"id": 1, "facts": {"employees": "many"}}]}, "firm 1: employees"),
        ({"firms": [], "rooms": []}, "object of lenders"),
        ({"firms": [], "rooms": {"prd-ccb-xinyong": {}}}, "is no lender"),
        ({"firms": [], "rooms": {"len-ccb": {"chairs": 3}}}, "has keys of"),
        ({"firms": [], "rooms": {"len-ccb": {"firms": 1.5}}}, "whole number"),
        ({"firms": [], "rooms": {"len-ccb": {"sector_share": 0.5}}}, "needs the money"),
        ({"firms": [], "rooms": {"len-ccb": {"money": "much"}}}, "the room of len-ccb"),
    ],
)
async def test_a_line_that_cannot_be_answered_says_why(world: World, asked: dict[str, Any], message: str) -> None:
    with pytest.raises(BadLine, match=message):
        await assigned(world, TODAY, {"id": 1} | asked)
