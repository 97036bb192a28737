"""New measures from a sheet or a feed to drafts: what is taken over, what is left to a person, and what is refused."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import Workbook

from bot.bulletins.feed_faults import BadFeed, BadValue, Place
from bot.bulletins.feed_values import day_of, kind_of, place_of
from bot.bulletins.feeds import Measure, drafted
from bot.bulletins.model import Draft
from bot.commands.bulletin_feed import draft
from bot.commands.unusable import Unusable
from knowledge.authoring.check import check_text
from tests.bulletins.written import NOW

MEASURE: Mapping[str, Any] = {
    "kind": "subsidy",
    "name_zh": "福州市稳岗补贴",
    "name_en": "Fuzhou job-keeping subsidy",
    "summary_zh": "招人不裁员的企业可以领补贴。",
    "summary_en": "Firms that hire and keep staff can get a subsidy.",
    "issuer_zh": "福州市人社局",
    "issuer_en": "Fuzhou HR bureau",
    "region": "350100",
    "valid_until": "2026-12-05",
    "conditions_zh": "没有裁员",
    "conditions_en": "nobody was dismissed",
    "documents_zh": "花名册；社保记录",
    "documents_en": "staff list; social insurance record",
}


def measure(number: int = 1, /, **change: Any) -> Measure:
    return Measure({**MEASURE, **change}, Place(number))


def test_a_measure_becomes_an_entry_and_a_bulletin_that_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "feed.json"
    path.write_text(json.dumps({"measures": [MEASURE]}), "utf-8")
    draft(path, tmp_path / "out", "zh")
    (entry_file,), (bulletin_file,) = (list((tmp_path / "out").rglob(f"{folder}/**/*.yaml")) for folder in ("entries", "bulletins"))
    entry, faults = check_text(f"cn/subsidy/{entry_file.name}", entry_file.read_text("utf-8"))
    assert faults == []
    assert entry is not None
    assert (entry.status, entry.region.within, entry.valid.until, len(entry.documents)) == ("unconfirmed", "350100", date(2026, 12, 5), 2)
    raw = yaml.safe_load(bulletin_file.read_text("utf-8"))
    written = Draft.of({**raw, "expires": str(raw["expires"])})
    assert (written.entry, written.region, written.expires) == (entry.id, "350100", date(2026, 12, 5)), "no later than the measure ends"
    with pytest.raises(Unusable, match="已经有了，没有写入任何文件"):
        draft(path, tmp_path / "out", "zh")


def test_the_same_from_a_sheet_of_either_kind(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(list(MEASURE))
    book.active.append(list(MEASURE.values()))
    book.active.append([None] * len(MEASURE))
    book.save(tmp_path / "a.xlsx")
    for name, encoding in (("b.csv", "utf-8-sig"), ("c.csv", "gb18030")):
        with (tmp_path / name).open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows([list(MEASURE), list(MEASURE.values())])
    written = []
    for name in ("a.xlsx", "b.csv", "c.csv"):
        draft(tmp_path / name, tmp_path / name.replace(".", "-"), "en")
        written.append({path.name: path.read_text("utf-8") for path in (tmp_path / name.replace(".", "-")).rglob("entries/**/*.yaml")})
    assert written[0] == written[1] == written[2]


def test_what_is_left_to_a_person_is_said() -> None:
    (whole,) = drafted([measure(when={"fact": "employees", "at_least": 5})], NOW)
    assert whole.entry["when"] == {"fact": "employees", "at_least": 5}
    assert [problem.code for problem in whole.open] == ["feed_open_status", "feed_open_offer"]
    (bare,) = drafted([Measure({name: MEASURE[name] for name in ("kind", "name_zh", "summary_zh", "issuer_zh")}, Place(1))], NOW)
    assert [problem.words("zh") for problem in bare.open] == [
        "读过原文件、核对无误后，把 status 改成 in_force。",
        "补上英文：“英文名称”“英文摘要”“发布单位英文名称”。",
        "when 还没有：写明哪些企业可以申请。",
        "写上 offer（给多少）和 cases（每种结果一个例子）。",
        "通知还缺英文标题和正文。",
    ]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"kind": "definition"}, "measure 1: kind is one of"),
        ({"name_zh": " "}, "measure 1: name_zh is missing"),
        ({"colour": "red"}, "measure 1: There is no colour"),
        ({"region": "999999"}, "measure 1: No region has the code 999999"),
        ({"valid_until": "soon"}, "measure 1: valid_until is a day"),
        ({"id": "Größe"}, "measure 1: An id has small letters"),
        ({"when": "many"}, "measure 1: when is a condition"),
        ({"valid_from": "2026-12-06"}, "measure 1: valid_until 2026-12-05 is before valid_from 2026-12-06"),
        ({"region": "鼓楼区"}, "measure 1: Several regions are called 鼓楼区"),
    ],
)
def test_what_cannot_be_drafted_says_which_and_why(change: Mapping[str, Any], why: str) -> None:
    with pytest.raises(BadFeed, match=why):
        drafted([measure(**change)], NOW)


@pytest.mark.parametrize("value", ["补贴", " 奖补 ", "subsidy", "Subsidy"])
def test_kinds_by_any_name(value: str) -> None:
    assert kind_of(value) == "subsidy"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("350100", "350100"),
        (350100, "350100"),
        (350100.0, "350100"),
        ("福州市", "350100"),
        ("福建省福州市", "350100"),
        ("福建省 福州市 鼓楼区", "350102"),
        ("全国", "100000"),
    ],
)
def test_places_by_code_and_by_name(value: object, code: str) -> None:
    assert place_of(value) == code


@pytest.mark.parametrize(
    "value",
    [
        date(2026, 12, 5),
        datetime(2026, 12, 5, 17, 30),
        "2026-12-05",
        "2026/12/5",
        "2026.12.5",
        "2026年12月5日",
        "20261205",
        "2026-12-05 00:00:00",
        46361,
        46361.0,
    ],
)
def test_days_as_people_and_sheets_write_them(value: object) -> None:
    assert day_of(value, "date") == date(2026, 12, 5)


@pytest.mark.parametrize("value", ["12月5日", "2026-13-05", "2026-02-30", "长期", 12, ""])
def test_what_is_no_day(value: object) -> None:
    with pytest.raises(BadValue) as error:
        day_of(value, "valid_until")
    assert error.value.problem.code == "feed_day"


#: As an office keeps its list: a title, a head with stars and notes, columns of its own, one issuer for several lines.
OFFICE_HEAD = ["序号", "政策名称*", "类型（必填）", "主要内容", "主管\n部门", "适用地区", "截止日期", "申报条件", "申报材料", "联系电话"]
OFFICE_ROWS: list[list[Any]] = [
    ["2026年惠企政策清单"],
    [],
    OFFICE_HEAD,
    [
        1,
        "稳岗补贴",
        "补贴",
        "招人不裁员的企业可以领补贴。",
        "福州市人社局",
        "福州市",
        datetime(2026, 12, 5),
        "没有裁员",
        "花名册；社保记录",
        "0591-1",
    ],
    [2, "技改贴息", "贴息", "技术改造贷款给贴息。", None, 350100.0, "2026年12月5日", None, None, None],
    ["注：以正式文件为准"],
]


def office_book(rows: list[list[Any]], path: Path, merged: str | None = None) -> Path:
    book = Workbook()
    assert book.active is not None
    book.active.append(["填表说明"])
    sheet = book.create_sheet("清单")
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A1:J1")
    if merged:
        sheet.merge_cells(merged)
    book.save(path)
    return path


def test_a_list_as_offices_keep_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft(office_book(OFFICE_ROWS, tmp_path / "list.xlsx", "E4:E5"), tmp_path / "xlsx", "zh")
    with (tmp_path / "list.csv").open("w", encoding="gb18030", newline="") as file:
        rows = [[cell.strftime("%Y/%m/%d") if isinstance(cell, datetime) else cell for cell in row] for row in OFFICE_ROWS]
        rows[4][4] = "福州市人社局"
        csv.writer(file).writerows(rows)
    draft(tmp_path / "list.csv", tmp_path / "csv", "zh")
    assert capsys.readouterr().out.count("起草了2条") == 2
    written = [
        {path.name: yaml.safe_load(path.read_text("utf-8")) for path in (tmp_path / of).rglob("entries/**/*.yaml")}
        for of in ("xlsx", "csv")
    ]
    assert written[0] == written[1]
    jobs, loans = sorted(written[0].values(), key=lambda entry: "documents" not in entry)
    assert (jobs["name"]["zh"], jobs["kind"], jobs["region"], jobs["valid"]) == (
        *("稳岗补贴", "subsidy", {"within": "350100"}),
        {"until": date(2026, 12, 5)},
    )
    assert [one["zh"] for one in jobs["documents"]] == ["花名册", "社保记录"]
    assert (loans["source"]["issuer"]["zh"], loans["region"]) == ("福州市人社局", {"within": "350100"}), "the cell is shared by two lines"


def test_every_fault_of_a_list_is_told_with_its_row_and_column(tmp_path: Path) -> None:
    rows = [*(list(row) for row in OFFICE_ROWS), [None, "注：以正式文件为准"]]
    rows[3][2], rows[3][5], rows[3][6] = "好事", "鼓楼区", "尽快"
    rows[4][4] = "福州市人社局"
    rows.insert(5, [3, "融资担保", "担保", "", "", "榕城"])
    path = office_book(rows, tmp_path / "list.xlsx")
    told = {}
    for language in ("zh", "en"):
        with pytest.raises(Unusable) as error:
            draft(path, tmp_path / "out", language)
        told[language] = str(error.value).splitlines()
    assert told["zh"] == [
        "list.xlsx: 第4行C列（类型（必填））：类型填贷款、担保、补贴、税收、项目中的一个，不认识“好事”。",
        "list.xlsx: 第4行F列（适用地区）：叫“鼓楼区”的地区不止一个，请在前面写上省市（如福建省福州市鼓楼区），或写六位代码。",
        "list.xlsx: 第4行G列（截止日期）：“截止日期”要写成 2026-12-31 这样的日期，认不出“尽快”。",
        "list.xlsx: 第6行D列（主要内容）：“主要内容”没有填。",
        "list.xlsx: 第6行E列（主管 部门）：“发布单位”没有填。",
        "list.xlsx: 第6行F列（适用地区）：没有叫“榕城”的地区，请写一个名称（如福州市）或六位代码。",
    ]
    assert told["en"] == [
        "list.xlsx: row 4, column C (类型（必填）): kind is one of guarantee, product, programme, subsidy, tax, not 好事.",
        "list.xlsx: row 4, column F (适用地区): Several regions are called 鼓楼区; write the province and city before it, or the code.",
        "list.xlsx: row 4, column G (截止日期): valid_until is a day such as 2026-12-31, not 尽快.",
        "list.xlsx: row 6, column D (主要内容): summary_zh is missing.",
        "list.xlsx: row 6, column E (主管 部门): issuer_zh is missing.",
        "list.xlsx: row 6, column F (适用地区): No region is called 榕城; write one name such as 福州市, or its code.",
    ]
    assert not (tmp_path / "out").exists()


def test_a_long_list_of_faults_is_cut_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "feed.json"
    path.write_text(json.dumps({"measures": [{**MEASURE, "id": f"m-{number}", "date": "?"} for number in range(23)]}), "utf-8")
    with pytest.raises(Unusable) as error:
        draft(path, tmp_path / "out", "zh")
    assert str(error.value).splitlines()[19:] == [
        "feed.json: 第20条：“发文日期”要写成 2026-12-31 这样的日期，认不出“?”。",
        "feed.json: 还有3处，改好上面这些再看。",
    ]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([["名称", "好处"], ["稳岗补贴", "钱"]], ["前15行里没有找到表头。表头要有类型、名称、主要内容、发布单位这几列。"]),
        (
            [["名称", "类型", "主要内容", "颜色", "政策名称"]],
            [
                "第1行D列：不认识表头“颜色”，请换成说明里的名称，或删去这一列。",
                "第1行E列：表头“政策名称”重复了。",
                "第1行：表头缺“发布单位”。",
            ],
        ),
    ],
)
def test_a_list_without_a_head_that_is_known(tmp_path: Path, rows: list[list[str]], why: list[str]) -> None:
    with (tmp_path / "a.csv").open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(rows)
    with pytest.raises(Unusable) as error:
        draft(tmp_path / "a.csv", tmp_path / "out", "zh")
    assert str(error.value).splitlines() == [f"a.csv: {one}" for one in why]


def test_two_of_one_id_are_refused() -> None:
    with pytest.raises(BadFeed, match="measure 2: It has the id sub-one, and so has measure 1"):
        drafted([measure(id="one"), measure(2, id="sub-one")], NOW)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.json", b"{", "not JSON"),
        ("a.json", b"[]", "A feed is"),
        ("a.json", b'{"measures": []}', "no measure"),
        ("a.csv", b"\xff\xff\xff", "neither"),
        ("a.xlsx", b"PK", "cannot be opened"),
        ("a.txt", b"", "ends in"),
    ],
)
def test_a_file_that_is_no_feed(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Unusable, match=why):
        draft(path, tmp_path / "out", "en")
    with pytest.raises(Unusable, match="cannot be read"):
        draft(tmp_path / f"no-{name}", tmp_path / "out", "en")
