"""What the demo's page answers to whom, and `advisor demo` as a command."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.simulator.demo import demo_world
from bot.simulator.page import showing
from tests.telegram.test_serve_command import processes_of

MARY = 1002


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({}, True),
        ({"Origin": "http://127.0.0.1:{port}"}, True),
        ({"Origin": "https://example.com"}, False),
        ({"Origin": "null"}, False),
        ({"Host": "example.com"}, False),
        ({"Host": "localhost:{port}"}, True),
    ],
)
async def test_other_pages_of_the_browser_cannot_act_here(headers: dict[str, str], allowed: bool) -> None:
    async with showing(demo_world()) as address, httpx.AsyncClient(verify=False) as http:
        given = {name: value.format(port=address.rpartition(":")[2]) for name, value in headers.items()}
        assert (await http.get(address, headers=given)).status_code == (200 if allowed else 403)
        posted = await http.post(f"{address}/control/people", json={"first_name": "X"}, headers=given)
        assert posted.status_code == (200 if allowed else 403)


async def test_the_page_asks_no_other_host_and_runs_nothing_inline() -> None:
    async with showing(demo_world()) as address, httpx.AsyncClient(verify=False) as http:
        answer = await http.get(address)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert (await http.get(f"{address}/page/..%2fworld.py")).status_code == 404
        assert (await http.get(f"{address}/page/file/none")).status_code == 404


@contextlib.asynccontextmanager
async def demo_command(home: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """`advisor demo` on a free port; ended by force if the test did not end it."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "ADVISOR_HOME")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", "from bot.cli import main; main()", "demo", "--port", "0", "--console-port", "0"),
        env=kept | {"ADVISOR_HOME": str(home)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background jobs ignore Ctrl-C, and so would this
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.mark.rasa
async def test_the_command_serves_the_page_and_ctrl_c_leaves_nothing_behind(trained_home: Path) -> None:
    async with demo_command(trained_home) as process:
        assert process.stdout is not None
        line = (await asyncio.wait_for(process.stdout.readline(), 180)).decode()
        address = line.split()[-1]
        link = (await process.stdout.readline()).decode().split()[-1]
        async with httpx.AsyncClient(verify=False, timeout=20, follow_redirects=True) as http:
            queue = await http.post(link)
            assert (queue.url.path, "福清农商行" in queue.text) == ("/queue", True)
            assert "page.js" in (await http.get(address)).text
            person = f"{address}/control/people/{MARY}"
            await http.post(person, json={"do": "write", "text": "i run a noodle shop in shenzhen and need 300k"})
            said = ""
            for _ in range(100):
                said = "\n".join(one["text"] for one in (await http.get(person)).json()["messages"] if one["from_bot"])
                if "Shenzhen" in said:
                    break
                await asyncio.sleep(0.2)
        assert "300,000" in said
        assert processes_of(trained_home) != []
        process.send_signal(signal.SIGINT)
        rest, errors = await asyncio.wait_for(process.communicate(), 30)
    assert rest == b""
    assert "Traceback" not in errors.decode()
    assert process.returncode in (0, 130)
    assert processes_of(trained_home) == []
