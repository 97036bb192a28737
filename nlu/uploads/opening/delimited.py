"""Text tables: separated by commas, tabs, semicolons or bars, in the encodings that office programs and payment apps write."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from nlu.uploads import sentences
from nlu.uploads.document import UnreadableError
from nlu.uploads.grid import Cell, Grid, Opened
from nlu.uploads.kinds import Kind
from nlu.uploads.opening import cells, limits

#: In this order where two fit as well.
_SEPARATORS = (",", "\t", ";", "|")
_LOOKED_AT = 300
_BETWEEN_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_QUOTED = re.compile(r'"[^"\n]*"')
_WIDE_GAP = re.compile(r"\t+| {2,}|\u3000{2,}")
#: Share of characters that may be damaged: one in a thousand is a slip, more is another encoding.
_DAMAGED = 0.001
_LINES_OF_A_CELL = 20


def opened_csv(content: bytes) -> Opened:
    """A text table as one nameless grid, every cell a text. Raises UnreadableError."""
    text = decoded(content)
    _check_lines(text)
    return Opened(Kind.CSV, (_table(text, separator_of(text) or ","),))


def opened_text(content: bytes) -> Opened:
    """A text as one nameless grid: what stands two blanks apart is two cells, unless separators part them. Raises UnreadableError."""
    text = decoded(content)
    _check_lines(text)
    separator = separator_of(text)
    if separator is not None:
        return Opened(Kind.TEXT, (_table(text, separator),))
    rows = _limited(_WIDE_GAP.split(line) for line in text.splitlines())
    return Opened(Kind.TEXT, (Grid(None, cells.trimmed([cells.of_text(piece) for piece in row] for row in rows)),))


def decoded(content: bytes) -> str:
    """A text of a file: UTF-8 where it is that, else GB 18030, which takes in GBK and GB 2312. Raises UnreadableError."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    # A character or two was cut or damaged: the encoding that explains more of the text.
    damaged = [content.decode(encoding, "replace") for encoding in ("utf-8-sig", "gb18030")]
    best = min(damaged, key=lambda text: text.count("\ufffd"))
    if best.count("\ufffd") > max(1, _DAMAGED * len(best)):
        raise UnreadableError(sentences.BROKEN)
    return best


def separator_of(text: str) -> str | None:
    """The separator that stands equally often in the most neighbouring lines; None where none does."""
    lines = [_QUOTED.sub("", line) for line in text.splitlines()[: _LOOKED_AT * 4] if line.strip()][:_LOOKED_AT]
    if any("\t" in line for line in lines):
        # Tabs beside commas only keep numbers from being changed; commas between thousands separate nothing.
        lines = [_BETWEEN_THOUSANDS.sub("", re.sub(r"\t*,\t*", ",", line)) for line in lines]
    best, fits = None, 0
    for separator in _SEPARATORS:
        counts = [line.count(separator) for line in lines]
        agreeing = sum(min(first, 3) for first, second in pairwise(counts) if first == second)
        if agreeing > fits:
            best, fits = separator, agreeing
    return best


def _check_lines(text: str) -> None:
    if max(map(len, text.splitlines()), default=0) > limits.LONGEST_LINE:
        raise UnreadableError(sentences.TOO_LONG_LINE)


def _table(text: str, separator: str) -> Grid:
    return Grid(None, cells.trimmed(_rows(text, separator)))


def _rows(text: str, separator: str) -> Iterator[list[Cell]]:
    try:
        read = list(_limited(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)))
        swallowed = any(field.count("\n") > _LINES_OF_A_CELL for row in read for field in row)
    except csv.Error:
        swallowed = True
    if swallowed:
        # A quote that nothing closes: no line may swallow those that follow.
        read = list(_limited(_split(line, separator) for line in text.splitlines()))
    return ([cells.of_text(field) for field in row] for row in read)


def _split(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator, strict=True), [])
    except csv.Error:
        return [field.strip().strip('"') for field in line.split(separator)]


def _limited(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    for number, row in enumerate(rows, 1):
        if number > limits.MOST_ROWS:
            raise UnreadableError(sentences.TOO_MANY_ROWS)
        if len(row) > limits.MOST_COLUMNS:
            raise UnreadableError(sentences.TOO_MANY_COLUMNS)
        yield row
