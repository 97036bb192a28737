"""What is wrong with an entry: a kind of fault, the place it concerns, and the values its sentence names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from knowledge.authoring.positions import KeyPath, Place, written
from knowledge.authoring.wording import listed, tell

#: So many allowed words are all told; of more, the closest.
_SHOWN, _CLOSEST = 30, 8


@dataclass(frozen=True)
class Fault:
    """`code` names the sentence, `allowed` what may stand there, `key` whether the name is wrong and not the value."""

    path: KeyPath
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)
    allowed: tuple[str, ...] = ()
    key: bool = False

    def sentence(self, language: str) -> str:
        """What is wrong and what is allowed; a slip of the pen is named with what was probably meant."""
        values = {name: value[language] if _in_both(value) else value for name, value in self.values.items()}
        parts = [tell(self.code, language, **values)]
        near = nearest(str(self.values.get("found", "")), self.allowed)
        if near:
            parts.append(tell("meant", language, near=near))
        if len(self.allowed) > _SHOWN:
            closest = get_close_matches(str(self.values.get("found", "")), self.allowed, _CLOSEST, 0)
            parts.append(tell("allowed_many", language, allowed=listed(closest, language), count=len(self.allowed)))
        elif self.allowed:
            parts.append(tell("allowed", language, allowed=listed(self.allowed, language)))
        return ("；" if language == "zh" else "; ").join(parts)


@dataclass(frozen=True)
class Found:
    """A fault in a file, at a line and a column."""

    file: str
    place: Place
    fault: Fault

    def line(self, language: str) -> str:
        """cn/tax/tax-x.yaml:12:5: offer.cap: …"""
        key = written(self.fault.path)
        where = f"{self.file}:{self.place.line}:{self.place.column}: "
        colon = "：" if language == "zh" else ": "
        return f"{where}{key}{colon}{self.fault.sentence(language)}" if key else where + self.fault.sentence(language)

    def as_json(self, language: str) -> dict[str, Any]:
        """For other programs."""
        return {
            "file": self.file,
            "line": self.place.line,
            "column": self.place.column,
            "key": written(self.fault.path),
            "code": self.fault.code,
            "reason": self.fault.sentence(language),
            "allowed": list(self.fault.allowed),
        }


def _in_both(value: Any) -> bool:
    """A text in both languages, and not what somebody wrote where a single value belongs."""
    return isinstance(value, Mapping) and set(value) == {"zh", "en"}


def nearest(word: str, allowed: Iterable[str]) -> str | None:
    """The allowed word that was probably meant."""
    words = list(allowed)
    close = get_close_matches(word, words, 1, 0.6) or [item for item in words if len(word) > 2 and item.startswith(word)]
    return close[0] if close else None
