"""Policy news: asking for it, choosing what to hear of and how often, and stopping it, by words and by buttons."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation.answers import bulletin, news_often
from bot.conversation.asking import news_button
from bot.conversation.model import Answer, Button, Reply
from bot.conversation.news import TOPICS, WEEKLY, News, NewsChange, Verb
from bot.conversation.texts import joined, say
from bot.conversation.world import Scene
from knowledge.entries import Kind
from knowledge.regions import COUNTRY, level, parent, region_name

#: What owners call the kinds of entry.
_TOPIC_WORDS: Mapping[Kind, re.Pattern[str]] = {
    Kind.PRODUCT: re.compile(r"贷款|\bloans?\b", re.IGNORECASE),
    Kind.GUARANTEE: re.compile(r"担保|\bguarantees?\b", re.IGNORECASE),
    Kind.SUBSIDY: re.compile(r"补贴|补助|贴息|奖补|\b(?:subsid(?:y|ies)|grants?)\b", re.IGNORECASE),
    Kind.TAX: re.compile(r"税|\btax(?:es)?\b", re.IGNORECASE),
    Kind.PROGRAMME: re.compile(r"扶持计划|扶持项目|\bprogramm?es?\b", re.IGNORECASE),
}
_WANTS = re.compile(
    r"(?:有|出)了?(?:什么)?新?的?(?:政策|补贴|贴息|优惠)[^，。？！]{0,6}(?:告诉|通知|提醒|叫|推送?给|发给)我"
    r"|(?:告诉|通知|提醒|叫)我[^，。？！]{0,4}新(?:的)?政策"
    r"|\b(?:tell|notify|alert|inform) me (?:about|of|when there (?:is|are)) (?:any )?(?:a )?new (?:policy|policies|subsid\w+|measures?)\b"
    r"|\bkeep me (?:posted|informed|updated) (?:on|about) (?:new )?(?:policy|policies|subsid\w+|measures?)\b",
    re.IGNORECASE,
)
_SETTINGS = re.compile(r"(?:政策)?(?:通知|消息|推送)设置|\b(?:news|notification|update) settings\b", re.IGNORECASE)
_LIST = re.compile(
    r"(?:给我)?(?:发|推|通知)(?:过|了)(?:我)?(?:哪些|什么|啥)(?:政策)?(?:消息|通知|政策)"
    r"|(?:最近|之前|上次)(?:给我)?(?:发|推)(?:过|了)?的(?:政策)?(?:消息|通知)"
    r"|\b(?:what|which) (?:policy )?(?:news|updates|bulletins|messages) (?:did|have) (?:i|you)\b",
    re.IGNORECASE,
)
_STOPS = re.compile(
    r"(?:不要|别|不用)(?:再)?(?:给我)?(?:发|推送?|通知)[^，。？！]{0,8}(?:政策|消息|通知|补贴|贷款|担保|税|了)|不要通知了|退订"
    r"|\b(?:no more|stop(?: the)?) (?:policy |loan |subsidy |tax |guarantee )?(?:news|updates|bulletins)\b|\bunsubscribe\b",
    re.IGNORECASE,
)


def named(text: str) -> str | None:
    """What is asked for by its own name, whatever the guess."""
    if news_often.is_named(text):
        return "news_settings"
    found = ((_LIST, "news_list"), (_SETTINGS, "news_settings"), (_STOPS, "unsubscribe"), (_WANTS, "subscribe"))
    return next((intent for words, intent in found if words.search(text)), None)


def subscribe(scene: Scene) -> Answer:
    """From now on; where kinds are named, of these only."""
    asked = _named_topics(scene.text)
    news = scene.dialogue.news
    head = "news_on" if news is None else "news_on_again"
    if asked:
        before = set(news.muted) if news else {topic.value for topic in TOPICS}
        news = replace(news or News(), muted=tuple(topic.value for topic in TOPICS if topic.value in before and topic not in asked))
        head = "news_on"
    return _screen(scene, news or News(), head)


def unsubscribe(scene: Scene) -> Answer:
    """Stop all of it; where kinds are named, these only."""
    asked, news = _named_topics(scene.text), scene.dialogue.news
    if news is not None and asked and len(asked) < len(TOPICS):
        return _mute(scene, news, [topic.value for topic in asked])
    return _off(scene, "")


def settings(scene: Scene) -> Answer:
    """What is heard of now; where it was said how often, as it was said."""
    news = scene.dialogue.news
    if news is None:
        return Answer((Reply(say("news_was_off", scene.language), (news_button(scene.language),)),), scene.dialogue, aside=True)
    return _screen(scene, news_often.wished(news, scene.text or ""), "news_often" if news_often.is_named(scene.text or "") else None)


def received(scene: Scene) -> Answer:
    """The bulletins that came lately; only the rows know them."""
    return Answer((), scene.dialogue, news=NewsChange(Verb.LIST))


def pressed(scene: Scene, rest: str) -> Answer | None:
    """news:<what>, news:<what>:<which>. None where it means nothing any more."""
    what, _, which = rest.partition(":")
    handler = _PRESSES.get(what)
    return handler(scene, which) if handler else bulletin.pressed(scene, what, which)


def _screen(scene: Scene, news: News, head: str | None) -> Answer:
    language = scene.language
    heard = [topic for topic in TOPICS if topic.value not in news.muted]
    topics = joined([_topic(topic, language) for topic in heard], language) if news.muted else say("news_all_topics", language)
    place = say("news_only", language, place=region_name(news.region, language)) if news.region else say("news_everywhere", language)
    often = say("news_weekly", language, count=news.weekly)
    often = say("news_digest_weekly", language, weekly=often) if news.digest else often
    state = say("news_state", language, topics=topics if heard else say("news_no_topics", language), place=place, often=often)
    text = state if head is None else f"{say(head, language)}\n{state}"
    return Answer((Reply(text, _buttons(scene, news)),), scene.dialogue.but(news=news), aside=True)


def _buttons(scene: Scene, news: News) -> tuple[Button, ...]:
    language = scene.language
    found = []
    for topic in TOPICS:
        key = "news_b_topic_off" if topic.value in news.muted else "news_b_topic_on"
        found.append(Button(f"news:t:{topic.value}", say(key, language, topic=_topic(topic, language))))
    found.extend(Button(f"news:w:{count}", say("news_b_weekly", language, count=count)) for count in WEEKLY if count != news.weekly)
    found.append(Button("news:d", say("news_b_digest_off" if news.digest else "news_b_digest_on", language)))
    if news.region is not None:
        found.append(Button("news:p:all", say("news_b_everywhere", language)))
    for place in _places(scene):
        if place != news.region:
            found.append(Button(f"news:p:{place}", say("news_b_only", language, place=region_name(place, language))))
    return (*found, Button("news:off", say("news_b_off", language)))


def _places(scene: Scene) -> list[str]:
    """The firm's province and city, whose own measures can be chosen."""
    code, found = scene.dialogue.firm.get("region"), list[str]()
    place = str(code) if code is not None and str(code) != COUNTRY else None
    while place is not None:
        if level(place) in ("province", "city"):
            found.append(place)
        place = parent(place)
    return found[::-1]


