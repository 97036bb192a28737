"""The trade by the place of business that an English message names without saying that the owner runs it: my kebab house owes 180k."""

from __future__ import annotations

import re

from nlu.cues import frames, words
from nlu.cues.patterns import scripts_of
from nlu.reading.scope import Scope

#: What such words end with. A school, a hotel, a farm or a supermarket is as often somebody else's.
_HOUSE = re.compile(
    r"(?:\b|-|book|bath|guest)(?:shop|store|house|place|stall|cart|truck|clinic|agency|salon|studio|gym|bar|parlou?r|laundry"
    r"|laundrette|brewery|bakery|cafe|foundry|florist"
    r"|photographer|dentists|tannery|inn|hostel|pharmacy|kindergarten|car wash|dispatch|garage|spa|nursery|alley|rink|hall|bureau"
    r"|kiosk|counter|kiln|pub)$"
)
_NEVER = re.compile(r"post office|cold store|department store|warehouse")
#: A shop of goods that no table knows; the words before it that make it another trade.
_SHOP = re.compile(r"\b(?P<goods>[a-z-]+(?:[ -][a-z]+)?)[ -](?:shop|store|stall|kiosk|counter)\b(?! (?:owners?|floor|rent|front))")
_OTHER_SHOPS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("catering", re.compile(
        r"\b(?:noodles?|rice|snacks?|dumplings?|buns?|cakes?|pastr(?:y|ies)|bakery|sandwich|bubble tea|milk tea|coffee|juice"
        r"|dessert|burger|bbq|barbecue|hot ?pot|kebab|pizza|breakfast|soup|ice cream|chicken|duck|luosifen"
        r"|skewer|pancake|bagel|donut|gelato|yoghurt|smoothie|crepe|congee|mantou|baozi|fast food|food)$")),
    ("other", re.compile(
        r"\b(?:barber'?s?|hair|nails?|beauty|massage|tattoo|repairs?|alterations?|tailor(?:ing)?|photo|laundry|grooming|bath"
        r"|foot ?bath|car beauty|wash|perm|make-?up|lash|brow|watch repair|phone repair|bike repair|pedicure|games?|clean(?:ing)?)$")),
)  # fmt: skip
NO_GOODS = re.compile(
    r"\b(?:the|my|our|a|an|this|that|one|two|three|own|rented|small|little|wee|new|second|online|web|body|work|chain|pop-up|brick"
    r"|old|family|whole|single|street|same|other|another|next|each|per|first|main|physical|real|app|no|any|your|his"
    r"|their|her|every|si|it|paid-off|persons?|people|as|machine|mou?ld|mold|press|weld(?:ing)?|paint|sewing|print(?:ing)?|copy"
    r"|tyre|truck|job|sweat|union|talking|window|cold|flagship|pinduoduo|taobao|tmall|jd|amazon|douyin|franchise|village|corner"
    r"|market|mall|bank"
    r"|wrong|service|ticket|reception|gift of|big|half|in|at|of|to|is|rent|for|on|with|from|open(?:ed)?|has|have|closed?|close|run|runs"
    r"|keep|got|wet|night|nice|few|many|several)$"
)
#: Before them: it is one that the message takes for known, or begins with.
_KNOWN = re.compile(r"(?:^|[:(\n] ?|(?<![a-z'])(?:my|our|this|own|small|little|old|broke|two|three|an?|the|w/ a|we|i)(?: [a-z-]+){0,2}) ?$")
_WORKS = re.compile(
    r"\b(?:my|our|the|an?) (?!the|my|new|second|old|own|whole|main|big|small|rented|customer|supplier|garment|other|next|same"
    r"|entire|clothes)[a-z]+(?:[ -][a-z]+)? (?:plant|factory|workshop|mill)\b"
    r"(?! (?:building|asks?|wants?|pays|owes|has|is|was|needs) (?:me|us)|'s (?:owner|boss))"
)
_ANOTHERS = re.compile(
    r"\b(?:best|good|nearest|nearby|which|where|recommend|book|reserve|neighbou?r\w*|brother\w*|sister\w*|cousin\w*|friend\w*"
    r"|uncle\w*|father|dad|mum|mother|landlord|customers?|clients?|suppl\w+|sells? to|sold to|deliver\w*"
    r"|worked|job|rival\w*|competitor\w*|used to|order from|orders from|from|cook at|somebody|someone|guy|man|woman|next door"
    r"|opposite|across|near|beside|behind|above|by|son|boss|buyer|years|after|street|wrong|buy|bought|new|open(?:ing)? (?:a|an)"
    r"|salary|earn)\b"
)


def by_house(scope: Scope) -> tuple[str, re.Match[str]] | None:
    """The one trade whose place of business is named, or None. For English messages only."""
    if scripts_of(scope.norm)[0]:
        return None
    found = [
        (value, match)
        for value, pattern in words.CHOICES["industry"]
        for match in pattern.finditer(scope.norm)
        if _HOUSE.search(match[0]) and not _NEVER.search(match[0]) and _own(scope, match)
    ]
    shops = (match for match in _SHOP.finditer(scope.norm) if not NO_GOODS.search(match["goods"]) and _own(scope, match))
    found = found or [(_sells(match), match) for match in shops]
    found = found or [("industry", match) for match in _WORKS.finditer(scope.norm) if _own(scope, match, known=True)]
    if not found:
        return None
    longest = max(found, key=lambda hit: len(hit[1][0]))
    others = {value for value, match in found if not longest[1].start() <= match.start() < longest[1].end()}
    return None if others - {longest[0]} else longest


def _sells(match: re.Match[str]) -> str:
    return next((industry for industry, goods in _OTHER_SHOPS if goods.search(match["goods"])), "retail")


def _own(scope: Scope, match: re.Match[str], *, known: bool = False) -> bool:
    lead = scope.norm[scope.clause_span(match.start())[0] : match.start()]
    if not scope.states(*match.span()) or frames.NOT_A_TRADE.search(lead) or _ANOTHERS.search(lead):
        return False
    return known or bool(_KNOWN.search(lead.lstrip()))
