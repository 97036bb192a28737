"""Sheets that cannot be read are told by the cell or refused; and what a sheet looks like to people."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from knowledge.authoring.diff import changes
from knowledge.authoring.sheet.export import export
from knowledge.authoring.sheet.merging import Plan, plan
from knowledge.authoring.sheet.reading import MAX_UNPACKED, NoSheet, read_book
from knowledge.pack import Pack, load_pack, pack_of
from tests.knowledge.authoring.sample import GOOD, write
from tests.knowledge.authoring.sheets import cell, edited, exported, put, told

BAD = [
    # sheet, header, row, value, where it is told, words
    ("Entries", "valid until", 2, "soon", "Entries!K2", ["soon", "2026-12-31"]),
    ("Entries", "subsidy points", 2, "much", "Entries!U2", ["much", "1.5%"]),
    ("Entries", "subsidised principal", 2, "lots", "Entries!X2", ["lots", "500000"]),
    ("Entries", "kind", 2, "gift", "Entries!D2", ["gift"]),
    ("Entries", "region", 2, "Atlantis", "Entries!N2", ["Atlantis"]),
    ("Entries", "summary (English)", 2, "1.5 % a year.", "Entries!I2", ["1.5 %", "by hand"]),
    ("Entries", "name (English)", 2, None, "Entries!C2", ["en is missing"]),
    ("Entries", "documents (Chinese)", 2, "营业执照", "Entries!AP2", ["1 lines in Chinese and 0 in English"]),
    ("Entries", "id", 2, None, "Entries!A2", ["filled in"]),
    ("Entries", "how a limit is worked out", 2, "10% of revenue", "Entries!AG2", ["10% of revenue", "name = figure"]),
    ("Entries", "how a limit is worked out", 2, "shoe size = 10%", "Entries!AG2", ["shoe size"]),
    ("Entries", "how a limit is worked out", 2, "yearly revenue = ≥10%", "Entries!AG2", ["yearly revenue = ≥10%"]),
    ("Entries", "how a limit is worked out", 2, "yearly revenue = 10%; 2026", "Entries!AG2", ["2026"]),
    ("Entries", "quoted figures", 2, "yearly rate = much", "Entries!AH2", ["much"]),
    ("Entries", "who bears the risk", 2, "bank = 120%", "Entries!AI2", ["offer.risk"]),
    ("Rules", "fact", 2, "shoe size", "Rules!D2", ["shoe size"]),
    ("Rules", "comparison", 2, "lies in", "Rules!E2", ["lies in"]),
    ("Rules", "value", 2, "a while", "Rules!F2", ["a while", "24"]),
    ("Rules", "value", 3, "A; Z", "Rules!F3", ["Z"]),
    ("Rules", "value", 2, None, "Rules!F2", ["filled in"]),
    ("Rules", "number", 3, "1", "Rules!B3", ["twice"]),
    ("Rules", "number", 3, "9.1", "Rules!B3", ["9", "group"]),
    ("Rules", "number", 3, "first", "Rules!B3", ["first"]),
    ("Rules", "entry", 2, "sub-nobody", "Rules!A2", ["sub-nobody"]),
    ("Examples", "facts", 2, "staff: many", "Examples!E2", ["staff: many"]),
    ("Examples", "facts", 2, "staff = many", "Examples!E2", ["many"]),
    ("Examples", "result", 2, "perhaps", "Examples!D2", ["perhaps"]),
    ("Examples", "result", 2, "ineligible", "Examples!D2", ["the case says ineligible", "eligible"]),
    ("Examples", "on", 2, "one day", "Examples!C2", ["one day"]),
]


@pytest.mark.parametrize(("sheet", "label", "row", "value", "where", "words"), BAD, ids=[f"{row[1]}={row[3]}" for row in BAD])
def test_a_cell_that_cannot_be_read_is_told_by_its_address(
    sample: Pack, sheet: str, label: str, row: int, value: Any, where: str, words: list[str]
) -> None:
    result = edited(sample, put(sheet, label, value, row))
    lines = [line for line in told(result) if where in line]
    assert lines, told(result)
    assert all(word in lines[0] for word in words), lines


def test_an_unknown_column_is_told(sample: Pack) -> None:
    assert "Entries!D1: there is no column sort" in told(edited(sample, put("Entries", "kind", "sort", 1)))[0]


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("zh: 示例贴息", "zh: '=1+1'"))
    pack = load_pack(tmp_path)
    assert edited(pack, lambda _: None) == Plan((), (), ())


def _bomb() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed, packed.open("xl/workbook.xml", "w", force_zip64=True) as part:
        for _ in range(MAX_UNPACKED // 2**20 + 1):
            part.write(b" " * 2**20)
    return out.getvalue()


def _other_workbook() -> bytes:
    out = BytesIO()
    Workbook().save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "key"),
    [(b"", "sheet_broken"), (b"id,name", "sheet_broken"), (b"PK\x03\x04....", "sheet_broken"), (_other_workbook(), "sheet_missing")],
)
def test_what_is_no_sheet_of_entries_is_refused(content: bytes, key: str) -> None:
    with pytest.raises(NoSheet, match=key):
        read_book(content)


def test_a_workbook_that_unpacks_without_end_is_refused() -> None:
    with pytest.raises(NoSheet, match="sheet_large"):
        read_book(_bomb())


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 3000), st.integers(1, 400))
def test_a_damaged_workbook_is_refused_or_read_but_never_crashes(at: int, length: int) -> None:
    content = _sample_workbook()
    damaged = content[:at] + b"\0" * length + content[at + length :]
    try:
        plan(read_book(damaged), Pack({}, ""), drop_missing=False)
    except NoSheet:
        return


@cache
def _sample_workbook() -> bytes:
    return export({"sub-sample": yaml.safe_load(GOOD)}, "en", "")


def test_the_sheet_is_made_for_people() -> None:
    book = load_workbook(BytesIO(exported("zh")))
    assert book.sheetnames[0] == "条目"
    assert book["lists"].sheet_state == "hidden"
    for name in ("条目", "条件", "算例"):
        sheet = book[name]
        assert sheet.freeze_panes in ("B2", "C2")
        assert all(header.comment is not None and header.comment.text for header in sheet[1]), "a header without a note"
        assert sheet.data_validations.dataValidation, "no drop-down"
        assert all(sheet.column_dimensions[header.column_letter].width >= 8 for header in sheet[1])
    assert cell(book["条目"], "最高金额").number_format == "#,##0"
    assert cell(book["条目"], "结束日期").number_format == "yyyy-mm-dd"


def test_changes_between_the_pack_and_an_edited_copy_are_those_of_the_plan(sample: Pack) -> None:
    result = edited(sample, put("Entries", "subsidy points", 0.02))
    after = pack_of({"sub-sample": type(sample.kept["sub-sample"])(result.files[0].file, result.files[0].text or "")}, "")
    assert [item.key for item in changes(sample, after).changed["sub-sample"]] == ["offer.subsidy.points"]
