"""How many patents there are: kinds told one by one add up, those that are only applied for do not count."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from nlu.facts import Mention, fact_value
from nlu.numbers.english_words import value_of
from nlu.numbers.quantity import Quantity
from nlu.reading.crew_words import NUMBER
from nlu.reading.scope import Scope

#: 3 invention patents pending; applied 5 patents, granted 2.
_PENDING = re.compile(
    r" ?(?:(?:more|others?|invention|utility|model|design|software) ){0,3}(?:patents? )?(?:are |is |still |being ){0,2}"
    r"(?:pending|applied|filed|in (?:process|progress|the pipeline)|under (?:review|examination)|submitted|waiting)\b"
)
_APPLIED = re.compile(r"\b(?:applied(?: for)?|filed|pending|applications?)[: ]{1,2}$")


def not_granted(scope: Scope, quantity: Quantity) -> bool:
    """Whether a number of patents is of those that are only applied for."""
    return bool(_PENDING.match(scope.norm, quantity.end) or _APPLIED.search(scope.norm[: quantity.start]))


_KIND = re.compile(r"发明|实用新型|外观|utility|invention|design")


#: Eleven utility patents and two inventions: each kind with its number.
_NUMBER_OF_KIND = re.compile(
    rf"(?<![\w'-])(?P<count>{NUMBER}) (?:granted )?(?P<kind>utility|invention|design|appearance)s?(?: models?)?(?: patents?)?(?![a-z])"
)
_NEXT_KIND = re.compile(r",? ?(?:and|plus|&|\+|,)? ")


def _kinds_in_english(scope: Scope) -> Mention | None:
    """All patents where each kind is told with its number, one behind the other."""
    found = list(_NUMBER_OF_KIND.finditer(scope.norm))
    joined = all(_NEXT_KIND.fullmatch(scope.norm, one.end(), other.start()) for one, other in pairwise(found))
    if len({match["kind"] for match in found}) != len(found) or len(found) < 2 or not joined or "patent" not in scope.norm:
        return None
    start, end = found[0].start(), found[-1].end()
    if not scope.states(start, end) or scope.asked(start) or _PENDING.match(scope.norm, end) or _APPLIED.search(scope.norm[:start]):
        return None
    value = fact_value("patents", Decimal(sum(value_of(match["count"]) for match in found)))
    return None if value is None else Mention("patents", value, start, end, scope.norm[start:end])


def patents_together(scope: Scope, mentions: list[Mention]) -> list[Mention]:
    """发明3件、实用新型14件 are 17 patents; of 专利9个，有一条是发明 the nine stand."""
    whole = _kinds_in_english(scope)
    if whole is not None:
        return sorted([*(mention for mention in mentions if mention.name != "patents"), whole], key=lambda mention: mention.start)
    told = [mention for mention in mentions if mention.name == "patents" and isinstance(mention.value, int) and mention.value]
    if len(told) < 2 or any("软著" in mention.text for mention in told):
        return mentions
    kinds: list[str | None] = []
    for place, mention in enumerate(told):
        floor = told[place - 1].end if place else max(0, mention.start - 8)
        before = list(_KIND.finditer(scope.norm, max(floor, mention.start - 8), mention.end))
        behind = _KIND.search(scope.norm, mention.end, mention.end + 3)
        kinds.append(before[-1][0] if before else behind[0] if behind else None)
    rest = [mention for mention in mentions if mention not in told]
    plain = [mention for mention, kind in zip(told, kinds, strict=True) if kind is None]
    if len(plain) == 1 and Decimal(str(plain[0].value)) >= max(Decimal(str(mention.value)) for mention in told):
        return sorted([*rest, plain[0]], key=lambda mention: mention.start)
    if plain or len(set(kinds)) < len(told):
        return mentions
    value = fact_value("patents", sum((Decimal(str(mention.value)) for mention in told), Decimal(0)))
    if value is None:
        return mentions
    whole = Mention("patents", value, told[0].start, told[-1].end, scope.norm[told[0].start : told[-1].end])
    return sorted([*rest, whole], key=lambda mention: mention.start)
