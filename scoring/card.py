"""Scoring one firm with the points card, in plain Python.

``log-odds of repaying = base rate + each block's points``, on the usual points scale; a block's points are the sum over
its features, held within the block's limit. A feature whose facts are not known takes its *not answered* points; the
answer's interval widens and its coverage falls instead. The points shown add up, the probability goes no further than
data show (`scoring.reach`).
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from scoring.bands import Grade, band_of, probability, rounded
from scoring.card_reading import load_card, parse_card
from scoring.card_schema import Block, Card, CardError, Feature
from scoring.formulas import numbers_of
from scoring.reach import around, bound_of, claimed, claims, open_ends
from scoring.scored import Reason, Score

__all__ = [
    "Card",
    "CardError",
    "Grade",
    "Reason",
    "Score",
    "default_card",
    "load_card",
    "parse_card",
    "score",
    "with_base_rate",
]

MAX_REASONS = 4
# Points too small to be worth an owner's attention.
SMALL = 0.5


@lru_cache(maxsize=1)
def default_card() -> Card:
    """The card shipped with the project."""
    return load_card(Path(__file__).with_name("card.json"))


def with_base_rate(card: Card, base_rate: float) -> Card:
    """`card` with a lender's own 12-month default probability for the average applicant (a fraction in (0, 1))."""
    if not 0 < base_rate < 1:
        raise ValueError(f"base rate must lie between 0 and 1: {base_rate}")
    return replace(card, base_rate=base_rate)


def choice_key(value: object) -> str:
    """The name under which a card lists a choice; flags are ``yes`` and ``no``."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a firm, ready for the card: numeric facts as floats, choices by the name the card lists them under."""

    numbers: Mapping[str, float]
    choices: Mapping[str, str]

    def points(self, feature: Feature) -> float | None:
        """The points of one feature, or None when its facts are not known, or not known to the card."""
        if feature.kind != "number":
            return feature.values.get(self.choices.get(feature.inputs[0], ""))
        number = feature.formula.evaluate(self.numbers)
        return None if number is None else feature.points_of(number)


def _choices_of(facts: Mapping[str, object], features: Iterable[Feature]) -> dict[str, str]:
    found = {}
    for feature in features:
        name = feature.inputs[0]
        if feature.kind == "number" or name not in facts or (value := facts[name]) is None:
            continue
        if not isinstance(value, bool if feature.kind == "flag" else str):
            wanted = "true or false" if feature.kind == "flag" else "text"
            raise TypeError(f"fact {name!r} must be {wanted}, not {type(value).__name__}")
        found[name] = choice_key(value)
    return found


def _reason(feature: Feature, effect: float, known: _Known) -> Reason:
    lowers = effect < 0
    wording = feature.lower if lowers else feature.higher
    fact = next((name for name in feature.inputs if name in known.numbers or name in known.choices), feature.inputs[0])
    return Reason(fact, feature.name, round(effect, 1), wording, feature.improve if lowers else None)


@dataclass(slots=True)
class _Tally:
    """What one block adds: its points, the variance of its range, and how much of it there is and was answered."""

    points: float
    variance: float
    weight: float
    answered: float


def _tally(block: Block, known: _Known, effects: list[tuple[float, Feature]], missing: float = 0.0) -> _Tally:
    """The block's sums; what each answered feature does is added to `effects`."""
    total = silent = weight = answered = silent_spread = spread = 0.0
    count = 0
    for feature in block.features:
        weight += feature.importance
        spread += feature.importance**2
        points = known.points(feature)
        if points is None:
            silent += feature.missing_points
            silent_spread += feature.importance**2
            continue
        count += 1
        total += points
        answered += feature.importance
        if abs(points) >= SMALL:
            effects.append((points, feature))
    if count >= block.absence_from:
        total += silent
    # What the block says may be off in so far as it says anything; what it might yet say counts in part.
    said = 1 - silent_spread / spread if spread else 0.0
    variance = said * block.model_sd**2 + missing**2 * silent_spread
    return _Tally(min(max(total, -block.limit), block.limit), variance, weight, answered)


def feature_points(feature: Feature, facts: Mapping[str, object]) -> float | None:
    """The points of one feature, or None when its facts are not known, or not known to the card."""
    numbers = numbers_of(facts, feature.inputs if feature.kind == "number" else ())
    return _Known(numbers, _choices_of(facts, (feature,))).points(feature)


def block_points(block: Block, facts: Mapping[str, object]) -> float:
    """The points one block gives a firm, held within its limit."""
    numbers = numbers_of(facts, (fact for one in block.features if one.kind == "number" for fact in one.inputs))
    return _tally(block, _Known(numbers, _choices_of(facts, block.features)), []).points


def _reasons(effects: list[tuple[float, Feature]], known: _Known) -> tuple[Reason, ...]:
    """The largest effects first, one for each fact: several ratios of one figure tell the owner the same thing."""
    effects.sort(key=lambda item: (-abs(item[0]), item[1].name))
    chosen: dict[str, Reason] = {}
    for effect, feature in effects:
        if len(chosen) == MAX_REASONS:
            break
        reason = _reason(feature, effect, known)
        chosen.setdefault(reason.fact, reason)
    return tuple(chosen.values())


def _overlap(card: Card, parts: list[float]) -> float:
    """Variance for what blocks may tell twice: every block's part of the claim but the largest, times the card's overlap."""
    sizes = sorted(map(abs, parts))
    return sum((card.overlap * size) ** 2 for size in sizes[:-1])


def score(facts: Mapping[str, object], card: Card | None = None) -> Score:
    """The score of a firm from whatever is known of it.

    Raises `TypeError` naming the fact when a value is of the wrong kind. A fact not known, or a choice the card has
    never seen, counts as not answered.
    """
    card = card or default_card()
    known = _Known(numbers_of(facts, card.numbers), _choices_of(facts, card.chosen))
    effects: list[tuple[float, Feature]] = []
    tallies = [_tally(block, known, effects, card.missing) for block in card.blocks]
    blocks = [tally.points for tally in tallies]
    added, (claim, parts) = sum(blocks), claims(card, blocks)
    total = card.base_points + claim
    variance = sum(tally.variance for tally in tallies) + _overlap(card, parts)
    weight = sum(tally.weight for tally in tallies)
    pd, spread = probability(card, total), card.interval_z * math.sqrt(variance)
    shown = rounded(pd)
    return Score(
        pd=shown,
        interval=around(card, claim, spread),
        band=band_of(card, float(shown)),
        points=round(card.base_points + added),
        reasons=_reasons(effects, known),
        coverage=round(sum(tally.answered for tally in tallies) / weight, 4) if weight else 0.0,
        bound=(bound := bound_of(added, claim)),
        end=bound if bound == ("at_most" if claim > 0 else "at_least") else None,
        open_ends=open_ends(card, claim, spread),
    )


def exact_points(facts: Mapping[str, object], card: Card) -> tuple[float, float]:
    """A firm's points, not rounded: as they add up, and those that its default probability stands on."""
    blocks = [block_points(block, facts) for block in card.blocks]
    return card.base_points + sum(blocks), card.base_points + claimed(card, blocks)
