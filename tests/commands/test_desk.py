"""`advisor desk` on the command line: what it sets up, what it refuses, and what it says to whom."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.casework.cases import Request, open_for
from bot.casework.ports import Desk
from bot.cli import app
from bot.desk.model import Reason
from bot.storage.database import open_database
from bot.storage.desk.looks import looks_of
from bot.storage.desk.people import bank_of
from bot.storage.store import Store
from tests.casework.desks import NOW, known, state_of

OWNER = "terminal:me"
Run = Callable[..., Result]


BANKS = (("bank", "add", "general"), ("bank", "add", "len-icbc", "--group", "-1001"))
STAFF = (
    ("staff", "add", "李经理", "--bank", "general", "--telegram", "5"),
    ("staff", "add", "王经理", "--bank", "len-icbc", "--deputy"),
)


def desk_at(folder: Path) -> Run:
    """The command with a database of its own."""
    given = {"ADVISOR_HOME": str(folder), "DATABASE_URL": url_at(folder)}
    return lambda *words: CliRunner().invoke(app, ["desk", *map(str, words)], env=given)


def url_at(folder: Path) -> str:
    return f"sqlite:///{folder / 'advisor.db'}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A general desk with 李经理, number 1, and one bank with 王经理, number 2. Nothing more happens there."""
    folder = tmp_path_factory.mktemp("desk")
    desk = desk_at(folder)
    for words in (*BANKS, *STAFF):
        assert desk(*words).exit_code == 0, words
    return folder


@pytest.fixture
def url(made: Path, tmp_path: Path) -> str:
    """A copy of that, to change."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return url_at(tmp_path)


@pytest.fixture
def set_up(url: str, tmp_path: Path) -> Run:
    assert url
    return desk_at(tmp_path)


def opened(url: str) -> int:
    """A case at the general desk, of an owner at the terminal."""
    engine = open_database(url)
    store = Store(engine)
    known(store, OWNER)
    with store.begin() as connection:
        bank = bank_of(connection, "general")
        assert bank is not None
        case = open_for(connection, Desk(store), Request(OWNER, Reason.ASKED, None, "利息怎么算", "zh", {}), bank, NOW)
    engine.dispose()
    return case.id


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("bank", "add", "len-nobody"), "is no lender of the knowledge"),
        (("bank", "add", "len-ccb", "--group", "-1001"), "group -1001 belongs to another bank already"),
        (("bank", "add", "len-ccb", "--hours", "nine to five"), "--hours cannot be read"),
        (("bank", "add", "len-ccb", "--hours", '{"opens": 9}'), "--hours cannot be read: opening hours know no opens"),
        (("bank", "add", "len-ccb", "--hours", '{"targets": {"first": 0}}'), "--hours cannot be read"),
        (("staff", "add", "赵"), "agent works at a bank"),
        (("staff", "add", "赵", "--bank", "len-ccb"), "len-ccb is not set up"),
        (("staff", "add", "赵", "--bank", "general", "--role", "boss"), "--role is one of agent, supervisor, policy, admin"),
        (("staff", "add", "赵", "--bank", "general", "--role", "policy"), "policy officers belong to no bank"),
        (("staff", "add", "赵", "--bank", "general", "--telegram", "5"), "number 5 on Telegram belongs to somebody else"),
        (("staff", "add", "赵", "--bank", "general", "--lang", "fr"), "--lang is zh or en"),
        (("staff", "dismiss", "9"), "nobody of the staff has the number 9"),
        (("list", "len-ccb"), "len-ccb is not set up"),
        (("sign-in", "9"), "nobody of the staff has the number 9"),
        (("answer", "1", "好", "--by", "1"), "there is no case 1 for 李经理"),
        (("answer", "1", " ", "--by", "1"), "an answer needs words"),
    ],
)
def test_what_is_refused_says_why(made: Path, words: tuple[str, ...], why: str) -> None:
    result = desk_at(made)(*words)
    assert result.exit_code == 2
    assert why in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_banks_and_staff_are_listed(made: Path) -> None:
    set_up = desk_at(made)
    assert set_up("bank", "list").stdout.splitlines() == [
        "general  综合服务台  Service desk  group -  staff 1  open cases 0",
        "len-icbc  中国工商银行  ICBC  group -1001  staff 1  open cases 0",
    ]
    assert set_up("staff", "list").stdout.splitlines() == [
        "1  李经理  agent  general  Telegram 5",
        "2  王经理  agent, deputy  len-icbc  Telegram -",
    ]
    assert set_up("staff", "list", "--bank", "len-icbc").stdout.splitlines() == ["2  王经理  agent, deputy  len-icbc  Telegram -"]


def test_nothing_set_up_says_what_to_do(tmp_path: Path) -> None:
    desk = desk_at(tmp_path)
    assert "advisor desk bank add" in desk("bank", "list").stdout
    assert "advisor desk staff add" in desk("staff", "list").stdout


def test_a_bank_is_changed_by_adding_it_again(set_up: Run) -> None:
    assert set_up("bank", "add", "len-icbc", "--zh", "工行").exit_code == 0
    assert "len-icbc  工行  ICBC  group -" in set_up("bank", "list").stdout


def test_a_case_from_list_to_the_owners_next_line(set_up: Run, url: str) -> None:
    number = opened(url)
    assert set_up("list", "general").stdout == f"#{number}  answer by 2026-11-26 13:00  nobody  asked\n"
    assert set_up("list", "len-icbc").stdout == "nothing waits\n"
    assert "? 利息怎么算" in set_up("show", number, "--by", 1).stdout
    assert set_up("answer", number, "按年化4%", "--by", 1, "--close").stdout == f"#{number} is answered and closed\n"
    engine = open_database(url)
    store = Store(engine)
    assert state_of(store, OWNER)["waiting"][0]["text"] == "综合服务台 李经理：\n按年化4%"
    with store.begin() as connection:
        assert [(look.bank, look.what, look.role) for look in looks_of(connection, OWNER)] == [("general", "case", "agent")]
    engine.dispose()
    again = set_up("answer", number, "还有", "--by", 1)
    assert (again.exit_code, again.stderr) == (2, f"advisor: case {number} is closed\n")


@pytest.mark.parametrize("words", [("show",), ("answer", "您好")])
def test_another_banks_case_is_as_if_there_were_none(set_up: Run, url: str, words: tuple[str, ...]) -> None:
    number = opened(url)
    act, *text = words
    refused = set_up(act, number, *text, "--by", 2)
    assert (refused.exit_code, refused.stderr) == (2, f"advisor: there is no case {number} for 王经理\n")


def test_whoever_leaves_gives_their_cases_back(set_up: Run, url: str) -> None:
    number = opened(url)
    set_up("answer", number, "我看看", "--by", 1)
    assert "李经理" in set_up("list", "general").stdout
    assert set_up("staff", "dismiss", 1).stdout == "李经理 works here no more; cases given back: 1\n"
    assert "nobody" in set_up("list", "general").stdout
    assert set_up("answer", number, "还有", "--by", 1).exit_code == 2


def test_a_one_time_link_is_printed(set_up: Run) -> None:
    assert "/sign-in/" in set_up("sign-in", 1).stdout
