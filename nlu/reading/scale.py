"""A sum without a unit: 去年做了二百六十万，今年掉到一百九; equity 6.2 beside assets of 12.8m; 去年开票一百八."""

from __future__ import annotations

import re
from decimal import Decimal

from nlu.numbers.quantity import Quantity
from nlu.reading.fitting import Hit

#: The writer says what all the figures are in.
_STATED = re.compile(
    r"(?:单位[^，。,;；]{0,4}|[，,](?:都|全|全都)(?:是|按))(?P<han>[千万亿])(?![多来])"
    r"|\b(?P<latin>thousand|million)s? (?:i mean|obviously|of course|yes)|\b(?:all |figures |amounts "
    r"|numbers )(?:are )?in (?P<latin2>thousand|million)s?\b|\ball (?P<latin3>thousand|million)s?\b(?= yuan| rmb|[.,;!)]|$)"
)
_SCALES = {"千": 10**3, "万": 10**4, "w": 10**4, "亿": 10**8, "k": 10**3, "thousand": 10**3, "grand": 10**3, "lakh": 10**5, "m": 10**6,
           "mil": 10**6, "mio": 10**6, "million": 10**6, "mn": 10**6}  # fmt: skip
_WRITTEN = re.compile(r"([万w亿])(?:元|块)?$|(?<=[\d (])(k|m|mil|mio|mn|million|thousand|grand|lakh)s?(?: ?(?:yuan|rmb|cny))?\)?$")
#: Written out: of 198,000 somebody wants 150.
_IN_FULL = re.compile(r"\d,000(?!\d)")
_TAIL = re.compile(r"[万亿w][\d一二三四五六七八九半]$")
#: What may stand behind such a sum: nothing that it could count.
_ENDS = re.compile(
    r" ?(?:左右|上下|出头|的样子|吧|了|呢|哈|多|整|来|吗|么|嘛)*(?:$| ?\((?=[a-z\d ]+\))|[，。、,;；.!！?？/|)]|最后|另|再"
    r"|分(?=[几一二两三四五六\d期])|当|坐标|[全都][投用拿要给]|不[行够]?(?=$|[，。！？!?])|[够能可去拿]|用[来于作在]"
    r"|(?:买|进|换|添|付|发|还|垫|装|补|囤|周转|投|做|搞|建|盖|扩|开)(?!了)"
    r"|(?:流动|固定|总|净)?(?:资产|负债)|[净毛营]?利润?|成本|应收|存货|库存|短期|长期| (?=[一-鿿])"
    r"| (?:of (?:it|that)|the year|against|versus|vs|last|this|in|left|before|now"
    r"|obviously|on|for|and|or|to|at|a year|one year|the year))"
)
#: How near words and figure must stand, and how far the sum may be from the one it takes its unit from.
_NEAR, _LESS, _MORE = 10, 300, 5


def inherited(norm: str, found: tuple[Quantity, ...], quantity: Quantity, hit: Hit) -> Decimal | None:
    """The sum in yuan in the unit of its neighbour, or None where that is not plain."""
    near = 0 <= quantity.start - hit.end <= _NEAR or quantity.value != quantity.value.to_integral_value()
    if not near or not _ENDS.match(norm, quantity.end):
        return None
    stated = _STATED.search(norm)
    if stated:
        return quantity.value * _SCALES[stated["han"] or stated["latin"] or stated["latin2"] or stated["latin3"]]
    if hit.cue.fact == "amount_sought" and (part := _of_a_price(found, quantity)) is not None:
        return part
    if _named_for_a_year(quantity, hit) or (hit.cue.fact in _NEVER_SMALL and _small_in_wan(found, quantity)):
        return quantity.value * 10000
    others = [other for other in found if other.kind == "money" and other.currency in (None, "cny") and other is not quantity]
    if not others:
        return None
    for other in sorted(others, key=lambda item: _far(item, quantity)):
        written = _WRITTEN.search(other.text.lower().rstrip()) or _TAIL.search(other.text)
        if not written:
            return None
        scale = _SCALES[written[1] or written[2]] if written.re is _WRITTEN else _SCALES[written[0][0]]
        scale = _SCALES["万"] if scale == _SCALES["亿"] and quantity.value >= _TOO_MANY_YI else scale
        value = quantity.value * scale
        if hit.cue.fact in _OF_A_YEAR and value < _LEAST_OF_A_YEAR:
            return None
        if not (hit.cue.fact in _ON_A_SHEET and value < _LEAST_OF_A_YEAR) and other.value / _LESS <= value <= other.value * _MORE:
            return value
    return None


