"""Whole conversations, through the service and the database, with every reply kept as a snapshot."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.conversation.world import World
from nlu.client import NluClient
from nlu.model import NluPaths, ensure_model
from nlu.process import NluServer
from nlu.uploads.photos import is_installed
from tests.conversation.players import Answered, advisor_at, through_the_service
from tests.conversation.scenarios import Scenario, ScriptedNlu, scenarios
from tests.databases import ready_sqlite
from tests.uploads.photos.needs import need_photos

SCENARIOS = pytest.mark.parametrize("scenario", scenarios(), ids=lambda scenario: scenario.name)


def written(answered: Answered) -> str:
    """A step as a reader of the transcript sees it."""
    lines = [f"> {answered.step.shown}"]
    for said in answered.said:
        if said.picture:
            lines.append("<picture>")
        lines.extend([f"<{said.file[0]}>"] if said.file is not None else [])
        lines.extend([said.text] if said.text else [])
        if said.labels:
            lines.append("  ".join(f"[{label}]" for label in said.labels))
    return "\n".join([*lines, ""])


async def transcript(scenario: Scenario, world: World, url: str, folder: Path) -> str:
    if scenario.needs_photos:
        need_photos()
    scripted = ScriptedNlu()
    with advisor_at(url, world, scripted) as advisor:
        return "\n".join(map(written, await through_the_service(scenario, advisor, folder, scripted)))


@pytest.fixture(scope="module")
def written_down() -> dict[str, str]:
    """The transcripts so far, by scenario: what another run must say, too."""
    return {}


@SCENARIOS
async def test_a_scenario_goes_as_written(
    scenario: Scenario, world: World, tmp_path: Path, snapshot: SnapshotAssertion, written_down: dict[str, str]
) -> None:
    said = await transcript(scenario, world, ready_sqlite(tmp_path / "advisor.db"), tmp_path)
    written_down[scenario.name] = said
    assert said == snapshot


@SCENARIOS
async def test_a_scenario_goes_the_same_way_on_every_database(
    scenario: Scenario, world: World, tmp_path: Path, ready_url: str, written_down: dict[str, str]
) -> None:
    if scenario.name not in written_down:  # when this test runs alone
        written_down[scenario.name] = await transcript(scenario, world, ready_sqlite(tmp_path / "first.db"), tmp_path)
    assert await transcript(scenario, world, ready_url, tmp_path) == written_down[scenario.name]


@pytest.mark.rasa
async def test_the_scenarios_go_the_same_way_with_the_real_language_server(world: World, tmp_path: Path, language_paths: NluPaths) -> None:
    model = ensure_model(language_paths, print)
    async with NluServer.for_model(language_paths, model) as server, NluClient(server.endpoint) as client:
        for scenario in (one for one in scenarios() if is_installed() or not one.needs_photos):
            with advisor_at(ready_sqlite(tmp_path / f"{scenario.name}.db"), world, client) as advisor:
                await through_the_service(scenario, advisor, tmp_path)
