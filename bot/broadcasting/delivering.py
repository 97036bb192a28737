"""Bringing approved bulletins out, a step at a time: rows for whom they are for, then the outbox, a little ahead of the sender.

Any number of processes may call this at once and at any time, also after being killed: each step commits what it did with the note of it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select

from bot.broadcasting.office import RATE, Office
from bot.broadcasting.posting import post, post_held
from bot.bulletins.checks import problems, send_day
from bot.bulletins.model import Bulletin, Draft, Ending, Status
from bot.bulletins.timing import ZONE, is_quiet, leaves, rate_of, until_quiet
from bot.storage.bulletins.audience import eligible, readers
from bot.storage.bulletins.delivery import drop_waiting, gather, is_waiting, settle_halted, under_way
from bot.storage.bulletins.rows import approved_digest, change, every_bulletin, lock
from bot.storage.desk.people import member_of

#: Firms that get their rows in one transaction, for which a stop may have to wait.
BATCH = 10_000
#: Rows that wait in the outbox at most: half a minute of sending, so that a stop or the quiet hours find little there.
AHEAD = 30 * RATE
#: Rows that one step puts there at most, for it is one transaction.
MOST = 5_000
#: After a stop, so long what is under way may take to come to its end.
_LANDING = timedelta(seconds=60)
#: Of these something is still to leave.
_LEAVING = (Status.SENDING, Status.HELD)
#: What an approved bulletin may wait out: the moment to send passed while no process was running.
_WAITED = frozenset({"past"})


def advance(office: Office, now: datetime) -> int:
    """Take every bulletin as far as it goes now; gives how many rows were put into the outbox."""
    for bulletin in _standing(office, Status.STOPPED):
        if bulletin.ended_at is not None and now - bulletin.ended_at >= _LANDING:
            with office.store.begin() as connection:
                settle_halted(connection, bulletin.id, now)
    for bulletin in _standing(office, Status.APPROVED):
        _start(office, bulletin, now)
    sending = _standing(office, *_LEAVING)
    return sum(_send(office, bulletin.id, now) for bulletin in sending) + (_send_held(office, now) if sending else 0)


def _standing(office: Office, *among: Status) -> list[Bulletin]:
    """Those in some states, the oldest first."""
    with office.store.begin() as connection:
        return every_bulletin(connection, *among)[::-1]


def _start(office: Office, seen: Bulletin, now: datetime) -> None:
    """Begin where the moment has come. Where the entry does not bear it any more it is a draft again, to be looked at."""
    if leaves(seen.draft.quiet, max(seen.draft.send_at, now)) > now:
        return
    with office.store.begin() as connection:
        bulletin = lock(connection, seen.id, Status.APPROVED)
        if bulletin is None or (bulletin.draft.corrects is not None and under_way(connection, bulletin.draft.corrects)):
            return  # whom to correct it to is known once everything of the first has landed
        if _still_holds(office, connection, bulletin, now):
            change(connection, bulletin, "started", None, now, status=Status.SENDING, started_at=now)
        else:
            nothing = {"approver_id": None, "approved_digest": None, "approved_at": None}
            change(connection, bulletin, "returned", None, now, status=Status.DRAFT, **nothing)


def _still_holds(office: Office, connection: Connection, bulletin: Bulletin, now: datetime) -> bool:
    """Whether it may be sent as it was approved: the knowledge, or who approved, may have changed since."""
    approver = member_of(connection, bulletin.approver) if bulletin.approver is not None else None
    if approver is None or approved_digest(connection, bulletin.id) != bulletin.draft.digest():
        return False
    found = problems(bulletin.draft, approver, office.pack.get(bulletin.draft.entry), now, None)
    if bulletin.draft.paid and office.stars <= 0:
        return False
    return all(problem.code in _WAITED for problem in found)


def _send(office: Office, number: int, now: datetime) -> int:
    while not _gather_some(office, number, now):
        pass
    with office.store.begin() as connection:
        bulletin = lock(connection, number, *_LEAVING)
        if bulletin is None:
            return 0
        if now.astimezone(ZONE).date() > bulletin.draft.expires:
            drop_waiting(connection, number, Ending.EXPIRED)
        waiting = under_way(connection, number)
        posted = post(connection, office, bulletin, _room(bulletin.draft, waiting, now), now)
        if bulletin.complete and not waiting and not posted:
            _settle(connection, bulletin, now)
    return posted


def _settle(connection: Connection, bulletin: Bulletin, now: datetime) -> None:
    """Note that all of it has left, or all but for what is held back."""
    if not is_waiting(connection, bulletin.id):
        change(connection, bulletin, "sent", None, now, status=Status.SENT, ended_at=now)
    elif bulletin.status is Status.SENDING and not is_waiting(connection, bulletin.id, held=False):
        change(connection, bulletin, "held", None, now, status=Status.HELD)


def _send_held(office: Office, now: datetime) -> int:
    """What was held back for owners who hear at most so often, or once a day."""
    with office.store.begin() as connection:
        awake = [one.id for one in every_bulletin(connection, *_LEAVING) if not is_quiet(one.draft.quiet, now)]
        locked = [bulletin for number in sorted(awake) if (bulletin := lock(connection, number, *_LEAVING)) is not None]
        return post_held(connection, office, locked, AHEAD, now)


def _gather_some(office: Office, number: int, now: datetime) -> bool:
    """Rows for some more firms; True when every firm has its own, or there is nothing to do any more."""
    with office.store.begin() as connection:
        bulletin = lock(connection, number, Status.SENDING)
        if bulletin is None or bulletin.complete:
            return True
        whom = _whom(office, bulletin)
        done = whom is None or gather(connection, number, whom, BATCH, now)
        if done:
            change(connection, bulletin, "gathered", None, now, complete=True)
        return done


def _whom(office: Office, bulletin: Bulletin) -> Select[Any] | None:
    draft, entry = bulletin.draft, office.pack.get(bulletin.draft.entry)
    if draft.corrects is not None:
        return readers(draft.corrects)
    assert bulletin.started_at is not None
    # Firms are tried as of the day it began, also where it takes longer: all of them alike.
    return None if entry is None else eligible(entry, draft.region, send_day(draft, bulletin.started_at), ask=draft.ask)


def _room(draft: Draft, waiting: int, now: datetime) -> int:
    """How many more rows may wait: no more than leave before the quiet hours."""
    rate = rate_of(True) if draft.paid else RATE
    seconds = min(until_quiet(draft.quiet, now).total_seconds(), AHEAD / RATE)
    return max(min(int(seconds * rate), MOST) - waiting, 0)
