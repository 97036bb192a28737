"""A card in the channels that give files: the terminal saves the picture, JSON lines name it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bot.channels.commands import chat
from bot.channels.terminal import Terminal
from bot.conversation.world import World
from bot.pictures.card import WIDTH
from bot.service import Advisor
from bot.storage.store import Store
from tests.conversation.scenarios import ScriptedNlu
from tests.pictures.reading import size_of


async def test_the_terminal_saves_the_picture_and_says_where(
    store: Store, world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = Terminal(Advisor(store, world, ScriptedNlu()), tmp_path / "files", "zh")
    for line in ("我在福州开了三年餐馆，8个人，想借30万装修", "/card"):
        assert await terminal._take(line)
    (path,) = (tmp_path / "files").iterdir()
    assert path.name.startswith("summary-")
    assert size_of(path.read_bytes())[0] == WIDTH
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert str(path) in capsys.readouterr().out


async def test_json_lines_name_the_picture_and_carry_what_is_on_it(store: Store, world: World) -> None:
    advisor = Advisor(store, world, ScriptedNlu())
    await chat(advisor, {"owner": "a", "text": "我在福州开了三年餐馆，8个人，想借30万装修"})
    answered = await chat(advisor, {"owner": "a", "text": "/card"})
    (reply,) = [reply for reply in answered["replies"] if reply["files"]]
    assert reply["files"] == [reply["card"]["file_name"]]
    assert reply["card"]["title"] == "餐饮 · 福州市"
