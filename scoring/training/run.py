"""Training the card: ``advisor score train --data DIR``."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from scoring.card_reading import parse_card
from scoring.training import loans as loan_data
from scoring.training import polish
from scoring.training.application import APPLICATION
from scoring.training.invoices import INVOICES, judged_block
from scoring.training.loan_block import SCALE, train_application
from scoring.training.loans import Loan
from scoring.training.polish import Statement
from scoring.training.reaches import judged_from
from scoring.training.statement_block import train_statements
from scoring.training.statements import STATEMENTS
from scoring.training.writing import Origin, block_json, card_json

SEED = 20_04
_JUDGED_NOTE = (
    "weights are judged, not trained: no such data may be shipped. Not calibrated; a lender should move the intercept "
    "once it has outcomes of its own"
)
_JUDGED_SOURCE = {"data": "expert weights, each with its reason in the note of the feature"}


def train_card(
    loans: Sequence[Loan], statements: Sequence[Statement], hashes: tuple[str, str], on: date, seed: int = SEED
) -> dict[str, Any]:
    """The card's JSON. Raises `DataError` for data that do not do, `LeakError` for a leaking or forbidden input."""
    application = train_application(loans, hashes[0], seed)
    told = train_statements(statements, hashes[1], application.base_rate, seed)
    judged = judged_from([application.origin.shown, told.origin.shown])
    raw = card_json(
        [
            block_json(application.block, APPLICATION, application.origin),
            block_json(told.block, STATEMENTS, told.origin),
            block_json(judged.on(judged_block()), [one.spec for one in INVOICES], Origin(judged, _JUDGED_NOTE, _JUDGED_SOURCE, {}, {})),
        ],
        SCALE,
        application.base_rate,
        application.base_rate_note,
        on,
    )
    parse_card(raw)  # what is written must be readable
    return raw


def train_from(folder: Path, out: Path, on: date) -> dict[str, Any]:
    """Reads the data below `folder`, writes the card to `out` and returns its JSON. Raises as `train_card` does."""
    hashes = (loan_data.fingerprint(folder), polish.fingerprint(folder))
    raw = train_card(list(loan_data.read_loans(folder)), list(polish.read_statements(folder)), hashes, on)
    out.write_text(json.dumps(raw, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return raw
