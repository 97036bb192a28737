"""The other side of a scenario: desks with somebody at them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.broadcasting.delivering import advance
from bot.broadcasting.office import Office, approve, write
from bot.bulletins.model import Draft
from bot.casework.cases import close
from bot.casework.ports import Desk
from bot.casework.referring import open_pack
from bot.casework.words import Words, answer, note
from bot.desk.model import Bank, Member, Role
from bot.storage.desk.cases import open_case_of
from bot.storage.desk.people import add_member, keep_bank, members
from bot.storage.desk.referrals import given_by
from bot.storage.store import Store
from knowledge.pack import load_pack

#: A moment on the day of the scenarios, for the owner reads it.
LOOKED_AT = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


def set_up(store: Store, desks: Mapping[str, Mapping[str, str]]) -> None:
    """Desks by their names, each with one member of staff."""
    with store.begin() as connection:
        for bank, name in desks.items():
            keep_bank(connection, Bank(bank, name, None, {}))
            add_member(connection, Member(0, bank, "李经理", Role.AGENT))


def staff_does(store: Store, owner: str, what: Mapping[str, Any], on: datetime) -> None:
    """Somebody of the bank that has the owner's open case answers, notes or closes, or looks at the pack that was given last.

    With `bulletin` two officers of a policy office bring one out, at the time of the conversation (`on`).
    """
    if "bulletin" in what:
        bring_out(store, what["bulletin"], on)
        return
    desk, now = Desk(store), datetime.now(UTC)
    with store.begin() as connection:
        case = open_case_of(connection, owner)
        assert case is not None, "the owner has no open case"
        member = members(connection, case.bank)[0]
        ((act, words),) = what.items()
        if act == "look":
            open_pack(connection, given_by(connection, owner)[0].receipt, member, words, LOOKED_AT)
        elif act == "close":
            close(connection, desk, case, member, now)
        else:
            {"answer": answer, "note": note}[act](connection, desk, case, member, Words(words), now)


def bring_out(store: Store, written: Mapping[str, Any], now: datetime) -> None:
    """A bulletin from its words to the outbox, or to where an owner fetches it."""
    office = Office(store, load_pack())
    draft = Draft.of(
        {
            "body": {"zh": "符合条件的企业可以申请。", "en": "Firms that meet the conditions can apply."},
            "region": "350000",
            "send_at": now.isoformat(),
            "expires": (now + timedelta(days=20)).date().isoformat(),
            "quiet": ["00:00", "00:00"],
            **written,
        }
    )
    with store.begin() as connection:
        officers = [one for one in members(connection, None) if one.role is Role.POLICY]
        for name in ("陈处", "林科")[len(officers) :]:
            officers.append(add_member(connection, Member(0, None, name, Role.POLICY, region="350000", office="福建省工信厅")))
    first = write(office, officers[0], draft, now)
    approve(office, officers[1], first.id, first.version, now)
    advance(office, now)
