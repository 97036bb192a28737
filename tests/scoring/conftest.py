"""Training in little: fewer folds, trees and resamples, so that what is learned is tested and not how long that takes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from threadpoolctl import threadpool_limits

from scoring.training import loan_block, metrics, statement_block


@pytest.fixture(scope="session")
def in_little() -> Iterator[None]:
    """For every test that trains. One thread: on small tables the others only wait for each other."""
    with pytest.MonkeyPatch.context() as patch, threadpool_limits(limits=1):
        patch.setattr(loan_block, "REFITS", 2)
        patch.setattr(statement_block, "FOLDS", 3)
        patch.setattr(statement_block, "ROUNDS", 30)
        patch.setattr(metrics, "RESAMPLES", 60)
        yield
