"""The simulated Telegram of one bot: everything that is there, and the few ways it changes."""

from __future__ import annotations

import asyncio
import itertools
from typing import TYPE_CHECKING, Any

from bot.simulator import render
from bot.simulator.clock import Clock, Signal, SystemClock
from bot.simulator.faults import Faults
from bot.simulator.files import Files
from bot.simulator.lanes import Lanes
from bot.simulator.limits import Limits
from bot.simulator.state import Account, Chat, Json, Member, Message, Query, Webhook
from bot.simulator.updates import Updates

if TYPE_CHECKING:
    from bot.simulator.groups import Group
    from bot.simulator.people import Person

#: Seconds after which a pressed button can no longer be answered.
QUERY_LIFETIME = 60.0


class World:
    """All changes are made from the thread of the server's event loop; other programs use the control interface.

    Args:
        token: what the bot is known by; its part before the colon is the bot's id.
        clock: tells the time and waits; see `bot.simulator.clock`.
        privacy: in a group, a bot that is no administrator sees only commands and answers to itself.
        apart: on the way to a webhook, a press may overtake a message of the same chat, as it may in Telegram's own server.
    """

    def __init__(
        self,
        token: str = "4711:AAlocal-telegram_simulator-0123456789",  # noqa: S107 - it opens nothing
        clock: Clock | None = None,
        name: str = "Advisor",
        username: str = "loan_advisor_bot",
        privacy: bool = True,
        apart: bool = False,
    ) -> None:
        self.token = token
        self.clock = clock or SystemClock()
        self.privacy = privacy
        self.bot = Account(int(token.partition(":")[0]), name, is_bot=True, username=username)
        self.accounts: dict[int, Account] = {self.bot.id: self.bot}
        self.chats: dict[int, Chat] = {}
        self.files = Files()
        self.faults = Faults()
        self.limits = Limits()
        self.updates = Updates(self.faults, lanes=Lanes(apart))
        self.webhook = Webhook()
        self.queries: dict[str, Query] = {}
        self.answers: dict[str, Json] = {}  #: what the bot answered to each pressed button
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.descriptions: dict[str, str] = {}
        self.roles: dict[int, str] = {}  #: what people are, for the page to say: owner, bank, policy
        self.calls: list[tuple[str, Json]] = []  #: every call that was understood, with its parameters
        self.ignored: list[tuple[str, str]] = []  #: parameters no method has: Telegram says nothing about them either
        self.events: list[Json] = []
        self.news = Signal()  # a new update, or another way of delivery
        self.rewired = Signal()  # a webhook set or removed
        self.happened = Signal()  # a new event
        self.ended = asyncio.Event()
        self._people = itertools.count(1001)
        self._groups = itertools.count(4_000_001)
        self._numbers = itertools.count(1)
        self._message_ids: dict[int, itertools.count[int]] = {}

    @property
    def today(self) -> int:
        """Now, in whole Unix seconds."""
        return int(self.clock.now())

    def close(self) -> None:
        """Let those go who wait for something, and remove the files."""
        self.ended.set()
        self.rewired.notify()
        self.news.notify()
        self.happened.notify()
        self.files.close()

    def number(self) -> int:
        """A number not given before."""
        return next(self._numbers)

    def person(self, first_name: str, language: str = "zh-hans", username: str | None = None, last_name: str | None = None) -> Person:
        """Somebody new, with a private chat that is not started yet."""
        from bot.simulator.people import Person

        account = Account(next(self._people), first_name, False, last_name, username, language)
        self.accounts[account.id] = account
        self.chats[account.id] = Chat(account.id, "private", person=account)
        return Person(self, account)

    def group(self, title: str, creator: Person, forum: bool = False, supergroup: bool = True, username: str | None = None) -> Group:
        """A new group with its creator; the bot is not in it yet."""
        from bot.simulator.groups import Group

        number = next(self._groups)
        chat = Chat(-1_000_000_000_000 - number if supergroup or forum else -number, "supergroup" if supergroup or forum else "group")
        chat.title, chat.username, chat.is_forum = title, username, forum
        chat.members[creator.id] = Member(creator.account, "creator")
        self.chats[chat.id] = chat
        return Group(self, chat)

    def event(self, kind: str, **fields: Any) -> None:
        """Tell those who watch the simulator; `id` goes up by one."""
        self.events.append({"id": len(self.events) + 1, "kind": kind, "at": self.clock.now(), **fields})
        self.happened.notify()

    def update(self, kind: str, content: Json) -> None:
        """Queue an update for the bot."""
        if self.updates.add(kind, content) is not None:
            self.news.notify()

    def post(self, chat: Chat, sender: Account, content: Json, **fields: Any) -> Message:
        """A new message in a chat; one of a person goes to the bot if it may see it."""
        message = Message(self._message_id(chat), chat.id, sender, self.today, content, **fields)
        if "forum_topic_created" in content:
            message.thread_id = message.id
        if message.thread_id is None and chat.type == "supergroup" and message.reply_to in chat.messages:
            message.root = chat.messages[message.reply_to].root or message.reply_to
        chat.messages[message.id] = message
        self.event("message", chat_id=chat.id, message=render.message(chat, message))
        if sender is not self.bot and self._bot_sees(chat, message):
            self.update("message", render.message(chat, message))
        return message

    def change(self, message: Message, content: Json, markup: Json | None) -> None:
        """Other content or other buttons for a message."""
        chat = self.chats[message.chat_id]
        message.earlier.append(message.content)
        message.content, message.markup, message.edit_date = content, markup, self.today
        self.event("edited", chat_id=chat.id, message=render.message(chat, message))
        if message.sender is not self.bot and self._bot_sees(chat, message):
            self.update("edited_message", render.message(chat, message))

    def remove(self, message: Message) -> None:
        """Delete a message; bots are not told."""
        message.deleted = True
        chat = self.chats[message.chat_id]
        chat.pinned = [number for number in chat.pinned if number != message.id]
        self.event("deleted", chat_id=chat.id, message_id=message.id)

    def membership(self, chat: Chat, by: Account, old: Json, new: Json) -> None:
        """Tell the bot that its own place in a chat has changed."""
        change = {"chat": render.chat(chat), "from": render.user(by), "date": self.today, "old_chat_member": old, "new_chat_member": new}
        self.update("my_chat_member", change)
        self.event("membership", chat_id=chat.id, status=new["status"])

    def bot_in(self, chat: Chat) -> Member:
        """The bot's place in a group; left, if it never was there."""
        return chat.members.get(self.bot.id, Member(self.bot, "left"))

    def _message_id(self, chat: Chat) -> int:
        """Supergroups count their messages each for itself, from 2 on, for 1 is General's; all other chats of a bot share one count."""
        key = chat.id if chat.type == "supergroup" else 0
        return next(self._message_ids.setdefault(key, itertools.count(2 if key else 1)))

    def _bot_sees(self, chat: Chat, message: Message) -> bool:
        if not chat.is_group:
            return not chat.blocked
        place = self.bot_in(chat)
        if not place.inside:
            return False
        if not self.privacy or place.status == "administrator":
            return True
        text = str(message.content.get("text", message.content.get("caption", "")))
        answered = chat.messages.get(message.reply_to or 0)
        to_other = text.startswith("/") and "@" in text.split()[0] and not text.split()[0].endswith(f"@{self.bot.username}")
        service = not message.content.keys() & _SPOKEN
        return service or (text.startswith("/") and not to_other) or (answered is not None and answered.sender is self.bot)


_SPOKEN = {"text", "caption", "document", "photo", "sticker", "voice", "location"}
