"""Who may do what. Every shell asks here before it calls a use case, and offers no button that would be refused.

Whoever is not named for an action may not. Policy officers write bulletins and administrators keep the installation running:
these see how long the queues are, and neither sees what an owner told a bank.
"""

from __future__ import annotations

from enum import StrEnum

from bot.desk.model import Case, Member, Role


class Action(StrEnum):
    """What can be done at the desk; those from LOOK to EXPORT_PACK are done to a case."""

    LOOK = "look"
    ANSWER = "answer"
    NOTE = "note"
    CLAIM = "claim"
    RELEASE = "release"
    ASSIGN = "assign"
    CLOSE = "close"
    REOPEN = "reopen"
    MOVE = "move"
    PROMOTE = "promote"
    OUTCOME = "outcome"
    EXPORT_PACK = "export_pack"
    QUEUE = "queue"
    SEARCH = "search"
    REVIEW = "review"
    STATISTICS = "statistics"
    CANNED_ANSWERS = "canned_answers"
    STAFF = "staff"
    BANKS = "banks"
    BULLETINS = "bulletins"
    WATCH_BULLETINS = "watch_bulletins"


_DESK = frozenset({Role.AGENT, Role.SUPERVISOR})
_LEADS = frozenset({Role.SUPERVISOR, Role.ADMIN})

#: Who may do it in the bank they belong to. An administrator without a bank belongs to all of them.
_ROLES: dict[Action, frozenset[Role]] = {
    Action.LOOK: _DESK,
    # A colleague may answer as well: an owner does not wait because the one who has the case is out.
    Action.ANSWER: _DESK,
    Action.NOTE: _DESK,
    Action.CLAIM: _DESK,
    Action.RELEASE: _DESK,
    Action.ASSIGN: _DESK,
    Action.CLOSE: _DESK,
    Action.REOPEN: _DESK,
    Action.MOVE: _DESK,
    Action.PROMOTE: _DESK,
    Action.OUTCOME: _DESK,
    Action.EXPORT_PACK: _DESK,
    # An administrator sees reasons and clocks there, no owner's words.
    Action.QUEUE: _DESK | {Role.ADMIN},
    Action.SEARCH: _DESK,
    Action.REVIEW: frozenset({Role.SUPERVISOR}),
    Action.STATISTICS: _LEADS,
    Action.CANNED_ANSWERS: _LEADS,
    Action.STAFF: _LEADS,
    Action.BANKS: frozenset({Role.ADMIN}),
    Action.BULLETINS: frozenset({Role.POLICY}),
    # Looking at them and stopping one: whoever keeps the installation running must be able to halt it, and writes nothing.
    Action.WATCH_BULLETINS: frozenset({Role.POLICY, Role.ADMIN}),
}

#: What decides over a case: while somebody has it, that is theirs and their supervisor's.
_HOLDERS = frozenset({Action.RELEASE, Action.ASSIGN, Action.CLOSE, Action.MOVE})

#: What concerns the whole installation, or a region, and so no single bank.
_ANYWHERE = frozenset({Action.BULLETINS, Action.WATCH_BULLETINS})


def may(member: Member, action: Action, case: Case | str | None, assignee: int | None = None) -> bool:
    """Whether somebody may do something to a case, or in a bank given by its id; None is the installation as a whole.

    `assignee` is who has the case, where the bank's id stands for it. That a case is open or closed is not asked here:
    the use cases refuse what does not fit the state it is in.
    """
    bank, holder = (case.bank, case.assignee) if isinstance(case, Case) else (case, assignee)
    if member.role not in _ROLES[action]:
        return False
    if member.bank is not None if action in _ANYWHERE else not _belongs(member, bank):
        return False
    return action not in _HOLDERS or member.role is Role.SUPERVISOR or holder in (None, member.id)


def may_appoint(member: Member, role: Role, bank: str | None) -> bool:
    """Whether somebody may add or dismiss staff of a role: nobody makes a colleague who may do more than they may."""
    placed = bank is None if role is Role.POLICY else bank is not None or role is Role.ADMIN
    return placed and may(member, Action.STAFF, bank) and (member.role is Role.ADMIN or role in _DESK)


def _belongs(member: Member, bank: str | None) -> bool:
    if member.bank is None:
        return member.role is Role.ADMIN
    return member.bank == bank
