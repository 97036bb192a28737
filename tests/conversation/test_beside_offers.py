"""Beside the offers: the way on of a firm nobody takes, a bank's own rules, the owner's order, and what it costs with a guarantee."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.conversation.answers.beside import beside, ways_on, wish_buttons
from bot.conversation.answers.card import card_of
from bot.conversation.answers.groups import group_of
from bot.conversation.answers.money import why
from bot.conversation.answers.rating import report_of
from bot.conversation.answers.results import reorder, show_results
from bot.conversation.firm_file import firm_file
from bot.conversation.ordering import lenders_for
from bot.conversation.texts import say
from bot.conversation.world import Scene, World
from tests.matching.test_match import entry, pack
from tests.pictures.firms import scene_of

BOTH = pytest.mark.parametrize("language", ["zh", "en"])
STRICT = entry("prd-strict", offer={"cap": 1}, when={"fact": "blacklisted", "is": False})
OWED = entry("prd-owed", offer={"mechanism": "factoring"}, when={"fact": "blacklisted", "is": False})
BACKED = entry("gua-backed", "guarantee", {"cap": 1_000_000, "guarantee_fee": 0.01})
NARROW = entry("len-bank", "lender", when={"fact": "amount_sought", "at_most": 100_000})
CHEAP = entry(
    "prd-cheap", offer={"mechanism": "x", "cap": 100_000, "rate": {"low": 0.03, "high": 0.03}}, documents=[{"zh": "甲", "en": "a"}] * 9
)
LARGE = entry(
    "prd-large", offer={"mechanism": "x", "cap": 900_000, "rate": {"low": 0.06, "high": 0.06}}, documents=[{"zh": "甲", "en": "a"}] * 9
)


def scene(world: World, language: str, *entries: Any, **facts: Any) -> Scene:
    return scene_of(replace(world, pack=pack(*entries)), facts, language)


@BOTH
def test_a_firm_nobody_takes_is_told_its_ways_on(world: World, language: str) -> None:
    told = show_results(scene(world, language, STRICT, BACKED, blacklisted=True, amount_sought=300_000), ("product",))
    text = told.replies[1].text
    buttons = {button.id for button in told.replies[1].buttons}
    assert "1. " in text
    assert "3. " in text
    assert {"n:gua-backed", "i", "h"} <= buttons


@BOTH
def test_nor_must_a_marred_firm_wait_for_what_only_may_fit(world: World, language: str) -> None:
    perhaps = entry("prd-perhaps", offer={"cap": 1}, when={"fact": "patents", "at_least": 1})
    text, buttons = ways_on(scene(world, language, STRICT, perhaps, BACKED, blacklisted=True, amount_sought=300_000))
    assert {"n:gua-backed", "i", "h"} == {button.id for button in buttons}
    none_fits, _ = ways_on(scene(world, language, STRICT, BACKED, blacklisted=True, amount_sought=300_000))
    assert text.splitlines()[0] != none_fits.splitlines()[0]


@pytest.mark.parametrize(
    ("text", "language", "tells"),
    [
        ("为什么不给我贷", "zh", True),
        ("拒贷原因", "zh", True),
        ("没有逾期为什么也没批下来", "zh", True),
        ("why was I declined", "en", True),
        ("why did the bank turn me down", "en", True),
        ("为什么问这个", "zh", False),
        ("why are you asking this", "en", False),
    ],
)
def test_who_asks_why_not_hears_what_stands_in_the_way(world: World, text: str, language: str, tells: bool) -> None:
    here = replace(scene(world, language, STRICT, CHEAP, blacklisted=True, amount_sought=300_000, industry="retail"), text=text)
    answer = why(here)
    assert ("prd-strict" in answer.sources) is tells
    assert ("prd-strict" in answer.replies[0].text) is tells
    open_door = replace(scene(world, language, CHEAP, amount_sought=300_000, industry="retail"), text=text)
    assert "prd-cheap" not in why(open_door).sources  # where nothing declines, there is nothing to tell of it


@BOTH
@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"overdue_12m": 2}, True),
        ({"tax_arrears": True}, True),
        ({"blacklisted": True}, True),
        ({"overdue_12m": 0, "tax_grade": "B"}, False),
    ],
)
def test_a_grade_says_what_it_leaves_out(world: World, language: str, facts: dict[str, Any], told: bool) -> None:
    head = show_results(scene(world, language, CHEAP, amount_sought=300_000, **facts), ("product",)).replies[0].text
    assert (say("results_marred", language) in head) is told


@BOTH
def test_nobody_else_is(world: World, language: str) -> None:
    assert ways_on(scene(world, language, STRICT, BACKED, amount_sought=300_000)) == ("", ())


@BOTH
def test_a_banks_own_rule_is_told_under_its_product(world: World, language: str) -> None:
    here = scene(world, language, NARROW, CHEAP, amount_sought=300_000)
    group = group_of(here, "product")
    lines, _ = beside(group.matches[0], here, group.lenders)
    assert any("len-bank" in line for line in lines)
    small = scene(world, language, NARROW, CHEAP, amount_sought=100_000)
    assert beside(group_of(small, "product").matches[0], small, lenders_for(small, small.matches)) == ([], set())


@BOTH
def test_the_order_follows_the_owner_and_says_so(world: World, language: str) -> None:
    here = scene(world, language, CHEAP, LARGE, amount_sought=900_000)
    cheapest, most = reorder(here, "cheapest"), reorder(here, "most")
    assert cheapest.replies[0].text.index("prd-cheap") < cheapest.replies[0].text.index("prd-large")
    assert most.dialogue.wish == "most"
    again = group_of(here.with_dialogue(most.dialogue), "product")
    assert [match.entry.id for match in again.matches] == ["prd-large", "prd-cheap"]
    assert {button.id for button in wish_buttons(again.matches, language, "most")} == {"k:cheapest", "k:fastest"}


def test_there_is_nothing_to_order_with_one_loan(world: World) -> None:
    assert wish_buttons(group_of(scene(world, "zh", CHEAP), "product").matches, "zh", "balanced") == ()


@BOTH
def test_a_guarantee_says_what_a_loan_with_it_costs(world: World, language: str) -> None:
    here = scene(world, language, CHEAP, BACKED, amount_sought=100_000)
    (guarantee,) = group_of(here, "guarantee").matches
    lines, told = beside(guarantee, here, {})
    assert any("4.0" in line for line in lines)  # 3 % interest and 1 % at first, on what is left of the loan
    assert beside(guarantee, here, {}, told)[0] == []


# -- one order everywhere, and how long it takes -----------------------------------------------------------------------------

PICKY = entry("len-bank", "lender", when={"fact": "amount_sought", "at_most": 100_000})
BEST_BUT_PICKY = entry("prd-best", offer={"mechanism": "x", "cap": 900_000, "rate": {"low": 0.02, "high": 0.02}})
DEARER = entry(
    "prd-dearer",
    offer={"mechanism": "x", "cap": 900_000, "rate": {"low": 0.06, "high": 0.06}},
    provider={"id": "other", "name": {"zh": "别家", "en": "another"}},
)


@pytest.mark.parametrize(("sought", "first"), [(90_000, "prd-best"), (300_000, "prd-dearer")])
def test_report_summary_and_staff_see_the_order_of_the_chat(world: World, sought: int, first: str) -> None:
    """A bank's own rules count in each of them."""
    here = scene(world, "zh", PICKY, BEST_BUT_PICKY, DEARER, amount_sought=sought)
    chat = [match.entry.id for match in group_of(here, "product").matches]
    assert chat[0] == first
    assert [match.entry.id for match in report_of(here).matches] == chat
    assert [match.name for match in card_of(here).matches] == [here.world.pack[one].name["zh"] for one in chat]
    assert [match["entry"] for match in firm_file(here, [])["matches"]] == chat


