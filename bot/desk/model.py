"""A case, its people and its words, as every part of the desk speaks of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

#: The desk of everybody whose question belongs to no bank of the installation.
GENERAL = "general"
Status = Literal["open", "claimed", "closed"]
Author = Literal["owner", "staff", "advisor", "note"]
Turn = Literal["staff", "owner"]


class Reason(StrEnum):
    """Why a person is wanted."""

    ASKED = "asked"
    UNSURE = "unsure"
    HARDSHIP = "hardship"
    COMPLAINT = "complaint"
    DISPUTE = "dispute"
    SCAM = "scam"
    REFERRAL = "referral"
    REPAYMENT = "repayment"


class Role(StrEnum):
    """What somebody may do; see bot.desk.rights."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    POLICY = "policy"
    ADMIN = "admin"


class Event(StrEnum):
    """What happened to a case, beside what was said in it."""

    OPENED = "opened"
    CLAIMED = "claimed"
    ASSIGNED = "assigned"
    RELEASED = "released"
    CLOSED = "closed"
    REOPENED = "reopened"
    MOVED = "moved"
    CANCELLED = "cancelled"
    SHOWN = "shown"
    WARNED = "warned"
    ESCALATED = "escalated"
    TOPIC_LOST = "topic_lost"
    UNDELIVERED = "undelivered"


class Ended(StrEnum):
    """How a case ended."""

    ANSWERED = "answered"
    CANCELLED = "cancelled"
    MOVED = "moved"
    LAPSED = "lapsed"


class Taken(RuntimeError):
    """Somebody else was first: the case is not as it was when the button was drawn."""


@dataclass(frozen=True)
class Bank:
    """A bank, or the general desk, that answers cases; `hours` is read by bot.desk.clocks."""

    id: str
    name: Mapping[str, str]
    group_chat: int | None
    hours: Mapping[str, Any]


@dataclass(frozen=True)
class Member:
    """Somebody of the staff. `bank` is None for policy officers and for administrators of the whole installation.

    A deputy hears of the bank's cases that wait too long.
    """

    id: int
    bank: str | None
    name: str
    role: Role
    language: str = "zh"
    telegram_id: int | None = None
    region: str | None = None
    office: str | None = None
    deputy: bool = False


@dataclass(frozen=True)
class Case:
    """A question that people answer. Moments are in UTC."""

    id: int
    owner: str
    bank: str
    reason: Reason
    about: str | None
    question: str
    language: str
    status: Status
    assignee: int | None
    turn: Turn
    version: int
    opened_at: datetime
    waiting_since: datetime | None
    first_answered_at: datetime | None
    respond_by: datetime | None
    resolve_by: datetime
    warned_at: datetime | None = None
    escalated_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: Ended | None = None
    rating: int | None = None
    topic: int | None = None


@dataclass(frozen=True)
class SharedFile:
    """A file in a case; `file_id` is Telegram's, by which it is sent again without being stored here."""

    name: str
    kind: str
    size: int | None = None
    file_id: str | None = None


@dataclass(frozen=True)
class Said:
    """One message of a case."""

    id: int
    case: int
    at: datetime
    author: Author
    staff: int | None
    text: str | None
    file: SharedFile | None = None
    chat: int | None = None
    message: int | None = None
    mirror: int | None = None
    edited_at: datetime | None = None
