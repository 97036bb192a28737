"""The other side of a scenario: desks with somebody at them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.casework.cases import close
from bot.casework.ports import Desk
from bot.casework.words import Words, answer, note
from bot.desk.model import Bank, Member, Role
from bot.storage.desk.cases import open_case_of
from bot.storage.desk.people import add_member, keep_bank, members
from bot.storage.store import Store


def set_up(store: Store, desks: Mapping[str, Mapping[str, str]]) -> None:
    """Desks by their names, each with one member of staff."""
    with store.begin() as connection:
        for bank, name in desks.items():
            keep_bank(connection, Bank(bank, name, None, {}))
            add_member(connection, Member(0, bank, "李经理", Role.AGENT))


def staff_does(store: Store, owner: str, what: Mapping[str, Any]) -> None:
    """Somebody of the bank that has the owner's open case answers, notes or closes."""
    desk, now = Desk(store), datetime.now(UTC)
    with store.begin() as connection:
        case = open_case_of(connection, owner)
        assert case is not None, "the owner has no open case"
        member = members(connection, case.bank)[0]
        ((act, words),) = what.items()
        if act == "close":
            close(connection, desk, case, member, now)
        else:
            {"answer": answer, "note": note}[act](connection, desk, case, member, Words(words), now)
