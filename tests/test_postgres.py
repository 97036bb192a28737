"""The database server of a test run: however the run ends, it is gone afterwards."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy.engine import make_url

_RUN = """
from tests.postgres import postgres_running, server_programs
with postgres_running(server_programs()) as address:
    print(address, flush=True)
    input()
"""


@pytest.mark.postgres
@pytest.mark.parametrize("killed", [True, False])
def test_no_server_and_no_file_is_left(killed: bool, postgres_server: str, project: Path) -> None:
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o1777)  # as any folder of temporary files: the server runs as another user
        environment = {**os.environ, "TMPDIR": folder, "PYTHONPATH": str(project)}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        with subprocess.Popen([sys.executable, "-c", _RUN], env=environment, cwd=project, **pipes) as run:
            port = make_url(run.stdout.readline().strip()).port
            assert _listens(port)
            if killed:
                run.kill()
            run.communicate("\n")
        until = time.monotonic() + 60
        while list(Path(folder).iterdir()):
            assert time.monotonic() < until, "the server's files are still there"
            time.sleep(0.05)
        assert not _listens(port)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
