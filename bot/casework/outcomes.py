"""A bank tells what became of an application: it counts for the routing, and the owner hears it with the next way on."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from bot.casework.owners import tell
from bot.casework.ports import Desk
from bot.conversation.answers.outcomes import outcome_words
from bot.desk.model import Member
from bot.desk.outcomes import Result
from bot.desk.rights import Action, may
from bot.storage.desk.outcomes import note_outcome
from bot.storage.desk.people import bank_of
from bot.storage.desk.referrals import referral_of


class OutcomeRefused(ValueError):
    """An outcome that cannot be noted; the message says why."""


def record_outcome(connection: Connection, desk: Desk, receipt: str, member: Member, result: Result, now: datetime) -> None:
    """Note an outcome and tell the owner. Raises OutcomeRefused.

    A referral of another bank is refused in the words of one that there is not: nobody learns of the other by trying numbers.
    """
    referral = referral_of(connection, receipt)
    bank = None if referral is None else bank_of(connection, referral.bank)
    if referral is None or bank is None or not may(member, Action.OUTCOME, referral.bank):
        raise OutcomeRefused(f"there is no referral {receipt} at your bank")
    if not note_outcome(connection, receipt, result, now):
        raise OutcomeRefused(f"the outcome of {receipt} is known already")
    tell(connection, desk, referral.owner, partial(outcome_words, bank, result), now)
