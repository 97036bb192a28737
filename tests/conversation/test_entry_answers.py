"""Answers about one entry: short first, with source, document number, validity and the follow-ups, in both languages."""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.conversation.answers import entry
from bot.conversation.facts import Taken
from bot.conversation.model import Dialogue, Understanding
from bot.conversation.world import Scene, World
from knowledge.firm import Firm
from nlu.mentions import Extraction
from tests.bench._lines import TODAY

#: A noodle shop in Fuzhou that has told a few things.
FIRM = {
    "industry": "catering",
    "region": "350100",
    "legal_form": "sole_trader",
    "employees": 12,
    "annual_revenue": 2000000,
    "amount_sought": 500000,
}
ASKED = (
    "def-lpr",
    "def-little-giant",
    "tax-six-taxes-two-fees",
    "tax-cit-small-low-profit",
    "sub-service-loan-2026",
    "sub-service-loan-2025",
    "sub-startup-loan-old",
    "gua-measures-2025",
    "gua-gz-risk-comp",
    "prd-icbc-jingying",
    "prd-ccb-family-2017",
    "prg-renewal-2024-13",
)
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])


def scene(world: World, language: str, *topics: str) -> Scene:
    dialogue = Dialogue(firm=Firm.of(FIRM, TODAY), language=language)
    understanding = Understanding("ask_definition", 1.0, Extraction(()), topics, language)
    return Scene(world, dialogue, TODAY, understanding, Taken(dialogue.firm, (), False))


@LANGUAGES
@pytest.mark.parametrize("asked", ASKED)
def test_an_entry_is_told_in_short(asked: str, language: str, world: World, snapshot: SnapshotAssertion) -> None:
    answer = entry.define(scene(world, language, asked))
    reply = answer.replies[0]
    assert answer.sources == (asked,)
    assert "\n".join([reply.text, *(f"[{button.label}] {button.id}" for button in reply.buttons)]) == snapshot


@LANGUAGES
def test_what_ends_soon_says_in_how_many_days(language: str, world: World) -> None:
    text = entry.define(scene(world, language, "sub-service-loan-2026")).replies[0].text
    assert "2026-12-31" in text
    assert "40" in text.splitlines()[-1]


@LANGUAGES
def test_what_has_ended_leads_to_what_replaced_it(language: str, world: World) -> None:
    reply = entry.define(scene(world, language, "sub-startup-loan-old")).replies[0]
    assert [button.id for button in reply.buttons] == ["n:sub-startup-loan-sme"]
    assert world.pack["sub-startup-loan-sme"].name[language] in reply.text


@LANGUAGES
def test_without_an_entry_the_advisor_says_what_it_can_do_and_offers_a_person(language: str, world: World) -> None:
    answer = entry.define(scene(world, language))
    assert answer.sources == ()
    assert ("人工" if language == "zh" else "a person") in answer.replies[0].text
