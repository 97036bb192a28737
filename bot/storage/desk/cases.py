"""Cases in rows. A change commits only on the version of the case that was read, so of two people who press at once exactly one wins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select, update

from bot.desk.model import Case, Ended, Event, Reason, Taken
from bot.storage.desk.tables import case_events, cases
from bot.storage.moments import utc

_KEPT = [column for column in cases.c if column.name != "pack"]


def open_case(
    connection: Connection,
    *,
    owner: str,
    bank: str,
    reason: Reason,
    about: str | None,
    question: str,
    language: str,
    pack: Mapping[str, Any],
    now: datetime,
    respond_by: datetime,
    resolve_by: datetime,
) -> Case:
    """A new case, noted as opened. Raises IntegrityError while another of the owner's is open."""
    values = {
        "owner_id": owner,
        "bank_id": bank,
        "reason": reason.value,
        "about": about,
        "question": question,
        "language": language,
        "status": "open",
        "turn": "staff",
        "version": 1,
        "opened_at": now,
        "waiting_since": now,
        "respond_by": respond_by,
        "resolve_by": resolve_by,
        "pack": dict(pack),
    }
    row = connection.execute(insert(cases).values(**values).returning(*_KEPT)).one()
    note_event(connection, row.id, Event.OPENED, now, detail={"reason": reason.value})
    return _case(row)


def case_of(connection: Connection, case_id: int) -> Case | None:
    row = connection.execute(select(*_KEPT).where(cases.c.id == case_id)).one_or_none()
    return _case(row) if row else None


def open_case_of(connection: Connection, owner: str) -> Case | None:
    """The case that an owner has open."""
    row = connection.execute(select(*_KEPT).where(cases.c.owner_id == owner, cases.c.status != "closed")).one_or_none()
    return _case(row) if row else None


def cases_of(connection: Connection, owner: str) -> list[Case]:
    """Every case of an owner, oldest first."""
    return [_case(row) for row in connection.execute(select(*_KEPT).where(cases.c.owner_id == owner).order_by(cases.c.id))]


def cases_where(
    connection: Connection,
    *conditions: ColumnElement[bool],
    order: Sequence[ColumnElement[Any]] = (),
    limit: int | None = None,
    skip: int = 0,
) -> list[Case]:
    """The cases that meet every condition on the table's columns, in an order, by number without one; some of them at a time."""
    query = select(*_KEPT).where(*conditions).order_by(*(order or (cases.c.id,))).limit(limit).offset(skip or None)
    return [_case(row) for row in connection.execute(query)]


def pack_of(connection: Connection, case_id: int) -> Mapping[str, Any]:
    """The firm's file as it stood when the case was opened."""
    pack: Mapping[str, Any] = connection.execute(select(cases.c.pack).where(cases.c.id == case_id)).scalar_one()
    return pack


def change(connection: Connection, case: Case, event: Event, now: datetime, by: int | None = None, **values: Any) -> Case:
    """Change a case that is still as it was read, and note what happened. Raises Taken when it is not."""
    detail = {name: value for name, value in values.items() if name in ("assignee_id", "bank_id", "outcome")}
    mine = (cases.c.id == case.id) & (cases.c.version == case.version)
    row = connection.execute(update(cases).where(mine).values(**values, version=cases.c.version + 1).returning(*_KEPT)).one_or_none()
    if row is None:
        raise Taken(case.id)
    note_event(connection, case.id, event, now, by, detail)
    return _case(row)


def adjust(connection: Connection, case_id: int, **values: Any) -> None:
    """Note a topic, a clock or whose turn it is: what does not decide who has the case, and so asks for no version."""
    connection.execute(update(cases).where(cases.c.id == case_id).values(**values))


def note_event(
    connection: Connection, case_id: int, event: Event, now: datetime, by: int | None = None, detail: Mapping[str, Any] | None = None
) -> None:
    connection.execute(insert(case_events).values(case_id=case_id, at=now, event=event.value, staff_id=by, detail=dict(detail or {})))


def events_of(connection: Connection, case_id: int) -> list[dict[str, Any]]:
    """What happened to a case, oldest first, as plain JSON."""
    query = select(case_events).where(case_events.c.case_id == case_id).order_by(case_events.c.id)
    return [
        {"at": utc(row.at).isoformat(), "event": row.event, "staff": row.staff_id, "detail": row.detail}
        for row in connection.execute(query)
    ]


def _case(row: Any) -> Case:
    moment = {
        name: utc(value) if (value := getattr(row, name)) is not None else None
        for name in ("waiting_since", "first_answered_at", "respond_by", "warned_at", "escalated_at", "closed_at")
    }
    return Case(
        id=row.id,
        owner=row.owner_id,
        bank=row.bank_id,
        reason=Reason(row.reason),
        about=row.about,
        question=row.question,
        language=row.language,
        status=row.status,
        assignee=row.assignee_id,
        turn=row.turn,
        version=row.version,
        opened_at=utc(row.opened_at),
        resolve_by=utc(row.resolve_by),
        outcome=Ended(row.outcome) if row.outcome else None,
        rating=row.rating,
        topic=row.topic,
        **moment,
    )
