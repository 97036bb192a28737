"""The application block: trained on one fiscal year of loans, measured on the next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sklearn.model_selection import StratifiedKFold

from scoring.card_schema import Block, Wording
from scoring.training.application import APPLICATION
from scoring.training.challenger import challenger
from scoring.training.leaks import check_leaks
from scoring.training.loans import YUAN_PER_DOLLAR, Loan
from scoring.training.metrics import auc, calibration_error, chance_level, decile_error, recalibrated, with_interval
from scoring.training.model import Plan, Scale, fit_block, logit, points_of, sigmoid
from scoring.training.reaches import shown_by
from scoring.training.records import DataError
from scoring.training.spec import Floats, Table, known
from scoring.training.writing import Origin

TRAIN_YEAR, TEST_YEAR = 2004, 2005
REFITS = 20
FOLDS = 5
ENOUGH = 200  # loans of each outcome before a year's figure is reported
SCALE = Scale()
PLAN = Plan("application", Wording("block.application", "申请情况", "the application"), APPLICATION, limit=60.0)


@dataclass(frozen=True, slots=True)
class Trained:
    """A block with its origin, and the base rate its data suggest."""

    block: Block
    origin: Origin
    base_rate: float
    base_rate_note: str


def yearly(share: float, months: float) -> float:
    """The 12-month default probability of a constant hazard that gives `share` over `months`."""
    return float(1 - (1 - share) ** (12 / months))


def bad(loans: Sequence[Loan]) -> Floats:
    """1.0 for each loan that was charged off."""
    return np.array([float(loan.defaulted) for loan in loans])


def life_log_odds(block: Block, loans: Sequence[Loan], share: float) -> Floats:
    """Log-odds of default over the loan's life, `share` being the training loans' default share."""
    return np.asarray(logit(share) - points_of(block, loans) / SCALE.factor, dtype=float)


def _model_sd(train: Sequence[Loan], base_rate: float, seed: int) -> float:
    """Standard deviation of a firm's points when the block is trained again on resampled loans."""
    rng = np.random.default_rng(seed)
    sample = [train[i] for i in rng.integers(0, len(train), min(400, len(train)))]
    table = Table.of(APPLICATION, train)
    scores = []
    for _ in range(REFITS):
        again = table.take(rng.integers(0, len(train), len(train)))
        scores.append(points_of(fit_block(PLAN, again, base_rate, seed, SCALE), sample))
    return float(np.sqrt(np.var(scores, axis=0).mean()))


def _unseen_risk(train: Sequence[Loan], table: Table, base_rate: float, seed: int) -> Floats:
    """Points against each loan, from a block fitted without it."""
    risk = np.zeros(len(table))
    for fit, use in StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(table.bad, table.bad):
        block = fit_block(PLAN, table.take(fit), base_rate, seed, SCALE)
        risk[use] = -points_of(block, [train[i] for i in use])
    return risk


def _challenger_auc(train: Sequence[Loan], test: Sequence[Loan], seed: int) -> dict[str, float]:
    """Test AUC of boosted trees on the same facts.

    They learn from loans with a documented purpose only: trees would take the undocumented code, which most often stands on
    loans that failed, for knowledge.
    """
    documented = [loan for loan in train if "purpose" in loan.facts] or train
    found = challenger(Table.of(APPLICATION, documented), Table.of(APPLICATION, test), seed, leaves=8, rounds=150)
    return with_interval(auc, found, bad(test), seed)


def _other_years(block: Block, loans: Sequence[Loan], share: float, seed: int) -> dict[str, Any]:
    """AUC on years neither trained nor tested on, where both outcomes are frequent enough to say anything."""
    found = {}
    for year in sorted({loan.year for loan in loans} - {TRAIN_YEAR, TEST_YEAR}):
        part = [loan for loan in loans if loan.year == year]
        if min(sum(loan.defaulted for loan in part), sum(not loan.defaulted for loan in part)) >= ENOUGH:
            found[str(year)] = with_interval(auc, life_log_odds(block, part, share), bad(part), seed)
    return found


