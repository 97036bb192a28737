"""Training the card: ``python -m scoring.train --data DIR --out scoring/card.json --date 2026-01-31``.

Out of time: fiscal year 2004 trains, 2005 tests. Records of earlier years are few or of another programme.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from scoring.card import Card
from scoring.card_schema import Block, parse_card
from scoring.train_bins import Floats
from scoring.train_data import DataError, Loan, fingerprint, read_loans
from scoring.train_json import block_json, card_json
from scoring.train_metrics import (
    LeakError,
    auc,
    calibration_error,
    chance_level,
    check_leaks,
    decile_error,
    recalibrated,
    with_interval,
)
from scoring.train_model import Scale, fit_block, logit, points_of, sigmoid, value_of
from scoring.train_spec import APPLICATION

TRAIN_YEAR, TEST_YEAR = 2004, 2005
SEED = 20_04
REFITS = 20
ENOUGH = 200  # loans of each outcome before a year's figure is reported
SCALE = Scale()


def yearly(share: float, months: float) -> float:
    """The 12-month default probability of a constant hazard that gives `share` over `months`."""
    return float(1 - (1 - share) ** (12 / months))


def _bad(loans: Sequence[Loan]) -> Floats:
    return np.array([float(loan.defaulted) for loan in loans])


def _card(block: Block, base_rate: float) -> Card:
    return Card("training", SCALE.points, SCALE.odds, SCALE.double, base_rate, (("-", 1.0),), 1.28, 0.0, (block,))


def _log_odds(block: Block, loans: Sequence[Loan], share: float) -> Floats:
    """Log-odds of default over the loan's life, `share` being the training loans' default share."""
    card = _card(block, share)
    return np.asarray((card.base_points - points_of(card, loans)) / SCALE.factor + logit(share), dtype=float)


def model_sd(train: Sequence[Loan], base_rate: float, seed: int) -> float:
    """Standard deviation of a firm's points when the block is trained again on resampled loans."""
    rng = np.random.default_rng(seed)
    sample = [train[i] for i in rng.integers(0, len(train), min(400, len(train)))]
    scores = []
    for _ in range(REFITS):
        again = [train[i] for i in rng.integers(0, len(train), len(train))]
        block = fit_block("application", APPLICATION, again, base_rate, seed, SCALE)
        scores.append(points_of(_card(block, base_rate), sample))
    return float(np.sqrt(np.var(scores, axis=0).mean()))


def challenger_auc(train: Sequence[Loan], test: Sequence[Loan], seed: int) -> dict[str, float]:
    """Test AUC of boosted trees on the same facts: what the card gives up by being a card. Reported, not shipped."""
    names = sorted({str(loan.facts["industry"]) for loan in train if "industry" in loan.facts})
    code = {name: i for i, name in enumerate(names)}

    def table(loans: Sequence[Loan]) -> Floats:
        rows = []
        for loan in loans:
            values = [value_of(spec, loan.facts) for spec in APPLICATION]
            rows.append([code.get(v, np.nan) if isinstance(v, str) else np.nan if v is None else v for v in values])
        return np.array(rows, dtype=float)

    model = HistGradientBoostingClassifier(max_depth=3, max_iter=120, learning_rate=0.06, categorical_features=[0], random_state=seed)
    model.fit(table(train), _bad(train))
    return with_interval(auc, model.predict_proba(table(test))[:, 1], _bad(test), seed)


def other_years(block: Block, loans: Sequence[Loan], share: float, seed: int) -> dict[str, Any]:
    """AUC on years neither trained nor tested on, where both outcomes are frequent enough to say anything."""
    found = {}
    for year in sorted({loan.year for loan in loans} - {TRAIN_YEAR, TEST_YEAR}):
        part = [loan for loan in loans if loan.year == year]
        if min(sum(loan.defaulted for loan in part), sum(not loan.defaulted for loan in part)) >= ENOUGH:
            found[str(year)] = with_interval(auc, _log_odds(block, part, share), _bad(part), seed)
    return found


