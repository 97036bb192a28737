"""A PostgreSQL server of one's own: for tests and benchmarks, on loopback, gone afterwards."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import create_engine, text

from tests.ports import free_port

NOT_INSTALLED = "PostgreSQL is not installed; on Debian: apt-get install postgresql"


def server_programs() -> Path | None:
    """The folder of PostgreSQL's server programs, the newest version first; None where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]), reverse=True)
    on_path = shutil.which("initdb")
    return found[0].parent if found else Path(on_path).parent if on_path else None


@contextlib.contextmanager
def postgres_running(programs: Path) -> Iterator[str]:
    """A fresh server on a free port, as an ordinary user because it refuses to run as root; gives its address without a database."""
    user = "postgres" if os.getuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="advisor-pg-"))
    if user:
        shutil.chown(folder, user)
    port = free_port()

    def run(*command: str) -> None:
        subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    with _ended_with_us(programs, folder, user):
        data = str(folder / "data")
        run(str(programs / "initdb"), "-D", data, "-U", "advisor", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off -c max_wal_size=128MB"
        run(str(programs / "pg_ctl"), "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
        yield f"postgresql://advisor@127.0.0.1:{port}"


@contextlib.contextmanager
def _ended_with_us(programs: Path, folder: Path, user: str | None) -> Iterator[None]:
    """Stops the server and removes its folder afterwards, also when this process is killed: then the guard's input ends, too."""
    ending = 'read -r _; "$1" -D "$2/data" -m immediate -w stop; rm -rf "$2"'
    command = ("sh", "-c", ending, "guard", str(programs / "pg_ctl"), str(folder))
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, stdin=subprocess.PIPE, user=user, cwd="/", start_new_session=True, **silent) as guard:
        try:
            yield
        finally:
            guard.communicate()


@contextlib.contextmanager
def empty_database(server: str, name: str, like: str = "template0") -> Iterator[str]:
    """A database on a server, empty or like another one that nobody has open; gives its address."""
    admin = create_engine(server.replace("postgresql:", "postgresql+psycopg:") + "/postgres", isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{like}"'))
    try:
        yield f"{server}/{name}"
    finally:
        with admin.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        admin.dispose()
