"""Words around a figure as text features, for the linear model."""

from __future__ import annotations

from collections.abc import Iterator

from nlu.linking.view import Near, View, kind_of

_BEFORE, _BEHIND = 14, 8
_GROUP = {"money": "m", "number": "m", "duration": "d", "year": "d", "rate": "r", "count": "c"}
#: Bounds of distance in characters.
_BANDS = (0, 1, 3, 6, 12, 24)


def figure_phrases(view: View, index: int) -> frozenset[str]:
    """Text features of the figure at this position: word sequences by place, its kind and size, cues and frames around it."""
    return frozenset((*_sequences(view, index), *_self(view, index), *_cues(view, index)))


def _sequences(view: View, index: int) -> Iterator[str]:
    tokens, at = view.tokens
    place, group = at[index], _GROUP[view.quantities[index].kind]
    left, right = tokens[max(0, place - _BEFORE) : place], tokens[place + 1 : place + 1 + _BEHIND]
    low, high = view.token_clause(place)
    for feature in (*_beside(left, right), *(f"C:{run}" for run in _runs(tokens[low:high], 3))):
        yield feature
        yield group + feature
    start = view.token_clause(low - 2)[0] if low > 1 else 0
    yield from (f"{group}P:{run}" for run in _runs(tokens[start : max(0, low - 1)], 3))


def _beside(left: tuple[str, ...], right: tuple[str, ...]) -> Iterator[str]:
    for size in (1, 2, 3, 4):
        for gap in range(min(4, len(left))):
            if len(left) - gap - size >= 0:
                yield f"L{gap}:" + "_".join(left[len(left) - gap - size : len(left) - gap])
        for gap in range(3):
            if gap + size <= len(right):
                yield f"R{gap}:" + "_".join(right[gap : gap + size])
    yield from (f"L:{run}" for run in _runs(left, 4))
    yield from (f"R:{run}" for run in _runs(right, 4))


def _runs(tokens: tuple[str, ...], longest: int) -> Iterator[str]:
    for size in range(1, longest + 1):
        for start in range(len(tokens) - size + 1):
            yield "_".join(tokens[start : start + size])


def _self(view: View, index: int) -> Iterator[str]:
    quantity, asking = view.quantities[index], view.asking
    kind, group = quantity.kind, _GROUP[quantity.kind]
    same = [position for position, other in enumerate(view.quantities) if other.kind == kind]
    yield f"K:{kind_of(quantity)}"
    yield f"KP:{kind}:{quantity.period}"
    yield f"MG:{kind}:{len(str(int(abs(quantity.value)))) if abs(quantity.value) >= 1 else 0}"
    yield f"CUR:{quantity.currency}"
    yield f"U:{quantity.unit}"
    yield from (f"A:{asking}", f"A:{asking}:{group}", f"AK:{asking}:{kind_of(quantity)}", f"A1:{asking}:{len(same) == 1}")
    yield f"IX:{kind}:{same.index(index)}/{min(len(same), 4)}"
    yield f"NQ:{min(len(view.quantities), 5)}"


def _cues(view: View, index: int) -> Iterator[str]:
    quantity = view.quantities[index]
    low, high = view.scope.clause_span(quantity.start)
    left = [near for near in reversed(view.near) if near.start < quantity.start and near.end <= quantity.start + 1 and near.suits(quantity)]
    right = [near for near in view.near if near.end > quantity.end and near.start >= quantity.end - 1 and near.suits(quantity)]
    nearest: list[str] = []
    for side, found, most in (("L", left, 3), ("R", right, 2)):
        for rank, near in enumerate(found[:most]):
            inside = near.start >= low if side == "L" else near.end <= high
            gap = quantity.start - near.end if side == "L" else near.start - quantity.end
            parted = min(2, _between(view, index, near))
            nearest += [f"c{side}{rank}:{near.fact}", f"c{side}{rank}:{near.fact}:{_band(gap)}:{inside}:{parted}"]
            yield f"Xc{side}:{near.fact}:{parted}"
    if left and right:
        closer = left[0] if quantity.start - left[0].end <= right[0].start - quantity.end else right[0]
        nearest.append(f"near:{closer.fact}")
    yield f"XcLR:{left[0].fact if left else ''}|{right[0].fact if right else ''}"
    yield from (f"X{feature}" for feature in nearest)
    yield from (f"X{quantity.kind}|{feature}" for feature in nearest if feature.startswith(("cL0", "cR0", "near")))
    yield from (f"XcC:{near.fact}" for near in view.near if near.start >= low and near.end <= high)
    yield from (f"XcM:{near.fact}" for near in view.near)
    for start, end, name in view.frames:
        place = "in" if start >= low and end <= high else "before" if end <= low else "after"
        yield f"Xfr:{name}:{place}:{'L' if end <= quantity.start else 'R'}"


def _between(view: View, index: int, near: Near) -> int:
    """How many other figures of the kind stand between a figure and words."""
    quantity = view.quantities[index]
    low, high = (near.end, quantity.start) if near.start < quantity.start else (quantity.end, near.start)
    return sum(low <= other.start < high and other.kind == quantity.kind for at, other in enumerate(view.quantities) if at != index)


def _band(gap: int) -> int:
    return sum(gap > bound for bound in _BANDS)
