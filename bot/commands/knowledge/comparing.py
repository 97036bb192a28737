"""`diff`: what changed between two versions, and for which firms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from bot.commands.knowledge.loading import pack_named
from bot.commands.knowledge.shell import Shell, Unusable, known_facts, print_json, read_firms
from bot.storage.packs import NoVersion, Packs
from knowledge.authoring.diff import ABSENT, Changes, Effect, change_lines, changes, effect_lines, effects
from knowledge.firm import FactValue
from knowledge.pack import Pack


def compare(shell: Shell, old_name: str, new_name: str, firms_file: Path | None, on: date, as_json: bool) -> int:
    """Tell what is new, changed and gone, and which firms' status moves."""
    with shell.packs() as packs:
        old, new = (_named(shell, name, packs) for name in (old_name, new_name))
        for problem in (*old.problems, *new.problems):
            shell.out(shell.tell("problem", problem=problem))
        firms = chain(map(known_facts, packs.firms()), read_firms(shell, firms_file) if firms_file else ())
        tell_changes(shell, old, new, firms, on, as_json)
    return 0


def tell_changes(shell: Shell, old: Pack, new: Pack, firms: Iterable[Mapping[str, FactValue]], on: date, as_json: bool = False) -> Changes:
    """The changes and their effects on firms, in words or as one JSON object."""
    found = changes(old, new)
    count, moved = effects(old, new, found, firms, on) if found else (0, {})
    if as_json:
        print_json(_json(found, moved, count, on))
    else:
        print("\n".join(_lines(shell, old, new, found, moved, count)))
    return found


def _named(shell: Shell, name: str, packs: Packs) -> Pack:
    try:
        return pack_named(name, packs, shell.settings.knowledge)
    except NoVersion:
        raise Unusable(shell.tell("no_version", name=name)) from None


def _lines(shell: Shell, old: Pack, new: Pack, found: Changes, moved: Mapping[str, Effect], count: int) -> list[str]:
    if not found:
        return [shell.tell("no_changes")]
    language = shell.language
    lines = []
    for key, ids in (("entry_new", found.new), ("entry_gone", found.gone), ("entry_changed", tuple(found.changed))):
        for entry_id in ids:
            entry = new.get(entry_id) or old[entry_id]
            lines.append(shell.tell(key, id=entry_id, name=entry.name[language]))
            if entry_id in found.changed:
                lines.extend(f"    {line}" for line in change_lines(found.changed[entry_id], (old[entry_id], new[entry_id]), language))
            if entry_id in moved:
                lines.extend(f"    {line}" for line in effect_lines(moved[entry_id], language, count))
    total = len(found.new) + len(found.gone) + len(found.changed)
    sums = {"new": len(found.new), "changed": len(found.changed), "gone": len(found.gone), "firms": count}
    return [*lines, shell.tell("diff_sum", total=total, moved=len(moved), **sums)]


def _json(found: Changes, moved: Mapping[str, Effect], count: int, on: date) -> dict[str, Any]:
    keys = {entry_id: [item.key for item in changed] for entry_id, changed in found.changed.items()}
    told = {
        entry_id: [
            {"from": None if a == ABSENT else a, "to": None if b == ABSENT else b, "firms": n} for (a, b), n in effect.counts.items()
        ]
        for entry_id, effect in moved.items()
    }
    return {"on": on.isoformat(), "new": found.new, "gone": found.gone, "changed": keys, "firms": count, "effects": told}
