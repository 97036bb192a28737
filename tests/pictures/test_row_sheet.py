"""The rows of a photo drawn for a phone: every strip is in the picture, in its own colours, under its figure."""

from __future__ import annotations

import json

import numpy as np
import pytest

from bot.conversation.picture import picture_from_json, picture_to_json
from bot.conversation.row_sheet import RowSheet, SheetRow
from bot.pictures.card import WIDTH
from bot.pictures.chart import picture_png
from nlu.uploads.grid import Cutting
from nlu.uploads.seen import jpeg
from tests.pictures.reading import pixels, size_of

COLOURS = ((200, 30, 160), (20, 160, 200), (240, 200, 20))


def strip(colour: tuple[int, int, int], width: int = 900, height: int = 60) -> bytes:
    return jpeg(Cutting(width, height, bytes(colour) * (width * height)))


def sheet(language: str = "zh", *rows: SheetRow) -> RowSheet:
    return RowSheet(language, "照片和我读到的数", "利润表（2025年）", "1 / 2", rows, "photo.png")


def share_of(png: bytes, colour: tuple[int, int, int]) -> float:
    """The share of the picture in a colour, as exactly as JPEG keeps it."""
    off = np.abs(pixels(png)[..., :3].astype(int) - np.array(colour)).max(axis=2)
    return float((off < 12).mean())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_strip_is_in_the_picture_as_wide_as_it_was_cut(language: str) -> None:
    rows = (
        SheetRow("净利润", "206,460.00 元", True, (strip(COLOURS[0]),)),
        SheetRow("毛利润", "700,800.00 元", False, (strip(COLOURS[1]), strip(COLOURS[2], 400))),
    )
    png = picture_png(sheet(language, *rows))
    width, height = size_of(png)
    assert width == WIDTH
    for colour, across in zip(COLOURS, (900, 900, 400), strict=True):
        assert share_of(png, colour) * width * height == pytest.approx(across * 60, rel=0.06)


def test_a_strip_wider_than_the_panel_is_made_to_fit() -> None:
    png = picture_png(sheet("zh", SheetRow("净利润", "1.00 元", False, (strip(COLOURS[0], 1000, 100),))))
    colours = pixels(png)[..., :3].astype(int)
    across = (np.abs(colours - np.array(COLOURS[0])).max(axis=2) < 12).any(axis=0).sum()
    assert 900 < across < 960


def test_a_figure_in_doubt_is_marked_by_more_than_its_colour() -> None:
    """With the strips alike, the sign before the label makes the difference."""
    one, other = (SheetRow("净利润", "1.00 元", is_open, (strip(COLOURS[0]),)) for is_open in (True, False))
    marked, plain = (pixels(picture_png(sheet("zh", row)))[150:260, 60:110, 0].astype(int) for row in (one, other))
    dark_marked, dark_plain = (int((part < 200).sum()) for part in (marked, plain))
    assert dark_marked != dark_plain


def test_a_long_name_and_a_long_number_do_not_run_over_each_other() -> None:
    row = SheetRow(
        "Revenue of the year before last, as it was stated in the final accounts", "CNY 123,456,789,012.00", True, (strip(COLOURS[0]),)
    )
    assert size_of(picture_png(sheet("en", row)))[0] == WIDTH


def test_a_sheet_survives_storage() -> None:
    kept = sheet("zh", SheetRow("净利润", "1.00 元", True, (strip(COLOURS[0]),)))
    assert picture_from_json(json.loads(json.dumps(picture_to_json(kept)))) == kept
