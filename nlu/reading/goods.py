"""What an English firm is that names goods and no trade: whether they are made there, grown, cooked, sold or handed on."""

from __future__ import annotations

import re

_MAKES = re.compile(
    r"\b(?:factory|plant|workshop|works|workers?|labou?rs?|we make|i make|made (?:here|by us|by hand|in)|own (?:production|brand|looms"
    r"|press(?:es)?)|produc\w+|machines?|looms?|kilns?|furnace|press(?:es)?"
    r"|moulds?|molds?|carvers?|knitters?|sewers?|sewing|raw materials?|casting|weld\w*|patents?|utility models?|inventions?|r ?& ?d"
    r"|exports?|oem|high-tech|little giant|craftsmen|apprentices?"
    r"|processing|tons?|tonnes|artisans|bench|haier|midea|gree|byd|self[- ]made|cook|freeze|dry|pack|oven|shed)\b"
)
_SELLS = re.compile(
    r"\b(?:shops?|stores?|stall|counter|kiosk|tourists?|walk-?ins?|taobao|tmall|pinduoduo|pdd|jd|jingdong|douyin|kuaishou|xianyu"
    r"|wechat|xiaohongshu|shopee|temu|tiktok|online|takings|livestream\w*|selling"
    r"|over the counter|opticians?|optometrist|bazaar|shelves|passers-by|mall)\b"
)
TRADES = re.compile(
    r"\b(?:bought at|auction|sales of (?!\d)|no factory|dealers?|whole ?sale\w*|distribut\w+|resold|resell\w*|importe?r?s?|trading"
    r"|traders?|jobbers?|stockists?|middlem[ae]n|don't make|bought from (?:workshops|factories)"
    r"|(?:sell|sold|supply|supplied|deliver|push|move)\w* (?:[a-z]+ ){0,3}(?:to|into) (?:[\w-]+ ){0,2}(?:shops|stores|restaurants"
    r"|supermarkets|dealers|garages|hotels|bars|canteens|hospitals|clinics|farmers|schools|stalls|waterworks))\b"
)
BY_HAND = re.compile(r"\b(?:own (?:production|workshop|factory|plant)|factory|plant|we make|i make|made (?:here|by)|workshop)\b")
NOT_MADE = re.compile(r"\b(?:no factory|don't make|make nothing|manufacture nothing|not (?:a )?(?:factory|manufacturer)|supplier's)\b")
TO_SHOPS = re.compile(
    r"\b(?:to|for) (?:the |small |local |other |\d+ )*(?:shops|stores|restaurants|supermarkets|dealers|wholesalers|traders|factories"
    r"|canteens|hotels|bars|garages|distributors)\b"
)
FOR_OTHERS = re.compile(
    r"\b(?:for|of) (?:the )?(?:others?|other people|people|customers?|clients?|traders|sellers|companies|farmers|growers)\b|'s goods\b"
)
_FOR_HIRE = re.compile(r"\b(?:for|on) hire\b|\b(?:rent|hire) them out\b")
_TO_BUYERS = re.compile(
    r"[a-z ,&-]{0,12}\b(?:to|into) (?:[\w-]+ ){0,2}(?:shops|stores|hospitals|clinics|schools|restaurants|hotels|supermarkets|garages"
    r"|plants|waterworks|factories|dealers|sites|farms|stalls|canteens|kitchens)\b"
)
_PLATFORM = re.compile(r"\b(?:taobao|tmall|pinduoduo|pdd|jd|jingdong|douyin|kuaishou|xianyu|xiaohongshu|shopee|temu|tiktok|amazon)\b")
_CROWD_BIG = re.compile(r"\b(?:[2-9]\d|1\d\d) (?:people|ppl|workers|staff|employees|hands|of us)\b")


def role(norm: str, kind: str, behind: str = "") -> str | None:
    """What a firm is that says no more of its trade than these goods."""
    if kind in ("gear", "place", "stuff"):
        return None
    if kind == "service":
        return "other"
    if _FOR_HIRE.search(norm):
        return "leasing_business_services"
    makes, sells, trades = (bool(words.search(norm)) for words in (_MAKES, _SELLS, TRADES))
    if _TO_BUYERS.match(behind) or NOT_MADE.search(norm):
        return "wholesale" if not BY_HAND.search(norm) or NOT_MADE.search(norm) else None
    if kind == "dish":
        return "catering" if not trades else None
    if kind in ("crop", "beast"):
        return "retail" if sells and not makes else "wholesale" if trades and not makes else "agriculture"
    if makes and not trades and (not sells or BY_HAND.search(norm)):
        return "industry"
    if sells and (not trades or _PLATFORM.search(norm)):
        return "retail" if not _CROWD_BIG.search(norm) else None
    if trades:
        return "wholesale" if not makes else None
    return "industry"
