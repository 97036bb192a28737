"""Whose statement it is, as its heading says."""

from __future__ import annotations

import re

from nlu.uploads.statements.heads import unit_in
from nlu.uploads.statements.layout import Block
from nlu.uploads.statements.spans import months_ended, spans_in

_NAMED = re.compile(r"^(?:编制单位|编报单位|填报单位|单位名称|企业名称|纳税人名称|公司名称|核算单位|会计主体|name of company|company name|company|entity)(?:\(盖章\)|（盖章）|\(公章\)|（公章）)?\s*[:：]?\s*(?P<name>.*)$", re.IGNORECASE)
_NO_NAME = re.compile(
    r"[\[\]{}<>]|资产|负债|利润|报表|会[小]?企|单位|行次|金额|余额|适用|balance|income|statement|profit|loss|cash flow|report|stated|thousand|accrual|cash basis|as of|as at|ended|^page"
    r"|识别号|所属期|日期|期间|年|月|template|your company|company name|assets?\b|revenue|current|period|total|account",
    re.IGNORECASE,
)


def holder_of(block: Block) -> str | None:
    """The firm that a heading names: beside 编制单位 and its like, or in an English one as the words that are neither title nor time."""
    for row in block.headings:
        for place, text in enumerate(row):
            if match := _NAMED.match(text.strip()):
                name = _clean(match["name"]) or _clean(row[place + 1] if place + 1 < len(row) else "")
                if name and not _NAMED.match(name) and not re.search(r"[\[\]]|所属期|日期|单位：", name):
                    return name
    return next((text for row in block.headings[:4] for text in row[:1] if _may_be_name(text)), None)


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
