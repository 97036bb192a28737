"""What stands above columns of figures: which time they are of, the unit, and what is no amount of the firm at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from nlu.uploads.statements.labels import simple
from nlu.uploads.statements.spans import Grain, Span, month_of, months_ended, spans_in


class Role(StrEnum):
    """What a column holds, by the words above it."""

    CLOSING = "closing"
    OPENING = "opening"
    TO_DATE = "to_date"  # since the beginning of the year
    YEAR = "year"  # this year, said in words
    CURRENT = "current"  # 本期: the period of the statement, which may be a month, a quarter or a year
    MONTH = "month"
    PRIOR = "prior"  # the same period a year before, or the period before
    SUM = "sum"  # the total of the columns before it
    DATED = "dated"  # by a date or period only
    LINE = "line"  # 行次
    ASIDE = "aside"  # percentages, budgets, differences, notes
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Head:
    """What the words above a column say of it."""

    role: Role
    text: str = ""
    span: Span | None = None


_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (Role.LINE, re.compile(r"行次|行号|行数|栏次|^序号$|line ?no|^no\.?$|^line$")),
    (
        Role.ASIDE,
        re.compile(
            r"%|占比|比重|比例|百分|增减|增长|变动|变化|差异|差额|同比|环比|预算|计划|预测|附注|注释|备注|说明|code|代码|编码"
            r"|variance|change|budget|forecast|plan\b|ratio|^notes?$|^ref|difference|growth"
        ),
    ),
    (Role.OPENING, re.compile(r"年初|期初|(?:上年|上期|去年|上年度)[年期]?[度]?末|月初|季初|opening|beginning|brought forward")),
    (Role.CLOSING, re.compile(r"期末|年末|月末|季末|closing|ending|end of|carried forward")),
    (Role.PRIOR, re.compile(r"上年|去年|上一年|上期|同期|上月|上季|prior|previous|prev\b|last (?:year|period|month)|comparative")),
    (Role.TO_DATE, re.compile(r"累计|year to date|ytd")),
    (Role.YEAR, re.compile(r"本年|本年度|今年|全年|this year|current year|full year|for the year|for year")),
    (Role.MONTH, re.compile(r"本月|当月|this month|current month|month to date|mtd|^month$")),
    (Role.CURRENT, re.compile(r"本期|当期|本季|本年金额|金额|发生额|余额|current period|this period|^current$|^period$|^amount|^balance$")),
    (Role.SUM, re.compile(r"^合计$|^总计$|^total$")),
)
_MONEY = r"(?P<zh{0}>百\s*万\s*元|万\s*元|千\s*元|亿\s*元|元|百万|万|千|亿)"
#: A unit line. Behind 编制单位 stands a firm, whose name may begin with 万; a unit is no part of a longer word.
_UNIT = re.compile(
    r"(?<![制报算称税])(?:单\s*位|币\s*种)\s*[:：]?\s*(?:人\s*民\s*币)?\s*[(（]?\s*" + _MONEY.format(1) + r"(?![\u3400-\u9fff])"
    r"|[(（]\s*(?:人民币)?\s*" + _MONEY.format(2) + r"\s*[)）]"
    r"|^(?:人民币)?" + _MONEY.format(3) + r"$"
    r"|(?P<thousand>(?:\bin|\bstated in|\brmb|\bcny|\bus\$?|\busd|\bhkd?\$?|[$¥])\s*"
    r"(?:rmb|cny|usd|us\$|hk\$|\$)?[ '’]*(?:thousands?\b|000s?\b)|['’]000\b|\(000s?\))"
    r"|(?P<million>\bin (?:rmb |cny |usd |us\$ |\$)?millions?\b|\b(?:rmb|cny|usd) ?millions?\b)"
)
_UNITS = {"百万元": 10**6, "百万": 10**6, "万元": 10**4, "万": 10**4, "千元": 10**3, "千": 10**3, "亿元": 10**8, "亿": 10**8, "元": 1}
_FOREIGN = re.compile(
    r"美元|港币|港元|欧元|英镑|日元|澳元"
    r"|\busd\b|\bus ?\$|\bhkd\b|\bhk ?\$|\beur\b|\bgbp\b|\bus dollars?\b|\bhong kong dollars?\b|\beuros?\b"
)


def head_of(text: str) -> Head:
    """What a heading says. Years and dates make a column DATED where no word says more."""
    plain = simple(text).lower()
    words = re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", plain).strip()
    spans = set(spans_in(words))
    span = spans.pop() if len(spans) == 1 else None
    for role, pattern in _ROLES:
        if pattern.search(words):
            return Head(role, text.strip(), span)
    return Head(Role.DATED if span or month_of(words, 2000) else Role.NONE, text.strip(), span)


def belongs(upper: str, lower: str) -> bool:
    """Whether an upper heading goes on in the one below it: 期末 over 金额, or "Year ended December 31," over a year."""
    head = head_of(lower)
    if head.span is not None:
        return head.span.grain is Grain.YEAR and months_ended(upper) is not None
    plain = re.sub(r"\s+", "", simple(lower)).lower()
    return head.role is Role.NONE or plain in ("金额", "余额", "数", "amount", "balance")


def unit_in(text: str) -> int | None:
    """By how much figures are multiplied, where a text says so: 单位：万元, in thousands, RMB'000."""
    match = _UNIT.search(simple(text).lower())
    if match is None:
        return None
    if match["thousand"]:
        return 1000
    if match["million"]:
        return 10**6
    return _UNITS[re.sub(r"\s", "", match["zh1"] or match["zh2"] or match["zh3"])]


def is_foreign(text: str) -> bool:
    """Whether a heading names a currency that is not the yuan."""
    return bool(_FOREIGN.search(simple(text).lower()))
