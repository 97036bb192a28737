"""The workbook inside the old Office container, looked at before anything opens it.

Sources: [MS-CFB] for the container, [MS-XLS] for the records of the workbook.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from nlu.uploads import sentences
from nlu.uploads.document import UnreadableError
from nlu.uploads.opening import limits
from nlu.uploads.opening.faults import OLD_FAULTS, Faults

_LAST_SECTOR = 0xFFFFFFFA
_ENTRY = 128
_SHORT_STREAM = 4096
_FORMULA, _LOCKED, _SHEET_NAME, _BEGIN = 0x0006, 0x002F, 0x0085, 0x0809
#: Records of one cell: blank ones are not among them, for they hold nothing.
_CELLS = frozenset({0x0006, 0x0204, 0x00FD, 0x0203, 0x027E, 0x0205, 0x00D6})
_MANY_CELLS = 0x00BD
_FLAG_OR_FAULT = 0x0205
#: Kinds of results of formulas that are no numbers.
_FAULTY_RESULT, _NO_RESULT = 2, 3


def check_workbook(content: bytes) -> Faults:
    """The faults in its cells. Raises UnreadableError when it is locked, damaged, larger than the limits, or was never calculated."""
    try:
        stream = _workbook(content)
    except (struct.error, IndexError, ValueError):  # offsets that lead out of the file
        raise UnreadableError(sentences.BROKEN) from None
    seen = _Seen()
    for at, kind, record in _records(stream):
        seen.take(at, kind, record)
    seen.check()
    return seen.faults


class _Seen:
    """What the records passed so far hold."""

    def __init__(self) -> None:
        self.faults: dict[int, dict[tuple[int, int], str]] = {}
        self._sheets: dict[int, int] = {}
        self._sheet = -1
        self._cells = self._formulas = self._uncalculated = 0

    def take(self, at: int, kind: int, record: bytes) -> None:
        """One record and its place in the stream."""
        if kind == _LOCKED:
            raise UnreadableError(sentences.LOCKED)
        if kind == _SHEET_NAME and len(record) >= 4:
            self._sheets[struct.unpack_from("<I", record)[0]] = len(self._sheets)
        elif kind == _BEGIN:
            self._sheet = self._sheets.get(at, self._sheet)
        elif kind == _MANY_CELLS and len(record) >= 6:
            self._cells += (len(record) - 6) // 6
            _check_place(struct.unpack_from("<H", record)[0], struct.unpack_from("<H", record, len(record) - 2)[0])
        elif kind in _CELLS and len(record) >= 8:
            self._take_cell(kind, record)

    def _take_cell(self, kind: int, record: bytes) -> None:
        row, column = struct.unpack_from("<HH", record)
        _check_place(row, column)
        self._cells += 1
        if kind == _FORMULA and len(record) >= 14:
            self._formulas += 1
            special = record[12:14] == b"\xff\xff"
            self._uncalculated += special and record[6] == _NO_RESULT
            if special and record[6] == _FAULTY_RESULT:
                self._fault(row, column, record[8])
        elif kind == _FLAG_OR_FAULT and record[7]:
            self._fault(row, column, record[6])

    def _fault(self, row: int, column: int, code: int) -> None:
        self.faults.setdefault(self._sheet, {})[row, column] = OLD_FAULTS.get(code, "#N/A")

    def check(self) -> None:
        """Raises UnreadableError when all of it together is too much, or was never calculated."""
        if len(self._sheets) > limits.MOST_SHEETS:
            raise UnreadableError(sentences.TOO_MANY_SHEETS)
        if self._cells > limits.MOST_CELLS:
            raise UnreadableError(sentences.UNPACKS_TOO_LARGE)
        # Programs that calculate nothing write an empty result into every formula; an empty text in some of them is a result.
        if self._formulas and self._uncalculated == self._formulas:
            raise UnreadableError(sentences.UNCALCULATED)


def _check_place(row: int, column: int) -> None:
    if row >= limits.MOST_ROWS:
        raise UnreadableError(sentences.TOO_MANY_ROWS)
    if column >= limits.MOST_COLUMNS:
        raise UnreadableError(sentences.TOO_MANY_COLUMNS)


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if at == 0 and kind != _BEGIN and kind & 0xFF != 0x09:
            raise UnreadableError(sentences.BROKEN)
        yield at, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _workbook(content: bytes) -> bytes:
    """The stream named Workbook, or Book in files of before 1997. Raises ValueError, IndexError or struct.error when there is none."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    short = 1 << struct.unpack_from("<H", content, 32)[0]
    if size not in (512, 4096) or short != 64:
        raise ValueError("sector size")
    directory_at, shorts_at = struct.unpack_from("<I", content, 48)[0], struct.unpack_from("<I", content, 60)[0]

    def sector(number: int) -> bytes:
        found = content[(number + 1) * size : (number + 2) * size]
        if not found:
            raise IndexError(number)
        return found

    table = [entry for number in _table_sectors(content, size) for entry in _numbers(sector(number))]
    directory = b"".join(sector(number) for number in _chain(directory_at, table))
    streams = dict(_streams(directory))
    start, length = streams.get("workbook") or streams["book"] if "book" in streams or "workbook" in streams else (0, -1)
    if length < 0:
        raise ValueError("no workbook")
    if length >= _SHORT_STREAM:
        return b"".join(sector(number) for number in _chain(start, table))[:length]
    root = b"".join(sector(number) for number in _chain(streams["root entry"][0], table))
    shorts = [entry for number in _chain(shorts_at, table) for entry in _numbers(sector(number))]
    return b"".join(root[number * short : (number + 1) * short] for number in _chain(start, shorts))[:length]


def _table_sectors(content: bytes, size: int) -> Iterator[int]:
    """The sectors that the allocation table is in: the first 109 are listed in the header, the others in a chain."""
    listed, following = list(_numbers(content[76:512])), struct.unpack_from("<I", content, 68)[0]
    seen: set[int] = set()
    while following < _LAST_SECTOR and following not in seen:
        seen.add(following)
        more = _numbers(content[(following + 1) * size : (following + 2) * size])
        listed, following = [*listed, *more[:-1]], more[-1]
    yield from (number for number in listed if number < _LAST_SECTOR)


def _numbers(block: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4])


def _chain(start: int, table: list[int]) -> Iterator[int]:
    seen: set[int] = set()
    while start < _LAST_SECTOR:
        if start in seen:
            raise ValueError("sectors in a circle")
        seen.add(start)
        yield start
        start = table[start]


def _streams(directory: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
    """Name, first sector and length of each stream; names in small letters."""
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        used = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(0, min(used, 64) - 2)].decode("utf-16-le", "replace").lower()
        start, length = struct.unpack_from("<II", directory, at + 116)
        if name:
            yield name, (start, length)
