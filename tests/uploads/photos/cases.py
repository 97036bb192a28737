"""Photos of made-up statements with what stands in them, in many fonts, layouts and lights; readable ones and ones nobody could read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from random import Random

from tests.uploads.photos.camera import Shot, photographed
from tests.uploads.photos.paper import Look, fonts, printed
from tests.uploads.statements.books import Form, filled
from tests.uploads.statements.forms import BALANCES, INCOMES
from tests.uploads.statements.layouts import Layout, grid_of

TODAY = date(2025, 6, 30)
CENT = Decimal("0.01")
_COLUMNS = {
    ("zh", True): (("期末余额", "年初余额"), ("期末数", "期初数"), ("年末余额", "上年年末余额")),
    ("zh", False): (("本年累计金额", "上年金额"), ("2024年度", "2023年度"), ("本年金额", "上年金额")),
    ("en", True): (("Dec 31, 24", "Dec 31, 23"), ("31 December 2024", "31 December 2023"), ("2024", "2023")),
    ("en", False): (("Jan - Dec 24", "Jan - Dec 23"), ("FY2024", "FY2023"), ("2024", "2023")),
}
_UNITS = {1: "单位：元", 10_000: "单位：万元"}
#: Facts that are more than one line, which the reader leaves open where one of them is blank or may hold something else.
_OPEN = frozenset({"existing_loans"})


@dataclass(frozen=True)
class Case:
    """A photo, the facts that stand in it, and whether it can be read at all."""

    name: str
    content: bytes = field(repr=False)
    truth: dict[str, Decimal]
    readable: bool = True


def readable(count: int, seed: int = 0) -> Iterator[Case]:
    """Photos that a careful owner takes: a little askew, in uneven light, sealed, of paper or of a screen."""
    chance = Random(seed)
    for number in range(count):
        shot = Shot(
            tilt=chance.choice((0.0, 0.03, 0.06, 0.09)),
            lean=chance.choice((0.0, -4.0, 2.0, 7.0)),
            quarters=chance.choice((0, 0, 0, 1, 2, 3)),
            shadow=chance.choice((0.0, 0.0, 0.3, 0.5)),
            seal=chance.random() < 0.4,
            moire=chance.choice((0.0, 0.0, 0.0, 0.2, 0.35)),
            dark=chance.choice((0.0, 0.0, 0.3, 0.55)),
            blur=chance.choice((0.4, 0.7, 1.0)),
            noise=chance.choice((2.0, 4.0, 7.0)),
            quality=chance.choice((55, 75, 90)),
        )
        yield made(number, shot, chance)


def unreadable(count: int, seed: int = 0) -> Iterator[Case]:
    """Photos that must be taken again: letters of ten pixels and fewer, out of focus, shaken, almost dark."""
    chance = Random(seed)
    faults = (
        Shot(scale=0.3, blur=0.5),
        Shot(scale=0.25, blur=0.5, noise=4),
        Shot(blur=6.0),
        Shot(blur=8.0, tilt=0.05),
        Shot(motion=22, lean=2),
        Shot(motion=30),
        Shot(dark=0.96, noise=6),
        Shot(dark=0.9, noise=22),
    )
    for number in range(count):
        shot = replace(faults[number % len(faults)], quality=80)
        yield replace(made(number, shot, chance), readable=False)


def made(number: int, shot: Shot, chance: Random) -> Case:
    """One photo by chance: a form, its books, a font, rules or none."""
    form = (*BALANCES, *INCOMES)[number % len((*BALANCES, *INCOMES))]
    unit = chance.choice((1, 1, 10_000)) if form.language == "zh" else 1
    layout = _layout(form, unit, chance)
    now, before = (filled(form, chance.randrange(2**32), CENT * unit) for _ in range(2))
    name = chance.choice(fonts(form.language))
    look = Look(
        font=name,
        size=chance.choice((28, 32, 36)),
        rules=chance.choice(("all", "all", "rows") if form.language == "zh" else ("none", "rows", "all")),
        pitch=chance.choice((1.5, 1.75, 2.1)),
        spare=chance.choice((0.8, 1.2, 2.0)),
        wrap=chance.choice((99, 9 if form.language == "zh" else 22)),
    )
    page = printed(grid_of(form, dict(zip(layout.columns, (now, before), strict=True)), layout), len(layout.above), look)
    # A part of another line stands in no sum, so a photo never proves it.
    summed = {fact for fact, keys in form.facts.items() if set(re.split("[+-]", keys)) <= set(form.covered())}
    truth = {fact: value for fact, value in form.truth(now).items() if fact in summed - _OPEN}
    if form.balancing is None:
        truth["previous_revenue"] = form.truth(before)["annual_revenue"]
    return Case(f"{number}:{form.name}:{name}:{look.size}:{shot}", photographed(page, shot, number), truth)


def _layout(form: Form, unit: int, chance: Random) -> Layout:
    balance, zh = form.balancing is not None, form.language == "zh"
    columns = chance.choice(_COLUMNS[form.language, balance])
    if zh:
        above = (
            ("资产负债表" if balance else "利润表",),
            ("编制单位：晨光贸易有限公司", "2024年12月31日" if balance else "2024年度", _UNITS[unit]),
        )
    else:
        above = (
            ("Morning Trading Ltd",),
            ("Balance Sheet" if balance else "Profit and Loss",),
            ("As of December 31, 2024" if balance else "January - December 2024",),
        )
    numbered = form.rows[1].number is not None
    return Layout(
        columns=columns,
        beside=chance.random() < 0.7,
        number="behind" if numbered else "nowhere",
        indent="blanks" if zh else "columns",
        style=chance.choice(("text", "text", "bracketed")),
        unit=unit,
        above=above,
        label_head=("资产", "负债和所有者权益") if zh else ("",),
    )
