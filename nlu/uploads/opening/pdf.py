"""PDF pages, by pdfium: characters with their places, form fields among them, and the rules drawn between them."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from nlu.uploads import sentences
from nlu.uploads.document import UnreadableError
from nlu.uploads.grid import Box, Cell, Grid, Opened
from nlu.uploads.kinds import Kind
from nlu.uploads.opening import cells, limits
from nlu.uploads.opening.columns import placed
from nlu.uploads.opening.glyphs import Placed, lines_of
from nlu.uploads.opening.rules import Rule, Table, tables_of
from nlu.uploads.opening.scans import is_scanned

#: Radians that a character may lean and still belong to the text of the page; a watermark leans more.
_UPRIGHT = 0.1
#: Points that the ends of a line may differ and still be level or upright.
_STRAIGHT = 1.0
_MOST_SEGMENTS = 40_000
_INVISIBLE = raw.FPDF_TEXTRENDERMODE_INVISIBLE


def opened_pdf(content: bytes) -> Opened:
    """A PDF as one nameless grid a page, whose rows are the lines of the page or of its ruled tables. Raises UnreadableError.

    Every cell is a text and has a box. A table that goes on over pages keeps its columns.
    """
    document = _document(content)
    try:
        pages: list[_Page] = []
        for number in range(len(document)):
            pages.append(_page(document, number, limits.MOST_CHARACTERS - sum(len(page.glyphs) for page in pages)))
    except pdfium.PdfiumError:
        raise UnreadableError(sentences.BROKEN) from None
    finally:
        document.close()
    if not any(page.glyphs and not page.scanned for page in pages):
        raise UnreadableError(sentences.ONLY_PICTURES if any(page.scanned for page in pages) else sentences.NO_CELLS)
    return Opened(Kind.PDF, tuple(_grids(pages)))


def _document(content: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        raise UnreadableError(sentences.LOCKED if locked else sentences.BROKEN) from None
    pages = len(document)
    if not 0 < pages <= limits.MOST_PAGES:
        document.close()
        raise UnreadableError(sentences.TOO_MANY_PAGES if pages else sentences.BROKEN)
    document.init_forms()
    return document


@dataclass(frozen=True)
class _Page:
    glyphs: tuple[Placed, ...]
    tables: tuple[Table, ...]
    scanned: bool = False


@dataclass(frozen=True)
class _View:
    """How a page is turned when it is shown: from the file's places, which count from below, to ours."""

    turns: int
    left: float
    bottom: float
    right: float
    top: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        match self.turns % 4:
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case 3:
                return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        (x1, y1), (x2, y2) = self.point(left, bottom), self.point(right, top)
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _page(document: pdfium.PdfDocument, number: int, most: int) -> _Page:
    page = document[number]
    if document.formenv is not None:
        # What was typed into fields becomes text of the page.
        page.flatten()
        page.close()
        page = document[number]
    left, bottom, right, top = page.get_cropbox()
    characters = list(_characters(page, most))
    turned = Counter(round(angle / (math.pi / 2)) % 4 for angle, *_ in characters)
    # Text that runs up or down the page is read as its readers do, by turning the page.
    quarter = turned.most_common(1)[0][0] if turned else 0
    view = _View(page.get_rotation() // 90 - quarter if not page.get_rotation() else page.get_rotation() // 90, left, bottom, right, top)
    glyphs = tuple(
        Placed(text, *view.box(*box))
        for angle, text, box in characters
        if abs((angle - quarter * math.pi / 2 + math.pi) % math.tau - math.pi) < _UPRIGHT
    )
    upright, level = _rules(page, view)
    scanned = is_scanned(page, len(glyphs))
    page.close()
    return _Page(glyphs, tuple(tables_of(upright, level)), scanned)


_Character = tuple[float, str, tuple[float, float, float, float]]


def _characters(page: pdfium.PdfPage, most: int) -> Iterator[_Character]:
    """Angle, text and box of what is visible. Raises UnreadableError when there is more than `most`."""
    text = page.get_textpage()
    if text.count_chars() > most:
        raise UnreadableError(sentences.TOO_MUCH_WORK)
    box = raw.FS_RECTF()
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        if code < 0x20 or 0xD800 <= code < 0xE000 or code >= 0xFFFE:
            continue
        drawn = raw.FPDFText_GetTextObject(text, index)
        if drawn and raw.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE:
            continue
        raw.FPDFText_GetLooseCharBox(text, index, box)
        if box.right > box.left and box.top > box.bottom:
            yield raw.FPDFText_GetCharAngle(text, index), chr(code), (box.left, box.bottom, box.right, box.top)
    text.close()


def _rules(page: pdfium.PdfPage, view: _View) -> tuple[list[Rule], list[Rule]]:
    """Upright and level lines: those that were drawn, and the sides of boxes, filled ones too."""
    upright, level = [], []
    for (x1, y1), (x2, y2) in _segments(page, view):
        if abs(x1 - x2) <= _STRAIGHT and abs(y1 - y2) > _STRAIGHT:
            upright.append(Rule((x1 + x2) / 2, min(y1, y2), max(y1, y2)))
        elif abs(y1 - y2) <= _STRAIGHT and abs(x1 - x2) > _STRAIGHT:
            level.append(Rule((y1 + y2) / 2, min(x1, x2), max(x1, x2)))
    return upright, level


_Point = tuple[float, float]


def _segments(page: pdfium.PdfPage, view: _View) -> Iterator[tuple[_Point, _Point]]:
    left = _MOST_SEGMENTS
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=6):
        left -= raw.FPDFPath_CountSegments(drawn)
        if left < 0:
            return
        if _painted(drawn):
            yield from ((view.point(*first), view.point(*last)) for first, last in _path(drawn))


