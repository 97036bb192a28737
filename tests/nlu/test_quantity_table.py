"""Figures in all the forms owners write, each text read on its own and compared with its row of the table."""

from __future__ import annotations

import pytest

from tests.nlu.quantity_table import Row, as_read, rows

ROWS = rows()


def test_the_table_is_broad() -> None:
    chinese = sum(not row["text"].isascii() for row in ROWS)
    assert len({row["text"] for row in ROWS}) == len(ROWS) >= 400
    assert min(chinese, len(ROWS) - chinese) >= 150


@pytest.mark.parametrize("row", ROWS, ids=[row["text"] for row in ROWS])
def test_reads_as_meant(row: Row) -> None:
    assert as_read(row["text"], year=row["kind"] == "year") == row
