"""The NLU model's cache: what a model is told apart by, and that it is trained once."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import yaml

from nlu import model as model_module
from nlu.model import NluPaths, NluSetupError, ensure_model, model_hash
from nlu.server.train import as_yaml


@pytest.fixture
def paths(tmp_path: Path) -> NluPaths:
    """A project in little. Its interpreter "trains" by writing a file after half a second, and counts how often."""
    root = tmp_path / "project"
    for folder in ("nlu/server/components", "nlu/server/data/zh", ".venv-nlu/bin"):
        (root / folder).mkdir(parents=True)
    for file in ("config.yml", "nlu/server/requirements.txt", "nlu/server/train.py", "nlu/server/components/tokens.py"):
        (root / file).write_text("one")
    (root / "nlu/server/data/zh/greet.yml").write_text("hello")
    python = root / ".venv-nlu/bin/python"
    python.write_text('#!/bin/sh\necho run >> runs\nsleep 0.5\nwhile [ "$1" != --out ]; do shift; done\necho model > "$2"\n')
    python.chmod(0o755)
    return NluPaths.of(root)


@pytest.mark.parametrize(
    "file",
    ["config.yml", "nlu/server/requirements.txt", "nlu/server/components/tokens.py", "nlu/server/data/zh/greet.yml", "nlu/server/train.py"],
)
def test_the_hash_follows_everything_the_model_depends_on(paths: NluPaths, file: str) -> None:
    before = model_hash(paths)
    assert model_hash(paths) == before
    (paths.root / file).write_text("two")
    assert model_hash(paths) != before


def test_what_people_labelled_is_learnt_with_the_rest(paths: NluPaths) -> None:
    before = model_hash(paths)
    assert paths.learned is not None
    paths.learned.parent.mkdir(parents=True)
    paths.learned.write_text("more")
    assert paths.training_data == (paths.data, paths.learned)
    assert model_hash(paths) != before


def test_messages_of_owners_are_learnt_and_answers_to_a_question_are_not(paths: NluPaths) -> None:
    before = model_hash(paths)
    assert paths.owners is not None
    paths.owners.mkdir(parents=True)
    lines = [
        {"intent": "ask_match", "text": "开饭馆的\n能贷吗", "asking": None},
        {"intent": "deny", "text": "没有", "asking": "patents"},
    ]
    file = paths.owners / "owners_hard.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines))
    (paths.owners / "owners_of_facts_alone.jsonl").write_text('{"text": "没有"}')
    (paths.owners / "understanding_dev.jsonl").write_text("{}")
    assert paths.training_data == (paths.data, file)
    assert model_hash(paths) != before
    assert yaml.safe_load(as_yaml(file.read_text()))["nlu"] == [{"intent": "ask_match", "examples": "- 开饭馆的 能贷吗\n"}]


def test_the_hash_follows_names_and_new_files_but_not_the_place(paths: NluPaths, tmp_path: Path) -> None:
    before = model_hash(paths)
    shutil.copytree(paths.root, tmp_path / "elsewhere")
    assert model_hash(NluPaths.of(tmp_path / "elsewhere")) == before
    (paths.data / "zh/greet.yml").rename(paths.data / "zh/thank.yml")
    renamed = model_hash(paths)
    (paths.data / "zh/apply.yml").write_text("")
    assert len({before, renamed, model_hash(paths)}) == 3


def test_a_model_is_trained_once(paths: NluPaths) -> None:
    said: list[str] = []
    model = ensure_model(paths, said.append)
    assert model.read_text() == "model\n"
    assert ensure_model(paths, said.append) == model
    assert (paths.root / "runs").read_text() == "run\n"
    assert said[0].startswith("Training the language model")
    assert sorted(file.name for file in paths.cache.iterdir()) == [model.name, "training.lock"]


def test_two_starts_train_once(paths: NluPaths) -> None:
    models: list[Path] = []
    starts = [threading.Thread(target=lambda: models.append(ensure_model(paths, lambda _: None))) for _ in range(2)]
    for start in starts:
        start.start()
    for start in starts:
        start.join(timeout=20)
    assert len(models) == 2
    assert (paths.root / "runs").read_text() == "run\n"


def test_training_reports_while_it_lasts(paths: NluPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_module, "_REPORT_EVERY_S", 0.1)
    said: list[str] = []
    ensure_model(paths, said.append)
    assert len(said) >= 3


def test_a_failed_training_leaves_the_reason_and_no_model(paths: NluPaths) -> None:
    paths.python.write_text("#!/bin/sh\necho the reason\nexit 1\n")
    with pytest.raises(NluSetupError, match=r"training-failed\.log"):
        ensure_model(paths, lambda _: None)
    assert (paths.cache / "training-failed.log").read_text() == "the reason\n"
    assert list(paths.cache.glob("nlu-*")) == []


def test_a_killed_start_leaves_nothing_that_looks_complete(paths: NluPaths, project: Path) -> None:
    paths.python.write_text('#!/bin/sh\nwhile [ "$1" != --out ]; do shift; done\necho half > "$2"\ncat\n')
    code = "import sys; from pathlib import Path; from nlu.model import *; ensure_model(NluPaths.of(Path(sys.argv[1])), print)"
    start = subprocess.Popen([sys.executable, "-c", code, paths.root], cwd=project, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 20
    while not list(paths.cache.glob(".training-*/model.tar.gz")):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    start.kill()
    start.wait()
    assert list(paths.cache.glob("nlu-*")) == []
    paths.python.write_text('#!/bin/sh\nwhile [ "$1" != --out ]; do shift; done\necho whole > "$2"\n')
    assert ensure_model(paths, lambda _: None).read_text() == "whole\n"
    assert list(paths.cache.glob(".training-*")) == []


def test_a_missing_environment_or_pipeline_says_what_to_do(paths: NluPaths) -> None:
    paths.python.unlink()
    with pytest.raises(NluSetupError, match="make setup"):
        ensure_model(paths, lambda _: None)
    paths.config.unlink()
    with pytest.raises(NluSetupError, match=r"config\.yml"):
        ensure_model(paths, lambda _: None)


def test_only_the_newest_models_are_kept(paths: NluPaths) -> None:
    paths.cache.mkdir(parents=True)
    for age in range(5):
        old = paths.cache / f"nlu-{age:012}.tar.gz"
        old.write_text("old")
        os.utime(old, (1_000_000 - age, 1_000_000 - age))
    model = ensure_model(paths, lambda _: None)
    assert sorted(file.name for file in paths.cache.glob("nlu-*")) == ["nlu-000000000000.tar.gz", "nlu-000000000001.tar.gz", model.name]
