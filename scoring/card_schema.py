"""The points card as values; `scoring.card_reading` reads it from JSON.

A card is a list of blocks, each from one kind of evidence and each optional; their points are added to the points of the
base rate. Points rise with creditworthiness; every feature says what *not answered* is worth.
"""

import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from scoring.formulas import Formula

FORMAT = "points-card/3"
DIRECTIONS = ("rising", "falling", "none")
KINDS = ("number", "choice", "flag")


class CardError(ValueError):
    """The card cannot be used; the message names the place and what is wrong there."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A reason in both languages."""

    key: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Feature:
    """One line of the card.

    `formula` says what is binned. Numbers fall into half-open ranges split at `cuts` (``points[i]`` from ``cuts[i - 1]``
    up to, not including, ``cuts[i]``); choices and flags (``yes``, ``no``) have `values`, and their formula is one fact.
    `direction` promises how points move as the number grows. `importance` is how much of the block's spread in points
    hangs on the feature: over a block the squares add up to the variance of its points. `shares` say how the answers of
    the firms it was trained on spread over the bins, in their order; empty where the card does not tell.
    """

    name: str
    formula: Formula
    kind: str
    direction: str
    importance: float
    missing_points: float
    cuts: tuple[float, ...]
    points: tuple[float, ...]
    values: Mapping[str, float]
    lower: Wording
    higher: Wording
    improve: Wording | None
    shares: tuple[float, ...] = ()

    @property
    def inputs(self) -> tuple[str, ...]:
        """The facts it reads."""
        return self.formula.facts

    def points_of(self, value: float) -> float:
        """The points of a number."""
        return self.points[bisect_right(self.cuts, value)]


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a block's evidence can take a default probability from the base rate, in points: `up` to safer, `down` to riskier."""

    up: float = math.inf
    down: float = math.inf


@dataclass(frozen=True, slots=True)
class Block:
    """Features from one kind of evidence.

    Together they move a firm by at most `limit` points either way, since evidence of one kind can only tell so much and
    blocks may tell the same story twice. `model_sd` is how far the points of a fully answered block may be
    off, as a standard deviation.
    `missing_points` count once `absence_from` features are answered: what a nearly complete statement leaves out is telling,
    what nobody has been asked yet is not. `reach` holds what may be claimed of them, not the points.
    """

    name: str
    label: Wording
    features: tuple[Feature, ...]
    limit: float = math.inf
    model_sd: float = 0.0
    absence_from: int = 1
    reach: Reach = Reach()


@dataclass(frozen=True, slots=True)
class Card:
    """A points card ready to score with. `grades` are pairs (grade, pd below which it ends), best first.

    `overlap` is the part of the smaller blocks' points that may repeat the largest block's story; it widens the range.
    So does `missing`, the part of an unanswered feature's importance that counts as spread.
    `numbers` are the facts that formulas read, `chosen` the features that bin a choice or a flag. `steps` are the places of the
    blocks from the shortest reach to the longest, each with the reach of the longest so far (see `scoring.reach`).
    """

    version: str
    points: float
    odds: float
    double: float
    base_rate: float
    grades: tuple[tuple[str, float], ...]
    interval_z: float
    overlap: float
    missing: float
    blocks: tuple[Block, ...]
    numbers: tuple[str, ...] = field(init=False)
    chosen: tuple[Feature, ...] = field(init=False)
    steps: tuple[tuple[int, Reach], ...] = field(init=False)

    def __post_init__(self) -> None:
        features = [feature for block in self.blocks for feature in block.features]
        numbers = dict.fromkeys(fact for one in features if one.kind == "number" for fact in one.inputs)
        object.__setattr__(self, "numbers", tuple(numbers))
        object.__setattr__(self, "chosen", tuple(one for one in features if one.kind != "number"))
        object.__setattr__(self, "steps", tuple(self._steps()))

    def _steps(self) -> Iterator[tuple[int, Reach]]:
        reaches = [block.reach for block in self.blocks]
        so_far = Reach(0.0, 0.0)
        for place in sorted(range(len(reaches)), key=lambda place: reaches[place].up + reaches[place].down):
            so_far = Reach(max(so_far.up, reaches[place].up), max(so_far.down, reaches[place].down))
            yield place, so_far

    @property
    def facts(self) -> tuple[str, ...]:
        """All facts that the card reads."""
        return (*self.numbers, *(one.inputs[0] for one in self.chosen))

    @property
    def factor(self) -> float:
        """Points for one unit of log-odds."""
        return self.double / math.log(2)

    @property
    def intercept(self) -> float:
        """Log-odds of default of a firm of which nothing is known."""
        return math.log(self.base_rate / (1 - self.base_rate))

    @property
    def reach(self) -> Reach:
        """How far the block that reaches furthest goes, to either side."""
        return self.steps[-1][1]

    @property
    def base_points(self) -> float:
        """Points of a firm of which nothing is known: its default probability is the base rate."""
        return self.points + self.factor * (math.log(1 / self.base_rate - 1) - math.log(self.odds))
