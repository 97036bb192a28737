"""Sums told one by one that make up one fact: 农行欠55万，微业贷欠21万; 三个工地都没结，一个二十六万 一个十九万."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from nlu.facts import Mention, fact_value
from nlu.numbers.quantity import Quantity
from nlu.reading.scope import Scope

_JOIN = r"[ ，,、；;]*(?:还有|另外|再有|再加上?|加上?|外加|和|跟|还)?(?:个|有个)?"
#: One of several, before its sum; and a lender, before what is owed to it.
_EACH = (
    r"(?:另外?)?一(?:家|个(?!月)|笔|台|座|处|单|户|间|份|张|边)"
    r"[^，。,;；\d 一二两三四五六七八九十百剩还欠]{0,8}(?:还?欠|还?剩|余)?(?:牢?我)?(?:的|了|着)?"
)
_LENDER = (
    r"(?:[一-鿿]{0,3}(?:银行|农商行?|信用社|租赁公司)|工行|建行|农行|中行|招行|交行|邮储|民生|兴业|浦发|平安|微众|网商|借呗|花呗|信用卡|[一-鿿]{1,2}贷|设备分期|分期){1,2}"
    r"(?:贷款?|那边|还|欠|剩|有|是|的|了|着|个){0,3}"
)
_NEXT = re.compile(rf"{_JOIN}(?:{_EACH}|{_LENDER})")
_FIRST = re.compile(rf"(?:^|[ ，,、；;：:。])(?:还有|就|欠)?(?:{_EACH}|{_LENDER})$|(?:{_EACH})$")
_BANK = re.compile(_LENDER)
_TOTAL = re.compile(
    r"[ ，,、。]*(?:加一?起|加一块|合计|一共|总共|加起来|拢共|一个月)(?:就?是|有|大概|差不多|要还|还)*"
    r"|[ ,;.:=-]*(?:so|which is|that's|that makes|sum|totall?ing|total|altogether|together|in all|combined|all in all)(?: (?:it's"
    r"|is|of|to|making))*[: ]*"
)
#: English: whom each sum is with, and what stands between it and the next.
_WITH = r"(?: (?:to|with|from|at|on|by|for) (?:the |my |our |a |an |two |three )?[a-z'. -]{2,30}?)"
_AND = r"(?:,|;| and|, and| plus|, plus| \+)(?: (?:another|also|then|a further))? (?:¥|rmb ?)?"
_NEXT_EN = re.compile(rf"{_WITH}{_AND}")
_WITH_BEHIND = re.compile(_WITH)
_NEXT_BARE = re.compile(_AND)
_LENDER_EN = re.compile(
    r"\b(?:banks?|webank|mybank|icbc|ccb|abc|boc|cmb|psbc|rcu|weilidai|huabei|co-?op|union|lenders?|cards?|leasing|finance|fund)\b"
)
#: What an English chain is about, by the words directly before it; whether each sum must say whom it is with, and it must be a lender.
_ABOUT_EN: tuple[tuple[str, re.Pattern[str], bool, bool], ...] = (
    ("monthly_debt_service", re.compile(
        r"\b(?:(?:every|each|per|a) month,? (?:i|we) (?:re)?pay|(?:i|we) (?:re)?pay (?:back )?(?:each|every|a|per) month"
        r"|monthly (?:re)?payments?)\b[^.;\d]{0,16}$"), True, False),
    ("monthly_debt_service", re.compile(r"\b(?:instal?lments|repayments)\b(?: (?:are|of|run at|come to|is|:))*[: ]*$"), False, False),
    ("order_value", re.compile(r"\b(?:orders?(?: book)?|contracts?|backlog)\b[^.;\d]{0,20}$"), True, False),
    ("receivables", re.compile(r"\b(?:receivables?|unpaid invoices|outstanding invoices)\b[^.;\d]{0,20}$"), True, False),
    ("existing_loans", re.compile(r"\b(?:loans?|debts?|owe|borrowed|borrowings?)\b[^.;\d]{0,20}$"), True, True),
)  # fmt: skip
_WANTED_EN = re.compile(r"\b(?:need|want|apply|looking|new|would like|offers?|quotes?|compare|or)\b")
#: What the chain is about, by the words before it; the first that fits stands.
_ABOUT: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("monthly_debt_service", re.compile(r"(?:每个?月|一个?月|月月)[^，。]{0,4}(?:还|供)|月供")),
    ("short_term_debt", re.compile(r"短借|短期(?:借款|贷款)")),
    ("receivables", re.compile(r"没结|没给|没收|拖着|拖欠|欠我|赖|压着|应收|尾款")),
    ("order_value", re.compile(r"单子|合同|订单")),
)
_LOANS = re.compile("贷款|欠银行|(?:手[上里头]|名下|一共)[^，。]{0,3}[两三四五几]笔")
_LOOKS_BACK, _LOOKS_BACK_EN = 24, 40
_FACTS = frozenset(("existing_loans", *(name for name, _ in _ABOUT)))


def added(text: str, scope: Scope, found: tuple[Quantity, ...], asking: str | None) -> Mention | None:
    """The sum of the longest chain of sums, or None where there is none or a total beside it says otherwise."""
    sums = _sums(scope, found)
    chain: list[Quantity] = []
    for first in range(len(sums)):
        run = [sums[first]]
        if not _FIRST.search(scope.norm[max(0, sums[first].start - 16) : sums[first].start]):
            continue
        for quantity in sums[first + 1 :]:
            if not _NEXT.fullmatch(scope.norm, run[-1].end, quantity.start):
                break
            run.append(quantity)
        chain = run if len(run) > len(chain) else chain
    if len(chain) < 2:
        return _added_in_english(text, scope, [quantity for quantity in found if _is_sum(quantity) or _is_bare_sum(quantity)])
    if not scope.states(chain[0].start, chain[-1].end) or scope.asked(chain[0].start):
        return None
    name = asking if asking in _FACTS else _about(scope, chain)
    total = sum((quantity.value for quantity in chain), Decimal(0))
    if name is None or not _agrees(scope, sums, chain, total):
        return None
    value = fact_value(name, total)
    start, end = chain[0].start, chain[-1].end
    return None if value is None else Mention(name, value, start, end, text[start:end], True)


def _sums(scope: Scope, found: tuple[Quantity, ...]) -> list[Quantity]:
    """The sums; a number that goes on with one in 万 is in 万, too: 网商20万、邮储33."""
    sums: list[Quantity] = []
    for quantity in found:
        bare = quantity.kind == "number" and quantity.low is None and _LEAST_IN_WAN <= quantity.value < _MOST_IN_WAN
        if _is_sum(quantity):
            sums.append(quantity)
        elif bare and "万" in scope.norm and _goes_on(scope, sums, quantity):
            sums.append(replace(quantity, kind="money", value=quantity.value * 10000))
    return sums


def _goes_on(scope: Scope, sums: Sequence[Quantity], quantity: Quantity) -> bool:
    """Whether a number goes on with a sum in 万, or stands behind a lender that begins a list."""
    if sums and _NEXT.fullmatch(scope.norm, sums[-1].end, quantity.start):
        return "万" in sums[-1].text or sums[-1].value >= _WAN
    lead = scope.norm[max(0, quantity.start - 16) : quantity.start]
    return bool(_FIRST.search(lead) and _BANK.search(lead) and _AND_MORE.match(scope.norm, quantity.end))


_WAN = 10_000
_AND_MORE = re.compile(rf"{_JOIN}{_LENDER}[\d一二两三四五六七八九十]")
_LEAST_IN_WAN, _MOST_IN_WAN = 1, 1000
#: Sums that are each called what they are, before or behind: business loan 1m, house loan 600k; 15,600 VAT and 9,000 income tax.
_TAX = r"(?:vat|cit|iit|eit|income tax|corporate tax|profit tax|value added tax|surcharges?|stamp duty|local taxes)"
_EACH_EN: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        "existing_loans",
        re.compile(
            r"\b(?:loan|mortgage|overdraft)(?: (?:no\.? ?|number |#)?\d)?(?:,|:| is| of| =| -)? (?:about |around |another )?$"
        ),
        re.compile(r"(?!)"),
    ),
    ("annual_tax_paid", re.compile(rf"\b{_TAX}(?: paid)?(?:,|:| is| of| was| =| -)? (?:about |around |another )?$"), re.compile(
        rf" (?:in |of )?(?:the )?{_TAX}\b")),
)  # fmt: skip


def _each_called(text: str, scope: Scope, sums: Sequence[Quantity]) -> Mention | None:
    """The total of sums of one fact that are each called so, told close together, where none is wanted."""
    for name, before, behind in _EACH_EN:
        told = [
            quantity
            for quantity in sums
            if before.search(scope.norm[max(0, quantity.start - 32) : quantity.start]) or behind.match(scope.norm, quantity.end)
        ]
        near = all(after.start - first.end < _LOOKS_BACK_EN for first, after in pairwise(told))
        if len(told) < 2 or not near or any(quantity.period == "month" for quantity in told):
            continue
        start, end = told[0].start, told[-1].end
        around = scope.norm[max(0, start - _LOOKS_BACK_EN) : end + _LOOKS_BACK]
        total = sum((quantity.value for quantity in told), Decimal(0))
        unsaid = _WANTED_EN.search(around) or scope.asked(start) or not scope.states(start, end)
        value = fact_value(name, total)
        if value is not None and not unsaid and not _OWED_TAX.search(around) and _agrees(scope, sums, told, total):
            return Mention(name, value, start, end, text[start:end], True)
    return None


_OWED_TAX = re.compile(r"\b(?:owe|owing|arrears|unpaid) [^.;!?]{0,24}(?:tax|vat)")


def _added_in_english(text: str, scope: Scope, sums: Sequence[Quantity]) -> Mention | None:
    """Orders: 2.6m from the metro company, 900k from two hospitals; instalments 5,100 and 9,800."""
    called = _each_called(text, scope, sums)
    if called is not None:
        return called
    for first, quantity in enumerate(sums):
        lead = scope.norm[max(0, quantity.start - _LOOKS_BACK_EN) : quantity.start]
        for name, words, named, lent in _ABOUT_EN:
            if not words.search(lead) or scope.asked(quantity.start):
                continue
            run = [quantity]
            for other in sums[first + 1 :]:
                if not (_NEXT_EN if named else _NEXT_BARE).fullmatch(scope.norm, run[-1].end, other.start):
                    break
                run.append(other)
            total = sum((item.value for item in run), Decimal(0))
            behind = scope.norm[run[-1].end : run[-1].end + 32]
            whole = scope.norm[quantity.start : run[-1].end] + behind
            fits = len(run) > 1 and (not named or _WITH_BEHIND.match(behind)) and (not lent or len(_LENDER_EN.findall(whole)) > 1)
            stated = scope.states(run[0].start, run[-1].end) and not _WANTED_EN.search(lead + whole)
            if not (fits and stated and _agrees(scope, sums, run, total)):
                continue
            value = fact_value(name, total)
            start, end = run[0].start, run[-1].end
            return None if value is None else Mention(name, value, start, end, text[start:end], True)
    return None


def _is_sum(quantity: Quantity) -> bool:
    plain = quantity.kind == "money" and quantity.currency in (None, "cny")
    return quantity.low is None and (plain or (quantity.kind == "number" and "千" in quantity.text)) and quantity.value >= 1000


def _is_bare_sum(quantity: Quantity) -> bool:
    return quantity.kind == "number" and quantity.low is None and quantity.value >= 1000


def _about(scope: Scope, chain: Sequence[Quantity]) -> str | None:
    """The fact that the words before the chain, or the lenders in it, name."""
    lead = scope.norm[max(0, chain[0].start - _LOOKS_BACK) : chain[0].start]
    named = next((name for name, words in _ABOUT if words.search(lead)), None)
    if named is not None:
        return named
    owed = _BANK.search(lead[-12:]) and _OWED.search(scope.norm, max(0, chain[0].start - _LOOKS_BACK), chain[-1].end + _BEHIND)
    each_left = _LOANS.search(lead) and "剩" in scope.norm[chain[0].start - 6 : chain[-1].start]
    return "existing_loans" if owed or each_left else None


#: Around a chain of lenders: it is owed to them; how far behind it that may be said.
_OWED = re.compile(r"欠|剩|余|没还|笔")
_BEHIND = 6


def _agrees(scope: Scope, sums: Sequence[Quantity], chain: Sequence[Quantity], total: Decimal) -> bool:
    """Whether a total told behind the chain, if any, is the chain's."""
    behind = next((quantity for quantity in sums if quantity.start >= chain[-1].end), None)
    if behind is not None and behind.period == "month" and chain[-1].period is None:
        return True
    return behind is None or not _TOTAL.fullmatch(scope.norm, chain[-1].end, behind.start) or behind.value == total
