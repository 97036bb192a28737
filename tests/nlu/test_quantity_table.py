"""Figures in all the forms owners write: one table, tests/data/quantities.tsv, each string read on its own."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from nlu.quantities import quantities

TODAY = date(2026, 11, 21)
_TABLE = Path(__file__).parents[1] / "data" / "quantities.tsv"
ROWS = list(csv.DictReader(_TABLE.read_text("utf-8").splitlines(), delimiter="\t"))


@pytest.mark.parametrize("row", ROWS, ids=[row["text"] for row in ROWS])
def test_reads_as_meant(row: dict[str, str]) -> None:
    found = [item for item in quantities(row["text"], today=TODAY) if item.kind != "year" or row["kind"] == "year"]
    if row["kind"] == "none":
        assert found == []
        return
    assert [(item.kind, item.value) for item in found] == [(row["kind"], Decimal(row["value"]))]
    item = found[0]
    if row["low"]:
        assert (item.low, item.high) == (Decimal(row["low"]), Decimal(row["high"]))
    note = row["note"] or ""
    assert item.approximate or note != "approx"
    assert (len(item.readings) > 1 or item.kind == "number") if note == "ambiguous" else len(item.readings) <= 1
    assert item.currency == note if note in ("usd", "eur", "hkd") else item.currency in (None, "cny")
