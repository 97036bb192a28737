"""Settles facts that depend on one another: which year a revenue is of, what an online shop's figures are, what is owed in all."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from nlu.cues import words
from nlu.facts import Mention
from nlu.reading.scope import Scope

_YEAR_WORDS = re.compile(
    r"(?P<now>今年|this year)|(?P<last>去年|上一?年(?!度)|last year)|(?P<before>前年|(?:the )?year before|two years (?:ago|back)"
    r"|last to last year|last last year)"
    r"|(?P<year>20[0-4]\d)年?|(?<![\w'])'(?P<apart>[0-4]\d)(?![\w'])|\bfy ?'?(?:20)?(?P<fiscal>[12]\d)(?!\d)"
    r"|(?<!\d)(?P<short>[12]\d)年(?=销售|营|收|利|做|卖|产|全年|我|[一二两三四五六七八九十百千\d])"
)

_RISE = re.compile(
    r"(?:涨|升|降|跌|减|掉|增长?|增加|下滑|提高|缩)(?:到|至|成了?)|(?:fell|dropped|rose|grew|went|up|down|increased|declined|slid|slipped|sank|shrank|jumped|climbed|plunged|tumbled|dipped"
    r"|fallen|grown)\b(?:[^.;]|\.(?=\d)){0,32}\bto\b"
)


#: ... to 3.6m from 3m, up on 3m: the figure that comes first is the later one.
_ROSE_TO = re.compile(
    r"\b(?:rose|grew|fell|dropped|went|up|down|increased|climbed|declined|slid|jumped|slipped)\b[^.;]{0,12} to (?:[^.;]"
    r"|\.(?=\d)){0,24}\bfrom (?:¥"
    r"|rmb ?)?$"
    r"|\b(?:up|down) (?:on|from) (?:¥|rmb ?)?$"
)

#: Fell to 5.1m, the year before it was 7.9: the second figure is the earlier year's.
_BEFORE_IT = re.compile(r",? (?:and |but |from )?(?:it was )?(?:in )?(?:the )?year (?:before|earlier)\b(?! to\b)")


def _moved(scope: Scope, mentions: list[Mention], revenues: list[int]) -> list[Mention] | None:
    """收入从600万降到420万, fell from 6m to 4.2m: the figure moved to is the latest year's, the one before it the year before's."""
    for index in revenues:
        later = next(
            (other for other in range(index + 1, len(mentions)) if mentions[other].name in ("annual_revenue", "previous_revenue")), None
        )
        if later is not None and _BEFORE_IT.match(scope.norm, mentions[index].end, mentions[later].start):
            names = {index: "annual_revenue", later: "previous_revenue"}
            return [replace(mention, name=names.get(position, mention.name)) for position, mention in enumerate(mentions)]
        if later is not None and _ROSE_TO.search(scope.norm, max(0, mentions[index].start - 24), mentions[later].start):
            names = {index: "annual_revenue", later: "previous_revenue"}
            return [replace(mention, name=names.get(position, mention.name)) for position, mention in enumerate(mentions)]
        if later is not None and _RISE.search(scope.norm, max(0, mentions[index].start - 24), mentions[later].start):
            names = {index: "previous_revenue", later: "annual_revenue"}
            return [replace(mention, name=names.get(position, mention.name)) for position, mention in enumerate(mentions)]
    return None


def by_year(scope: Scope, mentions: list[Mention], revenues: list[int], today: date) -> list[Mention]:
    """Of several years' revenue, the latest full year is annual_revenue and the year before it previous_revenue."""
    moved = _moved(scope, mentions, revenues)
    if moved is not None:
        return moved
    dated = [(index, _year_of(scope, mentions, index, today)) for index in revenues]
    dated = _after_last(scope, mentions, dated)
    if len(dated) < 2 or all(year is None for _, year in dated):
        return [
            replace(mention, approximate=True)
            if (index, today.year) in dated
            else replace(mention, name="previous_revenue")
            if (index, today.year - 2) in dated
            else mention
            for index, mention in enumerate(mentions)
            if not any(at == index and year is not None and year < today.year - 2 for at, year in dated)
        ]
    full = sorted({year if year is not None else today.year - 1 for _, year in dated} - {today.year}, reverse=True)
    begun = any(year == today.year for _, year in dated)
    only_before = begun and full == [today.year - 2]
    names = dict(zip(full, ("previous_revenue",) if only_before else ("annual_revenue", "previous_revenue"), strict=False))
    renamed = {index: names.get(year if year is not None else today.year - 1) for index, year in dated}
    return [
        replace(mention, name=str(renamed.get(index, mention.name)))
        for index, mention in enumerate(mentions)
        if index not in renamed or renamed[index]
    ]


