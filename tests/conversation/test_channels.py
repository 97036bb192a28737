"""The same scenario file through the terminal and through Telegram gives the same conversation."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.telegram.bot import serve
from bot.channels.telegram.pace import UNLIMITED, Pace
from bot.channels.terminal import Terminal
from bot.conversation.model import Heard, Reply
from bot.conversation.world import World
from bot.service import Advisor
from bot.simulator import World as LocalTelegram
from bot.simulator import running
from bot.simulator.people import Person, Seen
from bot.storage.database import open_database
from bot.storage.store import Store
from tests.conversation.scenarios import Scenario, ScriptedNlu, Step, scenarios

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
#: What was said in answer to one step: texts, and the labels under each.
Said = list[tuple[str, list[str]]]
Talk = list[tuple[str, Said]]


@contextlib.contextmanager
def advisor_at(path: Path, world: World, scripted: ScriptedNlu) -> Iterator[Advisor]:
    engine = open_database(f"sqlite:///{path}")
    try:
        yield Advisor(Store(engine), world, scripted, now=lambda: NOON)
    finally:
        engine.dispose()


def typed(scenario: Scenario) -> list[Step]:
    """The steps that somebody can do in every channel: write something that is there, or press a button that is shown."""
    return [step for step in scenario.steps if step.heard.file is None and (step.heard.press or (step.heard.text or "").strip())]


def as_said(replies: tuple[Reply, ...]) -> Said:
    return [(reply.text, [button.label for button in reply.buttons]) for reply in replies]


class Recorder(Terminal):
    """A terminal whose screen is kept."""

    screen: list[Reply]

    def _show(self, reply: Reply) -> None:
        super()._show(reply)
        self.screen.append(reply)


async def through_the_terminal(scenario: Scenario, world: World, folder: Path) -> Talk:
    scripted, talk = ScriptedNlu(), []
    with advisor_at(folder / "terminal.db", world, scripted) as advisor:
        terminal = Recorder(advisor, folder, scenario.language)
        terminal.screen = []
        await terminal._say(Heard(text="/start"))
        for step in typed(scenario):
            terminal.screen, scripted.intent = [], step.raw.get("intent")
            shown = {button.id: number for number, button in enumerate(terminal._buttons, 1)}
            if step.heard.press is not None and step.heard.press not in shown:
                continue
            await terminal._take(f"#{shown[step.heard.press]}" if step.heard.press else str(step.heard.text))
            talk.append((step.title, as_said(tuple(terminal.screen))))
    return talk


async def through_telegram(scenario: Scenario, world: World, folder: Path) -> Talk:
    scripted, talk = ScriptedNlu(), []
    with advisor_at(folder / "telegram.db", world, scripted) as advisor:
        async with local_telegram(advisor) as telegram:
            owner = telegram.person("Owner", "zh-hans" if scenario.language == "zh" else "en")
            await answered(advisor.store, owner, owner.start)
            for step in typed(scenario):
                scripted.intent = step.raw.get("intent")
                press = step.heard.press
                if press is not None and press not in _newest_buttons(owner):
                    continue
                act = (lambda press=press: owner.press(press)) if press else (lambda text=step.heard.text: owner.write(str(text)))
                talk.append((step.title, [_as_shown(seen) for seen in await answered(advisor.store, owner, act)]))
    return talk


@contextlib.asynccontextmanager
async def local_telegram(advisor: Advisor) -> AsyncIterator[LocalTelegram]:
    """A simulated Telegram with the advisor serving it."""
    telegram = LocalTelegram()
    async with running(telegram) as url:
        pace = Pace(UNLIMITED)
        serving = asyncio.create_task(serve(advisor, telegram.token, url, lambda _: None, pace))
        try:
            yield telegram
        finally:
            serving.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await serving


async def answered(store: Store, owner: Person, act: Callable[[], object]) -> list[Seen]:
    """Do something and give back what the bot wrote in answer."""
    before = {seen.message_id for seen in owner.sees()}
    done = len(store.transcript(f"tg:{owner.id}"))
    act()
    deadline = time.monotonic() + 60
    while True:
        fresh = [seen for seen in owner.sees() if seen.from_bot and seen.message_id not in before]
        if fresh and store.open_updates() == [] and store.waiting_chats() == [] and len(store.transcript(f"tg:{owner.id}")) != done:
            return fresh
        assert time.monotonic() < deadline, "the bot did not answer"
        await asyncio.sleep(0.01)


def _newest_buttons(owner: Person) -> set[str]:
    """What can be pressed on the messages since the owner's last own one, as on a terminal's screen."""
    found: set[str] = set()
    for seen in reversed(owner.sees()):
        if not seen.from_bot:
            break
        found |= {data for row in seen.buttons for _, data in row}
    return found


def _as_shown(seen: Seen) -> tuple[str, list[str]]:
    return seen.text, [label for row in seen.buttons for label, _ in row]


@pytest.mark.parametrize("scenario", [s for s in scenarios() if s.name != "my-data"], ids=lambda scenario: scenario.name)
async def test_terminal_and_telegram_say_the_same(scenario: Scenario, world: World, tmp_path: Path) -> None:
    terminal = await through_the_terminal(scenario, world, tmp_path)
    telegram = await through_telegram(scenario, world, tmp_path)
    assert len(terminal) > 1
    assert telegram == terminal
