"""Scenario files: who does what, and what must come back. The same file runs through every channel.

A step has one act:
  say: text | repeat: [text, times] | press: button id | start: payload of a link | edit: new text of the last message
  wait: a day to come, on which what is due is said | send: voice, sticker, video or location
  file: {name, made, as?: photo, caption?} or a list of them, sent together
  staff: {answer: text} | {note: text} | {close: true} | {look: pdf} | {outcome: why | [yuan, rate]}, what staff do, or
    {bulletin: {title, entry, ask?}}, what a policy office does; the owner reads it with the next step
and what it promises: facts, facts_exactly, says, silent_on, buttons, asking, sources, files (sent back), paper (the names of rating
reports), pieces (messages that Telegram needs for the longest reply). `intent` is what the scripted language server answers.
A scenario with `needs: photos` runs where photos can be read. `stale: true` presses a button that is not there; `quiet: true` says that
nothing is said to it.
What a channel cannot do by its nature stands under `not_in`, with the reason: {terminal: a terminal has no stickers}.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.channels.telegram.messages import split
from bot.committing import Outcome
from knowledge.firm import to_json
from nlu.client import OUT_OF_SCOPE, IntentGuess, NluUnavailable

FOLDER = Path(__file__).parent.parent / "scenarios"
CHANNELS = ("service", "terminal", "telegram")
ACTS = {"say", "repeat", "press", "start", "edit", "send", "file", "wait", "staff"}
_PROMISES = {"facts", "facts_exactly", "says", "silent_on", "buttons", "asking", "sources", "files", "pieces", "card", "paper"}
_KEYS = ACTS | _PROMISES | {"intent", "stale", "quiet", "not_in"}


@dataclass(frozen=True)
class SentFile:
    """A file of a step: what it is called and made of, and how it is sent."""

    name: str
    made: str
    photo: bool
    caption: str | None


@dataclass(frozen=True)
class Step:
    """One thing an owner does and what must come back of it."""

    raw: Mapping[str, Any]

    @property
    def act(self) -> str:
        (act,) = ACTS & set(self.raw)
        return act

    @property
    def text(self) -> str:
        """The words of an act that consists of words."""
        if self.act == "repeat":
            text, times = self.raw["repeat"]
            return str(text) * int(times)
        return f"/start {self.raw['start']}".strip() if self.act == "start" else str(self.raw[self.act])

    @property
    def files(self) -> tuple[SentFile, ...]:
        given = self.raw["file"] if isinstance(self.raw["file"], list) else [self.raw["file"]]
        return tuple(SentFile(one["name"], one["made"], one.get("as") == "photo", one.get("caption")) for one in given)

    @property
    def title(self) -> str:
        return self.shown[:60]

    @property
    def shown(self) -> str:
        """The act as a reader of the transcript sees it."""
        match self.act:
            case "staff":
                return " ".join(f"({what}) {words}" for what, words in self.raw["staff"].items())
            case "press" | "send" | "wait":
                return f"[{self.raw[self.act]}]"
            case "file":
                return "  ".join(f"[{one.name}]" + (f" {one.caption}" if one.caption else "") for one in self.files)
            case "edit":
                return f"(edited) {self.text[:80]!r}"
        return repr(self.text[:80])

    @property
    def quiet(self) -> bool:
        return bool(self.raw.get("quiet", False))

    def possible_in(self, channel: str) -> bool:
        return channel not in self.raw.get("not_in", {})


@dataclass(frozen=True)
class Scenario:
    name: str
    language: str
    steps: tuple[Step, ...]
    #: desks with people at them: names in both languages by the bank's id
    desks: Mapping[str, Mapping[str, str]]
    needs_photos: bool

    @property
    def opens_by_link(self) -> bool:
        """Whether the first contact is a link with a payload; else it is a plain /start."""
        return self.steps[0].act == "start"

    def in_channel(self, channel: str) -> list[int]:
        """The numbers of the steps that the file has the channel do."""
        return [number for number, step in enumerate(self.steps) if step.possible_in(channel)]


class ScriptedNlu:
    """Stands in for the language server where a test is about the conversation: it answers what the scenario says."""

    def __init__(self) -> None:
        self.intent: str | None = None

    async def parse(self, text: str) -> IntentGuess:
        if self.intent is None:
            raise NluUnavailable("no intent in the script")
        return IntentGuess(self.intent, 0.9, ((self.intent, 0.9),), 0.99 if self.intent == OUT_OF_SCOPE else 0.0)


def scenarios() -> list[Scenario]:
    """Every scenario file; one that says what nobody understands is an error."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        raw = yaml.safe_load(path.read_text("utf-8"))
        steps = tuple(Step(step) for step in raw["steps"])
        for step in steps:
            assert set(step.raw) <= _KEYS, f"{path.name}: unknown key {set(step.raw) - _KEYS}"
            assert len(ACTS & set(step.raw)) == 1, f"{path.name}: not one act in {dict(step.raw)}"
            excused = step.raw.get("not_in", {})
            assert set(excused) < set(CHANNELS), f"{path.name}: {excused}"
            assert all(isinstance(why, str) and why for why in excused.values()), f"{path.name}: no reason in {excused}"
        assert raw.get("needs") in (None, "photos"), f"{path.name}: needs {raw['needs']}"
        found.append(Scenario(path.stem, raw["language"], steps, raw.get("desks", {}), "needs" in raw))
    return found


def check(step: Step, outcomes: Sequence[Outcome]) -> None:
    """What the step promises, of all that was said and of how things stand in the end."""
    dialogue, replies = outcomes[-1].dialogue, [reply for outcome in outcomes for reply in outcome.replies]
    facts = {name: to_json(value) for name, value in dialogue.firm.items()}
    said = "\n".join(reply.text for reply in replies)
    buttons = {button.id for reply in replies for button in reply.buttons}
    for name, value in step.raw.get("facts", {}).items():
        assert facts.get(name) == value, f"{step.title}: {name} is {facts.get(name)!r}, not {value!r}\n{said}"
    if "facts_exactly" in step.raw:
        assert facts == step.raw["facts_exactly"], step.title
    for pattern in step.raw.get("says", ()):
        assert re.search(_expression(pattern), said), f"{step.title}: {pattern} not in\n{said}"
    for pattern in step.raw.get("silent_on", ()):
        assert not re.search(_expression(pattern), said), f"{step.title}: {pattern} in\n{said}"
    assert set(step.raw.get("buttons", ())) <= buttons, f"{step.title}: {buttons}"
    sources = {source for outcome in outcomes for source in outcome.sources}
    assert set(step.raw.get("sources", ())) <= sources, f"{step.title}: {sources}"
    if "asking" in step.raw:
        assert dialogue.asking == step.raw["asking"], f"{step.title}: asking {dialogue.asking}"
    if "card" in step.raw:
        assert [reply.card is not None for reply in replies].count(True) == int(step.raw["card"]), step.title
    assert [reply.paper.file_name for reply in replies if reply.paper] == step.raw.get("paper", []), step.title
    assert sum(len(reply.files) for reply in replies) == step.raw.get("files", 0), step.title
    if not replies:
        assert step.quiet, f"{step.title}: nothing was said"
        return
    pieces = max((list(split(reply.text)) for reply in replies), key=len)
    assert len(pieces) == step.raw.get("pieces", 1), step.title
    assert "\n\n".join(pieces) in {reply.text for reply in replies}, f"{step.title}: not split at paragraphs"
    assert all(len(button.encode()) <= 64 for button in buttons)


def _expression(pattern: str) -> str:
    return pattern if pattern == "." or "|" in pattern else re.escape(pattern)