def _far(other: Quantity, quantity: Quantity) -> int:
    """How far a sum is from another; one behind it is as far as one before it at twice the distance."""
    return quantity.start - other.end if other.end <= quantity.start else 2 * (other.start - quantity.end)


#: Beside 总资产1.3亿, 净资产7800 is in 万.
_TOO_MANY_YI = 100
#: A year's sums by their own names, and the sizes that they have in 万.
_BY_NAME = re.compile(r"年[销入]|营业?收|营业额|收入|销售|产值|业绩|开票|销项|进项|采购|出口|外销|成本")
_HUNDREDS_OF_WAN = range(100, 10_000)
_YEARS = range(1990, 2036)
#: Sums that are never a few hundred yuan where the message tells others in 万.
_NEVER_SMALL = frozenset(("amount_sought", "short_term_debt", "long_term_debt", "current_assets", "current_liabilities", "equity",
                          "total_assets", "total_liabilities", "fixed_assets", "receivables", "inventory"))  # fmt: skip
_SMALL = 1000


def _named_for_a_year(quantity: Quantity, hit: Hit) -> bool:
    """一年营收大概580: hundreds in digits that words for a year's sum name."""
    plain = quantity.text.isdigit() and int(quantity.value) in _HUNDREDS_OF_WAN and int(quantity.value) not in _YEARS
    return plain and hit.cue.fact in _OF_A_YEAR and quantity.period in (None, "year") and _BY_NAME.search(hit.text) is not None


def _small_in_wan(found: tuple[Quantity, ...], quantity: Quantity) -> bool:
    """想借80分两年还, beside 成交530多万: less than anybody borrows or owes in yuan."""
    plain = quantity.value < _SMALL and quantity.value == quantity.value.to_integral_value() and quantity.period in (None, "year")
    return plain and any(other.kind == "money" and "万" in other.text for other in found)


def _of_a_price(found: tuple[Quantity, ...], quantity: Quantity) -> Decimal | None:
    """Of a price of 198,000 somebody wants 150: thousands, where another sum is written out and no smaller."""
    value = quantity.value * 1000
    prices = [other for other in found if other.kind in ("money", "number") and _IN_FULL.search(other.text)]
    return value if value >= _LEAST_PART and any(value <= other.value for other in prices) else None


#: What is borrowed towards a price is no less.
_LEAST_PART = 20_000


#: Hundreds and thousands as they are said: 一百八, 六百四十, 一千一百六, 两千三.
_HUNDREDS = re.compile(r"[一二两三四五六七八九](?:千|百)[零一二三四五六七八九十百]*")
#: A year's sums, which nobody has of a few hundred yuan; and sums that are 万 only where the rest of the message is.
_OF_A_YEAR = frozenset(("annual_revenue", "previous_revenue", "invoiced_sales", "purchase_amount", "export_revenue", "operating_cost"))
_LEAST_OF_A_YEAR = 10_000
#: Sums of a balance sheet: where the next sum's unit makes one of them a few thousand yuan, the unit of the sum beyond is tried.
_ON_A_SHEET = frozenset(("short_term_debt", "long_term_debt", "equity", "total_liabilities", "current_liabilities"))
_BALANCES = frozenset(("receivables", "inventory", "net_profit", "gross_profit", "total_assets", "total_liabilities",
                       "current_assets", "fixed_assets", "order_value", "rd_spend"))  # fmt: skip


#: Sums of a balance sheet and what is pledged, never a few hundred yuan.
_NEVER_FEW = frozenset(
    "total_assets total_liabilities equity current_assets current_liabilities fixed_assets short_term_debt long_term_debt taxable_income"
    " collateral_value".split()
)
_COUNTS_NOTHING = re.compile(r"(?:来|多|出头|左右|上下|的样子|吧|了|呢|的)*(?:$|[ ，。、,;；.!！?？)）/|]|[掉降跌涨升变到])")


def spoken(norm: str, name: str, found: tuple[Quantity, ...], quantity: Quantity) -> Decimal | None:
    """去年开票一百八: hundreds without a unit are hundreds of 万 where yuan cannot be meant."""
    if quantity.period == "month" or not _HUNDREDS.fullmatch(quantity.text) or not _COUNTS_NOTHING.match(norm, quantity.end):
        return None
    in_wan = any(other.kind == "money" and "万" in other.text for other in found)
    plain = name in _OF_A_YEAR or (name in _BALANCES and in_wan and quantity.value < 1000)
    plain = plain or name in _NEVER_FEW
    due = name == "receivables" and "应收" in norm[max(0, quantity.start - 10) : quantity.start]
    return quantity.value * 10000 if plain or due else None
