"""Sums told one by one that make up one fact: 农行欠55万，微业贷欠21万; 三个工地都没结，一个二十六万 一个十九万."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from nlu.cues.load import expression, table
from nlu.facts import Mention
from nlu.numbers.quantity import Quantity
from nlu.reading.adding_english import added_in_english
from nlu.reading.chains import agrees, is_sum, summed
from nlu.reading.scope import Scope

_FIRST, _NEXT, _AND_MORE = (expression("adding", entry) for entry in ("first", "next", "and_more"))
_BANK, _OWED, _LOANS = (expression("adding", entry) for entry in ("lender", "owed", "loans"))
#: What a chain is about, by the words before it; the first that fits stands.
_ABOUT: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile("|".join(items))) for name, items in table("adding")["about"].items()
)
_FACTS = frozenset(("existing_loans", *(name for name, _ in _ABOUT)))
#: How far before a chain its words stand, and how far behind a chain of lenders it may be said that it is owed to them.
_LOOKS_BACK, _BEHIND = 24, 6
_WAN = 10_000
#: A number between these may be one of 万.
_LEAST_IN_WAN, _MOST_IN_WAN = 1, 1000


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
        return added_in_english(text, scope, found)
    if not scope.states(chain[0].start, chain[-1].end) or scope.asked(chain[0].start):
        return None
    name = asking if asking in _FACTS else _about(scope, chain)
    total = sum((quantity.value for quantity in chain), Decimal(0))
    if name is None or not agrees(scope, sums, chain, total):
        return None
    return summed(text, name, chain, total)


def _sums(scope: Scope, found: tuple[Quantity, ...]) -> list[Quantity]:
    """The sums; a number that goes on with one in 万 is in 万, too: 网商20万、邮储33."""
    sums: list[Quantity] = []
    for quantity in found:
        bare = quantity.kind == "number" and quantity.low is None and _LEAST_IN_WAN <= quantity.value < _MOST_IN_WAN
        if is_sum(quantity):
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


def _about(scope: Scope, chain: Sequence[Quantity]) -> str | None:
    """The fact that the words before the chain, or the lenders in it, name."""
    lead = scope.norm[max(0, chain[0].start - _LOOKS_BACK) : chain[0].start]
    named = next((name for name, words in _ABOUT if words.search(lead)), None)
    if named is not None:
        return named
    owed = _BANK.search(lead[-12:]) and _OWED.search(scope.norm, max(0, chain[0].start - _LOOKS_BACK), chain[-1].end + _BEHIND)
    each_left = _LOANS.search(lead) and "剩" in scope.norm[chain[0].start - 6 : chain[-1].start]
    return "existing_loans" if owed or each_left else None
