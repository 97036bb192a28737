"""Trains the NLU model. Run it from the project's folder with the Python of `.venv-nlu`.

python -m nlu.server.train --config config.yml --data nlu/server/data --out model.tar.gz
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from nlu.server.quiet import end_with_parent, prepare


def main() -> int:
    """Returns 0 when the model was written, 1 when training gave none, 2 for unusable arguments."""
    parser = argparse.ArgumentParser(description="Train the NLU model.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="Rasa NLU YAML files, folders of them, labelled JSON lines")
    parser.add_argument("--out", type=Path, required=True, help="the model archive to write, ending in .tar.gz")
    parser.add_argument("--watch-stdin", action="store_true", help="stop when standard input closes")
    arguments = parser.parse_args()
    for data in arguments.data:
        if not data.is_file() and not any(data.rglob("*.yml")):
            parser.error(f"no training data (*.yml) under {data}")
    prepare()
    if arguments.watch_stdin:
        end_with_parent(sys.stdin.buffer)
    return 0 if train(arguments.config.resolve(), [data.resolve() for data in arguments.data], arguments.out.resolve()) else 1


def train(config: Path, data: Sequence[Path], out: Path) -> bool:
    """Trains on a copy of the configuration, which Rasa may rewrite, and moves the finished archive to `out`."""
    from rasa.model_training import train_nlu

    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".rasa-") as folder:
        copy = Path(folder, "config.yml")
        copy.write_text(config.read_text(encoding="utf-8"), encoding="utf-8")
        gathered = Path(folder, "data")
        gathered.mkdir()
        for number, part in enumerate(data):  # Rasa takes one path only
            place = Path(gathered, f"{number}-{part.name}")
            if part.suffix == ".jsonl":
                place.with_suffix(".yml").write_text(as_yaml(part.read_text(encoding="utf-8")), encoding="utf-8")
            else:
                place.symlink_to(part)
        model = train_nlu(str(copy), str(gathered), output=folder, fixed_model_name="model")
        if not model:
            return False
        Path(model).replace(out)
    return True


def as_yaml(lines: str) -> str:
    """Labelled messages as Rasa's training data, without answers to a question: those mean nothing by themselves."""
    by_intent: dict[str, list[str]] = {}
    for line in lines.splitlines():
        message = json.loads(line)
        if message["asking"] is None:
            by_intent.setdefault(message["intent"], []).append(" ".join(message["text"].split()))
    parts = ['version: "3.1"', "nlu:"]
    for intent, texts in sorted(by_intent.items()):
        parts += [f"- intent: {intent}", "  examples: |", *(f"    - {text}" for text in texts)]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
