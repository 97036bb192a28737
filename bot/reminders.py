"""Saying reminders whose day has come: each once, judged anew on the day, kept in the transcript like any other answer."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from bot.conversation.answers.after_loan import CLOCKS, OnTheDay, on_the_day
from bot.conversation.answers.reminders import due_reply
from bot.conversation.kept import reply_to_json
from bot.conversation.model import Dialogue, Reply
from bot.service import Advisor
from bot.storage.reminders import Due
from bot.storage.store import TurnRecord

logger = logging.getLogger(__name__)

#: Nobody is to be woken by a reminder: the hour of the day from which they are said.
MORNING = 9
_AT_ONCE = 50

#: What is committed together with a reminder having been said.
Alongside = Callable[[Connection, Due, Reply], None]


def say_due(advisor: Advisor, owner: str | None = None, alongside: Alongside | None = None) -> tuple[Reply, ...]:
    """Say what is due: to one owner who is here, or to everybody a channel can bring it to (`alongside` then posts it).

    Gives what was said now. Safe in several processes: what another one says is left to it.
    """
    now = advisor.now()
    local = now.astimezone()
    if owner is None and local.hour < MORNING:
        return ()
    due = advisor.store.due_reminders(local.date(), _AT_ONCE, owner)
    return tuple(reply for item in due if (reply := _try_to_say(advisor, item, now, alongside)) is not None)


def _try_to_say(advisor: Advisor, due: Due, now: datetime, alongside: Alongside | None) -> Reply | None:
    try:
        return _say(advisor, due, now, alongside)
    except OperationalError:
        raise
    except Exception as error:  # whatever is wrong with one reminder must not keep the others; nothing personal is logged
        logger.error("a reminder could not be said: %s", type(error).__name__)
        return None


def _say(advisor: Advisor, due: Due, now: datetime, alongside: Alongside | None) -> Reply | None:
    dialogue = advisor.dialogue_of(due.owner)
    said = _said(advisor, dialogue, due.entry, now.astimezone().date())
    with advisor.store.begin() as connection:
        if not advisor.store.take_reminder(connection, due, now):
            return None
        if said.again is not None:
            advisor.store.set_reminder(connection, due.owner, due.entry, said.again, now)
        reply = said.reply
        if reply is None:  # what it was about is settled
            return None
        record = TurnRecord({"reminder": due.entry}, None, [reply_to_json(reply)], said.sources, advisor.world.pack.digest)
        advisor.store.note_turn(connection, due.owner, record, now)
        if alongside is not None:
            alongside(connection, due, reply)
    return reply


def _said(advisor: Advisor, dialogue: Dialogue, what: str, today: date) -> OnTheDay:
    """An entry speaks once; the clocks of a loan strike again."""
    if what in CLOCKS:
        return on_the_day(advisor.world, dialogue, what, today)
    return OnTheDay(*due_reply(advisor.world, dialogue, what, today))
