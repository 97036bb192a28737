"""Writing a card as JSON, with everything a reader needs to judge it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from scoring.card_schema import FORMAT, Block, Feature, Wording
from scoring.training.model import Scale, logit
from scoring.training.reaches import Shown
from scoring.training.spec import Spec

# A grade's band of 12-month default probability; the default base rate falls in C.
GRADES = (("A", 0.02), ("B", 0.03), ("C", 0.045), ("D", 0.07), ("E", 1.0))
INTERVAL_Z = 1.28  # two-sided 80 %
OVERLAP = 0.5
MISSING = 0.4


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a block's points come from: a note for its readers, the data, how it was trained, how it does, and how far it goes."""

    shown: Shown
    note: str
    source: dict[str, Any]
    training: dict[str, Any]
    metrics: dict[str, Any]


def intercept_of(base_rate: float) -> float:
    """The log-odds of default at a base rate, as written into the card."""
    return round(logit(base_rate), 6)


def _wording(wording: Wording) -> dict[str, str]:
    return {"key": wording.key, "zh": wording.zh, "en": wording.en}


def _bins(feature: Feature) -> list[dict[str, Any]]:
    if feature.values:
        return [{"values": [value], "points": points} for value, points in feature.values.items()]
    starts = [None, *feature.cuts]
    ends = [*feature.cuts, None]
    return [{"from": start, "below": end, "points": points} for start, end, points in zip(starts, ends, feature.points, strict=True)]


def _feature(feature: Feature, spec: Spec) -> dict[str, Any]:
    note = spec.note
    if spec.kind == "number" and not feature.cuts:
        unused = "carries no points: the training firms do not bear out the direction expected"
        note = f"{note}; {unused}" if note else unused
    return {
        "name": feature.name,
        "formula": feature.formula.text,
        "kind": spec.kind,
        "direction": feature.direction,
        "importance": feature.importance,
        "missing_points": feature.missing_points,
        "bins": _bins(feature),
        **({"shares": list(feature.shares)} if feature.shares else {}),
        "lower": _wording(feature.lower),
        "higher": _wording(feature.higher),
        "improve": _wording(feature.improve) if feature.improve else None,
        "note": note,
    }


def block_json(block: Block, specs: Sequence[Spec], origin: Origin) -> dict[str, Any]:
    """One block with its origin and figures."""
    return {
        "name": block.name,
        "label": _wording(block.label),
        "note": origin.note,
        "source": origin.source,
        "training": origin.training,
        "metrics": origin.metrics,
        "limit": block.limit,
        "reach": {"up": block.reach.up, "down": block.reach.down, "note": origin.shown.note, "found": origin.shown.found},
        "model_sd": round(block.model_sd, 2),
        "absence_from": block.absence_from,
        "features": [_feature(feature, spec) for feature, spec in zip(block.features, specs, strict=True)],
    }


def card_json(blocks: Sequence[dict[str, Any]], scale: Scale, base_rate: float, base_rate_note: str, on: date) -> dict[str, Any]:
    """The whole card; its version is its date."""
    return {
        "format": FORMAT,
        "version": on.isoformat(),
        "built": {"with": "advisor score train", "on": on.isoformat()},
        "scaling": {
            "points": scale.points,
            "odds": scale.odds,
            "double": scale.double,
            "note": "600 points at 50 firms repaying for one that does not within 12 months; 20 points double the odds",
        },
        "base_rate": base_rate,
        "base_rate_note": (
            "a lender's setting: the 12-month default probability of an applicant of whom nothing is known, and of the "
            f"average applicant. Default: {base_rate_note}"
        ),
        "intercept": intercept_of(base_rate),
        "grades": [{"grade": grade, "pd_below": below} for grade, below in GRADES],
        "interval": {
            "z": INTERVAL_Z,
            "overlap": OVERLAP,
            "missing": MISSING,
            "note": "a judged range: a block's points vary by its model_sd, by three tenths of a feature's importance where it is not "
            "answered, and by the overlap of the smaller blocks' points, since blocks may tell the same story twice. With all of "
            "what is not answered the range of anybody without statements would run from A to E: true, and of no use. How far "
            "firms elsewhere and at another time differ is not in it",
        },
        "blocks": list(blocks),
    }
