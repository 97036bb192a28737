"""The words above a table: its time, its unit, its currency, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from nlu.uploads.statements.heads import is_foreign, unit_in
from nlu.uploads.statements.spans import Grain, Span, months_ended, spans_in

#: The rows of a heading, each with the cells that are not blank.
Headings = Sequence[Sequence[str]]

#: Days that are of the paper, not of the figures.
_OF_PAPER = re.compile(
    r"打印|制表|填报日|填表日|申报日|报送日|导出|生成|审核|成立|注册|受理|签字"
    r"|generated|printed|run date|created|exported|prepared on|\d{1,2}:\d\d ?[ap]m",
    re.IGNORECASE,
)
#: Days on which the paper was written, or which it is of: believed only where no other is there.
_OF_WRITING = re.compile(r"编制(?:日期|时间)|编报日期")
_DAY = r"\d{4}\D{1,2}\d{1,2}\D{1,2}\d{1,2}"
#: Such a day beside others in one cell, as returns have it.
_DAY_OF_PAPER = re.compile(rf"(?:打印|制表|填报|填表|申报|报送|导出|生成|审核)(?:日期|时间|日)?[:： ]*{_DAY}日?")
_FROM_TO = re.compile(
    rf"期?(?:起|起始|开始)(?:日期)?[:： ]*(?P<first>{_DAY})日?.{{0,40}}?(?:止|终|截止|结束)(?:日期)?[:： ]*(?P<last>{_DAY})"
)
_ORDER = (Grain.RANGE, Grain.YEAR, Grain.QUARTER, Grain.MONTH, Grain.DAY)
_NAMED = re.compile(
    r"^(?:编制单位|编报单位|填报单位|单位名称|企业名称|纳税人名称|公司名称|核算单位|会计主体|name of company|company name|company|entity)"
    r"(?:[(（](?:盖章|公章)[)）])?\s*[:：]?\s*(?P<name>.*)$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"[\[\]{}<>]|资产|负债|利润|报表|会[小]?企|单位|行次|金额|余额|适用|识别号|所属期|日期|期间|年|月|申报|科目"
    r"|balance|income|statement|profit|loss|cash flow|report|stated|thousand|accrual|cash basis|as of|as at|ended|^page|template"
    r"|your company|company name|assets?\b|revenue|current|period|total|account",
    re.IGNORECASE,
)


def heading_span(headings: Headings, name: str | None = None) -> Span | None:
    """The time that a heading names: two ends before a year, a year before a month, a month before a day. The sheet's name comes last."""
    texts = [text for row in headings for whole in _of_row(row) if not _OF_PAPER.search(text := _DAY_OF_PAPER.sub("", whole))]
    if match := _FROM_TO.search(" ".join(text for row in headings for text in row)):
        first, last = spans_in(match["first"]), spans_in(match["last"])
        if first and last and first[0].first < last[0].last:
            return Span(first[0].first, last[0].last, Grain.RANGE)
    spans = sorted(
        (span for text in texts for span in spans_in(text) if not _OF_WRITING.search(text)), key=lambda span: _ORDER.index(span.grain)
    )
    written = (span for text in texts for span in spans_in(text))
    return spans[0] if spans else next(iter(spans_in(name or "")), None) or next(written, None)


def _of_row(row: Sequence[str]) -> Iterator[str]:
    """The cells of a row, and the row as one text where a date is spread over cells."""
    yield from row
    joined = "".join(row)
    if len(row) > 1 and re.search(r"\d\s*年\D*\d+\s*月", joined):
        yield joined


def heading_units(headings: Headings, *others: str) -> tuple[int, ...]:
    """The units that a heading or the other texts state, the first one first. More than one leave open which holds."""
    return tuple(dict.fromkeys(unit for text in _texts(headings, others) if (unit := unit_in(text)) is not None))


def is_foreign_heading(headings: Headings, *others: str) -> bool:
    """Whether a heading names a currency that is not the yuan."""
    return any(is_foreign(text) for text in _texts(headings, others))


def _texts(headings: Headings, others: Iterable[str]) -> Iterator[str]:
    for row in headings:
        yield from row
    yield from others


def holder_in(headings: Headings) -> str | None:
    """The firm that a heading names: beside 编制单位 and its like, or the words at the top that are neither title nor time."""
    for row in headings:
        for place, text in enumerate(row):
            if match := _NAMED.match(text.strip()):
                name = _clean(match["name"]) or _clean(row[place + 1] if place + 1 < len(row) else "")
                if name and not _NAMED.match(name) and not re.search(r"[\[\]]|所属期|日期|单位：", name):
                    return name
    return next((text for row in headings[:4] for text in row[:1] if _may_be_name(text)), None)


def _may_be_name(text: str) -> bool:
    return bool(
        re.search(r"[A-Za-z]{2}|公司|厂|店|中心|合作社", text)
        and 3 < len(text) < 80
        and not _NO_NAME.search(text)
        and not spans_in(text)
        and months_ended(text) is None
        and unit_in(text) is None
    )


def _clean(name: str) -> str:
    return re.split(r"\s{2,}|\t|(?:单位|日期|所属期|\d{4}年)", name.strip())[0].strip(" :：_")
