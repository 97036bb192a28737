"""Whole conversations, through the service and the database, with every reply kept as a snapshot."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.conversation.world import World
from bot.service import Advisor
from bot.storage.database import open_database
from bot.storage.store import Store
from tests.conversation.scenarios import Scenario, ScriptedNlu, play, scenarios

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


SCENARIOS = pytest.mark.parametrize("scenario", scenarios(), ids=lambda scenario: scenario.name)


async def transcript(scenario: Scenario, world: World, url: str) -> str:
    engine, scripted = open_database(url), ScriptedNlu()
    advisor = Advisor(Store(engine), world, scripted, now=lambda: NOON)
    try:
        return "\n".join(await play(scenario, advisor, scripted))
    finally:
        engine.dispose()


@SCENARIOS
async def test_a_scenario_goes_as_written(scenario: Scenario, world: World, tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    assert await transcript(scenario, world, f"sqlite:///{tmp_path / 'advisor.db'}") == snapshot


@SCENARIOS
async def test_a_scenario_goes_the_same_way_on_every_database(
    scenario: Scenario, world: World, tmp_path: Path, database_url: str
) -> None:
    first = await transcript(scenario, world, f"sqlite:///{tmp_path / 'first.db'}")
    assert await transcript(scenario, world, database_url) == first


@pytest.mark.rasa
async def test_the_scenarios_go_the_same_way_with_the_real_language_server(world: World, tmp_path: Path, project: Path) -> None:
    from nlu.client import NluClient
    from nlu.model import NluPaths, ensure_model
    from nlu.process import NluServer

    paths = NluPaths.of(project)
    if not paths.python.exists():
        pytest.skip("the language environment is missing; run `make setup`")
    model = ensure_model(paths, print)
    async with NluServer.for_model(paths, model) as server, NluClient(server.endpoint) as client:
        for scenario in scenarios():
            engine = open_database(f"sqlite:///{tmp_path / scenario.name}.db")
            await play(scenario, Advisor(Store(engine), world, client, now=lambda: NOON))
            engine.dispose()
