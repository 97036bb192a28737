"""Scenario files: who says what, and what must come back. The same file runs through every channel."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.conversation.model import Heard
from bot.service import Advisor, Outcome
from knowledge.firm import to_json
from nlu.client import IntentGuess, NluUnavailable

FOLDER = Path(__file__).parent.parent / "scenarios"
_KEYS = {"say", "press", "file", "repeat", "intent", "facts", "facts_exactly", "says", "buttons", "asking", "sources", "files", "card"}


@dataclass(frozen=True)
class Step:
    """One thing an owner does and what must come back of it."""

    raw: Mapping[str, Any]

    @property
    def heard(self) -> Heard:
        if "repeat" in self.raw:
            text, times = self.raw["repeat"]
            return Heard(text=text * times)
        return Heard(text=self.raw.get("say"), press=self.raw.get("press"), file=self.raw.get("file"))

    @property
    def title(self) -> str:
        heard = self.heard
        return f"{heard.text or heard.press or heard.file or ''!r}"[:60]


@dataclass(frozen=True)
class Scenario:
    name: str
    language: str
    steps: tuple[Step, ...]


class ScriptedNlu:
    """Stands in for the language server where a test is about the conversation: it answers what the scenario says."""

    def __init__(self) -> None:
        self.intent: str | None = None

    async def parse(self, text: str) -> IntentGuess:
        if self.intent is None:
            raise NluUnavailable("no intent in the script")
        return IntentGuess(self.intent, 0.9, ((self.intent, 0.9),), 0.0)


def scenarios() -> list[Scenario]:
    """Every scenario file; an unknown key in one is an error."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        raw = yaml.safe_load(path.read_text("utf-8"))
        steps = tuple(Step(step) for step in raw["steps"])
        for step in steps:
            assert set(step.raw) <= _KEYS, f"{path.name}: unknown key {set(step.raw) - _KEYS}"
        found.append(Scenario(path.stem, raw["language"], steps))
    return found


async def play(scenario: Scenario, advisor: Advisor, scripted: ScriptedNlu | None = None) -> Iterator[str]:
    """Run a scenario and check every step; gives back the transcript."""
    transcript = []
    for step in scenario.steps:
        if scripted is not None:
            scripted.intent = step.raw.get("intent")
        outcome = await advisor.hear("scenario:1", step.heard, language=scenario.language)
        check(step, outcome)
        transcript.extend(written(step, outcome))
    return iter(transcript)


def check(step: Step, outcome: Outcome) -> None:
    """What the step promises."""
    facts = {name: to_json(value) for name, value in outcome.dialogue.firm.items()}
    said = "\n".join(reply.text for reply in outcome.replies)
    buttons = {button.id for reply in outcome.replies for button in reply.buttons}
    for name, value in step.raw.get("facts", {}).items():
        assert facts.get(name) == value, f"{step.title}: {name} is {facts.get(name)!r}, not {value!r}\n{said}"
    if "facts_exactly" in step.raw:
        assert facts == step.raw["facts_exactly"], step.title
    for pattern in step.raw.get("says", ()):
        expression = pattern if pattern == "." or "|" in pattern else re.escape(pattern)
        assert re.search(expression, said), f"{step.title}: {pattern} not in\n{said}"
    assert set(step.raw.get("buttons", ())) <= buttons, f"{step.title}: {buttons}"
    assert set(step.raw.get("sources", ())) <= set(outcome.sources), f"{step.title}: {outcome.sources}"
    if "asking" in step.raw:
        assert outcome.dialogue.asking == step.raw["asking"], step.title
    if "card" in step.raw:
        assert [reply.card is not None for reply in outcome.replies].count(True) == int(step.raw["card"]), step.title
    assert sum(len(reply.files) for reply in outcome.replies) == step.raw.get("files", 0), step.title
    assert all(len(button.encode()) <= 64 for button in buttons)


def written(step: Step, outcome: Outcome) -> list[str]:
    """A step as a reader of the transcript sees it."""
    heard = step.heard
    lines = [f"> {heard.text[:80]!r}" if heard.text is not None else f"> [{heard.press or heard.file}]"]
    for reply in outcome.replies:
        if reply.card is not None:
            lines.append(f"[{reply.card.file_name}]")
        lines.append(reply.text)
        if reply.buttons:
            lines.append("  ".join(f"[{button.label}]" for button in reply.buttons))
    return [*lines, ""]
