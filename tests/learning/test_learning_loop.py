"""From a stored conversation to a better model, with the real commands, the real training and the real server."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, insert

from bot.storage.database import open_database
from bot.storage.tables import owners, turns
from nlu.model import NluPaths

pytestmark = pytest.mark.rasa

DATA = """
version: "3.1"
nlu:
- intent: greet
  examples: |
    - 你好
    - 您好，在吗
    - hello
    - hi there
    - good morning
    - 早上好
- intent: ask_documents
  examples: |
    - 需要什么材料
    - 贷款要准备哪些资料
    - 材料清单发我
    - what documents do I need
    - which papers are required
    - list of documents please
- intent: report_hardship
  examples: |
    - 还不上钱了
    - 这个月没钱还
    - I cannot repay
    - customers do not pay me
"""
TEST = [("你好", "greet"), ("hello", "greet"), ("需要什么材料", "ask_documents"), ("资金链断了", "report_hardship")]
DRIVER = """
import asyncio, sys
from pathlib import Path
from bot.commands.nlu import group
from bot.settings import Settings
project, home, python = map(Path, sys.argv[1:4])
del sys.argv[1:4]
settings = Settings(home=home, database_url=f"sqlite:///{home / 'advisor.db'}", nlu_python=python, project=project)
group(lambda work: asyncio.run(work(settings)), lambda line: print(line, file=sys.stderr))()
"""


@dataclass(frozen=True)
class Place:
    """A small project and its home, with the command run in them."""

    home: Path
    run: Callable[..., str]
    test: Path


@pytest.fixture
def place(project: Path, language_paths: NluPaths, tmp_path: Path) -> Place:
    python = language_paths.python
    small, home = tmp_path / "project", tmp_path / "home"
    shutil.copytree(project / "nlu" / "server", small / "nlu" / "server", ignore=shutil.ignore_patterns("data", "__pycache__"))
    shutil.copy(project / "config.yml", small)
    (small / "nlu" / "__init__.py").touch()
    (small / "nlu" / "server" / "data").mkdir()
    (small / "nlu" / "server" / "data" / "small.yml").write_text(DATA, "utf-8")
    home.mkdir()
    test = tmp_path / "test.jsonl"
    test.write_text("".join(json.dumps({"text": text, "intent": intent}) + "\n" for text, intent in TEST), "utf-8")
    driver = tmp_path / "driver.py"
    driver.write_text(DRIVER, "utf-8")

    def run(*arguments: str, stdin: str = "") -> str:
        command = [sys.executable, str(driver), str(small), str(home), str(python), *arguments]
        done = subprocess.run(
            command, input=stdin, capture_output=True, text=True, cwd=project, env={**os.environ, "PYTHONPATH": str(project)}, timeout=300
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return Place(home, run, test)


def remember(home: Path, owner: str, *messages: tuple[str, str]) -> None:
    engine = open_database(f"sqlite:///{home / 'advisor.db'}")
    with engine.begin() as connection:
        now = datetime.now(UTC)
        connection.execute(insert(owners).values(id=owner, created_at=now))
        for text, intent in messages:
            row = {"owner_id": owner, "at": now, "heard": {"text": text}, "intent": intent, "said": [], "sources": [], "pack_digest": "x"}
            connection.execute(insert(turns).values(**row))
    engine.dispose()


def erase(home: Path, owner: str) -> None:
    engine = open_database(f"sqlite:///{home / 'advisor.db'}")
    with engine.begin() as connection:
        connection.execute(delete(owners).where(owners.c.id == owner))
    engine.dispose()


def test_a_corrected_message_is_masked_labelled_learnt_and_forgotten(place: Place) -> None:
    remember(place.home, "tg:1", ("我叫林小伟，资金链断了", "greet"), ("不是这个意思", "deny"))
    remember(place.home, "tg:2", ("你好", "greet"), ("谢谢", "thank"))

    listed = [json.loads(line) for line in place.run("review", "--json").splitlines()]
    [doubt] = [line for line in listed if line["why"] == "corrected"]
    assert doubt["text"] == "我叫某某，资金链断了"

    turn = doubt["turn"]
    lines = [{"turn": turn, "intent": "report_hardship"}, {"turn": turn, "intent": "nonsense"}, {"turn": 99, "intent": "greet"}]
    kept, *refused = [json.loads(line) for line in place.run("label", stdin="\n".join(map(json.dumps, lines))).splitlines()]
    assert kept == {"turn": turn, "text": "我叫某某，资金链断了", "intent": "report_hardship"}
    assert [list(line) for line in refused] == [["turn", "error"]] * 2

    learned = place.home / "nlu" / "learned.yml"
    printed = place.run("train", "--test", str(place.test))
    assert "model in use: " in printed
    assert "new model:    4 of 4 (100.00%), with 1 labelled messages" in printed
    assert "林小伟" not in learned.read_text("utf-8")
    assert "nothing new to learn" in place.run("train", "--test", str(place.test))

    # Wrong labels make the model worse on the test messages, so they are not learnt.
    before = learned.read_text("utf-8")
    wrong = [(f"{text}{tail}", "thank") for text in ("你好", "hello", "需要什么材料") for tail in ("", *"呀啊哦哈呢吧嘛喽嗯欸咯啦哇嗨")]
    remember(place.home, "tg:3", *wrong)
    place.run("label", stdin="\n".join(json.dumps({"turn": number, "intent": "report_hardship"}) for number in range(5, 50)))
    assert "the new model is worse: the one in use stays" in place.run("train", "--test", str(place.test))
    assert learned.read_text("utf-8") == before

    # The model that learnt it from its owner would be better still, but what is erased goes.
    for owner in ("tg:1", "tg:2", "tg:3"):
        erase(place.home, owner)
    with place.test.open("a", encoding="utf-8") as more:
        more.write(json.dumps({"text": "某某，资金链断了", "intent": "report_hardship"}) + "\n")
    assert "nothing that was learnt is stored any more" in place.run("train", "--test", str(place.test))
    assert not learned.exists()
    assert place.run("review", "--json") == ""


def test_a_person_labels_in_the_terminal(place: Place) -> None:
    remember(place.home, "tg:1", ("资金链断了", "greet"), ("不是这个意思", "deny"))
    printed = place.run("review", stdin="nonsense\nreport_hardship\nq\n")
    assert "'nonsense' is neither a number" in printed
    kept = [json.loads(line) for line in (place.home / "nlu" / "labels.jsonl").read_text("utf-8").splitlines()]
    assert "report_hardship" in [label["intent"] for label in kept]