def _painted(drawn: pdfium.PdfObject) -> bool:
    fill, stroke = ctypes.c_int(), raw.FPDF_BOOL()
    raw.FPDFPath_GetDrawMode(drawn, fill, stroke)
    return bool(fill.value or stroke.value)


def _path(drawn: pdfium.PdfObject) -> Iterator[tuple[_Point, _Point]]:
    """The straight pieces of a path, in places of the page."""
    matrix = drawn.get_matrix()
    container = drawn.container
    while container is not None:
        matrix = matrix.multiply(container.get_matrix())
        container = container.container
    x, y = ctypes.c_float(), ctypes.c_float()
    begun: _Point | None = None
    last: _Point | None = None
    for index in range(raw.FPDFPath_CountSegments(drawn)):
        segment = raw.FPDFPath_GetPathSegment(drawn, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            begun = point
        elif kind == raw.FPDF_SEGMENT_LINETO and last is not None:
            yield last, point
        if raw.FPDFPathSegment_GetClose(segment) and begun is not None:
            yield point, begun
        last = point


def _grids(pages: list[_Page]) -> Iterator[Grid]:
    columns: list[float] | None = None
    for number, page in enumerate(pages, 1):
        rows, columns = _rows(page, columns)
        yield _grid(number, rows)


def _rows(page: _Page, columns: list[float] | None) -> tuple[list[dict[int, Placed]], list[float] | None]:
    """Everything on a page, from the top: lines between tables, and the rows of tables."""
    rows: list[dict[int, Placed]] = []
    outside = list(page.glyphs)
    for table in page.tables:
        inside = [glyph for glyph in outside if table.holds(glyph)]
        if not inside:
            continue
        held = set(map(id, inside))
        above = [glyph for glyph in outside if id(glyph) not in held and glyph.middle[1] < table.ys[0]]
        held.update(map(id, above))
        outside = [glyph for glyph in outside if id(glyph) not in held]
        rows.extend(placed(lines_of(above))[0] if above else [])
        rows.extend(row for row in table.rows(inside) if row)
    if not outside:
        return rows, columns
    below, columns = placed(lines_of(outside), columns)
    return [*rows, *below], columns


def _grid(page: int, rows: list[dict[int, Placed]]) -> Grid:
    boxes: dict[tuple[int, int], Box] = {}
    table: list[list[Cell]] = []
    for number, row in enumerate(rows):
        line: list[Cell] = [None] * (max(row, default=-1) + 1)
        for column, piece in row.items():
            line[column] = cells.of_text(piece.text)
            boxes[number, column] = Box(page, piece.left, piece.top, piece.right, piece.bottom)
        table.append(line)
    return Grid(None, cells.trimmed(table), boxes)
