"""A small pack for the authors' tools."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.pack import Pack, load_pack
from tests.knowledge.authoring.sample import write


@pytest.fixture
def sample(tmp_path: Path) -> Pack:
    write(tmp_path)
    pack = load_pack(tmp_path)
    assert not pack.problems
    return pack
