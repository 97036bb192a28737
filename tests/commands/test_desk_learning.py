"""`advisor desk promote | review | quiz | outcome` on the command line: from a case to what is told, with two people."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert
from typer.testing import CliRunner, Result

from bot.casework.cases import Request, open_for
from bot.casework.ports import Desk
from bot.casework.words import Words, answer
from bot.cli import app
from bot.desk.model import Reason
from bot.storage.database import open_database
from bot.storage.desk.people import bank_of, member_of
from bot.storage.desk.tables import referrals
from bot.storage.store import Store
from tests.casework.desks import NOW, known, state_of

OWNER = "terminal:me"
Run = Callable[..., Result]
STAFF = (
    ("bank", "add", "general"),
    ("bank", "add", "len-icbc"),
    ("staff", "add", "李经理", "--bank", "general"),
    ("staff", "add", "赵主任", "--bank", "general", "--role", "supervisor"),
    ("staff", "add", "张主任", "--bank", "len-icbc", "--role", "supervisor"),
)
CLERK, SUPERVISOR, ELSEWHERE = 1, 2, 3


def desk_at(folder: Path) -> Run:
    given = {"ADVISOR_HOME": str(folder), "DATABASE_URL": f"sqlite:///{folder / 'advisor.db'}"}
    return lambda *words: CliRunner().invoke(app, ["desk", *map(str, words)], env=given)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two banks with their people, an answered case, number 1, and a referral to the bank."""
    folder = tmp_path_factory.mktemp("desk")
    for words in STAFF:
        assert desk_at(folder)(*words).exit_code == 0, words
    engine = open_database(f"sqlite:///{folder / 'advisor.db'}")
    store = Store(engine)
    known(store, OWNER)
    with store.begin() as connection:
        bank, clerk = bank_of(connection, "general"), member_of(connection, CLERK)
        assert bank is not None
        assert clerk is not None
        desk = Desk(store)
        case = open_for(connection, desk, Request(OWNER, Reason.ASKED, None, "我是王小明，提前还款收费吗", "zh", {}), bank, NOW)
        answer(connection, desk, case, clerk, Words("不收费，电话 13800138000。"), NOW)
        values = {"receipt": "R-1", "owner_id": OWNER, "bank_id": "len-icbc", "fields": [], "pack": {}, "given_at": NOW}
        connection.execute(insert(referrals).values(**values, expires_at=NOW + timedelta(days=30)))
    engine.dispose()
    return folder


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Run:
    """A copy of that, to change."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return desk_at(tmp_path)


def test_from_a_case_to_a_question_that_is_answered(desk: Run) -> None:
    proposed = desk("promote", 1, "--by", CLERK, "--question", "提前还款收费吗")
    assert proposed.exit_code == 0, proposed.stderr
    assert proposed.stdout.startswith("1\n")
    assert "13800138000" not in proposed.stdout
    assert "提前还款收费吗" in desk("review", "--by", SUPERVISOR).stdout
    assert desk("review", "--by", ELSEWHERE).stdout == "nothing waits\n"
    assert desk("review", 1, "--by", SUPERVISOR, "--accept").stdout == "accepted\n"
    again = desk("review", 1, "--by", SUPERVISOR, "--refuse")
    assert again.exit_code == 2
    assert "already" in again.stderr


def test_an_entry_is_written_for_its_author(desk: Run, tmp_path: Path) -> None:
    assert desk("promote", 1, "--by", CLERK, "--as", "entry", "--name", "提前还款", "--id", "def-early").exit_code == 0
    assert not (tmp_path / "drafts").exists()
    accepted = desk("review", 1, "--by", SUPERVISOR, "--accept")
    assert accepted.stdout.strip() == str(tmp_path / "drafts" / "def-early.yaml")
    assert "王小明" not in (tmp_path / "drafts" / "def-early.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("promote", 1, "--by", 9), "nobody of the staff has the number 9"),
        (("promote", 9, "--by", CLERK), "there is no case 9 at your bank"),
        (("promote", 1, "--by", ELSEWHERE), "there is no case 1 at your bank"),
        (("promote", 1, "--by", CLERK, "--as", "song"), "a faq, an entry, a message or a quiz"),
        (("promote", 1, "--by", CLERK, "--answer", 9), "no such answer"),
        (("promote", 1, "--by", CLERK, "--as", "entry"), "an entry needs a name"),
        (("promote", 1, "--by", CLERK, "--as", "quiz"), "not two other answers"),
        (("promote", 1, "--by", CLERK, "--as", "message"), "--intent is missing"),
        (("review", 1, "--by", SUPERVISOR), "there is no proposal 1"),
        (("outcome", "R-1", "--by", ELSEWHERE), "give --approved"),
        (("outcome", "R-1", "--by", ELSEWHERE, "--approved", "many"), "many is not a number"),
        (("outcome", "R-1", "--by", ELSEWHERE, "--declined", "mood"), "overdue, debts"),
        (("outcome", "R-1", "--by", CLERK, "--declined", "debts"), "there is no referral R-1 at your bank"),
        (("quiz", "--lang", "fr"), "zh or en"),
    ],
)
def test_what_cannot_be_done_says_why(desk: Run, words: tuple[object, ...], why: str) -> None:
    refused = desk(*words)
    assert refused.exit_code == 2
    assert why in refused.stderr


def test_a_clerk_reviews_nothing(desk: Run) -> None:
    desk("promote", 1, "--by", SUPERVISOR)
    assert desk("review", 1, "--by", CLERK, "--accept").exit_code == 2
    own = desk("review", 1, "--by", SUPERVISOR, "--accept")
    assert own.exit_code == 2
    assert "cannot review it as well" in own.stderr


def test_an_outcome_is_told_to_the_owner(desk: Run, tmp_path: Path) -> None:
    told = desk("outcome", "R-1", "--by", ELSEWHERE, "--approved", "300000", "--rate", "0.0385")
    assert json.loads(told.stdout) == {"receipt": "R-1", "approved": True, "amount": "300000", "rate": "0.0385", "why": None}
    engine = open_database(f"sqlite:///{tmp_path / 'advisor.db'}")
    assert "批了 30万元，年利率 3.85%" in str(state_of(Store(engine), OWNER)["waiting"])
    engine.dispose()
    assert desk("outcome", "R-1", "--by", ELSEWHERE, "--declined", "debts").exit_code == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_quiz_is_the_same_for_the_same_number(desk: Run, language: str) -> None:
    first, second = (desk("quiz", "--lang", language, "--count", 3, "--seed", 7, "--json").stdout for _ in range(2))
    assert first == second
    quizzes = [json.loads(line) for line in first.splitlines()]
    assert len(quizzes) == 3
    assert all(len(quiz["answers"]) == 3 and quiz["why"] for quiz in quizzes)


def test_a_quiz_is_played(made: Path) -> None:
    given = {"ADVISOR_HOME": str(made), "DATABASE_URL": f"sqlite:///{made / 'advisor.db'}"}
    listed = CliRunner().invoke(app, ["desk", "quiz", "--count", "2", "--seed", "7", "--json"], env=given).stdout
    first, second = (json.loads(line)["right"] + 1 for line in listed.splitlines())
    wrong = second % 3 + 1
    played = CliRunner().invoke(app, ["desk", "quiz", "--count", "2", "--seed", "7"], input=f"{first}\n{wrong}\n", env=given)
    assert "对了。" in played.stdout
    assert f"不对，应选 {second}" in played.stdout
    assert "答对 1/2" in played.stdout
