"""Files opened: bytes become tables of cells with their places, whatever program wrote them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from nlu.uploads import sentences
from nlu.uploads.document import UnreadableError
from nlu.uploads.grid import Opened
from nlu.uploads.kinds import Kind, kind_of
from nlu.uploads.opening import limits


def opened(content: bytes, pictures: bool = False) -> Opened:
    """What is in a file. Raises UnreadableError, whose sentence says to its owner why it stays closed and what to do.

    `pictures`: photos are read too, and PDFs of nothing but pictures.
    """
    if len(content) > limits.LARGEST_FILE:
        raise UnreadableError(sentences.TOO_BIG)
    kind = kind_of(content)
    if kind is Kind.LOCKED and content.startswith(b"PK"):
        raise UnreadableError(sentences.PACKED_AND_LOCKED)
    if kind in sentences.UNOPENED:
        raise UnreadableError(sentences.UNOPENED[kind])
    opener = _PICTURES.get(kind) if pictures else None
    found = (opener or _OPENERS[kind])(content)
    if not any(cell is not None for grid in found.grids for row in grid.rows for cell in row):
        raise UnreadableError(sentences.NO_CELLS)
    return found


def _xlsx(content: bytes) -> Opened:
    from nlu.uploads.opening.workbook import opened_xlsx

    return opened_xlsx(content)


def _xls(content: bytes) -> Opened:
    from nlu.uploads.opening.workbook import opened_xls

    return opened_xls(content)


def _csv(content: bytes) -> Opened:
    from nlu.uploads.opening.delimited import opened_csv

    return opened_csv(content)


def _text(content: bytes) -> Opened:
    from nlu.uploads.opening.delimited import opened_text

    return opened_text(content)


def _html(content: bytes) -> Opened:
    from nlu.uploads.opening.markup import opened_html

    return opened_html(content)


def _xml_sheet(content: bytes) -> Opened:
    from nlu.uploads.opening.xml_sheet import opened_xml_sheet

    return opened_xml_sheet(content)


def _pdf(content: bytes) -> Opened:
    from nlu.uploads.opening.pdf import opened_pdf

    return opened_pdf(content)


def _picture(content: bytes) -> Opened:
    from nlu.uploads.opening.pictures import check_pixels

    check_pixels(content, kind_of(content))
    raise UnreadableError(sentences.PICTURE)


def _photo(content: bytes) -> Opened:
    from nlu.uploads.opening.pictures import check_pixels
    from nlu.uploads.photos.opened import opened_photo

    kind = kind_of(content)
    check_pixels(content, kind)
    return opened_photo(content, kind)


def _scan(content: bytes) -> Opened:
    try:
        return _pdf(content)
    except UnreadableError as error:
        if error.sentence != sentences.ONLY_PICTURES:
            raise
    from nlu.uploads.photos.opened import opened_scan

    return opened_scan(content)


def _archive(content: bytes) -> Opened:
    from nlu.uploads.opening.packages import check_archive

    check_archive(content)
    raise UnreadableError(sentences.PACKED)


#: How each kind is opened. Every library is loaded only for the files that need it, which keeps a small table fast.
_OPENERS: Mapping[Kind, Callable[[bytes], Opened]] = {
    Kind.XLSX: _xlsx,
    Kind.XLS: _xls,
    Kind.XML_SHEET: _xml_sheet,
    Kind.CSV: _csv,
    Kind.TEXT: _text,
    Kind.HTML: _html,
    Kind.PDF: _pdf,
    Kind.PNG: _picture,
    Kind.JPEG: _picture,
    Kind.HEIC: _picture,
    Kind.ZIP: _archive,
}

#: How what is only seen is opened, where that is asked for.
_PICTURES: Mapping[Kind, Callable[[bytes], Opened]] = {Kind.PNG: _photo, Kind.JPEG: _photo, Kind.HEIC: _photo, Kind.PDF: _scan}
