"""Which of several figures of one fact stands: the total, what it is now, what is decided; not what it was or a part of it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from nlu.cues.load import expression

#: Value, start and end of a figure.
Rival = tuple[Decimal, int, int]

_STANDS_BEFORE = expression("rivals", "stands_before")
_STANDS_BEHIND = expression("rivals", "stands_behind")
_GOES_BEFORE = expression("rivals", "goes_before")
_GOES_BEHIND = expression("rivals", "goes_behind")


def standing(norm: str, rivals: Sequence[Rival]) -> int | None:
    """The position of the figure that stands, or None where the words do not tell."""
    total = _total(rivals)
    if total is not None:
        return total
    scores = [_score(norm, start, end) for _, start, end in rivals]
    best = max(scores)
    return scores.index(best) if best > 0 and scores.count(best) == 1 else None if best > 0 else _last_one_left(scores)


def _total(rivals: Sequence[Rival]) -> int | None:
    """The figure that is the sum of all the others."""
    if len(rivals) < 3:
        return None
    everything = sum((value for value, _, _ in rivals), Decimal(0))
    at = [place for place, (value, _, _) in enumerate(rivals) if value * 2 == everything]
    return at[0] if len(at) == 1 else None


def _score(norm: str, start: int, end: int) -> int:
    lead, behind = norm[max(0, start - 30) : start].replace("一个月", "每月"), norm[end : end + 40]
    stands = bool(_STANDS_BEFORE.search(lead)) or bool(_STANDS_BEHIND.match(behind))
    goes = bool(_GOES_BEFORE.search(lead)) or bool(_GOES_BEHIND.match(behind))
    return stands - goes


def _last_one_left(scores: Sequence[int]) -> int | None:
    """The only figure that no word takes back."""
    left = [place for place, score in enumerate(scores) if score == 0]
    return left[0] if len(left) == 1 and len(scores) > 1 else None
