"""What the owner wants money for, by the words near the wish for it."""

from __future__ import annotations

import re

from nlu.cues import words
from nlu.cues.patterns import Pattern
from nlu.facts import Mention
from nlu.reading.asked import WISH
from nlu.reading.flags import first_stated
from nlu.reading.polarity import denied
from nlu.reading.scope import Scope
from nlu.reading.wants import by_wants

#: For private life, not for the firm.
_PRIVATE = re.compile(
    r"自己开的车|代步|自驾|私家车|自住|上班(?:用|开)"
    r"|上下班|装修自己家|自己家里?装修|给(?:我)?(?:老婆|老公|媳妇|对象|儿子|女儿)买|公积金(?:能|可以?)?贷"
    r"|\b(?:personal use|to live in|(?:for|buy) my (?:son|daughter"
    r"|kids?)|holiday trip|laptop for me)\b"
)
#: Behind words of a purpose: they name a trade (收粮食的).
_AS_TRADE = re.compile(r".{0,1}的(?=$|[，。,;；])(?!钱|款)")
#: Before a purchase: the money is for it. 想借来进货的.
_BORROWED = re.compile(r"(?:借|贷|拿|用)(?:来|去|了)?(?:钱|款)?(?:是)?$")
#: Behind a purchase: it has been paid for. Behind any words of a purpose: they name a loan there is (装修贷).
_BOUGHT = re.compile(
    r" costs?\b|(?:已经|总共|一共|都|去年|当时)*花了|(?:已经)?买好|付过|是去年|贷(?:款)?(?!来)|(?:都|全)?是?还?赊|还?欠|了?一分"
)
#: 也就够发三个月工资: how far the money reaches that is there.
_JUST_ENOUGH = re.compile(r"(?:也|就|只|还|不|才|都)够(?:发|付|开|给)?[^，。,;；]{0,4}$")
_TENDER = re.compile(r"中标|中了|招标|政府采购|\btenders?\b")
#: Before the words: it has been done, or is owed for.
_DONE = re.compile(
    r"(?:欠着?|花了|投了|用了|刚|早|全|都|已经?|去年|前年|当时|贷款|就|光|之前|以前|借了)[^，。,;；]{0,6}$"
    r"|\b(?:bought|paid|spent|owe|owes|owed|cost|took|last year|already|since)\b[^,.;]{0,20}$"
    r"|\bow(?:e|es|ed|ing)\b[^.;]{0,60}\bmonths?'?(?: of)? $"
)
#: A figure of the year behind that uses a purpose's words; without a wish they name no purpose.
_SPENT = {"rd": "rd_spend", "export": "export_revenue", "stock_purchase": "purchase_amount", "wages": "employees"}
#: Trades whose own words are also a purpose's.
_TRADES_OWN = {"premises": "construction", "export": "wholesale", "rd": "software_it"}
#: The words that look furthest ahead come last.
_LAST = ("working_capital", "other")

Purpose = tuple[str, re.Match[str]]


def stated_purpose(scope: Scope) -> Purpose | None:
    """The purpose and the words that say it: set phrases first, then what is named near a wish for money."""
    if _PRIVATE.search(scope.norm):
        return None
    near = _windows(scope)
    phrases = [hit for hit in _phrases(scope) if _fits(scope, *hit)]
    hits = [hit for hit in phrases if _within(hit[1], near) or len(scope.norm) < 16]
    hits += [hit for hit in _objects(scope, near) if _fits(scope, *hit)]
    if not hits:
        ahead = _before(scope, near)
        hits = [hit for hit in _objects(scope, ahead) if hit[0] not in _LAST and _fits(scope, *hit)]
        hits = hits or [hit for hit in phrases if _within(hit[1], ahead)]
    best = min(hits, key=lambda hit: (hit[0] in _LAST, hit[1].start()), default=None)
    return best if best is not None and best[0] not in _LAST else by_wants(scope) or best


