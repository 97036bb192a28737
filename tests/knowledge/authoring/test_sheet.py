"""The sheet: export and import change nothing by themselves; an edited cell changes what it says and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from openpyxl import Workbook, load_workbook
from pydantic import BaseModel

from knowledge.authoring.diff import field_changes, raw_of
from knowledge.authoring.sheet.columns import columns
from knowledge.authoring.sheet.export import export
from knowledge.authoring.sheet.merging import Plan, plan
from knowledge.authoring.sheet.reading import read_book
from knowledge.authoring.sheet.rows import case_rows, cases_of, rule_of, rule_rows
from knowledge.entries import Entry
from knowledge.pack import Pack, pack_of, read_entry
from tests.knowledge.authoring.sample import GOOD
from tests.knowledge.authoring.sheets import LANGUAGES, PACK, cell, changed, edited, exported, put, told


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_exported_comes_back_and_changes_nothing(language: str) -> None:
    book = read_book(exported(language))
    assert (book.language, book.digest, book.faults) == (language, PACK.digest, ())
    assert plan(book, PACK, drop_missing=True) == Plan((), (), ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_pack_is_filled_with_the_same_entries(language: str) -> None:
    """Everything but terms for some firms: their cells are for reading only, and a new entry cannot take them over."""
    result = plan(read_book(exported(language)), Pack({}, ""), drop_missing=False)
    assert {fault.error.code for fault in result.faults} == {"cell_fixed"}
    with_terms = {entry.id for entry in PACK if entry.offer.terms}
    assert len(result.faults) == len(with_terms) > 0
    assert {Path(file.file).stem for file in result.files} == set(PACK.entries) - with_terms
    for file in result.files:
        entry, problems = read_entry(Path(file.file).name, file.text or "")
        assert entry == PACK[Path(file.file).stem], problems


def test_every_key_of_an_entry_has_its_place_in_the_sheet() -> None:
    """A key without a column could be lost or forgotten by whoever edits there."""
    shown = {column.path for column in columns()}
    lists = {"when", "cases", "limit", "quoted", "risk", "terms"}  # rows of their own, or a line of one cell for each

    def missing(model: type[BaseModel], path: tuple[str, ...]) -> Iterator[str]:
        for name, field in model.model_fields.items():
            here = (*path, field.alias or name)
            inner = next((part for part in (field.annotation, *get_args(field.annotation)) if isinstance(part, type)), None)
            if here in shown or here[-1] in lists:
                continue
            if inner is not None and issubclass(inner, BaseModel):
                yield from missing(inner, here)
            elif {(*here, "zh"), (*here, "en")} - shown:
                yield ".".join(here)

    assert list(missing(Entry, ())) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_and_every_case_of_the_pack_goes_into_rows_and_back(language: str) -> None:
    for entry in PACK:
        raw = raw_of(PACK, entry.id)
        rule = rule_of(list(enumerate(rule_rows(entry.id, raw.get("when"), language))))
        assert rule == raw.get("when") or {"all": [rule]} == raw.get("when"), entry.id
        assert cases_of(list(enumerate(case_rows(entry.id, raw.get("cases"), language)))) == raw.get("cases", []), entry.id


EDITS = [
    ("Entries", "name (Chinese)", "新名称", {"name.zh": ("示例贴息", "新名称")}),
    ("Entries", "valid until", datetime(2026, 11, 30), {"valid.until": (date(2026, 12, 31), date(2026, 11, 30))}),
    ("Entries", "valid until", "2026年11月30日", {"valid.until": (date(2026, 12, 31), date(2026, 11, 30))}),
    ("Entries", "valid from", None, {"valid.from": (date(2026, 1, 1), None)}),
    ("Entries", "subsidy points", 0.02, {"offer.subsidy.points": (0.015, 0.02)}),
    ("Entries", "subsidy points", "2.5%", {"offer.subsidy.points": (0.015, 0.025)}),
    ("Entries", "subsidised principal", "80万", {"offer.subsidy.principal_cap": (500_000, 800_000)}),
    ("Entries", "subsidised principal", "1,000,000", {"offer.subsidy.principal_cap": (500_000, 1_000_000)}),
    ("Entries", "subsidy months", "2年", {"offer.subsidy.months": (None, 24)}),
    ("Entries", "confidence", "medium", {"confidence": ("high", "medium")}),
    ("Entries", "confidence", "中", {"confidence": ("high", "medium")}),
    ("Entries", "regions left out", "350200\n泉州市", {"region.without": (["350200"], ["350200", "350500"])}),
    ("Entries", "regions left out", None, {"region.without": (["350200"], None)}),
    ("Entries", "kept by the platform", "10%", {"offer.fee": (None, {"of_raised": 0.1})}),
    (
        "Entries",
        "how a limit is worked out",
        "yearly revenue = 10%\n月均流水＝1.2",
        {"offer.limit": (None, [{"basis": "revenue_share", "factor": 0.1}, {"basis": "inflow_multiple", "factor": 1.2}])},
    ),
    (
        "Entries",
        "quoted figures",
        "highest amount = 300万; 2026-05\nlongest term = 2年\nyearly rate = 3%",
        {
            "offer.quoted": (
                None,
                [{"of": "cap", "value": 3_000_000, "date": "2026-05"}, {"of": "term_months", "value": 24}, {"of": "rate", "value": 0.03}],
            )
        },
    ),
    (
        "Entries",
        "who bears the risk",
        "银行 = ≥20%\nnational fund = <=40%\npool = 30%; 1500万",
        {
            "offer.risk": (
                None,
                [
                    {"who": "bank", "share": 0.2, "bound": "at_least"},
                    {"who": "national_fund", "share": 0.4, "bound": "at_most"},
                    {"who": "pool", "share": 0.3, "loan_up_to": 15_000_000},
                ],
            )
        },
    ),
    ("Entries", "document number", "=1+1", None),
]


@pytest.mark.parametrize(("sheet", "label", "value", "expected"), EDITS, ids=[f"{row[1]}={row[2]}" for row in EDITS])
def test_an_edited_cell_changes_what_it_says_and_nothing_else(
    sample: Pack, sheet: str, label: str, value: Any, expected: dict[str, Any] | None
) -> None:
    result = edited(sample, put(sheet, label, value))
    if expected is None:
        assert "formula" in told(result)[0]
    else:
        assert changed(sample, result) == expected


@pytest.mark.parametrize(
    ("entry_id", "edits", "expected"),
    [
        ("len-ccb", {"products": "prd-ccb-yunshui", "answers within days": "3天", "where that is stated (Chinese)": "官网",
                     "where that is stated (English)": "its site"},
         {"products": ["prd-ccb-yunshui"], "response": {"days": 3, "stated": {"zh": "官网", "en": "its site"}}}),
        ("sub-startup-loan-old", {"what changed (Chinese)": "旧：比例高", "what changed (English)": "Then: a higher share"},
         {"changed": [{"zh": "旧：比例高", "en": "Then: a higher share"}]}),
        ("gua-4321-anhui", {"who bears the risk": None}, {"offer.risk": None}),
    ],
)  # fmt: skip
def test_what_only_some_entries_have_is_edited_too(entry_id: str, edits: dict[str, Any], expected: dict[str, Any]) -> None:
    pack = pack_of({entry_id: PACK.kept[entry_id]}, "")

    def edit(book: Workbook) -> None:
        for label, value in edits.items():
            cell(book["Entries"], label).value = value

    result = edited(pack, edit)
    assert told(result) == []
    found = field_changes(raw_of(pack, entry_id), yaml.safe_load(result.files[0].text or ""))
    assert {item.key: item.new for item in found} == expected


@pytest.mark.parametrize("value", [None, "everybody: highest amount 9000000"])
def test_terms_for_some_firms_are_shown_in_words_and_stay(value: str | None) -> None:
    pack = pack_of({"prd-psbc-xiaowei": PACK.kept["prd-psbc-xiaowei"]}, "")
    book = load_workbook(BytesIO(export({"prd-psbc-xiaowei": raw_of(pack, "prd-psbc-xiaowei")}, "en", "")))
    assert cell(book["Entries"], "terms for some firms").value == "there is a guarantor: highest amount 5000000"
    (line,) = told(edited(pack, put("Entries", "terms for some firms", value)))
    assert "for reading only" in line


def test_a_changed_file_keeps_every_line_that_did_not_change(sample: Pack) -> None:
    (file,) = edited(sample, put("Entries", "confidence", "medium")).files
    assert (file.text or "").splitlines() == GOOD.replace("confidence: high", "confidence: medium").splitlines()


def test_a_condition_and_its_examples_change_together(sample: Pack) -> None:
    def edit(book: Workbook) -> None:
        cell(book["Rules"], "value").value = "3年"
        for row in range(2, 6):
            facts = cell(book["Examples"], "facts", row)
            facts.value = facts.value.replace("= 24", "= 36").replace("= 23", "= 35")

    found = changed(sample, edited(sample, edit))
    assert set(found) == {"when.all", "cases"}
    assert found["when.all"][1][0] == {"fact": "age_months", "at_least": 36}


def test_a_condition_is_added_by_a_row_and_taken_out_with_it(sample: Pack) -> None:
    def add(book: Workbook) -> None:
        book["Rules"].append(["sub-sample", "4", "condition", "staff", "at most", 300, None, None])

    def take(book: Workbook) -> None:
        book["Rules"].delete_rows(4, 3)

    added = read_entry("sub-sample.yaml", spoil_free(sample, add))[0]
    assert added is not None
    assert added.when is not None
    assert len(getattr(added.when, "parts", ())) == 4
    taken = edited(sample, take)
    assert "Examples!D4" in told(taken)[0], "the example that needed the condition no longer comes out"


def spoil_free(pack: Pack, add: Callable[[Workbook], None]) -> str:
    """The text of the sample after an edit that its examples do not know of yet."""

    def edit(book: Workbook) -> None:
        add(book)
        for row in range(2, 6):
            facts = cell(book["Examples"], "facts", row)
            facts.value += "\nstaff = 20"

    result = edited(pack, edit)
    assert told(result) == []
    return result.files[0].text or ""


def test_a_new_row_is_a_new_entry(sample: Pack) -> None:
    def edit(book: Workbook) -> None:
        sheet = book["Entries"]
        values = {header.value: cell(sheet, header.value).value for header in sheet[1]}
        sheet.append([{"id": "tax-new", "kind": "tax relief"}.get(name, value) for name, value in values.items()])

    result = edited(sample, edit)
    assert told(result) == []
    assert [file.file for file in result.files] == ["cn/tax/tax-new.yaml"]
    entry, problems = read_entry("tax-new.yaml", result.files[0].text or "")
    assert entry is not None, problems
    assert (entry.kind.value, entry.name.zh) == ("tax", "示例贴息")


@pytest.mark.parametrize("drop", [False, True])
def test_a_row_taken_out_leaves_the_entry_unless_that_is_allowed(sample: Pack, drop: bool) -> None:
    def edit(book: Workbook) -> None:
        for name in ("Entries", "Rules", "Examples"):
            book[name].delete_rows(2, 20)

    result = edited(sample, edit, drop=drop)
    assert result.missing == ("sub-sample",)
    assert [(file.file, file.text) for file in result.files] == ([("cn/subsidy/sub-sample.yaml", None)] if drop else [])


def test_columns_may_be_moved_or_left_out(sample: Pack) -> None:
    def edit(book: Workbook) -> None:
        sheet = book["Entries"]
        sheet.delete_cols(5, 3)
        sheet.move_range(f"A1:A{sheet.max_row}", cols=80)
        sheet.delete_cols(1)

    assert edited(sample, edit) == Plan((), (), ())
