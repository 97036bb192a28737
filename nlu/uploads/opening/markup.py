"""Web pages that pass for workbooks, as banks and shops export them: the page's lines and the rows of its tables, one after another."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from nlu.uploads import sentences
from nlu.uploads.document import UnreadableError
from nlu.uploads.grid import Cell, Grid, Opened
from nlu.uploads.kinds import Kind
from nlu.uploads.opening import cells, limits
from nlu.uploads.opening.delimited import decoded

_BLANKS = re.compile(r"\s+")
_CELLS, _SILENT = frozenset({"td", "th"}), frozenset({"script", "style", "title", "template"})
#: Tags that end a line of text outside of tables, and within a cell.
_LINES = frozenset({"p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "li", "caption", "table", "tr", "pre", "center"})
#: Tags that a page may leave open.
_UNCLOSED = 1000


def opened_html(content: bytes) -> Opened:
    """A web page as one nameless grid, every cell a text, merged cells stated once. Raises UnreadableError."""
    text = decoded(content)
    if text.count("<") > _UNCLOSED + 3 * text.count(">"):
        # Every one that nothing closes is searched for to the end of the page.
        raise UnreadableError(sentences.BROKEN)
    page = _Page()
    page.feed(text)
    page.close()
    page.end_row()
    return Opened(Kind.HTML, (Grid(None, cells.trimmed(page.rows)),))


class _Page(HTMLParser):
    """Collects rows. A cell that is merged over several columns or rows leaves the others empty, so that columns stay in line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[Cell]] = []
        self._row: list[Cell] = []
        self._text: list[str] = []
        self._span = 1
        self._silent = 0
        self._down = 1
        #: Columns that cells of earlier rows, and of this one, reach down into, with the number of rows left.
        self._taken: dict[int, int] = {}
        self._reaching: dict[int, int] = {}
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _CELLS:
            self._end_cell()
            given = dict(attrs)
            self._in_cell, self._span, self._down = True, _count(given.get("colspan")), _count(given.get("rowspan"))
        elif tag in ("tr", "table"):
            self.end_row()
            if tag == "table":
                self._taken, self._reaching = {}, {}
        elif tag in _LINES:
            self._end_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _CELLS:
            self._end_cell()
        elif tag in ("tr", "table"):
            self.end_row()
        elif tag in _LINES:
            self._end_line()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._text.append(data)

    def end_row(self) -> None:
        """The row of cells, or the line of text, that was being read is complete."""
        self._end_cell()
        if not self._row:
            return
        if len(self.rows) == limits.MOST_ROWS:
            raise UnreadableError(sentences.TOO_MANY_ROWS)
        self.rows.append(self._row)
        self._row = []
        self._taken = {column: left - 1 for column, left in self._taken.items() if left > 1} | self._reaching
        self._reaching = {}

    def _end_line(self) -> None:
        if self._in_cell:
            self._text.append("\n")
        else:
            self.end_row()

    def _end_cell(self) -> None:
        text = cells.of_text(_BLANKS.sub(" ", "".join(self._text)))
        self._text = []
        if not self._in_cell:
            if text is not None:
                self._row.append(text)
            return
        while len(self._row) in self._taken:
            self._row.append(None)
        first = len(self._row)
        if first == limits.MOST_COLUMNS:
            raise UnreadableError(sentences.TOO_MANY_COLUMNS)
        self._span = min(self._span, limits.MOST_COLUMNS - first)
        self._row.extend([text, *[None] * (self._span - 1)])
        if self._down > 1:
            self._reaching.update(dict.fromkeys(range(first, first + self._span), self._down - 1))
        self._in_cell = False


def _count(given: str | None) -> int:
    """A span as browsers take it: a number from 1, or 1; a long one reaches to the end of the table."""
    if given is None or not given.isascii() or not given.isdecimal():
        return 1
    return max(1, int(given[:6]))
