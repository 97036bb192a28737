"""Figures that state no fact and are answered all the same: the rate of a loan that is there, the share of several buyers together."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.conversation.answers.pricing import published
from bot.conversation.model import Answer, Button, Reply
from bot.conversation.texts import say
from bot.conversation.world import Scene
from knowledge.formats import fact_label, percent, rough_money
from nlu.quantities import quantities

_RATE = re.compile(
    r"(?:年化|年利率?|年息|利率)(?:利率)?(?:是|大概|差不多|有|要|到|都|约|高达|快|说是)* ?(?P<rate>\d{1,2}(?:\.\d+)?)"
    r"(?! ?(?:\d|万|元|块|年|个月|天|折|[%％]?以[下内]))"
    r"|\b(?:apr|annual rate|interest)(?: (?:is|of|at|rate))* (?P<en>\d{1,2}(?:\.\d+)?)\b",
    re.IGNORECASE,
)
#: 10.8%算高吗
_IS_IT_HIGH = re.compile(
    r"(?P<rate>\d{1,2}(?:\.\d+)?) ?(?:[%％]|个点|(?=的?利[息率]))(?:的)?(?:年化|利[息率])?"
    r"(?:是|算|这)?(?:不算|是不是|会不会)?(?:太|很)?(?:高不高|贵不贵|高了?(?:吗|么|不)|贵了?(?:吗|么|不))"
    r"|\bis (?P<en>\d{1,2}(?:\.\d+)?) ?(?:%|per ?cent) (?:too |very )?(?:high|much|expensive|a lot)\b",
    re.IGNORECASE,
)
_WISHES = re.compile(r"想|希望|不超过|最多|低于|以[下内]|能不能|有没有|\b(?:want|below|under|less than|at most)\b", re.IGNORECASE)
_SEVERAL = re.compile(
    r"(?:[两二三四五几2-5])(?:大|个|家)[^，。\d]{0,6}(?:客户|买家|甲方|客商)[^。]{0,8}占"
    r"[^，。]{0,8}?(?P<share>\d+ ?[%％]|[一二三四五六七八九半]成)"
    r"|\btop (?:two|three|four|five|[2-5]) (?:customers|clients|buyers)\b[^.]{0,24}(?P<en>\d+ ?%)",
    re.IGNORECASE,
)
_A_DAY = re.compile(
    r"(?:一天|每天|天天|日均)[^。]{0,8}(?:卖|做|营业|流水|进账|收|能有|就)|\b(?:a|per|each|every) day\b|\bdaily\b", re.IGNORECASE
)
#: The price of one, beside how many are sold.
_PRICED = re.compile(
    r"(?:一|每)(?:个|碗|斤|件|份|杯|只|张|单|箱|盒|瓶|串|套)[^，。]{0,5}(?:块|元)|\b(?:each|apiece|a piece)\b", re.IGNORECASE
)
_DAYS_OF_MONTH, _DAYS_OF_YEAR = 30, 360
#: A sum for which a year's interest is said: 10,000 yuan.
_UNIT = 10_000


def told(scene: Scene) -> Answer | None:
    """What is to be said of such a figure; None where the message has none."""
    return None if scene.taken.changes else _rate(scene) or _several_buyers(scene) or _days_takings(scene)


def rate_judged(scene: Scene) -> Answer | None:
    """Whether a rate that is named is high, as banks publish theirs; None where that is not asked."""
    found, ends = _IS_IT_HIGH.search(scene.text), published(scene)
    return None if found is None or ends is None else _judged(Decimal(found["rate"] or found["en"]) / 100, ends, scene)


def _rate(scene: Scene) -> Answer | None:
    found, ends = _RATE.search(scene.text), published(scene)
    if found is None or ends is None or _WISHES.search(scene.text):
        return None
    return _judged(Decimal(found["rate"] or found["en"]) / 100, ends, scene)


def _judged(rate: Decimal, ends: tuple[Decimal, Decimal], scene: Scene) -> Answer:
    key = "rate_told_high" if rate > ends[1] else "rate_told_usual"
    values = {"rate": percent(rate), "yuan": rough_money(rate * _UNIT, scene.language), "low": percent(ends[0]), "high": percent(ends[1])}
    return Answer((Reply(say(key, scene.language, **values)),), scene.dialogue, aside=True)


def _days_takings(scene: Scene) -> Answer | None:
    """What a day's takings come to in a month and a year, to be noted by a tap."""
    language, sums = scene.language, [one for one in quantities(scene.text, today=scene.today) if one.kind == "money" and one.value > 0]
    if _A_DAY.search(scene.text) is None or len(sums) != 1:
        return None
    pieces = [one.value for one in quantities(scene.text, today=scene.today) if one.kind == "count" and one.value > 1]
    priced = _PRICED.search(scene.text) is not None
    if priced != (len(pieces) == 1):
        return None
    day = sums[0].value * (pieces[0] if priced else 1)
    month, year = day * _DAYS_OF_MONTH, day * _DAYS_OF_YEAR
    buttons = tuple(
        Button(f"a:{name}:{int(value)}", f"{fact_label(name, language)} {rough_money(value, language)}")
        for name, value in (("annual_revenue", year), ("monthly_inflow", month))
    )
    values = {key: rough_money(value, language) for key, value in (("day", day), ("month", month), ("year", year))}
    return Answer((Reply(say("days_takings", language, **values), buttons),), scene.dialogue, aside=True)


def _several_buyers(scene: Scene) -> Answer | None:
    found = _SEVERAL.search(scene.text)
    if found is None:
        return None
    return Answer((Reply(say("several_buyers", scene.language, share=found["share"] or found["en"])),), scene.dialogue, aside=True)
