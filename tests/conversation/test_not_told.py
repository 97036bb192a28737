"""Of what nothing is told the advisor says so by name, whatever the guess; how a thing works is told, not which of it there are."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.conversation.answers import not_told, particulars
from bot.conversation.answers.entry import define
from bot.conversation.facts import take
from bot.conversation.handlers import HANDLERS
from bot.conversation.model import Dialogue, Understanding
from bot.conversation.security import unknown_security
from bot.conversation.world import Scene, World
from bot.understanding import topics_of
from knowledge.firm import Firm
from nlu.mentions import extract_facts

TODAY = date(2026, 11, 27)
FARM: dict[str, Any] = {"industry": "agriculture", "region": "350102", "amount_sought": 300_000}


def scene(world: World, text: str, language: str, intent: str, focus: str | None = None) -> Scene:
    extraction = extract_facts(text, today=TODAY)
    before = Dialogue(firm=Firm.of(FARM, TODAY), language=language, shown=True, focus=focus)
    taken = take(before, extraction, TODAY, asks=True)
    topics = () if unknown_security(world.index, text, TODAY) else topics_of(world.index, text, extraction, "350102")
    return Scene(world, before.but(firm=taken.firm), TODAY, Understanding(intent, 0.6, extraction, topics, language), taken, text)


@pytest.mark.parametrize("intent", ["ask_terms", "ask_subsidy", "ask_match", "ask_documents", "ask_compare", "out_of_scope"])
@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("农担那边担保怎么弄", "zh", "“农担”我手上没有"),
        ("渣打的小企业贷好办不", "zh", "“渣打”我手上没有"),
        ("温室大棚可不可以拿去抵押", "zh", "“温室大棚”能不能抵押"),
        ("we have a Sinosure policy, is that any use", "en", 'nothing reliable on "Sinosure"'),
        ("could my gold coins be used as collateral", "en", 'takes "gold coins" as security'),
    ],
)
def test_what_is_not_told_is_named(world: World, text: str, language: str, said: str, intent: str) -> None:
    answer = not_told.asked(scene(world, text, language, intent, focus="sub-fj-startup-loan"), intent)
    assert answer is not None
    assert said in answer.replies[0].text
    assert answer.sources == ()


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("专利可以质押吗", "ask_terms"), ("我有民生银行的贷款，还能再借吗", "ask_match"), ("微业贷和网商贷哪个好", "ask_compare"),
        ("we are a farm in Fuzhou and owe 80k to MYbank", "state_facts"), ("公积金能贷多少", "out_of_scope"), ("有什么贴息", "ask_subsidy"),
    ],
)  # fmt: skip
def test_all_else_gets_its_own_answer(world: World, text: str, intent: str) -> None:
    assert not_told.asked(scene(world, text, "zh", intent), intent) is None


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        ("那个创业担保贷款是什么东西", "zh", "福建省创业担保贷款"),
        ("保理是啥", "zh", "保理"),
        ("what is an interest subsidy", "en", "Interest subsidy"),
        ("what is a guarantee fund?", "en", "Government-backed guarantee"),
    ],
)
def test_the_programme_that_is_named_is_explained_and_a_word_is_before_an_offer(world: World, text: str, language: str, first: str) -> None:
    assert define(scene(world, text, language, "ask_definition")).replies[0].text.lstrip("🟢🟡⚪ ").startswith(first)


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("那贴息咋算", "zh", "def-interest-subsidy"),
        ("贴息是直接少收还是退给我", "zh", "def-interest-subsidy"),
        ("how is the interest subsidy paid out", "en", "def-interest-subsidy"),
        ("有什么贴息", "zh", None),
    ],
)
def test_how_a_subsidy_works_is_not_which_there_are(world: World, text: str, language: str, told: str | None) -> None:
    sources = HANDLERS["ask_subsidy"](scene(world, text, language, "ask_subsidy")).sources
    assert sources == (told,) if told else len(sources) > 1


def test_whether_a_thing_can_be_pledged_is_not_what_the_loan_spoken_of_asks_for(world: World) -> None:
    assert particulars.asked(scene(world, "铺面能抵押吗", "zh", "ask_terms", focus="sub-fj-startup-loan"), "ask_terms") is None
    assert particulars.asked(scene(world, "要抵押吗", "zh", "ask_terms", focus="sub-fj-startup-loan"), "ask_terms") is not None


def test_a_programme_done_where_the_firm_is_answers_for_its_name(world: World) -> None:
    answer = particulars.asked(scene(world, "what is the startup guaranteed loan", "en", "ask_match"), "ask_match")
    assert answer is not None
    assert "Fujian start-up guaranteed loan" in answer.replies[0].text
