"""What staff see of many cases at once: the queue, the search, and outlines to count. Everything is asked of named banks only."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Text, and_, case, cast, exists, false, func, or_, select

from bot.desk.model import Case, Ended, Member, Reason
from bot.desk.statistics import Outline
from bot.storage.desk.cases import cases_where
from bot.storage.desk.tables import case_messages, cases
from bot.storage.moments import utc

#: One page of the queue, and at most so many found by a search.
PAGE, FOUND_AT_MOST = 50, 50
_FIRM_FACTS = ("firm_name", "uscc")
#: Characters of a firm's name or code: one alone is in most of them.
_FIRM_FROM = 2


@dataclass(frozen=True)
class Filters:
    """Which cases: `mine` those of a member, `state` live (not closed), free (nobody has it) or closed; None leaves it open."""

    mine: int | None = None
    state: Literal["live", "free", "closed"] = "live"
    late: bool = False
    reason: Reason | None = None
    language: str | None = None


@dataclass(frozen=True)
class Counts:
    """How many cases wait: all that are open, those of one member, those nobody has, and those whose answer is late."""

    live: int
    mine: int
    free: int
    late: int


def queue(connection: Connection, banks: Collection[str], filters: Filters, now: datetime, skip: int = 0) -> list[Case]:
    """One page of cases, the next due first; closed ones by when they ended, the last first."""
    if filters.state == "closed":
        order: list[ColumnElement[Any]] = [cases.c.closed_at.desc(), cases.c.id.desc()]
    else:
        order = [cases.c.respond_by.is_(None), cases.c.respond_by, cases.c.id]
    return cases_where(connection, *_meant(banks, filters, now), order=order, limit=PAGE, skip=skip)


def how_many(connection: Connection, banks: Collection[str], filters: Filters, now: datetime) -> int:
    return int(connection.execute(select(func.count()).select_from(cases).where(*_meant(banks, filters, now))).scalar_one())


def counts(connection: Connection, banks: Collection[str], member: Member, now: datetime) -> Counts:
    """What the banks' open cases come to, for one member."""

    def of(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    figures = (func.count(), of(cases.c.assignee_id == member.id), of(cases.c.status == "open"), of(cases.c.respond_by < now))
    return Counts(*connection.execute(select(*figures).where(cases.c.bank_id.in_(banks), cases.c.status != "closed")).one())


def _meant(banks: Collection[str], filters: Filters, now: datetime) -> list[ColumnElement[bool]]:
    states = {"live": cases.c.status != "closed", "free": cases.c.status == "open", "closed": cases.c.status == "closed"}
    meant = [cases.c.bank_id.in_(banks), states[filters.state]]
    if filters.mine is not None:
        meant.append(cases.c.assignee_id == filters.mine)
    if filters.late:
        meant.append(and_(cases.c.respond_by < now, cases.c.status != "closed"))
    if filters.reason is not None:
        meant.append(cases.c.reason == filters.reason.value)
    if filters.language is not None:
        meant.append(cases.c.language == filters.language)
    return meant


def search(connection: Connection, banks: Collection[str], words: str) -> list[Case]:
    """Cases of the banks by number (12 or #12), by what was said in them, or by the firm's name or code; the latest first.

    A firm is found only where its owner let the bank see it: by what is in the case's own file.
    """
    words = words.strip()
    if not words:
        return []
    latest = [cases.c.opened_at.desc(), cases.c.id.desc()]
    number = words.removeprefix("#")
    by_number = cases.c.id == int(number) if number.isascii() and number.isdigit() and len(number) < 16 else false()
    said = exists().where(case_messages.c.case_id == cases.c.id, case_messages.c.text.icontains(words, autoescape=True))
    in_words = or_(by_number, said, cases.c.question.icontains(words, autoescape=True))
    found = cases_where(connection, cases.c.bank_id.in_(banks), in_words, order=latest, limit=FOUND_AT_MOST)
    firms = _of_firms(connection, banks, words) - {case.id for case in found}
    by_firm = cases_where(connection, cases.c.id.in_(firms), order=latest, limit=FOUND_AT_MOST) if firms else []
    return sorted((*found, *by_firm), key=lambda case: (case.id != _number(number), -case.id))[:FOUND_AT_MOST]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


def _of_firms(connection: Connection, banks: Collection[str], words: str) -> set[int]:
    """The rows are narrowed down by the file's text, where JSON may hold a character as it is or escaped; the facts then decide."""
    if len(words) < _FIRM_FROM:
        return set()
    text = cast(cases.c.pack, Text)
    forms = {words, json.dumps(words)[1:-1]}
    query = select(cases.c.id, cases.c.pack).where(
        cases.c.bank_id.in_(banks), or_(*(text.icontains(form, autoescape=True) for form in sorted(forms)))
    )
    rows = connection.execute(query.order_by(cases.c.id.desc()).limit(10 * FOUND_AT_MOST))
    return {row.id for row in rows if any(words.casefold() in name.casefold() for name in firm_names(row.pack))}


def firm_names(pack: Mapping[str, Any]) -> Iterable[str]:
    """The name and the code of a firm, as far as a case's file has them."""
    return [str(fact["value"]) for fact in pack.get("facts", ()) if fact["name"] in _FIRM_FACTS]


def outlines(connection: Connection, banks: Collection[str], since: datetime) -> list[Outline]:
    """The banks' cases that were opened or closed since a moment, oldest first."""
    recent = or_(cases.c.opened_at >= since, cases.c.closed_at >= since)
    columns = ("bank_id", "reason", "about", "opened_at", "first_answered_at", "closed_at", "outcome", "rating")
    query = select(*(cases.c[name] for name in columns)).where(cases.c.bank_id.in_(banks), recent).order_by(cases.c.id)
    return [
        Outline(
            bank=row.bank_id,
            reason=Reason(row.reason),
            about=row.about,
            opened_at=utc(row.opened_at),
            first_answered_at=utc(row.first_answered_at) if row.first_answered_at else None,
            closed_at=utc(row.closed_at) if row.closed_at else None,
            outcome=Ended(row.outcome) if row.outcome else None,
            rating=row.rating,
        )
        for row in connection.execute(query)
    ]
