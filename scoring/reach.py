"""What may be claimed of a firm: how far from the base rate its default probability may be said to lie.

Points add up without end, evidence does not. A block's data show that their safest firms fail so rarely and their riskiest so often, and no
more: that is the block's reach. Blocks are added from the shortest reach to the longest, and each sum is held within the longest reach so
far: one block claims no more than its own data show, several together no more than those of the one among them that shows most. So a
better answer never makes a firm look riskier, and a block that tells nothing changes nothing.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from scoring.bands import probability, rounded
from scoring.card_schema import Card

#: The data tell no lower, or no higher, than the probability given.
Bound = Literal["at_most", "at_least"]
#: Whether a range is open below and above: it ends there because the data do, and what it is about may lie beyond.
OpenEnds = tuple[bool, bool]
CLOSED: OpenEnds = (False, False)
#: Points apart from which a sum counts as held.
HELD = 1e-9


def claimed(card: Card, blocks: Sequence[float]) -> float:
    """The points above the base rate that may be claimed of a firm, from the points of each of the card's blocks."""
    return claims(card, blocks)[0]


def claims(card: Card, blocks: Sequence[float]) -> tuple[float, list[float]]:
    """The same, with what each block adds to it once what goes too far is taken away, from the shortest reach to the longest."""
    total, parts = 0.0, []
    for place, reach in card.steps:
        held = min(max(total + blocks[place], -reach.down), reach.up)
        parts.append(held - total)
        total = held
    return total, parts


def bound_of(added: float, claim: float) -> Bound | None:
    """On which side a claim was held, from the points that add up and those that may be claimed."""
    if abs(added - claim) <= HELD:
        return None
    return "at_most" if added > claim else "at_least"


def around(card: Card, claim: float, spread: float) -> tuple[Decimal, Decimal]:
    """The range of probabilities around a claim, `spread` points to either side; it does not go where no block's data go."""
    best, worst = min(claim + spread, card.reach.up), max(claim - spread, -card.reach.down)
    return rounded(probability(card, card.base_points + best)), rounded(probability(card, card.base_points + worst))


def open_ends(card: Card, claim: float, spread: float) -> OpenEnds:
    """Which ends of the range of probabilities around a claim are where the furthest data stop: the low one, the high one."""
    return claim + spread >= card.reach.up, claim - spread <= -card.reach.down


def ends(card: Card) -> tuple[float, float]:
    """The lowest and the highest default probability that the card may claim of anybody."""
    return probability(card, card.base_points + card.reach.up), probability(card, card.base_points - card.reach.down)
