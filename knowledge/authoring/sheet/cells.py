"""Values as they stand in cells, and back: numbers with their units, dates, choices by their labels."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from knowledge.authoring.rules import choices_of, kind_of
from knowledge.authoring.wording import tell
from knowledge.derived import SIZE_LABELS
from knowledge.firm import FactType, Text, spec_of
from knowledge.regions import COUNTRY, region_name, regions

#: Stand in cells between several values of a rule.
JOIN = "; "
_SPLIT = re.compile(r"\s*[;；\n]\s*")
_UNITS = {"": 1, "元": 1, "万": 10**4, "万元": 10**4, "亿": 10**8, "亿元": 10**8, "million": 10**6}
_AMOUNT = re.compile(r"(?:CNY|¥|￥)?\s*(-?[\d,，]+(?:\.\d+)?)\s*(元|万元|万|亿元|亿|million)?", re.IGNORECASE)
_MONTHS = re.compile(r"(\d+)\s*(个月|月|months?|年|years?)?", re.IGNORECASE)
_COUNT = re.compile(r"(\d[\d,]*)\s*(?:人|名|个|天|次|家|项|岁|people|persons?|days?|years?)?", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


class CellError(ValueError):
    """A cell that cannot be read: the sentence that says why, and its values."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code, self.values = code, values

    def sentence(self, language: str) -> str:
        return tell(self.code, language, **self.values)


def text(cell: Any) -> str:
    """What stands in a cell as text; whole numbers without a point, dates as ISO dates."""
    if isinstance(cell, datetime | date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\r\n", "\n").strip()


def lines(cell: Any) -> list[str]:
    """One item a line."""
    return [line.strip() for line in text(cell).split("\n") if line.strip()]


def day(cell: Any) -> date:
    """A date cell, or a date written as text."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = _DATE.fullmatch(text(cell))
    try:
        return date(*(int(part) for part in found.groups())) if found else date.fromisoformat(text(cell))
    except ValueError:
        raise CellError("cell_date", found=text(cell)) from None


def amount(cell: Any) -> int | float:
    """Yuan: 500000, 50万."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return plain(Decimal(str(cell)))
    found = _AMOUNT.fullmatch(text(cell))
    if not found:
        raise CellError("cell_money", found=text(cell))
    unit = _UNITS[(found[2] or "").lower()]
    return plain(_decimal(found[1], "cell_money") * unit)


def fraction(cell: Any) -> int | float:
    """A rate: 1.5%, or 0.015."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return plain(round(Decimal(str(cell)), 10))
    written = text(cell).replace("％", "%")
    if written.endswith("%"):
        return plain(_decimal(written[:-1], "cell_rate") / 100)
    return plain(_decimal(written, "cell_rate"))


def months(cell: Any) -> int:
    """Whole months: 24, 2年."""
    found = _MONTHS.fullmatch(text(cell))
    if not found:
        raise CellError("cell_months", found=text(cell))
    return int(found[1]) * (12 if (found[2] or "").lower() in ("年", "year", "years") else 1)


def count(cell: Any) -> int:
    """A whole number, with or without what is counted: 20, 20人, 3 days."""
    found = _COUNT.fullmatch(text(cell))
    if not found:
        raise CellError("cell_count", found=text(cell))
    return int(found[1].replace(",", ""))


def yes(cell: Any) -> bool:
    """是 / 否, yes / no."""
    word = text(cell).lower()
    if word in ("是", "yes", "true", "1"):
        return True
    if word in ("否", "no", "false", "0"):
        return False
    raise CellError("cell_flag", found=text(cell))


def region(cell: Any) -> str:
    """A place by its code, with or without its name behind it, or by its name where only one is called so."""
    written = text(cell)
    code = written[:6]
    if len(code) == 6 and code.isascii() and code.isdigit() and (code in regions() or code == COUNTRY):
        return code
    named = [place.code for place in regions().values() if written in (place.zh, place.en)]
    if len(named) != 1:
        raise CellError("cell_region", found=written)
    return named[0]


def region_cell(code: str, language: str) -> str:
    """350100 福州市."""
    try:
        return f"{code} {region_name(code, language)}"
    except ValueError:
        return code


def plain(number: Decimal) -> int | float:
    """As YAML writes it."""
    return int(number) if number == number.to_integral_value() else float(number)


def named(cell: Any, names: Mapping[str, Text]) -> str:
    """A key by itself or by one of its labels."""
    written = text(cell)
    if written in names:
        return written
    found = [key for key, label in names.items() if written.lower() in (label.zh.lower(), label.en.lower())]
    if len(found) != 1:
        raise CellError("cell_choice", found=written)
    return found[0]


# -- values of the vocabulary, for rules and cases -----------------------------------------------------------------------------


def fact_cell(fact: str, value: Any, language: str) -> Any:
    """One value of a fact as a cell shows it."""
    kind = kind_of(fact)
    if choices_of(fact):
        label = _labels(fact).get(str(value))
        return label[language] if label else str(value)
    if kind is FactType.FLAG:
        return tell("cell_yes" if value else "cell_no", language)
    return region_cell(str(value), language) if kind is FactType.CODE else value


def fact_cells(fact: str, raw: Any, language: str) -> Any:
    """What a comparison needs, several values joined."""
    if not isinstance(raw, list):
        return fact_cell(fact, raw, language)
    return JOIN.join(as_text(fact, fact_cell(fact, value, language)) for value in raw)


def fact_value(fact: str, cell: Any) -> Any:
    """One value of a fact from a cell. Raises CellError."""
    if choices_of(fact):
        return named(cell, _labels(fact))
    return _READERS[kind_of(fact) or FactType.TEXT](cell)


def fact_values(fact: str, cell: Any) -> list[Any]:
    """Several values of a fact from one cell. Raises CellError."""
    return [fact_value(fact, part) for part in _SPLIT.split(text(cell)) if part] if isinstance(cell, str) else [fact_value(fact, cell)]


def _labels(fact: str) -> Mapping[str, Text]:
    return SIZE_LABELS if fact == "size_class" else spec_of(fact).choices


def as_text(fact: str, cell: Any) -> str:
    """A cell's value inside a longer text: rates with their sign."""
    if kind_of(fact) is FactType.RATE and isinstance(cell, int | float):
        return f"{plain(Decimal(str(cell)) * 100)}%"
    return str(cell)


def _decimal(written: str, code: str) -> Decimal:
    try:
        number = Decimal(written.replace(",", "").replace("，", "").strip())
    except InvalidOperation:
        raise CellError(code, found=written) from None
    if not number.is_finite():
        raise CellError(code, found=written)
    return number


_READERS: Mapping[FactType, Callable[[Any], Any]] = {
    FactType.MONEY: amount,
    FactType.RATE: fraction,
    FactType.MONTHS: months,
    FactType.COUNT: count,
    FactType.FLAG: yes,
    FactType.CODE: region,
    FactType.TEXT: text,
    FactType.DATE: day,
    FactType.CHOICE: text,
    FactType.CHOICES: text,
}
