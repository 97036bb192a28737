"""`advisor bulletin` on the command line: from a file to the outbox, and what is refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.storage.database import open_database
from bot.storage.posts import Closing, Lane
from bot.storage.store import Store
from tests.bulletins.written import FITS, FUJIAN, NOW, OPEN, firm

Run = Callable[..., Result]
FILE = """
title: {zh: 专精特新贷款贴息, en: Interest subsidy for specialised firms}
body: {zh: 您可能符合条件，回复即可查看。, en: You may well be eligible; write to see.}
entry: sub-fj-zjtx-loan-2026
region: 350000
send_at: SOON
expires: 2026-12-10
quiet: [00:00, 00:00]
"""


def command(folder: Path) -> Run:
    given = {"ADVISOR_HOME": str(folder), "DATABASE_URL": f"sqlite:///{folder / 'advisor.db'}"}
    return lambda *words: CliRunner().invoke(app, [*map(str, words)], env=given)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Officers 1 and 2 of Fujian, agent 3, an eligible firm and one that cannot be told."""
    folder = tmp_path_factory.mktemp("bulletin")
    run = command(folder)
    for name in ("陈处", "Lin"):
        language = "zh" if name == "陈处" else "en"
        assert run("desk", "staff", "add", name, "--role", "policy", "--region", FUJIAN, "--lang", language).exit_code == 0
    assert run("desk", "bank", "add", "general").exit_code == 0
    assert run("desk", "staff", "add", "李经理", "--bank", "general").exit_code == 0
    engine = open_database(f"sqlite:///{folder / 'advisor.db'}")
    firm(Store(engine), 1, FITS)
    firm(Store(engine), 2, OPEN, "en")
    engine.dispose()
    return folder


