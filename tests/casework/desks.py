"""A desk with two banks and their staff, for the tests of the use cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from bot.casework.cases import Request, open_for
from bot.casework.ports import Desk
from bot.conversation.kept import dialogue_to_json
from bot.conversation.model import Dialogue
from bot.desk.model import GENERAL, Bank, Case, Member, Reason, Role, Said
from bot.storage.desk.people import add_member, keep_bank
from bot.storage.store import Store, TurnRecord

NOW = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)  # a Thursday, ten in the morning in Shanghai
DESK = Bank(GENERAL, {"zh": "综合服务台", "en": "General desk"}, None, {})
ICBC = Bank("len-icbc", {"zh": "工商银行", "en": "ICBC"}, None, {})


@dataclass
class Shown:
    """A mirror that remembers what it was to show."""

    calls: list[tuple[str, int, str | None]] = field(default_factory=list)

    def opened(self, _connection: Connection, case: Case) -> None:
        self.calls.append(("opened", case.id, case.bank))

    def said(self, _connection: Connection, case: Case, said: Said) -> None:
        self.calls.append((f"said by {said.author}", case.id, said.text))

    def amended(self, _connection: Connection, case: Case, said: Said) -> None:
        self.calls.append(("amended", case.id, said.text))

    def changed(self, _connection: Connection, case: Case) -> None:
        self.calls.append(("changed", case.id, case.status))

    def erased(self, _connection: Connection, case: Case) -> None:
        self.calls.append(("erased", case.id, case.bank))


@dataclass(frozen=True)
class People:
    """The desk and who works there."""

    desk: Desk
    shown: Shown
    clerk: Member
    other: Member
    at_icbc: Member


def people(store: Store) -> People:
    with store.begin() as connection:
        for bank in (DESK, ICBC):
            keep_bank(connection, bank)
        clerk, other, at_icbc = (
            add_member(connection, Member(0, bank, name, Role.AGENT))
            for bank, name in ((GENERAL, "李经理"), (GENERAL, "王经理"), (ICBC.id, "张经理"))
        )
    shown = Shown()
    return People(Desk(store, shown), shown, clerk, other, at_icbc)


def known(store: Store, owner: str = "tg:7", **dialogue: Any) -> None:
    """An owner who has talked with the advisor before."""
    with store.begin() as connection:
        state = dialogue_to_json(Dialogue(**dialogue))
        store.commit_turn(connection, owner, store.recall(owner), state, [], TurnRecord({}, None, [], [], "0" * 64), NOW)


def opened(at: People, owner: str = "tg:7", bank: Bank = DESK, pack: Mapping[str, Any] | None = None) -> Case:
    """An owner and their open case."""
    known(at.desk.store, owner)
    request = Request(owner, Reason.ASKED, None, "想找人问问", "zh", pack or {})
    with at.desk.store.begin() as connection:
        case = open_for(connection, at.desk, request, bank, NOW)
        at.desk.store.change_dialogue(connection, owner, lambda state: {**state, "case": case.id, "with_person": True})
    return case


def state_of(store: Store, owner: str = "tg:7") -> Mapping[str, Any]:
    state = store.recall(owner).state
    assert state is not None
    return state
