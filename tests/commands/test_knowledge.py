"""`advisor knowledge` as people and scripts use it: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import functools
import json
import os
import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.commands.knowledge.loading import WouldDrop, keep_loaded
from bot.storage.database import open_database
from bot.storage.packs import Packs
from bot.storage.store import Remembered, Store, TurnRecord
from knowledge.pack import load_pack
from tests.knowledge.authoring.sample import FILE, GOOD, spoilt, write
from tests.knowledge.authoring.test_interview import ALL

TODAY = date(2026, 11, 21)


class Place:
    """A folder of entries in use, with a database of its own."""

    def __init__(self, home: Path) -> None:
        self.home, self.folder = home, home / "entries"
        write(self.folder)

    def run(self, *words: str, typed: str = "") -> Result:
        return CliRunner().invoke(app, ["knowledge", *words], input=typed, env=self.env)

    @property
    def env(self) -> dict[str, str]:
        return {"ADVISOR_HOME": str(self.home / "home"), "ADVISOR_KNOWLEDGE": str(self.folder), "DATABASE_URL": "", "LC_ALL": "C.UTF-8"}

    def load(self, *, allow_drop: bool = False) -> bool:
        """What chat and serve do with the knowledge at their start."""
        (self.home / "home").mkdir(exist_ok=True)
        engine = open_database(f"sqlite:///{self.home / 'home' / 'advisor.db'}")
        try:
            return keep_loaded(engine, load_pack(self.folder), TODAY, allow_drop)
        finally:
            engine.dispose()

    def sheet(self, **changes: object) -> Path:
        """An export with cells below some headers changed."""
        path = self.home / "pack.xlsx"
        assert self.run("export", str(path)).exit_code == 0
        book = load_workbook(BytesIO(path.read_bytes()))
        for label, value in changes.items():
            sheet = book["Entries"]
            next(sheet.cell(2, header.column) for header in sheet[1] if header.value == label.replace("_", " ")).value = value
        book.save(path)
        return path


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


# -- check and due -----------------------------------------------------------------------------------------------------------------


def test_check_ends_with_0_when_all_is_right_and_1_with_every_fault(place: Place) -> None:
    assert (place.run("check").exit_code, place.run("check").stdout) == (0, "1 entries, no faults.\n")
    write(place.folder, spoilt(("fact: age_months", "fact: age_month"), ("[A, B]", "[A, E]")))
    result = place.run("check")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0].startswith(
        f"{FILE}:13:14: when.all[0].fact: there is no fact called age_month; did you mean age_months?"
    )
    assert result.stdout.splitlines()[-1] == "1 entries; 2 faults in 1 files."
    assert "是不是想写 age_months" in place.run("check", "--language", "zh").stdout
    told = [json.loads(line) for line in place.run("check", "--json").stdout.splitlines()]
    assert [(item["line"], item["column"], item["code"]) for item in told] == [(13, 14, "unknown_fact"), (14, 33, "no_choice")]


def test_check_takes_one_file_and_refuses_what_is_not_there(place: Place) -> None:
    assert place.run("check", str(place.folder / FILE)).exit_code == 0
    result = place.run("check", str(place.home / "nowhere"))
    assert result.exit_code == 2
    assert "there is no folder" in result.stderr


def test_due_lists_what_ends_within_so_many_days(place: Place) -> None:
    result = place.run("due", "--on", "2026-11-26", "--within", "35")
    assert result.stdout.startswith("2026-12-31  sub-sample  Sample subsidy: ends in 35 days, points only a person can check: 1.")
    assert "ends" not in place.run("due", "--on", "2026-11-25", "--within", "35").stdout.splitlines()[0]
    (item,) = (json.loads(line) for line in place.run("due", "--on", "2026-11-26", "--json").stdout.splitlines())
    assert (item["entry"], item["due"], item["reasons"]) == ("sub-sample", "2026-12-31", ["ending", "by_hand"])


# -- loading ------------------------------------------------------------------------------------------------------------------------


def test_a_pack_that_lacks_an_entry_in_force_is_refused_until_it_is_allowed(place: Place) -> None:
    write(place.folder, GOOD.replace("sub-sample", "sub-other"), "cn/subsidy/sub-other.yaml")
    assert place.load() is True
    (place.folder / FILE).unlink()
    with pytest.raises(WouldDrop, match=r"sub-sample.*--allow-drop"):
        place.load()
    assert place.run("versions").stdout.count("loaded") == 1, "nothing was kept"
    assert place.load(allow_drop=True) is True
    assert place.load() is False


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("zh_CN.UTF-8", "advisor: 新的知识库里少了 1 个仍然有效的条目：sub-other。确实要去掉，请加 --allow-drop"),
        ("en_GB.UTF-8", "advisor: missing from the knowledge although still in force: sub-other (1). If that is meant, add --allow-drop"),
    ],
)
@pytest.mark.parametrize("command", ["chat", "serve"])
def test_neither_chat_nor_serve_starts_when_an_entry_in_force_has_vanished(place: Place, command: str, locale: str, told: str) -> None:
    other = write(place.folder, GOOD.replace("sub-sample", "sub-other").replace(", until: 2026-12-31", ""), "cn/subsidy/sub-other.yaml")
    assert place.load() is True
    other.unlink()
    env = {**place.env, "LC_ALL": locale, "TELEGRAM_BOT_TOKEN": "1:a", "TELEGRAM_API_URL": "http://127.0.0.1:9"}
    for _ in range(2):  # the refusal keeps nothing, so it is refused again
        result = CliRunner().invoke(app, [command], input="hello\n", env=env)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.splitlines()[-1] == told
    assert place.run("versions").stdout.count("loaded") == 1


def test_an_entry_that_has_ended_may_go_without_a_word(place: Place) -> None:
    write(place.folder, GOOD.replace("sub-sample", "sub-ended").replace("2026-12-31", "2026-11-20"), "cn/subsidy/sub-ended.yaml")
    assert place.load() is True
    (place.folder / "cn/subsidy/sub-ended.yaml").unlink()
    assert place.load() is True


def test_an_entry_that_is_broken_is_told_and_takes_nothing_else_down(place: Place) -> None:
    write(place.folder, GOOD.replace("sub-sample", "sub-other"), "cn/subsidy/sub-other.yaml")
    assert place.load() is True
    write(place.folder, "kind: [")
    assert list(load_pack(place.folder).entries) == ["sub-other"]
    assert load_pack(place.folder).problems[0].file == "sub-sample.yaml"
    assert place.load() is True


# -- the sheet ------------------------------------------------------------------------------------------------------------------------


def test_an_export_read_back_changes_nothing(place: Place) -> None:
    before = (place.folder / FILE).read_bytes()
    result = place.run("import", str(place.sheet()))
    assert (result.exit_code, result.stdout) == (0, "Nothing changed.\n")
    assert (place.folder / FILE).read_bytes() == before


def test_an_import_shows_its_effect_asks_and_keeps_author_and_note(place: Place) -> None:
    place.load()
    result = place.run("import", str(place.sheet(subsidy_points="2%")), typed="Li Wei\n2027 notice\ny\n")
    assert result.exit_code == 0
    assert "offer.subsidy.points: 0.015 -> 0.02" in result.stdout
    assert (place.folder / FILE).read_text("utf-8") == GOOD.replace("0.015", "0.02")
    assert "written  1 entries  by Li Wei: 2027 notice" in place.run("versions").stdout


@pytest.mark.parametrize("typed", ["Li Wei\nnote\nn\n", "Li Wei\nnote\n", "Li Wei\n", ""])
def test_without_a_yes_nothing_is_written(place: Place, typed: str) -> None:
    result = place.run("import", str(place.sheet(subsidy_points="2%")), typed=typed)
    assert result.exit_code == 1
    assert "Nothing was written." in result.stdout
    assert (place.folder / FILE).read_text("utf-8") == GOOD


def test_a_dry_run_writes_nothing_and_a_bad_cell_is_told_by_its_address(place: Place) -> None:
    assert place.run("import", str(place.sheet(subsidy_points="2%")), "--dry-run").exit_code == 0
    result = place.run("import", str(place.sheet(subsidy_points="much", valid_until="soon")), "--yes", "--author", "Li Wei")
    assert result.exit_code == 1
    assert "Entries!U2: much is no rate" in result.stdout
    assert "Entries!K2: soon is no date" in result.stdout
    assert (place.folder / FILE).read_text("utf-8") == GOOD


def test_entries_that_changed_since_the_export_are_warned_of(place: Place) -> None:
    path = place.sheet()
    write(place.folder, GOOD + "# seen\n")
    assert "have changed since this sheet was exported" in place.run("import", str(path)).stderr


@pytest.mark.parametrize("content", [b"", b"id,name\n", b"PK\x03\x04 no zip"])
def test_a_file_that_is_no_workbook_is_one_line(place: Place, content: bytes) -> None:
    path = place.home / "odd.xlsx"
    path.write_bytes(content)
    result = place.run("import", str(path))
    assert result.exit_code == 2
    assert result.stderr == f"advisor: {path}: this is no spreadsheet that can be read (.xlsx)\n"


# -- a new entry ----------------------------------------------------------------------------------------------------------------------


def test_a_new_entry_is_written_only_after_a_yes(place: Place) -> None:
    answers = "\n".join(ALL)
    path = place.folder / "cn" / "subsidy" / "sub-try.yaml"
    assert place.run("add", "--lang", "zh", typed=f"{answers}\n李\nn\n").exit_code == 1
    assert not path.exists()
    result = place.run("add", "--lang", "zh", typed=f"{answers}\n李\ny\n")
    assert result.exit_code == 0, result.stdout
    assert "试办贴息 · 还不能确定" in result.stdout, "as owners will see it"
    assert list(load_pack(place.folder).entries) == ["sub-sample", "sub-try"]
    assert place.run("check").exit_code == 0


def test_ctrl_c_in_the_middle_writes_nothing(place: Place) -> None:
    command = [sys.executable, "-c", "from bot.cli import main; main()", "knowledge", "add"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    # A shell's background jobs ignore Ctrl-C, and so would what they start.
    listening = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(command, env=os.environ | place.env, preexec_fn=listening, **pipes)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"3\nsub-try\n")
    process.stdin.flush()
    while b"medium" not in process.stdout.readline():
        pass
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert errors.decode().strip() == "Nothing was written."
    assert list(load_pack(place.folder).entries) == ["sub-sample"]


# -- differences and the past -----------------------------------------------------------------------------------------------------------


def test_diff_tells_which_firms_move(place: Place) -> None:
    firms = place.home / "firms.jsonl"
    firms.write_text('{"facts": {"age_months": 30, "tax_grade": "A", "owner_age": 30, "region": "350100"}}\n\n', "utf-8")
    other = place.home / "other"
    write(other, spoilt(("at_least: 24", "at_least: 36"), ("age_months: 24", "age_months: 36")))
    result = place.run("diff", str(place.folder), str(other), "--firms", str(firms), "--on", "2026-11-21")
    assert result.exit_code == 0
    assert "condition new: time in business of at least 3 years" in result.stdout
    assert "1 firm goes from eligible to ineligible" in result.stdout
    told = json.loads(place.run("diff", str(place.folder), str(other), "--firms", str(firms), "--on", "2026-11-21", "--json").stdout)
    assert told["effects"] == {"sub-sample": [{"from": "eligible", "to": "ineligible", "firms": 1}]}
    place.load()
    write(place.folder, GOOD + "checked_by: x\n")
    assert "left out" in place.run("diff", "files").stderr
    write(place.folder, GOOD.replace("0.015", "0.02"))
    assert "offer.subsidy.points: 0.015 -> 0.02" in place.run("diff", "files").stdout, "against the version stored last"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["diff", "abcdef", "files"], "abcdef is no folder and no stored version"),
        (["diff", "files"], "last is no folder and no stored version"),
        (["replay", "sub-sample"], "no version had been stored"),
        (["replay"], "replay what?"),
        (["replay", "--turn", "7"], "there is no turn 7"),
        (["import", "nowhere.xlsx"], "cannot be read"),
        (["export", "/nowhere/pack.xlsx"], "cannot be written"),
        (["check", "--language", "fr"], "zh or en"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_2(place: Place, words: list[str], told: str) -> None:
    result = place.run(*words)
    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_firm_that_cannot_be_read_is_told_by_its_line(place: Place) -> None:
    firms = place.home / "firms.jsonl"
    firms.write_text('{"facts": {}}\n{"facts": {"age_months": "old"}}\n', "utf-8")
    result = place.run("diff", "files", "files", "--firms", str(firms))
    assert (result.exit_code, "line 2" in result.stderr) == (2, True)


def test_an_entry_is_replayed_as_it_stood(place: Place) -> None:
    place.load()
    write(place.folder, GOOD.replace("0.015", "0.02"))
    today = f"{date.today():%Y-%m-%d}"
    result = place.run("replay", "--on", today, "sub-sample")
    assert result.exit_code == 0, result.stderr
    assert "1.5 percentage points a year" in result.stdout, "the version that was loaded, not what the file says now"
    assert GOOD in result.stdout
    assert "did you mean sub-sample" in place.run("replay", "--on", today, "sub-sampel").stderr
    assert json.loads(place.run("replay", "--on", today, "sub-sample", "--json").stdout)["text"] == GOOD
    with_digest = Packs(open_database(f"sqlite:///{place.home / 'home' / 'advisor.db'}"))
    last = with_digest.last()
    with_digest.engine.dispose()
    assert last is not None
    assert place.run("diff", last.digest[:8], "files").exit_code == 0


@pytest.mark.parametrize("name", ["check", "add", "diff", "export", "import", "due", "versions", "replay"])
def test_every_command_explains_itself(place: Place, name: str) -> None:
    result = place.run(name, "--help")
    assert result.exit_code == 0
    assert "--language" in result.stdout


def test_a_past_answer_is_replayed_with_the_version_it_came_from(place: Place) -> None:
    place.load()
    digest = load_pack(place.folder).digest
    store = Store(open_database(f"sqlite:///{place.home / 'home' / 'advisor.db'}"))
    with store.begin() as connection:
        record = TurnRecord({"text": "any subsidy?"}, "define", [{"text": "Yes,\n1.5 a year"}], ["sub-sample"], digest)
        store.commit_turn(connection, "tg:1", Remembered(None, 0, ()), {}, [], record, datetime(2026, 11, 21, 9, 0, tzinfo=UTC))
    store.engine.dispose()
    write(place.folder, GOOD.replace("0.015", "0.02"))
    place.load()
    result = place.run("replay", "--turn", "1")
    assert result.exit_code == 0, result.stderr
    assert "< any subsidy?\n> Yes,\n> 1.5 a year\n" in result.stdout
    assert digest[:12] in result.stdout
    assert GOOD in result.stdout
    assert json.loads(place.run("replay", "--turn", "1", "--json").stdout)["entries"] == {"sub-sample": GOOD}
