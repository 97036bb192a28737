"""Entries as YAML in the style of the pack, changing in a file only the keys that changed, so that comments and order stay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from knowledge.authoring.positions import compose
from knowledge.entries import Entry

_WIDTH, _ONE_LINE = 140, 110
ORDER = tuple(field.alias or name for name, field in Entry.model_fields.items())


class _Dumper(yaml.SafeDumper):
    """Short mappings on one line, conditions and long texts spread out."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - the library names it
        """Lists stand further in than their key."""
        super().increase_indent(flow, False)


def _mapping(dumper: _Dumper, data: Mapping[str, Any]) -> yaml.Node:
    node = dumper.represent_mapping("tag:yaml.org,2002:map", data.items())
    plain = all(_plain(value) for value in data.values())
    node.flow_style = plain and "fact" not in data and len(str(data)) <= _ONE_LINE * (4 if "zh" not in data else 1)
    return node


def _plain(value: Any) -> bool:
    """Whether a value fits on a line: no mapping, and no list that holds one."""
    return not isinstance(value, dict) and not (isinstance(value, list) and any(isinstance(item, dict | list) for item in value))


def _list(dumper: _Dumper, data: list[Any]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=_plain(data))


_Dumper.add_representer(dict, _mapping)
_Dumper.add_representer(list, _list)


def entry_text(raw: Mapping[str, Any]) -> str:
    """A whole entry, its keys in the order of the pack."""
    keys = sorted(raw, key=lambda key: ORDER.index(key) if key in ORDER else len(ORDER))
    return "".join(_block(key, raw[key]) for key in keys)


def changed_text(text: str, raw: Mapping[str, Any]) -> str:
    """The text of a file with the keys that differ written anew; everything else stays as it is, letter by letter."""
    old = yaml.safe_load(text)
    blocks = _blocks(text)
    for key in [key for key in blocks if key not in raw]:
        del blocks[key]
    for key, value in raw.items():
        if key not in old or old[key] != value:
            blocks = _put(blocks, key, _block(key, value))
    changed = "".join(blocks.values())
    # A block may have held an anchor that another one needs; then the whole file is written anew.
    try:
        return changed if yaml.safe_load(changed) == raw else entry_text(raw)
    except yaml.YAMLError:
        return entry_text(raw)


class _Whole(dict[str, Any]):
    """An entry itself: always spread out."""


_Dumper.add_representer(_Whole, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=False))


def _block(key: str, value: Any) -> str:
    dumped: str = yaml.dump(_Whole({key: value}), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return dumped


def _blocks(text: str) -> dict[str, str]:
    """The lines of each top-level key; what stands above the first belongs to it."""
    root = compose(text)
    assert isinstance(root, yaml.MappingNode)
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    starts = [name.start_mark.line for name, _ in root.value]
    ends = [*starts[1:], len(lines)]
    starts[0] = 0
    return {str(name.value): "".join(lines[a:b]) for (name, _), a, b in zip(root.value, starts, ends, strict=True)}


def _put(blocks: Mapping[str, str], key: str, block: str) -> dict[str, str]:
    """A block in its place, or a new one before the first key that comes later in the order of the pack."""
    if key in blocks:
        return {**blocks, key: block}
    later = ORDER[ORDER.index(key) + 1 :] if key in ORDER else ()
    before = next((name for name in blocks if name in later), None)
    placed: dict[str, str] = {}
    for name, written in blocks.items():
        if name == before:
            placed[key] = block
        placed[name] = written
    placed.setdefault(key, block)
    return placed
