"""The console's doors in rows: one-time links, and visits that end. Of every secret only its hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from bot.desk.model import Member
from bot.storage.desk.people import member_of
from bot.storage.desk.tables import sign_ins, staff, visits
from bot.storage.moments import utc

#: A link is for the person who just asked for it.
LINK_LASTS = timedelta(minutes=15)
#: A visit ends after this long, and after this long without a click.
VISIT_LASTS, IDLE_AT_MOST = timedelta(hours=8), timedelta(minutes=30)
#: A click is noted at most so often: a page that loads four things is one click.
_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Visit:
    """Somebody of the staff at the console. `csrf` is what every form they send has to carry."""

    member: Member
    csrf: str
    key: str


def new_link(connection: Connection, staff_id: int, now: datetime) -> str:
    """The secret of a link that signs somebody in once, within LINK_LASTS. Links that are over are forgotten on the way."""
    connection.execute(delete(sign_ins).where(sign_ins.c.expires_at < now))
    secret = secrets.token_urlsafe(32)
    connection.execute(insert(sign_ins).values(token_hash=_hash(secret), staff_id=staff_id, expires_at=now + LINK_LASTS))
    return secret


def link_works(connection: Connection, secret: str, now: datetime) -> bool:
    """Whether a link would still sign somebody in; nothing is used up by asking."""
    works = (sign_ins.c.token_hash == _hash(secret)) & sign_ins.c.used_at.is_(None) & (sign_ins.c.expires_at >= now)
    return connection.execute(select(sign_ins.c.staff_id).where(works)).first() is not None


def use_link(connection: Connection, secret: str, now: datetime) -> Member | None:
    """Whom a link signs in; of two who use it at once one gets nobody, as does whoever comes late."""
    works = (sign_ins.c.token_hash == _hash(secret)) & sign_ins.c.used_at.is_(None) & (sign_ins.c.expires_at >= now)
    used = connection.execute(update(sign_ins).where(works).values(used_at=now).returning(sign_ins.c.staff_id)).one_or_none()
    return member_of(connection, used.staff_id) if used else None


def begin_visit(connection: Connection, member: Member, now: datetime) -> str:
    """The secret for the browser's cookie. Visits that are long over are forgotten on the way."""
    connection.execute(delete(visits).where(visits.c.began_at < now - VISIT_LASTS))
    secret = secrets.token_urlsafe(32)
    values = {"token_hash": _hash(secret), "staff_id": member.id, "csrf": secrets.token_urlsafe(32), "began_at": now, "seen_at": now}
    connection.execute(insert(visits).values(**values))
    return secret


def visit_of(connection: Connection, secret: str, now: datetime, click: bool = True) -> Visit | None:
    """The visit that goes on under a cookie's secret; `click` False for what a page asks for by itself, which keeps no visit alive."""
    row = connection.execute(select(visits).where(visits.c.token_hash == _hash(secret))).one_or_none()
    if row is None or row.ended_at is not None or now - utc(row.began_at) >= VISIT_LASTS or now - utc(row.seen_at) >= IDLE_AT_MOST:
        return None
    member = member_of(connection, row.staff_id)
    if member is None:
        return None
    if click and now - utc(row.seen_at) >= _NOTED_EVERY:
        connection.execute(update(visits).where(visits.c.token_hash == row.token_hash).values(seen_at=now))
    return Visit(member, row.csrf, row.token_hash)


def end_visit(connection: Connection, visit: Visit, now: datetime) -> None:
    connection.execute(update(visits).where(visits.c.token_hash == visit.key).values(ended_at=now))


def end_visits_of(connection: Connection, staff_id: int, now: datetime) -> None:
    """Whoever works here no more is signed out everywhere, and no link of theirs works."""
    connection.execute(update(visits).where(visits.c.staff_id == staff_id, visits.c.ended_at.is_(None)).values(ended_at=now))
    connection.execute(delete(sign_ins).where(sign_ins.c.staff_id == staff_id))


def member_by_subject(connection: Connection, subject: str) -> Member | None:
    """Whom a bank's own sign-in knows by this name."""
    row = connection.execute(select(staff.c.id).where(staff.c.subject == subject, staff.c.active)).one_or_none()
    return member_of(connection, row.id) if row else None


def keep_subject(connection: Connection, staff_id: int, subject: str) -> None:
    """Connect somebody with the bank's own sign-in. Raises IntegrityError when it is somebody else's."""
    connection.execute(update(staff).where(staff.c.id == staff_id).values(subject=subject))


def speak(connection: Connection, staff_id: int, language: str) -> None:
    """The language somebody reads the console in."""
    connection.execute(update(staff).where(staff.c.id == staff_id).values(language=language))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