@pytest.fixture
def run(made: Path, tmp_path: Path) -> Run:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return command(tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    soon = datetime.now().astimezone() + timedelta(seconds=-5)
    path = tmp_path / "bulletin.yaml"
    path.write_text(FILE.replace("SOON", soon.isoformat()).replace("2026-12-10", (soon + timedelta(days=9)).date().isoformat()), "utf-8")
    return path


def test_from_a_file_to_the_outbox(run: Run, file: Path, tmp_path: Path) -> None:
    assert run("bulletin", "list", "--by", 1).stdout == "no bulletin yet: see advisor bulletin add --help\n"
    added = run("bulletin", "add", file, "--by", 1)
    assert added.exit_code == 0, added.stderr
    assert added.stdout.startswith("#1  draft  version 1  sub-fj-zjtx-loan-2026  350000")
    assert len(added.stdout.splitlines()) == 1, "nothing is wrong with it"
    shown = run("bulletin", "show", 1, "--by", 2).stdout
    assert "[en]\n<b>Interest subsidy for specialised firms</b>\n\nYou may well be eligible" in shown
    assert "stored firms: eligible fewer than 5, cannot tell yet fewer than 5, not eligible fewer than 5" in shown
    assert "messages fewer than 5, from " in shown
    refused = run("bulletin", "approve", 1, "--version", 1, "--by", 1)
    assert (refused.exit_code, refused.stderr) == (2, "advisor: 这条通知由您写成或最后修改，需要另一位同事批准。\n")
    assert "approved" in run("bulletin", "approve", 1, "--version", 1, "--by", 2).stdout
    assert run("bulletin", "deliver").stdout == "put into the outbox: 1\n"
    assert run("bulletin", "deliver").stdout == "put into the outbox: 0\n"
    status = run("bulletin", "status", 1, "--by", 1).stdout
    assert "firms fewer than 5: what became of their messages is not told" in status
    assert "done by about 20" in status
    assert "stopped" in run("bulletin", "stop", 1, "--by", 2).stdout
    again = run("bulletin", "stop", 1, "--by", 2)
    assert (again.exit_code, again.stderr) == (2, "advisor: The bulletin is stopped; that cannot be done any more.\n")
    assert Path(tmp_path, "advisor.db").exists()


def test_a_change_needs_the_version_that_was_seen(run: Run, file: Path) -> None:
    run("bulletin", "add", file, "--by", 1)
    run("bulletin", "approve", 1, "--version", 1, "--by", 2)
    stale = run("bulletin", "change", file, "--number", 1, "--version", 1, "--by", 1)
    assert (stale.exit_code, stale.stderr) == (
        2,
        "advisor: bulletin 1 was changed meanwhile: look at it again with advisor bulletin show 1\n",
    )
    changed = run("bulletin", "change", file, "--number", 1, "--version", 2, "--by", 1)
    assert changed.stdout.startswith("#1  draft  version 3")
    assert run("bulletin", "list", "--by", 2).stdout == changed.stdout


def test_what_is_wrong_is_told_with_the_draft(run: Run, file: Path) -> None:
    file.write_text(file.read_text("utf-8").replace("350000", "440000").replace("符合条件", "<b>符合条件"), "utf-8")
    lines = run("bulletin", "add", file, "--by", 1).stdout.splitlines()
    assert lines[1:] == ["! 中文正文的格式标记有误，问题在 <b>。", "! 广东省不在您负责的福建省范围内。"]
    assert run("bulletin", "show", 1, "--by", 2).stderr == "advisor: there is no bulletin 1 for Lin\n"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("list", "--by", "9"), "nobody of the staff has the number 9"),
        (("list", "--by", "3"), "只有政策部门的工作人员"),
        (("show", "7", "--by", "2"), "there is no bulletin 7 for Lin"),
        (("add", "no-such-file", "--by", "1"), "no-such-file cannot be read"),
    ],
)
def test_what_is_refused_says_why(made: Path, words: tuple[str, ...], why: str) -> None:
    result = command(made)("bulletin", *words)
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert why in result.stderr


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[1, 2]", "is no bulletin"),
        ("title: [", "is no bulletin"),
        ("title: {zh: 一, en: a}", "a bulletin needs body, entry, region, send_at, expires"),
        (
            json.dumps(
                {"title": "x", "body": {}, "entry": "a", "region": "1", "send_at": "2026-12-01T09:00+08:00", "expires": "2026-12-02"}
            ),
            "is no",
        ),
    ],
)
def test_a_file_that_is_no_bulletin(made: Path, tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(text, "utf-8")
    result = command(made)("bulletin", "add", path, "--by", 1)
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert why in result.stderr


def test_what_came_of_it_is_printed_and_drawn(run: Run, file: Path, tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'advisor.db'}")
    store = Store(engine)
    for number in range(10, 18):
        firm(store, number, FITS)
    run("bulletin", "add", file, "--by", 1)
    shown = run("bulletin", "show", 1, "--by", 2, "--picture", tmp_path / "audience.svg")
    assert "place: Fuzhou 5/5" in shown.stdout, shown.stderr
    assert "? " not in shown.stdout, "one firm alone lacks a fact"
    run("bulletin", "approve", 1, "--version", 1, "--by", 2)
    run("bulletin", "deliver")
    store.close_posts([Closing(row, "dead" if row == 1 else "sent", row, reason="late") for row in store.waiting(Lane.BULK, 99)], NOW)
    engine.dispose()
    report = run("bulletin", "report", 1, "--by", 2, "--picture", tmp_path / "report.png", "--group", "region")
    assert "firms 9  waiting 0  sent 8  unsubscribed 0  failed 1" in report.stdout, report.stderr
    assert "failed 1: could not leave in time" in report.stdout
    assert "place: Fuzhou 5/0/5/0" in report.stdout
    viewed = run("bulletin", "view", "sub-fj-zjtx-loan-2026", "--by", 1, "--what", "unmet", "--picture", tmp_path / "unmet.svg")
    assert viewed.exit_code == 0, viewed.stderr
    assert viewed.stdout.splitlines()[1].endswith("福州市 5/0/5/0")
    assert (tmp_path / "report.png").read_bytes().startswith(b"\x89PNG")
    assert all((tmp_path / name).read_text("utf-8").startswith("<svg") for name in ("audience.svg", "unmet.svg"))
    refused = run("bulletin", "report", 1, "--by", 2, "--picture", tmp_path / "report.gif")
    assert (refused.exit_code, refused.stderr) == (2, "advisor: report.gif: a picture ends in .svg or .png\n")


def test_new_measures_are_drafted(run: Run, tmp_path: Path) -> None:
    feed = {"measures": [{"kind": "subsidy", "name_zh": "稳岗补贴", "summary_zh": "招人的企业可以领补贴。", "issuer_zh": "福州市人社局"}]}
    path = tmp_path / "feed.json"
    path.write_text(json.dumps(feed), "utf-8")
    drafted = run("bulletin", "draft", path, "--out", tmp_path / "drafts", "--language", "en")
    assert drafted.stdout.endswith("1 drafted: finish them, then advisor knowledge check and advisor bulletin add.\n"), drafted.stderr
    assert "! The English text of name_en, summary_en, issuer_en." in drafted.stdout
    assert len(list((tmp_path / "drafts").rglob("*.yaml"))) == 2
