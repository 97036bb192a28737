"""Photos as a shop owner takes them, for conversations: of the statements that `owners` has as workbooks, and one that shook."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from nlu.uploads.grid import Cell, Grid
from tests.uploads.owners import english_balance_sheet, income_statement
from tests.uploads.photos.camera import Shot, photographed
from tests.uploads.photos.paper import Look, printed

_LOOK = Look(size=30, pitch=1.5, spare=4.0)
_BY_HAND = Shot(tilt=0.04, lean=3, shadow=0.3, blur=0.5, noise=3)


def _income(shot: Shot, changed: Mapping[str, int] | None = None) -> bytes:
    """An income statement with the firm on a line of its own, as narrow pages have it."""
    title, (firm, *time_and_unit), *table = income_statement(changed)
    return _photo([title, [firm], time_and_unit, *table], 3, shot)


def _photo(rows: Sequence[Sequence[object]], above: int, shot: Shot) -> bytes:
    grid = Grid(None, tuple(tuple(map(_cell, row)) for row in rows))
    return photographed(printed(grid, above, _LOOK), shot, seed=3)


def _cell(value: object) -> Cell:
    return Decimal(value).quantize(Decimal("0.01")) if isinstance(value, int) else None if value is None else str(value)


PHOTOS: Mapping[str, Callable[[], bytes]] = {
    "photo_income_wrong": lambda: _income(_BY_HAND, {"四、净利润": 206460}),
    "photo_income_shaken": lambda: _income(Shot(motion=24)),
    "photo_english_wrong": lambda: _photo(english_balance_sheet({"Inventory": 430200}), 4, _BY_HAND),
}