def named_purpose(norm: str, whole: Scope) -> dict[str, re.Match[str]]:
    """The purposes that an answer to the question for it names."""
    hits = list(_objects(whole, [(0, len(norm))]))
    firm = [hit for hit in hits if hit[0] not in _LAST and not denied(whole, hit[1])] or hits
    best = min(firm, key=lambda hit: hit[1].start(), default=None)
    return {best[0]: best[1]} if best else {}


def _phrases(scope: Scope) -> list[Purpose]:
    found = ((value, first_stated(scope, pattern) or _asked_with_sum(scope, pattern)) for value, pattern in words.CHOICES["purpose"])
    return [(value, match) for value, match in found if match is not None]


#: 能贷三万周转吗: how much is wanted is said, so what for is, too.
_SUM_WISHED = re.compile(r"(?:贷|借|批)(?:我|到|个)?[\d一二两三四五六七八九十百]+[多来]?(?:万|千|w)")


def _asked_with_sum(scope: Scope, pattern: Pattern) -> re.Match[str] | None:
    stated = (match for match in pattern.finditer(scope.norm) if scope.states(*match.span()))
    return next((match for match in stated if _SUM_WISHED.search(scope.norm[scope.clause_span(match.start())[0] : match.start()])), None)


def _objects(scope: Scope, near: list[tuple[int, int]]) -> list[Purpose]:
    return [
        (value, match)
        for value, pattern in words.PURPOSE_OBJECTS
        for low, high in near
        for match in pattern.finditer(scope.norm, low, high)
        if scope.states(*match.span()) and not scope.asked(match.start()) and not _done(scope, value, match)
    ]


def _done(scope: Scope, value: str, match: re.Match[str]) -> bool:
    """Whether it has been bought or is owed for; wages that are owed are still to be paid."""
    if value == "wages":
        return False
    low, _ = scope.clause_span(match.start())
    return bool(_DONE.search(scope.norm[max(low, match.start() - 24) : match.start()]))


def _fits(scope: Scope, value: str, match: re.Match[str]) -> bool:
    if _BOUGHT.match(scope.norm, match.end()) or (denied(scope, match) and value != "wages"):
        return False
    if value == "refinance" and "欠" in match[0]:
        return False
    if value == "wages" and _JUST_ENOUGH.search(scope.norm[: match.start()]):
        return False
    if value != "stock_purchase":
        return True
    trade = _AS_TRADE.match(scope.norm, match.end()) and not _BORROWED.search(scope.norm[: match.start()])
    return not (_TENDER.search(scope.clause_text(match.start())) or trade)


#: How many clauses behind a wish, and before it, may say what it is for: 借三十万，期限一年半，买咖啡机.
_BEHIND, _AHEAD = 2, 3


def _windows(scope: Scope) -> list[tuple[int, int]]:
    """The clauses with a wish for money in them, each with those behind."""
    spans: list[tuple[int, int]] = []
    for match in words.PURPOSE_WISH.finditer(scope.norm):
        if not scope.states(*match.span()):
            continue
        low, high = scope.clause_span(match.start())
        for _ in range(_BEHIND):
            if high < len(scope.norm):
                high = scope.clause_span(high)[1]
        spans.append((low, high))
    return list(dict.fromkeys(spans))


def _before(scope: Scope, near: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The clauses before those with a wish: 工人欠着俩月工钱没发，想先借七万."""
    spans: list[tuple[int, int]] = []
    for start, _ in near:
        low = start
        for _ in range(_AHEAD):
            if low:
                low = scope.clause_span(low - 1)[0]
        spans.append((low, start))
    return list(dict.fromkeys(spans))


def _within(match: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return any(low <= match.start() < high for low, high in spans)


def without_past_spending(mentions: list[Mention], norm: str) -> list[Mention]:
    """研发投了63万 says what was spent, not what the loan is for."""
    if WISH.search(norm):
        return mentions
    names = {mention.name for mention in mentions}
    trade = next((mention.value for mention in mentions if mention.name == "industry"), None)
    return [
        item
        for item in mentions
        if item.name != "purpose"
        or item.told
        or not (
            item.value == "export"
            or _SPENT.get(str(item.value)) in names
            or (trade is not None and _TRADES_OWN.get(str(item.value)) == trade)
        )
    ]
