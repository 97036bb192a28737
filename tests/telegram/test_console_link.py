"""The way to the console: staff ask the bot in private and get a link; owners get what they always get."""

from __future__ import annotations

import re

import pytest

from bot.service import Advisor
from bot.simulator import World, running
from bot.storage.desk.doors import use_link
from bot.storage.store import Store
from tests.telegram.desk_room import owner_of, room_of, served, told, until

ADDRESS = "https://desk.example"


@pytest.mark.parametrize("words", ["/console", "/console@loan_advisor_bot", " /Console "])
async def test_staff_are_shown_in(store: Store, advisor: Advisor, words: str) -> None:
    telegram = World()
    async with running(telegram) as url:
        room = room_of(telegram, store)
        async with served(advisor, telegram, url, console=ADDRESS):
            room.manager.start()
            room.manager.write(words)
            await until(lambda: any(ADDRESS in text for text in told(room.manager)))
    found = re.search(rf"{ADDRESS}/sign-in/(\S+)", told(room.manager)[-1])
    assert found is not None
    with store.begin() as connection:
        assert use_link(connection, found[1], advisor.now()) == room.staff[0][1]
        assert use_link(connection, found[1], advisor.now()) is None


@pytest.mark.parametrize(("who", "console"), [("owner", ADDRESS), ("manager", None)])
async def test_nobody_else_is(store: Store, advisor: Advisor, who: str, console: str | None) -> None:
    telegram = World()
    async with running(telegram) as url:
        room, owner = room_of(telegram, store), owner_of(telegram, store)
        person = owner if who == "owner" else room.manager
        async with served(advisor, telegram, url, console=console):
            person.start()
            await until(lambda: told(person))
            before = len(told(person))
            person.write("/console")
            await until(lambda: len(told(person)) > before)
    assert not any("sign-in" in text for text in told(person))
