"""The messages developed against stay understood: a floor under each set, well above what it had when it was written."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import nlu.linking
from knowledge.firm import vocabulary
from nlu.mentions import extract_facts

TODAY = date(2026, 11, 21)
SETS = sorted((Path(nlu.linking.__file__).parent / "messages").glob("understanding_dev*.jsonl"))
PRECISION, RECALL = 0.98, 0.965


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_set_stays_understood(path: Path) -> None:
    right, wrong, missed = 0, [], []
    for line in path.read_text("utf-8").splitlines():
        message = json.loads(line)
        expected = {name: vocabulary()[name].parse(value) for name, value in message["facts"].items()}
        tolerated = {*message.get("optional", ()), *message.get("range", ()), *(("age_months",) if message.get("dates") else ())}
        found = extract_facts(message["text"], today=TODAY, asking=message["asking"]).facts
        right += sum(expected.get(name) == value for name, value in found.items())
        wrong += [
            (message["id"], name, value)
            for name, value in found.items()
            if expected.get(name) != value and (name in expected or name not in tolerated)
        ]
        missed += [(message["id"], name) for name in expected if name not in found]
    assert right / (right + len(wrong)) >= PRECISION, wrong
    assert right / (right + len(wrong) + len(missed)) >= RECALL, (wrong, missed)