QUICK_BANK = entry("len-quick", "lender", response={"days": 3, "stated": {"zh": "官网", "en": "its site"}})
RULED_BANK = entry("len-ruled", "lender")


def offered(bank: str, papers: int) -> Any:
    provider = {"id": bank, "name": {"zh": bank, "en": bank}}
    return entry(f"prd-{bank}", offer={"mechanism": "x", "cap": 500_000}, provider=provider, documents=[{"zh": "甲", "en": "a"}] * papers)


@pytest.mark.parametrize(
    ("language", "waits"),
    [
        ("zh", ["3 天左右（银行自己说的）", "一般 30 天内", "还不知道，要问去办的那家"]),
        ("en", ["about 3 days, by the bank's own word", "within 30 days as a rule", "not known; ask the lender"]),
    ],
)
def test_the_quickest_first_says_how_long_each_takes_and_where_that_is_not_known(world: World, language: str, waits: list[str]) -> None:
    everyone = offered("nobody", 1), offered("quick", 9), offered("ruled", 9)
    here = scene(world, language, QUICK_BANK, RULED_BANK, *everyone, amount_sought=300_000)
    usual = show_results(here, ("product",)).replies[1].text
    assert not any(wait in usual for wait in waits)
    text = reorder(here, "fastest").replies[0].text
    places = [text.index(wait) for wait in waits]
    assert places == sorted(places), "the one paper of whom nobody knows the wait does not bring it to the front"


def test_a_shop_that_nothing_fits_yet_is_sent_to_what_it_can_settle(world: World) -> None:
    """Of dealers' finance only a maker can tell whether it is to be had: no question is open there, and it is not the nearest for that."""
    maker = entry("prd-maker", when={"check": {"zh": "厂家愿不愿意回购", "en": "whether the maker buys back"}}, offer={"mechanism": "x"})
    open_ = {"all": [{"fact": "patents", "at_least": 1}, {"fact": "tax_arrears", "is": False}]}
    asks = entry("prd-asks", when=open_, offer={"cap": 200_000})
    here = scene(world, "zh", maker, asks, amount_sought=200_000)
    group = group_of(here, "product")
    assert (group.hint_entry, group.matches[0].entry.id) == ("prd-asks", "prd-asks")
    assert "再回答2个问题" in show_results(here, ("product",)).replies[0].text
