"""`advisor console` and `advisor desk sign-in`: the command a browser's pages come from, and the link that leads in."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.desk.model import Bank, Member, Role
from bot.storage.database import open_database
from bot.storage.desk.people import add_member, keep_bank
from bot.storage.store import Store
from tests.ports import free_port


def prepared(home: Path) -> Member:
    """A database with a bank and somebody who works there."""
    engine = open_database(f"sqlite:///{home / 'advisor.db'}")
    with Store(engine).begin() as connection:
        keep_bank(connection, Bank("len-icbc", {"zh": "工商银行", "en": "ICBC"}, None, {}))
        member = add_member(connection, Member(0, "len-icbc", "李经理", Role.AGENT))
    engine.dispose()
    return member


@contextlib.contextmanager
def running(home: Path, port: int) -> Iterator[str]:
    """The command in a process of its own, until it is told to stop."""
    settings = {**os.environ, "ADVISOR_HOME": str(home), "DATABASE_URL": "", "CONSOLE_URL": ""}
    command = [sys.executable, "-c", "from bot.cli import main; main()", "console", "--port", str(port)]
    with subprocess.Popen(command, env=settings, stderr=subprocess.PIPE, text=True) as process:
        try:
            until = time.monotonic() + 180  # it starts in seconds, but not on a machine with much to do
            while not _listens(port):
                assert process.poll() is None, process.stderr and process.stderr.read()
                assert time.monotonic() < until
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_in_by_the_printed_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    member, port = prepared(tmp_path), free_port()
    monkeypatch.setenv("ADVISOR_HOME", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with running(tmp_path, port) as address:
        monkeypatch.setenv("CONSOLE_URL", f"{address}/")
        printed = CliRunner().invoke(app, ["desk", "sign-in", str(member.id)])
        link = printed.stdout.strip()
        assert re.fullmatch(rf"{address}/sign-in/[\w-]+", link)
        with httpx.Client(verify=False, timeout=60) as browser:
            browser.post(link)
            assert "李经理" in browser.get(f"{address}/queue").text
        taken = CliRunner().invoke(app, ["console", "--port", str(port)])
    assert taken.exit_code == 2
    assert "is the port taken?" in taken.stderr


def test_nobody_has_that_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared(tmp_path)
    monkeypatch.setenv("ADVISOR_HOME", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    result = CliRunner().invoke(app, ["desk", "sign-in", "99"])
    assert result.exit_code == 2
    assert "99" in result.stderr


@pytest.mark.parametrize(
    "told", ["[]", "hush", '{"len-icbc": "hush"}', '{"len-icbc": {"issuer": "http://a.test", "client": "a", "secret": "hush"}}']
)
def test_a_sign_in_that_cannot_be_used_is_one_line_without_its_secret(told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISOR_HOME", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("CONSOLE_OIDC", told)
    result = CliRunner().invoke(app, ["console"])
    assert result.exit_code == 2
    assert re.fullmatch(r"advisor: CONSOLE_OIDC[^\n]*\n", result.stderr)
    assert "hush" not in result.stderr
