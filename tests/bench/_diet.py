"""Trains the stock DIET pipeline on given texts and tests it on others, with Rasa itself. Runs in the NLU environment.

    .venv-nlu/bin/python -m tests.bench._diet TASK.json ANSWER.json [MODEL.tar.gz]

The task is {"train": [[text, label], ...], "test": [text, ...], "epochs": 20}; the answer holds what `_classifier.Answers` does.
With a third path the model is kept there.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml

from nlu.server.quiet import prepare
from nlu.server.train import train

_CONFIG = Path(__file__).with_name("config.diet.yml")


def main() -> None:
    """Reads the task, trains, and writes the answer."""
    prepare()
    task = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        model = Path(sys.argv[3] if len(sys.argv) > 3 else Path(folder, "model.tar.gz")).resolve()
        start = time.perf_counter()
        if not train(_config(Path(folder), task["epochs"]), [_data(Path(folder), task["train"])], model):
            raise SystemExit("Rasa trained no model")
        fitted = time.perf_counter() - start
        found = asyncio.run(_parse(model, task["test"]))
    answer = {"labels": [label for label, _ in found], "out_of_scope": [score for _, score in found], "fit_s": fitted}
    Path(sys.argv[2]).write_text(json.dumps({**answer, "parse_ms": 0.0}), "utf-8")


def _config(folder: Path, epochs: int) -> Path:
    config: dict[str, Any] = yaml.safe_load(_CONFIG.read_text("utf-8"))
    next(part for part in config["pipeline"] if part["name"] == "DIETClassifier")["epochs"] = epochs
    file = folder / "config.yml"
    file.write_text(yaml.safe_dump(config), "utf-8")
    return file


def _data(folder: Path, examples: list[tuple[str, str]]) -> Path:
    data = folder / "data"
    data.mkdir()
    common = [{"text": text, "intent": label} for text, label in examples]
    (data / "nlu.json").write_text(json.dumps({"rasa_nlu_data": {"common_examples": common}}), "utf-8")
    return data


async def _parse(model: Path, texts: list[str]) -> list[tuple[str, float]]:
    """Each text's label, and how little it looks like it: one minus the confidence."""
    if not texts:
        return []
    from rasa.core.agent import load_agent

    agent = await load_agent(model_path=str(model))
    found = []
    for text in texts:
        intent = (await agent.parse_message(text))["intent"]
        found.append((str(intent["name"]), 1.0 - float(intent["confidence"])))
    return found


if __name__ == "__main__":
    main()
