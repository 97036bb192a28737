"""Years in a text, and the digits that are no figure at all: telephone, identity and account numbers, calendar dates, clock times."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from nlu.numbers.chinese import ZH_DIGIT
from nlu.numbers.english_words import value_of
from nlu.numbers.quantity import Quantity

#: Digits that are no figure at all. Years and dates are read before this.
_NOT_FIGURES = re.compile(
    r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"  # mobile number
    r"|(?<![\d.])0\d{2,3}[- ]\d{7,8}(?!\d)|(?<!\d)[48]00[- ]\d{3,4}[- ]\d{3,4}(?!\d)"  # landline, service number
    r"|(?<![0-9a-z])(?=[0-9a-z]*\d)[0-9a-hj-npqrtuwxy]{18}(?![0-9a-z])|(?<!\d)\d{17}x(?![0-9a-z])"  # credit code, identity number
    r"|(?<![\d.,])(?!\d{1,12}(?:\.\d+)? ?(?:元|块|yuan|rmb))\d{9,}(?![\d.,]*[万亿元块])"  # account and order numbers
    r"|(?:微信|qq|电话|手机|群|tel|phone|wechat|账号|卡号|尾号)[号是:： ]{0,3}[0-9a-z_-]{4,}"
    r"|(?<!\d)\d{1,2}[:：]\d{2}(?::\d{2})?(?!\d)|(?:上午|下午|早上|晚上|中午|凌晨)(?:\d{1,2}"
    r"|[一二两三四五六七八九十]{1,3})点(?:半|\d{1,2}分?)?|(?<![\d.个])(?:1?\d|2[0-4])点(?:半|整|钟|\d{1,2}分?)?(?=$"
    r"|[，。？！ ,?!]|[开关营见上下去来到]|之?[前后])"
    r"|(?<![\d.])\d{1,2} ?(?:am|pm|a\.m\.|p\.m\.)(?![a-z])|(?<![\d.])\d{1,2} o'clock"
    r"|第[零一二三四五六七八九十百\d]+[个名条期年天步批家位]?|(?<![a-z0-9])[a-z]{1,4}-?\d+(?![\d.]*[%万])(?<!rmb\d)(?<!usd\d)"
    r"|(?:正|腊|冬|农历[一二三四五六七八九十]{1,2})月(?:初[一二三四五六七八九十]|廿[一二三四五六七八九]?|[一二三]?十[一二三四五六七八九]?)?"
    r"|(?<=[加在凑合])一块(?![钱\d一二三四五六七八九])|一块(?:儿|[^，。\d]{0,2}(?:干|做|开|住|弄|加|算|合))|七七八八|乱七八糟"
    r"|三一(?=重工|集团|的|那边|供|挖机|泵车|配套)|[哪某]一?年|一年(?:不如|比|赶不上|又|复)一年|七上八下|一五一十|四舍五入|三番五次|三天两头|五花八门|千方百计|三三两两|九牛一毛"
    r"|(?<=[打拨上告])(?:12345|12378|12315|12366)(?!\d)|^(?:12345|12378|12315|12366)(?=投诉|[ ,，])"
    r"|(?:^|(?<=\n)) *\d{1,2}[.、)](?!\d)|(?<![\d.])(?:\d?1st|\d?2nd|\d?3rd|\d{1,2}th)(?![a-z])|十分(?![之一二三四五六七八九])"
    r"|(?<![a-z])(?:ending|ends|tail|last four)(?: in| with| digits)? \d{4}(?!\d)|\*{2,} ?\d{3,4}(?!\d)|(?<= )[1-9]\) (?=[a-z])|https?://\S+|\d+\.\d+\.\d+(?!\d)(?<!\.000)"
)

_CURRENCY_WORD = re.compile(r"(?<![a-z])(?:rmb|cny|usd|hkd|eur|gbp|us|hk)[ $]?\d")

_MONTH_NAMES = {
    name: rank + 1 for rank, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])
}

_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/.](?P<m>0?[1-9]|1[0-2])(?:[-/.](?:3[01]|[12]\d|0?[1-9]))?(?!\d)(?![-/.]\d| ?[万亿wk%元块])"
    r"|(?<!\d)(?P<y2>(?:19|20)\d\d|[09]\d|[12]\d(?=年(?:[一二三四五六七八九十\d]{1,2}月|初|底|末|中|就|开|成立|注册|办|创|起|销售"
    r"|营业|营收|收入|利润|做了|卖了|产值"
    r"|的时候|前|以来|到现在|营业|干|做|入行|下半年|上半年|夏|冬|春|秋)))年(?!前|的?经验)(?:(?P<m2>1[0-2]|0?[1-9])月(?:份"
    r"|(?:3[01]|[12]\d|0?[1-9])[日号])?|(?P<zm2>十[一二]?|[一二三四五六七八九])月份?)?"
    r"|(?<!\d)(?P<y9>[4-9]\d)年(?=的(?:$|[，。,;；])|生|出生)(?:(?P<m9>1[0-2]|0?[1-9])月)?"
    r"|(?P<zy>[一二][零九][零一二三四五六七八九]{2}|[五六七八九][零一二三四五六七八九](?=年(?:的(?:$|[，。,;；])|生|出生|下岗|开|成立|办|创|自己|建|注册|起|就|来|毕业|退伍|承包|盖|接|开始))"
    r"|零[一二三四五六七八九](?=年(?!期|半))|一[零一二三四五六七八九](?=年(?:到现在|那会|那年|开始|就|来|接手|盘|退伍))"
    r"|[零一二][零一二三四五六七八九](?=年(?:开|成立|注册|办|创"
    r"|起)))年(?:(?P<zm>十[一二]?|[一二三四五六七八九])月份?)?"
    r"|(?<![\d/.-])(?P<m3>0?[1-9]|1[0-2])/(?P<y14>20[0-4]\d|19[5-9]\d)(?![\d/])"
    r"|(?<![\d.,¥$])(?P<y15>(?:19[89]|20[0-4])\d) (?P<mn2>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|t(?:ember)?|ober|ember)?(?![a-z]| \d)"
    r"|(?<![a-z])(?:(?<=in )|(?<=since )|(?<=from )|(?P<mn3>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y"
    r"|ust|t(?:ember)?|ober|ember)? )"
    r"(?P<wy>twenty (?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty(?:[- ](?:one|two"
    r"|three|four|five|six))?)|nineteen (?:fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|two thousand(?: and)? (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty(?:[- ](?:one|two|three|four|five|six))?))"
    r"(?![a-z]|[- ](?:hundred|thousand|grand|k|people|staff|of|yuan|rmb|percent|days|months|years|times|units|pieces))"
    r"|(?<![\d.a-z])(?:(?P<mn>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (?:of )?)(?:\d{1,2}(?:st|nd|rd"
    r"|th)?,? )?(?P<y3>(?:19|20)\d\d)(?!\d)"
    r"|(?<=since )(?P<y4>(?:19|20)\d\d)(?![\d,.]\d)|(?<=in )(?P<y5>(?:19|20)\d\d)(?![\d,.]\d)|(?<=from )(?P<y6>(?:19|20)\d\d)(?![\d,.]\d)"
    r"|(?<![\w'])'(?P<y10>[012]\d)(?![\w'])|(?<![a-z])fy ?'?(?P<y11>(?:20)?[12]\d)(?!\d)"
    r"|(?<![\d一二两三四五六七八九十了干开做还贷借分期满])(?P<y12>[12]\d)年(?=(?:是|有|[:：])?[\d一二两三四五六七八九十百千.,]+(?:个|来|多)?[万亿w])"
    r"|(?<=[a-z] )(?P<y7>(?:19[89]|20[0-4])\d)(?=[.,!?:]|$)(?![.,]\d)|(?<=[,;] )(?P<y8>20[0-4]\d)(?=:)"
    r"|(?<![\d.,¥$])(?P<y13>20[0-4]\d)(?=(?: ?[=:：] ?| | is | was )(?:rmb ?|cny ?|¥ ?)?\d[\d.,]*"
    r"(?: ?(?:k|w|m|mil|million|thousand|万|lakhs?)(?![a-z])|,\d{3}|\d{3}))"
)

_DAY = re.compile(
    r"(?<!\d)(?:1[0-2]|[1-9])月?(?:份)?(?:-|~|到|至)(?:1[0-2]|[1-9])月(?:份|底|初|中旬?)?(?!\d)"
    r"|(?<!\d)(?:1[0-2]|0?[1-9])月(?:份|底|初|中旬?|(?:3[01]|[12]\d|0?[1-9])[日号])?|(?<!\d)(?:3[01]|[12]\d|0?[1-9])号(?!员工|楼"
    r"|店|人)|(?<![十\d])(?:十[一二]?|[一二三四五六七八九])月(?:份|底|初)?(?!\d)"
)


_YEARS_AGO = {"今年": 0, "去年": 1, "前年": 2, "大前年": 3, "this": 0, "last": 1}
#: 去年12月, 前年开的: a month or a founding named by the year's distance.
_LAST_YEAR = re.compile(
    r"(?P<y>大前年|前年|去年|今年)(?:(?P<m>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?:份|底|初|中旬?)?"
    r"|(?=年?[初底中]?(?:才|刚|新)?(?:开的|开业|开张|开店|成立|注册|创办|办的|办照)))"
    r"|(?<![a-z])(?P<em>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t(?:ember)?|ober"
    r"|ember)? (?:of )?(?P<ey>last|this) year(?![a-z])"
)

#: 十月份刚办的执照: a month without a year, of a firm that has only just begun.
_JUST_OPENED = re.compile(
    r"(?<![年\d个十一二两三四五六七八九])(?P<m>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?:份|底|初|中旬?)?(?:刚刚|刚|才)"
    r"(?=(?:开|办|注册|成立|拿|领|营业|做起来|支)(?!会|发票|票|完|给|到贷|工))"
)

_MAY_HOLD_DATES = re.compile(
    r"[\d年月点第]|三一|twenty|nineteen|two thousand|(?:last|this) year|十分|一块|七七八八|乱七八糟|七上八下|一五一十|四舍五入"
    r"|三番五次|三天两头|五花八门|千方百计|三三两两|九牛一毛"
)


def masked(norm: str, text: str, today: date, found: list[Quantity]) -> list[tuple[int, int]]:
    """Spans that must not be read as figures; years found on the way are added to `found`."""
    if not _MAY_HOLD_DATES.search(norm):
        return []
    taken = [match.span() for match in _NOT_FIGURES.finditer(norm) if not _CURRENCY_WORD.match(norm, match.start())]
    taken += [match.span() for match in _DAY.finditer(norm)]
    years = [(match, _year(match, today)) for match in _DATE.finditer(norm)]
    years += [(match, _ago(match, today)) for match in _LAST_YEAR.finditer(norm)]
    years += [(match, _last_time(match, today)) for match in _JUST_OPENED.finditer(norm)]
    for match, named in years:
        if named is not None:
            year, month = named
            start, end = match.span()
            taken.append((start, end))
            found.append(Quantity("year", Decimal(year), start, end, text[start:end], unit="year", month=month))
    return sorted(taken)


def _last_time(match: re.Match[str], today: date) -> tuple[int, int | None]:
    """Year and month of the last time this month began: 十月份刚开的 in November is this year's."""
    month = _month(match["m"])
    return today.year - (month is not None and month > today.month), month


