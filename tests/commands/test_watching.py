"""`advisor score monitor`, `override` and `sql`: what they print, what they refuse, and what stays in the log."""

from __future__ import annotations

import json
import sqlite3
import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.storage.database import open_database
from bot.storage.overrides import kept_overrides
from bot.storage.store import Store, StoredFact, TurnRecord
from scoring.card import default_card, score
from scoring.monitoring.words import texts
from tests.scoring.monitoring.made import month_of

DAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path / 'advisor.db'}"
    monkeypatch.setenv("ADVISOR_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return url


def stored(url: str, owner: str, firm: dict[str, Any]) -> None:
    store = Store(open_database(url))
    known = [StoredFact(name, value, "said", DAY, False) for name, value in firm.items()]
    with store.begin() as connection:
        store.commit_turn(connection, owner, store.recall(owner), {}, known, TurnRecord({}, None, [], [], "0" * 64), NOW)
    store.engine.dispose()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["score", *arguments])


@pytest.fixture
def firms(tmp_path: Path) -> Path:
    """Two months, the second of larger firms; those in Fujian are approved half as often."""
    file = tmp_path / "firms.jsonl"
    lines = []
    for month, staff in (("2026-09", (0.5, 0.3, 0.2)), ("2026-10", (0.1, 0.1, 0.8))):
        for number, firm in enumerate(month_of(month, 200, 1, staff=staff)):
            facts = {**firm.facts, "region": "350100" if number % 2 else "440300"}
            lines.append({"id": number, "on": f"{month}-05", "facts": facts, "approved": number % 4 != 1, "defaulted": number % 7 == 0})
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    return file


def test_the_report_names_what_moved_in_both_languages(database: str, firms: Path) -> None:
    english, chinese = (run("monitor", "--firms", str(firms), "--by-month", "--lang", language) for language in ("en", "zh"))
    assert english.exit_code == chinese.exit_code == 0
    assert "‼ 2026-10 staff: PSI " in english.stdout
    assert "‼ all: 400 firms, expected" in english.stdout
    assert "‼ region · Fujian: 200 firms, approved 50.0%" in english.stdout
    assert "✓ region · Guangdong: 200 firms, approved 100.0%" in english.stdout
    assert "‼ 2026-10 从业人员：PSI " in chinese.stdout
    assert "‼ 地区 · 福建省：200 家，通过 50.0%" in chinese.stdout


def test_firms_are_held_against_those_the_card_was_made_from(database: str, firms: Path) -> None:
    told = run("monitor", "--firms", str(firms)).stdout
    assert "against the training firms" in told


def test_the_report_as_json(database: str, firms: Path) -> None:
    found = run("monitor", "--firms", str(firms), "--json")
    report = json.loads(found.stdout)
    assert found.stdout.count("\n") == 1
    assert (report["firms"], report["months"], report["decided"]) == (400, ["2026-09", "2026-10"], True)
    assert report["alarms"] == sum(one["level"] == "alarm" for part in ("shifts", "drifts", "rates") for one in report[part])


def test_the_pictures_are_drawn_and_hold_every_name(database: str, firms: Path, tmp_path: Path) -> None:
    assert run("monitor", "--firms", str(firms), "--pictures", str(tmp_path / "out"), "--lang", "zh").exit_code == 0
    drawn = {file.name: ET.fromstring(file.read_text("utf-8")) for file in (tmp_path / "out").iterdir()}
    assert set(drawn) == {"stability.svg", "calibration.svg", "fairness.svg"}
    said = {name: "".join(picture.itertext()) for name, picture in drawn.items()}
    assert "从业人员" in said["stability.svg"]
    assert "2026-10" in said["stability.svg"]
    assert "全部 (400)" in said["calibration.svg"]
    assert "福建省" in said["fairness.svg"]


def test_the_stored_firms_are_watched_where_no_file_is_named(database: str) -> None:
    stored(database, "tg:1", {"employees": 3})
    report = json.loads(run("monitor", "--json").stdout)
    assert (report["firms"], report["months"], report["decided"]) == (1, ["2026-11"], False)


