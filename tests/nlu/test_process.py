"""The server's supervision: a tiny stand-in server where that is enough, the real one once."""

import asyncio
import contextlib
import os
import signal
import sys
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from nlu.client import NluClient, NluUnavailable
from nlu.model import NluPaths, NluSetupError, ensure_model
from nlu.process import WORKERS, NluServer, Timing

FAST = Timing(ready=20, report=0.2, look=0.05, check=0.2, answer=1.0, missed_checks=2, first_pause=0.05, longest_pause=0.2, goodbye=1.0)

STAND_IN = """
    import http.server, os, subprocess, sys, threading, time
    port, behaviour = int(sys.argv[1]), sys.argv[2]
    token = sys.stdin.readline().strip()
    print("started", os.getpid(), sorted(os.environ), flush=True)
    if behaviour == "dies":
        sys.exit(3)
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path == f"/status?token={token}" else 401)
            self.end_headers()
        def log_message(self, *_): pass
    if behaviour == "leaves a child":
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    if behaviour != "never ready":
        server = http.server.HTTPServer(("127.0.0.1", port), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
    if behaviour == "ignores its end":
        import signal
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(600)
    sys.stdin.read()
"""


@pytest.fixture
def stand_in(tmp_path: Path) -> Callable[[str], NluServer]:
    script = tmp_path / "stand_in.py"
    script.write_text(textwrap.dedent(STAND_IN), encoding="utf-8")

    def make(behaviour: str = "well", timing: Timing = FAST, progress: Callable[[str], None] = lambda _: None) -> NluServer:
        def command(port: int) -> Sequence[str | Path]:
            return [sys.executable, script, str(port), behaviour]

        return NluServer(command, tmp_path, tmp_path / "server.log", progress, timing)

    return make


def child_pids(folder: Path) -> list[int]:
    """The process ids that the stand-ins wrote to the log, oldest first."""
    return [int(line.split()[1]) for line in (folder / "server.log").read_text().splitlines() if line.startswith("started")]


