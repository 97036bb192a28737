"""The terms of a loan as one message puts them: how much, how long, at what rate, and which fees and deposits come on top."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.conversation.world import Scene
from nlu.quantities import Quantity, quantities
from scoring.price import Fees

ZERO = Decimal(0)
_MOST_MONTHS, _MOST_RATE = 600, 5
#: Words in front of (or right behind) a figure that make it a cost beside the interest.
_FEE = re.compile(r"手续费|服务费|咨询费|管理费|砍头|先扣|中介费|居间费|\bfees?\b|\bcommission|up ?front|deducted", re.IGNORECASE)
_GUARANTEE = re.compile(r"担保费|guarantee fee|guarantor'?s fee", re.IGNORECASE)
_DEPOSIT = re.compile(r"保证金|存款|留存|存着|押着|deposit|compensating", re.IGNORECASE)
#: Before a second rate: it comes on top of the interest.
_ON_TOP = re.compile(r"(?:\bplus|\bon top|再加上?|外加|另加|还有)(?: of)?(?: the| a| another| those)? ?$", re.IGNORECASE)
_ON_TOP_OF_IT = re.compile(r" ?(?:on top|up ?front|extra|deducted|off the top)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[，,。;；、!?！？]| and | plus |再|还要|另")
#: "How much a month": no term.
_EACH_MONTH = re.compile(r"(?:每|一个?|per |a |each |every )(?:个)?(?:月|month)", re.IGNORECASE)


@dataclass(frozen=True)
class Said:
    """What a message says of a loan; None for what it leaves out. Money in yuan, rate a fraction a year, `days` for use by the day.

    `by_day` says that the rate was said as one of a day (日息万1.5).
    """

    principal: Decimal | None
    months: int | None
    rate: Decimal | None
    days: int | None
    fees: Fees
    by_day: bool = False

    @property
    def has_fees(self) -> bool:
        return self.fees != Fees()


def said_in(scene: Scene) -> Said:
    """The terms a message states for one sum: what it tells of the firm's own wish, and figures that are no fact of the firm."""
    text, extraction = scene.text, scene.understanding.extraction
    wish = extraction.facts
    plain: list[Quantity] = []
    upfront = upfront_share = guarantee = deposit = ZERO
    for figure in extraction.loose:
        words = _words_around(text, figure)
        is_rate = figure.kind == "rate"
        if is_rate and _GUARANTEE.search(words):
            guarantee = figure.value
        elif is_rate and _DEPOSIT.search(words):
            deposit = figure.value
        elif is_rate and (
            _FEE.search(words)
            or (any(one.kind == "rate" for one in plain) and _ON_TOP.search(text[: figure.start]))
            or _ON_TOP_OF_IT.match(text, figure.end)
        ):
            upfront_share = figure.value
        elif figure.kind == "money" and _FEE.search(words) and not _GUARANTEE.search(words):
            upfront = figure.value
        else:
            plain.append(figure)
    fees = Fees(upfront_share=upfront_share, upfront=upfront, guarantee_rate=guarantee, deposit_share=min(deposit, Decimal("0.9")))
    rate = next((figure for figure in plain if figure.kind == "rate" and 0 <= figure.value <= _MOST_RATE), None)
    return Said(
        _decimal(wish.get("amount_sought")) or _first_money(plain),
        _whole(wish.get("term_months")) or _months(plain, text) or _for_a_year(scene),
        rate.value if rate else _decimal(wish.get("max_rate")),
        _days(plain),
        fees,
        by_day=rate is not None and rate.unit == "万",
    )


def _words_around(text: str, figure: Quantity) -> str:
    """The words of the figure's own clause in front of it, and a few right behind."""
    before = _CLAUSE.split(text[: figure.start])[-1]
    behind = _CLAUSE.split(text[figure.end :])[0][:8]
    return f"{before} {behind}" if not any(char.isdigit() for char in behind) else before


def _for_a_year(scene: Scene) -> int | None:
    """借30万一年 reads as a sum a year; of a loan it is a year's term."""
    yearly = any(figure.kind == "money" and figure.period == "year" for figure in quantities(scene.text, today=scene.today))
    return 12 if yearly else None


def _first_money(figures: Sequence[Quantity]) -> Decimal | None:
    return next((figure.value for figure in figures if figure.kind == "money" and figure.value > 0), None)


def _months(figures: Sequence[Quantity], text: str) -> int | None:
    for figure in figures:
        if figure.kind == "duration" and not (figure.value == 1 and _EACH_MONTH.search(text[max(0, figure.start - 6) : figure.end])):
            return max(1, min(_MOST_MONTHS, int(figure.value))) if figure.value > 0 else None
    return None


def _decimal(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) and value > 0 else None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and 0 < value <= _MOST_MONTHS else None


def _days(figures: Sequence[Quantity]) -> int | None:
    return next((int(figure.value) for figure in figures if figure.kind == "count" and figure.unit == "day" and figure.value > 0), None)
