"""What changed between two versions of the pack, and for which firms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from knowledge.authoring.positions import written
from knowledge.authoring.rule_words import rule_lines
from knowledge.authoring.wording import listed, tell
from knowledge.eligibility import judge
from knowledge.entries import Entry, Standing
from knowledge.firm import FactValue
from knowledge.formats import fact_value
from knowledge.pack import Kept, Pack, pack_of
from knowledge.regions import parent, region_name
from knowledge.size import size_class

#: Status of an entry that a version does not hold.
ABSENT = "absent"
#: Up to so many firms an example of each change is told.
EXAMPLES_UP_TO, EXAMPLES = 50, 3
_MISSING = object()


@dataclass(frozen=True)
class FieldChange:
    """A key whose value changed; None where there is none."""

    key: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Changes:
    """Which entries are new, changed and gone, by id."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    changed: Mapping[str, tuple[FieldChange, ...]]

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.changed)


@dataclass
class Effect:
    """For one entry: how many firms went from which status to which, and a few of them as anybody may see them."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], list[Mapping[str, FactValue]]] = field(default_factory=dict)


def changes(old: Pack, new: Pack) -> Changes:
    """Compare two versions by what is written in them."""
    both = [entry_id for entry_id in old.entries if entry_id in new.entries]
    changed = {entry_id: found for entry_id in both if (found := field_changes(raw_of(old, entry_id), raw_of(new, entry_id)))}
    return Changes(
        tuple(entry_id for entry_id in new.entries if entry_id not in old.entries),
        tuple(entry_id for entry_id in old.entries if entry_id not in new.entries),
        changed,
    )


def raw_of(pack: Pack, entry_id: str) -> Mapping[str, Any]:
    """An entry as plain data."""
    loaded: Mapping[str, Any] = yaml.safe_load(pack.kept[entry_id].text)
    return loaded


def field_changes(old: Any, new: Any, path: tuple[str | int, ...] = ()) -> tuple[FieldChange, ...]:
    """Keys whose values differ, as deep as both sides have mappings."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        keys = [*old, *(key for key in new if key not in old)]
        parts = (field_changes(old.get(key, _MISSING), new.get(key, _MISSING), (*path, str(key))) for key in keys)
        return tuple(change for part in parts for change in part)
    if old == new:
        return ()
    return (FieldChange(written(path), None if old is _MISSING else old, None if new is _MISSING else new),)


def effects(old: Pack, new: Pack, found: Changes, firms: Iterable[Mapping[str, FactValue]], on: date) -> tuple[int, dict[str, Effect]]:
    """Try what changed on every firm, before and after: how many firms there are, and the effect of each entry that moves one."""
    touched = {entry_id: (old.get(entry_id), new.get(entry_id)) for entry_id in (*found.new, *found.gone, *found.changed)}
    tried = {entry_id: pair for entry_id, pair in touched.items() if _may_move(pair, on)}
    result = {entry_id: Effect() for entry_id in tried}
    count = 0
    for facts in firms:
        count += 1
        for entry_id, (before, after) in tried.items():
            step = (_status(before, facts, on), _status(after, facts, on))
            if step[0] != step[1]:
                effect = result[entry_id]
                effect.counts[step] += 1
                shown = effect.examples.setdefault(step, [])
                if len(shown) < EXAMPLES:
                    shown.append(facts)
    return count, {entry_id: effect for entry_id, effect in result.items() if effect.counts}


def dropped(before: Mapping[str, Kept], pack: Pack, on: date) -> tuple[str, ...]:
    """Entries in force that a pack would silently lose. One whose file is broken is told as a problem instead."""
    told = {problem.file.rsplit("/", 1)[-1].removesuffix(".yaml") for problem in pack.problems}
    lost = {entry_id: kept for entry_id, kept in before.items() if entry_id not in pack.entries and entry_id not in told}
    return tuple(entry.id for entry in pack_of(lost, "") if entry.standing(on) is Standing.IN_FORCE)


def anonymous(facts: Mapping[str, FactValue], language: str) -> str:
    """A firm so that nobody can tell whose it is: industry, province and size class."""
    parts = []
    if "industry" in facts:
        parts.append(fact_value("industry", facts["industry"], language))
    if "region" in facts:
        code = str(facts["region"])
        parts.append(region_name(f"{code[:2]}0000" if parent(code) else code, language))
    size = size_class(facts)
    if size is not None:
        parts.append(fact_value("size_class", size, language))
    return listed(parts, language) or tell("firm_unknown", language)


def effect_lines(effect: Effect, language: str, firms: int) -> list[str]:
    """What an entry's change does to firms, in words."""
    lines = []
    for (before, after), count in sorted(effect.counts.items(), key=lambda item: -item[1]):
        values = {"before": tell(f"status_{before}", language), "after": tell(f"status_{after}", language), "count": count}
        lines.append(tell("effect_one" if count == 1 else "effect", language, **values))
        if firms <= EXAMPLES_UP_TO:
            seen = dict.fromkeys(anonymous(facts, language) for facts in effect.examples[(before, after)])
            lines.extend(tell("effect_example", language, firm=firm) for firm in seen)
    return lines


def change_lines(found: tuple[FieldChange, ...], pair: tuple[Entry, Entry], language: str) -> list[str]:
    """Changed keys with the old and the new value; of a rule the conditions that went and came, in words."""
    lines = []
    if any(item.key.split(".")[0] == "when" for item in found):
        before, after = (rule_lines(entry.when, language) for entry in pair)
        lines += [tell("rule_gone", language, text=line.strip(" ·")) for line in before if line not in after]
        lines += [tell("rule_new", language, text=line.strip(" ·")) for line in after if line not in before]
    rest = [item for item in found if item.key != "cases" and (not lines or item.key.split(".")[0] != "when")]
    told = (tell("field_change", language, key=item.key, old=_shown(item.old, language), new=_shown(item.new, language)) for item in rest)
    examples = [tell("cases_changed", language, old=len(pair[0].cases), new=len(pair[1].cases)) for item in found if item.key == "cases"]
    return [*lines, *told, *examples]


def _may_move(pair: tuple[Entry | None, Entry | None], on: date) -> bool:
    before, after = pair
    if before is None or after is None:
        return True
    return before.rule != after.rule or before.standing(on) is not after.standing(on)


def _status(entry: Entry | None, facts: Mapping[str, FactValue], on: date) -> str:
    return ABSENT if entry is None else judge(entry, facts, on).status.value


def _shown(value: Any, language: str) -> str:
    if value is None:
        return tell("nothing", language)
    nested = isinstance(value, dict | list)
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=10_000).strip() if nested else str(value)
    return text if len(text) <= 160 else f"{text[:159]}…"