#: 上年 beside 去年 is the year before it.
_PRIOR = re.compile(r"(?:上一?年度?|同比|上年同期)[^，。,;；\d]{0,8}$")


def _after_last(scope: Scope, mentions: list[Mention], dated: list[tuple[int, int | None]]) -> list[tuple[int, int | None]]:
    """去年4,860万，上年5,210万: beside another year's figure before it, 上年 is the year before that."""
    result: list[tuple[int, int | None]] = []
    for place, (index, year) in enumerate(dated):
        before = dated[place - 1][1] if place else None
        prior = place and before is not None and _PRIOR.search(scope.norm[mentions[dated[place - 1][0]].end : mentions[index].start])
        result.append((index, before - 1 if prior and before is not None else year))
    return result


#: Whom a sum is owed to, where it is a loan and not all that is owed.
_LENDER = re.compile(r"银行|信用社|农信|农商|邮储|[工建农中招交]行|微众|网商")


def as_balance(scope: Scope, mentions: list[Mention]) -> list[Mention]:
    """Beside total assets, what is owed in all is total_liabilities."""
    if not any(mention.name == "total_assets" for mention in mentions) or any(mention.name == "total_liabilities" for mention in mentions):
        return mentions
    return [
        replace(mention, name="total_liabilities")
        if mention.name == "existing_loans"
        and re.search(r"(?:欠债|负债|欠款|债务|欠|debts?|owe)[^，。,;；]{0,6}$", scope.norm[: mention.start])
        and not _LENDER.search(scope.norm, max(0, mention.start - 8), mention.start)
        else mention
        for mention in mentions
    ]


#: Goods that are there, and things that are pledged for what they are worth.
_GOODS = re.compile(
    r"存货|库存|库里|仓|冷库|压着|押着|囤|柜台|(?<!厢)货(?!车|柜)|料(?!款)|[存囤屯堆][着了]|存苗|皮子|stock|inventory|goods"
)
_PLEDGED = re.compile(
    r"(?<![药库厨栈机])房|铺|厂房|地皮|土地|住宅|公寓|车(?!间)|设备|机器|存单|专利|抵押物|house|flat|apartment|property|equipment|machine"
)
_NO_PLEDGE = re.compile(r"没(?:有)?(?:东西|什么|啥)?(?:可以?)?抵押物?(?:的)?|无抵押")
_VALUED = re.compile(r"值|估|作价|市价|价值|现价|合|worth")


def as_goods(scope: Scope, mentions: list[Mention]) -> list[Mention]:
    """仓里的柑皮值三百五十万: what goods are worth is the inventory, not the worth of something pledged."""
    if any(mention.name == "inventory" for mention in mentions):
        return mentions
    return [
        replace(mention, name="inventory") if mention.name == "collateral_value" and _of_goods(scope, mention) else mention
        for mention in mentions
    ]


def _of_goods(scope: Scope, mention: Mention) -> bool:
    low, high = scope.clause_span(mention.start)
    lead = scope.norm[low : mention.start]
    if not _GOODS.search(lead) and low:
        lead = scope.norm[scope.clause_span(low - 1)[0] : mention.start]
    lead = _NO_PLEDGE.sub("", lead)
    around = lead + scope.norm[mention.end : min(high, mention.end + 6)]
    if re.search("质押|抵押|押给", lead + scope.norm[mention.end : mention.end + 8]):
        return False
    return bool(_GOODS.search(lead) and _VALUED.search(lead)) and not _PLEDGED.search(around)


_SHOP = re.compile(
    r"店|旗舰|站|卖|做|开|直播|带货|网商|电商|跨境|商城|小程序|\b(?:shop|store|sell(?:s|ing|er)?|seller|fba|merchant|storefront)\b",
)
_ONLINE = re.compile(r"网店|线上店|网上店|电商|跨境店|\bonline (?:shop|store|seller|business)\b")

_COMPANY = re.compile(
    r"(?<!电商)公司|成立|注册|(?<!没)(?<!没有)工厂|厂子|实体|门店|堂食|批发部|\b(?:company|founded|registered|factory|offline)\b"
)


