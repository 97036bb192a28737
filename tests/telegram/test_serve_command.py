"""`advisor serve` as owners meet it: the real command with the real language server, against a Bot API on loopback."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from nlu.model import NluPaths, model_path
from tests.telegram.fake_api import TOKEN, FakeTelegram

STORY = "我在福州开了三年的餐馆,去年营业额两百八十万,想借50万装修"


@contextlib.asynccontextmanager
async def command(home: Path, api: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """The running command; ended by force if the test did not end it."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "ADVISOR_HOME")}
    settings = {"ADVISOR_HOME": str(home), "TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "from bot.cli import main; main()", "serve", env=kept | settings, stderr=asyncio.subprocess.PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def processes_of(home: Path) -> list[str]:
    """Command lines that mention a folder; the language server's names its model."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            found.append(file.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
    return [line for line in found if str(home) in line]


@pytest.mark.rasa
async def test_an_owner_writes_on_telegram_and_a_terminate_signal_leaves_nothing_behind(
    telegram: FakeTelegram, tmp_path: Path, project: Path
) -> None:
    paths = NluPaths.of(project)
    if not paths.python.exists():
        pytest.skip("the language environment is missing; run `make setup`")
    home = tmp_path / "home"
    (home / "nlu").mkdir(parents=True)
    if model_path(paths).is_file():  # else it is trained, which takes about half a minute
        shutil.copy(model_path(paths), home / "nlu")
    async with command(home, telegram.url) as process:
        await telegram.say(1, STORY)
        await telegram.until(lambda: bool(telegram.sent(1)) or process.returncode is not None, 180)
        assert processes_of(home) != []
        process.send_signal(signal.SIGTERM)
        _, errors = await asyncio.wait_for(process.communicate(), 30)
    said = "\n".join(telegram.texts(1))
    for part in ("福州", "280万", "50万"):
        assert part in said
    written = errors.decode()
    assert "serving Telegram as @loan_advisor_bot" in written
    for never in ("Traceback", TOKEN.split(":")[1], "280", "餐馆"):
        assert never not in written
    assert process.returncode in (0, 130)
    assert processes_of(home) == []
