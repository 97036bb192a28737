"""An advisor with desks around it, and an owner who talks with it through the service."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.committing import Outcome
from bot.conversation.heard import Heard, Origin
from bot.conversation.world import World
from bot.desk.model import Case
from bot.service import Advisor
from bot.storage.desk.cases import open_case_of
from bot.storage.store import Store
from tests.casework.desks import NOW, People, Shown, people
from tests.conversation.scenarios import ScriptedNlu

OWNER = "tg:7"


@dataclass
class Talk:
    """One owner's conversation. What is written has a number in the chat, as on Telegram."""

    advisor: Advisor
    nlu: ScriptedNlu
    at: People
    owner: str = OWNER
    written: int = 0

    def say(self, text: str, intent: str | None = None) -> Outcome:
        self.nlu.intent = intent
        self.written += 1
        return self.does(Heard(text=text, origin=self.origin()))

    def press(self, button: str) -> Outcome:
        return self.does(Heard(press=button))

    def does(self, heard: Heard) -> Outcome:
        return asyncio.run(self.advisor.hear(self.owner, heard))

    def origin(self, file_id: str | None = None, kind: str = "") -> Origin:
        return Origin(int(self.owner.removeprefix("tg:")), self.written, file_id, kind)

    def case(self) -> Case:
        """The open one."""
        with self.advisor.store.begin() as connection:
            case = open_case_of(connection, self.owner)
        assert case is not None
        return case


def texts(outcome: Outcome) -> str:
    return "\n".join(reply.text for reply in outcome.replies)


def buttons(outcome: Outcome) -> list[str]:
    return [button.id for reply in outcome.replies for button in reply.buttons]


def talk(store: Store, world: World, owner: str = OWNER, now: Callable[[], datetime] = lambda: NOW) -> Talk:
    """A conversation with two desks set up."""
    return talk_at(people(store), world, owner, now)


def talk_at(at: People, world: World, owner: str = OWNER, now: Callable[[], datetime] = lambda: NOW) -> Talk:
    nlu = ScriptedNlu()
    return Talk(Advisor(at.desk.store, world, nlu, now, mirror=at.shown), nlu, at, owner)


__all__ = ["OWNER", "Shown", "Talk", "buttons", "talk", "talk_at", "texts"]
