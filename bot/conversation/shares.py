"""Shares of the revenue told as such in English: profit is ten percent of that, 30% of turnover is export. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from knowledge.firm import Firm
from nlu.facts import Mention, fact_value
from nlu.mentions import Extraction
from nlu.quantities import Quantity

_OF_REVENUE = re.compile(
    r" of (?:(?P<back>that|it|this)"
    r"|(?:(?:all|the|our|my|total|annual|yearly) )*(?:turnover|revenues?|sales|takings|income))\b",
    re.IGNORECASE,
)
#: Before a share: of the revenue that was just named.
_OF_THAT = re.compile(
    r"\b(?:turnover|revenues?|sales|takings)\b(?:[^.?!]|\.(?=\d)){0,40}\bof (?:that|it|which),?"
    r"(?: (?:maybe|about|around|roughly|some|only|i guess))* ?$",
    re.IGNORECASE,
)
#: Words in the share's sentence that name what it is a share of the revenue of. What costs so much is no fact.
_WHAT: Mapping[str, re.Pattern[str]] = {
    "": re.compile(r"\b(?:rent|wages?|salar\w+|costs?|materials?|labou?r|tax|interest|commission|fees?|gross)\b", re.IGNORECASE),
    "net_profit": re.compile(
        r"\b(?:profits?|net|earnings|bottom line"
        r"|(?:we|i) (?:keep|clear|earn|pocket)|(?:is|are|gets?) left(?: over)?|stays? with (?:us|me))\b",
        re.IGNORECASE,
    ),
    "export_revenue": re.compile(r"\b(?:exports?|exported|abroad|overseas|foreign (?:customers|buyers|clients))\b", re.IGNORECASE),
    "platform_sales": re.compile(
        r"\b(?:online|taobao|tmall|jd|meituan|ele\.?me|douyin|pinduoduo|amazon|shopee|platforms?)\b", re.IGNORECASE
    ),
}
#: Before a share: something costs so much.
_EATEN = re.compile(
    r"\b(?:feed|fodder|rent|wages?|salar\w+|materials?|ingredients|fuel|diesel|power|electricity|costs?|interest|commission)\b"
    r"(?: [a-z]+){0,3} (?:eats?(?: up)?|takes?(?: up)?|swallows?|is|are|makes? up|costs?)(?: (?:about|around|up|nearly))* ?$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?;](?= |$)")
_BEHIND_ENDS = re.compile(r"[,.!?;](?= |$)")
#: A sum worked out of a share is no surer than this many digits.
_DIGITS = 3


def shares_told(text: str, extraction: Extraction, firm: Firm) -> Extraction:
    """What is told as a share of the revenue as a sum, about; where no revenue is known nothing is worked out."""
    extraction = replace(extraction, mentions=tuple(mention for mention in extraction.mentions if not _is_a_cost(text, mention)))
    revenue = extraction.facts.get("annual_revenue", firm.get("annual_revenue"))
    if not isinstance(revenue, Decimal) or revenue <= 0:
        return extraction
    found: dict[Quantity, Mention] = {}
    shares = [one for one in extraction.loose if one.kind == "rate" and 0 < one.value < 1]
    for share, last in zip(shares, (None, *shares), strict=False):
        name = _fact_of(text, share, last)
        if name is None or name in extraction.facts or any(mention.name == name for mention in found.values()):
            continue
        value = fact_value(name, _rounded(revenue * share.value))
        if value is not None:
            found[share] = Mention(name, value, share.start, share.end, share.text, approximate=True)
    mentions = tuple(sorted((*extraction.mentions, *found.values()), key=lambda mention: mention.start))
    return replace(extraction, mentions=mentions, loose=tuple(one for one in extraction.loose if one not in found))


def _is_a_cost(text: str, mention: Mention) -> bool:
    """Whether a share read as the largest customer's is of what something costs: feed eats 70% of it."""
    return mention.name == "largest_customer_share" and _EATEN.search(text[: mention.start]) is not None


def _fact_of(text: str, share: Quantity, last: Quantity | None) -> str | None:
    """The fact that the words make a share of the revenue; None where they name none, or a cost. `last`: the share before it."""
    before, behind = text[last.end if last else 0 : share.start], text[share.end :]
    of_revenue = _OF_REVENUE.match(behind) or _OF_THAT.search(before)
    if of_revenue is None or (last is not None and (of_revenue.re is _OF_THAT or of_revenue["back"])):
        return None
    around = f"{_ENDS.split(before)[-1] if of_revenue.re is _OF_REVENUE else ''} {_BEHIND_ENDS.split(behind)[0]}"
    return next((name for name, words in _WHAT.items() if words.search(around)), None) or None


def _rounded(value: Decimal) -> Decimal:
    """To as many digits as a share lets one be sure of, whole yuan."""
    step = Decimal(1).scaleb(max(0, value.adjusted() - _DIGITS + 1))
    return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step
