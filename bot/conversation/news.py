"""Policy news as the conversation knows it: what an owner wants to hear of, what one bulletin asked, and what a turn asks to be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from knowledge.entries import OFFERS

#: What can be heard of, and muted.
TOPICS = OFFERS
#: Messages a week that an owner can choose from.
WEEKLY = (1, 3, 7)


@dataclass(frozen=True)
class News:
    """What an owner wants to hear of.

    `muted` are kinds of entry, `region` the place whose own measures are wanted (None: all that fit), `weekly` the messages in seven days
    at most, `digest` whether all of a day come in one.
    """

    muted: tuple[str, ...] = ()
    region: str | None = None
    weekly: int = 3
    digest: bool = False


@dataclass(frozen=True)
class Settling:
    """The one question by which a bulletin's office wants to know whether the measure is for the firm."""

    bulletin: int
    entry: str
    fact: str


class Verb(StrEnum):
    """What is to be done, or looked up."""

    WHY = "why"
    READ = "read"
    LOOKED = "looked"
    APPLIED = "applied"
    LIST = "list"


@dataclass(frozen=True)
class NewsChange:
    """What a turn asks about a bulletin by its number; `found` is what a look whether it applies said."""

    verb: Verb
    bulletin: int = 0
    found: str | None = None


def news_to_json(news: News | None) -> dict[str, Any] | None:
    return None if news is None else {**asdict(news), "muted": list(news.muted)}


def news_from_json(plain: Mapping[str, Any] | None) -> News | None:
    """The inverse of news_to_json."""
    return None if plain is None else News(**{**plain, "muted": tuple(plain["muted"])})


def settling_to_json(settling: Settling | None) -> list[Any] | None:
    return None if settling is None else [settling.bulletin, settling.entry, settling.fact]


def settling_from_json(plain: list[Any] | None) -> Settling | None:
    """The inverse of settling_to_json."""
    return None if plain is None else Settling(*plain)