def _topic(topic: Kind, language: str) -> str:
    return say(f"news_topic_{topic.value}", language)


def _named_topics(text: str) -> list[Kind]:
    return [topic for topic, words in _TOPIC_WORDS.items() if words.search(text)]


def _mute(scene: Scene, news: News, topics: list[str]) -> Answer:
    language = scene.language
    muted = tuple(dict.fromkeys((*news.muted, *topics)))
    told = say("news_muted", language, topic=joined([_topic(Kind(topic), language) for topic in topics], language))
    buttons = (Button("news:set", say("news_b_settings", language)), Button("news:off", say("news_b_off", language)))
    return Answer((Reply(told, buttons),), scene.dialogue.but(news=replace(news, muted=muted)), aside=True)


def _mute_pressed(scene: Scene, topic: str) -> Answer | None:
    if topic not in {one.value for one in TOPICS}:
        return None
    return _mute(scene, scene.dialogue.news or News(), [topic])


def _off(scene: Scene, _: str) -> Answer:
    key = "news_off" if scene.dialogue.news is not None else "news_was_off"
    return Answer(
        (Reply(say(key, scene.language), (news_button(scene.language),)),), scene.dialogue.but(news=None, settling=None), aside=True
    )


def _on(scene: Scene, _: str) -> Answer:
    return _screen(scene, scene.dialogue.news or News(), "news_on_again" if scene.dialogue.news else "news_on")


def _toggle(scene: Scene, topic: str) -> Answer | None:
    news = scene.dialogue.news or News()
    if topic not in {one.value for one in TOPICS}:
        return None
    muted = tuple(one for one in news.muted if one != topic) if topic in news.muted else (*news.muted, topic)
    return _screen(scene, replace(news, muted=muted), None)


def _weekly(scene: Scene, count: str) -> Answer | None:
    if count not in {str(one) for one in WEEKLY}:
        return None
    return _screen(scene, replace(scene.dialogue.news or News(), weekly=int(count)), None)


def _digest(scene: Scene, _: str) -> Answer:
    news = scene.dialogue.news or News()
    return _screen(scene, replace(news, digest=not news.digest), None)


def _place(scene: Scene, place: str) -> Answer | None:
    if place != "all" and place not in _places(scene):
        return None
    return _screen(scene, replace(scene.dialogue.news or News(), region=None if place == "all" else place), None)


_PRESSES: Mapping[str, Callable[[Scene, str], Answer | None]] = {
    "on": _on,
    "off": _off,
    "set": lambda scene, _: settings(scene),
    "t": _toggle,
    "w": _weekly,
    "d": _digest,
    "p": _place,
    "mute": _mute_pressed,
    "list": lambda scene, _: received(scene),
}
