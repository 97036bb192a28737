"""Reads a bare answer as the answer to the fact the advisor has just asked for."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from knowledge.firm import FactSpec, FactType, vocabulary
from nlu.cues import frames, words
from nlu.cues.load import table
from nlu.facts import Ambiguity, Mention, fact_value
from nlu.figures import bare_money, months_since
from nlu.quantities import Quantity
from nlu.regions import find_regions
from nlu.text import normalise

_FILLER = re.compile(
    r"^(?:嗯+|哦|啊|那个|就是|大概|差不多|大约|应该|可能|是|有|做|我们?|我是|用于|主要|想|拿来|用来|it'?s|is|about|around"
    r"|we are|i'm|we're|an?|the)[，, ]*|[。.!！~～?？\s]+$|(?:吧|呢|啊|哦|呀|的|了|哈)$"
)
#: Facts for which "none" means nought.
_NONE_IS_NOUGHT = frozenset(
    [
        "existing_loans",
        "monthly_debt_service",
        "overdue_12m",
        "patents",
        "new_hires_12m",
        "graduate_hires_12m",
        "receivables",
        "inventory",
        "order_value",
        "export_revenue",
        "rd_spend",
        "platform_sales",
        "total_liabilities",
        "annual_tax_paid",
        "credit_inquiries_3m",
        "credit_inquiries_6m",
        "collateral_value",
    ]
)


def bare_answer(text: str, asking: str, free: list[Quantity], *, today: date) -> Mention | Ambiguity | None:
    """The fact asked for, or what is in doubt about it, or None when the message does not answer. `free` are unclaimed figures."""
    spec = vocabulary().get(asking)
    if spec is None:
        return None
    norm = normalise(text).strip()
    if not norm or (frames.UNKNOWN.search(norm) and not free):
        return None
    whole = (0, len(text), text)
    if spec.type in (FactType.MONEY, FactType.RATE, FactType.MONTHS, FactType.COUNT):
        return _figure(text, spec, free, norm, today)
    bare = norm.rstrip("。.!！~?？ ，,")
    if spec.type is FactType.FLAG:
        said = _yes_no(bare)
        return Mention(asking, said, *whole) if said is not None else None
    if spec.type is FactType.CODE:
        places = find_regions(text)
        codes = {place.code for place in places}
        return Mention(asking, places[0].code, places[0].start, places[0].end, places[0].text) if len(codes) == 1 else None
    if spec.type in (FactType.CHOICE, FactType.CHOICES):
        return _choice(text, spec, norm, bare)
    return None


def _yes_no(bare: str) -> bool | None:
    core = re.split(r"[，,。.;；]", bare)[0].strip()
    if frames.NO.fullmatch(core):
        return False
    return True if frames.YES.fullmatch(core) else None


def _figure(text: str, spec: FactSpec, free: list[Quantity], norm: str, today: date) -> Mention | Ambiguity | None:
    bare = re.split(r"[，,。.;；!！ ]", norm)[0]
    fitting = [quantity for quantity in free if _kind_fits(spec, quantity)]
    if (
        not fitting
        and not free
        and spec.name in _NONE_IS_NOUGHT
        and (frames.NO.fullmatch(bare) or frames.NO.fullmatch(norm.rstrip("。.!！")))
    ):
        return Mention(spec.name, 0 if spec.type is FactType.COUNT else Decimal(0), 0, len(text), text)
    if len(fitting) != 1:
        return None
    quantity = fitting[0]
    here = (quantity.start, quantity.end, quantity.text)
    readings = _readings(spec, quantity, norm, today)
    if len(readings) > 1 or quantity.currency not in (None, "cny"):
        return Ambiguity((spec.name,), () if quantity.currency not in (None, "cny") else readings, *here)
    value = fact_value(spec.name, readings[0]) if readings else None
    if value is None:
        return None
    rounded = (quantity.kind == "year" and quantity.month is None) or (
        quantity.kind == "duration" and quantity.value != quantity.value.to_integral_value()
    )
    return Mention(spec.name, value, *here, quantity.approximate or rounded, quantity.low, quantity.high)


def _kind_fits(spec: FactSpec, quantity: Quantity) -> bool:
    if spec.type is FactType.MONEY:
        monthly = spec.name in ("monthly_inflow", "monthly_sales", "monthly_debt_service")
        if quantity.period in ("day", "quarter") or (quantity.period == "month" and not monthly) or (quantity.period == "year" and monthly):
            return False
        return quantity.kind in ("money", "number")
    if spec.type is FactType.RATE:
        return quantity.kind in ("rate", "number")
    if spec.type is FactType.MONTHS:
        return quantity.kind in ("duration", "number") or (quantity.kind == "year" and spec.name != "term_months")
    units = {
        "employees": "person each",
        "new_hires_12m": "person each",
        "graduate_hires_12m": "person graduate each",
        "owner_age": "age",
        "patents": "patent each thing",
        "loan_matures_in_days": "day",
    }
    allowed = units.get(spec.name, "time customer each thing").split()
    return quantity.kind == "number" or (quantity.kind == "count" and quantity.unit in allowed)


def _readings(spec: FactSpec, quantity: Quantity, norm: str, today: date) -> tuple[Decimal, ...]:
    value = quantity.value
    if len(quantity.readings) > 1:
        return quantity.readings
    if spec.type is FactType.MONEY:
        sign = -1 if spec.name == "net_profit" and re.search(r"亏|赔|loss|lost", norm) else quantity.sign
        if quantity.kind == "number":
            return tuple(reading * sign for reading in bare_money(spec.name, value, norm)) or (value,)
        return (value * sign,)
    if spec.type is FactType.RATE and quantity.kind == "number":
        return (value / 100,) if 1 <= value <= 100 else (value, value / 100)
    if spec.type is FactType.MONTHS:
        if quantity.kind == "year":
            months = months_since(quantity, today)
            return (months,) if months is not None else ()
        if quantity.kind == "number":
            if 1980 <= value <= today.year and spec.name != "term_months":
                months = months_since(Quantity("year", value, 0, 0, ""), today)
                return (months,) if months is not None else ()
            return (
                (value * 12, value)
                if value <= 12
                else (value,)
                if value in (18, 24, 36, 48, 60) and spec.name == "term_months"
                else (value * 12, value)
            )
    return (value,)


_SHORT: dict[str, dict[str, str]] = {
    fact: {label: value for value, labels in values.items() for label in labels} for fact, values in table("answers")["short"].items()
}


def _choice(text: str, spec: FactSpec, norm: str, bare: str) -> Mention | Ambiguity | None:
    whole = (0, len(text), text)
    core = bare
    for _ in range(3):
        core = _FILLER.sub("", core).strip(" ，,。.")
    if spec.name == "tax_grade":
        grade = re.fullmatch(r"(?:是|评|大概)?([abmcd])(?: ?[级类]|等|[- ]?grade|[- ]?level)?(?:的|吧|哦)?", core)
        return Mention(spec.name, grade[1].upper(), *whole) if grade else None
    none = "none" in spec.choices and (frames.NO.fullmatch(re.split(r"[，,。.;；]", bare)[0]) or frames.NO.fullmatch(bare))
    table_of = words.CHOICES.get(spec.name, ())
    hits = {value: match for value, pattern in table_of if (match := pattern.search(norm)) is not None}
    if not hits:
        short = _SHORT.get(spec.name, {})
        value = short.get(core) or next(
            (value for label, value in short.items() if len(label) > 1 and core.startswith(label) and len(core) <= len(label) + 6), None
        )
        label_hit = value or next((value for value, label in spec.choices.items() if core and core in (label.zh, label.en.lower())), None)
        if label_hit:
            return Mention(spec.name, (label_hit,) if spec.type is FactType.CHOICES else label_hit, *whole)
    if spec.type is FactType.CHOICES:
        if hits and not (none and len(hits) == 0) and not re.match(r"没|无|no\b|don't", norm):
            return Mention(spec.name, tuple(value for value in spec.choices if value in hits), *whole)
        return Mention(spec.name, ("none",), *whole) if none or (hits and spec.name == "collateral") else None
    if none:
        return Mention(spec.name, "none", *whole)
    if len(hits) == 1:
        value, match = next(iter(hits.items()))
        return Mention(spec.name, value, match.start(), match.end(), text[match.start() : match.end()])
    return None
