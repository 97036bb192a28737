"""Figures and words that are told of something else than the fact they were read for: of an old loan, of a limit, of one piece sold,
of what a thing is worth, of two buyers together, of an advert that was passed on. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import resources

import yaml

from bot.conversation.model import Dialogue
from knowledge.firm import FactType, spec_of
from nlu.facts import Mention
from nlu.mentions import Extraction
from nlu.quantities import quantities
from nlu.text import normalise

_AMOUNT = r"[\d一二两三四五六七八九十百千几半][\d.,一二两三四五六七八九十百千万几多来]*"
#: 网贷七八笔，加起来二十多万: what several small loans come to is owed.
_SMALL_LOANS = re.compile(
    r"(?:网贷|网上借的|信用卡|花呗|借呗|微粒贷|小贷|白条)[^。？]{0,16}(?:加起来|加一起|一共|总共|合计|拢共|加到一起|总的)"
    r"|\b(?:online|app|payday|card|small) (?:loans?|debts?)\b[^.?]{0,24}\b(?:together|altogether|in total|together|add(?:s|ing)? up to)\b"
)
_PLATFORM = re.compile(
    r"平台|网店|店铺|电商|线上|网上|直播|外卖|美团|饿了么|淘宝|天猫|京东|拼多多|抖音|快手|小红书|亚马逊|跨境|有赞|微店|小程序"
    r"|\b(?:amazon|shopify|ebay|etsy|shopee|lazada|temu|shein|tmall"
    r"|taobao|jd|douyin|tiktok|meituan|pinduoduo|online|platform|store|shop|web)\b",
    re.IGNORECASE,
)
_LAST_YEAR = re.compile(r"上(?:一)?(?:年|年度)(?!末|底|同期)")
_OTHER_YEAR = re.compile(r"今年|本年|去年|当年|本期|20\d\d年|同比|增长|下降")
_WANTED = re.compile(r"想|要|打算|准备|申请|需要|\b(?:want|need|would like)\b")
#: What answers no question for a sum of the firm: the price of a piece, what a thing is worth.
_OF_A_PIECE = re.compile(
    rf"(?:一|每)(?:个|碗|斤|公斤|件|份|杯|只|张|瓶|次|单|头|箱|间|晚|盒|块|双|条)(?:就|才|大概|也就|卖|收|要)*"
    rf"{_AMOUNT} ?(?:块|元|毛|角)"
)
_WORTH = re.compile(r"值(?:个)?(?:大概|差不多)?" + _AMOUNT + r"|估值|评估[价值]|原值|市[价值]")
#: 想再买一百只母羊，得十五六万: what is to be bought costs so much.
_BUYS = re.compile(
    r"(?:想|打算|准备|要)(?:再|先)?(?:去)?(?:买|换|添|上|装|建|盖|进|租)[^。]{0,14}(?:得|要|花|大概|差不多|需要)[^，。]{0,4}" + _AMOUNT
)
#: 一年一百二十万, asked for what is wanted
_OF_EVERY_YEAR = re.compile(rf"(?:一年|去年|每年|年)(?:下来)?(?:也|能|大概|差不多|做|卖|有|就|个)*{_AMOUNT}(?!年)")
_YEAR_BEFORE = re.compile(rf"前年[^，。\d]{{0,6}}{_AMOUNT}")
#: 一天卖七八百块: a day's takings
_OF_A_DAY = re.compile(rf"(?:一天|每天|天天|日均)[^，。\d]{{0,8}}{_AMOUNT} ?(?:块|元)")
#: 今年估计只有50, asked for the age: a bare figure beside a year is of that year.
_OF_A_YEAR = re.compile(rf"(?:今年|去年|明年|前年)[^，。\d]{{0,8}}{_AMOUNT}(?!年)")
#: 年化18的都有, asked for the staff
_OF_A_RATE = re.compile(r"(?:年化|年利率?|年息|利率|利息)(?:是|大概|差不多|有|要|到|都)* ?\d")
#: 【建设银行】尊敬的客户，您已获得…: an advert, and nothing in it is told by the owner.
_SENT_BY = re.compile(r"^\W{0,3}【[^】]{2,16}】")
_OFFERS = re.compile(
    r"额度|利率|低至|领取|提款|邀您|获邀|恭喜|备用金|待激活|待领取|可提现|日息|秒批|可借|优惠券|放款名额"
    r"|\b(?:pre-?approved|limit of|claim)\b",
    re.IGNORECASE,
)
_OPTS_OUT = re.compile(r"退订|拒收请回复|回(?:复)?[TtNnRr]\b|点击[^，。]{0,6}(?:链接|领取|提款)|\breply (?:stop|t|n)\b", re.IGNORECASE)
_PAYMENT = re.compile(r"还款|应还|扣款|到期|逾期|账单|\b(?:due|repayment|instal\w+)\b", re.IGNORECASE)
_WISHED = "amount_sought"
_MONEY = frozenset({FactType.MONEY})


def is_notice(text: str) -> bool:
    """Whether a message is a bank's notice of a payment that is due, passed on as it came."""
    return _SENT_BY.match(text) is not None and _PAYMENT.search(text) is not None and not is_advert(text)


