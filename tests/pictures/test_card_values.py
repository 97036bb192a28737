"""The summary card as values: what is on it, for whom, and that it survives being stored."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from bot.conversation.answers.card import card_of, show_card
from bot.conversation.answers.results import show_results
from bot.conversation.card import Card, CardFigure, CardMatch, CardReason, Graded, card_from_json, card_to_json
from bot.conversation.kept import reply_to_json
from bot.conversation.model import Reply
from bot.conversation.world import World
from knowledge.entries import Kind
from tests.bench.score import WHOLE
from tests.pictures.firms import FIRMS, card_for, scene_of

CAPTION_LIMIT = 1024

texts = st.text(max_size=20)
grades = st.builds(Graded, *(st.sampled_from("ABCDE"),) * 3, texts)
matches = st.builds(CardMatch, texts, texts, st.sampled_from(("eligible", "unknown")), st.lists(texts, max_size=2).map(tuple))
cards = st.builds(
    Card,
    *(texts,) * 4,
    st.none() | grades,
    texts,
    st.lists(st.builds(CardReason, texts, st.booleans()), max_size=4).map(tuple),
    st.lists(st.builds(CardFigure, texts, texts), max_size=4).map(tuple),
    *(st.integers(0, 999),) * 3,
    st.lists(matches, max_size=3).map(tuple),
    texts,
    texts,
    st.lists(texts, max_size=3).map(tuple),
    texts,
)


@given(cards)
def test_a_card_comes_back_from_json_as_it_was(card: Card) -> None:
    assert card_from_json(json.loads(json.dumps(card_to_json(card)))) == card


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["software", "noodles"])
def test_what_is_on_a_card(world: World, name: str, language: str, snapshot: SnapshotAssertion) -> None:
    assert card_to_json(card_for(world, name, language)) == snapshot


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_anything_the_score_looks_at_there_is_no_grade(world: World, language: str) -> None:
    card = card_for(world, "place only", language)
    assert card.grade is None
    assert card.reasons == ()
    assert card.coverage == "0%"
    assert card.title == ("深圳市" if language == "zh" else "Shenzhen")
    assert card.question


@pytest.mark.parametrize(
    ("facts", "title", "subtitle"),
    [
        ({}, "您的生意", ""),
        ({"industry": "catering"}, "餐饮", ""),
        ({"industry": "catering", "region": "350100"}, "餐饮 · 福州市", ""),
        ({"firm_name": "阿福面馆"}, "阿福面馆", ""),
        ({"firm_name": "阿福面馆", "region": "350100"}, "阿福面馆", "福州市"),
    ],
)
def test_the_title_is_the_firms_name_or_its_trade_and_place(world: World, facts: dict[str, str], title: str, subtitle: str) -> None:
    card = card_of(scene_of(world, facts, "zh"))
    assert (card.title, card.subtitle) == (title, subtitle)


@pytest.mark.parametrize("name", FIRMS)
def test_the_grade_lies_in_the_range_it_may_still_have(world: World, name: str) -> None:
    grade = card_for(world, name, "en").grade
    assert grade is None or grade.best <= grade.grade <= grade.worst


@pytest.mark.parametrize("name", FIRMS)
def test_what_fits_stands_before_what_may_fit_and_nothing_else_is_shown(world: World, name: str) -> None:
    scene = scene_of(world, FIRMS[name], "en")
    offered = [match.status.value for match in scene.matches if match.entry.kind is not Kind.PROGRAMME]
    shown = [match.status for match in card_of(scene).matches]
    assert shown == sorted(shown)
    assert set(shown) <= {"eligible", "unknown"}
    assert len(shown) == 3
    assert shown.count("eligible") == min(3, offered.count("eligible"))


def test_the_more_is_known_the_narrower_the_range(world: World) -> None:
    little = card_of(scene_of(world, {"industry": "catering"}, "en")).grade
    much = card_of(scene_of(world, WHOLE, "en")).grade
    assert little is not None
    assert much is not None
    assert ord(much.worst) - ord(much.best) < ord(little.worst) - ord(little.best)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["software", "noodles", "new wholesaler"])
def test_the_words_with_a_picture_fit_under_it(world: World, name: str, language: str) -> None:
    scene = scene_of(world, FIRMS[name], language)
    for answer in (show_card(scene), show_results(scene)):
        captions = [reply.text for reply in answer.replies if reply.card is not None]
        assert len(captions) == 1
        assert len(captions[0].encode("utf-16-le")) // 2 <= CAPTION_LIMIT


def test_the_picture_comes_with_the_first_results_and_later_behind_a_button(world: World) -> None:
    scene = scene_of(world, FIRMS["noodles"], "zh")
    first = show_results(scene)
    assert [reply.card is not None for reply in first.replies][:2] == [True, False]
    assert not any(button.id == "c" for reply in first.replies for button in reply.buttons)
    again = show_results(scene.with_dialogue(first.dialogue))
    assert all(reply.card is None for reply in again.replies)
    assert sum(button.id == "c" for reply in again.replies for button in reply.buttons) == 1


def test_with_nothing_known_there_is_a_question_instead_of_a_picture(world: World) -> None:
    answer = show_card(scene_of(world, {}, "zh"))
    assert all(reply.card is None for reply in answer.replies)
    assert answer.dialogue.asking is not None


def test_a_reply_as_json_names_the_picture_among_its_files_and_says_what_is_on_it(world: World) -> None:
    card = card_for(world, "noodles", "zh")
    written = reply_to_json(Reply("看图", card=card))
    assert written["files"] == ["summary-2026-11-21.png"]
    assert card_from_json(written["card"]) == card
    assert "card" not in reply_to_json(Reply("没有图"))


def test_figures_are_written_for_the_reader(world: World) -> None:
    facts = {"amount_sought": Decimal(12_345_670_000), "annual_revenue": 2_800_000}
    chinese, english = (card_of(scene_of(world, facts, language)).figures for language in ("zh", "en"))
    assert [figure.value for figure in chinese] == ["1234567万元", "280万元"]
    assert [figure.value for figure in english] == ["CNY 12345.67 million", "CNY 2.8 million"]
