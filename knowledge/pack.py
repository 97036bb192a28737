"""Reading a knowledge pack from its files. A broken entry is reported with file, key and reason; the others load."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from knowledge.entries import Entry, allowed_keys
from knowledge.reading import allowed

DEFAULT_PACK = Path(__file__).parent / "entries"


@dataclass(frozen=True)
class Problem:
    """Why a file could not be taken: its name, the key, and what is wrong or allowed."""

    file: str
    key: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.reason}" if self.key else f"{self.file}: {self.reason}"


@dataclass(frozen=True)
class Kept:
    """An entry as it is written: its file below the folder of the pack, and the text of it."""

    file: str
    text: str


@dataclass(frozen=True)
class Pack:
    """Entries by id, the digest of the files they came from, the problems met on the way, and the text behind each entry."""

    entries: Mapping[str, Entry]
    digest: str
    problems: tuple[Problem, ...] = ()
    kept: Mapping[str, Kept] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries.values())

    def __getitem__(self, entry_id: str) -> Entry:
        return self.entries[entry_id]

    def get(self, entry_id: str) -> Entry | None:
        return self.entries.get(entry_id)


def load_pack(folder: Path = DEFAULT_PACK) -> Pack:
    """Read every entry below a folder, in the order of their ids."""
    entries: dict[str, Entry] = {}
    kept: dict[str, Kept] = {}
    problems: list[Problem] = []
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        try:
            content = path.read_bytes()
        except OSError as error:
            problems.append(Problem(name, "", f"cannot be read: {error.strerror}"))
            continue
        digest.update(name.encode() + b"\0" + content + b"\0")
        text = content.decode("utf-8", "replace")
        entry, found = read_entry(path.name, text)
        problems.extend(found)
        if entry is not None and entry.id in entries:
            problems.append(Problem(name, "id", f"another file already holds {entry.id}"))
        elif entry is not None:
            entries[entry.id], kept[entry.id] = entry, Kept(name, text)
    return Pack(MappingProxyType(dict(sorted(entries.items()))), digest.hexdigest(), tuple(problems), MappingProxyType(kept))


@dataclass(frozen=True)
class Later:
    """An entry approved after the files were written. `replaces` is the digest of the text that it stands in for, if there was one."""

    entry: str
    text: str
    replaces: str | None


def text_digest(text: str) -> str:
    """Of one entry as it is written."""
    return hashlib.sha256(text.encode()).hexdigest()


def laid_over(pack: Pack, later: Iterable[Later]) -> Pack:
    """The pack with what was approved since, in its order; the pack itself where nothing changes.

    A file that was changed meanwhile wins: what was to stand in for its old text stands aside.
    """
    entries, kept, problems = dict(pack.entries), dict(pack.kept), list(pack.problems)
    for one in later:
        before = kept.get(one.entry)
        if one.replaces != (None if before is None else text_digest(before.text)):
            continue
        entry, found = read_entry(f"{one.entry}.yaml", one.text)
        problems.extend(found)
        if entry is not None:
            file = f"cn/{entry.kind}/{entry.id}.yaml" if before is None else before.file
            entries[entry.id], kept[entry.id] = entry, Kept(file, one.text)
    changed = sorted(name for name, item in kept.items() if pack.kept.get(name) != item)
    if not changed:
        return pack if len(problems) == len(pack.problems) else replace(pack, problems=tuple(problems))
    digest = hashlib.sha256(pack.digest.encode())
    for name in changed:
        digest.update(name.encode() + b"\0" + kept[name].text.encode() + b"\0")
    return Pack(MappingProxyType(dict(sorted(entries.items()))), digest.hexdigest(), tuple(problems), MappingProxyType(kept))


def pack_of(kept: Mapping[str, Kept], digest: str) -> Pack:
    """The pack that was kept as texts; what cannot be read any more is among its problems."""
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    for entry_id, item in kept.items():
        entry, found = read_entry(Path(item.file).name, item.text)
        problems.extend(found)
        if entry is not None:
            entries[entry_id] = entry
    return Pack(MappingProxyType(dict(sorted(entries.items()))), digest, tuple(problems), kept)


class _Loader(yaml.SafeLoader):
    """A date that no calendar has stays a text, so that the model tells it by its key, beside everything else that is wrong."""


def _date(loader: _Loader, node: yaml.ScalarNode) -> Any:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return node.value


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _date)


def plain_data(text: str) -> Any:
    """The text of a file as plain data. Raises yaml.YAMLError, ValueError, and RecursionError where it is nested without end."""
    return yaml.load(text, _Loader)  # noqa: S506 - a safe loader


def read_entry(file: str, text: str) -> tuple[Entry | None, list[Problem]]:
    """One entry from the text of its file, or what is wrong with it."""
    try:
        raw = plain_data(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # ValueError: a number that is none
        return None, [Problem(file, "", " ".join(str(error).split()))]
    try:
        entry = Entry.model_validate(raw)
    except ValidationError as error:
        return None, [Problem(file, ".".join(map(str, item["loc"])), _reason(item)) for item in error.errors()]
    if entry.id != Path(file).stem:
        return None, [Problem(file, "id", f"the file is named {Path(file).stem}, the entry {entry.id}")]
    return entry, []


def _reason(item: ErrorDetails) -> str:
    """The model's complaint; of a key it does not have also which there are."""
    if item["type"] == "extra_forbidden":
        return f"no such key; {allowed(str(item['loc'][-1]), allowed_keys(item['loc'][:-1]))}"
    return item["msg"].removeprefix("Value error, ")
