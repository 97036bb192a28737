"""The other side of a scenario: desks with somebody at them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from bot.casework.cases import close
from bot.casework.outcomes import record_outcome
from bot.casework.ports import Desk
from bot.casework.referring import open_pack
from bot.casework.words import Words, answer, note
from bot.desk.model import Bank, Member, Role
from bot.desk.outcomes import Result, Why
from bot.storage.desk.cases import open_case_of
from bot.storage.desk.people import add_member, keep_bank, members
from bot.storage.desk.referrals import given_by
from bot.storage.store import Store

#: A moment on the day of the scenarios, for the owner reads it.
LOOKED_AT = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


def set_up(store: Store, desks: Mapping[str, Mapping[str, str]]) -> None:
    """Desks by their names, each with one member of staff."""
    with store.begin() as connection:
        for bank, name in desks.items():
            keep_bank(connection, Bank(bank, name, None, {}))
            add_member(connection, Member(0, bank, "李经理", Role.AGENT))


def staff_does(store: Store, owner: str, what: Mapping[str, Any]) -> None:
    """Somebody of the bank that has the owner's open case answers, notes or closes, or looks at or decides on the pack given last."""
    desk, now = Desk(store), datetime.now(UTC)
    with store.begin() as connection:
        case = open_case_of(connection, owner)
        assert case is not None, "the owner has no open case"
        member = members(connection, case.bank)[0]
        ((act, words),) = what.items()
        if act == "look":
            open_pack(connection, given_by(connection, owner)[0].receipt, member, words, LOOKED_AT)
        elif act == "outcome":
            record_outcome(connection, desk, given_by(connection, owner)[0].receipt, member, _result(words), now)
        elif act == "close":
            close(connection, desk, case, member, now)
        else:
            {"answer": answer, "note": note}[act](connection, desk, case, member, Words(words), now)


def _result(words: Any) -> Result:
    """The reason of a refusal, or the yuan that were approved and their yearly rate."""
    return Result(True, Decimal(words[0]), Decimal(str(words[1]))) if isinstance(words, list) else Result(False, why=Why(words))
