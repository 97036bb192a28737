"""Where the business is, of the places that a message names."""

from __future__ import annotations

import re

from knowledge.regions import contains
from nlu.facts import Mention
from nlu.reading.regions import RegionMention, find_regions
from nlu.reading.scope import Scope

#: Before a place: the business itself is there.
_SITE = re.compile(
    r"(?:厂子?|店|公司|铺子?|作坊|生意|基地|总部|仓库|门店)(?:都|就|也)?(?:开|设)?在$|\b(?:shop|factory|company|business|store"
    r"|office|plant) (?:is )?in $|\b(?:my|our) \w+ (?:is|are|sits|stands) (?:in|at|near) $"
)


def stated_place(text: str, scope: Scope) -> Mention | None:
    """Where the business is: the one place the words put it in; several places that do not nest say nothing."""
    places = [place for place in find_regions(text) if scope.states(place.start, place.end)]
    firm = [place for place in places if place.firm]
    site = [place for place in firm if _SITE.search(scope.norm[: place.start])]
    at = [place for place in firm if re.search(r"(?:在|位于|based in|located in) ?$", scope.norm[: place.start])]
    for group in (site, at, firm, [place for place in places if place.likely]):
        inner = [place for place in group if not (place.text.isascii() and _holds_another(place.code, group))]
        put_right = inner[-1:] if len(inner) > 1 and _PUT_RIGHT.search(scope.norm, inner[-2].end, inner[-1].start) else inner
        if len({place.code for place in put_right}) == 1:
            place = put_right[0]
            return Mention("region", place.code, place.start, place.end, place.text)
        if inner:
            return None
    return None


def _holds_another(code: str, group: list[RegionMention]) -> bool:
    return any(other.code != code and contains(code, other.code) for other in group)


#: Between two places: the second is meant. Jinan? No, Jiangyin.
_PUT_RIGHT = re.compile(r"(?:[?.,]|不|\.\.\.|-) ?(?:no\b|nope\b|sorry|i mean|scratch that|rather|不对|不是|哦不|说错了)[^;!]{0,24}$")
