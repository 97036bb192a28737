"""What an update from a staff's group means: words in a topic, a tap, or something that happened to the group or to a topic."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.desk.model import SharedFile

#: What begins so only colleagues see.
NOTE_MARK = "//"


@dataclass(frozen=True)
class Somebody:
    """Who did it, by Telegram."""

    telegram_id: int
    name: str


@dataclass(frozen=True)
class Written:
    """A message in a group; `thread` None is General. Without words and file it is of a kind that cannot be passed on."""

    chat: int
    thread: int | None
    message: int
    by: Somebody
    text: str | None
    file: SharedFile | None
    answers: int | None = None
    edited: bool = False


@dataclass(frozen=True)
class Tapped:
    """A button of a topic: which case, what is to be done, and with what."""

    chat: int
    by: Somebody
    query: str
    case: int
    action: str
    argument: int = 0


@dataclass(frozen=True)
class TopicShut:
    """Somebody closed a topic, or opened it again."""

    chat: int
    thread: int
    closed: bool


@dataclass(frozen=True)
class GroupMoved:
    """The group has another number."""

    old: int
    new: int


@dataclass(frozen=True)
class Welcomed:
    """The bot was let into a group (`anew`), or may do other things there now."""

    chat: int
    anew: bool


Happening = Written | Tapped | TopicShut | GroupMoved | Welcomed


def in_group(update: Update) -> bool:
    """Whether an update comes from a group."""
    chat = update.effective_chat
    return chat is not None and chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)


def happening(update: Update) -> Happening | None:
    """What an update from a group means; None for what concerns nobody."""
    if update.callback_query is not None:
        return _tapped(update)
    if update.my_chat_member is not None:
        inside = (ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR)
        change = update.my_chat_member
        there, before = change.new_chat_member.status in inside, change.old_chat_member.status in inside
        return Welcomed(change.chat.id, anew=not before) if there else None
    message = update.edited_message or update.message
    if message is None:
        return None
    return _service(message) or _written(message, edited=update.edited_message is not None)


def _service(message: Message) -> Happening | None:
    if message.migrate_to_chat_id is not None:
        return GroupMoved(message.chat_id, message.migrate_to_chat_id)
    if message.migrate_from_chat_id is not None:
        return GroupMoved(message.migrate_from_chat_id, message.chat_id)
    if message.message_thread_id is None or message.from_user is None or message.from_user.is_bot:
        return None
    if message.forum_topic_closed is not None or message.forum_topic_reopened is not None:
        return TopicShut(message.chat_id, message.message_thread_id, message.forum_topic_closed is not None)
    return None


#: What tells of something and says nothing.
_TELLS = (
    "new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo", "delete_chat_photo", "pinned_message",
    "forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened", "general_forum_topic_hidden",
    "general_forum_topic_unhidden", "message_auto_delete_timer_changed", "video_chat_started", "video_chat_ended",
    "group_chat_created", "supergroup_chat_created",
)  # fmt: skip


def _written(message: Message, *, edited: bool) -> Written | None:
    user = message.from_user
    if user is None or any(getattr(message, name) for name in _TELLS):
        return None
    if user.is_bot and message.sender_chat is None:  # an administrator who stays anonymous writes as the group
        return None
    text = message.text if message.text is not None else message.caption
    thread = message.message_thread_id if message.is_topic_message else None
    # In a topic every message that answers nothing answers the one that opened it.
    answered = message.reply_to_message
    answers = answered.message_id if answered is not None and answered.message_id != thread else None
    return Written(message.chat_id, thread, message.message_id, _somebody(message), text, file_of(message), answers, edited)


def _somebody(message: Message) -> Somebody:
    user = message.from_user
    assert user is not None
    return Somebody(user.id, user.first_name)


def file_of(message: Message) -> SharedFile | None:
    """The file of a message, by which id Telegram gives it again."""
    if message.photo:
        largest = message.photo[-1]
        return SharedFile("photo.jpg", "photo", largest.file_size, largest.file_id)
    if message.document is not None:
        document = message.document
        return SharedFile(document.file_name or "file", "document", document.file_size, document.file_id)
    for kind, media in (("voice", message.voice), ("video", message.video), ("audio", message.audio)):
        if media is not None:
            return SharedFile(getattr(media, "file_name", None) or kind, kind, media.file_size, media.file_id)
    return None


def _tapped(update: Update) -> Tapped | None:
    query, chat = update.callback_query, update.effective_chat
    assert query is not None
    parts = (query.data or "").split(":")
    if chat is None or len(parts) not in (3, 4) or parts[0] != "d" or not all(part.isdecimal() for part in (parts[1], *parts[3:])):
        return None
    argument = int(parts[3]) if len(parts) == 4 else 0
    return Tapped(chat.id, Somebody(query.from_user.id, query.from_user.first_name), query.id, int(parts[1]), parts[2], argument)
