"""`advisor serve` as owners meet it: the real command with the real language server, against a Bot API on loopback."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.channels.telegram.webhook import Webhook
from bot.cli import app
from bot.settings import Settings
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


@pytest.mark.parametrize(
    ("settings", "webhook"),
    [
        ({}, None),
        ({"TELEGRAM_WEBHOOK_LISTEN": "nonsense"}, None),
        ({"TELEGRAM_WEBHOOK_URL": "https://a.example/x"}, Webhook("https://a.example/x", "127.0.0.1", 8443)),
        (
            {"TELEGRAM_WEBHOOK_URL": "https://a.example", "TELEGRAM_WEBHOOK_LISTEN": "0.0.0.0:80"},
            Webhook("https://a.example/telegram", "0.0.0.0", 80),
        ),
    ],
)
def test_the_settings_say_whether_telegram_is_polled_or_calls(
    settings: dict[str, str], webhook: Webhook | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[Webhook | None] = []

    @contextlib.asynccontextmanager
    async def no_advisor(_: Settings, _allow_drop: bool) -> AsyncIterator[None]:
        yield

    async def note(*_: Any, webhook: Webhook | None, console: str | None, stars: int) -> None:
        served.append(webhook)
        assert (console, stars) == ("https://desk.example", 250)

    for name in ("TELEGRAM_WEBHOOK_URL", "TELEGRAM_WEBHOOK_LISTEN"):
        monkeypatch.delenv(name, raising=False)
    for name, value in ({"ADVISOR_HOME": str(tmp_path), "TELEGRAM_BOT_TOKEN": TOKEN} | settings).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("CONSOLE_URL", "https://desk.example/")
    monkeypatch.setenv("TELEGRAM_PAID_STARS", "250")
    monkeypatch.setattr("bot.cli._advisor", no_advisor)
    monkeypatch.setattr("bot.channels.telegram.bot.serve", note)
    assert CliRunner().invoke(app, ["serve"]).exit_code == 0
    assert served == [webhook]


@pytest.mark.parametrize(
    ("url", "listen", "names"),
    [("advisor.example.com", "127.0.0.1:8443", "TELEGRAM_WEBHOOK_URL"), ("https://a.example", "8443", "TELEGRAM_WEBHOOK_LISTEN")],
)
def test_an_unusable_webhook_is_one_line_before_anything_is_started(
    url: str, listen: str, names: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = {"ADVISOR_HOME": str(tmp_path), "TELEGRAM_BOT_TOKEN": TOKEN}
    for name, value in (settings | {"TELEGRAM_WEBHOOK_URL": url, "TELEGRAM_WEBHOOK_LISTEN": listen}).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("bot.cli._advisor", None)
    result = CliRunner().invoke(app, ["serve"])
    assert result.exit_code == 2
    assert re.fullmatch(rf"advisor: [^\n]*{names}[^\n]*\n", result.stderr)


@pytest.mark.rasa
async def test_an_owner_writes_on_telegram_and_a_terminate_signal_leaves_nothing_behind(telegram: FakeTelegram, trained_home: Path) -> None:
    async with command(trained_home, telegram.url) as process:
        await telegram.say(1, STORY)
        await telegram.until(lambda: bool(telegram.sent(1)) or process.returncode is not None, 180)
        assert processes_of(trained_home) != []
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
    assert processes_of(trained_home) == []
