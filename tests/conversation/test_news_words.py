"""What people say to hear of policies, to choose, and to hear no more; and what only sounds like it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.answers.news import named, pressed, settings, subscribe, unsubscribe
from bot.conversation.facts import Taken
from bot.conversation.kept import dialogue_from_json, dialogue_to_json
from bot.conversation.model import NOTHING, Dialogue
from bot.conversation.news import News, Settling
from bot.conversation.world import Scene, World
from knowledge.firm import Firm

TODAY = date(2026, 11, 26)
ALL = {"product", "guarantee", "subsidy", "tax", "programme"}


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("有新政策告诉我", "subscribe"),
        ("有了新补贴通知我一声", "subscribe"),
        ("出新的政策提醒我", "subscribe"),
        ("tell me about new policies", "subscribe"),
        ("Notify me about new subsidies please", "subscribe"),
        ("keep me posted on new policy", "subscribe"),
        ("政策通知设置", "news_settings"),
        ("news settings", "news_settings"),
        ("给我发过哪些政策消息", "news_list"),
        ("what policy news did i get", "news_list"),
        ("最近给我发了什么政策", "news_list"),
        ("which news did you send me?", "news_list"),
        ("一周最多一条就行", "news_settings"),
        ("政策消息每周发三条", "news_settings"),
        ("别发这么多消息", "news_settings"),
        ("通知太多了", "news_settings"),
        ("每天合成一条", "news_settings"),
        ("once a week is enough", "news_settings"),
        ("too many messages", "news_settings"),
        ("一周三次进货", None),
        ("每周一条船出港，运费太多了", None),
        ("i buy fish twice a week from the port", None),
        ("不要通知了", "unsubscribe"),
        ("别再给我发贷款消息", "unsubscribe"),
        ("退订", "unsubscribe"),
        ("no more updates", "unsubscribe"),
        ("stop the policy news", "unsubscribe"),
        ("有什么补贴政策", None),
        ("新政策是什么", None),
        ("告诉我贴息怎么算", None),
        ("不要贷款了", None),
        ("不要抵押的贷款有吗", None),
        ("what is new in this loan", None),
        ("tell me about this loan", None),
        ("i have no more money", None),
    ],
)
def test_what_is_meant(text: str, intent: str | None) -> None:
    assert named(text) == intent


def scene(world: World, news: News | None, text: str, region: str | None = None) -> Scene:
    firm = Firm.of({"region": region} if region else {}, TODAY)
    dialogue = Dialogue(firm=firm, news=news)
    return Scene(world, dialogue, TODAY, NOTHING, Taken(firm, (), False), text)


@pytest.mark.parametrize(
    ("before", "text", "heard"),
    [
        (None, "有新政策告诉我", ALL),
        (None, "有新的补贴政策告诉我", {"subsidy"}),
        (None, "tell me about new tax measures and grants", {"tax", "subsidy"}),
        (News(muted=("product", "tax")), "有新贷款告诉我", ALL - {"tax"}),
        (News(muted=("product",)), "有新政策告诉我", ALL - {"product"}),
    ],
)
def test_kinds_that_are_named_are_what_is_heard_of(world: World, before: News | None, text: str, heard: set[str]) -> None:
    news = subscribe(scene(world, before, text)).dialogue.news
    assert news is not None
    assert ALL - set(news.muted) == heard


@pytest.mark.parametrize(
    ("text", "left"), [("不要通知了", None), ("别再发贷款的消息了", ALL - {"product"}), ("no more subsidy news", ALL - {"subsidy"})]
)
def test_what_is_stopped(world: World, text: str, left: set[str] | None) -> None:
    news = unsubscribe(scene(world, News(), text)).dialogue.news
    assert (None if news is None else ALL - set(news.muted)) == left


@pytest.mark.parametrize(
    ("region", "places"),
    [(None, []), ("100000", []), ("350000", ["350000"]), ("350100", ["350000", "350100"]), ("350102", ["350000", "350100"])],
)
def test_only_places_of_the_firm_are_offered(world: World, region: str | None, places: list[str]) -> None:
    answer = pressed(scene(world, None, "", region), "on")
    assert answer is not None
    offered = [button.id for button in answer.replies[0].buttons if button.id.startswith("news:p:")]
    assert offered == [f"news:p:{place}" for place in places]


def test_wishes_and_questions_are_kept_between_turns() -> None:
    dialogue = Dialogue(news=News(("tax",), "350000", 7, True), settling=Settling(3, "sub-x", "employees"))
    assert dialogue_from_json(dialogue_to_json(dialogue), Firm()) == dialogue
    assert dialogue_from_json({"subscribed": True}, Firm()).news is None, "its migration moves those who had asked before"


@pytest.mark.parametrize(
    ("text", "weekly", "digest"),
    [
        ("一周最多一条就行", 1, False),
        ("每周发两条", 1, False),
        ("一周最多五条", 3, False),
        ("seven a week", 7, False),
        ("at most 3 a week please", 3, False),
        ("每天合成一条吧", 3, True),
        ("one message a day", 3, True),
        ("别发这么多消息", 1, False),
        ("通知设置", 3, False),
    ],
)
def test_how_often_is_taken_as_it_is_said(world: World, text: str, weekly: int, digest: bool) -> None:
    answer = settings(scene(world, News(), text))
    assert answer.dialogue.news == News(weekly=weekly, digest=digest)
    assert answer.replies[0].text.startswith("好，改好了。") == (text != "通知设置")
    assert settings(scene(world, None, text)).dialogue.news is None, "who hears nothing goes on hearing nothing"
