"""Figures of a message that cannot be: fewer than none of something, a firm founded in a year to come. They are asked about, not taken."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from knowledge.firm import FactType, spec_of
from nlu.facts import Mention
from nlu.mentions import Extraction
from nlu.text import normalise
from scoring.questions import YOUNGEST, Question, questions

#: A minus before a figure. A dash that stands after each label of a list is none.
_MINUS = re.compile(r"(?:负|\bminus |\bnegative |(?<![a-z\d\-~至到])-)(?=[\d一二两三四五六七八九十百千])")
_LABELLED = re.compile(r"[\u4e00-\u9fffa-z] ?- ?[\u4e00-\u9fffa-z\d]")
#: How far before its fact a figure may begin: 员工-3人 is read as a fact from the first letter or from the figure on.
_BEFORE = 10
_YEAR = r"(2\d{3})"
_FOUNDED = re.compile(
    rf"(?:成立|注册|开业|创办|开张|开店|营业执照)[^，。；\d]{{0,6}}{_YEAR}(?!\d)|{_YEAR}年?(?:\d{{1,2}}月)?[^，。；\d]{{0,4}}(?:成立|注册|开业|创办|开张|开的)"
    rf"|\b(?:founded|established|registered|opened|started|set up|incorporated|in business since)\b[^.,;\d]{{0,20}}{_YEAR}(?!\d)"
)
_FIGURES_OF = re.compile(
    rf"{_YEAR}年?(?:全年)?的?(?:营业额|营业收入|营收|收入|销售|利润|净利|毛利|开票|流水|纳税|交税)"
    rf"|\b(?:revenue|sales|turnover|profit|invoiced|tax)\b[^.,;\d]{{0,12}}\b(?:in|of|for) {_YEAR}(?!\d)|\bin {_YEAR},? (?:we|i|our)\b"
)
_PLANNED = re.compile(r"打算|准备|计划|想|将|会|预计|\b(?:plan|planning|will|going to|intend|want|hope|to open)\b")
_TO_COME = "date_in_the_future"
_AGE, _OWNER_AGE = "age_months", "owner_age"
#: A minus before one of these is a loss, no slip.
_MAY_BE_LOST = frozenset({"net_profit", "gross_profit", "operating_profit", "equity"})


def impossible_in(text: str, extraction: Extraction, today: date) -> tuple[Extraction, tuple[Question, ...]]:
    """What a message states but for what cannot be, and the questions about that. A firm of eight years is no owner of eight."""
    norm = normalise(text)
    kept: list[Mention] = []
    doubts: list[Question] = []
    for mention in _of_the_firm(extraction.mentions):
        signed = _signed(mention, norm)
        doubt = _below_nought(signed)
        if doubt is None:
            kept.append(signed)
        else:
            doubts.append(doubt)
    if not _PLANNED.search(norm):
        kept, late = _of_years_to_come(norm, kept, today)
        doubts.extend(late)
    return replace(extraction, mentions=tuple(kept)), tuple(doubts)


def _of_the_firm(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Where the owner would be a child, "eight years old" is said of the firm."""
    ages = [one for one in mentions if one.name == _OWNER_AGE and isinstance(one.value, int) and 0 < one.value < YOUNGEST]
    if not ages or any(one.name == _AGE for one in mentions):
        return mentions
    return tuple(replace(one, name=_AGE, value=int(str(one.value)) * 12) if one in ages else one for one in mentions)


def _signed(mention: Mention, norm: str) -> Mention:
    """A figure with the minus before it, which is no dash after a label in a list of such."""
    value = mention.value
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or value <= 0:
        return mention
    if spec_of(mention.name).type not in (FactType.MONEY, FactType.COUNT, FactType.MONTHS):
        return mention
    signs = [sign for sign in _MINUS.finditer(norm, max(0, mention.start - _BEFORE), mention.end) if sign.end() >= mention.start]
    listed = len(_LABELLED.findall(norm)) > 1
    return replace(mention, value=-value) if any(sign[0] != "-" or not listed for sign in signs) else mention


def _below_nought(mention: Mention) -> Question | None:
    """The question about a figure below nought whose fact cannot be."""
    if mention.name in _MAY_BE_LOST:
        return None
    return next((one for one in questions({mention.name: mention.value}) if one.name == f"{mention.name}_negative"), None)


def _of_years_to_come(norm: str, mentions: list[Mention], today: date) -> tuple[list[Mention], list[Question]]:
    """The mentions without those of a year that has not come, and what to ask about it."""
    doubts = []
    if year := _late(_FOUNDED, norm, today):
        mentions = [mention for mention in mentions if mention.name != _AGE]
        zh, en = f"{year} 年还没到，成立的年份是不是写错了？", f"{year} has not come yet. Is the year the business was founded right?"
        doubts.append(Question(_TO_COME, (_AGE,), zh, en))
    if year := _late(_FIGURES_OF, norm, today):
        sums = tuple(mention.name for mention in mentions if spec_of(mention.name).type is FactType.MONEY)
        mentions = [mention for mention in mentions if mention.name not in sums]
        doubts.append(
            Question(_TO_COME, sums, f"{year} 年还没到，这个数是哪一年的？", f"{year} has not come yet. Which year is the figure of?")
        )
    return mentions, doubts


def _late(pattern: re.Pattern[str], norm: str, today: date) -> int | None:
    years = (int(year) for match in pattern.finditer(norm) for year in match.groups() if year)
    return next((year for year in years if year > today.year), None)
