"""The same scenario file through the terminal and through Telegram gives the same conversation as the service itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.conversation.world import World
from tests.conversation.players import Answered, advisor_at, through_the_service, through_the_terminal
from tests.conversation.scenarios import CHANNELS, Scenario, ScriptedNlu, scenarios
from tests.conversation.telegram_player import through_telegram
from tests.databases import ready_sqlite
from tests.uploads.photos.needs import need_photos


async def talks(scenario: Scenario, world: World, folder: Path) -> dict[str, list[Answered]]:
    scripted = ScriptedNlu()
    with advisor_at(ready_sqlite(folder / "service.db"), world, scripted) as advisor:
        service = await through_the_service(scenario, advisor, folder / "service", scripted)
    terminal = await through_the_terminal(scenario, world, folder / "terminal")
    return {"service": service, "terminal": terminal, "telegram": await through_telegram(scenario, world, folder / "telegram")}


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda scenario: scenario.name)
async def test_every_channel_says_the_same(scenario: Scenario, world: World, tmp_path: Path) -> None:
    if scenario.needs_photos:
        need_photos()
    for channel in CHANNELS:
        (tmp_path / channel).mkdir()
    talked = await talks(scenario, world, tmp_path)
    for channel, talk in talked.items():
        done = [answered.number for answered in talk if answered.number >= 0]
        assert done == scenario.in_channel(channel), f"{channel} left steps out that the file does not excuse"
    said = {channel: {answered.number: answered.said for answered in talk} for channel, talk in talked.items()}
    for number, step in enumerate(scenario.steps):
        here = [channel for channel in CHANNELS if number in said[channel]]
        for channel in here[1:]:
            assert said[channel][number] == said[here[0]][number], f"{step.title}: {channel} is not as {here[0]}"


def test_every_act_and_every_channel_is_tried() -> None:
    steps = [step for scenario in scenarios() for step in scenario.steps]
    for act in ("say", "press", "start", "edit", "send", "file", "wait"):
        assert any(step.act == act and step.possible_in("telegram") for step in steps), act
    for act in ("say", "press", "start", "file"):
        assert any(step.act == act and step.possible_in("terminal") for step in steps), act
