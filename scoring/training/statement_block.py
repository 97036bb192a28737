"""The statements block: trained on Polish firms, measured by cross-validation."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sklearn.model_selection import StratifiedKFold

from scoring.card_schema import Wording
from scoring.training.challenger import challenger
from scoring.training.leaks import check_leaks
from scoring.training.loan_block import SCALE, Trained
from scoring.training.metrics import auc, calibration_error, chance_level, with_interval
from scoring.training.model import Plan, fit_block, sigmoid, table_points
from scoring.training.polish import YUAN_PER_UNIT, Statement
from scoring.training.reaches import shown_by
from scoring.training.records import DataError
from scoring.training.spec import Floats, Table
from scoring.training.statements import FIFTEEN, STATEMENTS
from scoring.training.writing import Origin

FOLDS = 5
ROUNDS = 300  # trees of the challenger
MISSING = 0.3  # of the answers, taken away at random
LABEL = Wording("block.statements", "财务报表", "the statements")
PLAN = Plan("statements", LABEL, STATEMENTS, limit=120.0, absence_from=15, blank_copies=2)
PLAN_FIFTEEN = replace(PLAN, specs=FIFTEEN, absence_from=12)


@dataclass(frozen=True, slots=True)
class Folds:
    """Log-odds of bankruptcy that each firm got from the folds it was not in: with its answers, and with some taken away.

    `spread` is the standard deviation of a firm's log-odds between the folds' cards.
    """

    whole: Floats
    thinned: Floats
    spread: float


def folds(table: Table, seed: int) -> list[tuple[Any, Any]]:
    """Rows to fit on and rows to score, for each fold."""
    return list(StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(table.bad, table.bad))


def cross_validated(plan: Plan, table: Table, base_rate: float, seed: int) -> Folds:
    """Every firm scored by a card that has not seen it."""
    thinned = table.silenced(MISSING, np.random.default_rng(seed))
    whole, thin = np.zeros(len(table)), np.zeros(len(table))
    every = []
    for fit, use in folds(table, seed):
        block = fit_block(plan, table.take(fit), base_rate, seed, SCALE)
        found = -table_points(block, table) / SCALE.factor
        whole[use], thin[use] = found[use], -table_points(block, thinned)[use] / SCALE.factor
        every.append(found)
    return Folds(whole, thin, float(np.sqrt(np.var(every, axis=0).mean())))


def challenged(table: Table, seed: int, directed: bool = True) -> Floats:
    """Probabilities from the challenger, each from folds the firm was not in."""
    found = np.zeros(len(table))
    for fit, use in folds(table, seed):
        found[use] = challenger(table.take(fit), table.take(use), seed, leaves=15, rounds=ROUNDS, directed=directed)
    return found


def shifted(log_odds: Floats, share: float) -> Floats:
    """Probabilities whose mean is `share`: the intercept moved and nothing else, which is all a base rate may do."""
    low, high = -20.0, 20.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if sigmoid(log_odds + middle).mean() < share else (low, middle)
    return sigmoid(log_odds + (low + high) / 2)


def calibration_at(probability: Floats, bad: Floats, target: float, seed: int) -> float:
    """Calibration error once failures are thinned out to about the share `target` and the intercept is moved likewise."""
    share = float(bad.mean())
    keep = (target / (1 - target)) / (share / (1 - share))
    kept = (bad == 0) | (np.random.default_rng(seed).random(len(bad)) < keep)
    log_odds = np.log(probability[kept] / (1 - probability[kept])) + np.log(keep)
    return round(calibration_error(sigmoid(log_odds), bad[kept]), 4)


def _metrics(table: Table, base_rate: float, result: Folds, seed: int) -> dict[str, Any]:
    share = float(table.bad.mean())
    probability = shifted(result.whole, share)
    fifteen = cross_validated(PLAN_FIFTEEN, Table(FIFTEEN, table.columns[: len(FIFTEEN)], table.bad), base_rate, seed)
    filled = table.filled(np.random.default_rng(seed))
    silent = Table(tuple(replace(spec, absence=False) for spec in table.specs), table.columns, table.bad)
    return {
        "auc_cross_validated": with_interval(auc, result.whole, table.bad, seed),
        "auc_fifteen_ratios": with_interval(auc, fifteen.whole, table.bad, seed),
        "auc_absence_never_counts": with_interval(
            auc, cross_validated(replace(PLAN, specs=silent.specs), silent, base_rate, seed).whole, table.bad, seed
        ),
        "auc_missing_30_percent": with_interval(auc, result.thinned, table.bad, seed),
        "auc_boosted_challenger": with_interval(auc, challenged(table, seed), table.bad, seed),
        "auc_boosted_free": with_interval(auc, challenged(table, seed, directed=False), table.bad, seed),
        "auc_boosted_free_absence_hidden": with_interval(auc, challenged(filled, seed, directed=False), table.bad, seed),
        "calibration_error": with_interval(calibration_error, probability, table.bad, seed),
        "calibration_error_chance_level": chance_level(calibration_error, probability, seed),
        "calibration_error_at_base_rate": calibration_at(probability, table.bad, base_rate, seed),
        "bankrupt_share": round(share, 4),
    }


def train_statements(statements: Sequence[Statement], data_hash: str, base_rate: float, seed: int) -> Trained:
    """The block from firms' statements. Raises `DataError` without both outcomes and `LeakError` for a leaking input."""
    table = Table.of(STATEMENTS, statements)
    if len(np.unique(table.bad)) < 2:
        raise DataError("the statements need firms of both outcomes")
    areas = check_leaks(table)
    result = cross_validated(PLAN, table, base_rate, seed)
    block = fit_block(PLAN, table, base_rate, seed, SCALE)
    shown = shown_by(result.whole, table.bad, "firms that the card scoring them has not seen", SCALE)
    origin = Origin(
        shown,
        note="told is bankruptcy within a year of the statements, not default on a loan; firms are Polish, mostly larger than "
        "micro firms. Moved to the lender's base rate by the intercept alone",
        source={
            "data": "Polish companies bankruptcy, year 5 (statements of 2007 to 2012), UCI Machine Learning Repository, CC BY 4.0",
            "sha256": data_hash,
            "yuan_per_unit": YUAN_PER_UNIT,
        },
        training={
            "train": f"{len(table)} firms, {int(table.bad.sum())} of them bankrupt within a year",
            "test": f"{FOLDS}-fold cross-validation",
            "seed": seed,
            "auc_of_each_feature_alone": areas,
        },
        metrics=_metrics(table, base_rate, result, seed),
    )
    return Trained(replace(shown.on(block), model_sd=round(result.spread * SCALE.factor, 2)), origin, base_rate, "")
