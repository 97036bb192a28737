"""What there is in the simulated Telegram: accounts, chats, topics, messages and files, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class Account:
    """A person or the bot."""

    id: int
    first_name: str
    is_bot: bool = False
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    deactivated: bool = False


#: What an administrator may be allowed to do; a bot made administrator may do all of it unless told otherwise.
RIGHTS = frozenset(
    {
        "can_manage_chat",
        "can_delete_messages",
        "can_manage_video_chats",
        "can_restrict_members",
        "can_promote_members",
        "can_change_info",
        "can_invite_users",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
        "can_pin_messages",
        "can_manage_topics",
    }
)


@dataclass
class Member:
    """Somebody's place in a group: creator, administrator, member, left or kicked."""

    account: Account
    status: str = "member"
    rights: frozenset[str] = frozenset()

    @property
    def inside(self) -> bool:
        return self.status in ("creator", "administrator", "member")

    def may(self, right: str) -> bool:
        return self.status == "creator" or (self.status == "administrator" and right in self.rights)


#: The number of a forum's first topic, which nobody made.
GENERAL = 1


@dataclass
class Topic:
    """A topic of a forum; its id is that of the message it was made with, or GENERAL."""

    id: int
    name: str
    creator_id: int
    icon_color: int = 0x6FB9F0
    icon_custom_emoji_id: str | None = None
    closed: bool = False
    hidden: bool = False  #: only General can be
    deleted: bool = False

    @property
    def thread(self) -> int | None:
        """What its messages carry: General's carry nothing."""
        return None if self.id == GENERAL else self.id


@dataclass
class Message:
    """One message. `content` is what it carries (text, document, caption, ...) in the Bot API's own shape."""

    id: int
    chat_id: int
    sender: Account
    date: int
    content: Json
    thread_id: int | None = None
    reply_to: int | None = None
    root: int | None = None  #: the first message of a chain of answers outside of topics
    quote: Json | None = None
    markup: Json | None = None
    edit_date: int | None = None
    deleted: bool = False
    protected: bool = False
    forward_origin: Json | None = None
    media_group_id: str | None = None
    earlier: list[Json] = field(default_factory=list)  #: what it carried before each edit


@dataclass
class Chat:
    """A private chat (its id is the person's), a group or a supergroup."""

    id: int
    type: str
    title: str | None = None
    username: str | None = None
    person: Account | None = None
    is_forum: bool = False
    started: bool = False  #: the person pressed Start or wrote
    blocked: bool = False  #: the person blocked the bot
    migrated_to: int | None = None
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    general: Topic = field(default_factory=lambda: Topic(GENERAL, "General", 0))
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)

    @property
    def is_group(self) -> bool:
        return self.type != "private"

    def topic(self, number: int | None) -> Topic | None:
        """The topic of that number, General for GENERAL and None; None if there is none, or none any more."""
        if not self.is_forum:
            return None
        found = self.general if number in (None, GENERAL) else self.topics.get(number or 0)
        return found if found and not found.deleted else None


@dataclass
class StoredFile:
    """A file Telegram keeps: its bytes lie in the simulator's folder under `path`."""

    id: str
    unique_id: str
    path: str
    name: str
    mime: str
    size: int
    kind: str  # document, photo, sticker, voice
    width: int = 0
    height: int = 0
    gone: bool = False


@dataclass
class Query:
    """A press of an inline button that waits for the bot's answer."""

    id: str
    person: Account
    message: Message
    data: str
    asked: float
    answered: bool = False


@dataclass
class Webhook:
    """Where updates are sent instead of being fetched."""

    url: str = ""
    secret: str | None = None
    max_connections: int = 40
    ip_address: str | None = None
    certificate: bytes | None = None
    last_error: str | None = None
    last_error_date: int | None = None
