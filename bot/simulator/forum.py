"""The topics of a forum, whoever changes them: what is done, and the service message that tells of it.

General is there from the beginning, under the number 1, and its messages carry no topic's number.

Where a message lands is as Telegram's own server decides it (check_message_topic in Client.cpp of tdlib/telegram-bot-api, version
10.0, and its issues):

- A forum's topic that is not there, or was deleted, refuses: "message thread not found". So does General under its number 1
  (tdlib/telegram-bot-api#798, python-telegram-bot#4739): who means General names no topic.
- In a group without topics the number is ignored and the message lands in the chat, also where topics have been switched off.
- Without a number, an answer lands in the topic of what it answers; if that is gone and the sender does not mind, in General.
- The number may be that of a chain of answers, which messages outside of topics carry, too (#356, #447): it is no topic, so it refuses.
- "Typing" into a deleted topic is taken without a word (#732).
- A deleted topic's message landing in General without an error was seen (#854, in private chats, since mended): `faults.astray`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.simulator.refusals import bad
from bot.simulator.state import GENERAL, Account, Chat, Json, Topic

if TYPE_CHECKING:
    from bot.simulator.world import World


def landing(world: World, chat: Chat, thread_id: int | None) -> int | None:
    """The topic in which the bot's message lands; None for General and for a chat without topics. Raises Refusal."""
    if not chat.is_forum and (thread_id is None or chat.is_group):
        return None
    topic = chat.general if thread_id is None else chat.topics.get(thread_id)
    if topic is not None and topic.deleted and world.faults.straying:
        topic = chat.general
    if topic is None or topic.deleted:
        raise bad("message thread not found")
    if topic.closed and not world.bot_in(chat).may("can_manage_topics"):
        raise bad("TOPIC_CLOSED")
    return topic.thread


def open_topic(world: World, chat: Chat, by: Account, name: str, color: int = 0x6FB9F0, emoji: str | None = None) -> Topic:
    """A topic and the service message it begins with, whose id is the topic's."""
    made = {"name": name, "icon_color": color} | ({"icon_custom_emoji_id": emoji} if emoji else {})
    message = world.post(chat, by, {"forum_topic_created": made})
    topic = Topic(message.id, name, by.id, color, emoji)
    chat.topics[topic.id] = topic
    return topic


def change_topic(world: World, chat: Chat, by: Account, topic: Topic, name: str, emoji: str | None = None) -> None:
    """Another name or another icon. Raises Refusal if both stay as they are."""
    changed: Json = {"name": name} if name != topic.name else {}
    changed |= {"icon_custom_emoji_id": emoji or ""} if emoji != topic.icon_custom_emoji_id else {}
    if not changed:
        raise bad("TOPIC_NOT_MODIFIED")
    topic.name, topic.icon_custom_emoji_id = name, emoji
    world.post(chat, by, {"forum_topic_edited": changed}, thread_id=topic.thread)


def close_topic(world: World, chat: Chat, by: Account, topic: Topic, closed: bool = True) -> None:
    """Close or reopen; General comes into sight with that. Raises Refusal if it is so already."""
    if topic.closed == closed:
        raise bad("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    topic.hidden = topic.hidden and closed
    world.post(chat, by, {"forum_topic_closed" if closed else "forum_topic_reopened": {}}, thread_id=topic.thread)


def hide_general(world: World, chat: Chat, by: Account, hidden: bool = True) -> None:
    """Hide General, which closes it, or show it again. Raises Refusal if it is so already."""
    if chat.general.hidden == hidden:
        raise bad("TOPIC_NOT_MODIFIED")
    chat.general.hidden = hidden
    chat.general.closed = chat.general.closed or hidden
    world.post(chat, by, {"general_forum_topic_hidden" if hidden else "general_forum_topic_unhidden": {}})


def drop_topic(world: World, chat: Chat, topic: Topic) -> None:
    """A topic goes with all its messages; General stays. Raises Refusal."""
    if topic.id == GENERAL:
        raise bad("TOPIC_ID_INVALID")
    topic.deleted = True
    for message in chat.messages.values():
        if message.thread_id == topic.id and not message.deleted:
            world.remove(message)
    world.event("topic_deleted", chat_id=chat.id, thread_id=topic.id)
