"""Whether a newly trained model may take the place of the one in use: asked the same messages, it must not be worse."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nlu.client import NluClient
from nlu.model import NluPaths
from nlu.process import NluServer, server_command

#: A message and the intent it has.
Labelled = tuple[str, str]


@dataclass(frozen=True)
class Hits:
    """How many of so many messages a model gave their own intent."""

    right: int
    tested: int

    def __str__(self) -> str:
        return f"{self.right} of {self.tested} ({self.right / self.tested:.2%})"


def read_messages(file: Path) -> list[Labelled]:
    """The messages of a test file: JSON lines with "text" and "intent". Raises OSError, ValueError or KeyError."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    if not rows:
        raise ValueError("it holds no message")
    return [(str(row["text"]), str(row["intent"])) for row in rows]


async def count_hits(paths: NluPaths, model: Path, messages: Sequence[Labelled]) -> Hits:
    """Starts a server of that model and asks it every message. Raises NluSetupError or NluUnavailable."""
    log = paths.cache / "compared.log"
    async with NluServer(server_command(paths, model, workers=1), paths.root, log) as server, NluClient(server.endpoint) as client:
        right = 0
        for text, intent in messages:
            right += (await client.parse(text)).intent == intent
    return Hits(right, len(messages))
