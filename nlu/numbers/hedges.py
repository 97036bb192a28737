"""Words around a figure that make it approximate: about, 左右, 多."""

from __future__ import annotations

import re
from dataclasses import replace

from nlu.numbers.quantity import Quantity

_ABOUT_BEFORE = re.compile(
    r"(?:大概|大约|差不多|约|近|将近|快|接近|估计|可能|大致|上下|about|around|roughly|approx(?:imately)?\.?|nearly|almost|some"
    r"|maybe|~|≈|circa|(?<!turned )(?<!turn )over|more than|上|(?<!不)(?<!不能)超过|不到|至少|at least|just under|under"
    r"|just over) ?(?:有|是|在)?(?:¥|rmb|\$|人民币)? ?$"
)

_HEDGED = re.compile(r" ?(?:左右|上下|出头|多(?!少)|的样子|or so|-?ish(?![a-z])|give or take|\+|plus(?= ?(?:$|[,.]))|开外)")


def hedged(norm: str, quantity: Quantity) -> Quantity:
    """The figure, approximate where the words around it say so."""
    if quantity.approximate:
        return quantity
    if _HEDGED.match(norm, quantity.end) or _ABOUT_BEFORE.search(norm[max(0, quantity.start - 22) : quantity.start]):
        return replace(quantity, approximate=True)
    return quantity
