"""`advisor chat` as a real process with the real language server: however it ends, nothing is left behind."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from nlu.model import NluPaths, ensure_model

pytestmark = pytest.mark.rasa
_SERVER = "nlu.server.serve"


@pytest.fixture(scope="module")
def models(language_paths: NluPaths) -> Path:
    """The folder of a trained model, so that no test here trains."""
    return ensure_model(language_paths, print).parent


@pytest.fixture
def environment(tmp_path: Path, models: Path) -> dict[str, str]:
    (tmp_path / "nlu").mkdir()
    for model in models.glob("nlu-*.tar.gz"):
        (tmp_path / "nlu" / model.name).symlink_to(model)
    return {**os.environ, "ADVISOR_HOME": str(tmp_path), "DATABASE_URL": "", "PYTHONUNBUFFERED": "1"}


def start(project: Path, environment: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    command = [str(project / ".venv/bin/advisor"), "chat", *arguments]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    # A shell's background jobs ignore Ctrl-C; a person's terminal does not.
    listening = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    return subprocess.Popen(command, env=environment, text=True, cwd=environment["ADVISOR_HOME"], preexec_fn=listening, **pipes)


def servers_of(home: str) -> list[int]:
    """Processes of language servers whose model is below this folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes().decode(errors="ignore")
            except OSError:
                continue
            if _SERVER in command and home in command:
                found.append(int(entry.name))
    return found


def gone(home: str) -> bool:
    deadline = time.monotonic() + 15
    while servers_of(home) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not servers_of(home)


@pytest.fixture
def talking(project: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A chat that has answered once, with its language server running."""
    process = start(project, environment, "--json")
    assert process.stdin is not None
    assert process.stdout is not None
    print(json.dumps({"owner": "a", "text": "你好"}), file=process.stdin, flush=True)
    answer = json.loads(process.stdout.readline())
    assert answer["replies"]
    assert servers_of(environment["ADVISOR_HOME"])
    yield process
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with contextlib.suppress(BrokenPipeError):
                pipe.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_no_process_is_left_after_a_signal(talking: subprocess.Popen[str], environment: dict[str, str], number: signal.Signals) -> None:
    talking.send_signal(number)
    talking.wait(timeout=20)
    assert gone(environment["ADVISOR_HOME"])
    if number is not signal.SIGKILL:
        assert talking.stderr is not None
        assert "Traceback" not in talking.stderr.read()


def test_a_closed_pipe_ends_the_chat_quietly(talking: subprocess.Popen[str], environment: dict[str, str]) -> None:
    assert talking.stdin is not None
    assert talking.stdout is not None
    talking.stdout.close()
    for _ in range(3):
        print(json.dumps({"owner": "a", "text": "20个人"}), file=talking.stdin, flush=True)
    talking.stdin.close()
    talking.wait(timeout=20)
    assert talking.stderr is not None
    assert "Traceback" not in talking.stderr.read()
    assert gone(environment["ADVISOR_HOME"])


def test_the_advisor_says_so_when_its_language_server_dies_and_recovers_by_itself(
    talking: subprocess.Popen[str], environment: dict[str, str]
) -> None:
    assert talking.stdin is not None
    assert talking.stdout is not None

    def ask(text: str) -> dict[str, object]:
        print(json.dumps({"owner": "b", "text": text}), file=talking.stdin, flush=True)
        answer: dict[str, object] = json.loads(talking.stdout.readline())  # type: ignore[union-attr]
        return answer

    for number in servers_of(environment["ADVISOR_HOME"]):
        os.kill(number, signal.SIGKILL)
    down = ask("我在福州开餐馆，想借50万")
    assert "语言理解服务正在重启" in str(down["replies"])
    assert down["facts"] == {"region": "350100", "industry": "catering", "amount_sought": 500000}
    deadline = time.monotonic() + 60
    while "正在重启" in str(ask("什么是LPR")["replies"]):
        assert time.monotonic() < deadline, "the language server did not come back"
        time.sleep(0.5)
    assert ask("不对,是30万")["facts"]["amount_sought"] == 300000  # type: ignore[index]


def test_malformed_lines_are_answered_and_the_next_goes_on(project: Path, environment: dict[str, str]) -> None:
    process = start(project, environment, "--json")
    lines = ["not json", "[1]", "{}", '{"owner": "", "text": "x"}', '{"owner": "a"}', '{"owner": "a", "text": 5}']
    lines.append('{"owner": "a", "text": "你好"}')
    out, err = process.communicate("\n".join(lines) + "\n", timeout=120)
    answers = [json.loads(line) for line in out.splitlines()]
    assert [("error" in answer) for answer in answers] == [True] * 6 + [False]
    assert process.returncode == 0
    assert "Traceback" not in err


def test_a_person_piping_lines_reads_the_conversation(project: Path, environment: dict[str, str]) -> None:
    process = start(project, environment)
    out, _ = process.communicate("我在福州开了三年的餐馆,去年营业额两百八十万,想借50万装修\n#1\n/quit\n", timeout=120)
    assert process.returncode == 0
    assert "年营业收入：280万元" in out
    assert "生意在哪个城市" in out