def without(loans: Sequence[Loan], fact: str) -> list[Loan]:
    """The loans with one fact not known."""
    return [replace(loan, facts={name: value for name, value in loan.facts.items() if name != fact}) for loan in loans]


def _metrics(block: Block, train: Sequence[Loan], test: Sequence[Loan], seed: int) -> dict[str, Any]:
    """Figures of the block on the test year, each with its interval; calibration is over the life of the loan."""
    share, outcome = float(bad(train).mean()), bad(test)
    log_odds = life_log_odds(block, test, share)
    raw, again = sigmoid(log_odds), recalibrated(log_odds, outcome, seed)
    return {
        "auc_train": with_interval(auc, life_log_odds(block, train, share), bad(train), seed),
        "auc_test": with_interval(auc, log_odds, outcome, seed),
        "auc_test_purpose_not_answered": with_interval(auc, life_log_odds(block, without(test, "purpose"), share), outcome, seed),
        "auc_test_boosted_challenger": _challenger_auc(train, test, seed),
        "calibration_error_before": with_interval(calibration_error, raw, outcome, seed),
        "calibration_error_recalibrated": with_interval(calibration_error, again, outcome, seed),
        "calibration_error_chance_level": chance_level(calibration_error, again, seed),
        "decile_error_recalibrated": with_interval(decile_error, again, outcome, seed),
        "decile_error_chance_level": chance_level(decile_error, again, seed),
        "default_share_train": round(share, 4),
        "default_share_test": round(float(outcome.mean()), 4),
    }


def years(loans: Sequence[Loan]) -> tuple[list[Loan], list[Loan]]:
    """The loans to train on and those to test on. Raises `DataError` unless both years have both outcomes."""
    parts = tuple([loan for loan in loans if loan.year == year] for year in (TRAIN_YEAR, TEST_YEAR))
    for year, part in zip((TRAIN_YEAR, TEST_YEAR), parts, strict=True):
        if len({loan.defaulted for loan in part}) < 2:
            raise DataError(f"fiscal year {year} needs loans of both outcomes")
    return parts[0], parts[1]


def train_application(loans: Sequence[Loan], data_hash: str, seed: int) -> Trained:
    """The block from closed loans. Raises `DataError` without both years and `LeakError` for a leaking input."""
    train, test = years(loans)
    table = Table.of(APPLICATION, train)
    for spec, column in zip(APPLICATION, table.columns, strict=True):
        if spec.kind != "number" and not known(column).any():
            raise DataError(f"no loan of fiscal year {TRAIN_YEAR} states its {spec.name}, so its choices cannot be weighed")
    areas = check_leaks(table)
    share, life = float(table.bad.mean()), float(np.median([loan.term for loan in train]))
    base_rate = round(yearly(share, life), 4)
    block = fit_block(PLAN, table, base_rate, seed, SCALE)
    shown = shown_by(_unseen_risk(train, table, base_rate, seed), table.bad, f"loans of fiscal year {TRAIN_YEAR}, folds apart", SCALE)
    origin = Origin(
        shown,
        note="known when a firm applies; loan term, state, ratings and anything later than the outcome stay out",
        source={
            "data": "SBA 7(a) loan records, United States Small Business Administration: paid in full or charged off",
            "sha256": data_hash,
            "yuan_per_dollar": YUAN_PER_DOLLAR,
        },
        training={
            "train": f"fiscal year {TRAIN_YEAR}, {len(train)} loans",
            "test": f"fiscal year {TEST_YEAR}, {len(test)} loans",
            "seed": seed,
            "auc_of_each_feature_alone": areas,
        },
        metrics=_metrics(block, train, test, seed) | {"auc_other_years": _other_years(block, loans, share, seed)},
    )
    note = (
        f"share charged off among fiscal year {TRAIN_YEAR} loans, {share:.4f}, spread at a constant hazard over their "
        f"median life of {life:.0f} months: 1 - (1 - {share:.4f})^(12/{life:.0f})"
    )
    return Trained(replace(shown.on(block), model_sd=round(_model_sd(train, base_rate, seed), 2)), origin, base_rate, note)
