"""How long the scorecard takes for one firm with its reasons, beside a fitted object of the training library."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from knowledge.firm import Firm
from scoring.card import default_card, score
from tests.bench._firms import firms
from tests.bench._lines import TODAY, Figure, Size, at_most, percentile, rounded

#: Microseconds a firm.
TARGET = 100.0
#: A firm of which nearly all that the card reads is known: the slowest to score.
WHOLE: dict[str, Any] = {
    "industry": "industry",
    "age_months": 96,
    "employees": 62,
    "amount_sought": 3000000,
    "guaranteed_share": 0.8,
    "franchise": False,
    "purpose": "working_capital",
    "annual_revenue": 31000000,
    "previous_revenue": 28000000,
    "operating_cost": 25000000,
    "gross_profit": 6000000,
    "operating_profit": 2100000,
    "net_profit": 1450000,
    "finance_cost": 310000,
    "total_assets": 24000000,
    "total_liabilities": 13200000,
    "equity": 10800000,
    "current_assets": 15000000,
    "current_liabilities": 9100000,
    "receivables": 6100000,
    "inventory": 3900000,
    "invoiced_sales": 30500000,
    "purchase_amount": 19000000,
    "customer_count": 41,
    "void_invoice_rate": 0.05,
    "monthly_inflow": 2700000,
    "monthly_inflow_cv": 0.4,
    "largest_customer_share": 0.35,
    "monthly_debt_service": 210000,
}


def run(size: Size) -> Iterator[Figure]:
    """The median over batches of the mean time for a firm, for usual firms and for one with everything known."""
    card, whole = default_card(), Firm.of(WHOLE, TODAY)
    assert len(score(whole, card).reasons) == 4
    rounds = size.pick(50, 500)
    library = _library_object()
    row = np.ones((1, library.n_features_in_))
    beside = rounded(_each(lambda: library.predict_proba(row), rounds, 3))
    versus = f"a fitted library object, one row at a time: {beside:g} us"
    usual = firms()
    yield at_most("firm_p50", rounded(_each(lambda: [score(firm, card) for firm in usual], rounds, 30) / len(usual)), "us", TARGET, versus)
    yield at_most("whole_firm_p50", rounded(_each(lambda: score(whole, card), rounds, 60)), "us", TARGET, versus)


def _each(work: Callable[[], object], rounds: int, times: int) -> float:
    """Microseconds of one call: the median over rounds."""
    took = []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(times):
            work()
        took.append((time.perf_counter() - start) / times)
    return percentile(took, 50) * 1e6


def _library_object() -> HistGradientBoostingClassifier:
    """Boosted trees of the challenger's size, fitted on noise: how long they take does not depend on what they learnt."""
    rng = np.random.default_rng(1)
    features = sum(len(block.features) for block in default_card().blocks)
    values, bad = rng.normal(size=(2000, features)), rng.random(2000) < 0.2
    return HistGradientBoostingClassifier(max_leaf_nodes=15, max_iter=300, learning_rate=0.05, random_state=1).fit(values, bad)