def measure(block: Block, train: Sequence[Loan], test: Sequence[Loan], seed: int) -> dict[str, Any]:
    """Figures of the block on the test year, each with its interval; calibration is over the life of the loan."""
    share, bad = float(_bad(train).mean()), _bad(test)
    log_odds = _log_odds(block, test, share)
    raw, again = sigmoid(log_odds), recalibrated(log_odds, bad, seed)
    return {
        "auc_train": with_interval(auc, _log_odds(block, train, share), _bad(train), seed),
        "auc_test": with_interval(auc, log_odds, bad, seed),
        "auc_test_boosted_challenger": challenger_auc(train, test, seed),
        "calibration_error_before": with_interval(calibration_error, raw, bad, seed),
        "calibration_error_recalibrated": with_interval(calibration_error, again, bad, seed),
        "calibration_error_chance_level": chance_level(calibration_error, again, seed),
        "decile_error_recalibrated": with_interval(decile_error, again, bad, seed),
        "decile_error_chance_level": chance_level(decile_error, again, seed),
        "default_share_train": round(share, 4),
        "default_share_test": round(float(bad.mean()), 4),
    }


def train_card(loans: Sequence[Loan], data_hash: str, on: date, seed: int = SEED) -> dict[str, Any]:
    """The card's JSON from closed loans. Raises `DataError` without both years and `LeakError` for a leaking input."""
    train = [loan for loan in loans if loan.year == TRAIN_YEAR]
    test = [loan for loan in loans if loan.year == TEST_YEAR]
    for year, part in ((TRAIN_YEAR, train), (TEST_YEAR, test)):
        if len({loan.defaulted for loan in part}) < 2:
            raise DataError(f"fiscal year {year} needs loans of both outcomes")
    features = {spec.name: [value_of(spec, loan.facts) for loan in train] for spec in APPLICATION}
    areas = check_leaks(features, [loan.defaulted for loan in train])
    share, life = float(_bad(train).mean()), float(np.median([loan.term for loan in train]))
    base_rate = round(yearly(share, life), 4)
    block = fit_block("application", APPLICATION, train, base_rate, seed, SCALE)
    window = {
        "train": f"fiscal year {TRAIN_YEAR}, {len(train)} loans",
        "test": f"fiscal year {TEST_YEAR}, {len(test)} loans",
        "seed": seed,
        "auc_of_each_feature_alone": areas,
    }
    metrics = measure(block, train, test, seed) | {"auc_other_years": other_years(block, loans, share, seed)}
    raw = card_json(
        block_json(block, APPLICATION, data_hash, window, metrics),
        SCALE,
        base_rate,
        f"share charged off among fiscal year {TRAIN_YEAR} loans, {share:.4f}, spread at a constant hazard over their "
        f"median life of {life:.0f} months: 1 - (1 - {share:.4f})^(12/{life:.0f})",
        round(model_sd(train, base_rate, seed), 2),
        on,
    )
    parse_card(raw)  # what is written must be readable
    return raw


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0 when the card was written, 2 with one sentence on standard error otherwise."""
    parser = argparse.ArgumentParser(prog="python -m scoring.train", description="Train the points card.")
    parser.add_argument("--data", type=Path, required=True, help="folder that holds scoring/sba_loans_to_fy2005.csv.gz")
    parser.add_argument("--out", type=Path, default=Path("scoring/card.json"))
    parser.add_argument("--date", type=date.fromisoformat, required=True, help="the card's date, which is its version")
    given = parser.parse_args(arguments)
    try:
        raw = train_card(list(read_loans(given.data)), fingerprint(given.data), given.date)
    except (DataError, LeakError) as error:
        print(error, file=sys.stderr)
        return 2
    given.out.write_text(json.dumps(raw, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(raw["blocks"][0]["metrics"], indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
