"""The day on which a loan falls due, as days from today: 12月30号到期, due on 5 December, the day after tomorrow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from nlu.facts import Mention
from nlu.numbers.chinese import read_chinese
from nlu.reading.scope import Scope

_DAY_NO = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])"
_MONTH_NO = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|元|腊)"
_HAN = re.compile(
    rf"(?:(?P<year>20\d\d|今|明|后)年?(?:的)?)?(?:(?P<month>{_MONTH_NO})月份?|(?P<next>下下?个?月|本月|这个?月|月底前))(?P<day>{_DAY_NO})[号日]?"
    rf"|(?P<dyear>20\d\d)[-/.](?P<dmonth>1[0-2]|0?[1-9])[-/.](?P<dday>3[01]|[12]\d|0?[1-9])(?!\d)"
    r"|(?P<soon>大后天|后天|明天)"
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_LATIN = re.compile(
    r"\b(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? (?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"|(?P<month2>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (?P<day2>\d{1,2})(?:st|nd|rd|th)?)(?:,? (?P<year>20\d\d))?\b"
    r"|\b(?P<soon>the day after tomorrow|tomorrow)\b"
)
_SOON = {"明天": 1, "后天": 2, "大后天": 3, "tomorrow": 1, "the day after tomorrow": 2}
#: In the clause of the day, or the one before: it is a loan that falls due then.
_DUE = re.compile(
    r"到期|[号日]到$|[号日]到(?=[，,。 ])|要还(?!有)|该还|还本|得还|\b(?:due|matur\w+|expir\w+|falls? due|end(?:s|ing)?(?: date)?"
    r"|finish(?:es)?|runs? out|comes? up|repay(?:ment)?)\b"
)
_LOAN = re.compile(
    r"邮储|[工建农中交招]行|贷|借|欠|授信|银行|信用社|笔|本金|那个|\b(?:loan|debt|bank|mortgage|credit|facility|note|limit|owe)\b"
)
#: What else falls due: a lease, a policy, a certificate, one instalment of many; and what has been renewed since.
_NOT_A_LOAN = re.compile(
    r"本期|当期|月供|账单|(?<!last )(?<!final )\b(?:instal+ments?|monthly (?:re)?payments?)\b|\b(?:re)?payment of (?:rmb|cny|¥|\d)"
    r"|\bamount due\b"
    r"|租约|合同到期|租期|保险|证书?到期|执照|续过|年检|\b(?:lease|insurance|licen[cs]e|certificate|policy|tax|rent|contract)\b"
)
_LONGEST = 1100


def matures(text: str, scope: Scope, today: date, *, asked: bool) -> Mention | None:
    """The first day named on which a loan falls due. When `asked`, any day named is meant."""
    for start, end, day in _days(scope.norm, today):
        if not 0 <= (day - today).days <= _LONGEST or not scope.states(start, end):
            continue
        if asked or _falls_due(scope, start, end):
            return Mention("loan_matures_in_days", (day - today).days, start, end, text[start:end], True)
    return None


def _falls_due(scope: Scope, start: int, end: int) -> bool:
    low, high = scope.clause_span(start)[0], scope.clause_span(end)[1]
    here = scope.norm[low:high]
    before = scope.norm[max(0, low - 40) : low]
    return bool(_DUE.search(here) and _LOAN.search(before + here) and not _NOT_A_LOAN.search(here))


def _days(norm: str, today: date) -> Iterator[tuple[int, int, date]]:
    for match in (*_HAN.finditer(norm), *_LATIN.finditer(norm)):
        day = _soon(match, today) or (_han_day(match, today) if match.re is _HAN else _latin_day(match, today))
        if day is not None:
            yield match.start(), match.end(), day


def _soon(match: re.Match[str], today: date) -> date | None:
    return today + timedelta(days=_SOON[match["soon"]]) if match["soon"] else None


def _han_day(match: re.Match[str], today: date) -> date | None:
    if match["dyear"]:
        return _date(int(match["dyear"]), int(match["dmonth"]), int(match["dday"]), today)
    if match["next"]:
        ahead = {"下": 1, "下下": 2}.get(match["next"].rstrip("个月"), 0)
        month = today.month + ahead
        return _date(today.year + (month - 1) // 12, (month - 1) % 12 + 1, _number(match["day"]), today)
    named = match["year"]
    year = None if named is None else int(named) if named.isdigit() else today.year + {"今": 0, "明": 1, "后": 2}[named]
    month = {"元": 1, "腊": 12}.get(match["month"]) or _number(match["month"])
    return _date(year, month, _number(match["day"]), today)


def _latin_day(match: re.Match[str], today: date) -> date | None:
    month = _MONTHS.index(match["month"] or match["month2"]) + 1
    return _date(int(match["year"]) if match["year"] else None, month, int(match["day"] or match["day2"]), today)


def _number(written: str) -> int:
    number = read_chinese(written.replace("廿", "二十"), 0)
    return int(number.value) if number is not None else 0


def _date(year: int | None, month: int, day: int, today: date) -> date | None:
    """The date, in the coming twelve months when no year is named; None where the calendar has no such day."""
    try:
        if year is not None:
            return date(year, month, day)
        this = date(today.year, month, day)
        return this if this >= today else date(today.year + 1, month, day)
    except ValueError:
        return None
