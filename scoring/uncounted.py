"""What a firm has told and the points card cannot count yet, since the figure that it is held against is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.card import Card, feature_points
from scoring.formulas import numbers_of


@dataclass(frozen=True, slots=True)
class Uncounted:
    """Facts that stand in no answered feature of the card, and the one fact that would bring them in."""

    facts: tuple[str, ...]
    lacking: str


def uncounted(facts: Mapping[str, object], card: Card) -> tuple[Uncounted, ...]:
    """What is told but not counted, by the one fact that each lacks; what lacks more than one is left out."""
    features = [feature for block in card.blocks for feature in block.features if feature.kind == "number" and any(feature.points)]
    counted = {name for feature in features if feature_points(feature, facts) is not None for name in feature.inputs}
    waiting: dict[str, list[str]] = {}
    for feature in features:
        known = numbers_of(facts, feature.inputs)
        lacking = [name for name in feature.inputs if name not in known]
        new = [name for name in known if name not in counted]
        if len(lacking) == 1 and new and feature_points(feature, facts) is None:
            waiting.setdefault(lacking[0], []).extend(name for name in new if name not in waiting.get(lacking[0], []))
    return tuple(Uncounted(tuple(names), lacking) for lacking, names in waiting.items())
