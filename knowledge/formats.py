"""Values as people read them, in Chinese and English."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from knowledge.derived import DERIVED, LABELS, SIZE_LABELS, KnownValue
from knowledge.firm import FactSpec, FactType, Text, spec_of
from knowledge.regions import region_name

_CENT = Decimal("0.01")
_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def money(yuan: Decimal | int, language: str) -> str:
    """Yuan as 280万元 / CNY 2.8 million; a figure that such a unit cannot carry exactly is written out."""
    amount = Decimal(yuan)
    sign, amount = ("-" if amount < 0 else ""), abs(amount)
    units = [(10**9, "billion"), (10**6, "million")] if language == "en" else [(10**8, "亿元"), (10**4, "万元")]
    for size, unit in units:
        scaled = amount / size
        if amount >= size and scaled == scaled.quantize(_CENT):
            number = plain(scaled)
            return f"{sign}CNY {number} {unit}" if language == "en" else f"{sign}{number}{unit}"
    whole = amount == amount.to_integral_value()
    digits = f"{amount:,.0f}" if whole else f"{amount.quantize(_CENT, ROUND_HALF_UP):,}"
    return f"{sign}CNY {digits}" if language == "en" else f"{sign}{digits}元"


def rough_money(yuan: Decimal, language: str) -> str:
    """An estimate: rounded to three significant figures so that it does not look more exact than it is."""
    if yuan == 0:
        return money(0, language)
    step = Decimal(10) ** (yuan.copy_abs().adjusted() - 2)
    return money((yuan / step).quantize(Decimal(1), ROUND_HALF_UP) * step, language)


def percent(fraction: Decimal | float, places: int = 2) -> str:
    """A fraction as a percentage: 0.0435 -> 4.35%."""
    number = (Decimal(str(fraction)) * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{plain(number)}%"


def points(fraction: Decimal, language: str) -> str:
    """A difference of rates: 0.01 -> 1个百分点 / 1 percentage point."""
    number = plain(fraction * 100)
    if language == "en":
        return f"{number} percentage point{'' if number == '1' else 's'}"
    return f"{number}个百分点"


def months(count: int, language: str) -> str:
    """A duration: 36 -> 3年 / 3 years, 38 -> 3年零2个月 / 3 years 2 months."""
    years, rest = divmod(count, 12)
    if language == "en":
        parts = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in ((years, "year"), (rest, "month")) if n]
        return " ".join(parts) or "0 months"
    if not years:
        return f"{rest}个月"
    return f"{years}年零{rest}个月" if rest else f"{years}年"


def day(on: date, language: str) -> str:
    """A date: 2027年3月1日 / 1 March 2027."""
    return f"{on.year}年{on.month}月{on.day}日" if language == "zh" else f"{on.day} {_MONTH_NAMES[on.month - 1]} {on.year}"


def whole_number(number: int, language: str) -> str:
    """A count: 1.2万 / 12,000; one that such a unit cannot carry exactly is written out."""
    if language == "en":
        return f"{number:,}"
    scaled = Decimal(number) / 10**4
    return f"{plain(scaled)}万" if number >= 10**4 and scaled == scaled.quantize(_CENT) else str(number)


def file_size(size: int) -> str:
    """Bytes as 12 KB or 3.2 MB, as phones and computers show them; never 0."""
    if size >= 1024 * 1024:
        return f"{plain((Decimal(size) / (1024 * 1024)).quantize(Decimal('0.1'), ROUND_HALF_UP))} MB"
    return f"{max(1, round(size / 1024))} KB"


def plain(number: Decimal) -> str:
    """A number without trailing zeros and without an exponent."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def fact_label(name: str, language: str) -> str:
    """The label of a fact, worked-out ones included."""
    return LABELS[name][language] if name in LABELS else spec_of(name).label[language]


def wanted(name: str, language: str) -> str:
    """A fact as something still to be told: 年纳税额, 是否失信被执行人 / whether tax is owed."""
    if name in LABELS or spec_of(name).type is not FactType.FLAG:
        return fact_label(name, language)
    if language == "zh":
        return f"是否{fact_label(name, language)}"
    return f"whether {fact_value(name, True, language)}"


def fact_value(name: str, value: KnownValue, language: str) -> str:
    """A fact's value as people read it."""
    if isinstance(value, date):
        return day(value, language)
    if name == "size_class":
        return SIZE_LABELS[str(value)][language]
    if DERIVED.get(name) is FactType.MONTHS:
        return months(int(str(value)), language)
    if name in LABELS:
        return percent(Decimal(str(value)), 1)
    spec = spec_of(name)
    match spec.type:
        case FactType.COUNT:
            return _count(int(str(value)), spec.unit, language)
        case FactType.FLAG:
            return _flag(spec, bool(value), language)
        case FactType.CHOICE | FactType.CHOICES:
            chosen = value if isinstance(value, tuple) else (str(value),)
            return ("、" if language == "zh" else ", ").join(spec.choices[item][language] for item in chosen)
        case FactType.CODE:
            return region_name(str(value), language)
        case FactType.TEXT:
            return str(value)
    return _measure(spec.type, Decimal(str(value)), language)


def _count(number: int, unit: Text | None, language: str) -> str:
    digits = whole_number(number, language)
    if unit is None or language == "zh":
        return f"{digits}{unit.zh if unit else ''}"
    one = {"people": "person", "days": "day", "years": "year"}
    return f"{digits} {one.get(unit.en, unit.en) if number == 1 else unit.en}".strip()


def _measure(kind: FactType, value: Decimal, language: str) -> str:
    if kind is FactType.MONEY:
        return money(value, language)
    return percent(value) if kind is FactType.RATE else months(int(value), language)


def _flag(spec: FactSpec, value: bool, language: str) -> str:
    phrase = spec.if_true if value else spec.if_false
    if phrase is not None:
        return phrase[language]
    return ("yes" if value else "no") if language == "en" else ("是" if value else "否")
