"""What the owner could pledge, and what the words say is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.firm import vocabulary
from nlu.cues import frames, words
from nlu.reading.polarity import denied
from nlu.reading.scope import Scope

#: Points back at what was named before: 拿它抵押.
_THAT = re.compile(r"它|这个?|那个?|\b(?:it|that|this|them)\b")
_AND_ALSO = re.compile(r" ?(?:还有|以及|和|跟|外加|加上|and\b|plus\b|also\b)")
_LISTS = "、"
#: Behind a pledge: what the loan is to buy. 想拿去抵押借两百万买台数控锯.
_TO_BUY = re.compile(r"(?:借|贷|换钱|来)[^，。,;；]{0,12}(?:买|添|换|上|购)(?!了)")

Pledge = tuple[tuple[str, ...], re.Match[str]]


def stated_collateral(scope: Scope) -> Pledge | None:
    """The kinds of security that the message offers, or ("none",); with the words that say it."""
    none = _none(scope)
    offered, refused = _offered(scope)
    if none is not None:
        apart = {value: match for value, match in offered.items() if scope.clause(match.start()) != scope.clause(none.start())}
        return _kept_after(scope, none) or (_pledge(apart) if apart else (("none",), none))
    house = _owned_house(scope)
    if house is not None:
        offered.setdefault("real_estate", house)
    if offered:
        return _pledge(offered)
    if refused is None:
        return None
    return _kept_after(scope, refused) or (("none",), refused)


def _pledge(kinds: dict[str, re.Match[str]]) -> Pledge:
    return in_order(kinds), min(kinds.values(), key=lambda match: match.start())


#: A pledge that is asked about is the owner's own where it is taken in hand (能拿铲车抵押吗) and the owner speaks of the firm.
_IN_HAND = re.compile(
    r"拿|[车房铺货]子?(?:能|可以)(?:抵押|押|抵)|用|押给(?:你们?|银行)|押(?:车|货|房|黄金|订单|设备)|质押|抵押"
    r"|\b(?:my|our|these|those|this|against|pledge)\b"
)
_OWN = re.compile(r"我|俺|咱|阿拉|自己|厂里|店里|手里|库里|的，|押给你|\b(?:my|our|i|we)\b")
#: It is pledged to somebody already.
TAKEN = re.compile(
    r"(?:已经?|都|早就?)[^，。,;；]{0,4}(?:抵押|押)(?:出去|给|了|掉)|抵押(?:给银行|在银行|出去)了|还在抵押|按揭还没"
    r"|\b(?:already|still) (?:mortgaged|pledged)\b|\bin mortgage already\b|\bmortgaged already\b|\b(?:is"
    r"|are) leased\b"
)


def _offered(scope: Scope) -> tuple[dict[str, re.Match[str]], re.Match[str] | None]:
    """The kinds that are offered, and the first that is refused."""
    chosen: dict[str, re.Match[str]] = {}
    refused: re.Match[str] | None = None
    for frame in words.COLLATERAL_FRAME.finditer(scope.norm):
        low, high = scope.clause_span(frame.start())
        high = _list_end(scope, high)
        bought = _TO_BUY.search(scope.norm, frame.end(), high)
        high = bought.start() if bought else high
        clause = scope.clause_text(frame.start())
        own = _IN_HAND.search(clause) and _OWN.search(scope.norm)
        if not scope.states(*frame.span()) or (scope.asked(frame.start()) and not own) or TAKEN.search(clause):
            continue
        pledged = named(scope, low, high) or (named(scope, scope.clause_span(low - 1)[0], low) if low else {})
        if not pledged and (own or not scope.questions) and (_THAT.search(scope.clause_text(frame.start())) or low):
            pledged = named(scope, max(0, low - 60), low)
        there, absent = by_denial(scope, pledged)
        refused = refused or next(iter(absent.values()), None)
        chosen = there | chosen
    return chosen, refused


def named(scope: Scope, low: int, high: int) -> dict[str, re.Match[str]]:
    """The kinds of security named between two places."""
    found = ((value, pattern.search(scope.norm, low, high)) for value, pattern in words.CHOICES["collateral"])
    return {value: match for value, match in found if match is not None}


#: Behind a thing: it belongs to somebody else or is pledged already.
NOT_OWN = re.compile(
    r"[^，。,;；]{0,3}(?:是|都是|还是|在)?(?:租的|租来|别人的|人家的|老人的|房东的|我?(?:爸妈?|妈|父母|岳父|岳母|老婆|老公|媳妇|丈夫|儿子|女儿|朋友|亲戚|公公|婆婆)(?:的|名下)|不是我|按揭(?:的|没|中|着)|还在按揭|抵押了)"
    r"|(?:s)? (?:is|are) (?:rent\b|rented|leased|not (?:mine|ours)|mortgaged|my (?:mum|mother|dad|father|wife|parents)|somebody)"
    r"| belongs? to (?:the |my |our )?(?:landlord|village|father|dad|parents|wife|bank|leasing)"
)


def by_denial(scope: Scope, kinds: dict[str, re.Match[str]]) -> tuple[dict[str, re.Match[str]], dict[str, re.Match[str]]]:
    """The kinds that are there and those that are denied (没房，有台叉车)."""
    own = {value: match for value, match in kinds.items() if not NOT_OWN.match(scope.norm, match.end())}
    absent = {value: match for value, match in own.items() if denied(scope, match)}
    return {value: match for value, match in own.items() if value not in absent}, absent


def in_order(kinds: dict[str, re.Match[str]]) -> tuple[str, ...]:
    """The kinds as the vocabulary orders them."""
    return tuple(value for value in vocabulary()["collateral"].choices if value in kinds)


def _none(scope: Scope) -> re.Match[str] | None:
    return next(_stated(scope, words.COLLATERAL_NONE.finditer(scope.norm)), None)


def _owned_house(scope: Scope) -> re.Match[str] | None:
    return next(_stated(scope, words.OWNS_HOUSE.finditer(scope.norm)), None)


def _stated(scope: Scope, matches: Iterator[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Matches that state something; what is lacking stands even in a question (没有抵押能贷吗)."""
    return (match for match in matches if scope.states(*match.span()) and not scope.asked(match.start(), plain=True))


def _kept_after(scope: Scope, none: re.Match[str]) -> Pledge | None:
    """What is there after all: no property, only a van."""
    turn = frames.TURN.search(scope.norm, none.end(), none.end() + 24)
    if turn is None:
        return None
    there, _ = by_denial(scope, named(scope, turn.end(), scope.clause_span(turn.end())[1]))
    return (in_order(there), min(there.values(), key=lambda match: match.start())) if there else None


def _list_end(scope: Scope, high: int) -> int:
    """Where the list that a clause begins ends: A、B, and C."""
    while high < len(scope.norm) and (scope.norm[high - 1] in _LISTS or _AND_ALSO.match(scope.norm, high)):
        high = scope.clause_span(high)[1]
    return high