def is_advert(text: str) -> bool:
    """Whether a message is an offer that somebody sent the owner, passed on as it came."""
    return bool(_OFFERS.search(text)) and bool(_SENT_BY.match(text) or _OPTS_OUT.search(text))


def without_something_else(heard: Extraction, plain: Extraction, text: str, asking: str | None) -> Extraction:
    """What a message states of the firm. `heard` was read as an answer to `asking`, `plain` without it."""
    if is_advert(text):
        return Extraction()
    norm = normalise(text)
    if asking and asking not in plain.facts and _answers_something_else(norm, asking, plain):
        heard = plain
    mentions = tuple(one for one in heard.mentions if not _not_told(one, norm))
    if asking != "platform_sales" and not _PLATFORM.search(norm):  # 一年一百二十万 of a shop that sells on no platform
        mentions = tuple(replace(one, name="annual_revenue") if one.name == "platform_sales" else one for one in mentions)
    if _LAST_YEAR.search(norm) and not _OTHER_YEAR.search(norm):  # as accountants say it: 上年营收2350万
        mentions = tuple(replace(one, name="annual_revenue") if one.name == "previous_revenue" else one for one in mentions)
    owed = _SMALL_LOANS.search(norm) and not _WANTED.search(norm) and all(one.name != "existing_loans" for one in mentions)
    if owed:
        mentions = tuple(replace(one, name="existing_loans") if one.name == "amount_sought" else one for one in mentions)
    return replace(heard, mentions=mentions)


def bare_sum_left_open(extraction: Extraction, text: str, dialogue: Dialogue, today: date) -> Extraction:
    """The extraction with a bare sum left open where another is wanted already and something else was told since: 40万, line by line."""
    wanted, told = dialogue.firm.get(_WISHED), extraction.facts.get(_WISHED)
    elsewhere = dialogue.asking != _WISHED and dialogue.recent[-1:] != (_WISHED,)
    if len(extraction.mentions) != 1 or extraction.correction or None in (wanted, told) or wanted == told or not elsewhere:
        return extraction
    figures = quantities(text, today=today)
    if len(figures) != 1 or len(text.strip(" ，,。.!！吧啊呢")) > len(figures[0].text):
        return extraction
    return replace(extraction, mentions=(), loose=figures)


def _answers_something_else(norm: str, asking: str, plain: Extraction) -> bool:
    if spec_of(asking).type in _MONEY:
        buys = _OF_EVERY_YEAR.search(norm) if asking == _WISHED else _BUYS.search(norm)
        of_a_thing = buys or _OF_A_PIECE.search(norm) or _OF_A_DAY.search(norm)
        return of_a_thing is not None or (bool(plain.mentions) and any(words.search(norm) for words in (_WORTH, _YEAR_BEFORE)))
    if spec_of(asking).type is FactType.COUNT:
        return bool(plain.mentions) and _OF_A_RATE.search(norm) is not None
    return spec_of(asking).type is FactType.MONTHS and bool(plain.mentions) and _OF_A_YEAR.search(norm) is not None


def _not_told(one: Mention, norm: str) -> bool:
    return any(one.name in names and words.search(norm) and not (unless and unless.search(norm)) for names, words, unless in _table())


@cache
def _table() -> tuple[tuple[frozenset[str], re.Pattern[str], re.Pattern[str] | None], ...]:
    rows = yaml.safe_load(resources.files("bot.conversation").joinpath("something_else.yaml").read_text("utf-8"))
    return tuple(
        (frozenset(row["facts"]), re.compile(row["words"]), re.compile(row["unless"]) if "unless" in row else None) for row in rows
    )
