"""How well the card orders and calibrates: trained anew from the data and measured as the shipped card was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import scoring.card
from scoring.training import loans, polish
from scoring.training.run import train_card
from tests.bench._lines import TODAY, Figure, Size, at_least, at_most, data_file

SHIPPED = Path(scoring.card.__file__).with_name("card.json")
#: Area under the curve; set before the card was trained.
APPLICATION, STATEMENTS, CHALLENGER, THINNED = 0.62, 0.925, 0.94, 0.87
CALIBRATION = 0.01


def run(size: Size) -> Iterator[Figure]:
    """The figures with their ranges. The size changes nothing: every firm of the data is used."""
    folder = data_file(str(polish.RECORDS.file)).parents[1]
    data_file(str(loans.RECORDS.file))
    raw = train_card(list(loans.read_loans(folder)), list(polish.read_statements(folder)), _hashes(folder), TODAY)
    application, statements, _ = (block["metrics"] for block in raw["blocks"])
    beside = f"boosted challenger {application['auc_test_boosted_challenger']['value']}"
    yield _reached("application_auc_2005", application["auc_test"], APPLICATION, beside)
    yield _told("application_auc_2005_purpose_not_answered", application["auc_test_purpose_not_answered"])
    error = application["calibration_error_recalibrated"]
    yield at_most("application_calibration_error", error["value"], "share", CALIBRATION, _range(error))
    yield _reached("statements_auc", statements["auc_cross_validated"], STATEMENTS, "18 ratios of 14 facts, cross-validated")
    yield _told("statements_auc_fifteen_ratios", statements["auc_fifteen_ratios"])
    yield _told("statements_auc_absence_never_counts", statements["auc_absence_never_counts"])
    yield _reached("statements_auc_30_percent_missing", statements["auc_missing_30_percent"], THINNED)
    yield _reached("statements_challenger_auc", statements["auc_boosted_challenger"], CHALLENGER)
    yield _told("statements_boosted_free_auc", statements["auc_boosted_free"])
    yield _told("statements_boosted_free_auc_absence_hidden", statements["auc_boosted_free_absence_hidden"])
    error = statements["calibration_error"]
    yield Figure("statements_calibration_error", error["value"], "share", versus=_range(error))
    yield Figure("statements_calibration_error_at_base_rate", statements["calibration_error_at_base_rate"], "share")
    shipped = json.loads(SHIPPED.read_text("utf-8"))
    yield at_least("shipped_card_is_the_trained_one", float(shipped["blocks"] == raw["blocks"]), "yes or no", 1.0)


def _hashes(folder: Path) -> tuple[str, str]:
    return loans.fingerprint(folder), polish.fingerprint(folder)


def _range(figure: dict[str, Any]) -> str:
    return f"95% range {figure['low']} to {figure['high']}"


def _reached(name: str, figure: dict[str, Any], target: float, beside: str = "") -> Figure:
    return at_least(name, figure["value"], "AUC", target, "; ".join(filter(None, (_range(figure), beside))))


def _told(name: str, figure: dict[str, Any]) -> Figure:
    return Figure(name, figure["value"], "AUC", versus=_range(figure))
