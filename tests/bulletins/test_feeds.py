"""New measures from a sheet or a feed to drafts: what is taken over, what is left to a person, and what is refused."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import Workbook

from bot.bulletins.feeds import BadFeed, drafted
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
    with pytest.raises(Unusable, match="is there already"):
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
    (whole,) = drafted([{**MEASURE, "when": {"fact": "employees", "at_least": 5}}], NOW)
    assert whole.entry["when"] == {"fact": "employees", "at_least": 5}
    assert [line.partition(":")[0] for line in whole.open] == ["status", "offer"]
    (bare,) = drafted([{name: MEASURE[name] for name in ("kind", "name_zh", "summary_zh", "issuer_zh")}], NOW)
    assert [line.partition(":")[0] for line in bare.open] == ["status", "name", "summary", "source.issuer", "when", "offer", "bulletin"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"kind": "definition"}, "measure 1: kind is one of"),
        ({"name_zh": " "}, "measure 1: name_zh is missing"),
        ({"colour": "red"}, "measure 1: there is no colour"),
        ({"region": "999999"}, "measure 1: no region has the code 999999"),
        ({"valid_until": "soon"}, "measure 1: valid_until is a day"),
        ({"id": "Größe"}, "measure 1: an id has small letters"),
        ({"when": "many"}, "measure 1: when is a condition"),
    ],
)
def test_what_cannot_be_drafted_says_which_and_why(change: Mapping[str, Any], why: str) -> None:
    with pytest.raises(BadFeed, match=why):
        drafted([{**MEASURE, **change}], NOW)


def test_two_of_one_id_are_refused() -> None:
    with pytest.raises(BadFeed, match="two measures have the id sub-one"):
        drafted([{**MEASURE, "id": "one"}, {**MEASURE, "id": "sub-one"}], NOW)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.json", b"{", "not JSON"),
        ("a.json", b"[]", "a feed is"),
        ("a.json", b'{"measures": []}', "no measure"),
        ("a.csv", b"\xff\xff\xff", "neither"),
        ("a.xlsx", b"PK", "no workbook"),
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
