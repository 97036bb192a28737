"""What chance alone does, so that few firms raise no alarm."""

import math
from enum import StrEnum

#: Two-sided 95 % and 99 % of the normal distribution.
Z95, Z99 = 1.960, 2.576
_Z99_ONE_SIDED = 2.326
#: Fewer firms than this say nothing about a share.
ENOUGH = 30


class Level(StrEnum):
    """What to make of a figure. `TOO_FEW`: too few firms to tell, chance alone may well do that."""

    OK = "ok"
    WATCH = "watch"
    ALARM = "alarm"
    TOO_FEW = "too_few"


def wilson(hits: int, of: int, z: float = Z95) -> tuple[float, float]:
    """Wilson's interval of a share, in which it lies unless chance was as unlikely as `z`. Everything where there is nothing."""
    if of == 0:
        return 0.0, 1.0
    share, spread = hits / of, z * z / of
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * math.sqrt(share * (1 - share) / of + spread / of / 4)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def shares_differ(hits: int, of: int, other_hits: int, other_of: int) -> float:
    """How many standard errors the first share lies below the second (both pooled); 0 where nothing can be told."""
    if not of or not other_of:
        return 0.0
    pooled = (hits + other_hits) / (of + other_of)
    error = math.sqrt(pooled * (1 - pooled) * (1 / of + 1 / other_of))
    return (other_hits / other_of - hits / of) / error if error else 0.0


def chi_square_99(freedom: int) -> float:
    """The value that a chi-square variable exceeds once in a hundred times, by Wilson and Hilferty's approximation."""
    part = 2 / (9 * freedom)
    return float(freedom * (1 - part + _Z99_ONE_SIDED * math.sqrt(part)) ** 3)
