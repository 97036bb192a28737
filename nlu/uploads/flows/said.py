"""Checks put into words: what does not fit, where, and what is the likely reason."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from nlu.uploads.document import Check, Sentence
from nlu.uploads.grid import At

#: So many places are named; the rest is counted.
_NAMED = 3


def money(value: Decimal) -> str:
    return f"{value:,.2f}"


def full_months(count: int) -> str:
    return "1 full month" if count == 1 else f"{count} full months"


def passed(name: str, zh: str, en: str) -> Check:
    return Check(name, True, Sentence(zh, en))


def failed(name: str, zh: str, en: str, doubts: Iterable[str]) -> Check:
    return Check(name, False, Sentence(zh, en), tuple(dict.fromkeys(doubts)))


def foreign(code: str, doubts: Iterable[str]) -> Check:
    """Amounts of a list in another currency than yuan, by its code."""
    return failed(
        "currency",
        f"金额是外币（{code}），还不能当作人民币用。请告诉我折合多少。",
        f"The amounts are in another currency ({code}) and are not used as yuan. Please tell me what they come to.",
        doubts,
    )


def places(cells: Iterable[At]) -> Sentence:
    """The first few places by name, and how many more there are."""
    named = [str(cell) for cell in cells]
    more = len(named) - _NAMED
    zh, en = "、".join(named[:_NAMED]), ", ".join(named[:_NAMED])
    return Sentence(f"{zh} 等 {len(named)} 处", f"{en} and {more} more") if more > 0 else Sentence(zh, en)
