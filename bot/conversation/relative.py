"""A figure supposed by how far it moves: what if revenue drops 20 %, 营业额少两成呢. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from knowledge.firm import FactType, Firm, spec_of

#: What moves, by the names that owners use.
_FACTS: Mapping[str, str] = {
    "annual_revenue": r"营业额|营收|营业收入|年?销售额?|生意|\b(?:revenue|sales|turnover|takings)\b",
    "net_profit": r"净?利润|\b(?:net )?profits?\b",
    "employees": r"员工|人手|人数|\b(?:staff|employees|headcount|workforce)\b",
    "monthly_inflow": r"流水|进账|\b(?:inflows?|bank flow)\b",
    "existing_loans": r"贷款余额|欠的贷款|\b(?:outstanding loans?|existing loans?)\b",
    "amount_sought": r"额度|借的钱|\b(?:the (?:loan|amount))\b",
}
_TENTHS = {han: Decimal(tenth) / 10 for tenth, han in enumerate("一二三四五六七八九", 1)} | {"两": Decimal("0.2"), "半": Decimal("0.5")}
_PARTS = {"half": Decimal("0.5"), "third": Decimal(1) / 3, "quarter": Decimal("0.25"), "fifth": Decimal("0.2"), "tenth": Decimal("0.1")}
_MUCH = re.compile(
    r"(?:(?P<percent>\d+(?:\.\d+)?) ?(?:%|％|个点|个百分点|per ?cent)|(?P<tenths>[一二两三四五六七八九半])成"
    r"|百分之(?P<han>[一二三四五六七八九]?十|[一二三四五六七八九])"
    r"|一半|\b(?:an? )?(?P<part>half|third|quarter|fifth|tenth)\b)",
    re.IGNORECASE,
)
_DOWN = re.compile(r"少|跌|降|掉|减|下滑|缩|\b(?:drop|fall|declin|shrink|decreas|lose|cut|down|lower|less|fewer)", re.IGNORECASE)
_UP = re.compile(r"涨|多|增|上升|提高|\b(?:ris|grow|increas|up|gain|jump|more|higher)", re.IGNORECASE)
#: So many characters apart, a way and a share belong together.
_APART = 14
_WHOLE = (
    (re.compile(r"翻一?番|翻倍|翻一倍|多一倍|\bdoubl\w+|\btwice as (?:much|many|high|big)\b", re.IGNORECASE), Decimal(2)),
    (re.compile(r"\btripl\w+", re.IGNORECASE), Decimal(3)),
    (re.compile(r"腰斩|\bhalve[sd]\b|\bcut in half\b", re.IGNORECASE), Decimal("0.5")),
)


def moved(text: str, firm: Firm) -> dict[str, Decimal | int]:
    """The facts that the words move, as they would then be: yuan or heads. Only what is known of the firm can move."""
    factor = _factor(text)
    if factor is None:
        return {}
    found: dict[str, Decimal | int] = {}
    for name, words in _FACTS.items():
        value = firm.get(name)
        if isinstance(value, Decimal | int) and not isinstance(value, bool) and re.search(words, text, re.IGNORECASE):
            found[name] = _rounded(name, Decimal(value) * factor)
    return found


def _factor(text: str) -> Decimal | None:
    """What a figure is multiplied by; None where nothing moves, or not by a share."""
    for words, factor in _WHOLE:
        if words.search(text):
            return factor
    for much in _MUCH.finditer(text):
        around = text[max(0, much.start() - _APART) : much.end() + _APART]
        share = _share(much)
        if share < 1 and _DOWN.search(around):
            return 1 - share
        if _UP.search(around):
            return 1 + share
    return None


def _share(much: re.Match[str]) -> Decimal:
    if much["percent"]:
        return Decimal(much["percent"]) / 100
    if much["tenths"]:
        return _TENTHS[much["tenths"]]
    if much["han"]:
        return _TENTHS.get(much["han"][0], Decimal("0.1")) if much["han"].endswith("十") else _TENTHS[much["han"]] / 10
    return _PARTS[much["part"].lower()] if much["part"] else Decimal("0.5")


def _rounded(name: str, value: Decimal) -> Decimal | int:
    whole = value.quantize(Decimal(1), ROUND_HALF_UP)
    return int(whole) if spec_of(name).type is FactType.COUNT else whole
