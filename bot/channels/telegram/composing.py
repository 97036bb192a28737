"""Policy officers who write bulletins to the bot in private: /bulletin begins one, /bulletin N shows one, buttons decide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from bot.broadcasting.composing import PREFIX, Answered, begin, decided, give_up, go_on, is_composing, shown
from bot.broadcasting.office import Office
from bot.channels.telegram.messages import Incoming
from bot.conversation.world import World
from bot.desk.model import Member
from bot.desk.rights import Action, may
from bot.storage.desk.people import member_by_telegram
from bot.storage.store import Store

_COMMAND, _CANCEL = "/bulletin", "/cancel"
#: Closes the update in the transaction of the answer; it raises where the update is not to be answered now.
Close = Callable[[Connection], None]


class Composing:
    """Answers what officers write about bulletins; everything else they write is answered as anybody's."""

    def __init__(self, store: Store, world: Callable[[], World], stars: int) -> None:
        """`world` gives what is known by then; `stars` as in Office."""
        self._store, self._world, self._stars = store, world, stars

    @property
    def _office(self) -> Office:
        return Office(self._store, self._world().pack, self._stars)

    def answer(self, meant: Incoming, close: Close, now: datetime) -> bool:
        """Whether this was about a bulletin, and then it is answered."""
        words, press = (meant.heard.text or "").strip(), meant.heard.press or ""
        command = words.split(maxsplit=1)[0].split("@")[0].lower() if words else ""
        mine = press.startswith(PREFIX) or command in (_COMMAND, _CANCEL) or (bool(words) and not words.startswith("/"))
        if not mine or meant.heard.edited or not meant.owner.startswith("tg:"):
            return False
        with self._store.engine.connect() as connection:
            officer = member_by_telegram(connection, int(meant.owner.removeprefix("tg:")))
            if officer is None or not may(officer, Action.BULLETINS, None):
                return False
            writing = is_composing(connection, officer)
            if not (writing or press.startswith(PREFIX) or command == _COMMAND):
                return False
        if press.startswith(PREFIX) and not press.startswith(f"{PREFIX}is:"):
            self._post(meant, decided(self._office, officer, press.removeprefix(PREFIX), now), close, now)
        elif command == _COMMAND and len(words.split()) == 2 and words.split()[1].isdigit():
            self._post(meant, shown(self._office, officer, int(words.split()[1]), now), close, now)
        else:
            self._talk(meant, officer, words if not press else press.removeprefix(f"{PREFIX}is:"), close, now)
        return True

    def _talk(self, meant: Incoming, officer: Member, said: str, close: Close, now: datetime) -> None:
        """One step; a bulletin that it completes is shown once it is saved."""
        number = None
        with self._store.begin() as connection:
            close(connection)
            if said.lower().startswith(_COMMAND):
                answered = begin(connection, officer)
            elif said.lower().startswith(_CANCEL):
                answered = give_up(connection, officer)
            else:
                answered, number = go_on(connection, self._office, self._world().index, officer, said, now)
            self._send(connection, meant.chat_id, answered, now)
        if number is not None:
            with self._store.begin() as connection:
                self._send(connection, meant.chat_id, shown(self._office, officer, number, now, fresh=True), now)

    def _post(self, meant: Incoming, answered: Answered, close: Close, now: datetime) -> None:
        with self._store.begin() as connection:
            close(connection)
            self._send(connection, meant.chat_id, answered, now)

    def _send(self, connection: Connection, chat: int, answered: Answered, now: datetime) -> None:
        store = self._store
        store.post(connection, None, chat, answered.messages, now)
        for other, messages in answered.others:
            store.post(connection, None, other, messages, now)
