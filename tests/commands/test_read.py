"""`advisor read`: one line a file, whatever the file is."""

from __future__ import annotations

import io
import json
import os
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.commands import read as command
from bot.commands.read import read_files
from nlu.uploads import sentences
from nlu.uploads.document import Check, Document, Figure, Findings, Period, Sentence
from nlu.uploads.grid import At, Box
from nlu.uploads.opening.limits import LARGEST_FILE
from tests.made_files import make
from tests.uploads.building import sheet_xml, xlsx

TODAY = date(2026, 3, 1)
KEYS = ["file", "kind", "facts", "period", "evidence", "checks", "error"]


async def lines(*files: str | Path, language: str = "zh") -> list[dict[str, Any]]:
    sink = io.StringIO()
    await read_files([str(file) for file in files], language, TODAY, sink)
    return [json.loads(line) for line in sink.getvalue().splitlines()]


async def test_every_file_gets_a_line_in_its_turn(tmp_path: Path) -> None:
    workbook = tmp_path / "表.xlsx"
    workbook.write_bytes(xlsx({"a": sheet_xml([["编制单位", "x"]])}))
    broken, missing = make(tmp_path, "b.pdf", "broken"), tmp_path / "none.xlsx"
    found = await lines(workbook, broken, missing, tmp_path)
    assert [list(line) for line in found] == [KEYS] * 4
    assert [line["file"] for line in found] == [str(workbook), str(broken), str(missing), str(tmp_path)]
    assert [line["error"] for line in found] == [None, sentences.BROKEN.zh, sentences.MISSING.zh, sentences.FOLDER.zh]
    assert {line["kind"] for line in found} == {"unknown"}
    assert [check["name"] for check in found[0]["checks"]] == ["recognised"]
    assert "编制单位" in found[0]["checks"][0]["detail"]


async def test_what_is_no_file_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "closed.csv").write_bytes(b"a,b\n")
    with (tmp_path / "large.csv").open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    found = await lines(tmp_path / "pipe", "/dev/zero", tmp_path / "large.csv", "x" * 5000, "\0", "", language="en")
    said = (sentences.NO_FILE, sentences.NO_FILE, sentences.TOO_BIG, sentences.MISSING, sentences.MISSING, sentences.FOLDER)
    assert [line["error"] for line in found] == [sentence.en for sentence in said]


async def test_figures_are_told_with_their_places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    period = Period(date(2024, 1, 1), date(2024, 12, 31))
    cells = tuple(At("流水", row, 4) for row in range(1, 9))
    page = At(None, 6, 3, Box(2, 0.0, 0.0, 9.0, 9.0))
    findings = Findings(
        Document.BANK_STATEMENT,
        (
            Figure("monthly_inflow", Decimal("1234.50"), "收入", cells, period),
            Figure("cash", Decimal(7), "余额", (page,), period),
            Figure("annual_revenue", Decimal(1), "收入", (page,)),
            Figure("platform", "taobao_tmall", "平台", (At(None, 0, 0),)),
        ),
        (Check("balance", False, Sentence("余额对不上。", "The balance does not fit."), ("annual_revenue",)),),
        period,
        "测试公司",
    )

    async def reading(*_given: object) -> Findings:
        return findings

    monkeypatch.setattr(command, "read_isolated", reading)
    (line,) = await lines(make(tmp_path, "a.csv", "csv"), language="en")
    assert line["kind"] == "bank_statement"
    assert line["facts"] == {"monthly_inflow": 1234.5, "cash": 7, "platform": "taobao_tmall"}
    assert line["period"] == "2024-01-01/2024-12-31"
    assert line["evidence"] == {"monthly_inflow": "流水!E2, 流水!E3, 流水!E4, +5", "cash": "page 2, line 7", "platform": "A1"}
    assert line["checks"] == [{"name": "balance", "ok": False, "detail": "The balance does not fit."}]
    assert "测试公司" not in json.dumps(line, ensure_ascii=False)


def test_the_command_ends_well_whatever_the_files_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ADVISOR_HOME", str(tmp_path / "home"))
    result = CliRunner().invoke(app, ["read", "--language", "en", str(make(tmp_path, "a.csv", "csv")), str(tmp_path / "none")])
    assert result.exit_code == 0
    assert [json.loads(line)["error"] for line in result.stdout.splitlines()] == [None, sentences.MISSING.en]


@pytest.mark.parametrize("arguments", [["read"], ["read", "--language", "fr", "a.csv"]])
def test_unusable_arguments_end_with_status_2(arguments: list[str]) -> None:
    result = CliRunner().invoke(app, arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr
