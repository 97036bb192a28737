"""How far a block's evidence goes: how rarely its safest firms and how often its riskiest were seen to fail, chance allowed for.

Firms are put in order by cards that have not seen them. Of the safest tenth the highest share of failures that chance allows is taken, of
the riskiest fiftieth the lowest: failures are rare, so it takes many firms to show that hardly one fails, and few to show that many do.
Both tails were fixed before anything was measured. A base rate moves them as it moves every firm, by the intercept alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from scoring.card_schema import Block, Reach
from scoring.monitoring.chance import Z95, wilson
from scoring.training.model import Scale, logit
from scoring.training.spec import Floats

SAFEST, RISKIEST = 1 / 10, 1 / 50
#: What is judged may lift a firm by half of what any data show, and lower it by all of it.
JUDGED_UP, JUDGED_DOWN = 0.5, 1.0


@dataclass(frozen=True, slots=True)
class Shown:
    """A block's reach with what it was found from, for the card's readers."""

    reach: Reach
    note: str
    found: dict[str, Any]

    def on(self, block: Block) -> Block:
        """The block with this reach."""
        return replace(block, reach=self.reach)


def shown_by(risk: Floats, bad: Floats, seen: str, scale: Scale) -> Shown:
    """The reach that firms of known outcome show, `risk` being what cards that have not `seen` them said."""
    order, share = np.argsort(risk, kind="stable"), float(bad.mean())
    tails = {}
    for name, part, side in (("safest", SAFEST, 1), ("riskiest", RISKIEST, 0)):
        count = max(int(len(bad) * part), 1)
        firms = order[:count] if name == "safest" else order[-count:]
        failed = int(bad[firms].sum())
        tails[name] = {"firms": count, "failed": failed, "bound_95": round(wilson(failed, count, Z95)[side], 5)}
    up = scale.factor * _away(tails["safest"]["bound_95"], share, -1)
    down = scale.factor * _away(tails["riskiest"]["bound_95"], share, 1)
    return Shown(
        Reach(round(up, 1), round(down, 1)),
        f"points from the base rate, from {seen}: the highest share of failures that chance allows (95 %) in their safest tenth and "
        "the lowest in their riskiest fiftieth, beside the share of all of them",
        {**tails, "share_of_all": round(share, 5)},
    )


def _away(bound: float, share: float, sign: int) -> float:
    """How far a bound lies from the share of all in log-odds, on the side of `sign`; nothing where chance allows the share itself."""
    return max(sign * (logit(bound) - logit(share)), 0.0) if 0 < bound < 1 else 0.0


def judged_from(data: Sequence[Shown]) -> Shown:
    """The reach of a block that no data stand behind, from those of the blocks that have some."""
    up, down = max(one.reach.up for one in data), max(one.reach.down for one in data)
    return Shown(
        Reach(round(up * JUDGED_UP, 1), round(down * JUDGED_DOWN, 1)),
        "judged: no data stand behind this block, so it may lift a firm by half of what the furthest reaching data show, and lower it by "
        "as much as they show",
        {},
    )
