"""What the words say of a flag, and the first place where words state something."""

from __future__ import annotations

import re

from nlu.cues import frames, words
from nlu.cues.patterns import Pattern
from nlu.reading.polarity import denied, said, talked_of, wished
from nlu.reading.scope import Scope

#: Words that hold a denial of their own: 没有欠税.
HOLDS_DENIAL = re.compile(r"[没无不未非]|\b(?:no|not|never|without|none|nobody)\b|n't\b")
_PLAIN = re.compile(r"^(?:没|无(?!抵押)|不)|个体|小规模|一般纳税|^(?:no|not|never|without|don't|haven't|unsecured)\b|sole trader")
#: Troubles that are told of a spouse or partner as often as of oneself.
_OWN_TROUBLE = ("blacklisted", "in_litigation")
_SPOUSE = re.compile(
    r"(?:老公|老婆|爱人|媳妇|丈夫|妻子|合伙人)[^，。,;；]{0,4}(?:是|被|上|有|在)"
    r"|(?:老公|老婆|爱人|媳妇|丈夫|妻子)(?:以前|之前|也)?(?:失信|老赖|黑名单|欠钱)|\b(?:husband|wife|partner)(?:'s| is| was| has)\b"
)


#: The owner stood surety for somebody else.
_FOR_ANOTHER = re.compile(
    r"(?:给|帮|替|为)(?:(?![我俺咱])|[我俺咱]的?(?=[大小二亲表堂]?(?:舅|叔|哥|弟|姐|妹|朋友|同学|亲戚|老乡|爸|妈|兄弟|战友|邻居)))"
    r"[^，。,;；我俺咱]{1,6}(?:做|当|提供|作)?(?:了|过)?(?:个)?担保|\bguarantee[ds]? (?:for )?(?:a"
    r"|my|his|her|their|another)\b"
)


def first_stated(scope: Scope, pattern: re.Pattern[str] | Pattern, *, anyone: bool = False) -> re.Match[str] | None:
    """The first place where the words stand as a statement about the owner's firm; `anyone` lets other people be the subject."""
    for match in pattern.finditer(scope.norm):
        if scope.norm.startswith("有没", match.start() - 1) and match.start() > 0:  # 有没有出口方面的补贴 denies nothing
            continue
        if (anyone or scope.states(match.start(), match.end())) and not scope.asked(match.start(), plain=bool(_PLAIN.search(match[0]))):
            return match
    return None


def stated_flag(scope: Scope, name: str) -> tuple[bool, re.Match[str]] | None:
    """What the words say of a flag: set phrases first, then what is said about the thing itself."""
    anyone = name == "guarantor"
    for value, pattern in words.FLAGS[name]:
        match = first_stated(scope, pattern, anyone=anyone)
        if match and not _set_aside(scope, name, match, value=value):
            return value and _holds(scope, name, match), match
    for kind, pattern in words.TOPICS.get(name, ()):
        for match in pattern.finditer(scope.norm):
            if not (anyone or scope.states(*match.span())) or scope.asked(match.start()) or _another_s(scope, name, match):
                continue
            answer = said(scope, match, bare=kind == "named")
            if answer is not False and kind != "denied" and _gone(scope, name, match):
                return False, match
            if answer is not None and not (answer and kind == "denied"):
                return answer, match
    return None


def _holds(scope: Scope, name: str, match: re.Match[str]) -> bool:
    """Whether a phrase that says yes is neither over by now nor denied; 民营 beside 没国资 is not."""
    if _gone(scope, name, match):
        return False
    unpaid = name == "tax_arrears" and _UNPAID.match(scope.norm, match.end())
    without_papers = name == "fixed_premises" and _NO_PAPERS.match(scope.norm, match.end())
    return name == "private_owned" or bool(unpaid or without_papers or HOLDS_DENIAL.search(match[0])) or not denied(scope, match)


#: What may come to an end, and the words behind that say it has.
_MAY_END = ("blacklisted", "high_tech", "tech_sme", "franchise", "core_buyer", "tax_arrears")
_ENDED = re.compile(
    r"(?<!没)(?<!未)(?<!还没)(?:撤(?:了|下|掉)|解除|移出|移除|出来了|消了|销了|摘(?:了|咯|掉|牌)|没续|过期|到期(?:没|了)|断了|不合作|不做了|取消了?|倒了|倒闭|没再)"
    r"|(?<!not )(?<!never )\b(?:cleared|lapsed|lifted|removed|expired|struck off|taken off|took (?:me|us|it) off|dropped us"
    r"|lost (?:it"
    r"|them)|ended|came off)\b"
)


#: Taxes that were owed are paid.
_PAID = re.compile(
    r"(?<!没)(?<!未)(?<!还没)(?:补齐|才[交缴补]|补上了|补清|还清了|交清|结清|缴清|清了)"
    r"|(?<!not )(?<!never )(?<!to be )\b(?:cleared|settled|already paid|paid (?:it |them |all )?(?:off|up))\b"
)


#: 税务那边挂着滞纳金没缴清: what is denied is the payment.
_UNPAID = re.compile(r"[^，。,;；]{0,9}[没未][缴交补]")


#: 自己盖的没有房产证: what is denied are the papers.
_NO_PAPERS = re.compile(r"[^，。,;；]{0,3}(?:没有?|无)(?:房产证|产证|证|手续|合同)")


def _gone(scope: Scope, name: str, match: re.Match[str]) -> bool:
    """Whether the sentence goes on to say that this is over: 高企证书2022年拿的，去年到期没续上."""
    if name not in _MAY_END:
        return False
    stop = frames.SENTENCE.search(scope.norm, match.end())
    end = min(stop.start() if stop else len(scope.norm), match.end() + 40)
    over = _PAID if name == "tax_arrears" else _ENDED
    return bool(over.search(scope.norm, match.end(), end))


def _set_aside(scope: Scope, name: str, match: re.Match[str], *, value: bool) -> bool:
    """Whether the clause wishes for the flag, tells it of another, pledges the premises or pays insurance for some only."""
    clause = scope.clause_text(match.start())
    if name == "fixed_premises" and words.COLLATERAL_FRAME.search(clause):
        return True
    if value and name == "social_insurance_paid" and frames.PARTLY.search(clause):
        return True
    if value and (talked_of(scope, match) or frames.LEFT_OPEN.search(clause.strip())):
        return True
    return (value and wished(scope, match)) or _another_s(scope, name, match)


def _another_s(scope: Scope, name: str, match: re.Match[str]) -> bool:
    if name == "guarantor" and _FOR_ANOTHER.search(scope.clause_text(match.start())):
        return True
    return name in _OWN_TROUBLE and bool(_SPOUSE.search(scope.clause_text(match.start())))
