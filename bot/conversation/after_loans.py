"""A sum a month, said alone directly behind what is owed, is what goes out for it: "owe 260k", then "7k a month". Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversation.model import Dialogue
from nlu.facts import Mention, fact_value
from nlu.mentions import Extraction

_OWED, _REPAID = "existing_loans", "monthly_debt_service"
#: What such a sum is taken for by itself.
_TAKEN_FOR = frozenset({"monthly_sales", "monthly_inflow"})
#: A bare number of so much is money.
_A_SUM = 1000
_ALONE = re.compile(
    r"\W*(?:(?:and|about|around|roughly|paying|i pay|we pay|pay|that's|it's|so) )*"
    r"(?:monthly:? ?(?:rmb |cny |¥ ?)?[\d.,]+ ?(?:k|m|thousand|wan)?"
    r"|(?:rmb |cny |¥ ?)?[\d.,]+ ?(?:k|m|thousand|wan)?(?: yuan| rmb)?,? (?:a|per|each|every) month"
    r"|[\d.,]+ ?(?:k|thousand|wan)? monthly)\W*"
    r"|\W*(?:每个?月|月月|一个月)[\d一二两三四五六七八九十百千.]+[万千w块元]*\W*",
    re.IGNORECASE,
)


def repaid_each_month(text: str, extraction: Extraction, before: Dialogue) -> Extraction:
    """The message with its sum as the monthly repayment, where what is owed was told last and nothing says what goes out for it."""
    if before.recent[-1:] != (_OWED,) or _REPAID in before.firm or _ALONE.fullmatch(text) is None:
        return extraction
    others = [mention for mention in extraction.mentions if mention.name in _TAKEN_FOR]
    if len(others) == 1 and len(extraction.mentions) == 1:
        return replace(extraction, mentions=(replace(others[0], name=_REPAID),))
    sums = [figure for figure in extraction.loose if figure.kind == "money" or figure.value >= _A_SUM]
    value = fact_value(_REPAID, sums[0].value) if len(sums) == 1 and not extraction.mentions else None
    if value is None:
        return extraction
    paid = Mention(_REPAID, value, sums[0].start, sums[0].end, sums[0].text, sums[0].approximate)
    return replace(extraction, mentions=(paid,), loose=tuple(figure for figure in extraction.loose if figure != sums[0]), ambiguous=())
