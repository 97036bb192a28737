"""How often an owner wants to hear of policies, as they say it: so many a week, all of a day at once, or just less."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversation.news import WEEKLY, News

_DIGITS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7}
_WORDS = {"once": 1, "one": 1, "two": 2, "twice": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_ABOUT = r"(?:(?:政策|新政策|补贴|政策的)?(?:消息|通知|推送|新闻)?)"
#: Whole messages only: "一周三次进货" is about something else.
_WEEK = re.compile(
    rf"{_ABOUT}\s*(?:一|每)个?(?:周|星期|礼拜)(?:最多|只|就)?(?:给我)?(?:发|推送?|听|收|通知|来)?(?:我)?(?P<zh>[一两二三四五六七1-7])(?:条|次)"
    r"(?:消息|通知|政策)?(?:就行|就够了?|就可以|吧|好了)?[。！!]?"
    r"|(?:at most |no more than |only |max(?:imum)? )?(?P<en>once|twice|one|two|three|four|five|six|seven|[1-7])"
    r"(?: (?:messages?|news|updates?|policy news|times?))? (?:a|per|each) week(?: (?:is enough|please|at most))?[.!]?",
    re.IGNORECASE,
)
_DAILY = re.compile(
    r"(?:合成|合并成|攒成|汇总成)一条|(?:一|每)天(?:只|就)?(?:给我)?(?:发|推)?一(?:条|次)(?:消息|通知)?(?:就行|就够|吧|$)"
    r"|\b(?:one (?:message|update)|once) a day\b|\bdaily digest\b",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"(?:消息|通知|政策|推送)(?:发|来|推)?得?太(?:多|频繁|勤)|(?:消息|通知|政策|推送)[^，。？！]{0,4}(?:少发|少推|少来)|^(?:能不能|可以|请|麻烦)?(?:给我)?少(?:发|推|来)(?:一?点|一?些|几条)"
    r"|(?:别|不要|不用)(?:给我)?(?:发|推)(?:这么|那么|太)(?:多|勤|频繁)|怎么(?:一天|天天|老)?发这么多"
    r"|\btoo (?:many|much) (?:messages|news|updates|bulletins)\b|\b(?:fewer|less) (?:messages|news|updates|bulletins)\b"
    r"|\b(?:write|message|send)(?: me)? less(?: often)?\b",
    re.IGNORECASE,
)


def is_named(text: str) -> bool:
    """Whether a message says how often."""
    bare = text.strip()
    return bool(_WEEK.fullmatch(bare) or _DAILY.search(bare) or _LESS.search(bare))


def wished(news: News, text: str) -> News:
    """What is heard of after what was said; of the numbers that can be chosen the one that is not beyond what was asked for."""
    bare = text.strip()
    if week := _WEEK.fullmatch(bare):
        said = (week["zh"] or week["en"]).lower()
        count = _DIGITS.get(said) or _WORDS.get(said) or int(said)
        return replace(news, weekly=max(one for one in WEEKLY if one <= count))
    if _DAILY.search(bare):
        return replace(news, digest=True)
    if _LESS.search(bare):
        return replace(news, weekly=max((one for one in WEEKLY if one < news.weekly), default=WEEKLY[0]))
    return news
