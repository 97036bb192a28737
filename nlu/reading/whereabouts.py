"""Whether a place named in a text is where the firm is, by the words beside it."""

from __future__ import annotations

from nlu.cues.load import expression

#: How sure the words beside a place make it that the firm is there: elsewhere, named without a hint, said to be there.
ELSEWHERE, NAMED, THERE = 0, 1, 2

_HEAD_NOT_PLACE = expression("whereabouts", "head_not_place")
_HEAD_FIRM = expression("whereabouts", "head_firm")
_TAIL_FIRM = expression("whereabouts", "tail_firm")
#: Behind a place: the owner worked or studied there once, or somebody else is there.
_ELSEWHERE = expression("whereabouts", "elsewhere")
_HEAD_FIRM_EN = expression("whereabouts", "head_firm_en")
_HEAD_NOT_EN = expression("whereabouts", "head_not_en")
_TAIL_NOT_EN = expression("whereabouts", "tail_not_en")
_BRAND_EN = expression("whereabouts", "brand_en")
#: Behind a place: the way goes on from there; not what one does there.
_ON_TO = expression("whereabouts", "on_to")
#: Who came home or moved is there now.
_HEAD_HOME_EN = expression("whereabouts", "head_home_en")


def names_another_thing(norm: str, start: int, end: int) -> bool:
    """Whether Latin words around a place's name make it a dish, a bank, a road or somewhere goods go to."""
    if _BRAND_EN.match(norm, end):
        return True
    return bool(_HEAD_NOT_EN.search(norm[:start])) and not _HEAD_HOME_EN.search(norm[:start])


def whereabouts(norm: str, start: int, end: int) -> int:
    """ELSEWHERE, NAMED or THERE for the place named between two positions."""
    head = norm[max(0, start - 24) : start]
    if norm[start].isascii():
        if _HEAD_HOME_EN.search(head) and not _TAIL_NOT_EN.match(norm, end):
            return THERE
        if _HEAD_NOT_EN.search(head) or _TAIL_NOT_EN.match(norm, end) or _ON_TO.match(norm, end):
            return ELSEWHERE
        return THERE if _HEAD_FIRM_EN.search(head) else NAMED
    if _HEAD_NOT_PLACE.search(head) or _ELSEWHERE.match(norm, end):
        return ELSEWHERE
    return THERE if _HEAD_FIRM.search(head) or _TAIL_FIRM.match(norm, end) else NAMED
