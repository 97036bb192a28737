"""The trade by the place of business that an English message names without saying that the owner runs it: my kebab house owes 180k."""

from __future__ import annotations

import re

from nlu.cues import frames, words
from nlu.cues.load import expression
from nlu.cues.patterns import scripts_of
from nlu.reading.scope import Scope

#: What such words end with. A school, a hotel, a farm or a supermarket is as often somebody else's.
_HOUSE = expression("house", "house")
_NEVER = expression("house", "never")
#: A shop of goods that no table knows; the words before it that make it another trade.
_SHOP = expression("house", "shop")
_OTHER_SHOPS = tuple((industry, expression("house", industry)) for industry in ("catering", "other"))
NO_GOODS = expression("house", "no_goods")
#: Before them: it is one that the message takes for known, or begins with.
_KNOWN = expression("house", "known")
_WORKS = expression("house", "works")
_ANOTHERS = expression("house", "anothers")


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
