"""What the card says of one firm: its default probability, grade and points, and why."""

from dataclasses import dataclass
from decimal import Decimal

from scoring.bands import Grade
from scoring.card_schema import Wording
from scoring.reach import CLOSED, Bound, OpenEnds


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a score is higher or lower than that of a firm nobody knows anything about, by how many `points`."""

    fact: str
    feature: str
    points: float
    wording: Wording
    improve: Wording | None

    def text(self, language: str = "zh") -> str:
        """The reason in ``zh`` or ``en``."""
        return self.wording.zh if language == "zh" else self.wording.en

    def advice(self, language: str = "zh") -> str | None:
        """What the owner could do about it, or None when it is not in the owner's hands."""
        if self.improve is None:
            return None
        return self.improve.zh if language == "zh" else self.improve.en


@dataclass(frozen=True, slots=True)
class Score:
    """A firm's score: 12-month default probability `pd` with its interval, grade, points, reasons, coverage (0 to 1).

    With a `bound` the points say more than data show: `pd` is then where the data stop, and the firm's own may lie beyond it.
    `open_ends` says the same of the low and the high end of the interval. `end` is the bound where it is worth saying to people: good
    points that were held back make no weak firm's probability an upper bound in anybody's ears, nor bad ones a sound firm's a lower one.
    """

    pd: Decimal
    interval: tuple[Decimal, Decimal]
    band: Grade
    points: int
    reasons: tuple[Reason, ...]
    coverage: float
    bound: Bound | None = None
    open_ends: OpenEnds = CLOSED
    end: Bound | None = None

    @property
    def grade(self) -> str:
        """The grade's letter."""
        return self.band.name

    def as_json(self, language: str = "zh") -> dict[str, object]:
        """The score as the command prints it: plain numbers and text."""
        return {
            "pd": float(self.pd),
            "pd_bound": self.bound,
            "grade": self.grade,
            "points": self.points,
            "reasons": [
                {"fact": one.fact, "points": one.points, "text": one.text(language), "improve": one.advice(language)}
                for one in self.reasons
            ],
            "coverage": self.coverage,
            "interval": [float(self.interval[0]), float(self.interval[1])],
            "interval_open": list(self.open_ends),
            "band": [self.band.pd_from, self.band.pd_below],
        }
