"""Questions that owners ask about borrowing in general, and their answers: both are in common.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

#: What the intents of such questions begin with.
PREFIX = "common:"
#: Longer messages, in characters, tell a story: a word in it is not what it is about.
_LONG_HAN, _LONG = 60, 180
_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Common:
    """One such question: the words that ask it, and what it is answered with: a text with the entries behind it, or one entry."""

    id: str
    words: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    text: Mapping[str, str] | None = None
    #: what is told where it is asked once more, or what to do now
    again: Mapping[str, str] | None = None
    about: tuple[str, ...] = ()
    entry: str | None = None
    #: the owner asks for somebody else; what is told from here on is that person's
    of_other: bool = False

    @property
    def intent(self) -> str:
        return f"{PREFIX}{self.id}"

    def in_(self, text: str) -> bool:
        return self.words.search(text) is not None and (self.unless is None or self.unless.search(text) is None)


@cache
def common_questions() -> Mapping[str, Common]:
    """Every question by the intent that stands for it, in the order in which they are tried."""
    rows = yaml.safe_load(resources.files("bot.conversation").joinpath("common.yaml").read_text("utf-8"))
    questions = [
        Common(
            row["id"],
            _any_of([*row.get("zh", ()), *row.get("en", ())]),
            _any_of(row["unless"]) if "unless" in row else None,
            row.get("text"),
            row.get("again"),
            tuple(row.get("about", ())),
            row.get("entry"),
            row.get("of_other", False),
        )
        for row in rows
    ]
    return {question.intent: question for question in questions}


def common_in(text: str) -> str | None:
    """The intent of the first such question that a text asks, or None; none of a long story."""
    if len(text) > (_LONG_HAN if _HAN.search(text) else _LONG):
        return None
    return next((intent for intent, question in common_questions().items() if question.in_(text)), None)


def asks_for_other(text: str) -> bool:
    """Whether the words say that the owner asks for somebody else."""
    return any(question.of_other and question.in_(text) for question in common_questions().values())


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(words), re.IGNORECASE)