def alive(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False


def group_members(group: int) -> list[int]:
    members = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                if int(fields[2]) == group and fields[0] != "Z":
                    members.append(int(entry.name))
    return members


async def eventually(true: Callable[[], bool], within_s: float = 10.0) -> None:
    async with asyncio.timeout(within_s):
        while not true():
            await asyncio.sleep(0.05)


async def test_a_server_is_ready_inside_the_block_and_gone_after_it(stand_in: Callable[..., NluServer], tmp_path: Path) -> None:
    async with stand_in() as server:
        endpoint = server.endpoint()
        assert endpoint is not None
        async with httpx.AsyncClient(trust_env=False) as http:
            assert (await http.get(endpoint.url("/status"))).status_code == 200
        [pid] = child_pids(tmp_path)
    assert server.endpoint() is None
    assert not alive(pid)
    await server.stop()


async def test_the_child_is_given_no_secret(stand_in: Callable[..., NluServer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    monkeypatch.setenv("TELEGRAM_TOKEN", "secret")
    async with stand_in() as server:
        endpoint = server.endpoint()
        [pid] = child_pids(tmp_path)
        seen = Path(f"/proc/{pid}/environ").read_bytes() + Path(f"/proc/{pid}/cmdline").read_bytes()
    assert endpoint is not None
    assert b"secret" not in seen
    assert endpoint.token.encode() not in seen


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
async def test_a_killed_server_comes_back_elsewhere(stand_in: Callable[..., NluServer], tmp_path: Path, number: signal.Signals) -> None:
    async with stand_in() as server:
        before = server.endpoint()
        os.kill(child_pids(tmp_path)[0], number)
        await eventually(lambda: server.restarts == 1)
        after = server.endpoint()
        assert before is not None
        assert after is not None
        assert after.token != before.token
        assert server.endpoint() is not None


async def test_a_hanging_server_is_replaced(stand_in: Callable[..., NluServer], tmp_path: Path) -> None:
    async with stand_in(timing=replace(FAST, answer=0.2, goodbye=0.2)) as server:
        os.kill(child_pids(tmp_path)[0], signal.SIGSTOP)
        await eventually(lambda: server.restarts == 1)
        assert not alive(child_pids(tmp_path)[0])


async def test_a_server_that_dies_at_once_is_a_clear_error(stand_in: Callable[..., NluServer]) -> None:
    with pytest.raises(NluSetupError, match=r"status 3.*server\.log"):
        await stand_in("dies").start()


async def test_waiting_for_readiness_reports_and_has_an_end(stand_in: Callable[..., NluServer], tmp_path: Path) -> None:
    said: list[str] = []
    with pytest.raises(NluSetupError, match="not ready"):
        await stand_in("never ready", replace(FAST, ready=1.0), said.append).start()
    assert len(said) >= 3
    assert not alive(child_pids(tmp_path)[0])


async def test_a_server_that_ignores_its_end_is_killed(stand_in: Callable[..., NluServer], tmp_path: Path) -> None:
    server = stand_in("ignores its end", replace(FAST, goodbye=0.2))
    await server.start()
    await server.stop()
    assert not alive(child_pids(tmp_path)[0])


async def test_what_the_server_started_goes_with_it(stand_in: Callable[..., NluServer], tmp_path: Path) -> None:
    async with stand_in("leaves a child"):
        [pid] = child_pids(tmp_path)
        assert len(group_members(pid)) == 2
    await eventually(lambda: group_members(pid) == [])


async def test_stopping_while_it_restarts(stand_in: Callable[..., NluServer], tmp_path: Path) -> None:
    server = stand_in(timing=replace(FAST, first_pause=30.0))
    await server.start()
    os.kill(child_pids(tmp_path)[0], signal.SIGKILL)
    await eventually(lambda: server.endpoint() is None)
    await asyncio.wait_for(server.stop(), 5)


@pytest.fixture
def changing(tmp_path: Path) -> tuple[NluServer, list[str]]:
    """A server whose command names the stand-in's behaviour that stands last in the list."""
    script, behaviours = tmp_path / "stand_in.py", ["well"]
    script.write_text(textwrap.dedent(STAND_IN), encoding="utf-8")
    timing = replace(FAST, answer=0.3)

    def command(port: int) -> Sequence[str | Path]:
        return [sys.executable, script, str(port), behaviours[-1]]

    return NluServer(command, tmp_path, tmp_path / "log", timing=timing), behaviours


async def test_another_model_takes_over_without_a_gap(changing: tuple[NluServer, list[str]]) -> None:
    server, behaviours = changing
    async with server:
        before, old = server.endpoint(), server.pid
        behaviours.append("leaves a child")
        while server.replacements == 0:
            assert server.endpoint() == before, "the old server answers until the new one does"
            await asyncio.sleep(0.02)
        assert server.endpoint() not in (None, before)
        assert old is not None
        await eventually(lambda: group_members(old) == [])
        new = server.pid
        assert (server.restarts, server.replacements) == (0, 1)
    assert new is not None
    await eventually(lambda: group_members(new) == [])


async def test_a_model_that_does_not_start_is_tried_once(changing: tuple[NluServer, list[str]], tmp_path: Path) -> None:
    server, behaviours = changing
    async with server:
        before = server.endpoint()
        behaviours.append("dies")
        await eventually(lambda: (tmp_path / "log").read_text().count("started") == 2)
        await asyncio.sleep(4 * FAST.check)
        assert (tmp_path / "log").read_text().count("started") == 2
        assert server.endpoint() == before
        assert server.pid is not None
        assert alive(server.pid)


async def test_stopping_while_another_model_starts(changing: tuple[NluServer, list[str]], tmp_path: Path) -> None:
    server, behaviours = changing
    await server.start()
    old = server.pid
    behaviours.append("never ready")
    await eventually(lambda: (tmp_path / "log").read_text().count("started") == 2)
    await asyncio.wait_for(server.stop(), 10)
    assert old is not None
    await eventually(lambda: group_members(old) == [])
    started = [int(line.split()[1]) for line in (tmp_path / "log").read_text().splitlines() if line.startswith("started")]
    await eventually(lambda: not any(map(alive, started)))


async def test_a_missing_environment_says_what_to_do(tmp_path: Path) -> None:
    server = NluServer(lambda _: [tmp_path / "python"], tmp_path, tmp_path / "server.log")
    with pytest.raises(NluSetupError, match="make setup"):
        await server.start()


SMALL_DATA = """
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
- intent: out_of_scope
  examples: |
    - 今天天气怎么样
    - 讲个笑话
    - 帮我订机票
    - tell me a joke
    - what is the weather
    - book me a flight
"""

PARENT = """
import asyncio, sys
from pathlib import Path
from nlu.model import NluPaths
from nlu.process import NluServer
async def main():
    async with NluServer.for_model(NluPaths.of(Path(sys.argv[1]), Path(sys.argv[2])), Path(sys.argv[3])) as server:
        print(server.pid, flush=True)
        await asyncio.sleep(600)
asyncio.run(main())
"""


@pytest.mark.rasa
async def test_the_real_server_from_training_to_the_end_of_its_parent(language_paths: NluPaths, tmp_path: Path, project: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/small.yml").write_text(SMALL_DATA, encoding="utf-8")
    small = replace(language_paths, cache=tmp_path / "cache", data=tmp_path / "data", learned=None, owners=None)
    model = await asyncio.to_thread(ensure_model, small, lambda _: None)

    async with NluServer.for_model(small, model) as server, NluClient(server.endpoint) as client:
        chinese = await client.parse("贷款需要哪些材料？")
        english = await client.parse("Which documents do you need?")
        injected = await client.parse("/greet")
        assert (chinese.intent, english.intent) == ("ask_documents", "ask_documents")
        assert sum(share for _, share in chinese.ranking) == pytest.approx(1.0, abs=1e-3)
        assert chinese.oos is not None
        assert injected.confidence < 1.0
        assert "材料" not in (small.cache / "server.log").read_text()

        assert server.pid is not None
        os.kill(server.pid, signal.SIGKILL)
        await eventually(lambda: server.endpoint() is None)
        with pytest.raises(NluUnavailable):
            await client.parse("你好")
        await eventually(lambda: server.endpoint() is not None, within_s=60)
        assert (await client.parse("你好")).intent == "greet"

        main, *workers = sorted(group_members(server.pid))
        assert (main, len(workers)) == (server.pid, WORKERS)
        os.kill(workers[0], signal.SIGKILL)
        await eventually(lambda: group_members(main) == [])
        await eventually(lambda: server.endpoint() is not None and server.pid != main, within_s=60)
        assert (await client.parse("你好")).intent == "greet"
        last = server.pid
    await eventually(lambda: group_members(last) == [])

    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PARENT, project, small.cache, model, cwd=project, stdout=asyncio.subprocess.PIPE
    )
    assert parent.stdout is not None
    child = int(await asyncio.wait_for(parent.stdout.readline(), 60))
    assert len(group_members(child)) == 1 + WORKERS
    parent.kill()
    await parent.wait()
    await eventually(lambda: group_members(child) == [])
