"""Figures out of a picture, with their places in it and the rows in which they stand, for their owner to compare."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

from PIL import Image

from nlu.uploads.document import Figure, Findings, Strip
from nlu.uploads.grid import At, Box, Cutting, Opened
from nlu.uploads.opening.limits import MOST_STRIPS

#: Rows that are shown of a figure that was made of several.
_OF_ONE = 3
#: Points between a label and its figure that are shown as they are; more would make the letters too small on a phone.
_FAR = 300.0
#: Points between two parts of one label.
_PARTED = 40.0
_QUALITY = 80


def seen(findings: Findings, opened: Opened) -> Findings:
    """The findings with the boxes of the picture that was sent, and strips of it; those of any other file as they are."""
    if not opened.views:
        return findings
    strips = [strip for figure in findings.figures for strip in _strips(figure, opened)]
    figures = tuple(replace(figure, at=tuple(_in_picture(at, opened) for at in figure.at)) for figure in findings.figures)
    return replace(findings, figures=figures, strips=tuple(strips[:MOST_STRIPS]))


def _in_picture(at: At, opened: Opened) -> At:
    """A cell with its box as it is in the picture that its owner sent."""
    view = opened.views.get(at.box.page) if at.box is not None else None
    return at if view is None or at.box is None else replace(at, box=view.seen(at.box))


def _strips(figure: Figure, opened: Opened) -> Iterator[Strip]:
    for at in figure.at[:_OF_ONE]:
        view = opened.views.get(at.box.page) if at.box is not None else None
        if at.box is not None and view is not None and view.cut is not None:
            yield Strip(figure.fact, view.cut(_row(at, at.box, opened), at.box))


def _row(at: At, box: Box, opened: Opened) -> tuple[Box, ...]:
    """What is shown of a figure's row: from its label to the figure, or the two by themselves where they stand far apart."""
    label = _label(at, box, opened)
    if label is None:
        return (box,)
    if box.right - label.left > _FAR:
        return (label, box)
    return (_around(label, box),)


def _label(at: At, box: Box, opened: Opened) -> Box | None:
    """The nearest words before a figure; a label of which a sign was not found has two parts."""
    grid = next((grid for grid in opened.grids if grid.boxes.get((at.row, at.column)) == box), None)
    if grid is None:
        return None
    label: Box | None = None
    for column in range(at.column - 1, -1, -1):
        cell, place = grid.cell(at.row, column), grid.boxes.get((at.row, column))
        if place is None:
            continue
        words = isinstance(cell, str) and any(letter.isalpha() for letter in cell)
        if label is None and words:
            label = place
        elif label is not None and words and label.left - place.right < _PARTED:
            label = _around(place, label)
        elif label is not None:
            break
    return label


def _around(one: Box, other: Box) -> Box:
    """The box that takes in two."""
    edges = min(one.left, other.left), min(one.top, other.top), max(one.right, other.right), max(one.bottom, other.bottom)
    return Box(one.page, *edges)


def jpeg(cutting: Cutting) -> bytes:
    """A piece of a picture as a file of its own, some ten kilobytes."""
    target = io.BytesIO()
    Image.frombytes("RGB", (cutting.width, cutting.height), cutting.pixels).save(target, "JPEG", quality=_QUALITY)
    return target.getvalue()
