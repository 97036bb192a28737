"""The trained NLU model: named after a hash of everything it depends on, trained when it is missing."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

Progress = Callable[[str], None]

KEPT_MODELS = 3
_REPORT_EVERY_S = 3.0
_LONGEST_TRAINING_S = 900.0
_TRAINING_FOLDER = ".training-"


class NluSetupError(Exception):
    """The NLU model cannot be had; the message is one sentence that says what to do."""


#: Owners' messages that teach intents, too. Of the others only facts are learnt: with these mostly plain statements beside them the
#: questions were told apart less well on the test split (93.7 % of intents right for 94.5 %).
TEACH_INTENTS = frozenset(
    "owners_answers owners_coast owners_english owners_everyday_en owners_hard owners_launch_en owners_launch_zh owners_mainland"
    " owners_trades owners_words_en owners_words_zh".split()
)


@dataclass(frozen=True)
class NluPaths:
    """Where things are: `root` is the project's folder, `python` the interpreter of the NLU environment."""

    root: Path
    cache: Path
    python: Path
    config: Path
    data: Path
    #: Messages of owners that people labelled; part of the training data where the file is there.
    learned: Path | None = None
    #: Folder of messages labelled with facts and intents (JSON lines); those of owners teach intents, too.
    owners: Path | None = None

    @classmethod
    def of(cls, root: Path, cache: Path | None = None) -> NluPaths:
        """Returns the paths of a checkout; models go to `.advisor/nlu` unless a folder is given."""
        return cls(
            root=root,
            cache=cache or root / ".advisor" / "nlu",
            python=root / ".venv-nlu" / "bin" / "python",
            config=root / "config.yml",
            data=root / "nlu" / "server" / "data",
            learned=(cache or root / ".advisor" / "nlu") / "learned.yml",
            owners=root / "nlu" / "linking" / "messages",
        )

    @property
    def server(self) -> Path:
        """The folder of the two programs that run in the NLU environment."""
        return self.root / "nlu" / "server"

    @property
    def training_data(self) -> tuple[Path, ...]:
        """The folder of the project's own messages, the files of owners' messages, and the file of learnt ones where there is one."""
        owners = sorted(self.owners.glob("owners_*.jsonl")) if self.owners is not None else []
        owners = [file for file in owners if file.stem in TEACH_INTENTS]
        return (self.data, *owners, *(file for file in (self.learned,) if file is not None and file.is_file()))


def model_hash(paths: NluPaths) -> str:
    """Returns twelve hexadecimal digits that change with the pipeline, its code, its libraries or the training data."""
    components = sorted((paths.server / "components").glob("*.py"))
    data = sorted(paths.data.rglob("*.yml"))
    named = [("config", paths.config), ("requirements", paths.server / "requirements.txt")]
    named += [("train", paths.server / "train.py")]
    named += [(f"components/{file.name}", file) for file in components]
    named += [(f"data/{file.relative_to(paths.data).as_posix()}", file) for file in data]
    named += [(f"more/{file.name}", file) for file in paths.training_data[1:]]
    digest = hashlib.sha256()
    for name, file in named:
        content = file.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:12]


def model_path(paths: NluPaths) -> Path:
    """Returns where the model for the present files is, or will be."""
    try:
        return paths.cache / f"nlu-{model_hash(paths)}.tar.gz"
    except OSError as error:
        raise NluSetupError(f"A file of the NLU pipeline is missing ({error.filename}); restore it.") from error


def ensure_model(paths: NluPaths, progress: Progress) -> Path:
    """Returns the model's path, after training it where it is missing (a minute or two); raises NluSetupError.

    Two starts at once train once: the second waits for the first. A training that is killed leaves no model behind.
    """
    model = model_path(paths)
    if not model.is_file():
        if not paths.python.exists():
            raise NluSetupError("The NLU environment (.venv-nlu) is missing; run `make setup`.")
        paths.cache.mkdir(parents=True, exist_ok=True)
        with _lock(paths.cache / "training.lock", progress):
            if not model.is_file():
                _train(paths, model, progress)
    _forget_old_models(paths.cache, keep=model)
    return model


@contextmanager
def _lock(path: Path, progress: Progress) -> Iterator[None]:
    """Holds a lock that the operating system lets go of when its holder dies."""
    with path.open("a") as file:
        clock = _Clock(progress, "Another start is training the language model; waiting")
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                clock.tick()
                time.sleep(0.2)
        yield


class _Clock:
    """Says every few seconds how long something has taken; raises NluSetupError when that is far too long."""

    def __init__(self, progress: Progress, what: str) -> None:
        self._progress, self._what = progress, what
        self._started = self._next = time.monotonic()

    def tick(self) -> None:
        now = time.monotonic()
        if now - self._started > _LONGEST_TRAINING_S:
            raise NluSetupError(f"{self._what} took over {_LONGEST_TRAINING_S / 60:.0f} minutes; stop it and retry.")
        if now >= self._next:
            self._progress(f"{self._what} ({now - self._started:.0f} s)")
            self._next = now + _REPORT_EVERY_S


def _train(paths: NluPaths, model: Path, progress: Progress) -> None:
    for leftover in paths.cache.glob(f"{_TRAINING_FOLDER}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=_TRAINING_FOLDER, dir=paths.cache))
    try:
        trained, log = folder / "model.tar.gz", folder / "training.log"
        status = _run_training(paths, trained, log, progress)
        if status != 0 or not trained.is_file():
            kept = paths.cache / "training-failed.log"
            log.replace(kept)
            raise NluSetupError(f"Training the language model failed (status {status}); the reason is in {kept}.")
        trained.replace(model)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run_training(paths: NluPaths, trained: Path, log: Path, progress: Progress) -> int:
    arguments = ["--config", str(paths.config), "--out", str(trained), "--data", *map(str, paths.training_data)]
    clock = _Clock(progress, "Training the language model")
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [str(paths.python), "-m", "nlu.server.train", "--watch-stdin", *arguments],
            cwd=paths.root,
            env=child_environment(),
            stdin=subprocess.PIPE,  # closes when this process dies, which ends the training
            stdout=output,
            stderr=subprocess.STDOUT,
            process_group=0,
        ) as process,
    ):
        try:
            while process.poll() is None:
                clock.tick()
                time.sleep(0.1)
        except BaseException:
            process.kill()
            raise
    return process.returncode


def child_environment() -> dict[str, str]:
    """Returns the few variables that a program of the NLU environment needs; no secret and no address is among them."""
    passed = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TMPDIR", "TZ", "OMP_NUM_THREADS")
    return {name: os.environ[name] for name in passed if name in os.environ} | {"PYTHONUTF8": "1"}


def _forget_old_models(cache: Path, keep: Path) -> None:
    os.utime(keep)  # the newest is the one used last
    models = sorted(cache.glob("nlu-*.tar.gz"), key=lambda file: file.stat().st_mtime, reverse=True)
    for old in models[KEPT_MODELS:]:
        old.unlink(missing_ok=True)
