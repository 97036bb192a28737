"""What stands behind a number and what it makes of it: currencies, rates, spans of time, things counted."""

from __future__ import annotations

import re
from decimal import Decimal

from nlu.cues.load import alternatives

#: Signs and words of money other than yuan, behind or before the number.
CURRENCY_AFTER = {
    "usd": r"us dollars?|u\.s\. dollars?|dollars?|bucks|usd|美元|美金|刀(?![具片])",
    "hkd": r"hkd|hk dollars?|港币|港元|港纸",
    "eur": r"eur(?:os?)?(?![a-z])|欧元",
    "gbp": r"gbp|pounds?|英镑",
    "jpy": r"jpy|yen|日元|日币",
    "twd": r"twd|ntd|台币|新台币",
    "cny": r"元人民币|人民币|块钱|块大洋|元|块|yuan|rmb|cny|renminbi|kuai",
}
CURRENCY_BEFORE = {
    "usd": r"us\$|usd ?|美元|美金|(?<![a-z])\$",
    "hkd": r"hk\$|hkd ?|港币",
    "eur": r"€|eur ?",
    "gbp": r"£|gbp ?",
    "cny": r"¥|rmb ?|cny ?|cn¥|人民币",
}
MONEY_AFTER = re.compile(r" ?(?:" + "|".join(f"(?P<{code}>{words})" for code, words in CURRENCY_AFTER.items()) + r")(?![a-z])")
MONEY_BEFORE = re.compile(r"(?:" + "|".join(f"(?P<{code}>{words})" for code, words in CURRENCY_BEFORE.items()) + r") ?$")

#: Behind the number: per cent and its kin. The group names give the divisor.
RATE_AFTER = re.compile(
    r" ?(?:(?P<percent>%|percent(?:age)?(?: points?)?|per ?cent|pct|个百分点|个半?点)|(?P<permille>‰)|(?P<basis>bps?(?![a-z])|basis points)"
    r"|(?P<tenth>成(?![立本员功交品]|都(?!是|给|卖|靠|进|被)))|(?P<dot>点(?=利息|的利|左右|以内|以下|多)))"
)
RATE_SHARE = {
    "percent": Decimal("0.01"),
    "permille": Decimal("0.001"),
    "basis": Decimal("0.0001"),
    "tenth": Decimal("0.1"),
    "dot": Decimal("0.01"),
}
RATE_BEFORE = re.compile(r"(百分之|千分之|万分之|(?<=日息)万)$")
RATE_BEFORE_SHARE = {"百分之": Decimal("0.01"), "千分之": Decimal("0.001"), "万分之": Decimal("0.0001"), "万": Decimal("0.0001")}

#: 厘 and 分 as interest: 四厘五, 一分二.
LI = re.compile(r"([零一二两三四五六七八九]|\d+(?:\.\d+)?)厘([一二三四五六七八九\d半])?")
FEN = re.compile(r"([一二两三四五]|\d(?:\.\d+)?)分(?:([一二三四五六七八九\d半])(?![十期年个万千百\d])|(?=利(?!润)|息|的利|的息))")
FEN_AFTER_INTEREST = re.compile(r"(?:息|利率|利)[是要为算收]?(?:大概|差不多)?([一二两三四五]|\d(?:\.\d+)?)分(?![钟期一二三四五六七八九\d])")
PER_MONTH_WORDS = re.compile(r"月(?:息|利|费率|化)|每个?月|一个月|monthly|per month|a month|month")
PER_YEAR_WORDS = re.compile(r"年(?:息|化|利|利率)|每年|一年|annual|per year|a year|yearly|p\.?a\b|apr")
PER_DAY_WORDS = re.compile(r"日息|日利率|每天|每日|per day|daily|a day")

#: Spans of time, in months; None for spans counted in days.
MONTHS_AFTER = re.compile(
    r" ?-?(?:(?P<decade>decades?)|(?P<year>个?年头|周年|年(?![级糕货轻纪])|years?|yrs?|(?:y|yr)(?![a-z]|/o))"
    r"|(?P<month>个[来多]?月|月(?=期|以上|多|左右)|(?<=[俩仨])月|months?|mos?(?![a-z])|mths?)"
    r"|(?P<term>期(?![间望待权货工盖建项厂])|instal{1,2}ments?)|(?P<quarter>个季度|季度|quarters?))(?![a-z])"
)
MONTHS_PER = {"decade": 120, "year": 12, "month": 1, "term": 1, "quarter": 3}
DAYS_AFTER = re.compile(
    r" ?(?:(?P<day>天|日(?!元|币|本|常|期)|days?|(?<=\d\d)d)|(?P<week>个?星期|个?礼拜|周(?!年|转|边|口|岁)|weeks?))(?:(?<![a-z])|(?![a-z]))"
)

#: Things counted, by the name the extractor uses, which is that of the group; the words are in lexicon/counted.yaml.
_COUNTED = ("person", "time", "age", "patent", "customer", "graduate", "each", "thing")
COUNT_AFTER = re.compile(
    r" ?(?:" + "|".join(f"(?P<{unit}>{alternatives('counted', unit)})" for unit in _COUNTED) + r")(?:(?<![a-z])|(?![a-z]))"
)
#: Behind a sum: loans, orders and the like that it is a sum of.
BORROWED = re.compile(r" ?(?:loans?|cards?|orders?|invoices)")
#: Behind tens of thousands: people. 八十八万 员工 is a sum before another word.
MANY_PEOPLE = re.compile(r"[多名]?人| ?(?:people|persons?|pax|employees|workers|staff)")
