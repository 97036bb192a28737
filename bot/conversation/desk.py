"""What a turn asks of the desk: a person at a bank, words passed on, a rating. Carried out with the turn, in its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from bot.desk.model import Reason


@dataclass(frozen=True)
class Wish:
    """A person that was offered or asked for, until the owner taps: at which bank, about which entry, and the words to pass on."""

    reason: Reason
    bank: str
    about: str | None
    question: str


class Verb(StrEnum):
    """What is to be done."""

    OPEN = "open"
    SHOW = "show"
    SAY = "say"
    AMEND = "amend"
    CANCEL = "cancel"
    MOVE = "move"
    RATE = "rate"
    AGAIN = "again"


@dataclass(frozen=True)
class Passed:
    """One message of an owner that goes to a case: words, a file by its name and kind, or both; where it was written on Telegram.

    `file_id` is Telegram's, by which staff are sent the file again; without it they see the name only.
    """

    text: str | None = None
    file: str | None = None
    kind: str = ""
    size: int | None = None
    file_id: str | None = None
    chat: int | None = None
    message: int | None = None


@dataclass(frozen=True)
class DeskChange:
    """What a turn asks of the desk.

    `wish` is what is opened, and `shows` whether the staff of its bank may see the firm's file beside the words. `case` is the number
    of a case that is not the open one, `bank` where a case goes, `said` the message of a case that `passed` takes the place of.
    """

    verb: Verb
    wish: Wish | None = None
    shows: bool = False
    passed: tuple[Passed, ...] = ()
    said: int | None = None
    bank: str | None = None
    case: int | None = None
    rating: int | None = None
    #: key of the sentence that tells the owner of it, for what tells them by more than the turn knows: a number, a clock
    told: str | None = None


def wish_to_json(wish: Wish | None) -> dict[str, Any] | None:
    return None if wish is None else asdict(wish)


def wish_from_json(plain: Mapping[str, Any] | None) -> Wish | None:
    """The inverse of wish_to_json."""
    return None if plain is None else Wish(Reason(plain["reason"]), plain["bank"], plain["about"], plain["question"])
