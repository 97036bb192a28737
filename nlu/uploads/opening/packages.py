"""What is in a zip container, looked at before anything opens it. Its own statements of sizes are not believed.

Sources: PKWARE's APPNOTE for the container, ECMA-376 parts 1 and 3 for the sheets in it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from nlu.uploads import sentences
from nlu.uploads.document import UnreadableError
from nlu.uploads.opening import limits
from nlu.uploads.opening.faults import sheet_parts

_CHUNK = 1024 * 1024
_SHEET = re.compile(r"xl/(?:work|chart|dialog|macro)sheets?/[^/]+\.xml", re.IGNORECASE)
_MARKUP = (".xml", ".rels")
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
# Inside of a tag no `<` can stand; with it excluded no search runs on from one tag to the next.
_FAR_AWAY = rb"0*(?P<row>[1-9]\d{5,}|[5-9]\d{4})"
#: A cell with something in it (not closed at once) beyond column IV, or in a row of five digits or more.
_FAR = re.compile(
    rb"<(?:\w+:)?c\s[^<>]*?\br\s*=\s*[\"'](?:(?P<column>(?:[A-Z]{3,}|[J-Z][A-Z]|I[W-Z])\d+)|[A-Z]+" + _FAR_AWAY + rb")[\"'][^<>]*(?<!/)>",
    re.IGNORECASE,
)
#: What every such place has in it, found three times as fast; most sheets have none.
_MAYBE_FAR = re.compile(rb"r\s*=\s*[\"'](?:[A-Za-z]{3}|[J-Zj-z][A-Za-z]|[Ii][W-Zw-z]|[A-Za-z]+0*(?:[1-9]\d{5}|[5-9]\d{4}))")
_FAR_ROW = re.compile(rb"<(?:\w+:)?row\s[^<>]*?\br\s*=\s*[\"']" + _FAR_AWAY + rb"[\"'][^<>]*(?<!/)>", re.IGNORECASE)
_PLACELESS = re.compile(rb"<(?:\w+:)?c(?:\s+(?!r\s*=)[\w:]+\s*=\s*[\"'][^\"'<]*[\"'])*\s*/?>", re.IGNORECASE)
#: A formula without a result. One whose result is an empty text has a `t="str"`.
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_UNCALCULATED = re.compile(
    rb"<(?:\w+:)?c(?P<about>\s[^<>]*)?>\s*<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_TEXT_RESULT = re.compile(rb"\st\s*=\s*[\"'](?:str|s|inlineStr)[\"']")


def scanned_entries(content: bytes) -> dict[str, bytes]:
    """The parts of a container, unpacked within the limits. Raises UnreadableError."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):  # what the library says of a damaged directory
        raise UnreadableError(sentences.BROKEN) from None
    if len(entries) > limits.MOST_ENTRIES:
        raise UnreadableError(sentences.TOO_MANY_PARTS)
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableError(sentences.LOCKED)
    parts: dict[str, bytes] = {}
    left = limits.MOST_UNPACKED
    for entry in entries:
        parts[entry.filename] = _unpacked(content, entry, left)
        left -= len(parts[entry.filename])
    return parts


def _unpacked(content: bytes, entry: zipfile.ZipInfo, at_most: int) -> bytes:
    """One entry, unpacked from its bytes; as long as it really is."""
    at = entry.header_offset
    if content[at : at + 4] != b"PK\x03\x04":
        raise UnreadableError(sentences.BROKEN)
    start = at + 30 + int.from_bytes(content[at + 26 : at + 28], "little") + int.from_bytes(content[at + 28 : at + 30], "little")
    packed = content[start : start + entry.compress_size]
    if len(packed) < entry.compress_size:
        raise UnreadableError(sentences.BROKEN)
    if entry.compress_type == zipfile.ZIP_STORED:
        unpacked = packed
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        unpacked = _inflated(packed, at_most)
    else:
        raise UnreadableError(sentences.BROKEN)
    if len(unpacked) > at_most or (len(unpacked) > limits.BOMB_FROM and len(unpacked) > limits.BOMB_RATIO * len(packed)):
        raise UnreadableError(sentences.UNPACKS_TOO_LARGE)
    if len(unpacked) != entry.file_size:
        raise UnreadableError(sentences.BROKEN)
    return unpacked


def _inflated(packed: bytes, at_most: int) -> bytes:
    engine, pieces, length = zlib.decompressobj(-zlib.MAX_WBITS), [], 0
    try:
        while packed and length <= at_most:
            pieces.append(engine.decompress(packed, _CHUNK))
            length += len(pieces[-1])
            packed = engine.unconsumed_tail
    except zlib.error:
        raise UnreadableError(sentences.BROKEN) from None
    return b"".join(pieces)


def check_sheets(parts: dict[str, bytes]) -> None:
    """Raises UnreadableError when the sheets hold more than the limits, or formulas that were never calculated."""
    listed = set(sheet_parts(parts))
    sheets = [part for name, part in parts.items() if name in listed or _SHEET.fullmatch(name)]
    if any(_DECLARATION.search(part) for part in (*sheets, *(part for name, part in parts.items() if name.lower().endswith(_MARKUP)))):
        raise UnreadableError(sentences.UNSAFE)
    if len(sheets) > limits.MOST_SHEETS:
        raise UnreadableError(sentences.TOO_MANY_SHEETS)
    cells = 0
    for sheet in sheets:
        cells += sheet.count(b"<c ") + sheet.count(b":c ")
        _check_places(sheet)
        _check_formulas(sheet)
    if cells > limits.MOST_CELLS:
        raise UnreadableError(sentences.UNPACKS_TOO_LARGE)


def _check_places(sheet: bytes) -> None:
    for far in _FAR.finditer(sheet) if _MAYBE_FAR.search(sheet) else ():
        if far["column"]:
            raise UnreadableError(sentences.TOO_MANY_COLUMNS)
        if int(far["row"]) > limits.MOST_ROWS:
            raise UnreadableError(sentences.TOO_MANY_ROWS)
    if not _PLACELESS.search(sheet):
        return
    # Cells that do not say where they stand follow one another, from the row's own number on.
    if any(int(far["row"]) > limits.MOST_ROWS for far in _FAR_ROW.finditer(sheet)):
        raise UnreadableError(sentences.TOO_MANY_ROWS)
    rows = _ROW.split(sheet)
    if len(rows) > limits.MOST_ROWS + 1:
        raise UnreadableError(sentences.TOO_MANY_ROWS)
    if any(len(_CELL.findall(row)) > limits.MOST_COLUMNS for row in rows):
        raise UnreadableError(sentences.TOO_MANY_COLUMNS)


def _check_formulas(sheet: bytes) -> None:
    if not _FORMULA.search(sheet):
        return
    if any(not _TEXT_RESULT.search(found["about"] or b"") for found in _UNCALCULATED.finditer(sheet)):
        raise UnreadableError(sentences.UNCALCULATED)


def check_archive(content: bytes) -> None:
    """Raises UnreadableError when a container is none of several files: a spreadsheet of another office."""
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise UnreadableError(sentences.BROKEN) from None
    if {"mimetype", "content.xml"} <= set(names):
        raise UnreadableError(sentences.OPEN_DOCUMENT)
