"""What is different from what was approved before, so that the second officer reads the change and not everything again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from bot.bulletins.model import LANGUAGES, Draft
from bot.channels.console.bulletin_fields import values_of

#: Chinese is compared by the character, everything else by the word.
_TOKEN = re.compile(r"\s|[A-Za-z0-9]+|.", re.DOTALL)
_TEXTS = tuple(f"{part}_{language}" for language in LANGUAGES for part in ("title", "body"))


@dataclass(frozen=True)
class Run:
    """Text that stayed, that is gone, or that has come."""

    kind: Literal["same", "gone", "come"]
    text: str


@dataclass(frozen=True)
class Change:
    """A field that reads differently. Of texts there are the runs, of all others what stood there and what does now."""

    field: str
    before: str
    after: str
    runs: tuple[Run, ...] = ()


def changes(before: Draft, after: Draft) -> list[Change]:
    """The fields that differ, in the order of the form."""
    old, new = values_of(before), values_of(after)
    return [
        Change(name, old[name], new[name], tuple(runs(old[name], new[name])) if name in _TEXTS else ())
        for name in new
        if old[name] != new[name]
    ]


def runs(before: str, after: str) -> list[Run]:
    """The two texts as one: joined without what has come they are the first, without what is gone the second."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    found: list[Run] = []
    for what, start, end, new_start, new_end in SequenceMatcher(None, old, new).get_opcodes():
        if what == "equal":
            found.append(Run("same", "".join(old[start:end])))
            continue
        if start < end:
            found.append(Run("gone", "".join(old[start:end])))
        if new_start < new_end:
            found.append(Run("come", "".join(new[new_start:new_end])))
    return found


def lines_of(before: str, after: str) -> list[Run]:
    """The same by whole lines, one run a line."""
    old, new = before.splitlines(), after.splitlines()
    found: list[Run] = []
    for what, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.extend(Run("same", line) for line in old[start:end])
            continue
        found.extend(Run("gone", line) for line in old[start:end])
        found.extend(Run("come", line) for line in new[new_start:new_end])
    return found
