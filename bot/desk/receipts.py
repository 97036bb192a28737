"""Numbers of receipts: short enough to be read out on the telephone, with a sign at the end that tells a slip of the tongue or the pen."""

from __future__ import annotations

from collections.abc import Callable

#: Digits and letters that are not taken for one another; as many as a prime, so that one sign can tell any slip.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_MARK = "RF"
_DRAWN = 8


def new_receipt(draw: Callable[[int], int]) -> str:
    """A number such as RF-7K3Q-9XM2C. `draw` gives a number below its argument that nobody can guess."""
    signs = [draw(len(ALPHABET)) for _ in range(_DRAWN)]
    return _written("".join(ALPHABET[sign] for sign in (*signs, _check(signs))))


def read_receipt(text: str) -> str | None:
    """The number as it is written, from how somebody typed it; None where it cannot be one: one sign is wrong, or two were swapped."""
    signs = "".join(sign for sign in text.upper() if sign.isalnum())
    signs = signs.removeprefix(_MARK) if len(signs) == len(_MARK) + _DRAWN + 1 else signs
    if len(signs) != _DRAWN + 1 or any(sign not in ALPHABET for sign in signs):
        return None
    values = [ALPHABET.index(sign) for sign in signs]
    return _written(signs) if values[-1] == _check(values[:-1]) else None


def _check(signs: list[int]) -> int:
    """Each sign counts by its place: over a prime no single change and no swap leaves the sum as it was."""
    return -sum(place * sign for place, sign in enumerate(signs, start=2)) % len(ALPHABET)


def _written(signs: str) -> str:
    return f"{_MARK}-{signs[:4]}-{signs[4:]}"
