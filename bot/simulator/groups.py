"""Groups of the simulated Telegram, from the side of the people who run them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.simulator import forum, render
from bot.simulator.people import NotThere, Person
from bot.simulator.state import RIGHTS, Account, Chat, Member, Topic

if TYPE_CHECKING:
    from bot.simulator.world import World


class Group:
    """A group, or a supergroup with or without topics."""

    def __init__(self, world: World, chat: Chat) -> None:
        self._world = world
        self.chat = chat

    @property
    def id(self) -> int:
        return self.chat.id

    @property
    def creator(self) -> Account:
        return next(member.account for member in self.chat.members.values() if member.status == "creator")

    def add(self, person: Person, admin: bool = False) -> None:
        """Somebody joins, as an administrator if so told; a service message says so."""
        self._join(person.account, Member(person.account, *_standing(admin, RIGHTS)))

    def add_bot(self, admin: bool = True, rights: frozenset[str] = RIGHTS) -> None:
        """The creator adds the bot, as an administrator with these rights or as a plain member."""
        old = render.member(self._world.bot_in(self.chat))
        place = Member(self._world.bot, *_standing(admin, rights))
        was_inside = self._world.bot_in(self.chat).inside
        self.chat.members[self._world.bot.id] = place
        self._world.membership(self.chat, self.creator, old, render.member(place))
        if not was_inside:
            self._join(self._world.bot, place)

    def remove_bot(self) -> None:
        """The creator removes the bot, which is told and may not come back by itself."""
        old = render.member(self._world.bot_in(self.chat))
        self.chat.members[self._world.bot.id] = Member(self._world.bot, "kicked")
        self._world.membership(self.chat, self.creator, old, render.member(self._world.bot_in(self.chat)))

    def remove(self, person: Person) -> None:
        self.chat.members[person.id] = Member(person.account, "left")
        self._world.post(self.chat, self.creator, {"left_chat_member": render.user(person.account)})

    def topic(self, name: str, by: Person | None = None) -> Topic:
        """Somebody (the creator, if nobody is named) opens a topic."""
        self._need_topics()
        return forum.open_topic(self._world, self.chat, by.account if by else self.creator, name)

    def rename_topic(self, topic: Topic, name: str) -> None:
        forum.change_topic(self._world, self.chat, self.creator, topic, name, topic.icon_custom_emoji_id)

    def close_topic(self, topic: Topic) -> None:
        forum.close_topic(self._world, self.chat, self.creator, topic)

    def reopen_topic(self, topic: Topic) -> None:
        forum.close_topic(self._world, self.chat, self.creator, topic, closed=False)

    def delete_topic(self, topic: Topic) -> None:
        forum.drop_topic(self._world, self.chat, topic)

    def hide_general(self) -> None:
        """General goes out of sight and is closed."""
        self._need_topics()
        forum.hide_general(self._world, self.chat, self.creator)

    def unhide_general(self) -> None:
        self._need_topics()
        forum.hide_general(self._world, self.chat, self.creator, hidden=False)

    def migrate(self) -> Group:
        """Turn a plain group into a supergroup: the old chat refuses from now on, and both are told the other's id."""
        if self.chat.type != "group":
            raise NotThere("only a plain group becomes a supergroup")
        new = Chat(-1_000_000_000_000 + self.chat.id, "supergroup", self.chat.title, members=dict(self.chat.members))
        self._world.chats[new.id] = new
        self._world.post(self.chat, self.creator, {"migrate_to_chat_id": new.id})
        self.chat.migrated_to = new.id
        self._world.post(new, self.creator, {"migrate_from_chat_id": self.chat.id})
        return Group(self._world, new)

    def _need_topics(self) -> None:
        if not self.chat.is_forum:
            raise NotThere("the group has no topics")

    def _join(self, account: Account, place: Member) -> None:
        self.chat.members[account.id] = place
        self._world.post(self.chat, self.creator, {"new_chat_members": [render.user(account)]})


def _standing(admin: bool, rights: frozenset[str]) -> tuple[str, frozenset[str]]:
    return ("administrator", rights) if admin else ("member", frozenset())
