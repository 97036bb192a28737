"""How long a spreadsheet, a text table and a PDF take from bytes to answer, beside what their bare library takes for the cells."""

from __future__ import annotations

import asyncio
import csv
import io
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
from python_calamine import CalamineWorkbook

from nlu.uploads.isolation import read_isolated
from nlu.uploads.opening import opened
from tests.bench._lines import TODAY, Figure, Size, at_most, ms, percentile, timed
from tests.uploads.building import label, number, sheet_xml, xls, xlsx
from tests.uploads.pages import table, typeset

#: Milliseconds a file.
TARGET = 1000.0
_HEADS = ("交易日期", "摘要", "借方发生额", "贷方发生额", "余额", "对方户名")


@dataclass(frozen=True)
class Sample:
    """A file as it comes, and how its library alone gets at the cells."""

    name: str
    content: bytes
    library: str
    bare: Callable[[bytes], object]


def run(size: Size) -> Iterator[Figure]:
    """Files of the usual lengths: a statement, a month's and a year's bank account."""
    times = size.pick(7, 50)
    for sample in _samples():
        whole = [asyncio.run(_whole(sample)) for _ in range(times)]
        cells = percentile(timed(opened, [sample.content] * times), 50)
        bare = percentile(timed(sample.bare, [sample.content] * times), 50)
        yield at_most(f"{sample.name}_p95", ms(percentile(whole, 95)), "ms", TARGET, f"{sample.library} alone {ms(bare)} ms for the cells")
        yield Figure(f"{sample.name}_opening", ms(cells), "ms", versus=f"{sample.library} alone {ms(bare)} ms")


async def _whole(sample: Sample) -> float:
    start = time.perf_counter()
    await read_isolated(sample.content, sample.name, TODAY)
    return time.perf_counter() - start


def _samples() -> Iterator[Sample]:
    for name, count in (("statement_xlsx", 60), ("month_xlsx", 1000), ("year_xlsx", 10_000)):
        yield Sample(name, xlsx({"a": sheet_xml(_rows(count))}), "calamine", _calamine)
    records = b"".join(
        label(row, column, value) if isinstance(value, str) else number(row, column, value)
        for row, values in enumerate(_rows(5000))
        for column, value in enumerate(values)
    )
    yield Sample("half_year_xls", xls({"a": records}), "calamine", _calamine)
    text = "\n".join(",".join(str(value) for value in row) for row in _rows(10_000))
    yield Sample("year_csv", text.encode("gb18030"), "csv", lambda content: list(csv.reader(io.StringIO(content.decode("gb18030")))))
    rows = [tuple(str(value) for value in row) for row in _rows(400)]
    for name, stroke in (("month_pdf_ruled", "0.5pt"), ("month_pdf", "none")):
        page = table(rows, "auto,1fr,auto,auto,auto,1fr", "left,left,right,right,right,left", stroke)
        yield Sample(name, typeset(page, size=8), "pdfium", _pdfium)


def _rows(count: int) -> Sequence[tuple[str | float, ...]]:
    days = (f"2025-{1 + number * 12 // count:02d}-{1 + number % 28:02d}" for number in range(count))
    rows = [(day, "货款", 0, number * 1.25, 1000 + number * 1.25, f"客户{number % 37}") for number, day in enumerate(days)]
    return [_HEADS, *rows]


def _calamine(content: bytes) -> object:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def _pdfium(content: bytes) -> object:
    return [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(content)]