def without_parts(mentions: list[Mention]) -> list[Mention]:
    """每月还贷两万三，房贷一万车贷四千经营贷九千: sums of one kind that add up to the monthly repayment are its parts, not loans."""
    total = next((mention.value for mention in mentions if mention.name == "monthly_debt_service"), None)
    parts = [mention for mention in mentions if mention.name == "existing_loans"]
    whole = _month_in_all(mentions)
    if whole is not None:
        return [*(item for item in mentions if item.name not in ("existing_loans", "monthly_debt_service")), whole]
    if len(parts) > 1 and sum(Decimal(str(part.value)) for part in parts) == total:
        return [mention for mention in mentions if mention not in parts]
    return mentions


def _month_in_all(mentions: list[Mention]) -> Mention | None:
    """车贷一个月四千六，房贷三千二，加起来七千八: the month's whole, told behind its parts."""
    told = [mention for mention in mentions if mention.name in ("existing_loans", "monthly_debt_service")]
    if len(told) < 3 or all(part.name != "monthly_debt_service" for part in told[:-1]):
        return None
    everything = sum((Decimal(str(part.value)) for part in told[:-1]), Decimal(0))
    return replace(told[-1], name="monthly_debt_service") if everything == told[-1].value else None


def _shop(scope: Scope) -> int | None:
    """Where the text first names a platform that it sells on, or an online shop."""
    found = [match.start() for _, pattern in words.CHOICES["platform"][1:] if (match := pattern.search(scope.norm)) is not None]
    found = [place for place in found if _SHOP.search(scope.clause_text(place))]
    online = _ONLINE.search(scope.norm)
    return min([*found, *([online.start()] if online else [])], default=None)


def as_shop(scope: Scope, mentions: list[Mention]) -> list[Mention]:
    """Where the business is an online shop, its age and sales are the shop's; elsewhere the sales told of a platform are."""
    stated = {mention.name for mention in mentions}
    names = {name: shops for name, shops in _SHOPS_OWN.items() if shops not in stated}
    shop = _shop(scope)
    if shop is None or _COMPANY.search(scope.norm):
        return [_as_online(scope, mention) if "annual_revenue" in names else mention for mention in mentions]
    return [
        replace(mention, name=names[mention.name]) if mention.start >= shop and mention.name in names else mention for mention in mentions
    ]


_SHOPS_OWN = {"annual_revenue": "platform_sales", "age_months": "platform_months"}


def _as_online(scope: Scope, mention: Mention) -> Mention:
    """Sales whose own clause names a platform or an online shop before them, and nothing sold otherwise."""
    if mention.name != "annual_revenue":
        return mention
    lead = scope.norm[scope.clause_span(mention.start)[0] : mention.start]
    named = _ONLINE_HERE.search(lead) or any(pattern.search(lead) for _, pattern in words.CHOICES["platform"][1:])
    return replace(mention, name="platform_sales") if named and not _ALSO_OFFLINE.search(lead) else mention


_ONLINE_HERE = re.compile(
    r"网店|线上|网上|微店|店铺|直播间?|外卖|平台|小程序|团购|电商|\bonline\b|\bplatform\b|\be-?commerce\b|\bstorefront\b"
)
_ALSO_OFFLINE = re.compile(r"线下|门店|批发|加|和|跟|连|总|一共|合|全部|\b(?:offline|total|together|plus|and|including)\b")


#: 2024 3.4m 2025 3.1m: the year directly before a sum is its own.
_OWN_YEAR = re.compile(r"(?<!\d)20[0-4]\d年?:? ?(?:¥|rmb ?)?$")


def _year_of(scope: Scope, mentions: list[Mention], index: int, today: date) -> int | None:
    floor = mentions[index - 1].end if index else 0
    behind = re.match(
        r" ?(?:in (?:sales|turnover|revenue) )?(?:in |during |for )?(last year|this year|the year before|two years (?:ago|back)|20[0-4]\d"
        r"|'[0-4]\d(?![\w']))",
        scope.norm[mentions[index].end :],
    )
    own = _OWN_YEAR.search(scope.norm, floor, mentions[index].start)
    behind = None if own else behind
    words = list(_YEAR_WORDS.finditer(behind[1])) if behind else list(_YEAR_WORDS.finditer(scope.norm, floor, mentions[index].start))
    if not words:
        return None
    last = words[-1]
    if last.lastgroup in ("year", "short", "apart", "fiscal"):
        return int(last[last.lastgroup]) % 2000 + 2000
    return today.year - {"now": 0, "last": 1, "before": 2}[str(last.lastgroup)]