def test_nothing_stored_is_said_plainly(database: str) -> None:
    told = run("monitor")
    assert told.exit_code == 0
    assert "0 firms, no data" in told.stdout
    assert "No outcome is known yet." in told.stdout


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("not json", "line 1: "),
        ("[]", "expected an object"),
        ('{"on": "2026-13-01", "facts": {}}', "line 1: "),
        ('{"on": "2026-01-01", "facts": {"employees": "many"}}', "employees"),
        ('{"on": "2026-01-01", "facts": {}, "approved": 1}', "true, false or null"),
        ('{"on": "2026-01-01", "facts": {}, "aproved": true}', "'aproved'"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_by_its_number(database: str, tmp_path: Path, line: str, message: str) -> None:
    file = tmp_path / "firms.jsonl"
    file.write_text(line, "utf-8")
    refused = run("monitor", "--firms", str(file))
    assert refused.exit_code == 2
    assert message in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_an_unknown_grade_and_a_missing_file_are_one_line(database: str, tmp_path: Path) -> None:
    for refused in (run("monitor", "--pass-grade", "F"), run("monitor", "--firms", str(tmp_path / "none"))):
        assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)


def test_an_override_is_logged_with_the_grade_it_goes_against(database: str) -> None:
    stored(database, "tg:1", {"industry": "catering"})
    grade = score({"industry": "catering"}).grade
    done = run("override", "tg:1", "--to", "A", "--by", "王芳", "--why", "和张伟先生电话 13812345678 核实过订单")
    assert done.exit_code == 0, done.stderr
    assert f"tg:1: {grade} -> A, 王芳: " in done.stdout
    engine = open_database(database)
    (kept,) = kept_overrides(engine)
    engine.dispose()
    assert (kept.from_grade, kept.to_grade, kept.by, kept.card) == (grade, "A", "王芳", default_card().version)
    assert "13812345678" not in kept.why
    assert "1 in all (1 up, 0 down)" in run("monitor").stdout


def test_an_override_is_taken_back_by_the_cards_own_grade(database: str) -> None:
    stored(database, "tg:1", {"industry": "catering"})
    grade = score({"industry": "catering"}).grade
    decide = ("--by", "王芳", "--why", "订单已确认")
    assert run("override", "tg:1", "--to", "A", *decide).exit_code == 0
    assert "grade A already" in run("override", "tg:1", "--to", "A", *decide).stderr
    assert run("override", "tg:1", "--to", grade, *decide).exit_code == 0
    assert f"grade {grade} already" in run("override", "tg:1", "--to", grade, *decide).stderr
    assert "2 in all (1 up, 0 down)" in run("monitor").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("tg:9", "--to", "A", "--by", "x", "--why", "y"), "nothing is stored"),
        (("tg:1", "--to", "Q", "--by", "x", "--why", "y"), "no grade 'Q'"),
        (("tg:1", "--to", "A", "--by", " ", "--why", "y"), "who decides and why"),
    ],
)
def test_an_override_that_cannot_be_kept_is_refused(database: str, arguments: tuple[str, ...], message: str) -> None:
    stored(database, "tg:1", {})
    refused = run("override", *arguments)
    assert refused.exit_code == 2
    assert message in refused.stderr


def test_the_printed_statement_scores_a_table_of_a_banks_own() -> None:
    printed = run("sql", "--database", "sqlite", "--table", "clients", "--key", "number", "--columns", "industry,employees")
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE clients (number INTEGER, industry TEXT, employees INTEGER)")
    connection.execute("INSERT INTO clients VALUES (7, 'catering', 30)")
    ((number, _, _, pd, grade, _, _),) = connection.execute(printed.stdout).fetchall()
    connection.close()
    expected = score({"industry": "catering", "employees": 30})
    assert (number, grade) == (7, expected.grade)
    assert pd == pytest.approx(float(expected.pd), abs=1e-6)


@pytest.mark.parametrize(("option", "value"), [("--database", "oracle"), ("--columns", "shoe_size")])
def test_a_statement_that_cannot_be_written_is_refused_in_one_line(option: str, value: str) -> None:
    refused = run("sql", option, value)
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    assert value in refused.stderr


def test_every_text_of_the_report_is_there_in_both_languages_with_the_same_figures() -> None:
    import string

    for key, both in texts().items():
        assert set(both) == {"zh", "en"}, key
        zh, en = ({name for _, name, _, _ in string.Formatter().parse(both[language]) if name} for language in ("zh", "en"))
        assert zh == en, key
