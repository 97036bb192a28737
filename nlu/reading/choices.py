"""Flags, choices, places and noughts that an owner says in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from knowledge.firm import FactType, FactValue, vocabulary
from nlu.cues import words
from nlu.facts import Mention, fact_value
from nlu.reading.collateral import stated_collateral
from nlu.reading.flags import HOLDS_DENIAL, first_stated, stated_flag
from nlu.reading.founders import owner_group
from nlu.reading.grades import past_or_bar, told_grade
from nlu.reading.identity import stated_identity
from nlu.reading.industry import stated_industry
from nlu.reading.platform import stated_platform
from nlu.reading.polarity import denied, said, wished
from nlu.reading.purpose import stated_purpose
from nlu.reading.sayings import with_sayings
from nlu.reading.scope import Scope
from nlu.reading.site import stated_place
from nlu.reading.told import for_loan, offered, only_trade, pledged, spoken_for, told_words

_NOT_OPEN = re.compile(
    r"(?<!合作社)(?<!分公司)(?<!协会)(?:还没|还未|尚未|没有?)(?:正式)?(?:开业|开张|开店|营业(?!场|执|地|额|收|利)|注册(?!资)|成立|开起来|办执照)|(?:准备|打算"
    r"|计划)(?:开|创业|创办)(?!分"
    r"|新)|\b(?:not (?:yet )?open(?:ed)?(?: yet)?|haven't opened|hasn't opened|not (?:yet )?(?:registered|started)"
    r"|about to open|planning to open)\b"
)
#: 纳税等级B降到了C: the grade it moved to.
_GRADE_MOVED = re.compile(
    r"(?:等级|级别|评级|信用|纳税)[^，。]{0,8}[abmcd]级?[^，。]{0,2}(?:降|掉|升|变|调)[^，。]{0,2}(?:到|成"
    r"|为)了?(?P<han>[abmcd])(?![a-z])"
    r"|\b(?:tax|rating|grade)\b[^.;?!]{0,24}\bfrom (?:an? )?[abmcd] to (?:an? )?(?P<latin>[abmcd])\b"
)
_TRYING = re.compile(r"[^，。]{0,3}在报|在冲|冲刺|争取|申报|准备|在申请|还没|没有")
#: A clause with a figure states that figure.
_COUNTED = re.compile(r"\d|一[次回件项个](?!都|也|没)|[二两三四五六七八九十百][次回件项个万千]")


#: A fact, its value, and the words that say it.
_Stated = tuple[str, FactValue, re.Match[str]]


def stated_words(text: str, scope: Scope) -> list[Mention]:
    """Every fact that words alone state, in no particular order."""
    found = [_mention(text, said, told=True) for said in told_words(scope)]
    if (grade := told_grade(text, scope)) is not None:
        found.append(_mention(text, ("tax_grade", *grade), told=True))
    told = {mention.name for mention in found}
    sure = {"collateral": offered, "purpose": for_loan}
    for name, value, match in _all(scope):
        if name not in told and not (name == "industry" and pledged(scope, match)):
            found.append(_mention(text, (name, value, match), told=name in sure and sure[name](scope)))
    found = [mention for mention in found if not spoken_for(mention, found)]
    found = [replace(mention, told=True) if only_trade(scope, mention, found) else mention for mention in found]
    found = with_sayings(scope, found, text)
    found.extend(stated_identity(text, scope))
    place = stated_place(text, scope)
    return [*found, place] if place is not None else found


def _mention(text: str, said: _Stated, *, told: bool = False) -> Mention:
    name, value, match = said
    return Mention(name, value, *match.span(), text[match.start() : match.end()], told=told)


def _all(scope: Scope) -> Iterator[_Stated]:
    for name in words.FLAGS:
        if (flag := stated_flag(scope, name)) is not None:
            yield name, *flag
    yield from _figures_in_words(scope)
    yield from _levels(scope)
    if (trade := stated_industry(scope)) is not None:
        yield "industry", *trade
    if (purpose := stated_purpose(scope)) is not None:
        yield "purpose", *purpose
    if (shop := stated_platform(scope)) is not None:
        yield "platform", *shop
    if (pledge := stated_collateral(scope)) is not None:
        yield "collateral", *pledge
    if (group := owner_group(scope)) is not None:
        yield "owner_group", *group


def _figures_in_words(scope: Scope) -> Iterator[_Stated]:
    """Noughts, figures said without a number, and a firm that is not open yet."""
    for name, pattern in words.NOUGHT.items():
        match = first_stated(scope, pattern) or _denied_thing(scope, name)
        if match and name == "existing_loans" and _AS_SURETY.search(scope.norm, max(0, match.start() - _LOOKS_BACK), match.start()):
            continue
        sought = name == "existing_loans" and _IS_THERE.search(scope.norm, max(0, match.start() - 10), match.end()) if match else None
        if match and not sought and not (name == "existing_loans" and "税" in scope.norm[max(0, match.start() - 10) : match.end()]):
            yield name, _nought(name), match
    for name, figure, worded in words.WORDED:
        value = fact_value(name, figure)
        if (match := first_stated(scope, worded)) is not None and value is not None:
            yield name, value, match
    if (match := first_stated(scope, _NOT_OPEN)) is not None and not scope.norm.startswith("公司", match.end()):
        yield "age_months", 0, match


#: 给朋友担保连带的，钱上个月还清: what was repaid was another's.
_AS_SURETY = re.compile(r"(?:给|帮|替|为)[^，。,;；我]{1,5}担保|连带|代偿")
_LOOKS_BACK = 16
#: 有合适的贷款没有: asks for a loan.
_IS_THERE = re.compile(r"(?<!没)有[^，。,;；没]{1,8}贷款没有$")


def _levels(scope: Scope) -> Iterator[_Stated]:
    """Choices of which a firm has one: its legal form, grade, kind of taxpayer and level."""
    if (moved := _GRADE_MOVED.search(scope.norm)) is not None:
        yield "tax_grade", (moved["han"] or moved["latin"]).upper(), moved
    elif (grade := _choice(scope, words.TAX_GRADE)) is not None and not past_or_bar(scope.norm, grade[1].end()):
        yield "tax_grade", *grade
    for name in ("legal_form", "vat_taxpayer"):
        hit = _choice(scope, _present(scope, words.CHOICES[name]))
        if hit is not None and not (_taken_away(scope, hit[1]) or wished(scope, hit[1])):
            yield name, *hit
    level = _choice(scope, _claimed(scope, words.CHOICES["specialised_level"]))
    if level is not None:
        yield "specialised_level", "none" if _taken_away(scope, level[1]) else level[0], level[1]


#: It was so once: before 2023, until this July; 以前是个体户.
_WAS = re.compile(r"以前|之前|原来|原先|当初|\b(?:before \d+|used to|formerly|previously|was on)\b")
_TILL = re.compile(r"[^，。,;；]{0,4}(?:注销|为止)|[^,.;]{0,12}\b(?:until|till|before|cancelled)\b")


def _present(scope: Scope, table: words.Words) -> words.Words:
    """Without the values that belong to the past, where another is stated."""
    there = [(value, pattern, match) for value, pattern in table if (match := first_stated(scope, pattern)) is not None]
    now = tuple((value, pattern) for value, pattern, match in there if not _once(scope, match))
    return now or table


def _once(scope: Scope, match: re.Match[str]) -> bool:
    lead = scope.norm[scope.clause_span(match.start())[0] : match.start()]
    return bool(_WAS.search(lead) or _TILL.match(scope.norm, match.end()))


def _taken_away(scope: Scope, match: re.Match[str]) -> bool:
    """Whether words without a denial of their own are denied: 不是个体户."""
    return denied(scope, match) and not HOLDS_DENIAL.search(match[0])


def _claimed(scope: Scope, table: words.Words) -> words.Words:
    """Without the levels that the firm is still trying for or does not have, where it has another."""
    level = {value: next(iter(pattern.finditer(scope.norm)), None) for value, pattern in table}
    held = tuple((value, pattern) for value, pattern in table if (match := level[value]) is not None and _held(scope, value, match))
    if held:
        return held
    return tuple((value, pattern) for value, pattern in table if (match := level[value]) is None or not _only_named(scope, match))


def _only_named(scope: Scope, match: re.Match[str]) -> bool:
    """Whether a level is still tried for, or a programme for it is spoken of."""
    return bool(_NAMED_ONLY.match(scope.norm, match.end()))


_NAMED_ONLY = re.compile(r"[^，。,;；]{0,3}(?:还)?(?:在|正在?)(?:申报|申请|报|冲)|(?:企业)?的?(?:消息|通知|政策|奖励|补贴|申报|条件)")


def _held(scope: Scope, value: str, match: re.Match[str]) -> bool:
    behind = scope.norm[match.end() : match.end() + 8]
    refused = _REFUSED.match(scope.norm, match.end()) or _TRIED.search(scope.norm[max(0, match.start() - 24) : match.start()])
    return value != "none" and said(scope, match, bare=True) is True and not _TRYING.search(behind) and not refused


#: The title was asked for and not given, or is still hoped for.
_REFUSED = re.compile(r"[^;]{0,30}\b(?:rejected|refused|declined|turned down|not granted|failed)\b")
_TRIED = re.compile(r"\b(?:appl(?:ied|ying|y) for|trying for|aim(?:ing)? (?:for|at)|hop(?:e|ing) for|want the)(?: [a-z]+){0,2} ['\"]?$")


def _denied_thing(scope: Scope, name: str) -> re.Match[str] | None:
    """The first place that denies the thing whose figure is asked for: no overdue."""
    pattern = words.DENIABLE.get(name)
    if pattern is None:
        return None
    stated = (match for match in pattern.finditer(scope.norm) if scope.states(*match.span()) and not scope.asked(match.start()))
    uncounted = (match for match in stated if not _COUNTED.search(scope.clause_text(match.start())))
    return next((match for match in uncounted if said(scope, match, bare=True) is False), None)


def _nought(name: str) -> FactValue:
    return Decimal(0) if vocabulary()[name].type in (FactType.MONEY, FactType.RATE) else 0


def _choice(scope: Scope, table: words.Words) -> tuple[str, re.Match[str]] | None:
    """The choice whose words come first; a longer or earlier entry of the table hides a later one at the same place."""
    hits = [
        (match.start(), rank, value, match)
        for rank, (value, pattern) in enumerate(table)
        if (match := first_stated(scope, pattern)) is not None
    ]
    if not hits:
        return None
    _, _, value, match = min(
        hits, key=lambda hit: (hit[1]) if hit[2] in ("none", "sole_trader", "cooperative", "partnership", "little_giant") else hit[1] + 10
    )
    return value, match
