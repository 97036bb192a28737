"""Workbooks written as one XML text, the format of Excel 2003 ("SpreadsheetML"). Entities are never expanded."""

from __future__ import annotations

import re
from datetime import date, datetime
from xml.parsers import expat

from nlu.uploads import sentences
from nlu.uploads.document import UnreadableError
from nlu.uploads.grid import Cell, Grid, Opened
from nlu.uploads.kinds import Kind
from nlu.uploads.opening import cells, limits

_SHEETS = "urn:schemas-microsoft-com:office:spreadsheet"
_EXCEL = "urn:schemas-microsoft-com:office:excel"
_STATED = re.compile(rb'(<\?xml[^>]*?)\s+encoding\s*=\s*["\'](?:gb2312|gbk|gb18030)["\']', re.IGNORECASE)


def opened_xml_sheet(content: bytes) -> Opened:
    """The workbook's sheets. Raises UnreadableError."""
    reader = _Workbook()
    try:
        reader.parse(_in_utf8(content))
    except UnreadableError:
        raise
    except (expat.ExpatError, ValueError):
        raise UnreadableError(sentences.BROKEN) from None
    return Opened(Kind.XML_SHEET, tuple(reader.grids), tuple(reader.hidden))


def _in_utf8(content: bytes) -> bytes:
    """Chinese encodings are not among those that the parser knows."""
    if not _STATED.search(content[:200]):
        return content
    return _STATED.sub(rb"\1", content.decode("gb18030", "replace").encode(), count=1)


class _Workbook:
    """Collects the sheets while the text is parsed from start to end."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self.hidden: list[str] = []
        self._name = ""
        self._rows: list[list[Cell]] = []
        self._row: list[Cell] = []
        self._column = 0
        self._across = 0
        self._kind, self._text = "", list[str]()
        self._formula = self._in_data = self._in_visible = False

    def parse(self, content: bytes) -> None:
        """Reads the whole text. Raises ExpatError for what is no XML, UnreadableError for what is not opened."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = self._start, self._end, self._data
        parser.StartDoctypeDeclHandler = _refuse
        parser.EntityDeclHandler = _refuse
        parser.Parse(content, True)

    def _start(self, name: str, given: dict[str, str]) -> None:
        match name.removeprefix(f"{_SHEETS} "):
            case "Worksheet":
                if len(self.grids) == limits.MOST_SHEETS:
                    raise UnreadableError(sentences.TOO_MANY_SHEETS)
                self._name, self._rows = given.get(f"{_SHEETS} Name", ""), []
            case "Row":
                self._start_row(given)
            case "Cell":
                self._column = _number(given, "Index", self._column + 1) - 1
                self._across = _number(given, "MergeAcross", 0)
                self._formula = f"{_SHEETS} Formula" in given
                self._kind, self._text = "", []
                if self._column >= limits.MOST_COLUMNS:
                    raise UnreadableError(sentences.TOO_MANY_COLUMNS)
            case "Data":
                self._kind, self._in_data = given.get(f"{_SHEETS} Type", "String"), True
        self._in_visible = name == f"{_EXCEL} Visible"

    def _start_row(self, given: dict[str, str]) -> None:
        at = _number(given, "Index", len(self._rows) + 1) - 1
        if at >= limits.MOST_ROWS:
            raise UnreadableError(sentences.TOO_MANY_ROWS)
        self._rows.extend([] for _ in range(at - len(self._rows)))
        self._row, self._column = [], 0

    def _end(self, name: str) -> None:
        match name.removeprefix(f"{_SHEETS} "):
            case "Data":
                self._in_data = False
            case "Cell":
                self._end_cell()
            case "Row":
                self._rows.append(self._row)
            case "Worksheet":
                self.grids.append(Grid(self._name, cells.trimmed(self._rows)))
        self._in_visible = False

    def _end_cell(self) -> None:
        if self._formula and not self._kind:
            raise UnreadableError(sentences.UNCALCULATED)
        self._row.extend([None] * (self._column - len(self._row)))
        self._row.append(_value(self._kind, "".join(self._text)))
        self._column += 1 + self._across

    def _data(self, text: str) -> None:
        if self._in_data:
            self._text.append(text)
        elif self._in_visible and text.startswith(("SheetHidden", "SheetVeryHidden")):
            self.hidden.append(self._name)


def _refuse(*_declared: object) -> None:
    raise UnreadableError(sentences.UNSAFE)


def _number(given: dict[str, str], name: str, otherwise: int) -> int:
    """A whole number of an attribute. Raises ValueError for anything else."""
    stated = int(given.get(f"{_SHEETS} {name}", otherwise))
    if stated < otherwise and name == "Index":
        raise ValueError("a place before the one before it")
    return max(stated, 0)


def _value(kind: str, text: str) -> Cell:
    if kind == "Number":
        try:
            return cells.of_number(float(text))
        except ValueError:
            return cells.of_text(text)
    if kind == "DateTime":
        try:
            return _date(text)
        except ValueError:
            return cells.of_text(text)
    return cells.of_text(text)


def _date(text: str) -> date:
    return datetime.fromisoformat(text).date()
