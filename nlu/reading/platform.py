"""Which platform sells for the owner."""

from __future__ import annotations

import re

from nlu.cues import words
from nlu.cues.patterns import Pattern
from nlu.reading.flags import first_stated
from nlu.reading.polarity import denied
from nlu.reading.scope import Scope

#: Behind a platform: the shop there is no more. Before one: it brings most of the sales.
_CLOSED = re.compile(r"[^，。,;；]{0,4}(?:close|关|停|注销|不做|倒)了?| (?:shop |store )?(?:is |was |has been )?(?:closed|shut|gone)")
_CLOSED_BEFORE = re.compile(r"\b(?:closed|shut|left|quit)(?: down)? (?:the |my |our )?$|(?:关了|注销了)[^，。]{0,2}$|以前有[^，。]{0,3}$")
_MAIN = re.compile(r"(?:主要(?:是|靠|在|来自|做)?|大头(?:是|在)?|main(?:ly)?[^,.;]{0,24}|mostly (?:on |from )?) ?$")
#: How far from a platform's name the words for selling may stand.
_REACH = 24

_Named = tuple[str, Pattern, re.Match[str]]


def stated_platform(scope: Scope) -> tuple[str, re.Match[str]] | None:
    """The platform and the words that name it: the main one where it is said, else the first that is not denied or closed."""
    table = words.CHOICES["platform"]
    none = first_stated(scope, dict(table)["none"])
    named = [(value, pattern, match) for value, pattern in table if value != "none" and (match := first_stated(scope, pattern)) is not None]
    named = [hit for hit in named if not (_of_customers(scope, hit[2]) or _VISITED.match(scope.norm, hit[2].end()))]
    there = [hit for hit in named if not denied(scope, hit[2]) and not _over(scope, hit[2])]
    sold = [hit for hit in there if any(_sells(scope, match) for match in hit[1].finditer(scope.norm))]
    if sold:
        value, _, match = min([hit for hit in sold if _main(scope, hit)] or sold, key=lambda hit: hit[2].start())
        return value, match
    if none is not None:
        return "none", none
    return ("none", named[0][2]) if named and not there else None


#: Around a platform: those who sell there are whom the firm works for. 替淘宝卖家发货.
_SERVED = re.compile(r"(?:给|替|帮|为|跟|服务于?)[^，。,;；]{0,6}$")
_SELLERS = re.compile(r"(?:的)?(?:卖家|商家|店主|店家|主播|掌柜|网红)")


#: Behind a platform: the owner shops, looks or advertises there, or hears what a shop would cost.
_VISITED = re.compile(
    r"(?:上|里)?(?:面)?(?:买(?!家|单)|看[见到别]|刷(?!单)|搜|烧钱?|学的)|入驻(?:要|得|押金|费)(?![^。]{0,14}(?:还在做|在做|做着))"
)
#: Before a platform: something is bought or advertised there.
_BUYS_THERE = re.compile(
    r"\b(?:advertis\w+|(?:orders?|buys?) (?:everything|things|stuff|food)|buy(?:s|ing)?|bought)\b(?: \w+){0,3} (?:at|on|from|in) $"
)


def _of_customers(scope: Scope, match: re.Match[str]) -> bool:
    lead = scope.norm[scope.clause_span(match.start())[0] : match.start()]
    if _BUYS_THERE.search(lead):
        return True
    return bool(_SELLERS.match(scope.norm, match.end()) and _SERVED.search(lead))


def _over(scope: Scope, match: re.Match[str]) -> bool:
    return bool(_CLOSED.match(scope.norm, match.end()) or _CLOSED_BEFORE.search(scope.norm[: match.start()]))


def _sells(scope: Scope, match: re.Match[str]) -> bool:
    return words.PLATFORM_VERB.search(scope.norm, max(0, match.start() - _REACH), match.end() + _REACH) is not None


def _main(scope: Scope, hit: _Named) -> bool:
    return any(_MAIN.search(scope.norm[max(0, match.start() - 30) : match.start()]) for match in hit[1].finditer(scope.norm))
