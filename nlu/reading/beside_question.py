"""What of a message may answer the question that is open: all of a short one, of a longer one its head and what stands alone."""

from __future__ import annotations

import re

from nlu.cues.patterns import scripts_of
from nlu.numbers.quantity import Quantity
from nlu.reading.scope import Scope

#: An answer seldom begins later: Chinese characters, letters.
_HEAD_HAN, _HEAD_LATIN = 24, 64
#: All that stands in a clause beside a figure that answers by itself.
_FILLERS = re.compile(
    r"(?:嗯|呃|哦|那|就|是|有|算|大概|大约|差不多|可能|应该|估计|一共|总共|加起来|全部|目前|现在|也就|左右|上下|吧|呢|了|的|啊|多|来|不到"
    r"|个|次|人|条|家|元|块|[ ~、\"']"
    r"|\b(?:it's|that's|is|about|around|roughly|maybe|some|just|only|i think|i guess|say|approx|times?|people|yuan|rmb|in all|total|so)\b)*"
)

#: 一把推子, 一个做纸箱的: a number of things is an answer only where it stands alone.
_OF_THINGS = ("each", "thing")


def in_head(scope: Scope, start: int) -> bool:
    """Whether a place is so near the beginning that an answer may stand there."""
    return start < (_HEAD_HAN if scripts_of(scope.norm)[0] else _HEAD_LATIN)


def may_answer(scope: Scope, quantity: Quantity) -> bool:
    """Whether a figure that nothing else names may be the answer."""
    if in_head(scope, len(scope.norm)) or (in_head(scope, quantity.start) and quantity.unit not in _OF_THINGS):
        return True
    low, high = scope.clause_span(quantity.start)
    beside = scope.norm[low : quantity.start] + "\n" + scope.norm[quantity.end : high]
    return all(_FILLERS.fullmatch(part) for part in beside.split("\n"))
