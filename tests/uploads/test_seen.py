"""Figures of a picture with their places in it, and what of it their owner is shown."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PIL import Image

from nlu.uploads.document import Document, Figure, Findings, Period
from nlu.uploads.grid import At, Box, Cutting, Grid, Opened, View
from nlu.uploads.kinds import Kind
from nlu.uploads.opening.limits import MOST_STRIPS
from nlu.uploads.seen import jpeg, seen

DAY = Period(date(2025, 12, 31), date(2025, 12, 31))
LABEL, NUMBER, NOW, BEFORE = Box(1, 20, 30, 80, 44), Box(1, 100, 31, 110, 45), Box(1, 150, 29, 200, 43), Box(1, 480, 29, 530, 43)
GRID = Grid(None, ((), ("存货", "9", "403,200.00", "1.00")), {(1, 0): LABEL, (1, 1): NUMBER, (1, 2): NOW, (1, 3): BEFORE})


class Camera:
    """Stands in for the photo: what was cut out of it, and where the frame was."""

    def __init__(self) -> None:
        self.cuts: list[tuple[tuple[Box, ...], Box]] = []

    def __call__(self, parts: Sequence[Box], framed: Box) -> Cutting:
        self.cuts.append((tuple(parts), framed))
        return Cutting(1, 1, b"rgb")


def findings(*at: At, fact: str = "inventory") -> Findings:
    return Findings(Document.BALANCE_SHEET, (Figure(fact, Decimal("403200.00"), "存货", at, DAY),))


def photo(camera: Camera | None, grid: Grid = GRID) -> Opened:
    return Opened(Kind.JPEG, (grid,), views={1: View((2, 0, 10, 0, 2, 20, 0, 0, 1), camera)})


def test_a_place_in_the_levelled_page_becomes_that_in_the_photo() -> None:
    found = seen(findings(GRID.at(1, 2)), photo(None))
    assert [place.box for place in found.figures[0].at] == [Box(1, 310, 78, 410, 106)]
    tilted = View((1, 0, 0, 0, 1, 0, 0.01, 0, 1))
    assert tilted.seen(Box(1, 0, 0, 100, 50)) == Box(1, 0, 0, 50, 50)


@pytest.mark.parametrize(
    ("column", "parts", "framed"),
    [
        (2, (Box(1, 20, 29, 200, 44),), NOW),
        (3, (LABEL, BEFORE), BEFORE),
    ],
    ids=["from_its_label_on", "far_from_its_label"],
)
def test_a_row_is_shown_from_its_label_to_its_figure(column: int, parts: tuple[Box, ...], framed: Box) -> None:
    camera = Camera()
    found = seen(findings(GRID.at(1, column)), photo(camera))
    assert camera.cuts == [(parts, framed)]
    assert [(strip.fact, strip.cutting) for strip in found.strips] == [("inventory", Cutting(1, 1, b"rgb"))]


def test_a_figure_without_a_label_before_it_is_shown_alone() -> None:
    camera = Camera()
    alone = replace(GRID, rows=((), (None, "9", "403,200.00")))
    seen(findings(alone.at(1, 2)), photo(camera, alone))
    assert camera.cuts == [((NOW,), NOW)]


def test_a_label_in_two_parts_is_shown_whole_and_no_other_columns_words_with_it() -> None:
    camera = Camera()
    texts, lefts = ("流动负债：", "二、营业利润（亏损以", "号填列）", "21", "403,200.00"), (0, 100, 200, 250, 270)
    boxes = {(0, column): Box(1, left, 10, left + (80 if column == 1 else 30), 24) for column, left in enumerate(lefts)}
    grid = Grid(None, (texts,), boxes)
    seen(findings(grid.at(0, 4)), photo(camera, grid))
    assert camera.cuts == [((Box(1, 100, 10, 300, 24),), boxes[0, 4])]


def test_of_a_figure_of_many_rows_the_first_are_shown_and_never_more_than_can_be_sent() -> None:
    rows = tuple(("存货", f"{row}.00") for row in range(200))
    boxes = {(row, column): Box(1, 50 * column, 20 * row, 50 * column + 40, 20 * row + 14) for row in range(200) for column in (0, 1)}
    grid = Grid(None, rows, boxes)
    every = [grid.at(row, 1) for row in range(200)]
    assert len(seen(findings(*every), photo(Camera(), grid)).strips) == 3
    single = replace(findings(), figures=tuple(findings(at, fact=f"fact_{at.row}").figures[0] for at in every))
    assert len(seen(single, photo(Camera(), grid)).strips) == MOST_STRIPS


def test_a_file_that_was_not_photographed_stays_as_it_is() -> None:
    found = findings(GRID.at(1, 2))
    assert seen(found, Opened(Kind.PDF, (GRID,))) == found


def test_pixels_become_a_picture_of_their_colour() -> None:
    picture = Image.open(io.BytesIO(jpeg(Cutting(16, 8, bytes((200, 30, 40)) * 128))))
    assert (picture.format, picture.size) == ("JPEG", (16, 8))
    pixel = picture.convert("RGB").getpixel((8, 4))
    assert isinstance(pixel, tuple)
    assert all(abs(shown - meant) < 8 for shown, meant in zip(pixel, (200, 30, 40), strict=True))
