"""Every button of a topic and everything that can be written in one, for every role, of the own bank and of another, and for strangers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from bot.casework.cases import claim, close, current, release
from bot.casework.ports import Desk
from bot.channels.telegram.desk.groups import Groups
from bot.channels.telegram.desk.mirror import telegram_desk
from bot.channels.telegram.desk.reading import Somebody, Tapped, Written
from bot.channels.telegram.desk.tapping import _RIGHTS
from bot.channels.telegram.desk.wording import catalogue
from bot.conversation.world import World
from bot.desk.model import Bank, Case, Member, Role
from bot.storage.database import open_database
from bot.storage.desk.canned import Canned, keep_canned
from bot.storage.desk.people import add_member, keep_bank
from bot.storage.desk.topics import note_topic
from bot.storage.desk.words import said_in
from bot.storage.store import Store
from bot.storage.tables import outbox
from tests.casework.desks import NOW
from tests.console.staged import PACK, opened

GROUP, OTHER_GROUP, THREAD = -100, -200, 5
OWN = Bank("len-icbc", {"zh": "工商银行", "en": "ICBC"}, GROUP, {})
OTHER = Bank("len-ccb", {"zh": "建设银行", "en": "CCB"}, OTHER_GROUP, {})

PEOPLE: Mapping[str, tuple[str | None, Role]] = {
    "holder": (OWN.id, Role.AGENT),
    "colleague": (OWN.id, Role.AGENT),
    "supervisor": (OWN.id, Role.SUPERVISOR),
    "bank admin": (OWN.id, Role.ADMIN),
    "admin": (None, Role.ADMIN),
    "policy": (None, Role.POLICY),
    "other agent": (OTHER.id, Role.AGENT),
    "other supervisor": (OTHER.id, Role.SUPERVISOR),
}
EVERYBODY = (*PEOPLE, "stranger")
DESK, HELD = {"holder", "colleague", "supervisor"}, {"holder", "supervisor"}

#: Who may; "holder" has the case, but for "claim", where nobody has it, and "reopen", where it is closed.
MATRIX: Mapping[str, set[str]] = {
    "claim": DESK,
    "release": HELD,
    "assign": HELD,
    "close": HELD,
    "reopen": DESK,
    "canned": DESK,
    "note": DESK,
    "file": DESK,
    "back": DESK,
}


@dataclass(frozen=True)
class There:
    """Two banks, everybody's number on Telegram, and a case of the first bank with a topic."""

    desk: Desk
    groups: Groups
    people: Mapping[str, Member]
    case: Case

    def somebody(self, who: str) -> Somebody:
        return Somebody(9_999 if who == "stranger" else self.people[who].telegram_id or 0, who)


class Undone(Exception):
    """Ends a try."""


@contextmanager
def tried(there: There) -> Iterator[Connection]:
    """A transaction that is undone, so that everybody finds the same case."""
    with suppress(Undone), there.desk.store.begin() as connection:
        note_topic(connection, there.case.id, menu="")  # something was written before, as an update is closed before it is dealt with
        yield connection
        raise Undone


@pytest.fixture(scope="module")
def there(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[There]:
    """One for all: whatever is tried is undone."""
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('desk') / 'advisor.db'}")
    desk = telegram_desk(Store(engine))
    with desk.store.begin() as connection:
        for bank in (OWN, OTHER):
            keep_bank(connection, bank)
        people = {
            who: add_member(connection, Member(0, bank, who, role, "en", telegram_id=number))
            for number, (who, (bank, role)) in enumerate(PEOPLE.items(), 50)
        }
        keep_canned(connection, Canned(0, OWN.id, "papers", "请带执照", "Please bring your licence"))
        case = opened(connection, desk, "tg:1", OWN.id, "想找人问问", timedelta(hours=1), pack=PACK)
        note_topic(connection, case.id, thread_id=THREAD, title="#1")
        case = claim(connection, desk, current(connection, case.id), people["holder"], NOW)
    yield There(desk, Groups(desk, lambda: world), people, case)
    engine.dispose()


def test_no_button_is_missing(there: There) -> None:
    assert _RIGHTS.keys() == MATRIX.keys() == there.groups._tapping._do.keys()
    offered = {key.removeprefix("button_") for key in catalogue() if key.startswith("button_")}
    assert offered == MATRIX.keys(), "a button that is drawn is a button that is tried here"


@pytest.mark.parametrize("action", MATRIX)
def test_none_too_many_none_too_few(there: There, action: str) -> None:
    refused = {text for key in ("pop_may_not", "pop_stranger", "pop_gone") for text in catalogue()[key].values()}
    may = set()
    for who in EVERYBODY:
        with tried(there) as connection:
            case = _made_ready(connection, there, action)
            before = (case.version, said_in(connection, case.id))
            told = there.groups.happened(connection, [Tapped(GROUP, there.somebody(who), "q", case.id, action)], NOW)
            if told not in refused:
                may.add(who)
            else:
                after = (current(connection, case.id).version, said_in(connection, case.id))
                assert after == before, f"{who} was refused and changed something"
    assert may == MATRIX[action]


def _made_ready(connection: Connection, there: There, action: str) -> Case:
    """The case as the button is for it: free to be claimed, closed to be opened again, else the holder's."""
    case = current(connection, there.case.id)
    if action == "claim":
        return release(connection, there.desk, case, there.people["holder"], NOW)
    return close(connection, there.desk, case, there.people["holder"], NOW) if action == "reopen" else case


@pytest.mark.parametrize("action", MATRIX)
def test_in_another_banks_group_the_button_of_a_case_is_nobodys(there: There, action: str) -> None:
    """Buttons can be copied and forged: the group decides whose cases there are, for its own staff as well."""
    for who in EVERYBODY:
        with tried(there) as connection:
            case = _made_ready(connection, there, action)
            there.groups.happened(connection, [Tapped(OTHER_GROUP, there.somebody(who), "q", case.id, action)], NOW)
            assert current(connection, case.id) == case
            assert said_in(connection, case.id) == []


@pytest.mark.parametrize(("text", "author"), [("您好", "staff"), ("// 老客户", "note")])
def test_what_is_written_in_a_topic_is_said_by_those_alone_who_may(there: There, text: str, author: str) -> None:
    said = {}
    for who in EVERYBODY:
        with tried(there) as connection:
            there.groups.happened(connection, [Written(GROUP, THREAD, 70, there.somebody(who), text, None)], NOW)
            said[who] = [one.author for one in said_in(connection, there.case.id)]
            assert _told_owner(connection) == (1 if who in DESK and author == "staff" else 0), who
    assert {who for who, authors in said.items() if authors == [author]} == DESK
    assert all(authors == [] for who, authors in said.items() if who not in DESK)


def test_nobody_edits_what_another_said(there: There) -> None:
    for who in EVERYBODY:
        with tried(there) as connection:
            there.groups.happened(connection, [Written(GROUP, THREAD, 70, there.somebody("holder"), "一年后不收费", None)], NOW)
            there.groups.happened(connection, [Written(GROUP, THREAD, 70, there.somebody(who), "收费", None, edited=True)], NOW)
            (said,) = said_in(connection, there.case.id)
            assert said.text == ("收费" if who == "holder" else "一年后不收费"), who


def _told_owner(connection: Connection) -> int:
    return len(connection.execute(select(outbox.c.id).where(outbox.c.chat_id == 1, outbox.c.kind == "answer")).all())
