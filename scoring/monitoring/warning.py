"""Early warning: a firm scored again when new figures arrive, what moved its score, and what else is a bad sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from knowledge.firm import FactValue
from scoring.card import SMALL, Score, feature_points, score
from scoring.card_schema import Card, Feature, Wording
from scoring.monitoring.signs import Sign, signs
from scoring.questions import sound

Facts = Mapping[str, FactValue]


class Alert(StrEnum):
    """What new figures call for: nothing, praise, a closer look, or acting now."""

    CALM = "calm"
    BETTER = "better"
    WATCH = "watch"
    ACT = "act"


class Why(StrEnum):
    """Why a feature's points moved: its figures changed, were not known before, or are not known any more."""

    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Move:
    """A feature whose points moved, by `points`. A block's limit may keep a part of that out of the score.

    `facts` are those of its figures that are not as they were. `now` is what the feature is worth at present.
    """

    feature: Feature
    why: Why
    points: float
    now: float
    facts: tuple[str, ...]

    @property
    def wording(self) -> Wording | None:
        """The card's reason, where it holds: a figure may fall and still speak for the firm."""
        if self.points < 0:
            return self.feature.lower if self.now < 0 else None
        return self.feature.higher if self.now > 0 else None


@dataclass(frozen=True, slots=True)
class Rescored:
    """A firm before and now. `moves` are largest first; `signs` are bad news that no points stand for."""

    before: Score
    now: Score
    moves: tuple[Move, ...]
    signs: tuple[Sign, ...]
    alert: Alert

    @property
    def points(self) -> int:
        """By how many points the score moved."""
        return self.now.points - self.before.points


def rescore(before: Facts, now: Facts, card: Card) -> Rescored:
    """The firm as it was known `before` and as it is known `now`. Facts in doubt count for nothing, as in any score."""
    old, new = sound(before), sound(now)
    scores = score(old, card), score(new, card)
    found = tuple(sign for sign in signs() if sign.seen(before, now))
    moves = [move for block in card.blocks for feature in block.features if (move := _move(feature, old, new)) is not None]
    moves.sort(key=lambda one: (-abs(one.points), one.feature.name))
    return Rescored(*scores, tuple(moves), found, _alert(card, *scores, found))


def _move(feature: Feature, old: Mapping[str, object], new: Mapping[str, object]) -> Move | None:
    """What a feature adds or takes; an answer not given counts as nothing, as in the reasons of a score."""
    then, now = feature_points(feature, old), feature_points(feature, new)
    moved = (now or 0.0) - (then or 0.0)
    if abs(moved) < SMALL:
        return None
    facts = tuple(fact for fact in feature.inputs if old.get(fact) != new.get(fact))
    return Move(feature, Why.NEW if then is None else Why.GONE if now is None else Why.CHANGED, moved, now or 0.0, facts)


def _alert(card: Card, before: Score, now: Score, signs: tuple[Sign, ...]) -> Alert:
    """Act when the odds of default doubled, the worst grade is reached or two are lost; look when half of that happened."""
    names = [name for name, _ in card.grades]
    lost = names.index(now.grade) - names.index(before.grade)
    fallen = before.points - now.points
    if any(sign.acute for sign in signs) or fallen >= card.double or lost >= 2 or (lost > 0 and now.grade == names[-1]):
        return Alert.ACT
    if signs or fallen >= card.double / 2 or lost > 0:
        return Alert.WATCH
    return Alert.BETTER if lost < 0 or -fallen >= card.double / 2 else Alert.CALM
