"""Packs of any size: the shipped entries, and beside them entries that vary the shipped rules."""

from __future__ import annotations

import random
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from knowledge.derived import DERIVED
from knowledge.entries import Entry
from knowledge.firm import FactType, vocabulary
from knowledge.pack import DEFAULT_PACK, Pack, load_pack
from knowledge.regions import regions

_FACTORS = (0.5, 0.8, 1.25, 2)
#: Yearly shares and rates stay below 1.
_SHARES = (0.25, 0.5, 0.75, 1)


def varied(size: int, seed: int = 20261121) -> Pack:
    """A pack of `size` entries: the shipped ones, then as many as are missing with rules that vary the shipped ones. Not below 135."""
    chance, shipped = random.Random(seed), load_pack()
    if size < len(shipped.entries):
        raise ValueError(f"the shipped pack alone has {len(shipped.entries)} entries")
    models = [raw for path in sorted(Path(DEFAULT_PACK).rglob("*.yaml")) if "when" in (raw := yaml.safe_load(path.read_text("utf-8")))]
    entries = dict(shipped.entries)
    for number in count():
        if len(entries) == size:
            return Pack(entries, f"{shipped.digest}-varied-{size}")
        raw = models[number % len(models)]
        entry = Entry.model_validate(
            {name: value for name, value in raw.items() if name != "cases"}
            | {"id": f"{raw['id']}-{number}", "when": _vary(raw["when"], chance), "region": {"within": chance.choice(tuple(regions()))}}
        )
        entries[entry.id] = entry
    raise AssertionError


def _vary(raw: Any, chance: random.Random) -> Any:
    """A condition of the same shape with other thresholds, choices and places."""
    for name in ("all", "any"):
        if name in raw:
            return {name: [_vary(part, chance) for part in raw[name]]}
    if "not" in raw:
        return {"not": _vary(raw["not"], chance)}
    if "check" in raw:
        return raw
    return {key: value if key in ("fact", "clause") else _needed(raw["fact"], value, chance) for key, value in raw.items()}


def _needed(fact: str, value: Any, chance: random.Random) -> Any:
    kind = DERIVED[fact] if fact in DERIVED else vocabulary()[fact].type
    if kind is FactType.CODE:
        return chance.choice(tuple(regions()))
    if kind in (FactType.CHOICE, FactType.CHOICES):
        choices = ("micro", "small", "medium", "large") if fact in DERIVED else tuple(vocabulary()[fact].choices)
        return chance.sample(choices, min(len(value), len(choices))) if isinstance(value, list) else chance.choice(choices)
    if kind in (FactType.FLAG, FactType.TEXT, FactType.DATE):
        return value
    factor = chance.choice(_SHARES if kind is FactType.RATE else _FACTORS)
    return [_scaled(item, factor) for item in value] if isinstance(value, list) else _scaled(value, factor)


def _scaled(value: float, factor: float) -> float:
    return round(value * factor) if isinstance(value, int) else round(value * factor, 4)
