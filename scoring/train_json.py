"""Writing a trained card as JSON, with everything a reader needs to judge it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from scoring.card_schema import FORMAT, Block, Feature, Wording
from scoring.train_data import YUAN_PER_DOLLAR
from scoring.train_model import Scale
from scoring.train_spec import Spec

# A grade's band of 12-month default probability; the default base rate falls in C.
GRADES = (("A", 0.02), ("B", 0.03), ("C", 0.045), ("D", 0.07), ("E", 1.0))
INTERVAL_Z = 1.28  # two-sided 80 %


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
        unused = "carries no points: the training loans do not bear out the direction expected"
        note = f"{note}; {unused}" if note else unused
    return {
        "name": feature.name,
        "inputs": list(feature.inputs),
        "transform": feature.transform,
        "kind": spec.kind,
        "direction": feature.direction,
        "importance": feature.importance,
        "missing_points": feature.missing_points,
        "bins": _bins(feature),
        "lower": _wording(feature.lower),
        "higher": _wording(feature.higher),
        "improve": _wording(feature.improve) if feature.improve else None,
        "note": note,
    }


def block_json(block: Block, specs: Sequence[Spec], data_hash: str, training: dict[str, Any], metrics: dict[str, Any]) -> dict[str, Any]:
    """One block with its origin and figures."""
    return {
        "name": block.name,
        "note": "known when a firm applies; loan term, state, ratings and anything later than the outcome stay out",
        "source": {
            "data": "SBA 7(a) loan records, United States Small Business Administration: paid in full or charged off",
            "sha256": data_hash,
            "yuan_per_dollar": YUAN_PER_DOLLAR,
        },
        "training": training,
        "metrics": metrics,
        "features": [_feature(feature, spec) for feature, spec in zip(block.features, specs, strict=True)],
    }


def card_json(block: dict[str, Any], scale: Scale, base_rate: float, base_rate_note: str, model_sd: float, on: date) -> dict[str, Any]:
    """The whole card; its version is its date."""
    return {
        "format": FORMAT,
        "version": on.isoformat(),
        "built": {"with": "python -m scoring.train", "on": on.isoformat()},
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
        "grades": [{"grade": grade, "pd_below": below} for grade, below in GRADES],
        "interval": {
            "z": INTERVAL_Z,
            "model_sd": model_sd,
            "note": "80 % range: points vary by model_sd when trained again, and by a feature's importance where it is "
            "not answered; how far loans elsewhere and at another time differ is not in it",
        },
        "blocks": [block],
    }
