"""`advisor report`: facts from a file, with where they are from, as a report for bank staff."""

from __future__ import annotations

import json
import stat
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.commands.report import ReportError, write_report
from bot.conversation.world import World
from tests.pictures.firms import TODAY
from tests.pictures.rated import RATED


def given(folder: Path, facts: Any) -> Path:
    path = folder / "facts.json"
    path.write_text(facts if isinstance(facts, str) else json.dumps(facts), "utf-8")
    return path


def printed(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        texts = []
        for page in (document[number] for number in range(len(document))):
            text = page.get_textpage()
            texts.append(text.get_text_range())
            text.close()
            page.close()
        return "".join(texts)


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_report_from_a_file_of_facts(world: World, tmp_path: Path, wrapped: bool) -> None:
    revenue = {"value": 1_500_000, "source": "file", "as_of": "2025-12-31", "approximate": True}
    facts = {**RATED["sparse"], "annual_revenue": revenue, "employees": None}
    out = tmp_path / "report.pdf"
    number = write_report(world, given(tmp_path, {"id": 1, "facts": facts} if wrapped else facts), out, "en", TODAY)
    text = printed(out)
    assert number in text
    assert "About CNY 1.5 million" in text
    assert "2025-12-31" in text
    assert "made from figures entered by staff" in " ".join(text.split())
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_picture_by_the_name_of_the_file(world: World, tmp_path: Path) -> None:
    out = tmp_path / "report.PNG"
    write_report(world, given(tmp_path, RATED["sparse"]), out, "zh", TODAY)
    assert out.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("facts", "name", "said"),
    [
        ({}, "report.svg", "ends in .pdf or .png"),
        ("{", "report.pdf", "not JSON"),
        ([1], "report.pdf", "an object of fact names"),
        ({"profit": 1}, "report.pdf", "profit: no such fact"),
        ({"employees": "many"}, "report.pdf", "employees: a whole number"),
        ({"employees": {"value": 3, "from": "x"}}, "report.pdf", "employees: an object has value"),
        ({"employees": {"source": "said"}}, "report.pdf", "employees: an object has value"),
        ({"employees": {"value": 3, "source": "rumour"}}, "report.pdf", "source is said, file or staff"),
        ({"employees": {"value": 3, "as_of": "yesterday"}}, "report.pdf", "as_of a date"),
        ({}, "missing/report.pdf", "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(world: World, tmp_path: Path, facts: Any, name: str, said: str) -> None:
    with pytest.raises(ReportError) as told:
        write_report(world, given(tmp_path, facts), tmp_path / name, "zh", TODAY)
    assert said in str(told.value)
    assert "\n" not in str(told.value)


def test_the_command_prints_the_file_and_the_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISOR_HOME", str(tmp_path / "home"))
    facts, out = given(tmp_path, RATED["sparse"]), tmp_path / "report.pdf"
    result = CliRunner().invoke(app, ["report", str(facts), "--out", str(out), "--language", "zh"])
    assert result.exit_code == 0, result.output
    assert str(out) in result.output
    assert f"LA-{date.today():%Y}" in result.output
    refused = CliRunner().invoke(app, ["report", str(facts), "--out", str(out), "--language", "fr"])
    assert refused.exit_code == 2
