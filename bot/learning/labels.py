"""The messages people have labelled: one JSON line each, kept apart from the project's own training data.

A line names the turn it came from, so that what an owner has erased is not learnt again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml

from bot.storage.heard import HeardMessage


@dataclass(frozen=True)
class Label:
    """A masked message and the intent a person gave it. `turn` and `at` name where it came from."""

    turn: int
    at: str
    text: str
    intent: str


class Labels:
    """The file of labelled messages."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def read(self) -> list[Label]:
        """All labels, oldest first; none while there is no file."""
        if not self._file.exists():
            return []
        return [Label(**json.loads(line)) for line in self._file.read_text("utf-8").splitlines() if line]

    def add(self, label: Label) -> None:
        """Keeps a label in place of an earlier one of the same turn."""
        self._write([*(kept for kept in self.read() if kept.turn != label.turn), label])

    def forget_erased(self, stored: Iterable[HeardMessage]) -> list[Label]:
        """Drops what came from turns that are no longer stored, and returns the rest."""
        # A number may be given again after its row was erased; the time tells the two apart.
        there = {(message.turn, message.at.isoformat()) for message in stored}
        labels = self.read()
        kept = [label for label in labels if (label.turn, label.at) in there]
        if len(kept) != len(labels):
            self._write(kept)
        return kept

    def _write(self, labels: Sequence[Label]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(".new")
        fresh.write_text("".join(json.dumps(asdict(label), ensure_ascii=False) + "\n" for label in labels), "utf-8")
        fresh.replace(self._file)


def training_file(labels: Sequence[Label]) -> str:
    """The labels as a Rasa training file; a text starts where its markup could not be taken for Rasa's own."""
    intents: dict[str, list[str]] = {}
    for label in labels:
        intents.setdefault(label.intent, []).append(_one_line(label.text))
    blocks = [{"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)} for intent, texts in sorted(intents.items())]
    return yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True, sort_keys=False)


def learnt_texts(content: str) -> set[str]:
    """The messages of a training file written by `training_file`; none of an empty one."""
    blocks = yaml.safe_load(content)["nlu"] if content else []
    return {line.removeprefix("- ") for block in blocks for line in block["examples"].splitlines()}


def _one_line(text: str) -> str:
    """Rasa reads one example a line, and square brackets as an entity."""
    return " ".join(text.replace("[", "(").replace("]", ")").split())
