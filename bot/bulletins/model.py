"""A bulletin as every part of the house speaks of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

LANGUAGES = ("zh", "en")


class Status(StrEnum):
    """Where a bulletin stands. Only a draft can be changed without asking for a new approval.

    HELD: everything has left but for what is held back for owners who hear at most so often.
    """

    DRAFT = "draft"
    APPROVED = "approved"
    SENDING = "sending"
    HELD = "held"
    SENT = "sent"
    STOPPED = "stopped"


class Doubt(StrEnum):
    """What is done with a message that may have arrived or not: sent once more, or left alone and counted as unknown."""

    REPEAT = "repeat"
    PARK = "park"


class Sort(StrEnum):
    """A correction or a withdrawal goes to whoever may have read the bulletin that it names, and to nobody else."""

    NEWS = "news"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"


class Ending(StrEnum):
    """What became of a bulletin for one firm: exactly one of these, once it is over."""

    WAITING = "waiting"
    SENT = "sent"
    UNSUBSCRIBED = "unsubscribed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    STOPPED = "stopped"


class Lost(LookupError):
    """No such bulletin."""


class Changed(RuntimeError):
    """The bulletin is not as it was when it was looked at: somebody changed, approved, sent or stopped it meanwhile."""


def text_of(title: str, body: str) -> str:
    """A message as it is sent."""
    return f"<b>{title.strip()}</b>\n\n{body.strip()}"


@dataclass(frozen=True)
class Quiet:
    """From when to when nobody is to be written to, on the clock of the firms."""

    start: time = time(21)
    end: time = time(8)


@dataclass(frozen=True)
class Draft:
    """What an officer writes.

    `region` and everything in it is told; `send_at` is the earliest moment, `expires` the last day on which it may leave. Texts may use
    Telegram's HTML. `corrects` is the number of the bulletin that a correction or withdrawal is about.
    """

    title: Mapping[str, str]
    body: Mapping[str, str]
    entry: str
    region: str
    send_at: datetime
    expires: date
    quiet: Quiet = Quiet()
    doubt: Doubt = Doubt.REPEAT
    sort: Sort = Sort.NEWS
    corrects: int | None = None
    ask: bool = False  #: whether firms of which the rule cannot tell yet get the one question that settles it
    paid: bool = False  #: whether it leaves faster than Telegram lets bots write for nothing, see bot.bulletins.timing

    def text(self, language: str) -> str:
        """The message as it is sent."""
        return text_of(self.title[language], self.body[language])

    def digest(self) -> str:
        """Of all that an approval is an approval of."""
        plain = json.dumps(self.plain(), ensure_ascii=True, sort_keys=True)
        return hashlib.sha256(plain.encode("ascii")).hexdigest()

    def plain(self) -> dict[str, Any]:
        """As plain JSON."""
        # What was approved before these could be chosen stays what it was.
        chosen = {name: True for name in ("ask", "paid") if getattr(self, name)}
        return {
            "title": dict(self.title),
            "body": dict(self.body),
            "entry": self.entry,
            "region": self.region,
            "send_at": self.send_at.isoformat(),
            "expires": self.expires.isoformat(),
            "quiet": [self.quiet.start.isoformat("minutes"), self.quiet.end.isoformat("minutes")],
            "doubt": self.doubt.value,
            "sort": self.sort.value,
            "corrects": self.corrects,
            **chosen,
        }

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Draft:
        """From plain JSON. Raises ValueError for what cannot be read, in one sentence."""
        if strange := plain.keys() - _KEYS:
            raise ValueError(f"a bulletin knows no {', '.join(sorted(strange))}; its parts are {', '.join(_KEYS)}")
        if lacking := [name for name in _NEEDED if name not in plain]:
            raise ValueError(f"a bulletin needs {', '.join(lacking)}")
        start, end = (time.fromisoformat(moment) for moment in plain.get("quiet", ("21:00", "08:00")))
        send_at = datetime.fromisoformat(plain["send_at"])
        if send_at.tzinfo is None:
            raise ValueError("send_at needs its offset from UTC, such as 2026-12-01T09:00+08:00")
        corrects = plain.get("corrects")
        if (corrects is None) != (Sort(plain.get("sort", Sort.NEWS)) is Sort.NEWS):
            raise ValueError("a correction or withdrawal, and nothing else, names the bulletin that it corrects")
        return cls(
            {language: str(plain["title"].get(language, "")) for language in LANGUAGES},
            {language: str(plain["body"].get(language, "")) for language in LANGUAGES},
            str(plain["entry"]),
            str(plain["region"]),
            send_at,
            date.fromisoformat(plain["expires"]),
            Quiet(start, end),
            Doubt(plain.get("doubt", Doubt.REPEAT)),
            Sort(plain.get("sort", Sort.NEWS)),
            None if corrects is None else int(corrects),
            _yes(plain, "ask"),
            _yes(plain, "paid"),
        )


def _yes(plain: Mapping[str, Any], name: str) -> bool:
    value = plain.get(name, False)
    if not isinstance(value, bool):
        raise ValueError(f"{name} is true or false")
    return value


_NEEDED = ("title", "body", "entry", "region", "send_at", "expires")
_KEYS = (*_NEEDED, "quiet", "doubt", "sort", "corrects", "ask", "paid")


@dataclass(frozen=True)
class Bulletin:
    """A bulletin with what happened to it. `author` is who changed it last; moments are in UTC.

    `approved_draft` is how it read when it was approved last, also where it was changed since.
    """

    id: int
    draft: Draft
    status: Status
    version: int
    author: int | None
    approver: int | None = None
    approved_at: datetime | None = None
    started_at: datetime | None = None
    complete: bool = False  #: every firm it is for has a row
    ended_at: datetime | None = None
    approved_draft: Draft | None = None
