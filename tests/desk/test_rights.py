"""Every action, for every role, in their own bank, in another one, and for the installation as a whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.desk.model import Case, Member, Reason, Role
from bot.desk.rights import Action, may, may_appoint

OWN, OTHER = "cn.bank.own", "cn.bank.other"
MOMENT = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)

PEOPLE = {
    "agent": Member(1, OWN, "甲", Role.AGENT),
    "supervisor": Member(2, OWN, "乙", Role.SUPERVISOR),
    "bank admin": Member(3, OWN, "丙", Role.ADMIN),
    "admin": Member(4, None, "丁", Role.ADMIN),
    "policy": Member(5, None, "戊", Role.POLICY, region="440300"),
}
COLLEAGUE = 9

#: Where: the own bank's case that nobody has, that oneself has, that a colleague has; another bank's; no bank at all.
PLACES: dict[str, tuple[str | None, bool | int | None]] = {
    "free": (OWN, None),
    "mine": (OWN, True),
    "colleague's": (OWN, COLLEAGUE),
    "other bank": (OTHER, None),
    "installation": (None, None),
}

IN_BANK = {"free", "mine", "colleague's"}
EVERYWHERE = set(PLACES)
DESK = {"agent": IN_BANK, "supervisor": IN_BANK}
HELD = {"agent": {"free", "mine"}, "supervisor": IN_BANK}
LEADS = {"supervisor": IN_BANK, "bank admin": IN_BANK, "admin": EVERYWHERE}

MATRIX: dict[Action, dict[str, set[str]]] = {
    Action.LOOK: DESK,
    Action.ANSWER: DESK,
    Action.NOTE: DESK,
    Action.CLAIM: DESK,
    Action.RELEASE: HELD,
    Action.ASSIGN: HELD,
    Action.CLOSE: HELD,
    Action.REOPEN: DESK,
    Action.MOVE: HELD,
    Action.PROMOTE: DESK,
    Action.OUTCOME: DESK,
    Action.EXPORT_PACK: DESK,
    Action.QUEUE: LEADS | DESK,
    Action.SEARCH: DESK,
    Action.REVIEW: {"supervisor": IN_BANK},
    Action.STATISTICS: LEADS,
    Action.CANNED_ANSWERS: LEADS,
    Action.STAFF: LEADS,
    Action.BANKS: {"bank admin": IN_BANK, "admin": EVERYWHERE},
    Action.BULLETINS: {"policy": EVERYWHERE},
    Action.WATCH_BULLETINS: {"policy": EVERYWHERE, "admin": EVERYWHERE},
}


def test_no_action_is_missing() -> None:
    assert set(MATRIX) == set(Action)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("action", Action)
def test_none_too_many_none_too_few(action: Action, who: str, place: str) -> None:
    member = PEOPLE[who]
    bank, holder = PLACES[place]
    assignee = member.id if holder is True else holder
    assert may(member, action, bank, assignee) is (place in MATRIX[action].get(who, set()))


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("action", Action)
def test_a_case_says_its_bank_and_who_has_it(action: Action, who: str) -> None:
    case = Case(
        1, "tg:1", OWN, Reason.ASKED, None, "?", "zh", "claimed", COLLEAGUE, "staff", 1, MOMENT, None, None, None, resolve_by=MOMENT
    )
    for each in (case, replace(case, bank=OTHER), replace(case, assignee=None)):
        assert may(PEOPLE[who], action, each) is may(PEOPLE[who], action, each.bank, each.assignee)


#: Whom they may add and dismiss: the role, and the bank or None.
APPOINTS: dict[str, set[tuple[Role, str | None]]] = {
    "agent": set(),
    "supervisor": {(Role.AGENT, OWN), (Role.SUPERVISOR, OWN)},
    "bank admin": {(Role.AGENT, OWN), (Role.SUPERVISOR, OWN), (Role.ADMIN, OWN)},
    "admin": {(role, bank) for role in (Role.AGENT, Role.SUPERVISOR, Role.ADMIN) for bank in (OWN, OTHER)}
    | {(Role.ADMIN, None), (Role.POLICY, None)},
    "policy": set(),
}


@pytest.mark.parametrize("bank", [OWN, OTHER, None])
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("who", PEOPLE)
def test_nobody_appoints_beyond_their_own_rights(who: str, role: Role, bank: str | None) -> None:
    assert may_appoint(PEOPLE[who], role, bank) is ((role, bank) in APPOINTS[who])
