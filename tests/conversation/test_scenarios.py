"""Whole conversations, through the service and the database, with every reply kept as a snapshot."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.conversation.world import World
from bot.service import Advisor
from bot.storage.store import Store
from tests.conversation.scenarios import Scenario, ScriptedNlu, play, scenarios

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda scenario: scenario.name)
async def test_a_scenario_goes_as_written(scenario: Scenario, world: World, store: Store, snapshot: SnapshotAssertion) -> None:
    scripted = ScriptedNlu()
    advisor = Advisor(store, world, scripted, now=lambda: NOON)  # type: ignore[arg-type]
    transcript = await play(scenario, advisor, scripted)
    assert "\n".join(transcript) == snapshot


@pytest.mark.rasa
async def test_the_scenarios_go_the_same_way_with_the_real_language_server(world: World, tmp_path: Path, project: Path) -> None:
    from bot.storage.database import open_database
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
