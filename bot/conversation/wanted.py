"""What a message asks for in so many words, whatever the language server guesses: the words are in wanted.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from bot.conversation.common import common_in


@dataclass(frozen=True)
class Wanted:
    """Words that name an intent by themselves; `whole`: they are all that is said; `unless`: not beside these."""

    intent: str
    words: re.Pattern[str]
    whole: bool = False
    unless: re.Pattern[str] | None = None

    def in_(self, text: str) -> bool:
        found = self.words.fullmatch(text) if self.whole else self.words.search(text)
        return found is not None and (self.unless is None or self.unless.search(text) is None)


def wanted_in(text: str) -> str | None:
    """The intent that the words name by themselves, or None. What is asked of the advisor goes before questions in general."""
    return next((wanted.intent for wanted in _table() if wanted.in_(text)), None) or common_in(text)


@cache
def _table() -> tuple[Wanted, ...]:
    rows = yaml.safe_load(resources.files("bot.conversation").joinpath("wanted.yaml").read_text("utf-8"))
    return tuple(
        Wanted(
            row["intent"],
            _any_of([*row.get("zh", ()), *row.get("en", ())]),
            row.get("whole", False),
            _any_of(row["unless"]) if "unless" in row else None,
        )
        for row in rows
    )


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(words), re.IGNORECASE)