def _ago(match: re.Match[str], today: date) -> tuple[int, int | None]:
    """Year and month of 去年12月, March last year."""
    month = _MONTH_NAMES[match["em"]] if match["em"] else _month(match["m"])
    return today.year - _YEARS_AGO[match["ey"] or match["y"]], month


def _year(match: re.Match[str], today: date) -> tuple[int, int | None] | None:
    """Year and month of a date, or None when the year cannot be one."""
    groups = {name: value for name, value in match.groupdict().items() if value}
    if "wy" in groups:
        return _spoken_year(groups["wy"]), _MONTH_NAMES.get(groups.get("mn3", ""))
    raw = next(groups[name] for name in ("y", *(f"y{rank}" for rank in range(2, 16)), "zy") if name in groups)
    year = int("".join(ZH_DIGIT.get(char, char) for char in raw))
    if year > today.year % 100 and "y12" in groups:
        return None
    if year < 100:
        year += 2000 if year <= today.year % 100 else 1900
    named = groups.get("mn") or groups.get("mn2")
    figure = next((groups[name] for name in ("m", "m2", "m3", "zm2", "zm") if groups.get(name)), None)
    month = _MONTH_NAMES[named] if named else _month(figure)
    return (year, month) if 1949 <= year <= today.year + 40 else None


def _spoken_year(words: str) -> int:
    """A year as it is said: twenty fifteen, nineteen ninety-eight, two thousand and five."""
    if words.startswith("nineteen "):
        return 1900 + value_of(words.removeprefix("nineteen "))
    return 2000 + value_of(words.removeprefix("twenty ").removeprefix("two thousand").removeprefix(" and").strip())


def _month(text: str | None) -> int | None:
    if text is None or text.isascii():
        return int(text) if text else None
    return {"十": 10, "十一": 11, "十二": 12}.get(text) or int(ZH_DIGIT[text])
