"""Where the keys and values of an entry stand in its file, for messages that an editor can jump to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml

KeyPath = tuple[str | int, ...]
_MERGE = "tag:yaml.org,2002:merge"


@dataclass(frozen=True)
class Place:
    """A line and a column, both counted from 1."""

    line: int = 1
    column: int = 1


def compose(text: str) -> yaml.Node | None:
    """The nodes of a file. Raises yaml.YAMLError, and RecursionError where it is nested without end."""
    return yaml.compose(text, yaml.SafeLoader)


def locate(root: yaml.Node | None, path: KeyPath, *, key: bool = False) -> Place:
    """Where the value of a path stands, or its key; what is not there is shown at the nearest thing around it."""
    node, place = root, _place(root)
    for depth, part in enumerate(path):
        found = _child(node, part)
        if found is None:
            return place
        name, node = found
        last = depth == len(path) - 1
        place = _place(name if key and last and name is not None else node)
    return place


def repeated_keys(node: yaml.Node | None, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Keys that stand twice in one mapping; of two, YAML silently takes the last."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for name, value in node.value:
            written = str(name.value)
            if written in seen and name.tag != _MERGE:
                yield (*path, written)
            seen.add(written)
            yield from repeated_keys(value, (*path, written))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from repeated_keys(value, (*path, index))


def place_of_last(root: yaml.Node | None, path: KeyPath) -> Place:
    """Where the last of several equal keys stands."""
    parent = root
    for part in path[:-1]:
        found = _child(parent, part)
        parent = found[1] if found else None
    if not isinstance(parent, yaml.MappingNode):
        return Place()
    return _place([name for name, _ in parent.value if str(name.value) == path[-1]][-1])


def written(path: Sequence[str | int]) -> str:
    """A path as people write it: when.all[0].at_least."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def _child(node: yaml.Node | None, part: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return None, node.value[part]
    if not isinstance(node, yaml.MappingNode):
        return None
    for name, value in reversed(node.value):
        if str(name.value) == str(part):
            return name, value
    for name, value in node.value:
        merged = _child(value, part) if name.tag == _MERGE else None
        if merged is not None:
            return merged
    return None


def _place(node: yaml.Node | None) -> Place:
    return Place() if node is None else Place(node.start_mark.line + 1, node.start_mark.column + 1)
